"""The links of a post: looked at before it goes out, and what a person should know of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.reading.row_fields import is_web_address
from crawler.run.link_check import Checked, Link, LinkState, check_links
from jehona.actions.office import Office
from reports.models import Piece, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkNote:
    """A link that does not simply lead to its piece."""

    # key: "a_7f3k2"
    article: str
    # as it would be linked
    url: str
    # as readers see it
    headline: str
    # as readers know it
    outlet: str
    # dead, redirected, retitled, unclear
    state: str
    # why
    note: str | None
    # the archived copy that is linked instead
    archive: str | None


def linked(report: Report) -> tuple[Piece, ...]:
    """The pieces whose address is one of the web: a broadcast or a print piece may have none."""
    return tuple(piece for piece in report.pieces if is_web_address(piece.url))


def look(office: Office, report: Report) -> tuple[Checked, ...]:
    """Where every link of the report leads now; the outlets are asked as in a crawl."""
    links = [
        Link(
            article=piece.article,
            outlet=piece.outlet,
            url=piece.url,
            headline=piece.headline,
            typed=piece.by_hand,
        )
        for piece in linked(report)
    ]
    return check_links(office.workspace, office.outlets(), links)


def astray(checked: Sequence[Checked]) -> frozenset[str]:
    """Keys of the pieces whose link no longer leads to them."""
    states = {LinkState.DEAD, LinkState.REDIRECTED, LinkState.RETITLED}
    return frozenset(one.link.article for one in checked if one.state in states)


def dead(checked: Sequence[Checked], report: Report) -> int:
    """How many links of the post are dead, and have no archived copy in their place."""
    gone = {one.link.article for one in checked if one.state is LinkState.DEAD}
    return sum(1 for p in report.pieces if p.article in gone and not p.archive)


def notes(checked: Sequence[Checked], report: Report) -> tuple[LinkNote, ...]:
    """What a person should know; links that lead where they should are left out."""
    pieces = {piece.article: piece for piece in report.pieces}
    return tuple(
        LinkNote(
            article=one.link.article,
            url=one.link.url,
            headline=pieces[one.link.article].shown,
            outlet=pieces[one.link.article].outlet_name,
            state=one.state.value,
            note=one.note,
            archive=pieces[one.link.article].archive,
        )
        for one in checked
        if one.state is not LinkState.ALIVE
    )
