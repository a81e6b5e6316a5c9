"""A comparison laid out: the figures in a table, the bars, how complete each side is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from crawler.models import Language
from reports.charts.comparison import checked_told, comparison
from reports.comparison import Comparison, Side, days_of
from reports.document.blocks import (
    Block,
    Cards,
    Chart,
    Cover,
    Document,
    Item,
    Items,
    Section,
    Table,
    Text,
)
from reports.document.blocks import Card as Figure
from reports.document.own_words_parts import share_told
from reports.document.piece_lines import short
from reports.forms import Edition
from reports.words import say

# Columns of the table that are counts, behind the name and the days.
COUNTS = ("pieces", "texts", "outlets", "owners")


def comparison_document(told: Comparison, language: Language) -> Document:
    """The comparison for a reader of `language`; always as readers may see it."""
    sections = (
        Section(key=key, title=say(title, language), blocks=blocks)
        for key, title, made in (
            ("answer", "paper_summary", _answer(told, language)),
            ("own", "came_of_it", _own(told.events or told.sides, language)),
            ("charts", "compare_chart", _charts(told, language)),
            ("events", "compare_events", _events(told, language)),
            ("completeness", "compare_complete", _completeness(told, language)),
        )
        if (blocks := tuple(made))
    )
    return Document(
        edition=Edition.READERS,
        language=language,
        kind=say("page_kind", language),
        cover=Cover(title=told.title, about=_about(told, language), introduction=(), picture=None),
        sections=tuple(sections),
    )


def _about(told: Comparison, language: Language) -> tuple[str, ...]:
    if told.kind == "events":
        return tuple(short(side.name) for side in told.sides)
    return (say("compare_n_events", language, n=len(told.events or told.sides)),)


def _answer(told: Comparison, language: Language) -> Iterator[Block]:
    if not told.sides:
        yield Text(looks="lead", words=say("compare_nothing", language))
        return
    pieces = sum(side.pieces for side in told.sides)
    if told.kind != "events":
        yield Text(looks="lead", words=f"{say('pieces', language, n=pieces)}.")
        yield Cards(cards=tuple(_cards(told.events or told.sides, language)))
    yield _table(told.sides, language)


def _cards(sides: Sequence[Side], language: Language) -> Iterator[Figure]:
    checked = sum(side.checked.complete + side.checked.by_hand for side in sides)
    asked = sum(side.checked.outlets for side in sides)
    yield Figure(figure=str(len(sides)), words=say("compare_held", language))
    yield Figure(figure=f"{checked}/{asked}", words=say("compare_checked", language))


def _table(sides: Sequence[Side], language: Language) -> Table:
    judged = any(any(side.tones.values()) for side in sides)
    heads = [say("col_what", language), say("compare_days", language)]
    names = ("card_pieces", "compare_texts", "card_outlets", "card_owners")
    heads += [say(name, language, n=2) for name in names]
    heads += [say("compare_on_day", language)]
    heads += [say("compare_tones", language)] if judged else []
    heads += [say("compare_sure", language)]
    return Table(
        columns=tuple(heads),
        numbers=tuple(range(2, len(heads))),
        rows=tuple(_row(side, language, judged=judged) for side in sides),
    )


def _row(side: Side, language: Language, *, judged: bool) -> tuple[str, ...]:
    checked = side.checked
    tones = " / ".join(str(side.tones[tone]) for tone in ("positive", "neutral", "negative"))
    return (
        short(side.name),
        days_of(side, language),
        *(str(getattr(side, name)) for name in COUNTS),
        str(side.on_the_day),
        *((tones,) if judged else ()),
        f"{checked.complete + checked.by_hand}/{checked.outlets}",
    )


def _own(sides: Sequence[Side], language: Language) -> Iterator[Block]:
    """Our words, quotations and corrections, where there is something of it."""
    if not any(side.own or side.changed or side.gone for side in sides):
        return
    names = ("compare_taken", "compare_share", "compare_carried", "compare_quoted")
    heads = (*names, "compare_changed", "compare_gone")
    yield Table(
        columns=(say("col_what", language), *(say(name, language) for name in heads)),
        numbers=tuple(range(1, len(heads) + 1)),
        rows=tuple((short(side.name), *_own_cells(side)) for side in sides),
    )


def _own_cells(side: Side) -> tuple[str, ...]:
    corrected = (str(side.changed), str(side.gone))
    own = side.own
    if own is None:
        return ("–", "–", "–", "–", *corrected)
    carried = f"{own.carried}/{own.messages}" if own.messages else "–"
    return (str(own.pieces), share_told(own.share), carried, str(own.quoted), *corrected)


def _charts(told: Comparison, language: Language) -> Iterator[Block]:
    if told.sides:
        title = say("compare_bars", language)
        words = "; ".join(f"{short(side.name)}: {side.pieces}" for side in told.sides)
        yield Chart(
            name="comparison",
            title=title,
            about=say("compare_about", language),
            draw=partial(comparison, told.sides, language),
            told=f"{title}: {words}",
        )


def _events(told: Comparison, language: Language) -> Iterator[Block]:
    if told.events:
        yield _table(told.events, language)


def _completeness(told: Comparison, language: Language) -> Iterator[Block]:
    if not told.sides:
        return
    yield Text(looks="plain", words=say("compare_careful", language))
    items = (
        Item(name=short(side.name), words=f"{_sure(side, language)}.")
        for side in told.events or told.sides
    )
    yield Items(items=tuple(items))


def _sure(side: Side, language: Language) -> str:
    if not side.checked.outlets:
        return say("none_asked", language)
    told = checked_told(side, language)
    if side.checked.open:
        told += f"; {say('sure_open', language, n=side.checked.open)}"
    if side.unreviewed:
        told += f"; {say('unreviewed', language, n=side.unreviewed)}"
    return told
