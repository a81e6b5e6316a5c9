"""The date of publication: machines' words first, then what stands beside the headline.

Never the day of an edit while another is said, never a comment's, a teaser's or today's. UTC
metadata against the outlet's local day is resolved by the outlet's zone, or by the local day that
the page itself shows. Order of trust: measured on pages with labels (docs/reading.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.models import Outlet, Said, When
from crawler.reading.page.days import EARLIEST, day_in_address, first_day, machine_time
from crawler.reading.page.gather import Facts, Spot
from crawler.reading.page.marks import Mark
from crawler.reading.page.nouns import Candidate
from crawler.reading.page.structured import ARTICLES, kinds, words

CLOSE: Final = 12
# elements after the headline in which nothing can belong to another piece
WEAK: Final = 3.5
# weight of a date that gives way to a sure date of an edit
SURE: Final = 5.0
# weight of a visible date that needs no second opinion
AHEAD: Final = timedelta(days=1)
# a date further in the future than this is refused
PUBLISHED_METAS: Final = {
    "article:published_time": 9.0,
    "og:article:published_time": 8.5,
    "og:published_time": 8.5,
    "article:published": 8.5,
    "article:publish_date": 8.5,
    "datepublished": 8.5,
    "rnews:datepublished": 8.5,
    "parsely-pub-date": 8.5,
    "sailthru.date": 7.5,
    "cxenseparse:recs:publishtime": 8.5,
    "cxenseparse:publishtime": 8.5,
    "dc.date.issued": 8.0,
    "dcterms.issued": 8.0,
    "dcterms.created": 7.0,
    "dc.date.created": 7.0,
    "dcterms:created": 7.0,
    "publish-date": 8.0,
    "publishdate": 8.0,
    "publish_date": 8.0,
    "publisheddate": 8.0,
    "published_at": 8.0,
    "published": 7.5,
    "published_time": 8.0,
    "publication_date": 8.0,
    "publicationdate": 8.0,
    "pubdate": 7.0,
    "article.published": 8.0,
    "bt:pubdate": 8.0,
    "article_date_original": 8.0,
    "originalpublicationdate": 8.0,
    "displaydate": 7.0,
    "content:publishdate": 8.0,
    "og:release_date": 6.0,
    "date_published": 8.0,
    "dc.date": 5.5,
    "date": 5.5,
    "dc.date.available": 6.0,
    "article:create_at": 7.0,
    "datecreated": 6.0,
    "citation_publication_date": 7.0,
    "citation_date": 7.0,
    "release_date": 6.0,
    "created": 5.5,
    "ptime": 6.5,
    "search_date": 5.0,
    "shareaholic:article_published_time": 8.0,
    "date.issued": 7.0,
    "doc_date": 6.0,
    "article.created": 6.5,
    "cxenseparse:recs:published_time": 8.0,
    "vr:published_time": 8.0,
    "live_date": 6.0,
    "pdate": 6.5,
    "dcterms.date": 5.0,
    "article:posted_time": 8.0,
    "uploaddate": 4.5,
    "post_date": 7.0,
    "lastpublished": 4.0,
}
MODIFIED_METAS: Final = (
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "article:modified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "bt:moddate",
    "dc.date.modified",
    "revision_date",
    "last_updated_date",
    "article:updated_time",
)


_EDITED = re.compile(
    r"\b(?:updated?|modified|edited|aktualisiert|ge[äa]ndert|mis à jour|modifi[ée]|actualizado|aggiornat[oa]|atualizado"
    r"|bijgewerkt|opdateret|oppdatert|uppdaterad|aktualizov[áa]no|zaktualizowan[oa]|përditësuar|ažurirano|обновлено|Stand)\b|更新",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """What the page says about its dates."""

    published: When | None
    modified: When | None
    modified_layer: str
    confidence: float
    # 1.0 where all that speak agree on the day
    candidates: tuple[Candidate, ...]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Claim:
    moment: datetime
    # aware or naive
    clock: bool
    layer: str
    raw: str
    weight: float
    rule: str
    role: str = "published"
    # or "modified", "day" (address, visible: a local day)
    why: str = ""

    @property
    def utc(self) -> bool:
        return self.clock and self.moment.tzinfo is not None and not self.moment.utcoffset()


def dated(
    facts: Facts,
    *,
    url: str,
    fetched: datetime,
    outlet: Outlet | None,
    headline_at: int | None,
    listed: Said[When] | None = None,
) -> Dated:
    """The page's dates. `headline_at` is the place of the headline's heading, None without one."""
    notes: list[str] = []
    claims = []
    zone = outlet.zone if outlet is not None else None
    american = _month_first(facts, url) if outlet is None else outlet.country == "US"
    shown = list(_shown(facts, american, headline_at))
    machine = [*_machine(facts), *_listing(listed)]
    if (
        not machine
        and outlet is not None
        and zone is not None
        and not any(c.weight >= SURE for c in shown)
    ):
        shown += _printed(facts, fetched, zone, outlet.languages, headline_at)
    for claim in (
        *machine,
        *shown,
        *_beside(facts, american, headline_at),
        *_address(url),
        *_in_picture(facts),
    ):
        refusal = _refusal(claim, fetched)
        if refusal is None:
            claims.append(claim)
        elif refusal not in notes:
            notes.append(refusal)
    return _judged(claims, notes, _zone(zone), fetched)


def _zone(name: str | None) -> tzinfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _refusal(claim: _Claim, fetched: datetime) -> str | None:
    moment = claim.moment if claim.moment.tzinfo else claim.moment.replace(tzinfo=UTC)
    if moment > fetched + AHEAD:
        return f"date {claim.raw[:40]} of {claim.layer} is in the future"
    if moment.year < EARLIEST:
        return f"date {claim.raw[:40]} of {claim.layer} is before {EARLIEST}"
    return None


def _machine(facts: Facts) -> Iterator[_Claim]:
    for thing in facts.things:
        types = kinds(thing)
        piece = bool(types & ARTICLES)
        for name, weight in (
            ("datePublished", 10.0),
            ("dateCreated", 6.0),
            ("uploadDate", 4.0),
            ("dateModified", 2.0),
        ):
            raw = words(thing.get(name))
            if not raw or (
                not piece
                and types & {"imageobject", "comment", "person", "event", "claimreview", "product"}
            ):
                continue
            found = machine_time(raw) or first_day(raw, month_first=None)
            if found is None:
                continue
            if not piece:
                weight = min(weight, 7.0 if types & {"webpage", "collectionpage"} else 3.0)
            role = "modified" if name == "dateModified" else "published"
            yield _Claim(found[0], found[1], f"json-ld:{name}", raw, weight, found[2], role)
    for name, weight in PUBLISHED_METAS.items():
        for raw in facts.metas.get(name, ())[:1]:
            found = machine_time(raw) or first_day(raw, month_first=None)
            if found:
                yield _Claim(found[0], found[1], f"meta:{name}", raw, weight, found[2])
    for name in MODIFIED_METAS:
        for raw in facts.metas.get(name, ())[:1]:
            found = machine_time(raw)
            if found:
                yield _Claim(found[0], found[1], f"meta:{name}", raw, 1.5, found[2], "modified")


def _listing(listed: Said[When] | None) -> Iterator[_Claim]:
    if listed is not None:
        when = listed.value
        yield _Claim(
            when.instant, when.precision == "minute", listed.layer, listed.raw or "", 7.0, when.rule
        )


def _printed(
    facts: Facts, fetched: datetime, zone: str, languages: Sequence[str], headline_at: int | None
) -> Iterator[_Claim]:
    """Dates in the outlet's own way of printing them ("Dje në 14:20", "para 2 orësh")."""
    from crawler.reading.dates import read_date  # noqa: PLC0415 - large tables

    ranked = sorted(
        ((_worth(s, facts, headline_at), s) for s in facts.dates[:60] if 3 < len(s.text) < 80),
        key=lambda p: -p[0],
    )
    for weight, spot in ranked[:6]:
        when = read_date(spot.text, base=fetched, zone=zone, languages=languages or ("sq", "en"))
        if isinstance(when, When) and weight > 0:
            edited = bool(spot.mark & Mark.UPDATED)
            yield _Claim(
                when.instant,
                when.precision == "minute",
                f"visible:{_place(spot)}",
                spot.text,
                weight + 0.2,
                when.rule,
                "modified" if edited else "published",
            )


