"""Attempts: which failures are repeated, and after how long."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .failure import CallError


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """When a call that failed is made again. Times are seconds."""

    #: How many attempts there are in all.
    attempts: int = 3
    #: The longest first delay, which doubles with each attempt.
    first: float = 0.1
    #: The longest delay that is drawn.
    longest: float = 20.0
    #: The longest delay that is heeded where the answer asks for one. Where it
    #: asks for more, there is no other attempt.
    longest_asked: float = 60.0
    #: How long after the beginning of the call the last attempt may begin.
    deadline: float | None = None

    def start(self) -> Attempts:
        """Begin to count."""
        return Attempts(self)


#: One attempt, and no other.
ONCE = Retries(attempts=1)


class Attempts:
    """The attempts of one call."""

    __slots__ = ("_begun", "_made", "_of")

    def __init__(self, of: Retries) -> None:
        """Begin to count."""
        self._of = of
        self._made = 0
        self._begun = time.monotonic()

    def delay(self, failure: CallError) -> float | None:
        """Say how long to wait after a failure; nothing if that was the last one."""
        self._made += 1
        of = self._of
        delay: float | None = None
        if self._made < of.attempts and failure.is_retryable:
            asked = failure.retry_after_seconds or 0
            if asked <= of.longest_asked:
                drawn = min(of.first * 2 ** (self._made - 1), of.longest)
                # What is drawn comes on top of what the answer asks for.
                delay = asked + drawn * random.random()  # noqa: S311
        if delay is not None and of.deadline is not None:
            late = time.monotonic() - self._begun + delay > of.deadline
            delay = None if late else delay
        if delay is None:
            failure.attempted(self._made)
        return delay
