"""The office's own edition: everything, with what waits, what to do and who said what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from crawler.models import Language
from reports.document.blocks import (
    Block,
    Card,
    Cards,
    Changed,
    Changes,
    Hurdle,
    Item,
    Items,
    Line,
    Lines,
    Pieces,
    Pointer,
    Pointers,
    Section,
    Subhead,
    Text,
    Verdict,
)
from reports.document.own_words_parts import fully
from reports.document.parts import drawings, figures, highlights, how_complete, outlets
from reports.document.piece_lines import Scribe, code, short
from reports.document.sureness import beyond_outcomes, followed
from reports.formats.plain import capital, plain, web_address
from reports.models import Report
from reports.readiness import Kind, open_ends, readiness
from reports.sentences import method, moment, numbers, searched, silence, trouble, years_apart
from reports.words import say

# The section that tells each obstacle in full.
PLACES: Final[Mapping[Kind, str]] = {
    "unreviewed": "waiting",
    "doubtful": "waiting",
    "possibly": "waiting",
    "unchecked": "unchecked",
    "contradicted": "pieces",
    "unlisted": "method",
    "untranslated": "pieces",
    "new": "pieces",
    "lost": "pieces",
    "untold": "pieces",
}
# Rows of the sections that only point at the list.
POINTED: Final = 40


def sections(report: Report, language: Language, scribe: Scribe) -> Iterator[Section]:
    """The sections in order, those that have something to say."""
    pieces = scribe.pieces()
    made: tuple[tuple[str, str, Iterator[Block]], ...] = (
        ("answer", "paper_summary", _answer(report, language)),
        ("completeness", "completeness", _completeness(report, language)),
        ("highlights", "highlights", highlights(report, scribe)),
        ("charts", "charts", drawings(report, language)),
        ("own", "came_pickup", fully(report, pieces, language)),
        ("pieces", "published", iter([pieces] if pieces.total else [])),
        ("waiting", "waiting", _waiting(report, pieces, scribe, language)),
        ("changes", "changes", _changes(report, language)),
        ("unchecked", "unchecked", _unchecked(report, language)),
        ("outlets", "outlets", _outlets(report, language)),
        ("method", "method", _method(report, language)),
    )
    for key, title, some in made:
        if blocks := tuple(some):
            yield Section(key=key, title=say(title, language), blocks=blocks)


def _answer(report: Report, language: Language) -> Iterator[Block]:
    told = f"{numbers(report, language)}." if report.pieces else silence(report, language)
    yield Text(looks="lead", words=plain(told))
    if report.pieces:
        yield Cards(cards=(*figures(report, language), *_asking(report, language)))
    can = readiness(report, language)
    hurdles = (Hurdle(place=PLACES[one.kind], told=short(one.told)) for one in can.obstacles)
    yield Verdict(state=can.state, head=can.head, why=can.why, hurdles=tuple(hurdles))


def _asking(report: Report, language: Language) -> Iterator[Card]:
    """When, and what asks a person for something."""
    total, apart = report.summary, years_apart(report)
    exact = {piece.published: piece.precision for piece in reversed(report.dated)}
    for key, instant in (("first", total.first), ("last", total.last)):
        if instant:
            day = moment(instant, report.event, language, "day", year=apart)
            told = moment(instant, report.event, language, exact.get(instant), year=apart)
            time = told.removeprefix(day).lstrip(", ")
            yield Card(figure=day, told=time, words=say(f"card_{key}", language))
    for key in ("unreviewed", "doubtful", "undated"):
        number: int = getattr(total, key)
        if number:
            words = say(f"card_{key}", language, n=number)
            yield Card(figure=f"{number}", words=words, asks=key != "undated")


# --- what waits -------------------------------------------------------------------------


def _waiting(report: Report, pieces: Pieces, scribe: Scribe, language: Language) -> Iterator[Block]:
    if report.doubtful:
        yield Subhead(words=say("doubtful", language))
        yield Text(looks="note", words=say("doubtful_note", language))
        yield Lines(lines=tuple(scribe.apart(piece) for piece in report.doubtful))
    unseen = [line for line in pieces.every if not line.accepted][:POINTED]
    if unseen:
        yield Subhead(words=capital(say("undecided", language)))
        yield Pointers(rows=tuple((_pointer(line),) for line in unseen))
    pairs = dict.fromkeys(pair for text in report.texts for pair in text.possibly)
    if pairs:
        yield Subhead(words=capital(say("col_possibly", language)))
        yield Pointers(rows=tuple(_pair(pair, report, pieces) for pair in list(pairs)[:POINTED]))


def _pointer(line: Line) -> Pointer:
    words = f"{line.outlet}: {line.headline}"
    return Pointer(words=words, anchor=line.anchor, address=None, language=line.language)


def _pair(pair: tuple[str, str], report: Report, pieces: Pieces) -> tuple[Pointer, ...]:
    """Two pieces that may carry one text: lines of the list, or addresses."""
    known = {line.address: line for line in pieces.every if line.address}
    bare = {piece.url: piece for piece in report.pieces if piece.link is None}
    made = []
    for url in pair:
        line, piece = known.get(web_address(url) or ""), bare.get(url)
        if line is not None:
            made.append(_pointer(line))
            continue
        words = f"{short(piece.outlet_name)}: {short(piece.shown)}" if piece else short(url)
        made.append(Pointer(words=words, anchor=None, address=web_address(url)))
    return tuple(made)


# --- the rest ---------------------------------------------------------------------------


def _changes(report: Report, language: Language) -> Iterator[Block]:
    rows = tuple(
        Changed(
            outlet=short(piece.outlet_name),
            before=short(change.old),
            after=short(change.new),
            when=moment(change.at, report.event, language),
            address=web_address(piece.url),
            language=code(piece.language),
        )
        for piece in report.pieces
        for change in piece.changes
    )
    if rows:
        columns = ("col_outlet", "before", "after", "noticed")
        yield Changes(columns=tuple(say(name, language) for name in columns), rows=rows)


def _unchecked(report: Report, language: Language) -> Iterator[Block]:
    """What no statement of coverage stands on, and what to do about it."""
    items = tuple(
        Item(
            name=short(row.outlet_name),
            words=plain(trouble(report, row, language)),
            outcome=row.outcome,
            signed=True,
        )
        for row in open_ends(report)
    )
    if items:
        yield Items(items=items)


def _completeness(report: Report, language: Language) -> Iterator[Block]:
    yield from how_complete(report, language)
    yield from beyond_outcomes(report.how_sure, language)


def _outlets(report: Report, language: Language) -> Iterator[Block]:
    if report.completeness:
        yield outlets(report, language, ("listed", "read", "matched", "how"))
        yield from followed(report.how_sure, language)


def _method(report: Report, language: Language) -> Iterator[Block]:
    every = (*searched(report, language), *method(report, language))
    yield Items(items=tuple(Item(words=plain(sentence)) for sentence in every))
    if terms := report.method.keywords:
        yield Subhead(words=say("understood", language))
        yield Items(items=tuple(Item(words=plain(term)) for term in terms))
