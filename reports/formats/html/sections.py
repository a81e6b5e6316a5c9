"""What stands after the list: what waits, what changed, how complete it is, how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from crawler.models import Language, Outcome
from reports import charts
from reports.formats.html.links import address, code, short
from reports.formats.html.rows import Block, Row, reasons
from reports.formats.plain import plain
from reports.models import Completeness, Piece, Report
from reports.readiness import open_ends
from reports.sentences import (
    by_hand_apart,
    headline,
    looked,
    method,
    moment,
    outcome,
    searched,
    trouble,
)
from reports.words import say

# Rows of the sections that only point at the list.
POINTED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A match that only waits, with all that a person needs to decide."""

    headline: str
    # as printed
    href: str | None
    # the piece
    lang: str | None
    # of the headline
    about: str
    # "Portali i Fushës · 14 maj, 09:00"
    why: tuple[str, ...]
    # the reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One of two pieces that may carry the same text."""

    words: str
    # "Letrari: Panairi në shifra", its address where it is no row of the list
    href: str | None
    # "#p38", or its address
    inside: bool
    # whether it is a row of the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a person has to settle."""

    doubtful: tuple[Doubtful, ...]
    # matches that are not counted
    unseen: tuple[Row, ...]
    # the first of the pieces that nobody decided on
    undated: tuple[Row, ...]
    # the first of the pieces without a date
    possibly: tuple[tuple[End, End], ...]
    # pairs that may carry one text


def waiting(report: Report, blocks: Sequence[Block], language: Language) -> Waiting:
    """Everything that waits; the lists that point at rows are cut at POINTED."""
    rows = [row for block in blocks for row in block.rows]
    return Waiting(
        doubtful=tuple(_doubtful(report, piece, language) for piece in report.doubtful),
        unseen=tuple([row for row in rows if not row.accepted][:POINTED]),
        undated=tuple([row for row in rows if not row.at.day][:POINTED]),
        possibly=tuple(_possibly(report, rows)),
    )


def _possibly(report: Report, rows: Sequence[Row]) -> Iterator[tuple[End, End]]:
    pairs = dict.fromkeys(pair for text in report.texts for pair in text.possibly)
    known = {row.href: row for row in rows} if pairs else {}
    bare = {piece.url: piece for piece in report.pieces if piece.link is None}
    for one, other in list(pairs)[:POINTED]:
        yield _end(one, known, bare), _end(other, known, bare)


def _end(url: str, known: Mapping[str | None, Row], bare: Mapping[str, Piece]) -> End:
    if piece := bare.get(url):
        words = f"{short(piece.outlet_name)}: {short(piece.shown)}"
        return End(words=words, href=None, inside=False)
    href = address(url)
    row = known.get(href) if href else None
    if row is None:
        return End(words=short(url), href=href, inside=False)
    return End(words=f"{row.outlet}: {row.headline}", href=f"#{row.anchor}", inside=True)


def _doubtful(report: Report, piece: Piece, language: Language) -> Doubtful:
    told = [short(piece.outlet_name)]
    if piece.published:
        told.append(moment(piece.published, report.event, language, piece.precision))
    return Doubtful(
        headline=headline(piece, language),
        href=address(piece.url),
        lang=code(piece.language),
        about=" · ".join(told),
        why=tuple(reasons(piece, language)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A headline that an outlet replaced."""

    outlet: str
    # its name
    before: str
    # as it stood
    after: str
    # what replaced it
    when: str
    # when we noticed
    href: str | None
    # the piece
    lang: str | None
    # of both headlines


def changes(report: Report, language: Language) -> Iterator[Changed]:
    """Every replaced headline, by piece."""
    for piece in report.pieces:
        for change in piece.changes:
            yield Changed(
                outlet=short(piece.outlet_name),
                before=short(change.old),
                after=short(change.new),
                when=moment(change.at, report.event, language),
                href=address(piece.url),
                lang=code(piece.language),
            )


def unchecked(report: Report, language: Language) -> Iterator[tuple[Markup, str, str]]:
    """Sign, name and what to do for every outlet that is not, or not wholly, in the list."""
    for row in open_ends(report):
        sign = Markup(charts.mark(row.outcome))  # noqa: S704 - holds no words
        yield sign, short(row.outlet_name), plain(trouble(report, row, language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One outlet of the denominator."""

    name: str
    # as readers know it
    sign: Markup
    # of its outcome
    outcome: str
    # in words
    seen: str | None
    # who looked by hand, or how far back a half check got
    gauge: Markup
    # listed, read and matched drawn
    listed: str
    # "412", "–" where the outlet gives no number
    read: str
    # "412"
    matched: int
    # pieces of the report
    how: str
    # the ways


def checked(report: Report, language: Language) -> Iterator[Checked]:
    """Every outlet asked, in the order given."""
    for row in report.completeness:
        yield Checked(
            name=short(row.outlet_name),
            sign=Markup(charts.mark(row.outcome)),  # noqa: S704 - holds no words
            outcome=outcome(row, language),
            seen=_seen(report, row, language),
            gauge=Markup(charts.gauge(row)),  # noqa: S704 - holds no words
            listed="–" if row.listed is None else str(row.listed),
            read="–" if row.outcome is None else str(row.read),
            matched=row.matched,
            how=", ".join(say(way.value, language) for way in row.how) or "–",
        )


def _seen(report: Report, row: Completeness, language: Language) -> str | None:
    if told := looked(row, report.event, language):
        return short(told)
    if row.outcome is Outcome.PARTIAL and row.reached:
        return f"{say('col_reached', language)} {moment(row.reached, report.event, language)}"
    return None


def apart(report: Report, language: Language) -> str | None:
    """What was found by hand and is no row of the list."""
    told = by_hand_apart(report, language)
    return plain(told) if told else None


def told_of_method(report: Report, language: Language) -> Iterator[str]:
    """How the report was made, a sentence each; the terms stand beside it."""
    every = (*searched(report, language), *method(report, language))
    return (plain(sentence) for sentence in every)
