"""A report as it may leave the office: without what colleagues wrote for each other.

HTML, Word and PDF are handed on, so they hold no private note and no name of who decided, looked
or translated. Markdown, JSON and the tables are the office's own and keep everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reports.models import Piece, Report


def for_readers(report: Report) -> Report:
    """The same report without notes and names of colleagues; a machine's translation stays named.

    What a person saw at an outlet, and when, stays: it is what the statement of completeness
    rests on. Who looked does not.
    """
    return replace(
        report,
        pieces=_pieces(report.pieces),
        doubtful=_pieces(report.doubtful),
        texts=tuple(replace(text, pieces=_pieces(text.pieces)) for text in report.texts),
        completeness=tuple(replace(row, by=None) for row in report.completeness),
    )


def _pieces(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(
        replace(
            piece,
            note=None,
            by=None,
            translation_by=piece.translation_by if piece.by_machine else None,
        )
        for piece in pieces
    )
