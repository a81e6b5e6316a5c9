"""A post made of a report: title, introduction, then outlet by outlet its linked headlines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from crawler.models import Event, Language
from reports.nouns import Piece, Report
from reports.publishing.gutenberg import heading, items, link, paragraph, text
from reports.publishing.post import Entry, Picture, Post
from reports.sentences import moment, silence, statement
from reports.words import say


def post_of(report: Report, language: Language, picture: Picture | None = None) -> Post:
    """The post of a report, in the order of its outlets."""
    pieces = tuple(_in_order(report))
    return Post(
        event=report.event.slug,
        title=report.event.title,
        blocks="\n\n".join(_blocks(report, pieces, language)),
        language=language,
        entries=tuple(map(entry_of, pieces)),
        picture=picture,
    )


def with_archives(report: Report, swapped: Collection[str]) -> Report:
    """The report with the archived copies of these pieces, by key, in the place of their links."""
    if not swapped:
        return report

    def archived(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
        return tuple(
            replace(piece, url=piece.archive or piece.url) if piece.article in swapped else piece
            for piece in pieces
        )

    texts = tuple(replace(told, pieces=archived(told.pieces)) for told in report.texts)
    return replace(report, pieces=archived(report.pieces), texts=texts)


def entry_of(piece: Piece) -> Entry:
    """What a list says of one piece."""
    return Entry(
        article=piece.article, outlet=piece.outlet_name, headline=piece.shown, url=piece.url
    )


def _in_order(report: Report) -> Iterator[Piece]:
    """Outlet by outlet; report.pieces are earliest first, undated ones last."""
    for row in report.completeness:
        yield from (piece for piece in report.pieces if piece.outlet == row.outlet)


def _blocks(report: Report, pieces: Sequence[Piece], language: Language) -> Iterator[str]:
    for told in (report.event.introduction or "").split("\n\n"):
        if told.strip():
            yield paragraph(text(told))
    if not pieces:
        yield paragraph(text(silence(report, language)))
        return
    yield heading(text(say("published", language)))
    yield from lists(map(entry_of, pieces))
    yield paragraph(f"<em>{text(statement(report, language))}.</em>")


def lists(entries: Iterable[Entry]) -> Iterator[str]:
    """Each outlet's name, and under it its linked headlines."""
    for outlet, rows in groupby(entries, key=lambda entry: entry.outlet):
        yield paragraph(f"<strong>{text(outlet)}:</strong>")
        yield items(link(entry.headline, entry.url) for entry in rows)


def update_block(
    more: Sequence[Entry], since: datetime | None, event: Event, language: Language
) -> str:
    """`Update: 3 more since ...` with the list: blocks to paste into a post that we leave alone."""
    if since is None:
        title = say("update_missing", language, n=len(more))
    else:
        when = moment(since, event, language)
        title = say("update_more", language, n=len(more), when=when)
    return "\n\n".join([heading(text(title), level=3), *lists(more)])
