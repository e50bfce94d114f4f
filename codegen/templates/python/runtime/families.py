"""The five families of failures that no API declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, Unpack

from .codecs import ANY, JSON
from .failure import About, CallError
from .parsing import dump, parse
from .words import GatewayKind, PlatformKind, Retry, TransportKind, shown


class UndeclaredError(CallError):
    """An error that the API named and this package does not know: it is newer."""

    def __init__(
        self,
        *,
        code: str,
        members: Mapping[str, JSON] | None = None,
        **about: Unpack[About],
    ) -> None:
        """Make one as the API would."""
        known = About(**about)
        detail = known.get("detail") or known.get("title") or ""
        super().__init__(shown(detail or code), known)
        self._code = code
        self._members = {
            name: dump(ANY.write(value)) for name, value in (members or {}).items()
        }

    @property
    def who(self) -> Literal["undeclared"]:
        """Who answered: the API, and newer than this package."""
        return "undeclared"

    @property
    def code(self) -> str:
        """The code of the error."""
        return self._code

    def names(self) -> tuple[str, ...]:
        """Name the error's own members."""
        return tuple(self._members)

    def get(self, name: str) -> JSON:
        """Read one of the error's own members; nothing where it has none."""
        text = self._members.get(name)
        return None if text is None else ANY.read(parse(text))

    def get_text(self, name: str) -> str | None:
        """Give the JSON text of one of the error's own members."""
        return self._members.get(name)

    def keep(self, members: Mapping[str, object]) -> None:
        """Take the members of an answer, with each of their digits."""
        self._members = {name: dump(value) for name, value in members.items()}

    def particulars(self) -> dict[str, JSON]:
        """Tell the texts of the error's own members."""
        return {"fields": dict(self._members)}


class PlatformError(CallError):
    """What happened to the function, which could not answer."""

    def __init__(
        self,
        *,
        kind: PlatformKind,
        path: str = "",
        reason: str = "",
        code: str | None = None,
        **about: Unpack[About],
    ) -> None:
        """Make one as the platform would."""
        known = About(**about)
        super().__init__(_sentence(kind, path, reason), known)
        self._kind: PlatformKind = kind
        self._path, self._reason = path, reason
        self._code = code or _CODES.get(kind, "InternalError")
        if not known.get("retry"):
            known["retry"] = platform_retry(kind)

    @property
    def who(self) -> Literal["platform"]:
        """Who answered: the platform, in place of the function."""
        return "platform"

    @property
    def code(self) -> str:
        """The code of the error."""
        return self._code

    @property
    def kind(self) -> PlatformKind:
        """What happened."""
        return self._kind

    @property
    def path(self) -> str:
        """Of `INVALID_PAYLOAD`: the place in the input."""
        return self._path

    @property
    def reason(self) -> str:
        """Of `INVALID_PAYLOAD`: what is wrong there."""
        return self._reason

    def particulars(self) -> dict[str, JSON]:
        """Tell what happened."""
        return {"kind": self.kind, "path": self.path, "reason": self.reason}


_CODES: dict[str, str] = {
    "INVALID_PAYLOAD": "InvalidPayload",
    "TIMEOUT": "FunctionTimeout",
}

_SENTENCES: dict[str, str] = {
    "INTERNAL": "the function failed",
    "TIMEOUT": "the function ran out of time",
    "EXITED": "the function's process ended",
    "OUT_OF_MEMORY": "the function ran out of memory",
    "RESPONSE_TOO_LARGE": "the function's answer was too large",
    "INIT": "the function could not start",
}


def _sentence(kind: PlatformKind, path: str, reason: str) -> str:
    if kind != "INVALID_PAYLOAD":
        return _SENTENCES[kind]
    place = f" at `{shown(path)}`" if path else ""
    return "the input does not fit" + (f"{place}: {shown(reason)}" if reason else "")