def _shown(facts: Facts, month_first: bool | None, headline_at: int | None) -> Iterator[_Claim]:
    for spot in facts.dates[:200]:
        weight = _worth(spot, facts, headline_at)
        if weight <= 0:
            continue
        modified = spot.prop in {"datemodified", "dateupdated"} or (
            bool(spot.mark & Mark.UPDATED) and spot.prop != "datepublished"
        )
        role = "modified" if modified else "published"
        machine = machine_time(spot.value) if spot.value else None
        if machine:
            extra = 2.5 if spot.prop in {"datepublished", "datecreated"} else 0.5
            yield _Claim(
                machine[0],
                machine[1],
                _place(spot),
                spot.value or "",
                weight + extra,
                machine[2],
                role,
            )
        shown = first_day(spot.text, month_first=month_first) if len(spot.text) < 250 else None
        if shown:
            if len(spot.text) > 80:
                weight -= 0.5
            yield _Claim(
                shown[0],
                shown[1],
                f"visible:{_place(spot)}",
                spot.text[:120],
                weight,
                shown[2],
                role if machine is None else "day",
            )


def _beside(facts: Facts, month_first: bool | None, headline_at: int | None) -> Iterator[_Claim]:
    """Dates in lines around the headline that no name of a class promises."""
    first, last = (-1, 60) if headline_at is None else (headline_at - 60, headline_at + 90)
    found = 0
    for block in facts.blocks:
        if block.order < first or found > 6:
            continue
        if block.order > last:
            break
        text = block.text
        zone = facts.nodes[block.node].zone
        away = 0 if headline_at is None else block.order - headline_at
        close = 0 < away <= CLOSE
        elsewhere = zone & Mark.TEASER or block.linked > 0.5 * len(text)
        if zone & Mark.COMMENTS or (elsewhere and not close):
            continue
        # a line that is mostly a date, or a text that opens with one
        shown = first_day(text[:45] if len(text) > 110 else text, month_first=month_first)
        if shown is None:
            continue
        found += 1
        weight = 4.5 if -6 <= away <= 40 else 3.2
        if len(text) > 110:
            weight -= 0.8
        edited = bool(_EDITED.search(text[:110]))
        yield _Claim(
            shown[0],
            shown[1],
            "beside the headline",
            text[:120],
            weight - edited,
            shown[2],
            "modified" if edited else "published",
        )


