"""A document as `paper.typ` reads it: all words as data, no markup, the charts as SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from crawler.models import Brand, Language
from reports.document.blocks import (
    Block,
    Card,
    Cards,
    Changes,
    Chart,
    Document,
    Facts,
    Highlights,
    Items,
    Line,
    Lines,
    Outlets,
    Pieces,
    Pointers,
    Section,
    Subhead,
    Table,
    Text,
    Tiles,
    Verdict,
    Warm,
)
from reports.formats.colours import heats, on_paper, palettes, readable
from reports.formats.plain import capital, plain
from reports.pictures import Image
from reports.words import say

# Shares of the page that the columns of the table of outlets take, by their number; of changes.
OUTLETS: Final[Mapping[int, tuple[float | str, ...]]] = {
    4: (1.7, 1.8, "auto", "auto"),
    6: (1.7, 1.8, "auto", "auto", "auto", 1.2),
}
CHANGES: Final = (1, 1.6, 1.6, 0.9)
# Pixels of a drawing: two stand abreast, in letters of seven points.
ACROSS: Final = 400


def paper_of(told: Document, brand: Brand, logo: bytes | None) -> dict[str, Any]:
    """Everything as JSON; pictures as numbers, since it knows no bytes."""
    head_ink, head_paint = readable(brand.colour)
    cover, language = told.cover, told.language
    named = (brand.name, told.kind)
    return {
        "title": cover.title,
        "about": " · ".join(cover.about),
        "introduction": cover.introduction,
        "cover": _image(cover.picture, language),
        "sections": [_section(section, brand, language) for section in told.sections],
        "words": {
            "also-in": capital(say("also_in", language)),
            "own": say("chart_own", language),
            "copied": say("copy", language),
            "page": say("paper_page_of", language, n="{n}", total="{total}"),
        },
        "language": language,
        "author": plain(brand.name or "", 250),
        "kicker": plain(" · ".join(name for name in named if name)),
        "foot": plain(cover.title, 80),
        "ink": on_paper(brand.colour),
        "head-ink": head_ink,
        "head-paint": head_paint,
        "logo": logo,
        "logo-words": plain(brand.name or "logo", 250),
    }


def _section(section: Section, brand: Brand, language: Language) -> dict[str, Any]:
    blocks = (_block(block, brand, language) for block in section.blocks)
    made = [block for block in blocks if block is not None]
    return {"key": section.key, "title": section.title, "blocks": made}


def _image(picture: Image | None, language: Language) -> dict[str, Any] | None:
    if picture is None:
        return None
    source = say("source_of", language, name=picture.source) if picture.source else None
    return {"body": picture.body, "alt": picture.alt, "source": source}


def _block(block: Block, brand: Brand, language: Language) -> dict[str, Any] | None:
    made = _SETTERS[type(block)](block, brand, language)
    return {"kind": type(block).__name__.lower(), **made} if made is not None else None


def _text(block: Text, _: Brand, __: Language) -> dict[str, Any]:
    return {"looks": block.looks, "words": block.words, "language": block.language}


def _cards(block: Cards, _: Brand, __: Language) -> dict[str, Any]:
    return {"cards": [_card(card) for card in block.cards]}


def _facts(block: Facts, _: Brand, __: Language) -> dict[str, Any]:
    return {"rows": block.rows}


def _verdict(block: Verdict, _: Brand, __: Language) -> dict[str, Any]:
    hurdles = [hurdle.told for hurdle in block.hurdles]
    return {"head": block.head, "why": f"{capital(block.why)}.", "hurdles": hurdles}


def _nothing(_: Tiles, __: Brand, ___: Language) -> None:
    """The table of outlets says the same in words."""


def _subhead(block: Subhead, _: Brand, __: Language) -> dict[str, Any]:
    return {"words": capital(block.words)}


def _pieces(block: Pieces, _: Brand, language: Language) -> dict[str, Any]:
    return {
        "days": [{"words": day.words, "lines": _lines(day.lines, language)} for day in block.days]
    }


def _list(block: Lines | Highlights, _: Brand, language: Language) -> dict[str, Any]:
    return {"lines": _lines(block.lines, language)}


def _pointers(block: Pointers, _: Brand, __: Language) -> dict[str, Any]:
    return {"rows": [[asdict(one) for one in row] for row in block.rows]}


def _items(block: Items, _: Brand, __: Language) -> dict[str, Any]:
    return {"items": [{"name": item.name, "words": item.words} for item in block.items]}


def _outlets(block: Outlets, _: Brand, __: Language) -> dict[str, Any]:
    rows = [row.words for row in block.rows]
    return _rows(block.columns, block.numbers, rows, OUTLETS[len(block.columns)])


def _changes(block: Changes, _: Brand, __: Language) -> dict[str, Any]:
    return _rows(block.columns, (), [row.words for row in block.rows], CHANGES)


def _table(block: Table, _: Brand, __: Language) -> dict[str, Any]:
    # counts take what they need and leave names and days the rest
    widths = tuple("auto" if at in block.numbers else 1 for at in range(len(block.columns)))
    return _rows(block.columns, block.numbers, block.rows, widths)


def _card(card: Card) -> dict[str, str]:
    words = f"{card.words} ({card.told})" if card.told else card.words
    return {"figure": card.figure, "words": words}


def _chart(block: Chart, brand: Brand, __: Language) -> dict[str, Any]:
    colours, _ = palettes(brand.colour)
    return {
        "title": block.title,
        "about": block.about,
        "quoted": block.quoted,
        "language": block.language,
        "told": block.told,
        "legend": block.legend,
        "ink": colours.accent,
        "soft": colours.soft,
        "drawing": block.draw(width=ACROSS, colours=colours),
    }


def _lines(lines: Iterable[Line], language: Language) -> list[dict[str, Any]]:
    return [
        {
            "outlet": line.outlet,
            "headline": line.headline,
            "address": line.address,
            "language": line.language,
            "told": line.told,
            "lead": line.lead,
            "same": line.same,
            "why": line.why,
            "marks": [
                {"words": mark.words, "by": mark.by, "address": mark.address} for mark in line.below
            ],
            "picture": _image(line.picture, language),
            "copies": _lines(line.copies, language),
        }
        for line in lines
    ]


def _warm(block: Warm, brand: Brand, _: Language) -> dict[str, Any]:
    paints = heats(brand.colour)
    return {
        "columns": [capital(name) for name in block.columns],
        "lines": [
            {
                "count": str(line.count),
                "words": f"{at}. {line.words}",
                "paint": paints[line.heat],
                "by": " ".join(filter(None, (", ".join(one.words for one in line.by), line.more))),
            }
            for at, line in enumerate(block.lines, 1)
        ],
    }


def _rows(
    columns: Iterable[str],
    numbers: Iterable[int],
    rows: Iterable[Sequence[str]],
    widths: Sequence[float | str],
) -> dict[str, Any]:
    """A table; a width is a share, or "auto"."""
    return {
        "columns": [capital(name) for name in columns],
        "numbers": list(numbers),
        "rows": [list(row) for row in rows],
        "widths": list(widths),
    }


_SETTERS: Final[Mapping[type, Callable[..., dict[str, Any] | None]]] = {
    Text: _text,
    Cards: _cards,
    Facts: _facts,
    Verdict: _verdict,
    Tiles: _nothing,
    Chart: _chart,
    Subhead: _subhead,
    Pieces: _pieces,
    Highlights: _list,
    Lines: _list,
    Pointers: _pointers,
    Items: _items,
    Outlets: _outlets,
    Changes: _changes,
    Table: _table,
    Warm: _warm,
}
