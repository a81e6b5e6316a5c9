"""Accepted pieces, looked at again for some days: which are due, and by a run of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

from crawler.models import Lead
from crawler.reading.addresses import names_of
from crawler.reading.row_fields import is_web_address
from crawler.record import Record, second_looks
from crawler.record.second_looks import Watched
from crawler.run.conductor import Plan
from crawler.watching.second_looks import is_due
from jehona.actions import crawl
from jehona.actions.office import Office

Pieces: TypeAlias = Mapping[str, tuple[Lead, ...]]
# outlet -> its pieces that are due
Look: TypeAlias = Callable[[Office, Pieces], None]
# looks at pieces again; raises Failure in one line


def look_by_crawl(office: Office, pieces: Pieces) -> None:
    """Looks at pieces again by a run of its own, as any other guest's."""
    outlets = office.outlets()
    plan = Plan(
        workspace=office.workspace,
        outlets=tuple(outlets[slug] for slug in pieces),
        proof=pieces,
        again=True,
    )
    crawl.run(office, plan, watcher=lambda event: None)


def due(office: Office, record: Record, length: timedelta) -> dict[str, tuple[Lead, ...]]:
    """Outlet -> its accepted pieces whose time has come, of every event of the workspace."""
    now, outlets = office.clock(), office.outlets()
    keys: set[str] = set()
    for slug, event in office.events().items():
        # the last piece of an event comes as its window ends
        if event.window.end + length + timedelta(days=1) > now:
            keys.update(second_looks.accepted(record, slug))
    found: dict[str, list[Lead]] = {}
    for piece in second_looks.watched(record, keys):
        asked = piece.outlet in outlets and not outlets[piece.outlet].declined
        if asked and is_web_address(piece.url) and _is_due(piece, now, length):
            leads = found.setdefault(piece.outlet, [])
            leads.append(_lead(piece, len(leads)))
    return {outlet: tuple(leads) for outlet, leads in found.items()}


def _is_due(piece: Watched, now: datetime, length: timedelta) -> bool:
    return is_due(since=piece.since, seen=piece.seen, missing=piece.missing, now=now, length=length)


def _lead(piece: Watched, position: int) -> Lead:
    """What the spider is told of it."""
    return Lead(
        url=piece.url,
        aliases=names_of(piece.url),
        published=None,
        digest="",
        position=position,
        row={
            "article": piece.number,
            "post": piece.post,
            "etag": piece.etag,
            "modified": piece.modified,
            "missing": piece.missing,
        },
    )