def _in_picture(facts: Facts) -> Iterator[_Claim]:
    """The day in the address of the page's picture: a last resort."""
    for raw in facts.metas.get("og:image", ())[:1]:
        found = day_in_address(urlsplit(raw).path) if raw.count("/") > 3 else None
        if found:
            yield _Claim(
                datetime.combine(found, time()), False, "meta:og:image", raw, 1.6, "url", "day"
            )


def _place(spot: Spot) -> str:
    return (
        f"time[{spot.prop}]"
        if spot.tag == "time"
        else f"{spot.tag}[{spot.prop}]"
        if spot.prop
        else spot.tag
    )


def _worth(spot: Spot, facts: Facts, headline_at: int | None) -> float:
    """How much the place of a date speaks for it."""
    zone = facts.nodes[spot.node].zone if spot.node >= 0 else 0
    if zone & Mark.COMMENTS:
        return 0.0
    weight = 4.0 + (0.5 if spot.tag == "time" else 0.0)
    if spot.prop in {"datepublished", "datecreated"}:
        weight += 0.5
    if zone & Mark.TEASER:
        weight -= 2.5
    if zone & Mark.BOILER:
        weight -= 1.0
    if spot.linked and not spot.prop:
        weight -= 2.0
    if headline_at is None:
        return weight - 1.0
    away = spot.order - headline_at
    if -12 <= away <= 40:
        return weight + 1.5
    if -40 <= away <= 120:
        return weight
    return weight - 1.5 if away > 0 else weight - 1.0


def _month_first(facts: Facts, url: str) -> bool | None:
    """Whether 03/04/2020 is March: pages in American English."""
    said = (facts.lang or facts.meta("og:locale", "language") or "").lower().replace("_", "-")
    host = urlsplit(url).hostname or ""
    if not said.startswith("en"):
        return False if said else None
    if said in {"en-us", "en-ph"}:
        return not host.endswith((".uk", ".au", ".nz", ".ie", ".in", ".za"))
    if said == "en" and host.endswith((".com", ".org", ".net", ".us", ".gov", ".edu")):
        return True
    return False


def _address(url: str) -> Iterator[_Claim]:
    path = urlsplit(url).path
    found = day_in_address(path)
    if found:
        yield _Claim(datetime.combine(found, time()), False, "url", path, 5.5, "url", "day")


