"""From an answer to the failure that it is, typed where the API declares it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .answer import decoded, request_id, unmarked
from .codecs import TEXT, U16, U64, Codec
from .delay import retry_after
from .failure import About, DeclaredError
from .families import Family, platform_retry
from .gateway import from_gateway, stock
from .origin import origin
from .parsing import Odd, UnfitError, members, parse
from .shapes import read_fields
from .words import PlatformKind, Retry, Trust, as_retry, retry_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeVar

    from .answer import RawResponse
    from .failure import CallError

    T = TypeVar("T")

#: The codes that no API declares.
RESERVED: dict[str, tuple[PlatformKind, int]] = {
    "InvalidPayload": ("INVALID_PAYLOAD", 400),
    "InternalError": ("INTERNAL", 500),
    "FunctionTimeout": ("TIMEOUT", 504),
}

_OWN = (
    "code",
    "title",
    "status",
    "detail",
    "type",
    "instance",
    "retryable",
    "retryAfter",
    "truncated",
)


class Decoding(NamedTuple):
    """What a failure is decoded by."""

    family: Family
    errors: tuple[type[DeclaredError], ...]
    trust: Trust = "marks"
    #: Whether the request's method is one that may be repeated.
    idempotent: bool = False

    def declared(self, code: str) -> type[DeclaredError] | None:
        """Find the error of a code."""
        for error in self.errors:
            if error.DECLARATION.code == code:
                return error
        return None


def decode(of: Decoding, response: RawResponse) -> CallError:
    """Decode an answer that is no success."""
    about = beside(of, response)
    body = unmarked(response.body)
    if body is not response.body:
        response = type(response)(response.status, response.headers, body)
    found = origin(of.trust, response)
    if found.by == "gateway":
        return from_gateway(of.family, found.kind, found.types, response, about)
    if found.code is None or found.by == "stranger":
        text = decoded(body)
        kind = None if text is None else stock(response.status, text)
        if kind is not None:
            return from_gateway(of.family, kind, "", response, about)
        reason = "nothing shows that the API wrote it"
        if found.code is None:
            reason = "it names no error"
        return unmodelled(of, found.code, reason, about)
    return from_problem(of, found.code, body, about)


def beside(of: Decoding, response: RawResponse) -> About:
    """Tell what an answer says whoever wrote it."""
    return About(
        status=response.status,
        request_id=request_id(response),
        retry_after=retry_after(response),
        idempotent=of.idempotent,
        response=response,
    )


def unmodelled(of: Decoding, code: str | None, reason: str, about: About) -> CallError:
    """Make the failure of an answer that nothing explains."""
    return of.family.unmodelled(code=code, reason=reason, **about)


def from_problem(of: Decoding, code: str, body: bytes, about: About) -> CallError:
    """Decode a problem whose code is known."""
    text = decoded(body) if body else "{}"
    found, whole = members(text) if text is not None else ({}, False)
    own = {name: value for name, value in found.items() if name not in _OWN}
    twice: frozenset[str] = frozenset()
    if isinstance(found, Odd):
        twice = found.twice.difference(_OWN)
    reason = "it is no JSON object" if text is not None else "it is not UTF-8"
    declared = of.declared(code)
    kind, status = RESERVED.get(code, (None, 500))
    retry = None if kind is None else platform_retry(kind)
    if declared is not None:
        status, retry = declared.DECLARATION.status, declared.DECLARATION.retry
    about = _told(found, about, status, retry)
    made: CallError | None = None
    if not whole:
        pass
    elif declared is None and twice:
        reason = f"duplicate field `{min(twice)}`"
    elif declared is None:
        made = _undeclared(of, code, kind, own, about)
    elif found.get("truncated") is True:
        reason = "the function left the error's fields out"
    else:
        try:
            made = declared.of(_fields(declared, own, twice), about)
        except UnfitError as unfit:
            reason = str(unfit) if body else "there is no body"
    return made or unmodelled(of, code, reason, about)


def _fields(
    declared: type[DeclaredError],
    own: dict[str, object],
    twice: frozenset[str],
) -> dict[str, object]:
    fields = declared.DECLARATION.fields
    if not fields:
        return {}
    if twice:
        odd = Odd(own)
        odd.twice = twice
        own = odd
    return read_fields(fields, own)


def _undeclared(
    of: Decoding,
    code: str,
    kind: PlatformKind | None,
    own: dict[str, object],
    about: About,
) -> CallError:
    if kind is None:
        failure = of.family.undeclared(code=code, **about)
        failure.keep(own)
        return failure
    path, reason = "", ""
    if kind == "INVALID_PAYLOAD":
        path = _said(own, "path", TEXT) or ""
        reason = _said(own, "reason", TEXT) or ""
    return of.family.platform(kind=kind, path=path, reason=reason, code=code, **about)


def _said(found: Mapping[str, object], name: str, codec: Codec[T]) -> T | None:
    """Read a member; one of a wrong type is ignored (RFC 9457 section 3.1)."""
    try:
        return codec.read(found[name]) if name in found else None
    except UnfitError:
        return None


def _told(
    found: Mapping[str, object],
    about: About,
    status: int,
    retry: Retry | None,
) -> About:
    """Add what a problem says of itself to what stands beside it."""
    said = _said(found, "status", U16) or 0
    usual = said if 400 <= said <= 599 else status
    known = about.get("status")
    status = usual if known is None else known
    instance = _said(found, "instance", TEXT)
    after = _said(found, "retryAfter", U64)
    advice = as_retry(_said(found, "retryable", TEXT))
    return About(
        status=status,
        title=_said(found, "title", TEXT),
        detail=_said(found, "detail", TEXT),
        type_uri=_said(found, "type", TEXT),
        instance=instance,
        request_id=about.get("request_id") if instance is None else instance,
        retry=advice or retry or retry_of(status),
        retry_after=about.get("retry_after") if after is None else after,
        idempotent=about.get("idempotent", False),
        response=about.get("response"),
    )


def output(of: Decoding, codec: Codec[T], response: RawResponse) -> T:
    """Read the output of an operation, or raise what it is instead."""
    body = unmarked(response.body)
    text = decoded(body)
    reason = "it is not UTF-8"
    if text is not None:
        try:
            # A 204 has no body; an operation without an output has null for one.
            return codec.read(parse(text) if response.body else None)
        except UnfitError as unfit:
            reason = str(unfit)
    said = f"the output does not fit: {reason}"
    raise unmodelled(of, None, said, beside(of, response))
