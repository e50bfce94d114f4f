"""What the program says of each answer."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from threading import Thread
from typing import TYPE_CHECKING, assert_never

import httpx
import httpx2
import orders
import pytest
import requests
from orders.testing import AsyncFakeHttp, FakeHttp, Reply, answer_of

from show import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SECRET = "swordfish"  # noqa: S105
TICKET = orders.ArchiveTicket(year=1999, shelf=(3, "b"))
ARCHIVED = orders.OrderArchivedError(order_id="7", ticket=TICKET)
ORDER = orders.Order(
    id="42",
    customer_id=2**64 - 1,
    state="paid",
    lines=[orders.Line(sku="teapot", quantity=1)],
    total=orders.Money(units=-(2**63), currency="EUR"),
)
PLACE = orders.PlaceOrder(customer_id=7, lines=[], note=SECRET)


def client(http: orders.HttpClient) -> orders.Orders:
    """Make a client that waits for nothing."""
    retries = orders.Retries(first=0)
    return orders.Orders("https://api.test/prod/", http=http, retries=retries)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (ORDER, "order 42: 1 lines, paid"),
        (orders.OrderNotFoundError(order_id="42"), "there is no order 42"),
        (ARCHIVED, "order 42 is in the archive of 1999"),
        (
            Reply(502, "<html>"),
            "a response with status 502 that can't be read: it names no error; unmodelled answered, request None",
        ),
    ],
)
def test_show(answer: object, said: str) -> None:
    """Each answer has its words."""
    if answer is ARCHIVED:
        said = said.replace("42", "7")
    assert show(client(FakeHttp(answer)), "42") == said


def test_values_keep_every_digit() -> None:
    """What is read is what was written."""
    assert client(FakeHttp(ORDER)).get_order("42") == ORDER
    known = client(FakeHttp(ORDER)).get_order("42").state
    assert known is orders.OrderState.PAID
    newer = Reply(
        body='{"id":"1","customerId":1,"state":"lost","lines":[],"total":{"units":1,"currency":""}}'
    )
    state = client(FakeHttp(newer)).get_order("1").state
    assert state == "lost"
    assert not isinstance(state, orders.OrderState)


def test_requests() -> None:
    """Each member of an input stands where the contract says."""
    http = FakeHttp(orders.OrderPage(orders=[]), ORDER)
    calls = client(http)
    found = orders.SearchOrders(state=orders.OrderState.OPEN, cursor="a b/ü")
    calls.search_orders(found)
    calls.place_order(
        orders.PlaceOrder(
            customer_id=2**63,
            lines=[orders.Line(sku="a", quantity=1)],
            labels={"é": '"'},
            dry_run=True,
            idempotency_key="k 1",
        ),
        headers={"X-More": "1"},
    )
    search, place = http.requests
    assert search.url == "https://api.test/prod/orders?state=open&cursor=a%20b%2F%C3%BC"
    assert search.content is None
    assert place.url == "https://api.test/prod/orders?dryRun=true"
    assert place.headers["idempotency-key"] == "k 1"
    assert place.headers["x-more"] == "1"
    assert place.headers["content-type"] == "application/json"
    assert json.loads(place.content or b"") == {
        "customerId": 2**63,
        "lines": [{"sku": "a", "quantity": 1}],
        "labels": {"é": '"'},
    }


@pytest.mark.parametrize(
    "order",
    [
        orders.PlaceOrder(customer_id=-1, lines=[]),
        orders.PlaceOrder(customer_id=2**64, lines=[]),
        orders.PlaceOrder(customer_id=True, lines=[]),
        orders.PlaceOrder(customer_id=7, lines="ab"),  # type: ignore[arg-type]
        orders.PlaceOrder(customer_id=7, lines=[], note="\ud800"),
        orders.PlaceOrder(customer_id=7, lines=[], idempotency_key="a\nb"),
    ],
)
def test_what_does_not_fit_is_not_sent(order: orders.PlaceOrder) -> None:
    """A value of a wrong type is refused before anything is sent."""
    http = FakeHttp(ORDER)
    with pytest.raises(orders.TransportError, match="can't be made") as caught:
        client(http).place_order(order)
    assert caught.value.kind == "request"
    assert not caught.value.may_have_been_sent
    assert http.requests == []


@pytest.mark.parametrize("order_id", ["", ".", ".."])
def test_paths_lead_nowhere_else(order_id: str) -> None:
    """A parameter of the path is one segment."""
    with pytest.raises(orders.TransportError):
        client(FakeHttp(ORDER)).get_order(order_id)
    http = FakeHttp(ORDER)
    client(http).get_order("a/../b?c#d%")
    assert http.requests[0].url.endswith("/orders/a%2F..%2Fb%3Fc%23d%25")


def test_retries_follow_the_advice() -> None:
    """Only what the API says to be safe is made again."""
    busy = orders.TooManyRequestsError(used=9)
    http = FakeHttp(busy, busy, orders.Health(version="1"))
    assert client(http).health().version == "1"
    assert len(http.requests) == 3

    # Nobody knows whether a second POST does harm.
    down = FakeHttp(orders.StoreUnavailableError())
    with pytest.raises(orders.StoreUnavailableError) as caught:
        client(down).place_order(PLACE)
    assert caught.value.attempts == 1
    assert caught.value.retry == "idempotent"
    assert not caught.value.is_retryable
    with pytest.raises(orders.StoreUnavailableError) as caught:
        client(down).health()
    assert caught.value.attempts == 3
    assert "given up after 3 attempts" in caught.value.__notes__

    once = FakeHttp(busy)
    with pytest.raises(orders.TooManyRequestsError):
        client(once).health(retries=orders.ONCE)
    assert len(once.requests) == 1


def test_no_long_delay_is_waited_for() -> None:
    """Who is asked to wait for more than a minute raises at once, and says so."""
    late = FakeHttp(orders.TooManyRequestsError(used=1, retry_after=61))
    begun = time.monotonic()
    with pytest.raises(orders.TooManyRequestsError) as caught:
        client(late).health()
    assert caught.value.retry_after_seconds == 61
    assert caught.value.attempts == 1
    soon = FakeHttp(orders.TooManyRequestsError(used=1, retry_after=50))
    with pytest.raises(orders.TooManyRequestsError):
        client(soon).health(retries=orders.Retries(deadline=1.0))
    assert time.monotonic() - begun < 5


def test_safe_is_exhaustive() -> None:
    """A failure is a value, with the types of that very call."""
    match client(FakeHttp(ARCHIVED)).safe.get_order("7"):
        case orders.Ok(order):
            raise AssertionError(order)
        case orders.Err(orders.OrderArchivedError(order_id, ticket)):
            assert (order_id, ticket.year) == ("7", 1999)
        case orders.Err(error):
            raise error
    found = client(FakeHttp(Reply(418, "{}"))).safe.health()
    assert isinstance(found, orders.Err)
    error = found.error
    match error:
        case orders.DeclaredError() | orders.UndeclaredError() | orders.PlatformError():
            raise error
        case orders.GatewayError() | orders.TransportError():
            raise error
        case orders.UnmodelledError():
            assert error.status == 418
        case _:
            assert_never(error)


def test_sets_are_caught_together() -> None:
    """`except` takes the tuple of a set."""
    try:
        client(FakeHttp(ARCHIVED)).get_order("7")
    except orders.GET_ORDER_ERRORS as error:
        assert error.code == "OrderArchived"  # noqa: PT017
    assert not issubclass(orders.OutOfStockError, orders.GET_ORDER_ERRORS)


def printed(error: BaseException) -> str:
    """Print an exception in every way that there is."""
    ways = [str(error), repr(error), *traceback.format_exception(error)]
    if isinstance(error, orders.OrdersError):
        ways += [json.dumps(error.as_dict()), repr(error.response)]
    return "".join(ways)


@pytest.mark.parametrize(
    "answer",
    [
        ConnectionError(SECRET),
        TimeoutError(SECRET),
        httpx2.ConnectError(SECRET),
        requests.ConnectionError(SECRET),
        Reply(500, SECRET, {"x-secret": SECRET}),
        Reply(200, f'{{"id":"{SECRET}"}}'),
        Reply(200, f'{{"errorMessage":"{SECRET}"}}'),
        orders.StoreUnavailableError(),
        ARCHIVED,
    ],
    ids=repr,
)
def test_nothing_secret_is_printed(answer: object) -> None:
    """Neither address, headers nor bodies are in anything that is printed."""
    calls = orders.Orders(
        f"https://ann:{SECRET}@api.test/{SECRET}",
        http=FakeHttp(answer),
        headers={"authorization": SECRET},
        sign=lambda _: {"x-signature": SECRET},
        retries=orders.ONCE,
    )
    with pytest.raises(orders.OrdersError) as caught:
        calls.place_order(PLACE)
    assert SECRET not in printed(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert SECRET not in repr(calls)
    with pytest.raises(ValueError, match="no URL") as refused:
        orders.Orders(f"ftp://{SECRET}")
    assert SECRET not in printed(refused.value)


def again(error: orders.OrdersError) -> orders.OrdersError:
    """Give an error back, from a process of its own."""
    raise error


@pytest.mark.parametrize(
    "answer",
    [ARCHIVED, Reply(502, b"\xff"), ConnectionError(), answer_of(ARCHIVED)],
    ids=repr,
)
def test_failures_travel(answer: object) -> None:
    """A failure is whole after `pickle`, `copy` and a spawned process."""
    with pytest.raises(orders.OrdersError) as caught:
        client(FakeHttp(answer)).get_order("7")
    error = caught.value
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        spawned = pool.submit(again, error).exception()
    for made in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error), spawned):
        assert isinstance(made, orders.OrdersError)
        assert type(made) is type(error)
        assert made.as_dict() == error.as_dict()
        assert made.response == error.response
        assert made.is_retryable == error.is_retryable


def test_tracebacks_show_the_request_id() -> None:
    """The id is beside the sentence, not in it."""
    error = orders.OrderNotFoundError(order_id="7", request_id="r-1")
    assert str(error) == "The order does not exist"
    assert "request id: r-1" in printed(error)


class Handler(BaseHTTPRequestHandler):
    """An API that answers by the path."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        _, _, order_id = self.path.rpartition("/")
        if order_id == "slow":
            time.sleep(0.5)
        if order_id == "elsewhere":
            self.send_response(302)
            self.send_header("location", "/prod/orders/42")
            self.send_header("content-length", "0")
            self.end_headers()
            return
        reply = answer_of(orders.OrderNotFoundError(order_id=order_id))
        body = b"x" * 100_000 if order_id == "large" else reply.content
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """Serve the API on a port of its own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/prod"
        server.shutdown()
        thread.join()


class Session:
    """A session of requests, as the README has it."""

    def __init__(self) -> None:
        """Open it."""
        self.session = requests.Session()

    def request(
        self,
        method: str,
        url: str,
        *,
        content: bytes | None,
        headers: Mapping[str, str],
        timeout: float | None,
    ) -> requests.Response:
        """Send a request."""
        return self.session.request(
            method,
            url,
            data=content,
            headers=dict(headers),
            timeout=timeout,
            allow_redirects=False,
        )


def test_any_client_of_http_serves(address: str) -> None:
    """The default, httpx and requests bring the same answers."""
    session = Session()
    with httpx2.Client() as other, httpx.Client() as older, session.session:
        for http in (None, other, older, session):
            with orders.Orders(
                address, http=http, retries=orders.ONCE, limit=50_000
            ) as calls:
                with pytest.raises(orders.OrderNotFoundError) as caught:
                    calls.get_order("41")
                assert caught.value.order_id == "41"
                with pytest.raises(orders.TransportError, match="50000 bytes") as large:
                    calls.get_order("large")
                assert large.value.kind == "refused"
                with pytest.raises(orders.TransportError) as late:
                    calls.get_order("slow", timeout=0.1)
                assert late.value.kind == "timeout"
                with pytest.raises(orders.UnmodelledError) as led:
                    calls.get_order("elsewhere")
                assert led.value.status == 302


def test_nobody_listens() -> None:
    """Where no connection is made, nothing was sent: a repeat is safe."""
    with (
        orders.Orders("http://127.0.0.1:9", retries=orders.ONCE) as calls,
        pytest.raises(orders.TransportError) as caught,
    ):
        calls.place_order(PLACE)
    assert caught.value.kind == "connection"
    assert not caught.value.may_have_been_sent
    assert caught.value.retry == "backoff"


def test_asyncio(address: str) -> None:
    """The asynchronous client says the same, and can be cancelled."""

    async def main() -> None:
        async with orders.AsyncOrders(
            address, retries=orders.ONCE, limit=50_000
        ) as calls:
            with pytest.raises(orders.OrderNotFoundError):
                await calls.get_order("41")
            with pytest.raises(orders.TransportError) as large:
                await calls.get_order("large")
            assert large.value.kind == "refused"
            with pytest.raises(orders.TransportError) as late:
                await calls.get_order("slow", timeout=0.1)
            assert late.value.kind == "timeout"
            task = asyncio.create_task(calls.get_order("slow"))
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            found = await calls.safe.get_order("41")
            assert isinstance(found, orders.Err)
        fake = AsyncFakeHttp(
            orders.TooManyRequestsError(used=1), orders.Health(version="1")
        )

        async def token() -> dict[str, str]:
            return {"authorization": "a"}

        retries = orders.Retries(first=0)
        calls = orders.AsyncOrders(
            "https://api.test", http=fake, headers=token, retries=retries
        )
        assert (await calls.health()).version == "1"
        assert [request.headers["authorization"] for request in fake.requests] == [
            "a",
            "a",
        ]

    asyncio.run(main())
