"""The TypeScript client of orders in a real browser: its minified bundle, in a page of another origin than the API's.

Behind each front it gives an output, an error that the API declares, with what its headers say, and a failure where the page may
not read the answer or there is none. ../typescript/run has packed it.
"""

import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from served import TOKEN, served

FRONTS = ["rest", "http-api", "function-url"]
CHROMIUM = Path("target/conformance/chromium")
BUNDLE = Path("target/conformance/typescript/packed/browser/orders.js")

# What is called, and what has to come of it behind each front.
CALLS = [
    ("getOrder", ["42"], {"ok": True, "id": "42"}),
    ("getOrder", ["41"], {"name": "OrderNotFoundError", "who": "api", "code": "OrderNotFound", "status": 404, "orderId": "41"}),
    (
        "searchOrders",
        [{"limit": 50}],
        {"name": "TooManyResultsError", "who": "api", "code": "TooManyResults", "status": 422, "found": "18446744073709551615"},
    ),
    (
        "placeOrder",
        [{"customerId": "7n", "lines": [{"sku": "teapot", "quantity": 1}], "note": "closed", "idempotencyKey": "k"}],
        {"name": "MaintenanceError", "who": "api", "code": "Maintenance", "status": 503, "retryAfter": 3600},
    ),
    ("getOrder", ["panic"], {"name": "PlatformError", "who": "platform", "kind": "INTERNAL", "status": 500}),
]
# A page that may not read an answer learns no more than that there was none.
UNREADABLE = {"name": "TransportError", "who": "transport", "kind": "connection", "message": True}


class Page(http.server.BaseHTTPRequestHandler):
    """A page, and the bundle that it loads from its own origin."""

    def do_GET(self) -> None:
        script = self.path == "/orders.js"
        body = BUNDLE.read_bytes() if script else b'<!doctype html><script src="/orders.js"></script>'
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if script else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        pass


def page() -> str:
    """The origin of a page, which is there as long as this program."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def main() -> int:
    own, other = page(), page()
    wrong = []
    with ExitStack() as stack:
        urls = [stack.enter_context(served(front, own)) for front in FRONTS]
        # What was unpacked halfway would be taken for whole.
        shutil.rmtree(CHROMIUM, ignore_errors=True)
        CHROMIUM.mkdir(parents=True)
        calls = [{"base": url, "method": method, "given": given} for url in urls for method, given, _ in CALLS]
        asked = json.dumps({"pages": [own, other], "calls": calls, "token": TOKEN})
        command = ["node", str((Path(__file__).parent / "client.cjs").resolve()), asked]
        environment = {**os.environ, "TMPDIR": str(CHROMIUM.resolve())}
        done = subprocess.run(command, cwd="target/conformance/node", env=environment, check=True, stdout=subprocess.PIPE)
        result = json.loads(done.stdout)
        expected = [answer for _ in urls for _, _, answer in CALLS]
        for call, answer, found, foreign in zip(calls, expected, *result["seen"], strict=True):
            if {name: found.get(name) for name in answer} != answer:
                wrong.append(f"{call}: {found}, not {answer}")
            said = {name: foreign.get(name) for name in UNREADABLE}
            if {**said, "message": "CORS" in str(said["message"])} != UNREADABLE:
                wrong.append(f"{call}: a page of another origin catches {foreign}")
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    print(f"{len(calls)} calls of the TypeScript client in Chromium {result['browser']}: {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
