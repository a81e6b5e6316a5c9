"""Everything on a page that claims to be its date, each with what speaks for its place.

Weights were measured on pages with labels: JSON-LD and article:published_time are right in 95 of
100, a visible date beside the headline in 87, dates of edits in 75. Nothing here decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from urllib.parse import urlsplit

from crawler.models import Outlet, Said, When
from crawler.reading.date_order import Orders, proofs
from crawler.reading.page.class_names import Mark
from crawler.reading.page.facts import Block, Facts, Spot
from crawler.reading.page.printed_days import day_in_address, first_day, machine_time, no_such_time
from crawler.reading.page.structured import ARTICLES, Thing, kinds, words

CLOSE: Final = 12
# elements after the headline in which nothing can belong to another piece
SURE: Final = 5.0
# weight of a visible date that needs no second opinion
IN_NUMBERS: Final = 0.4
# of the weight of metadata whose numbers may be two days
NEVER_AHEAD: Final = datetime(2200, 1, 1, tzinfo=UTC)
LONGEST_SHOWN: Final = 250
LONG_SHOWN: Final = 80
# characters of an element that shows a date; a longer one shows more than that
LONG_LINE: Final = 110
OPENS: Final = 45
# characters of a line; of a longer one only the opening may be its date
MOST_BESIDE: Final = 7
# dates beside the headline that are looked at
MOST_PRINTED: Final = 6
# visible dates that are read in the outlet's own words

_PUBLISHED: Final = {
    9.0: """
        article:published_time
    """,
    8.5: """
        og:article:published_time og:published_time article:published article:publish_date
        datepublished rnews:datepublished parsely-pub-date cxenseparse:recs:publishtime
        cxenseparse:publishtime
    """,
    8.0: """
        dc.date.issued dcterms.issued publish-date publishdate publish_date publisheddate
        published_at published_time publication_date publicationdate article.published
        bt:pubdate article_date_original originalpublicationdate content:publishdate
        date_published shareaholic:article_published_time cxenseparse:recs:published_time
        vr:published_time article:posted_time
    """,
    7.5: """
        sailthru.date published
    """,
    7.0: """
        dcterms.created dc.date.created dcterms:created pubdate displaydate article:create_at
        citation_publication_date citation_date date.issued post_date
    """,
    6.5: """
        ptime article.created pdate
    """,
    6.0: """
        og:release_date dc.date.available datecreated release_date doc_date live_date
    """,
    5.5: """
        dc.date date created
    """,
    5.0: """
        search_date dcterms.date
    """,
    4.5: """
        uploaddate
    """,
    4.0: """
        lastpublished
    """,
}
# names of meta elements, by what they are worth: the first of them are standards
PUBLISHED_METAS: Final = {
    name: weight for weight, names in _PUBLISHED.items() for name in names.split()
}
MODIFIED_METAS: Final = """
article:modified_time datemodified og:updated_time article:modified dcterms.modified
last-modified lastmod bt:moddate dc.date.modified revision_date last_updated_date
article:updated_time
""".split()  # noqa: SIM905
_IN_JSON: Final = (
    ("datePublished", 10.0, "published"),
    ("dateCreated", 6.0, "published"),
    ("uploadDate", 4.0, "published"),
    ("dateModified", 2.0, "modified"),
)
_OTHER_THINGS: Final = frozenset(
    ("imageobject", "comment", "person", "event", "claimreview", "product")
)
_EDITED: Final = re.compile(
    r"\b(?:updated?|modified|edited|aktualisiert|ge[äa]ndert|mis à jour|modifi[ée]|actualizado"
    r"|aggiornat[oa]|atualizado|bijgewerkt|opdateret|oppdatert|uppdaterad|aktualizov[áa]no"
    r"|zaktualizowan[oa]|përditësuar|ažurirano|обновлено|Stand)\b|更新",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Claim:
    """One place that names a date."""

    moment: datetime
    # aware, or naive where no offset stands with it
    clock: bool
    # whether it tells the time of the day
    layer: str
    # "json-ld:datePublished"
    raw: str
    # as printed
    weight: float
    # how much speaks for it
    rule: str
    # what read it: "iso"
    role: str = "published"
    # or "modified", or "day": a local day (address, text of a <time>)
    above: bool = False
    # stands well above the headline, where mastheads print today's date
    why: str = ""
    # in words, where it was changed

    @property
    def utc(self) -> bool:
        """Whether it is a moment in UTC, of which the local day is not known."""
        return self.clock and self.moment.tzinfo is not None and not self.moment.utcoffset()


def claims_of(
    facts: Facts,
    *,
    url: str,
    fetched: datetime,
    outlet: Outlet | None,
    zone: str | None,
    headline_at: int | None,
    listed: Said[When] | None,
) -> list[Claim]:
    """All claims of a page. `headline_at` is the place of the headline, None without one.

    `zone` is that of dates without an offset, as `crawler.reading.dates.zone_of` takes it.
    """
    usual = _month_first(facts, url) if outlet is None else outlet.country == "US"
    orders = _proven(facts)
    american = orders == {"month-first"} if len(orders) == 1 else None if orders else usual
    machine = [
        *_in_json(facts, american, orders),
        *_in_metas(facts, american, orders),
        *_listing(listed),
    ]
    shown = list(_shown(facts, american, headline_at))
    if not machine and zone is not None and not any(c.weight >= SURE for c in shown):
        languages = (outlet.languages if outlet else ()) or ("sq", "en")
        shown += _printed(facts, fetched, zone, languages, headline_at)
    found = [*machine, *shown, *_beside(facts, american, headline_at), *_address(url)]
    return [*(found or _alone(facts, american, headline_at)), *_in_picture(facts)]


# --- what machines are told -----------------------------------------------------------


def _in_json(facts: Facts, month_first: bool | None, orders: Orders) -> Iterator[Claim]:
    for thing in facts.things:
        most = _worth_of(thing)
        for name, weight, role in _IN_JSON:
            raw = words(thing.get(name)) if most else None
            found = _told(raw, month_first, orders) if raw else None
            if raw and found:
                worth = min(weight, most) * found[3]
                yield Claim(found[0], found[1], f"json-ld:{name}", raw, worth, found[2], role)


def _told(
    raw: str, month_first: bool | None, orders: Orders
) -> tuple[datetime, bool, str, float] | None:
    """A date of metadata, and what share of its weight it keeps.

    Software that prints numbers there is often set to another country than the page: where the
    page does not prove their order, such a date gives way to one that readers see.
    """
    if found := machine_time(raw):
        return (*found, 1.0)
    if no_such_time(raw):
        return None
    if found := first_day(raw, month_first=None):
        return (*found, 1.0)
    found = first_day(raw, month_first=month_first)
    return (*found, 1.0 if orders else IN_NUMBERS) if found else None


def _proven(facts: Facts) -> Orders:
    """Which order of day and month the page's dates prove; what lies ahead proves nothing here,
    for pages announce."""
    names = (*PUBLISHED_METAS, *MODIFIED_METAS)
    printed = [raw for name in names for raw in facts.metas.get(name, ())[:1]]
    printed += [words(thing.get(name)) or "" for thing in facts.things for name, _, _ in _IN_JSON]
    printed += [spot.text for spot in facts.dates]
    return proofs(printed, base=NEVER_AHEAD, zone="UTC")


def _worth_of(thing: Thing) -> float:
    """What a date of this object is worth at most: a piece's, a page's, something else's."""
    types = kinds(thing)
    if types & ARTICLES:
        return 10.0
    if types & _OTHER_THINGS:
        return 0.0
    return 7.0 if types & {"webpage", "collectionpage"} else 3.0


