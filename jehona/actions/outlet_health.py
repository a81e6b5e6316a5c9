"""How each outlet is doing by the record, asking nobody; one outlet's checks and rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from crawler.config import find_outlet
from crawler.config.files import toml_text
from crawler.models import Check, Event, Outlet
from crawler.outcomes import RANK, best
from crawler.record import NoRecord, Record, history, standing
from crawler.record.standing import Held, Row
from jehona.actions.errors import Unknown
from jehona.actions.office import Office

# Of the record, for pieces a week.
LOOKED_BACK: Final = timedelta(weeks=4)
WEEKS: Final = 4
MOST_CHECKS: Final = 40
MOST_ROWS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletStanding:
    """One outlet as its last checks left it."""

    outlet: Outlet
    # what speaks for the newest run that asked it; None: never asked
    check: Check | None
    # what a person last saw there; None: nobody looked
    hand: Check | None
    # aware; when a check was last complete, None: never
    last_complete: datetime | None
    # what the record has of it
    held: Held

    @property
    def per_week(self) -> float:
        """Pieces a week, of the last four."""
        return round(self.held.recent / WEEKS, 1)

    def as_json(self) -> dict[str, Any]:
        """One outlet of the document."""
        return {
            "outlet": self.outlet.slug,
            "name": self.outlet.name,
            "use": self.outlet.use,
            "outcome": self.check and self.check.outcome,
            "reason": self.check and self.check.reason,
            "next_step": self.check and self.check.next_step,
            "reached": self.check and self.check.reached,
            "last_complete": self.last_complete,
            "by_hand": self.hand,
            "pieces": self.held.pieces,
            "per_week": self.per_week,
            "expected_per_week": self.outlet.expect.per_week,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """Every outlet: those that did not answer first, by name among equals."""

    outlets: tuple[OutletStanding, ...]

    @property
    def asked(self) -> tuple[OutletStanding, ...]:
        """Those that were asked, or looked at by hand."""
        return tuple(one for one in self.outlets if one.check or one.hand)

    @property
    def not_asked(self) -> tuple[OutletStanding, ...]:
        """The others."""
        return tuple(one for one in self.outlets if not (one.check or one.hand))

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return {"outlets": [one.as_json() for one in self.outlets]}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletPage:
    """One outlet, looked at closely."""

    standing: OutletStanding
    # the newest first, each with its run
    checks: tuple[tuple[int, Check], ...]
    # the newest of what it listed, as it was read
    rows: tuple[Row, ...]
    # its TOML, as it stands
    file: str
    # events that expect it by name
    expected_by: tuple[Event, ...]

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return {
            **self.standing.as_json(),
            "checks": [{"run": run, "check": check} for run, check in self.checks],
            "rows": self.rows,
        }


def outlets(office: Office) -> Outlets:
    """How every outlet is doing, by its last checks. Read only. Raises RegistryError."""
    known = sorted(office.outlets().values(), key=lambda one: one.name.casefold())
    since = office.clock() - LOOKED_BACK
    try:
        with office.to_read() as record:
            found = [_standing(record, one, since) for one in known]
    except NoRecord:
        found = [_unknown(one) for one in known]
    return Outlets(outlets=tuple(sorted(found, key=_worst_first)))


def outlet(office: Office, slug: str) -> OutletPage:
    """One outlet with its checks, its rows and its file. Read only.

    Raises Unknown where there is none such, RegistryError, RecordRefused.
    """
    known = office.outlets()
    if slug not in known:
        raise Unknown("{slug}: no such outlet", slug=slug)
    one = find_outlet(slug, known)
    events = tuple(e for e in office.events().values() if slug in e.expected_outlets)
    assert one.source
    text = toml_text(one.source)
    try:
        with office.to_read() as record:
            return OutletPage(
                standing=_standing(record, one, office.clock() - LOOKED_BACK),
                checks=standing.checks_of(record, slug, most=MOST_CHECKS),
                rows=standing.rows_of(record, slug, most=MOST_ROWS),
                file=text,
                expected_by=events,
            )
    except NoRecord:
        return OutletPage(standing=_unknown(one), checks=(), rows=(), file=text, expected_by=events)


def _worst_first(one: OutletStanding) -> int:
    """Higher ranks are better outcomes' in `RANK`: what never was asked stands behind all."""
    return -RANK[one.check.outcome] if one.check else 1


def _standing(record: Record, one: Outlet, since: datetime) -> OutletStanding:
    made = standing.newest_checks(record, one.slug)
    return OutletStanding(
        outlet=one,
        check=best(made) if made else None,
        hand=standing.newest_hand_check(record, one.slug),
        last_complete=history.last_success(record, one.slug),
        held=standing.held(record, one.slug, since=since),
    )


def _unknown(one: Outlet) -> OutletStanding:
    held = Held(pieces=0, newest=None, recent=0)
    return OutletStanding(outlet=one, check=None, hand=None, last_complete=None, held=held)
