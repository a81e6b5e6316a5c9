"""One page of an outlet to what it says: every field weighed among its candidates.

    html       bytes -> tree: charset, bounds, the one parse
    gather     one walk over the tree: what all fields need
    headline, published, byline, lead, text, tongue, place, kind: one question each

Nothing here asks a network or a clock; BeautifulSoup is not needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from crawler.models import Layer, Outlet, Reading, Said, When
from crawler.reading.page.byline import byline_of
from crawler.reading.page.closer import closer_text
from crawler.reading.page.gather import Facts, facts_of
from crawler.reading.page.headline import headline_of
from crawler.reading.page.html import tree_of
from crawler.reading.page.kind import kind_of, refuse
from crawler.reading.page.lead import lead_of
from crawler.reading.page.names import site_names
from crawler.reading.page.nouns import Candidate, Habits, PageKind, PageReading
from crawler.reading.page.place import aliases_of, canonical_of, image_of, paywall_of, section_of
from crawler.reading.page.published import Dated, dated
from crawler.reading.page.rules import Ruled, ruled
from crawler.reading.page.text import text_of
from crawler.reading.page.tongue import tongue_of

__all__ = ["Candidate", "Habits", "PageKind", "PageReading", "read_page"]

T = TypeVar("T")


def read_page(
    body: bytes | str,
    *,
    url: str,
    charset: str | None,
    fetched: datetime,
    outlet: Outlet | None,
    listed: Reading | None = None,
    habits: Habits | None = None,
    closer: bool = False,
) -> PageReading:
    """What a page says, with all candidates of every field.

    `charset` is what the Content-Type header claims, `fetched` aware, `listed` what the outlet's
    listing said of the same piece. `closer` takes trafilatura's text where it is installed.
    Raises `crawler.reading.Unreadable` for what is no piece: not HTML, empty, an error, a
    challenge, a consent page, a section.
    """
    root, notes = tree_of(body, charset)
    by_rule = ruled(root, outlet.read) if outlet is not None else Ruled()
    facts = facts_of(root)
    page = _Page(facts, url, fetched, outlet, listed, habits, by_rule)
    return page.reading(closer_text(root, url) if closer else None, notes)


class _Page:
    """The fields of one page in the order in which they help each other."""

    def __init__(
        self,
        facts: Facts,
        url: str,
        fetched: datetime,
        outlet: Outlet | None,
        listed: Reading | None,
        habits: Habits | None,
        by_rule: Ruled,
    ) -> None:
        self.facts, self.url, self.outlet, self.habits = facts, url, outlet, habits
        self.names = site_names(facts, urlsplit(url).hostname or "", _repeated(outlet, habits))
        self.headlines = headline_of(
            facts,
            url=url,
            names=self.names,
            listed=_value(listed, "headline"),
            ruled=by_rule.headline,
        )
        self.headline = self.headlines[0].value if self.headlines else None
        self.at = _place_of(facts, self.headlines)
        self.text = by_rule.text if by_rule.text is not None else text_of(facts, self.at)
        self.leads = lead_of(
            facts, headline=self.headline, headline_at=self.at, listed=_value(listed, "lead")
        )
        self.bylines = byline_of(facts, headline_at=self.at, site=self.names)
        self.dates = dated(
            facts,
            url=url,
            fetched=fetched,
            outlet=outlet,
            headline_at=self.at,
            listed=listed.published if listed else None,
        )
        self.tongue, self.tongues = tongue_of(
            facts,
            url=url,
            headline=self.headline or "",
            lead=_first(self.leads) or "",
            text=self.text,
            usual=outlet.languages if outlet else (),
        )

    def reading(self, closer: str | None, notes: tuple[str, ...]) -> PageReading:
        """Everything in one noun."""
        refuse(self.facts, url=self.url, headline=self.headline, text=self.text)
        text = closer or self.text
        canonicals = canonical_of(self.facts, self.url)
        sections = section_of(self.facts, url=self.url, headline=self.headline, names=self.names)
        images = image_of(self.facts, self.url)
        walls = paywall_of(self.facts)
        own = _first(canonicals)
        reading = Reading(
            layer=Layer.PAGE,
            url=self.url,
            aliases=aliases_of(self.facts, self.url, own),
            headline=_said(self.headlines),
            published=_dated(self.dates.published, self.dates),
            modified=_dated(self.dates.modified, self.dates, edit=True),
            lead=_said(self.leads),
            text=Said(value=text, layer="page:closer" if closer else "page:text") if text else None,
            byline=_said(self.bylines),
            section=_said(sections),
            language=Said(value=self.tongue, layer=f"page:{self.tongue.source}")
            if self.tongue
            else None,
            notes=(*notes, *self.dates.notes),
        )
        groups = (
            self.headlines,
            self.leads,
            self.bylines,
            self.tongues,
            canonicals,
            sections,
            images,
            walls,
        )
        return PageReading(
            reading=reading,
            kind=kind_of(self.facts, url=self.url, headline=self.headline),
            canonical=own,
            image=_first(images),
            paywall=_first(walls),
            confidence=self._confidence(),
            candidates=(
                *self.dates.candidates,
                *(c for group in groups for c in _won(group, self.tongue)),
            ),
            boilerplate=_repeats(text, self.habits),
        )

    def _confidence(self) -> dict[str, float]:
        found = {"published": round(self.dates.confidence, 2)}
        for name, group in (
            ("headline", self.headlines),
            ("byline", self.bylines),
            ("lead", self.leads),
        ):
            if group:
                second = next((c.weight for c in group[1:] if c.value != group[0].value), 0.0)
                found[name] = round(max(0.3, min(1.0, 0.5 + (group[0].weight - second) / 8)), 2)
        return found


def _repeated(outlet: Outlet | None, habits: Habits | None) -> tuple[str, ...]:
    return (*((outlet.name,) if outlet else ()), *(habits.suffixes if habits else ()))


def _value(listed: Reading | None, field: str) -> str | None:
    said = getattr(listed, field) if listed is not None else None
    return said.value if said is not None else None


def _place_of(facts: Facts, headlines: Sequence[Candidate]) -> int | None:
    """Where the headline stands on the page; the best heading that agrees with it."""
    if not headlines:
        return None
    for candidate in headlines[:6]:
        for heading in facts.headings:
            if heading.text == candidate.raw:
                return heading.order
    return None


def _first(candidates: Sequence[Candidate]) -> Any:
    return candidates[0].value if candidates else None


def _said(candidates: Sequence[Candidate]) -> Said[Any] | None:
    if not candidates:
        return None
    best = candidates[0]
    raw = best.raw if best.raw != best.value else None
    return Said(value=best.value, layer=best.layer, raw=raw)


def _dated(when: When | None, dates: Dated, *, edit: bool = False) -> Said[When] | None:
    if when is None:
        return None
    if edit:
        return Said(value=when, layer=f"page:{dates.modified_layer}")
    best = next((c for c in dates.candidates if c.won), None)
    return Said(value=when, layer=best.layer if best else "page", raw=best.raw if best else None)


def _won(group: Sequence[Candidate], tongue: Any) -> list[Candidate]:
    if group and group[0].field == "language":
        code = tongue.code if tongue else None
        return [replace(c, won=c.value == code) for c in group]
    return [replace(c, won=at == 0) for at, c in enumerate(group)]


def _repeats(text: str, habits: Habits | None) -> tuple[str, ...]:
    if habits is None or not habits.boilerplate:
        return ()
    return tuple(line for line in text.split("\n") if line in habits.boilerplate)