def _in_metas(facts: Facts, month_first: bool | None, orders: Orders) -> Iterator[Claim]:
    for name, weight in PUBLISHED_METAS.items():
        for raw in facts.metas.get(name, ())[:1]:
            found = _told(raw, month_first, orders)
            if found:
                worth = weight * found[3]
                yield Claim(found[0], found[1], f"meta:{name}", raw, worth, found[2])
    for name in MODIFIED_METAS:
        for raw in facts.metas.get(name, ())[:1]:
            if edited := machine_time(raw):
                yield Claim(edited[0], edited[1], f"meta:{name}", raw, 1.5, edited[2], "modified")


def _listing(listed: Said[When] | None) -> Iterator[Claim]:
    if listed is not None:
        when, raw = listed.value, listed.raw or ""
        clock = when.precision == "minute"
        yield Claim(when.instant, clock, listed.layer, raw, 7.0, when.rule)


def _address(url: str) -> Iterator[Claim]:
    path = urlsplit(url).path
    found = day_in_address(path)
    if found:
        yield Claim(datetime.combine(found, time()), False, "url", path, 5.5, "url", "day")


def _in_picture(facts: Facts) -> Iterator[Claim]:
    """The day in the address of the page's picture: a last resort."""
    for raw in facts.metas.get("og:image", ())[:1]:
        found = day_in_address(_path(raw)) if raw.startswith("http") else None
        if found:
            moment = datetime.combine(found, time())
            yield Claim(moment, False, "meta:og:image", raw, 1.6, "url", "day")


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


