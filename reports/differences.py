"""What a report says that an earlier one did not: new, dropped, re-dated, re-titled pieces (pure).

Two documents of `reports.formats.json` are compared by article, so that a version kept by an
earlier release can be compared as well as one of today.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One piece that is told otherwise."""

    url: str | None
    # canonical, None where the piece has none, as of today where it still stands
    outlet: str
    # slug
    headline: str | None
    # as of today where it still stands
    old: str | None = None
    # what the earlier report said: a headline, an instant
    new: str | None = None
    # what this one says


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Everything that changed between two versions of an event's report."""

    since: int
    # the earlier version
    version: int
    # this one
    new: tuple[Difference, ...]
    # pieces that the earlier one did not have
    dropped: tuple[Difference, ...]
    # pieces that stood there and do not any more
    redated: tuple[Difference, ...]
    # another moment of publication
    retitled: tuple[Difference, ...]
    # another headline

    def __bool__(self) -> bool:
        return bool(self.new or self.dropped or self.redated or self.retitled)


def differences(earlier: Row, now: Row) -> Differences:
    """What `now` tells otherwise than `earlier`; both are documents of a report."""
    before, after = _by_article(earlier), _by_article(now)
    both = [(before[key], row) for key, row in after.items() if key in before]
    return Differences(
        since=earlier["version"],
        version=now["version"],
        new=tuple(_told(row) for key, row in after.items() if key not in before),
        dropped=tuple(_told(row) for key, row in before.items() if key not in after),
        redated=tuple(_changed(both, "published")),
        retitled=tuple(_changed(both, "headline")),
    )


def _by_article(document: Row) -> dict[str, Row]:
    return {row["article"]: row for row in document["pieces"]}


def _told(row: Row) -> Difference:
    return Difference(url=row["url"], outlet=_outlet(row), headline=row["headline"])


def _outlet(row: Row) -> str:
    return str(row.get("outlet_name") or row["outlet"] or row["article"])


def _changed(both: list[tuple[Row, Row]], field: str) -> Iterator[Difference]:
    for old, new in both:
        if old[field] != new[field]:
            yield Difference(
                url=new["url"],
                outlet=_outlet(new),
                headline=new["headline"],
                old=old[field],
                new=new[field],
            )