def platform_retry(kind: PlatformKind) -> Retry:
    """Say what a repeat means after what happened."""
    if kind in {"INVALID_PAYLOAD", "RESPONSE_TOO_LARGE"}:
        return "never"
    return "backoff" if kind == "INIT" else "idempotent"


class GatewayError(CallError):
    """What API Gateway answered itself, before the function or in its place."""

    def __init__(
        self,
        *,
        kind: GatewayKind,
        error_type: str = "",
        message: str | None = None,
        **about: Unpack[About],
    ) -> None:
        """Make one as the gateway would."""
        known = About(**about)
        status = known.get("status") or 0
        head = f"API Gateway answered {status} {shown(error_type or kind)}"
        said = head if message is None else f"{head}: {shown(message)}"
        super().__init__(said, known)
        self._kind: GatewayKind = kind
        self._error_type = error_type
        if not known.get("retry"):
            known["retry"] = _gateway_retry(kind, status)

    @property
    def who(self) -> Literal["gateway"]:
        """Who answered: API Gateway."""
        return "gateway"

    @property
    def kind(self) -> GatewayKind:
        """Which of its errors it is."""
        return self._kind

    @property
    def error_type(self) -> str:
        """`x-amzn-errortype` as it came; empty if only the code tells."""
        return self._error_type

    def particulars(self) -> dict[str, JSON]:
        """Tell which error it is."""
        return {"kind": self.kind, "error_type": self.error_type}


def _gateway_retry(kind: GatewayKind, status: int) -> Retry:
    if kind == "THROTTLED" or (kind == "OTHER" and status == 429):
        return "backoff"
    return "idempotent" if status >= 500 else "never"


class TransportError(CallError):
    """There is no answer."""

    def __init__(
        self,
        *,
        kind: TransportKind,
        message: str | None = None,
        may_have_been_sent: bool = True,
        **about: Unpack[About],
    ) -> None:
        """Make one as the client would."""
        known = About(**about)
        super().__init__(message or f"the request got no response: {kind}", known)
        self._kind: TransportKind = kind
        self._sent = may_have_been_sent
        if not known.get("retry") and kind in {"timeout", "connection"}:
            known["retry"] = "idempotent" if may_have_been_sent else "backoff"

    @property
    def who(self) -> Literal["transport"]:
        """Who answered: nobody."""
        return "transport"

    @property
    def kind(self) -> TransportKind:
        """Why there is no answer."""
        return self._kind

    @property
    def may_have_been_sent(self) -> bool:
        """Whether the function may have got the request."""
        return self._sent

    def particulars(self) -> dict[str, JSON]:
        """Tell why there is no answer."""
        return {"kind": self.kind, "may_have_been_sent": self.may_have_been_sent}


class UnmodelledError(CallError):
    """An answer that nothing explains, as the page of a proxy."""

    def __init__(
        self,
        *,
        code: str | None = None,
        reason: str = "it names no error",
        **about: Unpack[About],
    ) -> None:
        """Make one of what is known."""
        known = About(**about)
        coded = "" if code is None else f" and code {shown(code)}"
        head = f"a response with status {known.get('status') or 0}{coded}"
        super().__init__(f"{head} that can't be read: {shown(reason)}", known)
        self._code, self._reason = code, reason

    @property
    def who(self) -> Literal["unmodelled"]:
        """Who answered: somebody of whom nothing is known."""
        return "unmodelled"

    @property
    def code(self) -> str | None:
        """The code that the answer names."""
        return self._code

    @property
    def reason(self) -> str:
        """What is wrong with the answer."""
        return self._reason

    def particulars(self) -> dict[str, JSON]:
        """Tell what is wrong with the answer."""
        return {"reason": self.reason}


class Family(NamedTuple):
    """The classes of an API's failures that no operation declares."""

    undeclared: type[UndeclaredError]
    platform: type[PlatformError]
    gateway: type[GatewayError]
    transport: type[TransportError]
    unmodelled: type[UnmodelledError]
