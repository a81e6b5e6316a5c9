"""A report as Markdown: the "outlet: headline" list of a roundup, and how complete it is.

Everything that outlets wrote is text here: no headline can open a link, a table or HTML of
its own (CommonMark 0.31 and GitHub's additions).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from crawler.models import Language
from reports.document import Line, Mark, Paper, paper
from reports.formats.plain import LONGEST, capital, plain, turned, web_address
from reports.models import Report
from reports.words import say

__all__ = ["LONGEST", "escape", "escape_long", "link", "to_markdown", "web_address"]

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


def to_markdown(report: Report, language: Language) -> str:
    """The whole report for a reader of `language`."""
    told = paper(report, language)
    sections = (
        _head(told),
        _completeness(told, language),
        _published(told, language),
        _apart(say("undated", language), None, told.undated, language),
        _apart(say("doubtful", language), say("doubtful_note", language), told.doubtful, language),
        _changes(told, language),
        _unchecked(told, language),
        _outlets(told, language),
        _method(told, language),
    )
    return "\n".join("\n".join(lines) + "\n" for section in sections if (lines := list(section)))


def _head(told: Paper) -> Iterator[str]:
    yield f"# {escape(told.title)}"
    yield ""
    if told.under:
        yield f"*{escape(told.under)}*"
        yield ""
    for paragraph in told.introduction:
        yield escape_long(paragraph)
        yield ""
    yield f"**{escape_long(told.answer)}**"


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


def _completeness(told: Paper, language: Language) -> Iterator[str]:
    yield f"> **{escape(say('completeness', language))}**"
    for sentence in told.statement:
        yield f"> {escape_long(sentence)}"


def _published(told: Paper, language: Language) -> Iterator[str]:
    if not told.groups:
        return
    yield f"## {escape(say('published', language))}"
    for group in told.groups:
        yield ""
        yield f"**{escape(group.outlet)}:**"
        yield ""
        for line in group.lines:
            yield from _line(line, language)


def _line(line: Line, language: Language) -> Iterator[str]:
    """`- [headline](address) · 16 maj, 12:40`, and below it what belongs to it."""
    yield f"- {_linked(line.headline, line)}{_behind(line.told, line.headline)}"
    for mark in line.marks:
        yield f"  - {_mark(mark)}"
    if not line.copies:
        return
    yield f"  - {escape(capital(say('also_in', language)))}:"
    for copy in line.copies:
        shown = copy.outlet if copy.same else f"{copy.outlet}: {copy.headline}"
        yield f"    - {_linked(shown, copy)}{_behind(copy.told, shown)}"
        for mark in copy.marks:
            yield f"      - {_mark(mark)}"


def _linked(words: str, line: Line) -> str:
    return f"[{escape(words)}]({line.address})" if line.address else escape(words)


def _behind(told: str, words: str) -> str:
    return f"{turned(words)} · {escape(told)}" if told else ""


def _mark(mark: Mark) -> str:
    if mark.by:
        return f"*{escape(mark.words)}* ({escape(mark.by)})"
    return f"[{escape(mark.words)}]({mark.address})" if mark.address else escape_long(mark.words)


def _apart(
    heading: str, why: str | None, lines: Iterable[Line], language: Language
) -> Iterator[str]:
    """A section of lines of many outlets, each with the name of its own."""
    rows = tuple(lines)
    if not rows:
        return
    yield f"## {escape(heading)}"
    yield ""
    if why:
        yield escape_long(why)
        yield ""
    for line in rows:
        first, *below = _line(line, language)
        yield f"{first} · {escape(line.outlet)}"
        yield from below


def _changes(told: Paper, language: Language) -> Iterator[str]:
    if not told.changes:
        return
    yield f"## {escape(say('changes', language))}"
    yield ""
    names = ("col_outlet", "before", "after", "noticed")
    yield f"| {' | '.join(escape(say(name, language)) for name in names)} |"
    yield "|---|---|---|---|"
    for row in told.changes:
        yield f"| {' | '.join(escape(cell) for cell in row)} |"


def _unchecked(told: Paper, language: Language) -> Iterator[str]:
    if not told.unchecked:
        return
    yield f"## {escape(say('unchecked', language))}"
    yield ""
    for outlet, why in told.unchecked:
        yield f"- **{escape(outlet)}:** {escape_long(why)}"


def _outlets(told: Paper, language: Language) -> Iterator[str]:
    if not told.rows:
        return
    yield f"## {escape(say('outlets', language))}"
    yield ""
    yield f"| {' | '.join(escape(name) for name in told.columns)} |"
    yield "|---|---|--:|--:|--:|---|"
    for row in told.rows:
        yield f"| {' | '.join(escape(cell) for cell in row)} |"


def _method(told: Paper, language: Language) -> Iterator[str]:
    yield f"## {escape(say('method', language))}"
    yield ""
    for line in told.method:
        yield f"- {escape_long(line)}"
