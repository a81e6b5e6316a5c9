"""Addresses of accepted pieces given to a web archive, by the office's choice."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from crawler.failure import Failure
from crawler.models import Article
from crawler.reading.row_fields import is_web_address
from crawler.record import decisions
from crawler.urls import is_loopback, is_private_host
from jehona.actions.errors import Wrong
from jehona.actions.matches import matches_in
from jehona.actions.office import Office
from reports.web_archive import NotArchived, saved_at

PAUSE: Final = 6.0
# seconds between two: we are guests there, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What was given to the archive."""

    # key of the piece -> address of its copy, which is kept as a decision
    copies: dict[str, str]
    # why there is none, a line each
    refused: tuple[Failure, ...]
    # pieces that were not asked for, because the archive wanted no more
    left: int


def give_to_archive(
    office: Office, event: str, *, wait: Callable[[float], None] = time.sleep
) -> Archived:
    """Give each accepted piece that has no archived copy to the archive, one after the other.

    Each copy is kept at once. Raises RegistryError for an unknown event, Wrong where jehona.toml
    has not chosen it, or gives no contact; RecordRefused.
    """
    archive, who = _chosen(office), office.who()
    slug, pieces = office.event(event).slug, _wanted(office, event)
    copies: dict[str, str] = {}
    refused: list[Failure] = []
    for number, piece in enumerate(pieces):
        if number:
            wait(PAUSE)
        try:
            place = saved_at(archive, piece.url, agent=office.workspace.agent)
        except NotArchived as why:
            refused.append(why)
            if why.over:
                break
            continue
        _keep(office, slug, piece, place, who)
        copies[piece.key] = place
    left = len(pieces) - len(copies) - len(refused)
    return Archived(copies=copies, refused=tuple(refused), left=left)


def _chosen(office: Office) -> str:
    """Which archive it is. Raises Wrong where nobody chose one, or jehona.toml has no contact."""
    own, toml = office.workspace.evidence, office.workspace.root / "jehona.toml"
    if not own.archive:
        raise Wrong("{toml}: [evidence] archive = true first: it gives addresses away", toml=toml)
    stays_here = is_loopback(urlsplit(own.archive_at).hostname or "")
    if office.workspace.contact is None and not stays_here:
        raise Wrong("{toml}: contact = ... first: the archive should know who asks", toml=toml)
    return own.archive_at


def _wanted(office: Office, event: str) -> tuple[Article, ...]:
    """Accepted pieces of the public web that have no copy yet."""
    what = office.event(event)
    with office.to_read() as record:
        accepted = matches_in(record, what, office.outlets()).accepted
        held = decisions.holding(record, what.slug)
    return tuple(
        piece
        for piece, _ in accepted
        if is_web_address(piece.url)
        and not is_private_host(urlsplit(piece.url).hostname or "")
        and held[piece.key].archive is None
    )


def _keep(office: Office, event: str, piece: Article, place: str, who: str) -> None:
    told = decisions.fresh(
        "archive", piece.key, event=event, value=place, by=who, at=office.clock()
    )
    with office.to_write() as record:
        decisions.decide(record, told)