# --- what readers see -----------------------------------------------------------------


def _shown(facts: Facts, month_first: bool | None, headline_at: int | None) -> Iterator[Claim]:
    for spot in facts.dates:
        weight = _worth(spot, facts, headline_at)
        if weight <= 0:
            continue
        role, layer = _role(spot), _place(spot)
        above = not spot.prop and _above(spot.order, headline_at)
        told = machine_time(spot.value) if spot.value else None
        if told:
            more = 2.5 if spot.prop in _OF_PUBLICATION else 0.5
            raw = spot.value or ""
            yield Claim(told[0], told[1], layer, raw, weight + more, told[2], role, above)
        text = spot.text
        seen = first_day(text, month_first=month_first) if len(text) < LONGEST_SHOWN else None
        if seen:
            less = 0.5 if len(text) > LONG_SHOWN else 0.0
            role = "day" if told else role
            raw = text[:LONG_LINE]
            layer = f"visible:{layer}"
            yield Claim(seen[0], seen[1], layer, raw, weight - less, seen[2], role, above)


_OF_PUBLICATION: Final = frozenset(("datepublished", "datecreated"))


def _role(spot: Spot) -> str:
    if spot.prop in {"datemodified", "dateupdated"}:
        return "modified"
    edited = spot.mark & Mark.UPDATED and spot.prop != "datepublished"
    return "modified" if edited else "published"


def _place(spot: Spot) -> str:
    return f"{spot.tag}[{spot.prop}]" if spot.prop or spot.tag == "time" else spot.tag


def _worth(spot: Spot, facts: Facts, headline_at: int | None) -> float:
    """How much the place of a date speaks for it; nothing does among comments."""
    zone = facts.nodes[spot.node].zone
    if zone & Mark.COMMENTS:
        return 0.0
    weight = 4.0 + 0.5 * (spot.tag == "time") + 0.5 * (spot.prop in _OF_PUBLICATION)
    weight -= 2.5 * bool(zone & Mark.TEASER) + 1.0 * bool(zone & Mark.BOILER)
    weight -= 2.0 * (spot.linked and not spot.prop)
    return weight + nearness(spot.order, headline_at)


def nearness(order: int, headline_at: int | None) -> float:
    """What the way from the headline says, in elements; -1 where there is no headline."""
    if headline_at is None:
        return -1.0
    away = order - headline_at
    for first, last, worth in ((-12, 40, 1.5), (-40, 120, 0.0)):
        if first <= away <= last:
            return worth
    return -1.5 if away > 0 else -1.0


