"""JSON texts as trees: whole or not at all, with every digit of their numbers."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TypeGuard

#: How deep a value may be that is read.
DEPTH = 127

_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\n\r]*")
_TEXTS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")

# Longer integers are of no type that an API has, and slow to read.
_DIGITS = 40


class UnfitError(ValueError):
    """What is wrong with a JSON text, or does not fit its type."""


class Number:
    """A number that is no integer, or too long for one: by its text."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self.text = text


class Deep:
    """A value that lies too deep to be read: by its text."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self.text = text


class Odd(dict[str, object]):
    """An object of which not every member can be read."""

    #: Names that stand there more than once.
    twice: frozenset[str] = frozenset()
    #: Whether half of a surrogate pair stands in a name.
    broken = False


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a value of a tree is an object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Whether a value of a tree is a list."""
    return isinstance(value, list)


def parse(text: str, depth: int = DEPTH) -> object:
    """Read a whole text."""
    if not _is_deep(text, depth):
        try:
            return _decoder(text).decode(text)
        except ValueError:
            raise UnfitError("it is no JSON") from None
    value, end = _value(text, 0, depth)
    if _blanks(text, end) != len(text):
        raise UnfitError("something stands behind it")
    return value


def members(text: str) -> tuple[dict[str, object], bool]:
    """Take an object apart as far as it goes, and say whether it is whole."""
    try:
        value = parse(text, DEPTH + 1)
    except UnfitError:
        return _so_far(text), False
    if not is_object(value):
        return {}, False
    if isinstance(value, Odd) and value.broken:
        return _so_far(text), False
    return value, True


def dump(value: object) -> str:
    """Write a tree as a compact text."""
    if isinstance(value, str):
        return quote(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Number | Deep):
        return value.text
    if is_list(value):
        return f"[{','.join(map(dump, value))}]"
    if is_object(value):
        texts = (f"{quote(name)}:{dump(member)}" for name, member in value.items())
        return f"{{{','.join(texts)}}}"
    return repr(value)


def quote(text: str) -> str:
    """Write a text; half of a surrogate pair is escaped."""
    said = json.dumps(text, ensure_ascii=False)
    if said.isascii():
        return said
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", said)


def is_broken(text: str) -> bool:
    """Whether half of a surrogate pair stands alone in a text."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def _integer(text: str) -> object:
    return Number(text) if len(text) > _DIGITS or text == "-0" else int(text)


def _constant(name: str) -> object:
    raise UnfitError(f"{name} is no JSON")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    odd = Odd(found)
    counts = Counter(name for name, _ in pairs)
    odd.twice = frozenset(name for name, count in counts.items() if count > 1)
    return odd


def _object_of_names(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = _object(pairs)
    if any(map(is_broken, found)):
        odd = found if isinstance(found, Odd) else Odd(found)
        odd.broken = True
        return odd
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=Number,
    parse_constant=_constant,
)
_DECODER_OF_NAMES = json.JSONDecoder(
    object_pairs_hook=_object_of_names,
    parse_int=_integer,
    parse_float=Number,
    parse_constant=_constant,
)


def _decoder(text: str) -> json.JSONDecoder:
    # Only an escape writes half of a pair: UTF-8 has none.
    return _DECODER_OF_NAMES if _HALF.search(text) else _DECODER


def _is_deep(text: str, depth: int) -> bool:
    """Whether something lies deeper than this, before anything recurs."""
    if text.count("[") + text.count("{") <= depth:
        return False
    level = 0
    for sign in _BRACKETS.findall(_TEXTS.sub("", text)):
        level += 1 if sign in "[{" else -1
        if level > depth:
            return True
    return False


# What follows reads what the decoder of `json` can't: what is cut or too deep.


def _blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return at if found is None else found.end()


def _plain(text: str, at: int) -> tuple[object, int]:
    try:
        value: object
        value, end = _DECODER.raw_decode(text, at)
    except ValueError:
        raise UnfitError("it is no JSON") from None
    return value, end


def _name(text: str, at: int) -> tuple[str, int]:
    """Read the name of a member, and go behind its colon."""
    at = _blanks(text, at)
    if not text.startswith('"', at):
        raise UnfitError("a member has no name")
    name, at = _plain(text, at)
    at = _blanks(text, at)
    if not text.startswith(":", at):
        raise UnfitError("a member has no value")
    return str(name), at + 1


def _value(text: str, at: int, depth: int) -> tuple[object, int]:
    at = _blanks(text, at)
    if not text.startswith(("[", "{"), at):
        return _plain(text, at)
    if depth <= 0:
        end = _skip(text, at)
        return Deep(text[at:end]), end
    close = "]" if text[at] == "[" else "}"
    values: list[object] = []
    pairs: list[tuple[str, object]] = []
    at = _blanks(text, at + 1)
    if text.startswith(close, at):
        return ([] if close == "]" else {}), at + 1
    while True:
        if close == "]":
            value, at = _value(text, at, depth - 1)
            values.append(value)
        else:
            name, at = _name(text, at)
            value, at = _value(text, at, depth - 1)
            pairs.append((name, value))
        at = _blanks(text, at)
        if text.startswith(close, at):
            return (values if close == "]" else _object_of_names(pairs)), at + 1
        if not text.startswith(",", at):
            raise UnfitError("it is no JSON")
        at += 1


def _skip(text: str, at: int) -> int:
    """Go over a value of any depth."""
    open_: list[str] = []
    while True:
        at = _blanks(text, at)
        if text.startswith(("[", "{"), at):
            close = "]" if text[at] == "[" else "}"
            at = _blanks(text, at + 1)
            if text.startswith(close, at):
                at += 1
            else:
                open_.append(close)
                if close == "}":
                    _, at = _name(text, at)
                continue
        else:
            _, at = _plain(text, at)
        while open_:
            at = _blanks(text, at)
            if text.startswith(",", at):
                at += 1
                if open_[-1] == "}":
                    _, at = _name(text, at)
                break
            if not text.startswith(open_[-1], at):
                raise UnfitError("it is no JSON")
            open_.pop()
            at += 1
        else:
            return at


def _so_far(text: str) -> dict[str, object]:
    """Read the members of an object that ends too soon."""
    pairs: list[tuple[str, object]] = []
    at = _blanks(text, 0)
    if not text.startswith("{", at):
        return {}
    try:
        while True:
            name, at = _name(text, at + 1)
            value, at = _value(text, at, DEPTH)
            if is_broken(name):
                break
            pairs.append((name, value))
            at = _blanks(text, at)
            if not text.startswith(",", at):
                break
    except UnfitError:
        pass
    return _object(pairs)
