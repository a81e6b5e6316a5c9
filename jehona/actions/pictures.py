"""Asking for the pictures that outlets name for their pieces, because a person chose to.

What comes is kept small, in this workspace alone: `jehona.actions.picture_copies`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from crawler.outcomes import Trouble
from crawler.run.fetch_pictures import Wanted, fetch_pictures
from jehona.actions import picture_copies
from jehona.actions.office import Office
from jehona.actions.report import report_of
from reports.models import Piece

# Exit codes of docs/outcomes.md.
NOTHING: Final = 1
PART: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceCopy:
    """One piece's picture, and what became of it."""

    # the piece
    piece: Piece
    # address of its picture
    picture: str
    # whether a copy lies in the workspace now
    kept: bool
    # whether it was made just now
    new: bool
    # why there is none
    trouble: Trouble | None

    def as_json(self) -> dict[str, Any]:
        """A row of `pictures[]` in docs/json.md."""
        why = self.trouble
        return {
            "article": self.piece.article,
            "outlet": self.piece.outlet,
            "url": self.piece.link,
            "picture": self.picture,
            "kept": self.kept,
            "new": self.new,
            "reason": why.reason.value if why else None,
            "note": why.note if why else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The pictures of an event's pieces."""

    # slug
    event: str
    # those with a picture, in the report's order
    copies: tuple[PieceCopy, ...]
    # pieces without one: none is named, and the office put none of its own
    without: int

    @property
    def refused(self) -> tuple[PieceCopy, ...]:
        """Those of which no copy could be made."""
        return tuple(one for one in self.copies if not one.kept)

    @property
    def code(self) -> int:
        """The exit code: 0 all are kept, 3 some are, 1 none."""
        if not self.refused:
            return 0
        return PART if len(self.refused) < len(self.copies) else NOTHING

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        rows = [one.as_json() for one in self.copies]
        return {"event": self.event, "pictures": rows, "without": self.without}


def copy(office: Office, event: str, *, highlights: bool = False) -> Copies:
    """Make small copies of the pictures of an event's pieces; those that are there stay.

    `highlights`: of highlights alone. Outlets are asked as in a crawl. Raises RegistryError for an
    unknown event, RecordRefused.
    """
    report = report_of(office, event)
    asked = [piece for piece in report.pieces if piece.highlight or not highlights]
    bare = [piece for piece in asked if not piece.picture]
    pairs = [(piece, piece.named_picture) for piece in bare if piece.named_picture]
    absent = {
        address: Wanted(outlet=piece.outlet, url=address)
        for piece, address in reversed(pairs)
        if not picture_copies.place_of(office, address).exists()
    }
    wanted = tuple(reversed(absent.values()))
    keep = lambda one, body: picture_copies.keep(office, one.url, body)  # noqa: E731
    refused = fetch_pictures(office.workspace, office.outlets(), wanted, keep)
    troubles = {one.url: trouble for one, trouble in refused.items()}
    copies = [
        PieceCopy(
            piece=piece,
            picture=address,
            kept=address not in troubles,
            new=address in absent and address not in troubles,
            trouble=troubles.get(address),
        )
        for piece, address in pairs
    ]
    return Copies(event=report.event.slug, copies=tuple(copies), without=len(bare) - len(pairs))


def take_away(office: Office, event: str) -> int:
    """Delete the copies of an event's pieces; how many there were. Raises RegistryError."""
    addresses = (piece.named_picture for piece in report_of(office, event).pieces)
    return picture_copies.delete(office, filter(None, addresses))
