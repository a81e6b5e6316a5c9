"""A report laid out for paper: sections and lines in the reader's language, still no markup.

Markdown, Word and PDF tell the same things in the same order; what differs is how they are set.
Every word that an outlet, a colleague or a file wrote is plain here (`reports.formats.plain`),
and every piece of the report stands in exactly one line: a dated copy under the first piece that
carried its text, an undated piece in a section of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from crawler.models import Language, Outcome
from reports.formats.plain import LONGEST, plain, web_address
from reports.nouns import Completeness, Piece, Report, Text
from reports.sentences import (
    NOT_CHECKABLE,
    by_hand_apart,
    day,
    keywords,
    looked,
    made,
    mentions,
    moment,
    numbers,
    outcome,
    silence,
    statement,
    trouble,
)
from reports.words import say

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
    # "40", "12 of 18"
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


def paper(report: Report, language: Language) -> Paper:
    """The report for a reader of `language`, ready to be set."""
    event = report.event
    when = day(event.date, language) if event.date else None
    answer = f"{numbers(report, language)}." if report.pieces else silence(report, language)
    said = (f"{statement(report, language)}.", by_hand_apart(report, language))
    columns = ("outlet", "outcome", "listed", "read", "matched", "how")
    return Paper(
        title=plain(event.title, LONGEST),
        under=plain(" · ".join(part for part in (event.place, when, event.organiser) if part)),
        introduction=tuple(_paragraphs(event.introduction or "")),
        answer=plain(answer),
        cards=tuple(_cards(report, language)) if report.pieces else (),
        statement=tuple(plain(sentence) for sentence in said if sentence),
        groups=tuple(_groups(report, language)),
        undated=tuple(_undated(report, piece, language) for piece in report.undated),
        doubtful=tuple(_line(report, piece, language) for piece in report.doubtful),
        changes=tuple(_changes(report, language)),
        unchecked=tuple(_unchecked(report, language)),
        columns=tuple(say(name, language) for name in columns),
        rows=tuple(_row(report, row, language) for row in report.completeness),
        method=tuple(plain(line) for line in _method(report, language)),
    )


def _paragraphs(text: str) -> Iterator[str]:
    return (shown for part in text.split("\n\n") if (shown := plain(part)))


def _cards(report: Report, language: Language) -> Iterator[Card]:
    told = report.summary
    complete = sum(row.outcome is Outcome.COMPLETE for row in report.completeness)
    for name in ("pieces", "texts", "outlets", "owners"):
        yield _card(name, getattr(told, name), language)
    words = say("card_complete", language, n=complete)
    of = say("of_total", language, n=complete, total=len(report.completeness))
    yield Card(figure=of, words=words)
    for name in ("undated", "unreviewed", "doubtful"):
        if number := getattr(told, name):
            yield _card(name, number, language)


def _card(name: str, number: int, language: Language) -> Card:
    return Card(figure=str(number), words=say(f"card_{name}", language, n=number))


# --- the list -------------------------------------------------------------------------


def threads(report: Report) -> tuple[tuple[Piece, ...], ...]:
    """The dated pieces, those with one text together, earliest first; each piece once."""
    texts = report.texts or (Text(key="", pieces=(piece,)) for piece in report.pieces)
    dated = (tuple(piece for piece in text.pieces if piece.published) for text in texts)
    place = {piece.article: at for at, piece in enumerate(report.pieces)}
    return tuple(sorted(filter(None, dated), key=lambda pieces: place.get(pieces[0].article, -1)))


def _groups(report: Report, language: Language) -> Iterator[Group]:
    """By outlet in the order of the denominator; whoever stands outside of it comes last."""
    names = {row.outlet: row.outlet_name for row in report.completeness}
    grouped: dict[str, list[Line]] = {slug: [] for slug in names}
    for thread in threads(report):
        first = thread[0]
        names.setdefault(first.outlet, first.outlet_name)
        grouped.setdefault(first.outlet, []).append(_thread(report, thread, language))
    for slug, lines in grouped.items():
        if lines:
            yield Group(outlet=plain(names[slug], LONGEST), lines=tuple(lines))


def _thread(report: Report, thread: tuple[Piece, ...], language: Language) -> Line:
    first = _line(report, thread[0], language)
    copies = (_copy(report, thread[0], piece, language) for piece in thread[1:])
    return replace(first, copies=tuple(copies))


def _line(report: Report, piece: Piece, language: Language) -> Line:
    return Line(
        outlet=plain(piece.outlet_name, LONGEST),
        headline=headline(piece, language),
        address=web_address(piece.url),
        language=piece.language,
        told=plain(_told(mentions(report, piece, language), piece, language)),
        marks=tuple(_marks(report, piece, language)),
    )


def headline(piece: Piece, language: Language) -> str:
    """As readers see it: a person's correction first; never empty, never endless."""
    return plain(piece.corrected or piece.headline or "", LONGEST) or say("no_headline", language)


def _told(told: str, piece: Piece, language: Language) -> str:
    parts = (told, say("added_by_hand", language) if piece.by_hand else "")
    return " · ".join(part for part in parts if part)


