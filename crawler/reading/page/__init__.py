"""One page of an outlet to what it says: every field weighed among its candidates.

    html       bytes -> tree: charset, bounds, the one parse
    gather     one walk over the tree: what all fields need
    headline, published, byline, lead, text, tongue, place, kind: one question each

Nothing here asks a network or a clock; only `closer` needs BeautifulSoup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from crawler.limits import FORWARD_TEXT
from crawler.models import Layer, Outlet, Reading, Said
from crawler.reading import Unreadable
from crawler.reading.page.article_text import text_of
from crawler.reading.page.byline import byline_of
from crawler.reading.page.closer import closer_text
from crawler.reading.page.facts import Facts
from crawler.reading.page.forward import forward_of
from crawler.reading.page.headline import headline_of
from crawler.reading.page.html import tree_of
from crawler.reading.page.kind import kind_of, refuse
from crawler.reading.page.lead import lead_of
from crawler.reading.page.page_facts import facts_of
from crawler.reading.page.page_language import tongue_of
from crawler.reading.page.page_meta import (
    aliases_of,
    canonical_of,
    image_of,
    paywall_of,
    section_of,
)
from crawler.reading.page.page_models import Candidate, Habits, PageKind, PageReading
from crawler.reading.page.published import dated
from crawler.reading.page.rules import Ruled, ruled
from crawler.reading.page.site_names import site_names

__all__ = ["Candidate", "Habits", "PageKind", "PageReading", "read_page"]


def read_page(
    body: bytes | str,
    *,
    url: str,
    charset: str | None,
    fetched: datetime,
    outlet: Outlet | None,
    listed: Reading | None = None,
    habits: Habits | None = None,
    zone: str | None = None,
    closer: bool = False,
    shown: bool = True,
) -> PageReading:
    """What a page says, with all candidates of every field unless they are not `shown`.

    `charset` is what the Content-Type header claims, `fetched` aware, `listed` what the outlet's
    listing said of the same piece. Dates without an offset are meant in the outlet's zone, else
    in `zone` (the workspace's, an IANA name), else their zone is not known. `closer` reads
    a text that looks like a fragment once more, at twenty times the cost.
    Raises `crawler.reading.Unreadable` for what is no piece: not HTML, empty, an error, a
    challenge, a consent page, a section, a page that only sends on.
    """
    root, notes = tree_of(body, charset)
    by_rule = ruled(root, outlet.read) if outlet is not None else Ruled()
    given = _Given(
        url=url, fetched=fetched, outlet=outlet, listed=listed, habits=habits, ruled=by_rule,
        zone=(outlet.zone if outlet else None) or zone, shown=shown,
    )  # fmt: skip
    page = _Page(facts_of(root), given)
    refuse(page.facts, url=url, headline=page.headline, text=page.text)
    if len(page.text) < FORWARD_TEXT and (ahead := forward_of(root, url=url)):
        raise Unreadable(ahead.told)
    return page.reading(closer_text(root, page.text) if closer else None, notes)


SHORTEST_LINE: Final = 12
# characters of a line that may be the headline of a page without headings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What the caller knows."""

    url: str
    fetched: datetime
    outlet: Outlet | None
    listed: Reading | None
    habits: Habits | None
    ruled: Ruled
    zone: str | None
    # in which dates without an offset are meant, None: not known
    shown: bool

    @property
    def host(self) -> str:
        """Of the page."""
        return urlsplit(self.url).hostname or ""

    @property
    def site(self) -> tuple[str, ...]:
        """Names of the site that are known before the page is read."""
        name = (self.outlet.name,) if self.outlet else ()
        return name + (self.habits.suffixes if self.habits else ())

    def heard(self, field: Literal["headline", "lead"]) -> str | None:
        """What the listing said."""
        said: Said[str] | None = getattr(self.listed, field) if self.listed else None
        return said.value if said else None


class _Page:
    """The fields of one page in the order in which they help each other."""

    def __init__(self, facts: Facts, given: _Given) -> None:
        self.facts, self.given = facts, given
        url, outlet, listed = given.url, given.outlet, given.listed
        names = site_names(facts, given.host, given.site)
        heard, ruled_ = given.heard("headline"), given.ruled
        self.headlines = headline_of(
            facts, url=url, names=names, listed=heard, ruled=ruled_.headline
        )
        self.headline: str | None = _first(self.headlines)
        at = _place_of(facts, self.headlines)
        self.text = ruled_.text if ruled_.text is not None else text_of(facts, at)
        self.leads = lead_of(
            facts, headline=self.headline, headline_at=at, listed=given.heard("lead")
        )
        self.bylines = byline_of(facts, headline_at=at, site=names)
        said = listed.published if listed else None
        self.dates = dated(
            facts, url=url, fetched=given.fetched, outlet=outlet, zone=given.zone,
            headline_at=at, listed=said, shown=given.shown,
        )  # fmt: skip
        usual, lead = outlet.languages if outlet else (), _first(self.leads) or ""
        self.tongue, self.tongues = tongue_of(
            facts, url=url, headline=self.headline or "", lead=lead, text=self.text, usual=usual
        )
        self.canonicals = canonical_of(facts, url)
        self.sections = section_of(facts, url=url, headline=self.headline, names=names)
        self.images = image_of(facts, url)
        self.walls = paywall_of(facts)

    def reading(self, closer: str | None, notes: tuple[str, ...]) -> PageReading:
        """Everything in one noun."""
        text = closer or self.text
        repeated = _repeats(text, self.given.habits)
        if repeated:
            notes = (*notes, f"{len(repeated)} paragraphs stand under other pieces too")
        return PageReading(
            reading=self._fields(text, "page:closer" if closer else "page:text", notes),
            kind=kind_of(self.facts, url=self.given.url, headline=self.headline),
            canonical=_first(self.canonicals),
            image=_first(self.images),
            paywall=_first(self.walls),
            confidence=self._confidence() if self.given.shown else {},
            candidates=self._candidates(closer) if self.given.shown else (),
            boilerplate=repeated,
        )

    def _fields(self, text: str, layer: str, notes: tuple[str, ...]) -> Reading:
        dates, tongue, url = self.dates, self.tongue, self.given.url
        edited = (
            Said(value=dates.modified, layer=f"page:{dates.modified_layer}")
            if dates.modified
            else None
        )
        return Reading(
            layer=Layer.PAGE,
            url=url,
            aliases=aliases_of(self.facts, url, _first(self.canonicals)),
            headline=_said(self.headlines),
            published=_said([c for c in dates.candidates[:1] if c.won], dates.published),
            modified=edited,
            lead=_said(self.leads),
            text=Said(value=text, layer=layer) if text else None,
            byline=_said(self.bylines),
            section=_said(self.sections),
            language=Said(value=tongue, layer=f"page:{tongue.source}") if tongue else None,
            picture=_said(self.images),
            notes=(*notes, *dates.notes),
        )

    def _candidates(self, closer: str | None) -> tuple[Candidate, ...]:
        """All candidates, the winner of every field first."""
        code = self.tongue.code if self.tongue else None
        tongues = sorted(self.tongues, key=lambda c: (c.value != code, -c.weight))
        ranked = (
            self.headlines, self.leads, self.bylines, tongues, self.canonicals, self.sections,
            self.images, self.walls,
        )  # fmt: skip
        shown: list[Candidate] = []
        for group in ranked:
            shown += [replace(c, won=True) for c in group[:1]]
            shown += group[1:]
        return (*self.dates.candidates, *shown, *self._texts(closer))

    def _texts(self, closer: str | None) -> tuple[Candidate, ...]:
        """The text that was taken, and the quick reading's own where a closer one won."""
        by_rule = self.given.ruled.text is not None
        why = "by the outlet's [read] text" if by_rule else self.facts.began
        own = _candidate_text(self.text, "page:text", why, won=not closer)
        if closer:
            best = _candidate_text(closer, "page:closer", "read closer, by a library", won=True)
            return (best, own) if self.text else (best,)
        return (own,) if self.text else ()

    def _confidence(self) -> dict[str, float]:
        found = {"published": round(self.dates.confidence, 2)}
        groups = (("headline", self.headlines), ("byline", self.bylines), ("lead", self.leads))
        for name, group in groups:
            if group:
                others = (c.weight for c in group[1:] if c.value != group[0].value)
                lead = group[0].weight - next(others, 0.0)
                found[name] = round(max(0.3, min(1.0, 0.5 + lead / 8)), 2)
        return found


def _place_of(facts: Facts, headlines: Sequence[Candidate]) -> int | None:
    """Where the headline stands on the page; the best heading that agrees with it."""
    if not headlines:
        return None
    for candidate in headlines[:6]:
        for heading in facts.headings:
            if heading.text == candidate.raw:
                return heading.order
    for block in facts.blocks:
        if len(block.text) >= SHORTEST_LINE and headlines[0].raw.startswith(block.text):
            return block.order
    return None


def _first(candidates: Sequence[Candidate]) -> Any:
    return candidates[0].value if candidates else None


def _said(candidates: Sequence[Candidate], value: Any = None) -> Said[Any] | None:
    """The winner as a field; `value` where it is not the candidate's own."""
    if not candidates:
        return None
    best = candidates[0]
    value = best.value if value is None else value
    return Said(value=value, layer=best.layer, raw=best.raw if best.raw != value else None)


def _candidate_text(text: str, layer: str, why: str, *, won: bool) -> Candidate:
    size = float(len(text))
    return Candidate(field="text", value=text, layer=layer, raw="", weight=size, won=won, why=why)


def _repeats(text: str, habits: Habits | None) -> tuple[str, ...]:
    if habits is None or not habits.boilerplate:
        return ()
    return tuple(line for line in text.split("\n") if line in habits.boilerplate)
