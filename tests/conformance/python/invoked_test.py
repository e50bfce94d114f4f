"""Calls of a function that is none: what it is invoked with, and what each answer means."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import pytest

import orders
from orders.testing import AsyncFakeInvoke, FakeInvoke


def test_invocations() -> None:
    """An error of the function is raised, and made again where that is safe."""
    busy = orders.TooManyRequestsError(used=9)
    invoke = FakeInvoke(busy, orders.Health(version="1"))
    function = orders.OrdersFunction(invoke, retries=orders.Retries(first=0))
    assert function.health().version == "1"
    assert len(invoke.payloads) == 2
    ticket = orders.ArchiveTicket(year=1999, shelf=(1, "a"))
    archived = FakeInvoke(orders.OrderArchivedError(order_id="7", ticket=ticket))
    with pytest.raises(orders.OrderArchivedError) as caught:
        orders.OrdersFunction(archived).get_order(orders.GetOrder(order_id="7"))
    assert caught.value.ticket == ticket
    event = b'{"operation":"get_order","input":{"order_id":"7"}}'
    assert archived.payloads == [event]


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (
            b'{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: 1f2e Error: Task timed out after 3.00 seconds"}',
            "TIMEOUT",
        ),
        (
            b'{"errorMessage":"2026-01-01T00:00:00Z 1f2e Task timed out after 3.00 seconds"}',
            "TIMEOUT",
        ),
        (
            b'{"errorType":"Runtime.ExitError","errorMessage":"RequestId: 1f2e Error: Runtime exited with error: signal: killed"}',
            "OUT_OF_MEMORY",
        ),
        (
            b'{"errorType":"Runtime.ExitError","errorMessage":"RequestId: 1f2e Error: Runtime exited with error: exit status 101"}',
            "EXITED",
        ),
        (
            b'{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"too large"}',
            "RESPONSE_TOO_LARGE",
        ),
        (b'{"errorType":"anything","errorMessage":"at the disco"}', "INTERNAL"),
        (b"\xff", "INTERNAL"),
        (b"", "INTERNAL"),
    ],
)
def test_the_platform(payload: bytes, kind: str) -> None:
    """What Lambda says of a function that could not answer."""
    invoke = FakeInvoke(orders.Invoked(payload, "Unhandled"))
    with pytest.raises(orders.PlatformError) as caught:
        orders.OrdersFunction(invoke, retries=orders.ONCE).health()
    assert caught.value.kind == kind
    assert caught.value.attempts == 1


def test_boto3() -> None:
    """A client of boto3 invokes the function."""

    class Client:
        def invoke(self, **parameters: Any) -> dict[str, Any]:
            self.parameters = parameters
            return {"Payload": io.BytesIO(b'{"version":"2"}'), "StatusCode": 200}

    client = Client()
    invoke = orders.boto3_invoke(client, "orders", qualifier="live")
    assert orders.OrdersFunction(invoke).health().version == "2"
    assert client.parameters == {
        "FunctionName": "orders",
        "Qualifier": "live",
        "Payload": b'{"operation":"health","input":null}',
    }


def test_what_is_no_output() -> None:
    """An output that does not fit is unmodelled, and a lost connection has no answer."""
    wrong = FakeInvoke(orders.Invoked(b'{"version":7}'))
    with pytest.raises(orders.UnmodelledError):
        orders.OrdersFunction(wrong).health()
    lost = FakeInvoke(ConnectionError("swordfish"))
    found = orders.OrdersFunction(lost).safe.health()
    assert isinstance(found, orders.Err)
    assert isinstance(found.error, orders.TransportError)
    assert "swordfish" not in str(found.error)


def test_asyncio() -> None:
    """The asynchronous one says the same."""

    async def main() -> None:
        busy = orders.TooManyRequestsError(used=9)
        invoke = AsyncFakeInvoke(busy, orders.Health(version="1"))
        retries = orders.Retries(first=0)
        function = orders.AsyncOrdersFunction(invoke, retries=retries)
        assert (await function.health()).version == "1"
        again = orders.AsyncOrdersFunction(AsyncFakeInvoke(busy))
        found = await again.safe.health(retries=orders.ONCE)
        assert isinstance(found, orders.Err)

    asyncio.run(main())
