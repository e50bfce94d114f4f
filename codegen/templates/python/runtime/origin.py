"""Who answered: the function, what stands before it, or a stranger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from .answer import trim
from .gateway import kind_of_code, texts_of, types_in

if TYPE_CHECKING:
    from .answer import RawResponse
    from .words import GatewayKind, Trust

#: The form of a code.
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")

_FIRST = re.compile(rb'\{"code":"([A-Za-z][A-Za-z0-9_-]{0,63})"')
_QUOTED = re.compile(r'"[^"]*"?')
_PLAIN = re.compile(r"[\t -~]*")


class Origin(NamedTuple):
    """Who answered, and what says so."""

    by: Literal["function", "gateway", "stranger"]
    code: str | None = None
    kind: GatewayKind | None = None
    types: str = ""


def origin(trust: Trust, response: RawResponse) -> Origin:
    """Decide who answered. A body proves nothing by itself unless it is trusted."""
    given = response.header("x-error-code")
    named = None if given is None else trim(given.split(",")[0])
    if named is not None and CODE.fullmatch(named):
        return Origin("function", named)
    error_types = response.all("x-amzn-errortype")
    types = ", ".join(error_types)
    if named is not None and (kind := kind_of_code(named)) is not None:
        return Origin("gateway", kind=kind, types=types)
    code = _peek(response.body)
    marked = trust == "bodies" or _is_problem(response)
    if code is not None and CODE.fullmatch(code):
        if marked or any(code.lower() in types_in(listed) for listed in error_types):
            return Origin("function", code)
        if not error_types:
            return Origin("stranger", code)
    elif code is not None and (marked or error_types):
        return Origin("gateway", kind=kind_of_code(code), types=types)
    return Origin("gateway", types=types) if error_types else Origin("stranger")


def _is_problem(response: RawResponse) -> bool:
    values = [value for name, value in response.headers if name == "content-type"]
    # A comma in a parameter's quotes joins no values.
    parts = [part for value in values for part in _QUOTED.sub('""', value).split(",")]
    return all(map(_PLAIN.fullmatch, values)) and {
        trim(part.split(";")[0]).lower() for part in parts
    } == {"application/problem+json"}


def _peek(body: bytes) -> str | None:
    # The wire's own form has it first, so that a look suffices.
    first = _FIRST.match(body)
    if first is not None:
        return first[1].decode()
    code = texts_of(body).get("code")
    if code is None or not (CODE.fullmatch(code) or kind_of_code(code)):
        return None
    return code