def _printed(
    facts: Facts, fetched: datetime, zone: str, languages: Sequence[str], headline_at: int | None
) -> Iterator[Claim]:
    """Dates in the outlet's own way of printing them ("Dje në 14:20", "para 2 orësh")."""
    from crawler.reading.dates import read_date  # noqa: PLC0415 - large tables

    short = [spot for spot in facts.dates if 0 < len(spot.text) < LONG_SHOWN]
    short.sort(key=lambda spot: -_worth(spot, facts, headline_at))
    for spot in short[:MOST_PRINTED]:
        when = read_date(spot.text, base=fetched, zone=zone, languages=languages)
        weight = _worth(spot, facts, headline_at)
        if isinstance(when, When) and weight > 0:
            clock, layer = when.precision == "minute", f"visible:{_place(spot)}"
            above, worth = _above(spot.order, headline_at), weight + 0.2
            role, rule = _role(spot), when.rule
            yield Claim(when.instant, clock, layer, spot.text, worth, rule, role, above)


def _beside(facts: Facts, month_first: bool | None, headline_at: int | None) -> Iterator[Claim]:
    """Dates in lines around the headline that no name of a class promises."""
    found = 0
    for block in _around(facts, headline_at):
        text = block.text
        # a line that is mostly a date, or a text that opens with one
        seen = first_day(text[:OPENS] if len(text) > LONG_LINE else text, month_first=month_first)
        if seen is None:
            continue
        found += 1
        away = 0 if headline_at is None else block.order - headline_at
        weight = 4.5 if -CLOSE / 2 <= away <= 40 else 3.2  # noqa: PLR2004 - as in `nearness`
        edited = bool(_EDITED.search(text[:LONG_LINE]))
        weight -= 0.8 * (len(text) > LONG_LINE) + edited
        role = "modified" if edited else "published"
        above, raw = _above(block.order, headline_at), text[:LONG_LINE]
        yield Claim(seen[0], seen[1], "beside the headline", raw, weight, seen[2], role, above)
        if found == MOST_BESIDE:
            return


def _alone(facts: Facts, month_first: bool | None, headline_at: int | None) -> Iterator[Claim]:
    """The only day that short lines of the whole page name: a last resort."""
    found: dict[date, Claim] = {}
    for block in facts.blocks:
        text = block.text
        if len(text) > LONG_LINE or "©" in text or facts.nodes[block.node].zone & _OTHERS:
            continue
        seen = first_day(text, month_first=month_first)
        if seen:
            claim = Claim(seen[0], seen[1], "only date on the page", text, 1.8, seen[2])
            claim.above = _above(block.order, headline_at)
            found.setdefault(seen[0].date(), claim)
    if len(found) == 1:
        yield from found.values()


_OTHERS: Final = Mark.COMMENTS | Mark.TEASER


def _above(order: int, headline_at: int | None) -> bool:
    """Whether a place stands well above the headline, as a masthead does."""
    return headline_at is None or order < headline_at - CLOSE


def _around(facts: Facts, headline_at: int | None) -> Iterator[Block]:
    """Lines around the headline that may speak of the piece."""
    first, last = (-1, 60) if headline_at is None else (headline_at - 60, headline_at + 90)
    for block in facts.blocks:
        if block.order > last:
            return
        zone = facts.nodes[block.node].zone
        close = headline_at is not None and 0 < block.order - headline_at <= CLOSE
        elsewhere = zone & Mark.TEASER or block.linked > 0.5 * len(block.text)
        if block.order >= first and not zone & Mark.COMMENTS and (close or not elsewhere):
            yield block


_ELSEWHERE: Final = (".uk", ".au", ".nz", ".ie", ".in", ".za")
_AT_HOME: Final = (".com", ".org", ".net", ".us", ".gov", ".edu")


def _month_first(facts: Facts, url: str) -> bool | None:
    """Whether 03/04/2020 is March: on pages in American English. None where nothing is said."""
    said = (facts.lang or facts.meta("og:locale", "language") or "").lower().replace("_", "-")
    host = urlsplit(url).hostname or ""
    if not said.startswith("en"):
        return False if said else None
    if said in {"en-us", "en-ph"}:
        return not host.endswith(_ELSEWHERE)
    return said == "en" and host.endswith(_AT_HOME)
