"""The calls of a function that is invoked directly."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from .answer import RawResponse
from .calls import no_answer, sleep
from .codecs import Codec
from .decode import Decoding, output
from .failure import CallError, DeclaredError
from .families import Family
from .invocation import decode_invocation
from .parsing import UnfitError, dump
from .results import Err, Ok
from .retries import Retries
from .sending import NoAnswerError, unanswered
from .words import shown

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Invoked:
    """What Lambda answers to an invocation."""

    payload: bytes
    #: What `FunctionError` says, if the function failed.
    function_error: str | None = None


#: Invokes the function with a payload, as `invoke` of boto3 does.
Invoke: TypeAlias = Callable[[bytes], Invoked]
#: The same for asyncio.
AsyncInvoke: TypeAlias = Callable[[bytes], Awaitable[Invoked]]


class LambdaClient(Protocol):
    """What is used of `boto3.client("lambda")`."""

    def invoke(self, **parameters: Any) -> Mapping[str, Any]:
        """Invoke a function."""
        ...


def boto3_invoke(
    client: LambdaClient,
    function_name: str,
    *,
    qualifier: str | None = None,
) -> Invoke:
    """Invoke a function by a client of boto3, whose time-outs and retries count."""
    parameters: dict[str, Any] = {"FunctionName": function_name}
    if qualifier is not None:
        parameters["Qualifier"] = qualifier

    def invoke(payload: bytes) -> Invoked:
        said = client.invoke(**parameters, Payload=payload)
        return Invoked(said["Payload"].read(), said.get("FunctionError"))

    return invoke


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation(Generic[T]):
    """An operation without a route, as the contract has it."""

    name: str
    input: Codec[Any]
    output: Codec[T]
    errors: tuple[type[DeclaredError], ...] = ()

    def event(self, value: object) -> bytes:
        """Write what the function is invoked with."""
        try:
            written = self.input.write(value)
        except UnfitError as unfit:
            message = f"the request can't be made: {shown(str(unfit))}"
            raise NoAnswerError("request", message, sent=False) from None
        return dump({"operation": self.name, "input": written}).encode()

    def finish(self, family: Family, invoked: Invoked) -> T:
        """Read what the function gave, or raise what failed."""
        of = Decoding(family, self.errors)
        if invoked.function_error is not None:
            raise decode_invocation(of, invoked.payload)
        return output(of, self.output, RawResponse(200, (), invoked.payload))


class Invocations:
    """The calls of a function."""

    def __init__(self, family: Family, invoke: Invoke, retries: Retries) -> None:
        """Keep what the client was told."""
        self._family, self._invoke, self._retries = family, invoke, retries

    def call(
        self,
        invocation: Invocation[T],
        value: object,
        retries: Retries | None,
    ) -> T:
        """Invoke the function, and again where that is declared to be safe."""
        attempts = (retries or self._retries).start()
        while True:
            tried = self._attempt(invocation, value)
            if isinstance(tried, Ok):
                return tried.value
            delay = attempts.delay(tried.error)
            if delay is None:
                raise tried.error
            time.sleep(delay)

    def safe(
        self,
        invocation: Invocation[T],
        value: object,
        retries: Retries | None,
    ) -> Ok[T] | Err[Any]:
        """Invoke the function, and give its failure as a value."""
        try:
            return Ok(self.call(invocation, value, retries))
        except CallError as failure:
            return Err(failure)

    def _attempt(
        self,
        invocation: Invocation[T],
        value: object,
    ) -> Ok[T] | Err[CallError]:
        try:
            invoked = self._invoked(invocation.event(value))
        except NoAnswerError as reason:
            return Err(no_answer(self._family, reason, idempotent=False))
        try:
            return Ok(invocation.finish(self._family, invoked))
        except CallError as failure:
            return Err(failure.with_traceback(None))

    def _invoked(self, payload: bytes) -> Invoked:
        try:
            return self._invoke(payload)
        except Exception as error:  # noqa: BLE001
            raise unanswered(error) from None


class AsyncInvocations:
    """The calls of a function, for asyncio."""

    def __init__(self, family: Family, invoke: AsyncInvoke, retries: Retries) -> None:
        """Keep what the client was told."""
        self._family, self._invoke, self._retries = family, invoke, retries

    async def call(
        self,
        invocation: Invocation[T],
        value: object,
        retries: Retries | None,
    ) -> T:
        """Invoke the function, and again where that is declared to be safe."""
        attempts = (retries or self._retries).start()
        while True:
            tried = await self._attempt(invocation, value)
            if isinstance(tried, Ok):
                return tried.value
            delay = attempts.delay(tried.error)
            if delay is None:
                raise tried.error
            await sleep(delay)

    async def safe(
        self,
        invocation: Invocation[T],
        value: object,
        retries: Retries | None,
    ) -> Ok[T] | Err[Any]:
        """Invoke the function, and give its failure as a value."""
        try:
            return Ok(await self.call(invocation, value, retries))
        except CallError as failure:
            return Err(failure)

    async def _attempt(
        self,
        invocation: Invocation[T],
        value: object,
    ) -> Ok[T] | Err[CallError]:
        try:
            invoked = await self._invoked(invocation.event(value))
        except NoAnswerError as reason:
            return Err(no_answer(self._family, reason, idempotent=False))
        try:
            return Ok(invocation.finish(self._family, invoked))
        except CallError as failure:
            return Err(failure.with_traceback(None))

    async def _invoked(self, payload: bytes) -> Invoked:
        try:
            return await self._invoke(payload)
        except Exception as error:  # noqa: BLE001
            raise unanswered(error) from None
