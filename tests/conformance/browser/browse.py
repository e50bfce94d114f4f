"""What the scripts of a real browser can read of the orders function, from a page of an origin that may and one that may not.

CORS is the document's behind a custom integration, API Gateway's own behind an HTTP API, and the function's behind a
function URL that has none of its own.
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
from served import TOKEN, called, order, served

FRONTS = ["rest", "http-api", "function-url"]
CHROMIUM = Path("target/conformance/chromium")
SIGNED = {"Authorization": TOKEN}


def get(headers: dict) -> dict:
    return {"headers": headers}


def post(body: dict) -> dict:
    headers = {**SIGNED, "Content-Type": "application/json", "Idempotency-Key": "k"}
    return {"method": "POST", "headers": headers, "body": json.dumps(body)}


def read(status: int, code: str | None, wait: str | None, type: str | None, /, **members) -> dict:
    """What a script reads: the status, `x-error-code`, `retry-after`, `x-amzn-errortype`, and these members of the body."""
    return {"status": status, "code": code, "wait": wait, "type": type, "body": members}


def thrown(status: int, code: str, wait: str | None, /, **members) -> list[dict]:
    """What the function throws is read behind each front; `x-amzn-errortype` is there where the function writes the answer."""
    return [read(status, code, wait, type, code=code, **members) for type in (None, code, code)]


def hidden(status: int) -> dict:
    """An answer that no script can read, and the status that everybody else gets."""
    return {"hidden": status}


# For each call what is read behind each front.
#
# What is hidden: an HTTP API's own answers, for the guide promises CORS headers for responses of integrations alone
# ("Configure CORS for HTTP APIs"), so that `serve` adds none; and what Lambda says for a function URL whose function is gone.
CALLS = [
    ("/orders/42", get(SIGNED), [read(200, None, None, None, id="42")] * 3),
    ("/orders?cursor=hurry", get(SIGNED), thrown(429, "TooManyRequests", "3", used=61)),
    # A browser asks for leave before it sends JSON and such a header.
    ("/orders", post(order(note="closed")), thrown(503, "Maintenance", "3600", until="six o'clock")),
    ("/orders/panic", get(SIGNED), thrown(500, "InternalError", None)),
    (
        "/orders/sleep",
        get(SIGNED),
        [read(504, "FunctionTimeout", None, None, code="FunctionTimeout"), hidden(500), hidden(502)],
    ),
    # Without any header for which a browser asks first: where there is no route, nobody answers that.
    (
        "/nowhere",
        get({}),
        [
            read(403, "gateway.MISSING_AUTHENTICATION_TOKEN", None, "MissingAuthenticationTokenException", status=403),
            hidden(404),
            read(404, "gateway.RESOURCE_NOT_FOUND", None, None, code="gateway.RESOURCE_NOT_FOUND"),
        ],
    ),
    # A function URL that anybody may call lets everybody in.
    (
        "/orders/42",
        get({}),
        [
            read(401, "gateway.UNAUTHORIZED", None, "UnauthorizedException", status=401),
            hidden(401),
            read(200, None, None, None, id="42"),
        ],
    ),
]


class Page(http.server.BaseHTTPRequestHandler):
    """An empty page: its origin is all that counts."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def log_message(self, *_) -> None:
        pass


def page() -> str:
    """The origin of a page, which is there as long as this program."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def seen(pages: list[str], calls: list[dict]) -> dict:
    # What was unpacked halfway would be taken for whole.
    shutil.rmtree(CHROMIUM, ignore_errors=True)
    CHROMIUM.mkdir(parents=True)
    script = Path(__file__).parent / "page.cjs"
    command = ["node", str(script.resolve()), json.dumps({"pages": pages, "calls": calls})]
    environment = {**os.environ, "TMPDIR": str(CHROMIUM.resolve())}
    done = subprocess.run(command, cwd="target/conformance/node", env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def fits(found: dict, expected: dict) -> bool:
    if "hidden" in expected or "unreadable" in found:
        return "hidden" in expected and "unreadable" in found
    members = {name: found["body"].get(name) for name in expected["body"]}
    return {**found, "body": members} == expected


def main() -> int:
    own, other = page(), page()
    wrong = []
    with ExitStack() as stack:
        urls = [stack.enter_context(served(front, own)) for front in FRONTS]
        calls = [{"url": url + target, "options": options} for target, options, _ in CALLS for url in urls]
        result = seen([own, other], calls)
        expected = [answer for _, _, answers in CALLS for answer in answers]
        for call, answer, found, foreign in zip(calls, expected, *result["seen"], strict=True):
            if not fits(found, answer):
                wrong.append(f"{call}: {found}, not {answer}")
            if foreign != {"unreadable": "TypeError"}:
                wrong.append(f"{call}: a page of another origin reads {foreign}")
            if "hidden" in answer:
                # It was answered; the browser keeps it to itself.
                status = called(call["url"], "GET", "", None, call["options"]["headers"])["status"]
                if status != answer["hidden"]:
                    wrong.append(f"{call}: {status} beside the browser, not {answer['hidden']}")
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    print(f"{len(calls)} calls of pages in Chromium {result['browser']} to {', '.join(FRONTS)}: {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
