"""How well each outlet was followed so far: days answered for, gaps, how soon its pieces came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from statistics import median

from crawler.models import Outlet
from crawler.record import NoRecord, Record, history
from crawler.run.publishing_rate import united
from jehona.actions.errors import Unknown
from jehona.actions.office import Office
from reports.how_sure import TrackRecord

__all__ = ["TrackRecord", "followed", "track_record", "track_records"]

DAY = timedelta(days=1)


def track_records(office: Office, slugs: Sequence[str] = ()) -> tuple[TrackRecord, ...]:
    """The track record of each of these outlets, else of all in use.

    Raises Unknown for a slug that nobody described, RegistryError, RecordRefused.
    """
    known = office.outlets()
    for slug in slugs:
        if slug not in known:
            raise Unknown("{slug}: no such outlet; `jehona outlets list` has them all", slug=slug)
    asked = [known[slug] for slug in slugs] or [one for one in known.values() if one.use]
    with office.to_read() as record:
        return tuple(track_record(record, outlet) for outlet in asked)


def followed(office: Office, slugs: Sequence[str] = ()) -> tuple[TrackRecord, ...]:
    """The same; nothing of each before anything was gathered. Raises as `track_records`."""
    try:
        return track_records(office, slugs)
    except NoRecord:
        known = office.outlets()
        return tuple(
            _none(one) for one in known.values() if (one.slug in slugs if slugs else one.use)
        )


def _none(outlet: Outlet) -> TrackRecord:
    return TrackRecord(
        outlet=outlet,
        since=None,
        until=None,
        days=0.0,
        longest_gap=0.0,
        pieces=0,
        undated=0,
        median_minutes=None,
    )


def track_record(record: Record, outlet: Outlet) -> TrackRecord:
    """The same of one outlet, from an open record."""
    stretches = united(history.covered(record, outlet.slug))
    told = history.found_after(record, outlet.slug)
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
