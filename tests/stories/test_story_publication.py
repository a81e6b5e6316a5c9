"""Who was first and by how much, no more exact than the dates are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from crawler.models import Article, Story
from crawler.stories import stories
from tests.stories.told import BRIDGE, NINE, piece

TIRANA = timezone(timedelta(hours=2))


def on_day(number: int, day: int) -> Article:
    """Only a day is known."""
    midnight = datetime(2025, 5, day, tzinfo=TIRANA)
    return piece(number, published=midnight, precision="day")


def at(number: int, moment: str) -> Article:
    return piece(number, published=datetime.fromisoformat(f"2025-05-{moment}+02:00"))


def undated(number: int) -> Article:
    return piece(number, published=None, precision=None)


def told(*articles: Article) -> list[tuple[str, int | None]]:
    """Keys and lags of the only story."""
    (story,) = stories(reversed(articles))
    return [(each.article, each.lag_minutes) for each in story.pieces]


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([at(1, "10T09:30"), at(2, "10T11:40")], [("a_1", 0), ("a_2", 130)]),
        ([at(1, "10T09:30"), on_day(2, 10)], [("a_1", 0), ("a_2", None)]),
        ([on_day(2, 10), at(1, "10T23:59")], [("a_1", 0), ("a_2", None)]),
        ([on_day(2, 10), at(1, "11T00:00")], [("a_2", None), ("a_1", None)]),
        ([undated(1), on_day(2, 12)], [("a_2", None), ("a_1", None)]),
        ([undated(1), at(2, "12T08:00")], [("a_2", 0), ("a_1", None)]),
        ([undated(2), undated(1)], [("a_1", None), ("a_2", None)]),
        ([at(2, "10T09:30"), at(1, "10T09:30")], [("a_1", 0), ("a_2", 0)]),
    ],
    ids=[
        "minutes",
        "a-day-after-its-minute",
        "a-day-after-the-last-minute",
        "a-day-before-the-next",
        "undated-after-a-day",
        "undated-after-a-minute",
        "undated-by-outlet",
        "ties-by-outlet",
    ],
)
def test_the_first_and_the_lag(
    articles: list[Article], expected: list[tuple[str, int | None]]
) -> None:
    assert told(*articles) == expected


def test_offsets_are_instants() -> None:
    early = piece(1, published=datetime(2025, 5, 10, 10, tzinfo=TIRANA))
    late = piece(2, published=datetime(2025, 5, 10, 9, tzinfo=UTC))
    assert told(late, early) == [("a_1", 0), ("a_2", 60)]


def test_stories_are_numbered_by_their_first_piece() -> None:
    found: tuple[Story, ...] = stories(
        [
            piece(1, published=NINE + timedelta(hours=3)),
            piece(2, BRIDGE, published=NINE + timedelta(hours=1)),
            piece(3, published=NINE),
            piece(4, None, published=None, precision=None),
        ]
    )
    keys = [(story.key, [each.article for each in story.pieces]) for story in found]
    assert keys == [("s_1", ["a_3", "a_1"]), ("s_2", ["a_2"]), ("s_3", ["a_4"])]
