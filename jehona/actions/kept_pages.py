"""The page of a piece as it was kept, to look at without asking anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.models import Article, SnapshotKind
from crawler.reading import Unreadable
from crawler.reading.page.harmless import harmless
from crawler.record import read
from jehona.actions.errors import Unknown
from jehona.actions.matches import piece_named
from jehona.actions.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page that was fetched once."""

    article: Article
    # of its text alone: elements without attributes, nothing that acts or is fetched
    shown: str
    # when the bytes came
    fetched: datetime


def kept_page(office: Office, event: str, article: str) -> KeptPage:
    """The latest page that is kept of a piece, by key or address.

    Read only. Raises Unknown where the record has no such piece or no page of it, RecordRefused.
    """
    what = office.event(event)
    with office.to_read() as record:
        piece = piece_named(record, article, what.slug)
        every = read.snapshots_of(record, piece.outlet, article=piece.key)
        pages = [one.snapshot for one in every if one.snapshot.kind is SnapshotKind.HTML]
    if not pages:
        raise Unknown(
            "{handle}: no page of it is kept, only what the outlet's list said", handle=piece.handle
        )
    last = pages[-1]
    try:
        shown = harmless(last.body, last.charset)
    except Unreadable as why:
        raise Unknown(
            "{handle}: what is kept is no page: {why}", handle=piece.handle, why=why
        ) from None
    return KeptPage(article=piece, shown=shown, fetched=last.fetched)
