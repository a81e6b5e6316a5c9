"""A report laid out for paper: sections and lines in the reader's language, still no markup.

Markdown, Word and PDF tell the same things in the same order; what differs is how they are set.
Every word that an outlet, a colleague or a file wrote is plain here (`reports.formats.plain`),
and every piece of the report stands in exactly one line: a dated copy under the first piece that
carried its text, an undated piece in a section of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from crawler.models import Language, Outcome
from reports.formats.plain import LONGEST, plain, web_address
from reports.models import Completeness, Piece, Report, Text
from reports.readiness import open_ends
from reports.sentences import (
    by_hand_apart,
    headline,
    looked,
    mentions,
    method,
    moment,
    numbers,
    outcome,
    searched,
    silence,
    statement,
    translator,
    trouble,
)
from reports.words import day, say

HOUR = 60
# Two days: beyond, hours say less than days.
LONG = 48 * HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something said below a headline."""

    kind: str
    # translation | corrected | before | note | tone | archive
    words: str
    # "Note by ana: the photograph is ours"
    by: str | None = None
    # translation only, whose it is: "machine translation: 127.0.0.1:5000"
    address: str | None = None
    # archive only


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One piece as a paper shows it."""

    outlet: str
    # as readers know it
    headline: str
    # as readers see it, cut where it is none
    address: str | None
    # of the web, None for any other scheme
    language: str | None
    # ISO 639-1, of the headline
    told: str
    # what stands behind it: "16 maj, 12:40 · anglisht", of a copy "12 minutes later"
    marks: tuple[Mark, ...]
    # what stands below it
    copies: tuple[Line, ...] = ()
    # who carried the same text later
    same: bool = False
    # a copy whose headline is that of the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The lines of one outlet."""

    outlet: str
    # as readers know it
    lines: tuple[Line, ...]
    # in the order of publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One figure of the summary."""

    figure: str
    # "40", "12/18"
    words: str
    # "pieces"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Everything that a paper says, in order; empty parts are left out by who sets it."""

    title: str
    # of the event
    under: str
    # place, day and organiser
    introduction: tuple[str, ...]
    # the office's own paragraphs
    answer: str
    # the report in one sentence
    cards: tuple[Card, ...]
    # its figures
    statement: tuple[str, ...]
    # how complete the list is
    groups: tuple[Group, ...]
    # by outlet
    undated: tuple[Line, ...]
    # pieces without a date
    doubtful: tuple[Line, ...]
    # what waits for a person and is not counted
    changes: tuple[tuple[str, str, str, str], ...]
    # outlet, first headline, new one, when it was noticed
    unchecked: tuple[tuple[str, str], ...]
    # outlet, and why nothing is known of it
    columns: tuple[str, ...]
    # of the table of outlets
    rows: tuple[tuple[str, ...], ...]
    # its rows
    method: tuple[str, ...]
    # how the report was made


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom a report is laid out for."""

    report: Report
    # the whole
    language: Language
    # the reader's
    main: str | None
    # what most pieces are written in; counted once
    firsts: Mapping[str, Piece]
    # every piece by its key


def paper(report: Report, language: Language) -> Paper:
    """The report for a reader of `language`, ready to be set."""
    pieces = {piece.article: piece for piece in report.pieces}
    reader = Reader(report=report, language=language, main=report.main_language, firsts=pieces)
    event = report.event
    when = day(event.date, language) if event.date else None
    answer = f"{numbers(report, language)}." if report.pieces else silence(report, language)
    said = (f"{statement(report, language)}.", by_hand_apart(report, language))
    columns = ("col_outlet", "outcome", "listed", "read", "matched", "how")
    return Paper(
        title=plain(event.title, LONGEST),
        under=plain(" · ".join(part for part in (event.place, when, event.organiser) if part)),
        introduction=tuple(filter(None, map(plain, (event.introduction or "").split("\n\n")))),
        answer=plain(answer),
        cards=tuple(_cards(reader)) if report.pieces else (),
        statement=tuple(plain(sentence) for sentence in said if sentence),
        groups=tuple(_groups(reader)),
        undated=tuple(_undated(reader, piece) for piece in report.undated),
        doubtful=tuple(_line(reader, piece) for piece in report.doubtful),
        changes=tuple(_changes(reader)),
        unchecked=tuple(_unchecked(reader)),
        columns=tuple(say(name, language) for name in columns),
        rows=tuple(_row(reader, row) for row in report.completeness),
        method=tuple(plain(line) for line in _method(reader)),
    )


def _cards(reader: Reader) -> Iterator[Card]:
    told = reader.report.summary
    complete = sum(row.outcome is Outcome.COMPLETE for row in reader.report.completeness)
    for name in ("pieces", "texts", "outlets", "owners"):
        yield _card(name, getattr(told, name), reader.language)
    words = say("card_complete", reader.language, n=complete)
    of = say("paper_of_total", reader.language, n=complete, total=len(reader.report.completeness))
    yield Card(figure=of, words=words)
    for name in ("undated", "unreviewed", "doubtful"):
        if number := getattr(told, name):
            yield _card(name, number, reader.language)


def _card(name: str, number: int, language: Language) -> Card:
    return Card(figure=str(number), words=say(f"card_{name}", language, n=number))


# --- the list -------------------------------------------------------------------------


def threads(report: Report) -> tuple[tuple[Piece, ...], ...]:
    """The dated pieces, those with one text together, earliest first; each piece once."""
    texts = report.texts or (Text(key="", pieces=(piece,)) for piece in report.pieces)
    dated = (tuple(piece for piece in text.pieces if piece.published) for text in texts)
    place = {piece.article: at for at, piece in enumerate(report.pieces)}
    return tuple(sorted(filter(None, dated), key=lambda pieces: place.get(pieces[0].article, -1)))


def _groups(reader: Reader) -> Iterator[Group]:
    """By outlet in the order of the denominator; whoever stands outside of it comes last."""
    names = {row.outlet: row.outlet_name for row in reader.report.completeness}
    grouped: dict[str, list[Line]] = {slug: [] for slug in names}
    for thread in threads(reader.report):
        first = thread[0]
        names.setdefault(first.outlet, first.outlet_name)
        copies = tuple(_copy(reader, first, piece) for piece in thread[1:])
        line = replace(_line(reader, first), copies=copies)
        grouped.setdefault(first.outlet, []).append(line)
    for slug, lines in grouped.items():
        if lines:
            yield Group(outlet=plain(names[slug], LONGEST), lines=tuple(lines))


def _line(reader: Reader, piece: Piece) -> Line:
    return Line(
        outlet=plain(piece.outlet_name, LONGEST),
        headline=headline(piece, reader.language),
        address=web_address(piece.url),
        language=piece.language,
        told=plain(_told(reader, _mentions(reader, piece), piece)),
        marks=tuple(_marks(reader, piece)),
    )


def _mentions(reader: Reader, piece: Piece) -> str:
    return mentions(reader.report, piece, reader.language, reader.main)


def _told(reader: Reader, told: str, piece: Piece) -> str:
    by_hand = say("added_by_hand", reader.language) if piece.by_hand else ""
    parts = (told, by_hand, piece.remark or "")
    return " · ".join(part for part in parts if part)


def _copy(reader: Reader, first: Piece, piece: Piece) -> Line:
    line = _line(reader, piece)
    gone = say("gone", reader.language) if piece.gone_since else ""
    later = lag(piece.lag_minutes, reader.language) if piece.lag_minutes is not None else ""
    when = later or _mentions(reader, replace(piece, gone_since=None))
    told = " · ".join(part for part in (when, gone) if part)
    same = line.headline == headline(first, reader.language)
    return replace(line, told=plain(_told(reader, told, piece)), same=same)


def _undated(reader: Reader, piece: Piece) -> Line:
    line = _line(reader, piece)
    first = reader.firsts.get(piece.copy_of or "")
    if first is None:
        return line
    same = say("paper_same_text", reader.language, name=plain(first.outlet_name, LONGEST))
    return replace(line, told=" · ".join(part for part in (line.told, same) if part))


def lag(minutes: int, language: Language) -> str:
    """`12 minutes later`, `3 hours later`, `2 days later`: whole units, rounded down."""
    if minutes < 1:
        return say("paper_in_the_minute", language)
    if minutes < HOUR:
        return say("paper_minutes_later", language, n=minutes)
    if minutes < LONG:
        return say("paper_hours_later", language, n=minutes // HOUR)
    return say("paper_days_later", language, n=minutes // (24 * HOUR))


# --- what stands below a headline ---------------------------------------------------------


def _marks(reader: Reader, piece: Piece) -> Iterator[Mark]:
    if piece.corrected and piece.headline:
        read = say("corrected", reader.language, headline=plain(piece.headline, LONGEST))
        yield Mark(kind="corrected", words=read)
    if piece.translation:
        who = translator(piece, reader.language)
        yield Mark(kind="translation", words=plain(piece.translation, LONGEST), by=who)
    for change in piece.changes:
        when = moment(change.at, reader.report.event, reader.language)
        was = say("paper_was_before", reader.language, when=when, old=plain(change.old, LONGEST))
        yield Mark(kind="before", words=was)
    yield from _by_a_person(reader, piece)


def _by_a_person(reader: Reader, piece: Piece) -> Iterator[Mark]:
    if piece.note and piece.by:
        words = say("paper_noted_by", reader.language, who=plain(piece.by), note=plain(piece.note))
        yield Mark(kind="note", words=words)
    elif piece.note:
        yield Mark(kind="note", words=say("paper_noted", reader.language, note=plain(piece.note)))
    if piece.tone:
        words = say("paper_tone_by_person", reader.language, tone=plain(piece.tone, LONGEST))
        yield Mark(kind="tone", words=words)
    if piece.archive:
        address = web_address(piece.archive)
        shown = say("archived", reader.language) if address else plain(piece.archive, LONGEST)
        yield Mark(kind="archive", words=shown, address=address)


# --- the other parts ----------------------------------------------------------------------


def _changes(reader: Reader) -> Iterator[tuple[str, str, str, str]]:
    for piece in reader.report.pieces:
        for change in piece.changes:
            words = (piece.outlet_name, change.old, change.new)
            outlet, old, new = (plain(word, LONGEST) for word in words)
            yield outlet, old, new, moment(change.at, reader.report.event, reader.language)


def _unchecked(reader: Reader) -> Iterator[tuple[str, str]]:
    """What no statement of coverage stands on: closed, half read and unasked outlets."""
    for row in open_ends(reader.report):
        told = trouble(reader.report, row, reader.language)
        yield plain(row.outlet_name, LONGEST), plain(told)


def _row(reader: Reader, row: Completeness) -> tuple[str, ...]:
    seen = looked(row, reader.report.event, reader.language)
    told = outcome(row, reader.language)
    return (
        plain(row.outlet_name, LONGEST),
        plain(f"{told} ({seen})" if seen else told),
        "–" if row.listed is None else str(row.listed),
        "–" if row.outcome is None else str(row.read),
        str(row.matched),
        ", ".join(say(way.value, reader.language) for way in row.how) or "–",
    )


def _method(reader: Reader) -> Iterator[str]:
    yield from searched(reader.report, reader.language)
    if terms := reader.report.method.keywords:
        yield f"{say('understood', reader.language)}: {'; '.join(terms)}"
    yield from method(reader.report, reader.language)
