"""Objects and unions: the members of each, and how variants are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from .codecs import ANY, TEXT, UNIT, Codec, members_of
from .parsing import Odd, UnfitError, is_object

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_MISSING = object()


class Field(NamedTuple):
    """A member of an object."""

    #: Its name on the wire.
    name: str
    #: The name of the attribute.
    attribute: str
    codec: Codec[Any]
    #: Whether it may be left out.
    optional: bool = False
    #: Whether its own members stand in its place.
    flat: bool = False


def read_fields(fields: Sequence[Field], members: object) -> dict[str, Any]:
    """Read the members of an object, by the names of their attributes."""
    found = members_of(members)
    twice = found.twice if isinstance(found, Odd) else ()
    values: dict[str, Any] = {}
    flat = False
    for name, attribute, codec, optional, is_flat in fields:
        if is_flat:
            flat = True
            continue
        value = found.get(name, _MISSING)
        if value is None and optional:
            values[attribute] = None
        elif value is not _MISSING:
            try:
                values[attribute] = codec.read(value)
            except UnfitError as unfit:
                raise UnfitError(f"`{name}`: {unfit}") from None
        elif optional:
            values[attribute] = None
        else:
            raise UnfitError(f"missing field `{name}`")
        if twice and name in twice:
            raise UnfitError(f"duplicate field `{name}`")
    if flat:
        _read_flat(fields, found, values)
    return values


def _read_flat(
    fields: Sequence[Field],
    found: dict[str, object],
    values: dict[str, Any],
) -> None:
    known = {field.name for field in fields if not field.flat}
    for field in fields:
        if not field.flat:
            continue
        rest = _without(found, known)
        try:
            values[field.attribute] = field.codec.read(rest)
        except UnfitError:
            if not field.optional:
                raise
            values[field.attribute] = None
        # What stands in the place of one is not for the next.
        known |= field.codec.names()


def _without(found: dict[str, object], names: set[str]) -> dict[str, object]:
    rest = {name: value for name, value in found.items() if name not in names}
    if isinstance(found, Odd) and not found.twice <= names:
        odd = Odd(rest)
        odd.twice = found.twice - names
        return odd
    return rest


def write_fields(fields: Sequence[Field], value: object) -> dict[str, object]:
    """Write attributes as the members of an object."""
    out: dict[str, object] = {}
    for name, attribute, codec, optional, flat in fields:
        member = getattr(value, attribute)
        if member is None and optional:
            continue
        try:
            written = codec.write(member)
        except UnfitError as unfit:
            raise UnfitError(f"`{name}`: {unfit}") from None
        if flat:
            if is_object(written):
                out.update(written)
        else:
            out[name] = written
    return out


class Struct(Codec[T]):
    """Reads and writes an object of known members."""

    __slots__ = ("_fields", "_type")

    def __init__(self, of: type[T], fields: tuple[Field, ...]) -> None:
        """Take the members by their fields."""
        self._type, self._fields = of, fields

    def read(self, value: object) -> T:
        """Read an object."""
        return self._type(**read_fields(self._fields, value))

    def write(self, value: Any) -> object:
        """Write an object."""
        if not isinstance(value, self._type):
            raise UnfitError(f"it is no {self._type.__name__}")
        return write_fields(self._fields, value)

    def fits(self, value: object) -> bool:
        """Whether it writes a value."""
        return isinstance(value, self._type)

    def names(self) -> frozenset[str]:
        """Name the members that it reads among those of another."""
        found: frozenset[str] = frozenset()
        for field in self._fields:
            found |= field.codec.names() if field.flat else {field.name}
        return found


class _Holder(Codec[T]):
    """A variant that holds one value, as its attribute `value`."""

    __slots__ = ("_of", "_type")

    def __init__(self, of: type[T], codec: Codec[Any]) -> None:
        self._type, self._of = of, codec

    def read(self, value: object) -> T:
        make: Any = self._type
        held: T = make(value=self._of.read(value))
        return held

    def write(self, value: Any) -> object:
        if not isinstance(value, self._type):
            raise UnfitError(f"it is no {self._type.__name__}")
        held: Any = value
        return self._of.write(held.value)


class _Nothing(Codec[T]):
    """A variant that holds nothing."""

    __slots__ = ("_type",)

    def __init__(self, of: type[T]) -> None:
        self._type = of

    def read(self, value: object) -> T:
        UNIT.read(value)
        return self._type()

    def write(self, value: Any) -> object:
        if not isinstance(value, self._type):
            raise UnfitError(f"it is no {self._type.__name__}")
        return None


class _Texts(Codec[E | str]):
    __slots__ = ("_known",)

    def __init__(self, of: type[E]) -> None:
        self._known: dict[str, E] = {member.value: member for member in of}

    def read(self, value: object) -> E | str:
        if isinstance(value, str):
            text = TEXT.read(value)
        else:
            # A variant without members may stand in an object too.
            text, content = _only(value)
            if text in self._known:
                UNIT.read(content)
        return self._known.get(text, text)

    def write(self, value: Any) -> object:
        return TEXT.write(value)


def _only(value: object) -> tuple[str, object]:
    found = members_of(value)
    if len(found) != 1 or isinstance(found, Odd):
        raise UnfitError("a variant is an object of one member")
    return next(iter(found.items()))


class Variant(NamedTuple):
    """A variant of a union."""

    name: str
    type: type[Any]
    codec: Codec[Any]


def variant(name: str, of: type[Any], *fields: Field) -> Variant:
    """Take a variant that has members."""
    return Variant(name, of, Struct(of, fields))


def holding(name: str, of: type[Any], codec: Codec[Any]) -> Variant:
    """Take a variant that holds one value."""
    return Variant(name, of, _Holder(of, codec))


def bare(name: str, of: type[Any]) -> Variant:
    """Take a variant that holds nothing."""
    return Variant(name, of, _Nothing(of))


class _Union(Codec[Any]):
    """What unions have in common that say which variant they are."""

    __slots__ = ("_by_name", "_by_type", "_unknown")

    def __init__(self, unknown: type[Any], variants: tuple[Variant, ...]) -> None:
        self._unknown = unknown
        self._by_name = {of.name: of for of in variants}
        self._by_type = {of.type: of for of in variants}

    def _other(self, value: object) -> Any:
        return self._unknown(raw=ANY.read(value))

    def write(self, value: Any) -> object:
        if isinstance(value, self._unknown):
            unknown: Any = value
            return ANY.write(unknown.raw)
        of = self._by_type.get(value.__class__)
        if of is None:
            raise UnfitError(f"{type(value).__name__} is no variant of it")
        return self._join(of, of.codec.write(value))

    def _join(self, of: Variant, content: object) -> object:
        raise NotImplementedError


class _External(_Union):
    def read(self, value: object) -> Any:
        name, content = (value, None) if isinstance(value, str) else _only(value)
        of = self._by_name.get(TEXT.read(name))
        return self._other(value) if of is None else of.codec.read(content)

    def _join(self, of: Variant, content: object) -> object:
        return of.name if isinstance(of.codec, _Nothing) else {of.name: content}


class _Internal(_Union):
    __slots__ = ("_tag",)

    def __init__(
        self,
        tag: str,
        unknown: type[Any],
        variants: tuple[Variant, ...],
    ) -> None:
        super().__init__(unknown, variants)
        self._tag = tag

    def _named(self, value: object) -> tuple[dict[str, object], Variant | None]:
        found = members_of(value)
        name: str = read_fields((Field(self._tag, "tag", TEXT),), found)["tag"]
        return found, self._by_name.get(name)

    def read(self, value: object) -> Any:
        found, of = self._named(value)
        if of is None:
            return self._other(value)
        bare = isinstance(of.codec, _Nothing)
        return of.codec.read(None if bare else _without(found, {self._tag}))

    def _join(self, of: Variant, content: object) -> object:
        rest = content if is_object(content) else {}
        return {self._tag: of.name, **rest}


class _Adjacent(_Internal):
    __slots__ = ("_content",)

    def __init__(
        self,
        tag: str,
        content: str,
        unknown: type[Any],
        variants: tuple[Variant, ...],
    ) -> None:
        super().__init__(tag, unknown, variants)
        self._content = content

    def read(self, value: object) -> Any:
        found, of = self._named(value)
        if of is None:
            return self._other(value)
        bare = isinstance(of.codec, _Nothing)
        content = Field(self._content, "content", of.codec, optional=bare)
        held = read_fields((content,), found)["content"]
        return of.codec.read(None) if held is None and bare else held

    def _join(self, of: Variant, content: object) -> object:
        if isinstance(of.codec, _Nothing):
            return {self._tag: of.name}
        return {self._tag: of.name, self._content: content}


class _Untagged(Codec[Any]):
    __slots__ = ("_variants",)

    def __init__(self, variants: tuple[Variant, ...]) -> None:
        self._variants = variants

    def read(self, value: object) -> Any:
        for of in self._variants:
            try:
                return of.codec.read(value)
            except UnfitError:
                continue
        raise UnfitError("no variant fits")

    def write(self, value: Any) -> object:
        for of in self._variants:
            if isinstance(value, of.type):
                return of.codec.write(value)
        raise UnfitError(f"{type(value).__name__} is no variant of it")


def struct(of: type[T], *fields: Field) -> Codec[T]:
    """Take an object of these members."""
    return Struct(of, fields)


def nothing(of: type[T]) -> Codec[T]:
    """Take null as the only value of a type."""
    return _Nothing(of)


def texts(of: type[E]) -> Codec[E | str]:
    """Take the members of an enum, and texts that are none of them yet."""
    return _Texts(of)


def external(unknown: type[Any], *variants: Variant) -> Codec[Any]:
    """Take a union whose variants are objects of one member."""
    return _External(unknown, variants)


def internal(tag: str, unknown: type[Any], *variants: Variant) -> Codec[Any]:
    """Take a union that names its variant among the members."""
    return _Internal(tag, unknown, variants)


def adjacent(
    tag: str,
    content: str,
    unknown: type[Any],
    *variants: Variant,
) -> Codec[Any]:
    """Take a union that names its variant beside what it holds."""
    return _Adjacent(tag, content, unknown, variants)


def untagged(*variants: Variant) -> Codec[Any]:
    """Take a union whose first variant that fits counts."""
    return _Untagged(variants)
