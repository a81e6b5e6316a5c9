"""The date of publication: the claims of a page weighed against each other.

Never the day of an edit while another is said, never a comment's, a teaser's or today's. UTC
metadata against the outlet's local day is resolved by the outlet's zone, or by the local clock or
day that the page itself shows. A wrong date is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfoNotFoundError

from crawler.models import Outlet, Precision, Said, When
from crawler.reading.page.claim import Claim
from crawler.reading.page.claims import claims_of
from crawler.reading.page.facts import Facts
from crawler.reading.page.page_models import Candidate
from crawler.reading.page.printed_days import EARLIEST
from crawler.reading.page.shown_days import NEAR, SURE
from crawler.reading.zones import zone_of

WEAK: Final = 3.5
# weight of a date that gives way to a sure date of an edit
SPEAKS: Final = 3.0
# weight of a claim that is heard when others disagree
BESIDE: Final = 5.5
# weight of a date that stands right beside the headline
FAINT: Final = 2.0
# weight up to which a visible date is not believed: of 885 labelled pages none was right
AHEAD: Final = timedelta(days=1)
# a date further in the future than this is refused
WEST: Final = timedelta(hours=-12)
EAST: Final = timedelta(hours=14)
# the offsets that clocks on earth have
HALF_HOUR: Final = 1_800
# seconds: offsets are multiples of it, but for Nepal's
MOST_CANDIDATES: Final = 30
NO_ZONE: Final = "no zone told"
# ends the rule of a local clock that is kept as if it were UTC's, for want of a zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """What the page says about its dates."""

    published: When | None
    # None: nothing credible is said
    modified: When | None
    # the last edit that the page names
    modified_layer: str
    # where: "meta:article:modified_time", "" without
    confidence: float
    # 1.0 where all that speak agree on the day
    candidates: tuple[Candidate, ...]
    # all claims, the winner first
    notes: tuple[str, ...] = ()
    # what was refused and what disagrees


def dated(
    facts: Facts,
    *,
    url: str,
    fetched: datetime,
    outlet: Outlet | None,
    zone: str | None,
    headline_at: int | None,
    listed: Said[When] | None = None,
    shown: bool = True,
) -> Dated:
    """The page's dates. `headline_at` is the place of the headline's heading, None without one.

    `zone` is the IANA name of the zone in which dates without an offset are meant, None where it
    is not known. Of the candidates the winner alone where they are not `shown`.
    """
    notes: list[str] = []
    claims: list[Claim] = []
    clock = _zone(zone)
    for claim in claims_of(
        facts, url=url, fetched=fetched, outlet=outlet, zone=zone if clock else None,
        headline_at=headline_at, listed=listed,
    ):  # fmt: skip
        refusal = _refusal(claim, fetched, clock)
        if refusal is None:
            claims.append(claim)
        elif refusal not in notes:
            notes.append(refusal)
    return _judged(claims, notes, clock, MOST_CANDIDATES if shown else 1)


def _zone(name: str | None) -> tzinfo | None:
    try:
        return zone_of(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _refusal(claim: Claim, fetched: datetime, zone: tzinfo | None) -> str | None:
    today = fetched.astimezone(zone or fetched.tzinfo).date()
    if claim.masthead or (claim.above and claim.moment.date() == today):
        return f"date {claim.raw[:40]} above the headline is today's, as mastheads print it"
    moment = claim.moment if claim.moment.tzinfo else claim.moment.replace(tzinfo=UTC)
    if moment > fetched + AHEAD:
        return f"date {claim.raw[:40]} of {claim.layer} is in the future"
    if moment.year < EARLIEST:
        return f"date {claim.raw[:40]} of {claim.layer} is before {EARLIEST}"
    return None


def _judged(claims: list[Claim], notes: list[str], zone: tzinfo | None, most: int) -> Dated:
    published = [c for c in claims if c.role != "modified"]
    modified = [c for c in claims if c.role == "modified"]
    for claim, more in [(c, _support(c, published)) for c in published]:
        claim.weight += more
    published.sort(key=lambda c: -c.weight)
    best = _best(published, modified, zone)
    edit = max(modified, key=lambda c: c.weight) if modified else None
    when, confidence = None, 0.0
    if best is not None:
        when = _when(best, _local_day(best, published, zone), zone)
        confidence = _agreement(best, published, zone, notes)
    ranked = sorted(claims, key=lambda c: (c is not best, -c.weight))
    return Dated(
        published=when,
        modified=_when(edit, None, zone) if edit else None,
        modified_layer=edit.layer if edit else "",
        confidence=confidence,
        candidates=tuple(_candidate(c, best, zone) for c in ranked[:most]),
        notes=tuple(notes),
    )


def _best(
    published: Sequence[Claim], modified: Sequence[Claim], zone: tzinfo | None
) -> Claim | None:
    """The claim that wins, with the clock and the offset that others on the page print."""
    published = [c for c in published if not _is_faint(c)]
    modified = [c for c in modified if not _is_faint(c)]
    best = published[0] if published else None
    weak = best is None or best.weight < WEAK
    if modified and (best is None or (weak and max(c.weight for c in modified) > SURE)):
        best = min(modified, key=lambda c: (-c.weight, _day(c, zone)))
    if best is None:
        return None
    best = _printed(best, published, modified, zone) or best
    return _with_offset(_with_clock(best, published, zone), published, zone)


def _printed(
    best: Claim, published: Sequence[Claim], modified: Sequence[Claim], zone: tzinfo | None
) -> Claim | None:
    """The day that readers see, where what machines are told is a later one: an edit, an import.

    Either a word says that the piece was published then, or the declared moment is that of the
    last edit too. A day's difference is the zone's.
    """
    if not best.layer.startswith(("json-ld", "meta")) or best.role == "modified":
        return None
    day = _day(best, zone)
    shown = [c for c in published if c.node >= 0 and not c.above and c.weight >= NEAR]
    if not shown:
        return None
    claim = next((c for c in shown if c.labelled), shown[0])
    others = [c for c in shown if not c.labelled and c.weight > claim.weight - 1]
    if any(abs((_day(c, zone) - day).days) <= 1 for c in others):
        return None
    edit = any(_day(c, zone) == day for c in modified)
    apart = (day - _day(claim, zone)).days > (0 if zone is not None and claim.clock else 1)
    return claim if apart and (claim.labelled or (edit and claim.weight >= BESIDE)) else None


def _is_faint(claim: Claim) -> bool:
    """Whether a visible date stands where other pieces, notes and footers have theirs."""
    return claim.weight <= FAINT and claim.layer.startswith("visible:")


def _agreement(
    best: Claim, published: Sequence[Claim], zone: tzinfo | None, notes: list[str]
) -> float:
    """The share of claims within a day of the winner; a disagreement is noted."""
    day = _day(best, zone)
    speak = [c for c in published if c.weight > SPEAKS]
    others = [c for c in speak if abs((_day(c, zone) - day).days) > 1]
    if others:
        other = others[0]
        notes.append(f"{other.layer} says {other.raw[:40]}, {best.layer} says {best.raw[:40]}")
    return 1 - len(others) / len(speak) if speak else 0.3


def _candidate(claim: Claim, best: Claim | None, zone: tzinfo | None) -> Candidate:
    return Candidate(
        field="published",
        value=_when(claim, None, zone),
        layer=f"page:{claim.layer}",
        raw=claim.raw[:200],
        weight=claim.weight,
        won=claim is best,
        why=claim.why or claim.role,
    )


def _support(claim: Claim, others: Sequence[Claim]) -> float:
    """Other places that name the same day, a little each."""
    day = claim.moment.date()
    layers = {c.layer for c in others if c.layer != claim.layer and c.moment.date() == day}
    return min(1.5, 0.4 * len(layers))


# --- days and clocks -------------------------------------------------------------------


def _day(claim: Claim, zone: tzinfo | None) -> date:
    if zone is not None and claim.clock and claim.moment.tzinfo is not None:
        return claim.moment.astimezone(zone).date()
    return claim.moment.date()


def _with_clock(best: Claim, others: Sequence[Claim], zone: tzinfo | None) -> Claim:
    """The claim that tells the time of the day that won, where the winner tells only the day."""
    if best.clock:
        return best
    day = _day(best, zone)
    for other in others:
        if other.clock and other.weight >= WEAK and _day(other, zone) == day:
            other.why = f"tells the time of the day that {best.layer} names"
            return other
    return best


def _with_offset(best: Claim, others: Sequence[Claim], zone: tzinfo | None) -> Claim:
    """A moment in UTC in the outlet's own offset, where the page prints its local clock too."""
    if zone is not None or not best.utc:
        return best
    for other in others:
        away = _offset_between(best.moment, other) if other.clock else None
        if away:
            best.moment = best.moment.astimezone(timezone(away))
            best.why = f"in UTC; {other.layer} prints the local clock"
            return best
    return best


