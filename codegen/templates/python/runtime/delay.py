"""How long an answer asks to wait."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from .answer import RawResponse, trim

_MOST = (1 << 64) - 1
_SECONDS = re.compile(r"0*([0-9]{1,20})(?:\.([0-9]+))?")
_TIME = "([0-9]{2}):([0-9]{2}):([0-9]{2})"
_DATES = (
    re.compile(
        f"[A-Z][a-z]{{2}}, ([0-9]{{2}}) ([A-Z][a-z]{{2}}) ([0-9]{{4}}) {_TIME} GMT"
    ),
    re.compile(
        f"[A-Z][a-z]{{5,8}}, ([0-9]{{2}})-([A-Z][a-z]{{2}})-([0-9]{{2}}) {_TIME} GMT"
    ),
    re.compile(f"[A-Z][a-z]{{2}} ([A-Z][a-z]{{2}}) ([ 0-9][0-9]) {_TIME} ([0-9]{{4}})"),
)
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def retry_after(response: RawResponse) -> int | None:
    """Give the seconds of `Retry-After`, of which a part counts as a whole."""
    given = response.header("retry-after")
    if given is None:
        return None
    given = trim(given)
    found = _SECONDS.fullmatch(given)
    if found is not None:
        whole = int(found[1])
        part = found[2] is not None and found[2].strip("0") != ""
        return whole + part if whole <= _MOST else None
    date = response.header("date")
    since = None if date is None else _date(trim(date))
    until = _date(given)
    if since is None or until is None:
        return None
    return max(0, int((until - since).total_seconds()))


def seconds_of(after: timedelta | int) -> int:
    """Give whole seconds, of which a part counts as a whole."""
    if isinstance(after, int):
        return after
    return after.days * 86400 + after.seconds + (after.microseconds > 0)


def as_delay(seconds: int) -> timedelta:
    """Give a time; more than a timedelta holds is as good as for ever."""
    try:
        return timedelta(seconds=seconds)
    except OverflowError:
        return timedelta.max


def _date(text: str) -> datetime | None:
    """Read a date of HTTP (RFC 9110 section 5.6.7)."""
    fixed, old, asctime = (form.fullmatch(text) for form in _DATES)
    if found := fixed or old:
        day, month, year, *time = found.groups()
    elif asctime:
        month, day, *time, year = asctime.groups()
    else:
        return None
    at = _MONTHS.find(month)
    if at % 3:
        return None
    number = int(year)
    if old:
        number += 2000 if number < 70 else 1900
    hour, minute, second = map(int, time)
    try:
        return datetime(number, at // 3 + 1, int(day), hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
