"""What every failure has, whoever answered, and what a declared error has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import (
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    Self,
    TypedDict,
    TypeVar,
    cast,
)

from .answer import RawResponse
from .codecs import JSON
from .delay import as_delay, seconds_of
from .parsing import dump
from .shapes import Field, write_fields
from .words import Retry, Who, retry_of, shown

F = TypeVar("F", bound="CallError")


class About(TypedDict, total=False):
    """What is known of a failure. Everything has a default."""

    status: int | None
    #: What kind of error it is, in a sentence.
    title: str | None
    #: What went wrong this time: the text of the exception.
    detail: str | None
    #: Where the error is described.
    type_uri: str | None
    #: This very occurrence, as the function names it.
    instance: str | None
    #: The id to quote when asking for help.
    request_id: str | None
    #: What a repeat of the request means.
    retry: Retry | None
    #: How long to wait before a repeat; an integer is seconds.
    retry_after: timedelta | int | None
    #: Whether the request's method is one that may be repeated.
    idempotent: bool
    #: How many attempts were made.
    attempts: int
    #: The answer as it came.
    response: RawResponse | None


def restore(of: type[F], args: tuple[object, ...]) -> F:
    """Make a failure again, whose state follows: for `pickle` and `copy`."""
    return of.__new__(of, *args)


class CallError(Exception):
    """A call that failed."""

    def __init__(self, message: str, about: About) -> None:
        """Keep what is known."""
        super().__init__(message)
        self._about = about
        if request_id := about.get("request_id"):
            self.add_note(f"request id: {shown(request_id)}")

    @property
    def who(self) -> Who:
        """Who answered: it tells the six kinds of failures apart."""
        raise NotImplementedError

    @property
    def code(self) -> str | None:
        """The code of the error, if the answer has one."""
        return None

    @property
    def status(self) -> int | None:
        """The status of HTTP, if there is an answer."""
        return self._about.get("status")

    @property
    def title(self) -> str | None:
        """What kind of error it is, in a sentence."""
        return self._about.get("title")

    @property
    def detail(self) -> str | None:
        """What went wrong this time."""
        return self._about.get("detail")

    @property
    def type_uri(self) -> str | None:
        """Where the error is described."""
        return self._about.get("type_uri")

    @property
    def instance(self) -> str | None:
        """This very occurrence, as the function names it."""
        return self._about.get("instance")

    @property
    def request_id(self) -> str | None:
        """The id to quote when asking for help."""
        return self._about.get("request_id")

    @property
    def retry(self) -> Retry:
        """What a repeat of the request means."""
        return self._about.get("retry") or retry_of(self.status)

    @property
    def is_retryable(self) -> bool:
        """Whether this very request may be made again."""
        idempotent = self._about.get("idempotent", False)
        return self.retry == "backoff" or (self.retry == "idempotent" and idempotent)

    @property
    def retry_after(self) -> timedelta | None:
        """How long to wait before a repeat, if the answer says so."""
        seconds = self.retry_after_seconds
        return None if seconds is None else as_delay(seconds)

    @property
    def retry_after_seconds(self) -> int | None:
        """How long to wait before a repeat, as the header says it."""
        after = self._about.get("retry_after")
        return None if after is None else seconds_of(after)

    @property
    def attempts(self) -> int:
        """How many attempts were made."""
        return self._about.get("attempts", 1)

    @property
    def response(self) -> RawResponse | None:
        """The answer as it came: it is never printed."""
        return self._about.get("response")

    def as_dict(self) -> dict[str, JSON]:
        """Tell all of it as JSON, for a log: neither headers nor bytes."""
        said: dict[str, JSON] = {
            "name": type(self).__name__,
            "who": self.who,
            "message": str(self),
            "code": self.code,
            "status": self.status,
            "detail": self.detail,
            "request_id": self.request_id,
            "retry": self.retry,
            "retry_after": self.retry_after_seconds,
            "is_retryable": self.is_retryable,
            "attempts": self.attempts,
            **self.particulars(),
        }
        return {name: value for name, value in said.items() if value is not None}

    def particulars(self) -> dict[str, JSON]:
        """Tell what it has beside what every failure has."""
        return {}

    def attempted(self, attempts: int) -> None:
        """Count the attempts: the client does."""
        self._about["attempts"] = attempts
        if attempts > 1:
            self.add_note(f"given up after {attempts} attempts")

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel whole: `pickle` and `copy` call no constructor."""
        return restore, (type(self), self.args), self.__dict__

    def __repr__(self) -> str:
        """Show neither members nor bytes."""
        said = [repr(str(self)[:200])]
        if self.status is not None:
            said.append(f"status={self.status}")
        if self.request_id is not None:
            said.append(f"request_id={shown(self.request_id)!r}")
        return f"{type(self).__name__}({', '.join(said)})"


class Declaration(NamedTuple):
    """What the API declares of an error."""

    code: str
    status: int
    title: str
    retry: Retry
    type_uri: str | None
    fields: tuple[Field, ...]


class DeclaredError(CallError):
    """An error that the API declares: each has a class of its own."""

    DECLARATION: ClassVar[Declaration]

    def __init__(self, about: About) -> None:
        """Say what the API declares where nothing else is known."""
        of = self.DECLARATION
        if about.get("response") is None:
            about.setdefault("title", of.title)
            about.setdefault("type_uri", of.type_uri)
        if about.get("retry") is None:
            about["retry"] = of.retry
        detail = about.get("detail") or about.get("title") or of.title
        super().__init__(shown(detail), about)
        if about.get("response") is not None and (uri := about.get("type_uri")):
            self.add_note(f"see {shown(uri)}")

    @classmethod
    def of(cls, fields: Mapping[str, Any], about: About) -> Self:
        """Make one from what an answer says."""
        make: Any = cls
        return cast("Self", make(**fields, **about))

    @property
    def who(self) -> Literal["api"]:
        """Who answered: the API."""
        return "api"

    @property
    def code(self) -> str:
        """The code of the error."""
        return self.DECLARATION.code

    @property
    def status(self) -> int:
        """The status of HTTP."""
        status = self._about.get("status")
        return self.DECLARATION.status if status is None else status

    @property
    def title(self) -> str:
        """What kind of error it is, in a sentence."""
        return self._about.get("title") or ""

    @property
    def detail(self) -> str:
        """What went wrong this time."""
        return self._about.get("detail") or self.title

    def members(self) -> dict[str, object]:
        """Give the error's own members by their names on the wire."""
        return write_fields(self.DECLARATION.fields, self)

    def particulars(self) -> dict[str, JSON]:
        """Tell the error's own members."""
        return {"fields": json.loads(dump(self.members()))}
