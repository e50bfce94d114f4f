"""The calls of an API over HTTP: one core, and two ways to wait."""

from __future__ import annotations

import inspect
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypedDict, TypeVar, cast
from urllib.parse import urlsplit

from .answer import RawResponse, is_function_error, is_success
from .decode import Decoding, beside, decode, output, unmodelled
from .failure import CallError
from .families import Family
from .parsing import UnfitError
from .request import Operation, Request, lowered, prepare
from .results import Err, Ok
from .retries import Attempts, Retries
from .sending import (
    AsyncHttpClient,
    HttpClient,
    NoAnswerError,
    send,
    send_async,
    unanswered,
)
from .words import Trust, shown

T = TypeVar("T")
H = TypeVar("H")

HeaderMap: TypeAlias = Mapping[str, str]
HeaderSource: TypeAlias = HeaderMap | Callable[[], HeaderMap]
Signer: TypeAlias = Callable[[Request], HeaderMap]
AsyncHeaderSource: TypeAlias = (
    HeaderMap | Callable[[], HeaderMap | Awaitable[HeaderMap]]
)
AsyncSigner: TypeAlias = Callable[[Request], HeaderMap | Awaitable[HeaderMap]]

#: How many bytes an answer may have.
LIMIT = 10 * 1024 * 1024
#: How many seconds one attempt may take.
TIMEOUT = 35.0


class CallOptions(TypedDict, total=False):
    """What one call may be told. It goes before what the client was told."""

    #: How many seconds one attempt may take; `None` for no end.
    timeout: float | None
    #: Headers beside the client's.
    headers: HeaderMap
    #: When this call is made again.
    retries: Retries


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Settings:
    """What a client was told."""

    base: str
    headers: Any
    sign: Any
    timeout: float | None
    limit: int
    retries: Retries
    trust: Trust

    def __post_init__(self) -> None:
        """Refuse what is no address. It may hold what is secret: it is not said."""
        try:
            parts = urlsplit(self.base)
            fits = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:
            fits = False
        if not fits or "?" in self.base or "#" in self.base:
            raise ValueError(
                "the API's address is no URL of HTTP, or has a query or a fragment"
            )


class _Core:
    """What does not wait: from a call to its request, and from an answer on."""

    def __init__(self, family: Family, settings: Settings) -> None:
        self._family = family
        self._settings = settings

    def _attempts(self, options: CallOptions) -> Attempts:
        return options.get("retries", self._settings.retries).start()

    def _timeout(self, options: CallOptions) -> float | None:
        return options.get("timeout", self._settings.timeout)

    def _request(
        self,
        operation: Operation[T],
        value: object,
        common: HeaderMap,
        options: CallOptions,
    ) -> Request:
        try:
            headers = lowered(common) | lowered(options.get("headers", {}))
            base = self._settings.base.rstrip("/")
            return prepare(base, operation, value, headers)
        except UnfitError as unfit:
            raise _unmade(str(unfit)) from None

    def _signed(self, request: Request, signature: HeaderMap) -> Request:
        try:
            headers = {**request.headers, **lowered(signature)}
        except UnfitError as unfit:
            raise _unmade(str(unfit)) from None
        return Request(request.method, request.url, headers, request.content)

    def _finish(self, operation: Operation[T], response: RawResponse) -> T:
        trust, idempotent = self._settings.trust, operation.idempotent
        of = Decoding(self._family, operation.errors, trust, idempotent)
        if not is_success(response.status, response.headers):
            raise decode(of, response)
        if is_function_error(response.body):
            reason = "it is the error of a function that came as a success"
            raise unmodelled(of, None, reason, beside(of, response))
        return output(of, operation.output, response)

    def _failed(self, reason: NoAnswerError, *, idempotent: bool) -> CallError:
        return no_answer(self._family, reason, idempotent=idempotent)


def no_answer(family: Family, reason: NoAnswerError, *, idempotent: bool) -> CallError:
    """Make the failure of a call that got no answer."""
    return family.transport(
        kind=reason.kind,
        message=str(reason),
        may_have_been_sent=reason.sent,
        idempotent=idempotent,
    )


def _unmade(why: str) -> NoAnswerError:
    message = f"the request can't be made: {shown(why)}"
    return NoAnswerError("request", message, sent=False)


class _Http(Generic[H]):
    """The client of HTTP, which is made when it is first needed."""

    def __init__(self, given: H | None, make: Callable[[], H]) -> None:
        self._given = given
        self._make = make
        self._made: H | None = None

    def get(self) -> H:
        if self._given is not None:
            return self._given
        if self._made is None:
            self._made = self._make()
        return self._made

    def take(self) -> Any:
        """Give the client that was made here, to be closed."""
        made, self._made = self._made, None
        return made


