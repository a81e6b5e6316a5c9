"""Everything on a page that claims to be its date, each with what speaks for its place.

Weights were measured on pages with labels: JSON-LD and article:published_time are right in 95 of
100, a visible date beside the headline in 87, dates of edits in 75. Nothing here decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Final
from urllib.parse import urlsplit

from crawler.models import Outlet, Said, When
from crawler.reading.date_order import Orders, proofs
from crawler.reading.page.claim import Claim
from crawler.reading.page.class_names import Mark
from crawler.reading.page.facts import Facts
from crawler.reading.page.printed_days import (
    DIGIT,
    day_in_address,
    first_day,
    fold,
    machine_time,
    no_such_time,
)
from crawler.reading.page.shown_days import (
    CLOSE,
    LONG_LINE,
    NEAR,
    SURE,
    alone,
    beside,
    lines_around,
    printed,
    shown,
    text_begins,
    told_ago,
)
from crawler.reading.page.structured import ARTICLES, Thing, kinds, words

WIDE: Final = 0.9
# share of the page's text in a container that is the page
BETWEEN: Final = 4
# elements between a date of the piece and its headline below
IN_NUMBERS: Final = 0.4
# of the weight of metadata whose numbers may be two days
NEVER_AHEAD: Final = datetime(2200, 1, 1, tzinfo=UTC)

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
_DATED_METAS: Final = frozenset((*PUBLISHED_METAS, *MODIFIED_METAS))
_IN_JSON: Final = (
    ("datePublished", 10.0, "published"),
    ("dateCreated", 6.0, "published"),
    ("dateModified", 2.0, "modified"),
)
_OTHER_THINGS: Final = frozenset(
    ("imageobject", "videoobject", "comment", "person", "event", "claimreview", "product")
)


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
    visible = list(shown(facts, american, headline_at))
    languages = (outlet.languages if outlet else ()) or ("sq", "en")
    if not machine and zone is not None and not any(c.weight >= SURE for c in visible):
        visible += printed(facts, fetched, zone, languages, headline_at)
    visible += beside(facts, american, headline_at)
    if zone is not None and not machine and not any(map(_is_close, visible)):
        visible += told_ago(facts, fetched, zone, languages, headline_at)
    found = [*machine, *visible, *_address(facts, url, headline_at)]
    found = [*(found or alone(facts, american, headline_at)), *_in_picture(facts)]
    _mark_masthead(facts, found, headline_at, fetched.date())
    return found


def _is_close(claim: Claim) -> bool:
    """Whether a visible date stands so near the headline that no other need be looked for."""
    return claim.role != "modified" and claim.weight >= NEAR and not claim.above


def _mark_masthead(facts: Facts, claims: list[Claim], headline_at: int | None, today: date) -> None:
    """Mark visible dates of the site's own header, which prints the day of reading.

    That stands above the headline and shares no container with it but the page.
    """
    at = next((h.node for h in facts.headings if h.order == headline_at), -1)
    if at < 0:
        at = next((b.node for b in facts.blocks if b.order == headline_at), -1)
    if at < 0 or headline_at is None:
        return
    around: list[int] = []
    while at >= 0:
        around.append(at)
        at = facts.nodes[at].parent
    for claim in claims:
        if claim.node < 0 or claim.order >= headline_at or claim.labelled:
            continue
        if text_begins(facts, claim.order) >= headline_at:
            far = headline_at - claim.order > BETWEEN or claim.moment.date() == today
            claim.masthead = _in_masthead(facts, claim.node, around, far=far)


def _in_masthead(facts: Facts, node: int, around: list[int], *, far: bool) -> bool:
    at = node
    while at >= 0 and at not in around:
        at = facts.nodes[at].parent
    whole = at >= 0 and facts.nodes[at].size > WIDE * facts.nodes[0].size
    return whole and (far or bool(facts.nodes[node].zone & Mark.BOILER))


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
    printed = [raws[0] for name, raws in facts.metas.items() if name in _DATED_METAS]
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


def _address(facts: Facts, url: str, headline_at: int | None) -> Iterator[Claim]:
    """The day in the address, with the clock of a line that names only its weekday."""
    path = urlsplit(url).path
    found = day_in_address(path)
    if found:
        clock = _clock_of(found.weekday(), facts, headline_at)
        moment = datetime.combine(found, clock or time())
        yield Claim(moment, clock is not None, "url", path, 5.5, "url", "day")


def _clock_of(weekday: int, facts: Facts, headline_at: int | None) -> time | None:
    """The clock of a line beside the headline that names this weekday: "E enjte, 06:30"."""
    for block in lines_around(facts, headline_at):
        away = abs(block.order - (headline_at or 0))
        if away > 2 * CLOSE or len(block.text) > LONG_LINE or not DIGIT.search(block.text):
            continue
        text = fold(block.apart or block.text)
        said = _CLOCK.search(text) if WEEKDAYS[weekday].search(text) else None
        if said:
            return time(int(said[1]), int(said[2]))
    return None


_CLOCK: Final = re.compile(r"(?<![\d:.])([01]?\d|2[0-3])[:.]([0-5]\d)(?![\d:.])")
WEEKDAYS: Final = tuple(
    re.compile(rf"\b(?:{names})\b")
    for names in (
        "e? ?hene|monday|понеделник", "e? ?marte|tuesday|вторник", "e? ?merkure|wednesday|среда",
        "e? ?enjte|thursday|четврток", "e? ?premte|friday|петок", "e? ?shtune|saturday|сабота",
        "e? ?diel|sunday|недела",
    )
)  # fmt: skip
# folded, Monday first


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
