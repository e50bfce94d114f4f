"""The gateway's own answers, by their codes, headers and texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from .parsing import UnfitError, is_broken, is_object, parse
from .words import GatewayKind

if TYPE_CHECKING:
    from .answer import RawResponse
    from .failure import About
    from .families import Family, GatewayError

_CODE = re.compile(r"gateway\.([A-Z0-9_]+)")

# A code names none of these: only what a stock answer says leads to them.
_STOCK_ONLY = {
    "BAD_REQUEST",
    "FORBIDDEN",
    "INCOMPLETE_SIGNATURE",
    "INTERNAL_SERVER_ERROR",
    "OTHER",
    "UNRECOGNIZED_CLIENT",
}
_NAMED: dict[str, GatewayKind] = {
    kind: kind for kind in get_args(GatewayKind) if kind not in _STOCK_ONLY
}

# What HTTP APIs and function URLs answer, word by word.
_STOCK: dict[tuple[int, str], GatewayKind] = {
    (401, '{"message":"Unauthorized"}'): "UNAUTHORIZED",
    (403, '{"message":"Forbidden"}'): "FORBIDDEN",
    (404, '{"message":"Not Found"}'): "RESOURCE_NOT_FOUND",
    (429, '{"message":"Too Many Requests"}'): "THROTTLED",
    (500, '{"message":"Internal Server Error"}'): "INTERNAL_SERVER_ERROR",
    (502, "Internal Server Error"): "INTERNAL_SERVER_ERROR",
    (503, '{"message":"Service Unavailable"}'): "INTEGRATION_TIMEOUT",
}

_EXCEPTIONS: dict[str, GatewayKind] = {
    "accessdeniedexception": "ACCESS_DENIED",
    "authorizerconfigurationexception": "AUTHORIZER_CONFIGURATION_ERROR",
    "authorizerfailureexception": "AUTHORIZER_FAILURE",
    "badrequestexception": "BAD_REQUEST",
    "expiredtokenexception": "EXPIRED_TOKEN",
    "forbiddenexception": "FORBIDDEN",
    "incompletesignatureexception": "INCOMPLETE_SIGNATURE",
    "internalservererrorexception": "INTERNAL_SERVER_ERROR",
    "invalidsignatureexception": "INVALID_SIGNATURE",
    "limitexceededexception": "QUOTA_EXCEEDED",
    "missingauthenticationtokenexception": "MISSING_AUTHENTICATION_TOKEN",
    "requesttoolargeexception": "REQUEST_TOO_LARGE",
    "resourcenotfoundexception": "RESOURCE_NOT_FOUND",
    "toomanyrequestsexception": "THROTTLED",
    "unauthorizedexception": "UNAUTHORIZED",
    "unrecognizedclientexception": "UNRECOGNIZED_CLIENT",
    "waffilteredexception": "WAF_FILTERED",
}


def kind_of_code(code: str) -> GatewayKind | None:
    """Say which error a code of the gateway means."""
    found = _CODE.fullmatch(code)
    other: GatewayKind = "OTHER"
    return None if found is None else _NAMED.get(found[1], other)


def stock(status: int, body: str) -> GatewayKind | None:
    """Say which error an answer is that names none."""
    return _STOCK.get((status, body))


def types_in(header: str) -> list[str]:
    """Name the errors that `x-amzn-errortype` lists, in small letters."""
    values = (value.strip(" \t\n\r\f\v") for value in header.split(","))
    return [part.lower() for value in values for part in value.split(":")[0].split("#")]


def _first(names: list[str]) -> GatewayKind:
    for name in names:
        if name in _EXCEPTIONS:
            return _EXCEPTIONS[name]
    return "OTHER"


def _kind_of_types(header: str, status: int, message: str | None) -> GatewayKind:
    kind = _first(types_in(header))
    message = message or ""
    if kind == "BAD_REQUEST":
        if status == 415:
            return "UNSUPPORTED_MEDIA_TYPE"
        if status == 400 and message == "Invalid request body":
            return "BAD_REQUEST_BODY"
        if status == 400 and message.startswith("Missing required request parameters"):
            return "BAD_REQUEST_PARAMETERS"
    if kind == "INTERNAL_SERVER_ERROR":
        if message == "Endpoint request timed out":
            return "INTEGRATION_TIMEOUT"
        if status == 504:
            return "INTEGRATION_FAILURE"
    return kind


def texts_of(body: bytes | str) -> dict[str, str]:
    """Take the texts among the members of a whole object."""
    try:
        value = parse(body if isinstance(body, str) else body.decode())
    except (UnfitError, UnicodeDecodeError):
        return {}
    if not is_object(value):
        return {}
    return {
        name: member
        for name, member in value.items()
        if isinstance(member, str) and not is_broken(member)
    }


def from_gateway(
    family: Family,
    known: GatewayKind | None,
    error_type: str,
    response: RawResponse,
    about: About,
) -> GatewayError:
    """Make the failure that the gateway answered."""
    texts = texts_of(response.body)
    names = ("detail", "message", "Message", "title")
    message = next((texts[name] for name in names if name in texts), None)
    kind = known or _kind_of_types(error_type, response.status, message)
    return family.gateway(kind=kind, error_type=error_type, message=message, **about)
