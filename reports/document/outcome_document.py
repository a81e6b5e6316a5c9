"""What came of it, laid out on one page for readers."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.models import Language
from reports.document.blocks import (
    Block,
    Cards,
    Cover,
    Document,
    Section,
    Table,
    Text,
)
from reports.document.own_words_parts import messages, quotations, taken_told
from reports.document.parts import figures, how_complete, judged, tones_told
from reports.document.piece_lines import short
from reports.formats.plain import plain
from reports.forms import Edition
from reports.outcome import CameOfIt
from reports.own_words import OwnWords
from reports.words import day, say

SENTENCES = 8
# of a release that the page prints; the others are counted by `jehona pickup`


def outcome_document(told: CameOfIt, language: Language) -> Document:
    """The page for a reader of `language`; always as readers may see it."""
    event = told.report.event
    sections = (
        Section(key=key, title=say(title, language), blocks=blocks)
        for key, title, made in (
            ("answer", "paper_summary", _answer(told, language)),
            ("pickup", "came_pickup", _pickup(told.own, language)),
            ("messages", "came_messages", _messages(told.own, language)),
            ("quoted", "came_quoted", _quoted(told.own)),
            ("completeness", "completeness", _completeness(told, language)),
        )
        if (blocks := tuple(made))
    )
    when = day(event.date, language) if event.date else None
    about = tuple(short(part) for part in (when, event.place, event.organiser) if part)
    return Document(
        edition=Edition.READERS,
        language=language,
        kind=say("came_of_it", language),
        cover=Cover(title=short(event.title), about=about, introduction=(), picture=None),
        sections=tuple(sections),
    )


def _answer(told: CameOfIt, language: Language) -> Iterator[Block]:
    yield Cards(cards=tuple(figures(told.report, language)))
    if judged(told.report):
        yield Text(looks="plain", words=plain(f"{tones_told(told.report, language)}."))
    if told.changed or told.gone:
        words = (
            say("came_changed", language, n=told.changed) if told.changed else "",
            say("came_gone", language, n=told.gone) if told.gone else "",
        )
        yield Text(looks="plain", words=" ".join(filter(None, words)))


def _pickup(own: OwnWords | None, language: Language) -> Iterator[Block]:
    if own is None or not own.texts:
        return
    yield Text(looks="statement", words=taken_told(own, language))
    yield Table(
        columns=(say("came_sentence", language), say("card_pieces", language, n=2)),
        numbers=(1,),
        rows=tuple((plain(words), str(n)) for words, n in own.sentences[:SENTENCES]),
    )


def _messages(own: OwnWords | None, language: Language) -> Iterator[Block]:
    if own and own.messages:
        yield messages(own, language)


def _quoted(own: OwnWords | None) -> Iterator[Block]:
    if own and own.quoted:
        yield quotations(own)


def _completeness(told: CameOfIt, language: Language) -> Iterator[Block]:
    yield from how_complete(told.report, language)
    yield Text(looks="note", words=say("came_outputs", language))