class Calls(_Core):
    """The calls of an API."""

    def __init__(
        self,
        family: Family,
        settings: Settings,
        http: HttpClient | None,
    ) -> None:
        """Keep what the client was told."""
        super().__init__(family, settings)
        self._http = _Http(http, _httpx)

    def call(
        self,
        operation: Operation[T],
        value: object,
        options: CallOptions,
    ) -> T:
        """Make a call, and again where that is declared to be safe."""
        attempts = self._attempts(options)
        while True:
            tried = self._attempt(operation, value, options)
            if isinstance(tried, Ok):
                return tried.value
            delay = attempts.delay(tried.error)
            if delay is None:
                raise tried.error
            time.sleep(delay)

    def safe(
        self,
        operation: Operation[T],
        value: object,
        options: CallOptions,
    ) -> Ok[T] | Err[Any]:
        """Make a call, and give its failure as a value."""
        try:
            return Ok(self.call(operation, value, options))
        except CallError as failure:
            return Err(failure)

    def close(self) -> None:
        """Close the connections, if they are the client's own."""
        made = self._http.take()
        if made is not None:
            made.close()

    def _attempt(
        self,
        operation: Operation[T],
        value: object,
        options: CallOptions,
    ) -> Ok[T] | Err[CallError]:
        # A failure is raised where nothing of another library is its context.
        try:
            response = self._response(operation, value, options)
        except NoAnswerError as reason:
            return Err(self._failed(reason, idempotent=operation.idempotent))
        try:
            return Ok(self._finish(operation, response))
        except CallError as failure:
            return Err(failure.with_traceback(None))

    def _response(
        self,
        operation: Operation[T],
        value: object,
        options: CallOptions,
    ) -> RawResponse:
        settings = self._settings
        headers: HeaderMap | Callable[[], HeaderMap] = settings.headers
        common = headers() if callable(headers) else headers
        request = self._request(operation, value, common, options)
        if settings.sign is not None:
            request = self._signed(request, settings.sign(request))
        http, timeout = self._http.get(), self._timeout(options)
        try:
            return send(http, request, timeout=timeout, limit=settings.limit)
        except NoAnswerError:
            raise
        except Exception as error:  # noqa: BLE001
            raise unanswered(error) from None


class AsyncCalls(_Core):
    """The calls of an API, for asyncio."""

    def __init__(
        self,
        family: Family,
        settings: Settings,
        http: AsyncHttpClient | None,
    ) -> None:
        """Keep what the client was told."""
        super().__init__(family, settings)
        self._http = _Http(http, _async_httpx)

    async def call(
        self,
        operation: Operation[T],
        value: object,
        options: CallOptions,
    ) -> T:
        """Make a call, and again where that is declared to be safe."""
        attempts = self._attempts(options)
        while True:
            tried = await self._attempt(operation, value, options)
            if isinstance(tried, Ok):
                return tried.value
            delay = attempts.delay(tried.error)
            if delay is None:
                raise tried.error
            await sleep(delay)

    async def safe(
        self,
        operation: Operation[T],
        value: object,
        options: CallOptions,
    ) -> Ok[T] | Err[Any]:
        """Make a call, and give its failure as a value."""
        try:
            return Ok(await self.call(operation, value, options))
        except CallError as failure:
            return Err(failure)

    async def aclose(self) -> None:
        """Close the connections, if they are the client's own."""
        made = self._http.take()
        if made is not None:
            await made.aclose()

    async def _attempt(
        self,
        operation: Operation[T],
        value: object,
        options: CallOptions,
    ) -> Ok[T] | Err[CallError]:
        try:
            response = await self._response(operation, value, options)
        except NoAnswerError as reason:
            return Err(self._failed(reason, idempotent=operation.idempotent))
        try:
            return Ok(self._finish(operation, response))
        except CallError as failure:
            return Err(failure.with_traceback(None))

    async def _response(
        self,
        operation: Operation[T],
        value: object,
        options: CallOptions,
    ) -> RawResponse:
        settings = self._settings
        headers = settings.headers
        common = await waited(headers() if callable(headers) else headers)
        request = self._request(operation, value, common, options)
        if settings.sign is not None:
            request = self._signed(request, await waited(settings.sign(request)))
        http, timeout = self._http.get(), self._timeout(options)
        limit = settings.limit
        try:
            return await send_async(http, request, timeout=timeout, limit=limit)
        except NoAnswerError:
            raise
        except Exception as error:  # noqa: BLE001
            raise unanswered(error) from None


async def sleep(delay: float) -> None:
    """Wait, and let others work."""
    # Only who waits in a loop pays for it.
    import asyncio  # noqa: PLC0415

    await asyncio.sleep(delay)


async def waited(given: Any) -> Any:
    """Wait where there is something to wait for."""
    return await given if inspect.isawaitable(given) else given


def _httpx() -> HttpClient:
    # It is large, and not everybody needs it.
    import httpx2  # noqa: PLC0415

    return cast("HttpClient", httpx2.Client())


def _async_httpx() -> AsyncHttpClient:
    import httpx2  # noqa: PLC0415

    return cast("AsyncHttpClient", httpx2.AsyncClient())
