"""The two ways to take a call: what it raises, or what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)
F_co = TypeVar("F_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Ok(Generic[T_co]):
    """A call that succeeded."""

    value: T_co


@dataclass(frozen=True, slots=True)
class Err(Generic[F_co]):
    """A call that failed."""

    error: F_co
