"""From an operation's input to its request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import quote as encoded

from .codecs import Codec
from .failure import DeclaredError
from .parsing import UnfitError, dump, is_list, is_object

T = TypeVar("T")

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t -~\x80-\xff]*")
_VISIBLE = re.compile(r"(?:[!-~](?:[ -~]*[!-~])?)?")
_IDEMPOTENT = {"GET", "HEAD", "PUT", "DELETE"}


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """A request that is about to be sent. It is never printed whole."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None

    def __repr__(self) -> str:
        """Show no address, no header and no byte: they may be secret."""
        return f"Request(method={self.method!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Generic[T]):
    """An operation, as the contract has it."""

    method: str
    path: str
    #: Members that stand in the query.
    query: tuple[str, ...] = ()
    #: Members that travel as headers, each with its header.
    headers: tuple[tuple[str, str], ...] = ()
    #: Whether members stand in the body.
    body: bool = False
    #: The member that is the whole body.
    payload: str | None = None
    input: Codec[Any]
    output: Codec[T]
    errors: tuple[type[DeclaredError], ...] = field(default=())

    @property
    def idempotent(self) -> bool:
        """Whether a request of this method may be repeated."""
        return self.method in _IDEMPOTENT


def prepare(
    base: str,
    operation: Operation[T],
    value: object,
    headers: Mapping[str, str],
) -> Request:
    """Make the request of an operation, with these headers of the caller's."""
    written = operation.input.write(value)
    members = dict(written) if is_object(written) else {}
    url = base + _path(operation.path, members) + _query(operation.query, members)
    made = lowered(headers)
    for name, header in operation.headers:
        text = _plain(members.pop(name, None))
        if text is None:
            continue
        if _VISIBLE.fullmatch(text) is None:
            raise UnfitError(f"`{name}` can't be sent as the header `{header}`")
        made[header.lower()] = text
    made["accept"] = "application/json"
    content: bytes | None = None
    if operation.payload is not None:
        content = dump(members.get(operation.payload)).encode()
    elif operation.body:
        content = dump(members if is_object(written) else written).encode()
    if content is not None:
        made["content-type"] = "application/json"
    return Request(operation.method, url, made, content)


def lowered(headers: Mapping[str, str]) -> dict[str, str]:
    """Write headers in small letters, each one that can be sent."""
    made: dict[str, str] = {}
    for name, value in headers.items():
        if not _is_sendable(value) or _NAME.fullmatch(name) is None:
            raise UnfitError(f"the header `{name}` can't be sent")
        made[name.lower()] = value
    return made


def _is_sendable(value: object) -> bool:
    return isinstance(value, str) and _VALUE.fullmatch(value) is not None


def _path(path: str, members: dict[str, object]) -> str:
    segments: list[str] = []
    for segment in path.split("/"):
        if not (segment.startswith("{") and segment.endswith("}")):
            segments.append(segment)
            continue
        name = segment[1:-1]
        text = _plain(members.pop(name, None)) or ""
        # A path would lead elsewhere by them.
        if text in {"", ".", ".."}:
            raise UnfitError(f"the path parameter `{name}` can't be `{text}`")
        segments.append(encoded(text, safe=""))
    return "/".join(segments)


def _query(names: Iterable[str], members: dict[str, object]) -> str:
    said: list[str] = []
    for name in names:
        value = members.pop(name, None)
        if value is None:
            continue
        if is_list(value):
            texts = [_plain(element) or "" for element in value]
            if texts == [""] or any("," in text for text in texts):
                reason = "is empty or holds a comma, which stands between them"
                raise UnfitError(f"an element of the query's list `{name}` {reason}")
            text = ",".join(encoded(text, safe="") for text in texts)
        else:
            text = encoded(_plain(value) or "", safe="")
        said.append(f"{encoded(name, safe='')}={text}")
    return f"?{'&'.join(said)}" if said else ""


def _plain(value: object) -> str | None:
    """Write a value that is no object and no list as a text; nothing for null."""
    if value is None or isinstance(value, str):
        return value
    return dump(value)
