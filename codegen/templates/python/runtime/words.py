"""The words that failures are told in: who answered, what happened, what to do."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias, get_args

#: Who answered.
Who: TypeAlias = Literal[
    "api",
    "undeclared",
    "platform",
    "gateway",
    "transport",
    "unmodelled",
]

#: What a repeat of the request means.
Retry: TypeAlias = Literal["never", "backoff", "idempotent"]

#: What happened to the function.
PlatformKind: TypeAlias = Literal[
    "INVALID_PAYLOAD",
    "INTERNAL",
    "TIMEOUT",
    "EXITED",
    "OUT_OF_MEMORY",
    "RESPONSE_TOO_LARGE",
    "INIT",
]

#: Which error of API Gateway it is.
GatewayKind: TypeAlias = Literal[
    "ACCESS_DENIED",
    "API_CONFIGURATION_ERROR",
    "AUTHORIZER_CONFIGURATION_ERROR",
    "AUTHORIZER_FAILURE",
    "BAD_REQUEST",
    "BAD_REQUEST_BODY",
    "BAD_REQUEST_PARAMETERS",
    "EXPIRED_TOKEN",
    "FORBIDDEN",
    "INCOMPLETE_SIGNATURE",
    "INTEGRATION_FAILURE",
    "INTEGRATION_TIMEOUT",
    "INTERNAL_SERVER_ERROR",
    "INVALID_API_KEY",
    "INVALID_SIGNATURE",
    "MISSING_AUTHENTICATION_TOKEN",
    "OTHER",
    "QUOTA_EXCEEDED",
    "REQUEST_TOO_LARGE",
    "RESOURCE_NOT_FOUND",
    "THROTTLED",
    "UNAUTHORIZED",
    "UNRECOGNIZED_CLIENT",
    "UNSUPPORTED_MEDIA_TYPE",
    "WAF_FILTERED",
]

#: Why there is no answer: it did not come in time, the connection failed, the
#: request can't be made, or the answer is refused, as it is too large.
TransportKind: TypeAlias = Literal["timeout", "connection", "request", "refused"]

#: What proves that an answer is the API's own: our header, the media type of a
#: problem or `x-amzn-errortype`; with `bodies` a code in the body is enough.
Trust: TypeAlias = Literal["marks", "bodies"]

_ADVICE: dict[str, Retry] = {word: word for word in get_args(Retry)}

_LONGEST = 4096
_ACTING = re.compile(
    "[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def shown(text: str) -> str:
    """Show a text: cut, and without what a terminal obeys."""
    start = _ACTING.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", text[:_LONGEST])
    return f"{start}…" if len(text) > _LONGEST else start


def as_retry(word: str | None) -> Retry | None:
    """Take a word of advice, if it is one."""
    return _ADVICE.get(word or "")


def retry_of(status: int | None) -> Retry:
    """Say what the status alone says of a repeat."""
    if status == 429:
        return "backoff"
    return "idempotent" if status in {502, 503, 504} else "never"
