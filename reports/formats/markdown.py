"""A report as Markdown: the "outlet: headline" list of a roundup, and how complete it is.

Everything that outlets wrote is text here: no headline can open a link, a table or HTML of
its own (CommonMark 0.31 and GitHub's additions).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote, urlsplit

from crawler.models import Language, Outcome
from reports.nouns import Completeness, Piece, Report
from reports.sentences import (
    NOT_CHECKABLE,
    by_hand_apart,
    day,
    keywords,
    looked,
    made,
    mentions,
    numbers,
    outcome,
    silence,
    statement,
    trouble,
)
from reports.words import say

# A headline longer than this is not one; the address leads to the rest.
LONGEST: Final = 300

# What means something inside a line of CommonMark or GitHub's Markdown.
_INLINE: Final = re.compile(r"([\\`*_{}\[\]<>&|~$])")
# What means something only where a line begins.
_LEADING: Final = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")
# What GitHub turns into a link by itself.
_AUTOLINK: Final = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)
# Invisible signs that carry no letter; the joiners of Arabic script stay.
_JOINERS: Final = "\u200c\u200d"


def escape(text: str) -> str:
    """`text` as it would be read, on one line, whatever it holds."""
    shown = "".join(letter for letter in " ".join(text.split()) if _visible(letter))
    if len(shown) > LONGEST:
        shown = shown[:LONGEST].rstrip() + "…"
    marked = _AUTOLINK.sub(r"\\", _INLINE.sub(r"\\\1", shown))
    return _LEADING.sub(lambda sign: f"{sign[2] or ''}\\{sign[1] or sign[3]}", marked)


def _visible(letter: str) -> bool:
    return letter in _JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")


def link(text: str, url: str) -> str:
    """A link, or only its text where the address is not one of the web."""
    address = web_address(url)
    return f"[{escape(text)}]({address})" if address else escape(text)


def web_address(url: str) -> str | None:
    """`url` fit to stand in a link; None for other schemes and for nonsense."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return quote(url.strip(), safe="%/:?#@!$&'*+,;=~-._")


def to_markdown(report: Report, language: Language) -> str:
    """The whole report for a reader of `language`."""
    sections = (
        _head(report, language),
        _completeness(report, language),
        _published(report, language),
        _undated(report, language),
        _unchecked(report, language),
        _outlets(report, language),
        _method(report, language),
    )
    return "\n".join("\n".join(lines) + "\n" for section in sections if (lines := list(section)))


def _head(report: Report, language: Language) -> Iterator[str]:
    event = report.event
    yield f"# {escape(event.title)}"
    yield ""
    when = day(event.date, language) if event.date else None
    told = [part for part in (event.place, when, event.organiser) if part]
    if told:
        yield f"*{escape(' · '.join(told))}*"
        yield ""
    for paragraph in (event.introduction or "").split("\n\n"):
        if paragraph.strip():
            yield escape_long(paragraph)
            yield ""
    if report.pieces:
        yield f"**{escape(numbers(report, language))}.**"
        return
    yield f"**{escape_long(silence(report, language))}**"


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


def _completeness(report: Report, language: Language) -> Iterator[str]:
    yield f"> **{escape(say('completeness', language))}**"
    yield f"> {escape_long(statement(report, language))}."
    apart = by_hand_apart(report, language)
    if apart:
        yield f"> {escape_long(apart)}"


def _published(report: Report, language: Language) -> Iterator[str]:
    grouped = report.by_outlet()
    if not grouped:
        return
    yield f"## {escape(say('published', language))}"
    for row, pieces in grouped:
        yield ""
        yield f"**{escape(row.outlet_name)}:**"
        yield ""
        for piece in pieces:
            yield _line(report, piece, language)


def _line(report: Report, piece: Piece, language: Language) -> str:
    """`- [headline](address) · 16 maj, 12:40`."""
    headline = link(piece.headline or say("no_headline", language), piece.url)
    told = mentions(report, piece, language)
    return f"- {headline} · {escape(told)}" if told else f"- {headline}"


def _undated(report: Report, language: Language) -> Iterator[str]:
    if not report.undated:
        return
    yield f"## {escape(say('undated', language))}"
    yield ""
    for piece in report.undated:
        yield f"{_line(report, piece, language)} · {escape(piece.outlet_name)}"


def _unchecked(report: Report, language: Language) -> Iterator[str]:
    """What no statement of coverage stands on: closed, half read and unasked outlets."""
    open_ends = (*NOT_CHECKABLE, Outcome.PARTIAL, None)
    rows = [row for row in report.completeness if row.outcome in open_ends]
    if not rows:
        return
    yield f"## {escape(say('unchecked', language))}"
    yield ""
    for row in rows:
        yield f"- **{escape(row.outlet_name)}:** {escape_long(trouble(report, row, language))}"


def _outlets(report: Report, language: Language) -> Iterator[str]:
    if not report.completeness:
        return
    columns = ("outlet", "outcome", "listed", "read", "matched", "how")
    yield f"## {escape(say('outlets', language))}"
    yield ""
    yield f"| {' | '.join(escape(say(name, language)) for name in columns)} |"
    yield "|---|---|--:|--:|--:|---|"
    for row in report.completeness:
        yield f"| {' | '.join(_cells(report, row, language))} |"


def _cells(report: Report, row: Completeness, language: Language) -> Iterator[str]:
    seen = looked(row, report.event, language)
    told = outcome(row, language)
    yield escape(row.outlet_name)
    yield escape(f"{told} ({seen})" if seen else told)
    yield "–" if row.listed is None else str(row.listed)
    yield "–" if row.outcome is None else str(row.read)
    yield str(row.matched)
    yield escape(", ".join(say(way.value, language) for way in row.how)) or "–"


def _method(report: Report, language: Language) -> Iterator[str]:
    event, method = report.event, report.method
    days = {"first": day(event.first_day, language), "last": day(event.last_day, language)}
    yield f"## {escape(say('method', language))}"
    yield ""
    yield f"- {escape(say('window', language, **days, zone=event.zone))}"
    groups = keywords(event.keywords, language)
    yield f"- {escape_long(say('keywords', language, groups=groups))}"
    if method.ways:
        ways = ", ".join(say(way.value, language) for way in method.ways)
        yield f"- {escape(say('looked_by', language, ways=ways))}"
    if report.summary.unreviewed:
        yield f"- {escape(say('unreviewed', language, n=report.summary.unreviewed))}"
    if method.elsewhere:
        yield f"- {escape(say('elsewhere', language, n=method.elsewhere))}"
    yield f"- {escape(made(report, language))}"
