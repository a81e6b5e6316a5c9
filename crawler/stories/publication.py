"""Who published first, and how much later the others: no more exact than the dates are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, TypeAlias

from crawler.models import Article

DAY: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)
Moment: TypeAlias = tuple[int, float, int, str, str, str]
# sorts: dated before undated, the latest it can have been, exact before inexact, then names


def moment(article: Article) -> Moment:
    """Where an article stands in the order of publication.

    A date that is only a day may mean any minute of it: it counts as the day's end, so that it
    never beats a minute of the same day, and is earlier than every minute of the next. An undated
    piece stands behind all dated ones. Ties go by outlet, address and key.
    """
    names = article.outlet, article.url, article.key
    if article.published is None:
        return 1, 0.0, 0, *names
    only_day = article.precision != "minute"
    latest = _end_of_day(article.published) if only_day else article.published
    return 0, latest.timestamp(), int(only_day), *names


def _end_of_day(midnight: datetime) -> datetime:
    """The day of the source's own zone, which the offset stands for."""
    return midnight + DAY - MINUTE / 60


def lag(first: Article, later: Article) -> int | None:
    """Whole minutes after the first; None where one has no date or only a day."""
    dates = first.published, later.published
    if None in dates or {first.precision, later.precision} != {"minute"}:
        return None
    assert first.published is not None
    assert later.published is not None
    return int((later.published - first.published) // MINUTE)
