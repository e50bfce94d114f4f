"""The payload of an invocation that failed, as a failure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .answer import RawResponse, decoded
from .decode import RESERVED, from_problem
from .failure import About
from .families import UnmodelledError, platform_retry
from .gateway import texts_of
from .parsing import members
from .words import retry_of

if TYPE_CHECKING:
    from .decode import Decoding
    from .failure import CallError
    from .words import PlatformKind

_TAG = re.compile(r"\[([A-Za-z][A-Za-z0-9_-]{0,63})\] (.*)", re.DOTALL)
_CUT = re.compile(
    r'\{"(?:errorType":"[A-Za-z][A-Za-z0-9_-]{0,63}",")?errorMessage":"(.*)', re.DOTALL
)
_ID = re.compile(r"[0-9A-Fa-f-]+")

_KINDS: dict[str, PlatformKind] = {
    "Sandbox.Timedout": "TIMEOUT",
    "Runtime.OutOfMemory": "OUT_OF_MEMORY",
    "Function.ResponseSizeTooLarge": "RESPONSE_TOO_LARGE",
    "Runtime.InitError": "INIT",
    "Runtime.InvalidEntrypoint": "INIT",
    "Runtime.InvalidWorkingDir": "INIT",
    "Extension.InitError": "INIT",
    "Extension.LaunchError": "INIT",
    "Extension.ExitError": "EXITED",
    "Extension.Crash": "EXITED",
}


def decode_invocation(of: Decoding, payload: bytes | str) -> CallError:
    """Decode the payload of an invocation that failed, or a task's `Cause`."""
    if isinstance(payload, str):
        payload = payload.encode("utf-8", "surrogatepass")
    text = decoded(payload)
    texts = texts_of(payload)
    loose = payload.decode("utf-8", "replace")
    message = texts.get("errorMessage")
    if message is None:
        message = _cut(loose) or ("" if _is_object(text) else loose)
    about = About(response=RawResponse(200, (), payload), idempotent=False)
    tagged = _TAG.fullmatch(message)
    if tagged is not None:
        code, problem = tagged[1], tagged[2]
        found = from_problem(of, code, problem.encode("utf-8", "replace"), about)
        is_read = not isinstance(found, UnmodelledError)
        if is_read or code in RESERVED or of.declared(code) is not None:
            return found
    kind = _kind(texts.get("errorType", ""), message)
    status = 504 if kind == "TIMEOUT" else 500
    about["status"] = status
    about["request_id"] = _id(message)
    about["detail"] = message.rstrip() or None
    if tagged is not None:
        about["retry"] = retry_of(status)
        failure = of.family.undeclared(code=tagged[1], **about)
        failure.keep(members(text or "")[0])
        return failure
    about["retry"] = platform_retry(kind)
    code = "FunctionTimeout" if kind == "TIMEOUT" else "InternalError"
    return of.family.platform(kind=kind, code=code, **about)


def _is_object(text: str | None) -> bool:
    return text is not None and members(text)[1]


def _cut(payload: str) -> str | None:
    """Find the message of a payload that was cut off."""
    found = _CUT.fullmatch(payload)
    return found[1] if found is not None and _TAG.fullmatch(found[1]) else None


def _kind(error_type: str, message: str) -> PlatformKind:
    """Say what happened, by what Lambda says of it."""
    if "Task timed out after " in message:
        return "TIMEOUT"
    killed = "signal: killed" in message
    if error_type == "Runtime.ExitError":
        return "OUT_OF_MEMORY" if killed else "EXITED"
    if error_type:
        return _KINDS.get(error_type, "INTERNAL")
    if killed:
        return "OUT_OF_MEMORY"
    ended = ("untime exited with", "Process exited before completing request")
    if any(said in message for said in ended):
        return "EXITED"
    large = "exceeded maximum allowed payload size" in message
    return "RESPONSE_TOO_LARGE" if large else "INTERNAL"


def _id(message: str) -> str | None:
    """Find the id of the request in a message of Lambda."""
    start = "RequestId: "
    found = ""
    if message.startswith(start):
        found, _, _ = message.removeprefix(start).partition(" ")
    elif " Task timed out after " in message:
        before, _, _ = message.partition(" Task timed out after ")
        _, _, found = before.rpartition(" ")
    return found if _ID.fullmatch(found) else None
