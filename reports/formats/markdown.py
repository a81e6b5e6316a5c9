"""A document as Markdown: the "outlet: headline" list of a roundup, and how complete it is.

Everything that outlets wrote is text here: no headline can open a link, a table or HTML of
its own (CommonMark 0.31 and GitHub's additions).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from crawler.models import Language
from reports.document.blocks import (
    Block,
    Card,
    Cards,
    Changes,
    Chart,
    Cover,
    Document,
    Facts,
    Highlights,
    Items,
    Line,
    Lines,
    Mark,
    Outlets,
    Pieces,
    Pointer,
    Pointers,
    Subhead,
    Table,
    Text,
    Tiles,
    Verdict,
    Warm,
)
from reports.formats.plain import LONGEST, capital, plain, turned, web_address
from reports.words import say

__all__ = ["LONGEST", "escape", "escape_long", "link", "set_markdown", "web_address"]

# What means something inside a line of CommonMark or GitHub's Markdown.
_INLINE: Final = re.compile(r"([\\`*_{}\[\]<>&|~$])")
# What means something only where a line begins.
_LEADING: Final = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")
# What GitHub turns into a link by itself.
_AUTOLINK: Final = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)


def escape(text: str) -> str:
    """`text` as it would be read, on one line, whatever it holds."""
    marked = _AUTOLINK.sub(r"\\", _INLINE.sub(r"\\\1", plain(text, LONGEST)))
    return _LEADING.sub(lambda sign: f"{sign[2] or ''}\\{sign[1] or sign[3]}", marked)


def link(text: str, url: str) -> str:
    """A link, or only its text where the address is not one of the web."""
    address = web_address(url)
    return f"[{escape(text)}]({address})" if address else escape(text)


def set_markdown(told: Document) -> str:
    """A document as Markdown; a chart is its sentence."""
    parts = [_cover(told.cover)]
    for section in told.sections:
        head = [] if section.key == "answer" else [f"## {escape(section.title)}", ""]
        parts.append([*head, *_blocks(section.blocks, told.language)])
    return "\n".join("\n".join(lines) + "\n" for lines in parts)


def _blocks(blocks: Iterable[Block], language: Language) -> list[str]:
    """A line between two blocks; the sentences of charts are one list."""
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        if not (made := list(_block(block, language))):
            continue
        if lines and not (isinstance(before, Chart) and isinstance(block, Chart)):
            lines.append("")
        lines += made
        before = block
    return lines


def _cover(cover: Cover) -> list[str]:
    about = " · ".join(cover.about)
    lines = [f"# {escape(cover.title)}", "", f"*{escape(about)}*"]
    for paragraph in cover.introduction:
        lines += ["", escape_long(paragraph)]
    return lines


def escape_long(text: str) -> str:
    """A paragraph of our own or the office's, of any length."""
    return (
        " ".join(escape(part) for part in _pieces_of(text)) if len(text) > LONGEST else escape(text)
    )


def _pieces_of(text: str) -> Iterable[str]:
    """Runs of words, none longer than a headline may be."""
    run = ""
    for word in text.split():
        if run and len(run) + len(word) >= LONGEST:
            yield run
            run = ""
        run = f"{run} {word}".strip()
    if run:
        yield run


def _block(block: Block, language: Language) -> Iterator[str]:
    """One block, by its kind; its lines."""
    return _SETTERS[type(block)](block, language)


def _text(block: Text, _: Language) -> Iterator[str]:
    words = escape_long(block.words)
    yield {"lead": f"**{words}**", "statement": f"> {words}"}.get(block.looks, words)


def _cards(block: Cards, _: Language) -> Iterator[str]:
    yield " · ".join(f"**{escape(card.figure)}** {escape(_card(card))}" for card in block.cards)


def _facts(block: Facts, _: Language) -> Iterator[str]:
    yield from (f"- **{escape(name)}:** {escape_long(told)}" for name, told in block.rows)


def _verdict(block: Verdict, _: Language) -> Iterator[str]:
    yield f"**{escape(block.head)}:** {escape_long(block.why)}"


def _nothing(_: Tiles, __: Language) -> Iterator[str]:
    """The table of outlets says the same in words."""
    yield from ()


def _chart(block: Chart, _: Language) -> Iterator[str]:
    yield f"- {escape(block.title)}"


