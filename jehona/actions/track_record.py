"""How well each outlet was followed so far: days answered for, gaps, how soon its pieces came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from crawler.models import Outlet
from crawler.record import NoRecord, Record, history
from crawler.run.publishing_rate import Stretch, united
from jehona.actions.errors import Unknown
from jehona.actions.office import Office
from reports.how_sure import TrackRecord

__all__ = ["TrackRecord", "followed", "track_record", "track_records"]

DAY = timedelta(days=1)


def track_records(office: Office, slugs: Sequence[str] = ()) -> tuple[TrackRecord, ...]:
    """The track record of each of these outlets, else of all in use.

    Raises Unknown for a slug that nobody described, RegistryError, RecordRefused.
    """
    asked = _asked(office, slugs)
    with office.to_read() as record:
        return tuple(track_record(record, outlet) for outlet in asked)


def followed(office: Office, slugs: Sequence[str] = ()) -> tuple[TrackRecord, ...]:
    """The same; nothing of each before anything was gathered. Raises as `track_records`."""
    try:
        return track_records(office, slugs)
    except NoRecord:
        return tuple(_measured(outlet, (), ()) for outlet in _asked(office, slugs))


def track_record(record: Record, outlet: Outlet) -> TrackRecord:
    """The same of one outlet, from an open record."""
    stretches = united(history.covered(record, outlet.slug))
    return _measured(outlet, stretches, history.found_after(record, outlet.slug))


def _asked(office: Office, slugs: Sequence[str]) -> list[Outlet]:
    known = office.outlets()
    for slug in slugs:
        if slug not in known:
            raise Unknown("{slug}: no such outlet; `jehona outlets list` has them all", slug=slug)
    return [known[slug] for slug in slugs] or [one for one in known.values() if one.use]


def _measured(
    outlet: Outlet,
    stretches: Sequence[Stretch],
    told: Sequence[tuple[datetime | None, str | None, datetime]],
) -> TrackRecord:
    """By what was answered for, in order, and its pieces as `found_after` has them."""
    answered = sum((until - since for since, until in stretches), timedelta())
    gaps = [after[0] - before[1] for before, after in pairwise(stretches)]
    # what was published before anybody asked came late for another reason
    begun = min((seen for *_, seen in told), default=None)
    waits = [
        (seen - published).total_seconds() / 60
        for published, precision, seen in told
        if published and precision == "minute" and begun and begun <= published <= seen
    ]
    return TrackRecord(
        outlet=outlet,
        since=stretches[0][0] if stretches else None,
        until=stretches[-1][1] if stretches else None,
        days=answered / DAY,
        longest_gap=max(gaps, default=timedelta()) / DAY,
        pieces=len(told),
        undated=sum(published is None for published, *_ in told),
        median_minutes=round(median(waits)) if waits else None,
    )
