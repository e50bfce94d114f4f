"""What sends requests: a client of HTTP, whichever it is."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Awaitable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any, Protocol, cast

from .answer import HeaderItems, RawResponse, answer
from .request import Request
from .words import TransportKind, shown


class HttpResponse(Protocol):
    """What is used of the answer of a client of HTTP."""

    @property
    def status_code(self) -> int:
        """The status."""
        ...

    @property
    def headers(self) -> HeaderItems:
        """The headers."""
        ...

    @property
    def content(self) -> bytes:
        """The body."""
        ...


class HttpClient(Protocol):
    """A client of HTTP: `httpx2.Client`, `httpx.Client`, or what does the same."""

    def request(
        self,
        method: str,
        url: str,
        *,
        content: bytes | None,
        headers: Mapping[str, str],
        timeout: float | None,
    ) -> HttpResponse:
        """Send a request, and give its whole answer."""
        ...


class AsyncHttpClient(Protocol):
    """A client of HTTP: `httpx2.AsyncClient`, or what does the same."""

    def request(
        self,
        method: str,
        url: str,
        *,
        content: bytes | None,
        headers: Mapping[str, str],
        timeout: float | None,
    ) -> Awaitable[HttpResponse]:
        """Send a request, and give its whole answer."""
        ...


class _Streamed(Protocol):
    """An answer whose body comes in pieces."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> HeaderItems: ...

    def iter_bytes(self) -> Iterator[bytes]: ...

    def aiter_bytes(self) -> AsyncIterator[bytes]: ...


class NoAnswerError(Exception):
    """Why there is no answer, before a client makes its failure of it."""

    def __init__(self, kind: TransportKind, message: str, *, sent: bool) -> None:
        """Keep the reason."""
        super().__init__(message)
        self.kind: TransportKind = kind
        self.sent = sent


# Names of what clients of HTTP raise where no connection was made.
_UNSENT = re.compile(
    r"Connect(?:Error|Timeout)|ConnectionRefusedError|gaierror|PoolTimeout"
    r"|ClientConnectorError|NewConnectionError|UnsupportedProtocol"
)
_LATE = re.compile(r"TimeoutException|TimeoutError|Timeout")


def unanswered(error: Exception) -> NoAnswerError:
    """Tell what was raised in place of an answer, and none of its text.

    The text may hold the address, and so what is secret. For the same reason the
    error itself is not kept: it holds the whole request.
    """
    found: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in found and len(found) < 8:
        found.append(current)
        current = current.__cause__ or current.__context__
    names = [of.__name__ for one in found for of in type(one).__mro__]
    sent = not any(map(_UNSENT.fullmatch, names))
    late = any(_LATE.fullmatch(of.__name__) for of in type(error).__mro__)
    name = shown(f"{type(error).__module__}.{type(error).__qualname__}")
    said = name.removeprefix("builtins.")
    if late:
        return NoAnswerError(
            "timeout", f"the answer did not come in time ({said})", sent=sent
        )
    return NoAnswerError(
        "connection", f"the request got no response ({said})", sent=sent
    )


class _Bound:
    """The bytes and the time that an answer may take."""

    __slots__ = ("_left", "_limit", "_until")

    def __init__(self, limit: int, timeout: float | None) -> None:
        self._limit = self._left = limit
        self._until = None if timeout is None else time.monotonic() + timeout

    def count(self, chunk: bytes) -> None:
        self._left -= len(chunk)
        if self._left < 0:
            message = f"the answer has more than {self._limit} bytes: raise `limit`"
            raise NoAnswerError("refused", f"{message} if that is right", sent=True)
        if self._until is not None and time.monotonic() > self._until:
            raise NoAnswerError("timeout", "the answer did not come in time", sent=True)


def send(
    http: HttpClient,
    request: Request,
    *,
    timeout: float | None,
    limit: int,
) -> RawResponse:
    """Send a request, and read its answer as far as it may go."""
    bound = _Bound(limit, timeout)
    method, url = request.method, request.url
    options: dict[str, Any] = {
        "content": request.content,
        "headers": request.headers,
        "timeout": timeout,
    }
    stream = getattr(http, "stream", None)
    if callable(stream):
        opened = stream(method, url, **options)
        with cast("AbstractContextManager[_Streamed]", opened) as response:
            body = bytearray()
            for chunk in response.iter_bytes():
                bound.count(chunk)
                body += chunk
            return answer(response.status_code, response.headers, bytes(body))
    whole = http.request(method, url, **options)
    bound.count(whole.content)
    return answer(whole.status_code, whole.headers, whole.content)


async def send_async(
    http: AsyncHttpClient,
    request: Request,
    *,
    timeout: float | None,  # noqa: ASYNC109
    limit: int,
) -> RawResponse:
    """Send a request, and read its answer as far as it may go."""
    bound = _Bound(limit, None)
    method, url = request.method, request.url
    options: dict[str, Any] = {
        "content": request.content,
        "headers": request.headers,
        "timeout": timeout,
    }
    # Only who waits in a loop pays for it.
    import asyncio  # noqa: PLC0415

    async with asyncio.timeout(timeout):
        stream = getattr(http, "stream", None)
        if callable(stream):
            opened = stream(method, url, **options)
            async with cast(
                "AbstractAsyncContextManager[_Streamed]", opened
            ) as response:
                body = bytearray()
                async for chunk in response.aiter_bytes():
                    bound.count(chunk)
                    body += chunk
                return answer(response.status_code, response.headers, bytes(body))
        whole = await http.request(method, url, **options)
        bound.count(whole.content)
        return answer(whole.status_code, whole.headers, whole.content)
