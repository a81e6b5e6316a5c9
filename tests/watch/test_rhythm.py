"""How often outlets are asked: a day of watching 56 of them against asking all every hour."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawler.watching.rhythm import next_look

MIDNIGHT = datetime(2025, 5, 6, tzinfo=ZoneInfo("Europe/Tirane"))
HOUR = timedelta(hours=1)
# pieces a week of 56 outlets, as papers, broadcasters and small portals have them; None: not known
OUTLETS = [*([None] * 6), *([2] * 6), *([10] * 8), *([40] * 12), *([150] * 14), *([600] * 10)]
DIGEST = timedelta(hours=8)


def asked(*, busy: bool, every: timedelta = HOUR) -> Counter[int]:
    """How often each is asked from one midnight to the next, by rounds of a minute.

    Before the digest all are asked, whatever their time.
    """
    found: Counter[int] = Counter()
    due = dict.fromkeys(range(len(OUTLETS)), MIDNIGHT)
    for minute in range(24 * 60):
        now = MIDNIGHT + timedelta(minutes=minute)
        for outlet, per_week in enumerate(OUTLETS):
            if due[outlet] <= now or now == MIDNIGHT + DIGEST:
                found[outlet] += 1
                due[outlet] = next_look(now, every=every, per_week=per_week, busy=busy)
    return found


def test_a_day_asks_a_third_of_asking_all_every_hour() -> None:
    assert len(OUTLETS) == 56
    made = asked(busy=False)
    assert made.total() <= 56 * 24 / 3
    # and yet nobody is forgotten
    assert min(made[outlet] for outlet in range(56)) >= 2


def test_an_events_day_asks_more_and_never_more_than_every_hour() -> None:
    made = asked(busy=True)
    assert 56 * 24 / 2 < made.total() <= 56 * 24


@pytest.mark.parametrize("busy", [False, True])
def test_never_under_an_outlets_own_distance(busy: bool) -> None:
    for hour in range(24):
        now = MIDNIGHT + hour * HOUR
        for per_week in (None, 2, 600):
            later = next_look(now, every=4 * HOUR, per_week=per_week, busy=busy)
            assert later - now >= 4 * HOUR
