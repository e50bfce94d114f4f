"""The Python client of orders, calling the function behind three fronts, and invoking it; and the demo on the wheel alone."""

import asyncio
import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from served import TOKEN, served

OUTSIDE = Path("target/conformance/python/outside").resolve()
PACKAGES = {
    front: Path("target/conformance/python/apis/invoked/python/src" if front == "invoke" else "examples/orders-python/src").resolve()
    for front in ["rest", "http-api", "function-url", "invoke"]
}
PLATFORM = {"impossible": "INTERNAL", "panic": "INTERNAL", "sleep": "TIMEOUT", "exit": "EXITED", "kill": "OUT_OF_MEMORY"}


def order(orders, sku: str = "teapot", quantity: int = 1, **more):
    return orders.PlaceOrder(**{"customer_id": 7, "lines": [orders.Line(sku=sku, quantity=quantity)]} | more)


def calls(orders, client, invoked: bool) -> list[tuple[str, Callable[[], object]]]:
    def get(order_id: str) -> Callable[[], object]:
        return lambda: client.get_order(orders.GetOrder(order_id=order_id) if invoked else order_id)

    def search(**input) -> Callable[[], object]:
        return lambda: client.search_orders(orders.SearchOrders(**input))

    def place(**input) -> Callable[[], object]:
        return lambda: client.place_order(order(orders, **input))

    return [
        ("OrderNotFound", get("41")),
        ("OrderArchived", get("7")),
        ("NotSignedIn", get("signed-out")),
        ("StoreUnavailable", get("store-down")),
        ("InvalidCursor", search(cursor="xyz")),
        ("TooManyRequests", search(cursor="hurry")),
        ("TooManyResults", search(limit=50)),
        ("OutOfStock", place(sku="samovar", quantity=3)),
        ("PaymentDeclined", place(dry_run=True, labels={"card": "empty"})),
        ("AmountTooLarge", place(quantity=1_000_000)),
        ("CustomerBlocked", place(customer_id=9_007_199_254_740_993)),
        ("Maintenance", place(note="closed")),
        *((kind, get(name)) for name, kind in PLATFORM.items()),
    ]


def check(front: str, url: str) -> list[str]:
    """Everything that is wrong behind one front; in a process of its own, for its package."""
    import orders

    def invoke(payload: bytes):
        address = f"{url}/2015-03-31/functions/orders/invocations"
        with urllib.request.urlopen(urllib.request.Request(address, payload)) as answer:
            return orders.Invoked(answer.read(), answer.headers.get("X-Amz-Function-Error"))

    headers, wrong = {"authorization": TOKEN}, []
    if front == "invoke":
        client = orders.OrdersFunction(invoke, retries=orders.ONCE)
    else:
        client = orders.Orders(url, headers=headers, retries=orders.ONCE)
    client.health()
    for expected, call in calls(orders, client, front == "invoke"):
        try:
            wrong.append(f"{expected}: {call()}")
        except orders.DeclaredError as error:
            if error.code != expected or not error.as_dict():
                wrong.append(f"{expected}: {error!r}")
        except orders.PlatformError as error:
            # Over HTTP nobody says more than that the function failed.
            known = {expected} if front == "invoke" else {expected, "INTERNAL"}
            if error.kind not in known:
                wrong.append(f"{expected}: {error!r}")
        except orders.GatewayError as error:
            # These fronts answer themselves in place of a function that can't.
            if front == "rest" or expected not in PLATFORM.values():
                wrong.append(f"{expected}: {error!r}")
    if front != "invoke":
        client.close()
        wrong += asyncio.run(check_async(url, headers))
    return wrong


async def check_async(url: str, headers: dict[str, str]) -> list[str]:
    import aiohttp
    import orders

    async with orders.AsyncOrders(url, headers=headers, retries=orders.ONCE) as client:
        found = await asyncio.gather(*(client.safe.get_order(order_id) for order_id in ["41", "7", "42"]))
        outcomes = [one.error.code if isinstance(one, orders.Err) else one.value.id for one in found]
        nobody = orders.AsyncOrders(url)
        async with nobody:
            stranger = await nobody.safe.get_order("42")
    wrong = [] if outcomes == ["OrderNotFound", "OrderArchived", "42"] else [f"asyncio: {outcomes}"]
    if isinstance(stranger, orders.Err) and stranger.error.who != "gateway":
        wrong.append(f"a stranger: {stranger.error!r}")
    # What another library received.
    async with aiohttp.ClientSession(headers=headers) as session, session.get(f"{url}/orders/41") as answer:
        error = orders.decode(answer.status, answer.headers, await answer.read(), errors=orders.GET_ORDER_ERRORS)
    if not isinstance(error, orders.OrderNotFoundError) or error.order_id != "41":
        wrong.append(f"aiohttp: {error!r}")
    return wrong


def main() -> int:
    wrong = 0
    for front, package in PACKAGES.items():
        with served(front) as url:
            environment = {**os.environ, "PYTHONPATH": str(package)}
            command = [sys.executable, __file__, front, url]
            ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if front == "rest":
                command = [OUTSIDE / "venv/bin/python", "-I", OUTSIDE / "show.py", url, "42"]
                environment = {**os.environ, "TOKEN": TOKEN}
                said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
                if not said.stdout.startswith("order 42: "):
                    wrong += 1
                    print(f"the program on the wheel: {said.stdout}{said.stderr}", file=sys.stderr)
        if ran.returncode:
            wrong += 1
            print(f"{front}: {ran.stdout}{ran.stderr}", file=sys.stderr)
    if not wrong:
        print(f"Python: every failure of the function behind {', '.join(PACKAGES)}, and a program on the wheel alone")
    return min(wrong, 1)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        found = check(*sys.argv[1:])
        print(*found, sep="\n")
        sys.exit(bool(found))
    sys.exit(main())
