"""How long a server asks us to wait."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.waits import asked_wait

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("9" * 5_000, 999_999_999.0),
        ("Wed, 20 May 2026 12:00:30 GMT", 30.0),
        ("Wed, 20 May 2026 12:00:30 -0000", 30.0),
        ("Wed, 20 May 2026 11:00:00 GMT", 0.0),
        ("", None),
        ("²", None),
        ("٣", None),
        ("1e3", None),
        ("-1", None),
        ("soon", None),
        ("Wed, 99 May 2026 12:00:30 GMT", None),
        ("Wed, 20 May 2026 12:00:30 +9999999", None),
        ("Sat, 01 Jan 0001 00:00:00 +2359", 0.0),
    ],
)
def test_a_number_or_a_date(header: str, seconds: float | None) -> None:
    assert asked_wait(header, NOW) == seconds


@given(st.text(max_size=40))
def test_any_header_is_a_wait_or_none(header: str) -> None:
    wait = asked_wait(header, NOW)
    assert wait is None or wait >= 0