def _copy(report: Report, first: Piece, piece: Piece, language: Language) -> Line:
    line = _line(report, piece, language)
    gone = say("gone", language) if piece.gone_since else ""
    later = lag(piece.lag_minutes, language) if piece.lag_minutes is not None else ""
    when = later or mentions(report, replace(piece, gone_since=None), language)
    told = " · ".join(part for part in (when, gone) if part)
    same = line.headline == headline(first, language)
    return replace(line, told=plain(_told(told, piece, language)), same=same)


def _undated(report: Report, piece: Piece, language: Language) -> Line:
    line = _line(report, piece, language)
    first = next((one for one in report.pieces if one.article == piece.copy_of), None)
    if first is None:
        return line
    same = say("same_text", language, name=plain(first.outlet_name, LONGEST))
    return replace(line, told=" · ".join(part for part in (line.told, same) if part))


def lag(minutes: int, language: Language) -> str:
    """`12 minutes later`, `3 hours later`, `2 days later`: whole units, rounded down."""
    if minutes < 1:
        return say("in_the_minute", language)
    if minutes < HOUR:
        return say("minutes_later", language, n=minutes)
    if minutes < LONG:
        return say("hours_later", language, n=minutes // HOUR)
    return say("days_later", language, n=minutes // (24 * HOUR))


# --- what stands below a headline ---------------------------------------------------------


def _marks(report: Report, piece: Piece, language: Language) -> Iterator[Mark]:
    if piece.corrected and piece.headline:
        read = say("as_read", language, headline=plain(piece.headline, LONGEST))
        yield Mark(kind="corrected", words=read)
    if piece.translation:
        who = translator(piece, language)
        yield Mark(kind="translation", words=plain(piece.translation, LONGEST), by=who)
    for change in piece.changes:
        when = moment(change.at, report.event, language)
        was = say("was_before", language, when=when, old=plain(change.old, LONGEST))
        yield Mark(kind="before", words=was)
    yield from _by_a_person(piece, language)


def _by_a_person(piece: Piece, language: Language) -> Iterator[Mark]:
    if piece.note and piece.by:
        words = say("noted_by", language, who=plain(piece.by), note=plain(piece.note))
        yield Mark(kind="note", words=words)
    elif piece.note:
        yield Mark(kind="note", words=say("noted", language, note=plain(piece.note)))
    if piece.tone:
        words = say("tone_by_person", language, tone=plain(piece.tone, LONGEST))
        yield Mark(kind="tone", words=words)
    if piece.archive:
        address = web_address(piece.archive)
        shown = say("archive", language) if address else plain(piece.archive, LONGEST)
        yield Mark(kind="archive", words=shown, address=address)


def translator(piece: Piece, language: Language) -> str:
    """Whose a translation is; a machine's always says so."""
    who = plain(piece.translation_by or "", LONGEST)
    if piece.by_machine:
        name = who.removeprefix("machine").lstrip(": ")
        told = say("by_machine", language)
        return f"{told}: {name}" if name else told
    return say("translated_by", language, who=who) if who else say("translated", language)


# --- the other parts ----------------------------------------------------------------------


def _changes(report: Report, language: Language) -> Iterator[tuple[str, str, str, str]]:
    for piece in report.pieces:
        for change in piece.changes:
            words = (piece.outlet_name, change.old, change.new)
            outlet, old, new = (plain(word, LONGEST) for word in words)
            yield outlet, old, new, moment(change.at, report.event, language)


def _unchecked(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    """What no statement of coverage stands on: closed, half read and unasked outlets."""
    open_ends = (*NOT_CHECKABLE, Outcome.PARTIAL, None)
    for row in report.completeness:
        if row.outcome in open_ends:
            yield plain(row.outlet_name, LONGEST), plain(trouble(report, row, language))


def _row(report: Report, row: Completeness, language: Language) -> tuple[str, ...]:
    seen = looked(row, report.event, language)
    told = outcome(row, language)
    return (
        plain(row.outlet_name, LONGEST),
        plain(f"{told} ({seen})" if seen else told),
        "–" if row.listed is None else str(row.listed),
        "–" if row.outcome is None else str(row.read),
        str(row.matched),
        ", ".join(say(way.value, language) for way in row.how) or "–",
    )


def _method(report: Report, language: Language) -> Iterable[str]:
    event, method = report.event, report.method
    days = {"first": day(event.first_day, language), "last": day(event.last_day, language)}
    yield say("window", language, **days, zone=event.zone)
    yield say("keywords", language, groups=keywords(event.keywords, language))
    if method.keywords:
        yield f"{say('understood', language)}: {'; '.join(method.keywords)}"
    if method.ways:
        ways = ", ".join(say(way.value, language) for way in method.ways)
        yield say("looked_by", language, ways=ways)
    yield from _counted(report, language)
    if method.agent:
        yield say("agent", language, agent=method.agent)
    yield made(report, language)


def _counted(report: Report, language: Language) -> Iterator[str]:
    method, right = report.method, report.method.precision
    if right:
        yield say("precision_of", language, accepted=right.accepted, decided=right.decided)
    if report.summary.unreviewed:
        yield say("unreviewed", language, n=report.summary.unreviewed)
    if method.elsewhere:
        yield say("elsewhere", language, n=method.elsewhere)
