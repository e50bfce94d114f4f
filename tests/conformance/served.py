"""The orders function on loopback ports: its documents for each front, `throwback serve` before it, and calls to it."""

import http.client
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

FRONTS = ["rest", "rest-proxy", "http-api", "http-api-1.0", "function-url", "alb", "alb-multi-value"]
ORDERS = Path("examples/orders")

# Whoever brings this token is let in, and nobody is asked for it where a front can't ask.
TOKEN = "Bearer ann"
CALLER = 'ann={"authorizer":{"claims":{"sub":"ann"}}}'
POOL = 'user-pools = ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_Teapots42"]'
ISSUER = 'issuer = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Teapots42"\naudience = ["a1b2"]'
AUTHORIZERS = {"rest": POOL, "rest-proxy": POOL, "http-api": ISSUER, "http-api-1.0": ISSUER}


def order(**different) -> dict:
    """An order for one teapot, but for what is different."""
    line = {"sku": different.pop("sku", "teapot"), "quantity": different.pop("quantity", 1)}
    return {"customerId": 7, "lines": [line], **different}


# The code that each call provokes: all that are declared, and what the function says beside them.
CALLS = [
    ("OrderNotFound", "GET", "/orders/41", None),
    ("OrderArchived", "GET", "/orders/7", None),
    ("NotSignedIn", "GET", "/orders/signed-out", None),
    ("StoreUnavailable", "GET", "/orders/store-down", None),
    ("InvalidCursor", "GET", "/orders?cursor=xyz", None),
    ("TooManyRequests", "GET", "/orders?cursor=hurry", None),
    ("TooManyResults", "GET", "/orders?limit=50", None),
    ("OutOfStock", "POST", "/orders", order(sku="samovar", quantity=3)),
    ("PaymentDeclined", "POST", "/orders?dryRun=true", order(labels={"card": "empty"})),
    ("AmountTooLarge", "POST", "/orders", order(quantity=1_000_000)),
    ("CustomerBlocked", "POST", "/orders", order(customerId=9_007_199_254_740_993)),
    ("Maintenance", "POST", "/orders", order(note="closed")),
    ("InvalidPayload", "POST", "/orders", order(quantity="two")),
    ("InternalError", "GET", "/orders/impossible", None),
    ("InternalError", "GET", "/orders/panic", None),
]


def event(method: str, target: str, body: dict | None) -> dict:
    """The event that means what a request means, where the function is invoked."""
    parts = urlsplit(target)
    query = {name: json.loads(value) if value.isdigit() else value for name, value in parse_qsl(parts.query)}
    if "dryRun" in query:
        query["dryRun"] = query["dryRun"] == "true"
    if method == "POST":
        return {"operation": "place_order", "input": {**body, **query}}
    if parts.path == "/orders":
        return {"operation": "search_orders", "input": query}
    return {"operation": "get_order", "input": {"order_id": parts.path.removeprefix("/orders/")}}


def declared() -> set[str]:
    """The codes that the API declares."""
    return {error["code"] for error in json.loads((ORDERS / "generated/contract.json").read_text())["errors"]}


@cache
def built(*package: str) -> str:
    """Where the binary of a package is, once it is built."""
    command = ["cargo", "build", "--quiet", *package, "--message-format", "json-render-diagnostics"]
    messages = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    binaries = [json.loads(message).get("executable") for message in messages]
    return next(binary for binary in reversed(binaries) if binary)


def throwback() -> str:
    return built("--package", "throwback-cli")


def function() -> str:
    # Its own features alone, as `cargo lambda watch` builds it: so nothing is built twice.
    return built("--manifest-path", str(ORDERS / "Cargo.toml"), "--bin", "orders")


@contextmanager
def served(front: str, origin: str | None = None) -> Iterator[str]:
    """The URL of the API behind a front; `origin` is where the pages are that may call it."""
    project = Path("target/conformance/served", front)
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(ORDERS / "src", project / "src")
    shutil.copy(ORDERS / "Cargo.toml", project)
    lines = ['name = "orders"', f'front = "{front}"', 'openapi = "openapi.json"']
    lines += [f'cors = "{origin}"'] if origin else []
    known = AUTHORIZERS.get(front)
    lines += ["[authorization]", 'default = "customers"' if known else 'default = "none"']
    lines += ["[authorization.authorizers.customers]", known] if known else []
    (project / "throwback.toml").write_text("\n".join(lines))
    subprocess.run([throwback(), "generate", "--project", project], check=True, capture_output=True)

    command = [throwback(), "serve", "--project", project, "--port", "0", "--timeout", "1", "--caller", CALLER]
    command += ["--env", f"ORDERS_ORIGIN={origin}"] if origin else []
    log = project / "serve.log"
    with log.open("w") as written, log.open() as read:
        server = subprocess.Popen([*command, function()], stderr=written)
        try:
            said = ""
            while not (url := re.search(r"http://127\.0\.0\.1:\d+", said)):
                if server.poll() is not None:
                    raise RuntimeError(f"nothing is served behind {front}: {log.read_text()}")
                said += read.readline()
            yield url[0]
        finally:
            server.terminate()
            server.wait()


def called(url: str, method: str, target: str, body: dict | None, headers: dict | None = None) -> dict:
    """What a call is answered: its status, headers by their names in small letters, and body."""
    host, _, before = url.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=120)
    own = {"Authorization": TOKEN, **({"Content-Type": "application/json"} if body else {})}
    path = f"/{before}{target}" if before else target
    connection.request(method, path, json.dumps(body) if body else None, own if headers is None else headers)
    response = connection.getresponse()
    headers = [(name.lower(), value) for name, value in response.getheaders()]
    text = response.read().decode()
    connection.close()
    return {"status": response.status, "headers": headers, "body": text}
