"""Values whose types in Python are not the wire's."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

import values
from values.testing import FakeHttp, Reply

WHOLE = values.Values(
    at=datetime(2026, 2, 3, 4, 5, 6, 123456, tzinfo=UTC),
    long=timedelta(days=3, microseconds=7),
    list=["a"],
    map={"b": "c"},
    high=2**128 - 1,
    low=-(2**127),
    fraction=0.1,
)


def call(http: FakeHttp, value: values.Values) -> values.Values:
    """Make the call."""
    return values.ValuesClient("https://api.test", http=http).values(value)


def test_values_come_back() -> None:
    """What is sent is what is read."""
    http = FakeHttp(WHOLE)
    assert call(http, WHOLE) == WHOLE
    content = (http.requests[0].content or b"").decode()
    assert '"at":"2026-02-03T04:05:06.123456Z"' in content
    assert '"long":{"secs":259200,"nanos":7000}' in content
    assert f'"high":{2**128 - 1},"low":-{2**127},"fraction":0.1' in content


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("at", datetime(2026, 1, 1)),
        ("at", "2026-02-03T04:05:06Z"),
        ("at", datetime(2026, 1, 1, tzinfo=timezone(timedelta(seconds=7)))),
        ("long", timedelta(seconds=-1)),
        ("high", -1),
        ("low", 2**127),
        ("fraction", math.nan),
        ("fraction", True),
        ("map", {1: "a"}),
        ("list", "abc"),
    ],
)
def test_what_does_not_fit_is_refused(name: str, value: Any) -> None:
    """Nothing is rounded, wrapped or made of a text."""
    known: dict[str, Any] = {of: getattr(WHOLE, of) for of in WHOLE.__slots__}
    with pytest.raises(values.TransportError, match=f"`{name}`"):
        call(FakeHttp(WHOLE), values.Values(**known | {name: value}))


@pytest.mark.parametrize(
    ("name", "text", "fits"),
    [
        ("at", '"2026-02-03T04:05:06.123456789+01:00"', True),
        ("at", '"2026-02-03 04:05:06Z"', False),
        ("at", '"2026-02-30T04:05:06Z"', False),
        ("long", '{"secs":18446744073709551615,"nanos":0}', False),
        ("long", '{"secs":1,"nanos":2,"more":3}', False),
        ("fraction", "1e999", False),
        ("fraction", "7", True),
        ("high", "7.0", False),
        ("map", '{"a":"b","a":"c"}', True),
    ],
)
def test_readings(name: str, text: str, fits: bool) -> None:
    """What has the right type is read, and nothing else."""
    members = {
        "at": '"2026-02-03T04:05:06Z"',
        "long": '{"secs":1,"nanos":2}',
        "list": "[]",
        "map": "{}",
        "high": "1",
        "low": "1",
        "fraction": "1",
        name: text,
    }
    body = ",".join(f'"{known}":{value}' for known, value in members.items())
    http = FakeHttp(Reply(body=f"{{{body}}}"))
    found = values.ValuesClient("https://api.test", http=http).safe.values(WHOLE)
    assert isinstance(found, values.Ok) == fits
