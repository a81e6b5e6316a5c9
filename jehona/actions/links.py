"""The links of a post: looked at before it goes out, and what a person should know of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crawler.models import Workspace
from crawler.reading.row_fields import is_web_address
from reports.models import Piece, Report
from reports.publishing.messages import LinkTold

if TYPE_CHECKING:
    from crawler.run.link_check import Checked


def linked(report: Report) -> tuple[Piece, ...]:
    """The pieces whose address is one of the web: a broadcast or a print piece may have none."""
    return tuple(piece for piece in report.pieces if is_web_address(piece.url))


def look(desk: Workspace, report: Report) -> tuple[Checked, ...]:
    """Where every link of the report leads now; the outlets are asked as in a crawl."""
    from crawler.config import load_outlets  # noqa: PLC0415
    from crawler.run.link_check import Link, check_links  # noqa: PLC0415 - Scrapy

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
    return check_links(desk, load_outlets(desk), links)


def astray(checked: Sequence[Checked]) -> frozenset[str]:
    """Keys of the pieces whose link no longer leads to them."""
    from crawler.run.link_check import LinkState  # noqa: PLC0415

    states = {LinkState.DEAD, LinkState.REDIRECTED, LinkState.RETITLED}
    return frozenset(one.link.article for one in checked if one.state in states)


def dead(checked: Sequence[Checked], report: Report) -> int:
    """How many links of the post are dead, and have no archived copy in their place."""
    from crawler.run.link_check import LinkState  # noqa: PLC0415

    gone = {one.link.article for one in checked if one.state is LinkState.DEAD}
    return sum(1 for p in report.pieces if p.article in gone and not p.archive)


def told(checked: Sequence[Checked], report: Report) -> tuple[LinkTold, ...]:
    """What a person should know; links that lead where they should are left out."""
    from crawler.run.link_check import LinkState  # noqa: PLC0415

    pieces = {piece.article: piece for piece in report.pieces}
    return tuple(
        LinkTold(
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
