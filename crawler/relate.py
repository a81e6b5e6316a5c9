"""Which kept articles are about an event: the index narrows, `crawler.matching` decides."""

from __future__ import annotations

from collections.abc import Collection

from crawler.matching import matches, prefixes
from crawler.models import Article, Event, Match
from crawler.record import Record, search


def matched(record: Record, event: Event, outlets: Collection[str]) -> list[tuple[Article, Match]]:
    """The event's articles of these outlets, dated ones of its window first, then undated ones.

    Reads only; `crawler.record.write.save_matches` keeps what people should not lose.
    """
    asked = [[[f"{word}*"] for word in group] for group in prefixes(event)]
    found = search.candidates(
        record, asked=asked, window=event.window, outlets=outlets, undated=True
    )
    return list(matches(event, found))
