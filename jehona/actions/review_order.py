"""The pieces of an event lined up for review: of one kind, narrowed, the likeliest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from crawler.config import find_outlet
from crawler.models import Article
from jehona.actions.matches import EventMatches, Pair, Pairs, likeliest


class Show(StrEnum):
    """Which pieces of an event are shown."""

    WAITING = "waiting"
    DOUBTFUL = "doubtful"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Of which kind pieces are shown, and what narrows them; None does not."""

    show: Show = Show.WAITING
    # slug or name
    outlet: str | None = None
    # ISO 639-1
    language: str | None = None
    # of publication, in the event's zone
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the pieces of one kind can be narrowed by, each with how many there are."""

    # slug -> how many
    outlets: Mapping[str, int] = field(default_factory=dict)
    # ISO 639-1 -> how many
    languages: Mapping[str, int] = field(default_factory=dict)
    # in the event's zone, the first day first
    days: Mapping[date, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinedUp:
    """The pieces of one kind, narrowed, in the order in which they are decided on."""

    show: Show
    pairs: Pairs
    # every piece of the event, by key: one that was decided has its place still
    every: Mapping[str, Pair]
    counts: Mapping[Show, int]
    choices: Choices
    sure: int

    @classmethod
    def of(cls, found: EventMatches, narrowed: Narrowed) -> LinedUp:
        """Raises RegistryError for an unknown outlet."""
        name = narrowed.outlet
        slug = find_outlet(name, found.outlets).slug if name else None
        zone = ZoneInfo(found.event.zone)
        kinds = _kinds(found)
        pairs = tuple(
            pair
            for pair in kinds[narrowed.show]
            if slug in (None, pair[0].outlet)
            and narrowed.language in (None, pair[0].language)
            and (narrowed.day is None or narrowed.day == _day(pair[0], zone))
        )
        return cls(
            show=narrowed.show,
            pairs=pairs,
            every={pair[0].key: pair for pair in found.every},
            counts={each: len(some) for each, some in kinds.items()},
            choices=_choices(kinds[narrowed.show], zone),
            sure=len(kinds[Show.WAITING]) - len(kinds[Show.DOUBTFUL]),
        )

    def place(self, key: str | None) -> int | None:
        """Where the piece of a key stands, from 0."""
        return next((at for at, pair in enumerate(self.pairs) if pair[0].key == key), None)

    def key_at(self, place: int) -> str | None:
        """The key of the piece at a place."""
        return self.pairs[place][0].key if 0 <= place < len(self.pairs) else None

    def after(self, key: str | None) -> str | None:
        """The key of what comes after a piece that is in the queue, or was; the first for None."""
        place = self.place(key)
        if place is not None:
            return self.key_at(place + 1)
        if key is None or key not in self.every:
            return self.key_at(0)
        order = _ORDERS[self.show]
        gone = order(self.every[key])
        return next((pair[0].key for pair in self.pairs if order(pair) > gone), None)


def _by_likelihood(pair: Pair) -> tuple[Any, ...]:
    """The order of what waits, also of what no longer does."""
    return pair[1].doubt is not None, *likeliest(pair)


def _by_time(pair: Pair) -> tuple[Any, ...]:
    published = pair[0].published
    return published is None, published and published.timestamp(), pair[0].key


_ORDERS: Final[Mapping[Show, Callable[[Pair], tuple[Any, ...]]]] = {
    Show.WAITING: _by_likelihood,
    Show.DOUBTFUL: _by_likelihood,
    Show.ACCEPTED: _by_time,
    Show.REJECTED: _by_time,
}


def _kinds(found: EventMatches) -> dict[Show, Pairs]:
    waiting = found.waiting
    return {
        Show.WAITING: waiting,
        Show.DOUBTFUL: tuple(pair for pair in waiting if pair[1].asks),
        Show.ACCEPTED: found.accepted,
        Show.REJECTED: found.rejected,
    }


def _choices(pairs: Pairs, zone: ZoneInfo) -> Choices:
    outlets = Counter(article.outlet for article, _ in pairs)
    languages = Counter(article.language for article, _ in pairs if article.language)
    days = Counter(day for article, _ in pairs if (day := _day(article, zone)))
    return Choices(
        outlets=dict(sorted(outlets.items())),
        languages=dict(sorted(languages.items())),
        days=dict(sorted(days.items())),
    )


def _day(article: Article, zone: ZoneInfo) -> date | None:
    return article.published and article.published.astimezone(zone).date()