def _offset_between(moment: datetime, other: Claim) -> timedelta | None:
    """The offset in which `other` is the local clock of a moment in UTC."""
    if other.moment.tzinfo is not None:
        same = abs(moment - other.moment) < timedelta(minutes=1)
        return other.moment.utcoffset() if same else None
    away = other.moment.replace(second=0) - moment.replace(tzinfo=None, second=0)
    fits = WEST <= away <= EAST and away.total_seconds() % HALF_HOUR == 0
    return away if fits else None


def _local_day(best: Claim, others: Sequence[Claim], zone: tzinfo | None) -> date:
    """The outlet's own day of a moment in UTC: by its zone, else as the page shows it."""
    day = _day(best, zone)
    if zone is not None or not best.utc:
        return day
    local = [c for c in others if not c.utc and c.weight > SPEAKS]
    days = {c.moment.date(): c for c in local}
    possible = {(best.moment + WEST).date(), (best.moment + EAST).date()} & days.keys()
    if day in days or not possible:
        return day
    other = min(possible)
    best.why = f"in UTC; {days[other].layer} shows the local day"
    return other


def _when(claim: Claim, day: date | None, zone: tzinfo | None) -> When:
    moment, rule = claim.moment, claim.rule
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone or UTC)
        rule = rule if zone or not claim.clock else f"{rule}, {NO_ZONE}"
    elif zone is not None and claim.utc:
        moment = moment.astimezone(zone)
    if day is not None and day != moment.date():
        start = datetime.combine(day, time(), zone or UTC)
        return When(instant=_fixed(start), precision="day", rule=f"{rule}, local day")
    if not claim.clock:
        moment = moment.replace(hour=0, minute=0, second=0)
    precision: Precision = "minute" if claim.clock else "day"
    return When(instant=_fixed(moment), precision=precision, rule=rule)


def _fixed(moment: datetime) -> datetime:
    """`moment` with its offset at that time: two zones' datetimes then compare as instants."""
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))