def _judged(
    claims: list[_Claim], notes: list[str], zone: tzinfo | None, fetched: datetime
) -> Dated:
    published = [c for c in claims if c.role != "modified"]
    modified = [c for c in claims if c.role == "modified"]
    for claim in published:
        claim.weight += _support(claim, published)
    published.sort(key=lambda c: -c.weight)
    best = published[0] if published else None
    if modified and (
        best is None or (best.weight < WEAK and max(c.weight for c in modified) > SURE)
    ):
        best = min(modified, key=lambda c: (-c.weight, _day(c, zone)))
    edit = max(modified, key=lambda c: c.weight) if modified else None
    if best is not None:
        best = _with_offset(_with_clock(best, published, zone), published, zone)
    day = _local_day(best, published, zone) if best else None
    when = _when(best, day, zone) if best and day else None
    agree = [
        c
        for c in published
        if best and c.weight > 3 and abs((_day(c, zone) - _day(best, zone)).days) <= 1
    ]
    speak = [c for c in published if c.weight > 3]
    confidence = len(agree) / len(speak) if speak else 0.3
    if best is not None and len(agree) < len(speak):
        other = next(c for c in speak if c not in agree)
        notes.append(f"{other.layer} says {other.raw[:40]}, {best.layer} says {best.raw[:40]}")
    candidates = tuple(
        Candidate(
            field="published",
            value=_when(c, None, zone),
            layer=f"page:{c.layer}",
            raw=c.raw[:200],
            weight=c.weight,
            won=c is best,
            why=c.why or c.role,
        )
        for c in sorted(claims, key=lambda c: (c is not best, -c.weight))[:30]
    )
    return Dated(
        published=when,
        modified=_when(edit, None, zone) if edit else None,
        modified_layer=edit.layer if edit else "",
        confidence=confidence,
        candidates=candidates,
        notes=tuple(notes),
    )


def _support(claim: _Claim, others: Sequence[_Claim]) -> float:
    """Other places that name the same day, a little each."""
    day = claim.moment.date()
    layers = {
        other.layer
        for other in others
        if other is not claim and other.moment.date() == day and other.layer != claim.layer
    }
    return min(1.5, 0.4 * len(layers))


def _day(claim: _Claim, zone: tzinfo | None) -> date:
    if zone is not None and claim.clock and claim.moment.tzinfo is not None:
        return claim.moment.astimezone(zone).date()
    return claim.moment.date()


def _with_clock(best: _Claim, others: Sequence[_Claim], zone: tzinfo | None) -> _Claim:
    """The claim that tells the time of the day that won, where the winner tells only the day."""
    if best.clock:
        return best
    day = _day(best, zone)
    same = [c for c in others if c.clock and c.weight >= WEAK and _day(c, zone) == day]
    if not same:
        return best
    same[0].why = f"tells the time of the day that {best.layer} names"
    return same[0]


def _with_offset(best: _Claim, others: Sequence[_Claim], zone: tzinfo | None) -> _Claim:
    """A moment in UTC in the outlet's own offset, where the page prints its local clock too."""
    if zone is not None or not best.utc:
        return best
    utc = best.moment.replace(tzinfo=None)
    for other in others:
        if not other.clock or (other.moment.tzinfo is not None and other.utc):
            continue
        if other.moment.tzinfo is not None:
            local, away = other.moment, other.moment.utcoffset() or timedelta()
            if abs(best.moment - local) >= timedelta(minutes=1):
                continue
        else:
            away = other.moment.replace(second=0) - utc.replace(second=0)
        if away and away.total_seconds() % 1800 == 0 and -12 <= away.total_seconds() / 3600 <= 14:
            best.moment = best.moment.astimezone(timezone(away))
            best.why = f"in UTC; {other.layer} prints the local clock"
            return best
    return best


def _local_day(best: _Claim, others: Sequence[_Claim], zone: tzinfo | None) -> date:
    """The outlet's own day of a moment in UTC: by its zone, else as the page shows it."""
    day = _day(best, zone)
    if zone is not None or not best.utc:
        return day
    shown = [
        c
        for c in others
        if not c.utc and c is not best and c.weight > 4 and abs((c.moment.date() - day).days) == 1
    ]
    for claim in shown:
        other = claim.moment.date()
        if other in _days_around(best.moment) and not any(
            c.moment.date() == day for c in others if not c.utc and c.weight > 4
        ):
            best.why = f"in UTC; {claim.layer} shows the local day"
            return other
    return day


def _days_around(moment: datetime) -> set[date]:
    """The days on which a moment in UTC may fall somewhere: offsets from -12 to +14 hours."""
    return {
        (moment - timedelta(hours=12)).date(),
        moment.date(),
        (moment + timedelta(hours=14)).date(),
    }


def _when(claim: _Claim, day: date | None, zone: tzinfo | None) -> When:
    moment = claim.moment
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone or UTC)
    elif zone is not None and claim.clock and not moment.utcoffset():
        moment = moment.astimezone(zone)
    if day is not None and day != moment.date():
        return When(
            instant=datetime.combine(day, time(), zone or UTC),
            precision="day",
            rule=f"{claim.rule}, local day",
        )
    if not claim.clock:
        moment = moment.replace(hour=0, minute=0, second=0)
    return When(instant=moment, precision="minute" if claim.clock else "day", rule=claim.rule)
