"""An answer of HTTP, and what it says whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeAlias, cast

_PLAIN = re.compile(r"[\t -~]*")
_FUNCTION_ERROR = re.compile(rb'(?:\xef\xbb\xbf)?\{"error(?:Message|Type)":"')
_MARK = b"\xef\xbb\xbf"


class HeaderItems(Protocol):
    """Headers as HTTP libraries have them."""

    def items(self) -> Iterable[tuple[str, str]]:
        """Give each name with its value."""
        ...


#: Headers: what has `items()`, or pairs of names and values.
Headers: TypeAlias = HeaderItems | Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True, repr=False)
class RawResponse:
    """An answer as it came. It is never printed whole."""

    status: int
    #: The names in small letters; one may stand there more than once.
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def __repr__(self) -> str:
        """Show no header and no byte."""
        return f"RawResponse(status={self.status}, {len(self.body)} bytes)"

    def header(self, name: str) -> str | None:
        """Give the first value of a header, if it is a plain text."""
        for known, value in self.headers:
            if known == name:
                return value if _PLAIN.fullmatch(value) else None
        return None

    def all(self, name: str) -> list[str]:
        """Give the values of a header that are plain texts."""
        values = (value for known, value in self.headers if known == name)
        return [value for value in values if _PLAIN.fullmatch(value)]


def answer(status: int, headers: Headers, body: bytes | str) -> RawResponse:
    """Bring an answer into one form."""
    # A mapping is iterable too, over its names.
    items = getattr(headers, "items", None)
    given = items() if callable(items) else headers
    pairs = cast("Iterable[tuple[str, str]]", given)
    lowered = tuple((name.lower(), value) for name, value in pairs)
    content = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return RawResponse(status, lowered, bytes(content))


def is_success(status: int, headers: Headers = ()) -> bool:
    """Whether an answer is a success: `x-error-code` says otherwise."""
    coded = answer(status, headers, b"").headers
    return 200 <= status < 300 and all(name != "x-error-code" for name, _ in coded)


def trim(text: str) -> str:
    """Cut the blanks around a header's value."""
    return text.strip(" \t\n\r\f\v")


def unmarked(body: bytes) -> bytes:
    """Cut the byte-order mark."""
    return body.removeprefix(_MARK)


def decoded(body: bytes) -> str | None:
    """Make a text of a body; nothing where it is not UTF-8."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def is_function_error(body: bytes) -> bool:
    """Whether the body of a success is the error of a function."""
    return _FUNCTION_ERROR.match(body) is not None


def request_id(response: RawResponse) -> str | None:
    """Give the id of a request, as the gateway names it."""
    own = response.header("x-amzn-requestid")
    return response.header("apigw-requestid") if own is None else own
