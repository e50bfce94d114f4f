"""The orders function under `cargo lambda watch`, as a function URL and invoked: its answers are those under `serve`."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from served import CALLS, ORDERS, called, function, served

CARGO_LAMBDA = [str(Path(sys.executable).parent / "cargo-lambda"), "lambda"]
LOG = Path("target/conformance/cargo-lambda.log")


@contextmanager
def watched() -> Iterator[int]:
    """The port of `cargo lambda watch`. It builds the function itself, without zig: that is for other machines' binaries."""
    function()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*CARGO_LAMBDA, "watch", "--ignore-changes", "--invoke-address", "127.0.0.1", "--invoke-port", str(port)]
    command += ["--manifest-path", str(ORDERS / "Cargo.toml"), "--bin", "orders"]
    with LOG.open("w") as log:
        # Ended with all that it starts: cargo, and the function.
        watch = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        try:
            until = time.monotonic() + 60
            while socket.socket().connect_ex(("127.0.0.1", port)):
                if watch.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"cargo lambda watch does not listen: {LOG.read_text()}")
                time.sleep(0.1)
            yield port
        finally:
            os.killpg(watch.pid, signal.SIGTERM)
            watch.wait()


def told(answer: dict) -> tuple:
    """What of an answer must be equal: all that clients decode, but for the request's id."""
    headers = dict(answer["headers"])
    names = ["content-type", "x-error-code", "x-amzn-errortype", "retry-after"]
    body = re.sub(r'"instance":"[^"]*"', '"instance":"…"', answer["body"])
    return answer["status"], {name: headers.get(name) for name in names}, body


def invoked(port: int, event: dict) -> tuple[bool, str]:
    """Whether the function failed by `cargo lambda invoke`, and what that prints."""
    command = [*CARGO_LAMBDA, "invoke", "--invoke-address", "127.0.0.1", "--invoke-port", str(port)]
    command += ["--data-ascii", json.dumps(event), "orders"]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode != 0, done.stdout + done.stderr


def requested(method: str, target: str, body: dict | None) -> dict:
    """The event of a function URL."""
    path, _, query = target.partition("?")
    context = {"domainName": "a1.lambda-url.eu-central-1.on.aws", "http": {"method": method, "path": path}}
    event = {"version": "2.0", "rawPath": path, "rawQueryString": query, "headers": {}, "requestContext": context}
    return {**event, "body": json.dumps(body), "isBase64Encoded": False} if body else event


def main() -> int:
    with served("function-url") as url:
        expected = [told(called(url, *call)) for _, *call in CALLS]
    wrong = []
    with watched() as port:
        for (_, *call), answer in zip(CALLS, expected, strict=True):
            found = told(called(f"http://127.0.0.1:{port}/lambda-url/orders", *call))
            if found != answer:
                wrong.append(f"watch: {found}\nserve: {answer}")
            failed, printed = invoked(port, requested(*call))
            reply = {} if failed else json.loads(printed)
            reply = {"status": reply.get("statusCode"), "headers": reply.get("headers", {}), "body": reply.get("body", "")}
            if told(reply) != answer:
                wrong.append(f"invoke: {printed}\nserve: {answer}")
        # By its operation's name, the function fails; what its message says is wrapped to a width.
        failed, printed = invoked(port, {"operation": "get_order", "input": {"order_id": "41"}})
        if not failed or "Error: OrderNotFound" not in printed or '[OrderNotFound] {"code":"OrderNotFound"' not in printed:
            wrong.append(f"invoke: {printed}")
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    print(f"{len(CALLS)} errors under cargo lambda, watched and invoked, as under serve: {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
