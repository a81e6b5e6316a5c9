"""A report as it may leave the office: without what colleagues wrote for each other.

What is handed on holds no private note, no name of who decided, looked or translated, no score and
no reason of a match; the office's own edition keeps everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from crawler.urls import is_private_host
from reports.forms import Edition
from reports.models import Completeness, Piece, Report

# Who translated, where no name is told: `Piece.by_machine`.
MACHINE: Final = "machine"


def told_to(report: Report, edition: Edition) -> Report:
    """The report as an edition tells it."""
    return for_readers(report) if edition is Edition.READERS else report


def for_readers(report: Report) -> Report:
    """The same report without notes, reasons and names; a machine's translation stays named.

    What a person saw at an outlet, and when, stays: it is what the statement of completeness
    rests on. Who looked, and what was noted of it, does not. Matches that only wait are left out.
    """
    return replace(
        report,
        pieces=_pieces(report.pieces),
        doubtful=(),
        how_sure=None,
        texts=tuple(
            replace(text, pieces=_pieces(text.pieces), possibly=()) for text in report.texts
        ),
        completeness=tuple(_checked(row) for row in report.completeness),
        method=replace(report.method, rules=(), keywords=(), precision=None, agent=None),
    )


def _checked(row: Completeness) -> Completeness:
    return replace(row, by=None, note=None, next_step=None)


def _machine(piece: Piece) -> str | None:
    """Whose the machine is; one of the office's own is no address that a reader could ask."""
    told = piece.translation_by or ""
    host = told.partition(":")[2].strip().rpartition(":")[0] or told.partition(":")[2].strip()
    return MACHINE if is_private_host(host) or "." not in host else told


def _pieces(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(
        replace(
            piece,
            note=None,
            by=None,
            because=(),
            signals=(),
            translation_by=_machine(piece) if piece.by_machine else None,
        )
        for piece in pieces
    )
