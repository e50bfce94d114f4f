"""Values of the contract's types: how each is read from a tree, and written."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Generic, TypeAlias, TypeVar

from .parsing import (
    DEPTH,
    Deep,
    Number,
    Odd,
    UnfitError,
    is_broken,
    is_list,
    is_object,
)

T = TypeVar("T")
K = TypeVar("K")

#: Any JSON value.
JSON: TypeAlias = (
    "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"
)


class Codec(Generic[T]):
    """Reads and writes the values of one type."""

    __slots__ = ()

    def read(self, value: object) -> T:
        """Read a value, or refuse it."""
        raise NotImplementedError

    def write(self, value: Any) -> object:
        """Write a value, or refuse it."""
        raise NotImplementedError

    def names(self) -> frozenset[str]:
        """Name the members that it reads among those of another."""
        return frozenset()


class _Bool(Codec[bool]):
    def read(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise UnfitError("it is no truth value")
        return value

    def write(self, value: Any) -> bool:
        return self.read(value)


class _Text(Codec[str]):
    def read(self, value: object) -> str:
        if not isinstance(value, str):
            raise UnfitError("it is no text")
        if is_broken(value):
            raise UnfitError("half of a surrogate pair stands alone")
        return value

    def write(self, value: Any) -> str:
        # A member of an enum is a text too.
        return str(self.read(value))


class _Char(_Text):
    def read(self, value: object) -> str:
        text = super().read(value)
        if len(text) != 1:
            raise UnfitError("it is not one character")
        return text


class _Unit(Codec[None]):
    def read(self, value: object) -> None:
        if value is not None:
            raise UnfitError("it is not null")

    def write(self, value: Any) -> None:
        self.read(value)


class _Int(Codec[int]):
    __slots__ = ("_high", "_low")

    def __init__(self, bits: int, *, signed: bool) -> None:
        self._low = -(1 << (bits - 1)) if signed else 0
        self._high = 1 << (bits - 1 if signed else bits)

    def read(self, value: object) -> int:
        if type(value) is not int:
            raise UnfitError("it is no integer")
        if not self._low <= value < self._high:
            raise UnfitError("it is an integer out of range")
        return value

    def write(self, value: Any) -> int:
        return self.read(value)


class _Float(Codec[float]):
    def read(self, value: object) -> float:
        if type(value) is int:
            return float(value)
        if not isinstance(value, Number):
            raise UnfitError("it is no number")
        return finite(value.text)

    def write(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise UnfitError("it is no number")
        return finite(value)


def finite(value: str | float) -> float:
    """Make a double, or refuse what is none."""
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise UnfitError("it is a number out of range")
    return number


class _Decimal(Codec[Decimal]):
    _FORM = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?")
    # Further from the point, zeros would fill pages.
    _NEAR = 100

    def read(self, value: object) -> Decimal:
        text = TEXT.read(value)
        if self._FORM.fullmatch(text) is None:
            raise UnfitError("it is no decimal number")
        return Decimal(text)

    def write(self, value: Any) -> str:
        if not isinstance(value, Decimal) or not value.is_finite():
            raise UnfitError("it is no finite Decimal")
        near = abs(value.adjusted()) < self._NEAR
        return format(value, "f") if near else str(value)


class _Timestamp(Codec[datetime]):
    _FORM = re.compile(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?"
        r"(?:Z|[+-][0-9]{2}:[0-9]{2})"
    )

    def read(self, value: object) -> datetime:
        text = TEXT.read(value)
        if self._FORM.fullmatch(text) is None:
            raise UnfitError("it is no date and time of RFC 3339")
        try:
            # A datetime has six digits of a second: the others are cut.
            return datetime.fromisoformat(text)
        except ValueError as error:
            raise UnfitError(str(error)) from None

    def write(self, value: Any) -> str:
        if not isinstance(value, datetime):
            raise UnfitError("it is no datetime")
        offset = value.utcoffset()
        if offset is None or offset % timedelta(minutes=1):
            raise UnfitError("it is no datetime with a time zone of whole minutes")
        zulu = value.astimezone(UTC) if not offset else value
        return zulu.isoformat().replace("+00:00", "Z")


class _Duration(Codec[timedelta]):
    def read(self, value: object) -> timedelta:
        if is_object(value):
            whole = set(value) == {"secs", "nanos"} and not isinstance(value, Odd)
            parts = [value["secs"], value["nanos"]] if whole else []
        else:
            parts = elements(value)
        if len(parts) != len(("secs", "nanos")):
            raise UnfitError("it is no duration")
        seconds, nanos = U64.read(parts[0]), U32.read(parts[1])
        U64.read(seconds + nanos // 1_000_000_000)
        try:
            # A timedelta has six digits of a second: the others are cut.
            return timedelta(seconds=seconds, microseconds=nanos // 1000)
        except OverflowError:
            raise UnfitError("it is longer than any timedelta") from None

    def write(self, value: Any) -> object:
        if not isinstance(value, timedelta) or value < timedelta():
            raise UnfitError("it is no timedelta, or less than nothing")
        seconds = value.days * 86400 + value.seconds
        return {"secs": seconds, "nanos": value.microseconds * 1000}


class _Any(Codec[JSON]):
    # What lies outside is a double everywhere.
    _LOW, _HIGH = -(1 << 63), 1 << 64

    def read(self, value: object) -> JSON:
        if isinstance(value, str):
            return TEXT.read(value)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int | Number):
            return self._number(value)
        if is_list(value):
            return [self.read(element) for element in elements(value)]
        if is_object(value):
            found = members_of(value)
            return {name: self.read(member) for name, member in found.items()}
        raise UnfitError("it lies too deep")

    def _number(self, value: int | Number) -> int | float:
        if isinstance(value, Number):
            return finite(value.text)
        return value if self._LOW <= value < self._HIGH else float(value)

    def write(self, value: Any) -> object:
        return self._written(value, DEPTH)

    def _written(self, value: Any, depth: int) -> object:
        if isinstance(value, str):
            return TEXT.write(value)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return value if isinstance(value, int) else finite(value)
        if depth <= 0:
            raise UnfitError("it lies too deep")
        if _is_a(value, Mapping):
            pairs: Mapping[Any, Any] = value
            return {
                TEXT.write(name): self._written(member, depth - 1)
                for name, member in pairs.items()
            }
        if _is_a(value, Sequence) and not _is_a(value, bytes, bytearray):
            some: Sequence[Any] = value
            return [self._written(element, depth - 1) for element in some]
        raise UnfitError(f"{type(value).__name__} is no JSON")


class _Optional(Codec[T | None]):
    __slots__ = ("_of",)

    def __init__(self, of: Codec[T]) -> None:
        self._of = of

    def read(self, value: object) -> T | None:
        return None if value is None else self._of.read(value)

    def write(self, value: Any) -> object:
        return None if value is None else self._of.write(value)


class _List(Codec[Sequence[T]]):
    __slots__ = ("_of",)

    def __init__(self, of: Codec[T]) -> None:
        self._of = of

    def read(self, value: object) -> Sequence[T]:
        read = self._of.read
        return [read(element) for element in elements(value)]

    def write(self, value: Any) -> object:
        if _is_a(value, str, bytes, bytearray) or not _is_a(value, Sequence):
            raise UnfitError("it is no sequence")
        given: Sequence[Any] = value
        return [self._of.write(element) for element in given]


class _Set(Codec[AbstractSet[T]]):
    __slots__ = ("_of",)

    def __init__(self, of: Codec[T]) -> None:
        self._of = of

    def read(self, value: object) -> AbstractSet[T]:
        return frozenset(map(self._of.read, elements(value)))

    def write(self, value: Any) -> object:
        if not _is_a(value, AbstractSet):
            raise UnfitError("it is no set")
        # Its elements are of one type that has an order.
        given: AbstractSet[Any] = value
        written: list[Any] = [self._of.write(element) for element in given]
        return sorted(written)


class _Tuple(Codec[Any]):
    __slots__ = ("_of",)

    def __init__(self, of: tuple[Codec[Any], ...]) -> None:
        self._of = of

    def read(self, value: object) -> tuple[Any, ...]:
        found = elements(value)
        if len(found) != len(self._of):
            raise UnfitError(f"it has not {len(self._of)} elements")
        pairs = zip(self._of, found, strict=True)
        return tuple(of.read(element) for of, element in pairs)

    def write(self, value: Any) -> object:
        if not _is_a(value, tuple, list):
            raise UnfitError("it is no tuple")
        given: Sequence[Any] = value
        if len(given) != len(self._of):
            raise UnfitError(f"it has not {len(self._of)} elements")
        pairs = zip(self._of, given, strict=True)
        return [of.write(element) for of, element in pairs]


class _Map(Codec[Mapping[K, T]]):
    __slots__ = ("_key", "_of")

    def __init__(self, key: Codec[K], of: Codec[T]) -> None:
        self._key, self._of = key, of

    def read(self, value: object) -> Mapping[K, T]:
        found = members_of(value)
        key, read = self._key.read, self._of.read
        return {key(name): read(member) for name, member in found.items()}

    def write(self, value: Any) -> object:
        if not _is_a(value, Mapping):
            raise UnfitError("it is no mapping")
        given: Mapping[Any, Any] = value
        key, write = self._key.write, self._of.write
        return {str(key(name)): write(member) for name, member in given.items()}


class _NumberKey(Codec[int]):
    __slots__ = ("_of",)
    _FORM = re.compile(r"0|-?[1-9][0-9]{0,39}")

    def __init__(self, of: Codec[int]) -> None:
        self._of = of

    def read(self, value: object) -> int:
        text = TEXT.read(value)
        if self._FORM.fullmatch(text) is None:
            raise UnfitError("a key is no integer")
        return self._of.read(int(text))

    def write(self, value: Any) -> object:
        return self._of.write(value)


class _Later(Codec[Any]):
    __slots__ = ("_of",)

    def __init__(self, of: Callable[[], Codec[Any]]) -> None:
        self._of = of

    def read(self, value: object) -> Any:
        return self._of().read(value)

    def write(self, value: Any) -> object:
        return self._of().write(value)

    def names(self) -> frozenset[str]:
        return self._of().names()


def _is_a(value: object, *of: type[Any]) -> bool:
    """Whether a value is of a type, of which the type checker learns nothing."""
    return isinstance(value, of)


def elements(value: object) -> list[object]:
    """Take a list."""
    if not is_list(value):
        raise UnfitError("it lies too deep" if isinstance(value, Deep) else "no list")
    return value


def members_of(value: object) -> dict[str, object]:
    """Take an object of whose names all can be read."""
    if not is_object(value):
        raise UnfitError("it lies too deep" if isinstance(value, Deep) else "no object")
    if isinstance(value, Odd) and value.broken:
        raise UnfitError("half of a surrogate pair stands alone in a name")
    return value


BOOL: Codec[bool] = _Bool()
TEXT: Codec[str] = _Text()
CHAR: Codec[str] = _Char()
UNIT: Codec[None] = _Unit()
ANY: Codec[JSON] = _Any()
FLOAT: Codec[float] = _Float()
DECIMAL: Codec[Decimal] = _Decimal()
TIMESTAMP: Codec[datetime] = _Timestamp()
DURATION: Codec[timedelta] = _Duration()
I8: Codec[int] = _Int(8, signed=True)
I16: Codec[int] = _Int(16, signed=True)
I32: Codec[int] = _Int(32, signed=True)
I64: Codec[int] = _Int(64, signed=True)
I128: Codec[int] = _Int(128, signed=True)
U8: Codec[int] = _Int(8, signed=False)
U16: Codec[int] = _Int(16, signed=False)
U32: Codec[int] = _Int(32, signed=False)
U64: Codec[int] = _Int(64, signed=False)
U128: Codec[int] = _Int(128, signed=False)


def optional(of: Codec[T]) -> Codec[T | None]:
    """Take null for no value."""
    return _Optional(of)


def list_of(of: Codec[T]) -> Codec[Sequence[T]]:
    """Take a list of any length."""
    return _List(of)


def set_of(of: Codec[T]) -> Codec[AbstractSet[T]]:
    """Take a list whose order means nothing."""
    return _Set(of)


def tuple_of(*of: Codec[Any]) -> Codec[Any]:
    """Take a list with a type for each place."""
    return _Tuple(of)


def map_of(key: Codec[K], of: Codec[T]) -> Codec[Mapping[K, T]]:
    """Take an object with any members."""
    return _Map(key, of)


def number_key(of: Codec[int]) -> Codec[int]:
    """Take an integer that is the name of a member."""
    return _NumberKey(of)


def later(of: Callable[[], Codec[Any]]) -> Codec[Any]:
    """Take what is declared further below."""
    return _Later(of)
