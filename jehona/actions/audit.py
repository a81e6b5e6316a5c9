"""Pieces that one knows of already: had or not, and of each that was not, why and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz, process

from crawler.language.folding import folded_words
from crawler.models import Article, Event, Language, Outcome, Outlet
from crawler.outcomes import best
from crawler.reading.addresses import days_of
from crawler.reading.tables import WrongTable
from crawler.record import Record, decisions, read
from crawler.urls import alias_key, belongs
from jehona.actions import papers
from jehona.actions.errors import Wrong
from jehona.actions.estimates import interval
from jehona.actions.how_sure import unseen_of
from jehona.actions.known_pieces import Known, known_in
from jehona.actions.matches import EventMatches, matches_in
from jehona.actions.office import Office
from reports.how_sure import Unseen
from reports.words import say

ALIKE: Final = 88
# of 100: folded headlines of one piece, where a list names no address
ALL: Final = (date.min, date.max)
# days of a piece of which no day is known


class Why(StrEnum):
    """Why a piece that one knows of is not among those that count."""

    OUTLET_NOT_LISTED = "outlet-not-listed"
    OUTSIDE_WINDOW = "outside-window"
    NOT_LISTED_BY_OUTLET = "not-listed-by-outlet"
    OUTLET_NOT_COMPLETE = "outlet-not-complete"
    NO_KEYWORD = "no-keyword"
    DOUBTFUL = "doubtful"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One that was not among those that count."""

    known: Known
    why: Why
    # slugs of the event and, where it is known, of the outlet
    event: str
    outlet: str | None
    # of the record, where it has the piece
    article: Article | None

    @property
    def next_step(self) -> str:
        """What to do, in English."""
        return self.step("en")

    def step(self, language: Language) -> str:
        """What to do, to a reader of `language`."""
        return say(
            f"audit_step_{self.why.replace('-', '_')}",
            language,
            event=self.event,
            outlet=self.outlet or say("audit_the_outlet", language),
            url=self.known.url or "URL",
        )

    def as_json(self) -> dict[str, Any]:
        """One of the document of docs/json.md."""
        return {
            "url": self.known.url,
            "outlet": self.known.outlet or self.known.outlet_name,
            "headline": self.known.headline or (self.article and self.article.headline),
            "article": self.article and self.article.key,
            "line": self.known.line,
            "why": self.why,
            "next_step": self.next_step,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A list of known pieces, held against what the event has."""

    event: Event
    known: int
    had: int
    missing: tuple[Missing, ...]
    # where the share of all pieces truly lies, 19 times of 20
    interval: tuple[float, float]
    # None where no outlet was asked by two ways that share a piece
    unseen: Unseen | None

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return {
            "event": self.event.slug,
            "known": self.known,
            "had": self.had,
            "interval": [round(end, 3) for end in self.interval],
            "missing": [one.as_json() for one in self.missing],
            "unseen": self.unseen and self.unseen.as_json(),
        }


def audit(office: Office, event: str, known: Path) -> Audit:
    """Hold a list of pieces that one knows of against those that count for an event.

    Raises as `audit_of`.
    """
    return audit_of(office, event, papers.body_of(known), str(known))


def audit_of(office: Office, event: str, body: bytes, name: str) -> Audit:
    """The same of a list's bytes; `name` is what an error calls it.

    Raises RegistryError, RecordRefused; Wrong for a list that cannot be read, with its place.
    """
    what, outlets = office.event(event), office.outlets()
    try:
        rows = known_in(body, outlets, now=office.clock(), zone=what.zone)
    except WrongTable as wrong:
        raise Wrong("{known}: {wrong}", known=name, wrong=wrong) from None
    pieces = tuple({_whose(row): row for row in reversed(rows)}.values())[::-1]
    with office.to_read() as record:
        asking = _Asking(record, matches_in(record, what, outlets), outlets)
        missing = tuple(filter(None, map(asking.missing, pieces)))
        had = len(pieces) - len(missing)
        return Audit(
            event=what,
            known=len(pieces),
            had=had,
            missing=missing,
            interval=interval(had, len(pieces)),
            unseen=unseen_of(record, what, asking.expected),
        )


def _whose(row: Known) -> tuple[str, ...]:
    """By what two rows are one piece, however its address is spelt."""
    return (alias_key(row.url),) if row.url else (row.outlet_name or "", row.headline or "")


class _Asking:
    """Asks of one known piece after the other what became of it."""

    def __init__(
        self, record: Record, matched: EventMatches, outlets: Mapping[str, Outlet]
    ) -> None:
        self._record = record
        self._matched = matched
        self._outlets = outlets
        self._event = matched.event
        self._window = matched.event.window
        self._pairs = {article.key: (article, match) for article, match in matched.every}
        self._counted = {article.key for article, _ in matched.counted}
        self._held = decisions.holding(record, matched.event.slug)
        self.expected = sorted(matched.expected)
        self._checks = read.latest_checks(
            record, event=self._event.slug, window=self._window, outlets=self.expected
        )
        self._headlines: dict[str, dict[str, Article]] = {}

    def missing(self, known: Known) -> Missing | None:
        """None for a piece that counts."""
        article = self._article(known)
        if article and article.key in self._counted:
            return None
        why = self._why_kept(article) if article else self._why_absent(known)
        outlet = article.outlet if article else self._outlet(known)
        return Missing(known=known, why=why, event=self._event.slug, outlet=outlet, article=article)

    def _article(self, known: Known) -> Article | None:
        if known.url:
            return read.article(self._record, known.url)
        if not known.outlet or not known.headline:
            return None
        headlines = self._of_outlet(known.outlet)
        wanted = " ".join(folded_words(known.headline))
        found = process.extractOne(wanted, headlines.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return headlines[found[0]] if found else None

    def _of_outlet(self, slug: str) -> Mapping[str, Article]:
        """Folded headline -> the piece, of one outlet's pieces of the window."""
        if slug not in self._headlines:
            told = read.articles(self._record, window=self._window, outlets=[slug], undated=True)
            self._headlines[slug] = {
                " ".join(folded_words(one.headline)): one for one in told if one.headline
            }
        return self._headlines[slug]

    def _why_kept(self, article: Article) -> Why:
        """Why a piece of the record does not count."""
        held = self._held.get(article.key)
        if held and held.verdict == "rejected":
            return Why.REJECTED
        if article.outlet not in self._matched.asked:
            return Why.OUTLET_NOT_LISTED
        if article.published and not self._window.holds(article.published):
            return Why.OUTSIDE_WINDOW
        pair = self._pairs.get(article.key)
        return Why.DOUBTFUL if pair and pair[1].asks else Why.NO_KEYWORD

    def _why_absent(self, known: Known) -> Why:
        """Why the record does not have it."""
        outlet = self._outlet(known)
        if outlet not in self._matched.expected:
            return Why.OUTLET_NOT_LISTED
        if self._lies_outside(known):
            return Why.OUTSIDE_WINDOW
        checks = self._checks.get(outlet or "", ())
        complete = bool(checks) and best(checks).outcome is Outcome.COMPLETE
        return Why.NOT_LISTED_BY_OUTLET if complete else Why.OUTLET_NOT_COMPLETE

    def _outlet(self, known: Known) -> str | None:
        """Whose it is: by its address, else as the list says."""
        if known.url:
            whose = (slug for slug, one in self._outlets.items() if belongs(known.url, one))
            mine = list(whose)
            wanted = [slug for slug in mine if slug in self._matched.expected]
            return next(iter(wanted or mine), known.outlet)
        return known.outlet

    def _lies_outside(self, known: Known) -> bool:
        """By the day that the list tells, else by the one that its address names."""
        days = days_of(known.url) if known.url else None
        earliest, latest = (known.published, known.published) if known.published else days or ALL
        return latest < self._window.first_day or earliest > self._window.last_day