def _subhead(block: Subhead, _: Language) -> Iterator[str]:
    yield f"### {escape(capital(block.words))}"


def _card(card: Card) -> str:
    return f"{card.words} ({card.told})" if card.told else card.words


def _pieces(block: Pieces, language: Language) -> Iterator[str]:
    for at, day in enumerate(block.days):
        if at:
            yield ""
        yield f"### {escape(day.words)}"
        yield ""
        for line in day.lines:
            yield from _line(line, language)


def _line(line: Line, language: Language) -> Iterator[str]:
    """`- **Outlet:** [headline](address) · 16 maj, 12:40`, and below it what belongs to it."""
    shown = _linked(escape(line.headline), line)
    yield f"- **{escape(line.outlet)}:** {shown}{_behind(line)}"
    yield from _below(line, "  ")
    yield from (f"  - {escape_long(reason)}" for reason in line.why)
    if not line.copies:
        return
    yield f"  - {escape(capital(say('also_in', language)))}:"
    for copy in line.copies:
        words = escape(copy.outlet)
        shown = words if copy.same else f"{words}: {escape(copy.headline)}"
        yield f"    - {_linked(shown, copy)}{_behind(copy)}"
        yield from _below(copy, "      ")


def _lines(block: Lines | Highlights, language: Language) -> Iterator[str]:
    for line in block.lines:
        yield from _line(line, language)


def _below(line: Line, indent: str) -> Iterator[str]:
    if line.lead:
        yield f"{indent}- {escape_long(line.lead)}"
    yield from (f"{indent}- {_mark(mark)}" for mark in line.below)


def _linked(escaped: str, line: Line) -> str:
    return f"[{escaped}]({line.address})" if line.address else escaped


def _behind(line: Line) -> str:
    return f"{turned(line.headline)} · {escape(line.told)}" if line.told else ""


def _mark(mark: Mark) -> str:
    if mark.by:
        return f"*{escape(mark.words)}* ({escape(mark.by)})"
    return f"[{escape(mark.words)}]({mark.address})" if mark.address else escape_long(mark.words)


def _pointers(block: Pointers, _: Language) -> Iterator[str]:
    yield from (f"- {' / '.join(map(_pointer, row))}" for row in block.rows)


def _pointer(one: Pointer) -> str:
    return f"[{escape(one.words)}]({one.address})" if one.address else escape_long(one.words)


def _items(block: Items, _: Language) -> Iterator[str]:
    for item in block.items:
        words = escape_long(item.words)
        yield f"- **{escape(item.name)}:** {words}" if item.name else f"- {words}"


def _outlets(block: Outlets, _: Language) -> Iterator[str]:
    return _rows(block.columns, block.numbers, [row.words for row in block.rows])


def _changes(block: Changes, _: Language) -> Iterator[str]:
    return _rows(block.columns, (), [row.words for row in block.rows])


def _table(block: Table, _: Language) -> Iterator[str]:
    return _rows(block.columns, block.numbers, block.rows)


def _warm(block: Warm, _: Language) -> Iterator[str]:
    """`1. **3** · sentence`, and below it who took it over."""
    for at, line in enumerate(block.lines, 1):
        yield f"{at}. **{line.count}** · {escape_long(line.words)}"
        if line.by:
            named = ", ".join(escape(one.words) for one in line.by)
            yield f"    - {named}{f' {escape(line.more)}' if line.more else ''}"


def _rows(
    columns: Sequence[str], numbers: Collection[int], rows: Iterable[Sequence[str]]
) -> Iterator[str]:
    yield f"| {' | '.join(escape(name) for name in columns)} |"
    yield f"|{'|'.join('--:' if at in numbers else '---' for at in range(len(columns)))}|"
    for row in rows:
        yield f"| {' | '.join(escape(cell) for cell in row)} |"


_SETTERS: Final[Mapping[type, Callable[..., Iterator[str]]]] = {
    Text: _text,
    Cards: _cards,
    Facts: _facts,
    Verdict: _verdict,
    Tiles: _nothing,
    Chart: _chart,
    Subhead: _subhead,
    Pieces: _pieces,
    Highlights: _lines,
    Lines: _lines,
    Pointers: _pointers,
    Items: _items,
    Outlets: _outlets,
    Changes: _changes,
    Table: _table,
    Warm: _warm,
}
