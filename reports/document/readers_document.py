"""The edition that is forwarded: what was achieved and how sure it is on the first screen.

Nothing in it is the office's inner state: no note, no name of a colleague, no score, no reason of
a match, no command, no path, no name of a rule. The report comes here through
`reports.readers_edition.for_readers`, and what is said about it is said without our own signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from crawler.models import Event, Language, Outcome
from reports import charts
from reports.document.blocks import (
    Block,
    Cards,
    Facts,
    Item,
    Items,
    Section,
    Text,
)
from reports.document.own_words_parts import plainly
from reports.document.parts import (
    drawings,
    figures,
    highlights,
    how_complete,
    judged,
    outlets,
    tones_told,
    travelled,
)
from reports.document.piece_lines import Scribe, short
from reports.formats.plain import plain
from reports.models import Report
from reports.sentences import headline, moment, numbers, silence, years_apart
from reports.words import day, say

# What our keywords are written with beside letters: "=bregun", "pastr*", "a ~3 b".
_BEGINNING: Final = re.compile(r"(?<=\w)\*")
_SIGNS: Final = re.compile(r"~\d*|[^\w\s…'’.-]+")


def sections(report: Report, language: Language, scribe: Scribe) -> Iterator[Section]:
    """The sections in order, those that have something to say."""
    pieces = scribe.pieces()
    made: tuple[tuple[str, str, Iterator[Block]], ...] = (
        ("answer", "paper_summary", _answer(report, language)),
        ("highlights", "highlights", highlights(report, scribe)),
        ("charts", "charts", drawings(report, language)),
        ("own", "came_pickup", plainly(report.own_words, language)),
        ("pieces", "published", iter([pieces] if pieces.total else [])),
        ("completeness", "completeness", _completeness(report, language)),
        ("method", "method", _method(report, language)),
    )
    for key, title, some in made:
        if blocks := tuple(some):
            yield Section(key=key, title=say(title, language), blocks=blocks)


# --- one screen to forward ----------------------------------------------------------------


def _answer(report: Report, language: Language) -> Iterator[Block]:
    if not report.pieces:
        yield Text(looks="lead", words=plain(silence(report, language)))
        return
    total = report.summary
    outlets_in = say("in_outlets", language, n=total.outlets)
    told = f"{say('pieces', language, n=total.pieces)} {outlets_in}."
    yield Text(looks="lead", words=told)
    yield Cards(cards=tuple(figures(report, language)))
    rows = (
        (say(f"fact_{name}", language), plain(words))
        for name, words in _facts(report, language)
        if words
    )
    yield Facts(rows=tuple(rows))


def _facts(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    event = report.event
    held = day(event.date, language) if event.date else None
    yield "event", ", ".join(filter(None, (event.title, event.place, held, event.organiser)))
    yield "amount", f"{numbers(report, language)}."
    yield "when", f"{charts.days_title(report, language)}." if report.dated else ""
    yield "first", _first(report, language)
    yield "travelled", _travelled(report, language)
    yield "tone", f"{tones_told(report, language)}." if judged(report) else ""
    yield "sure", f"{_sure(report, language)}."


def _first(report: Report, language: Language) -> str:
    if not report.dated:
        return ""
    first = report.dated[0]
    assert first.published is not None
    when = moment(
        first.published, report.event, language, first.precision, year=years_apart(report)
    )
    return f"{short(first.outlet_name)}, {when}: “{headline(first, language)}”"


def _travelled(report: Report, language: Language) -> str:
    copied = travelled(report)
    if not copied:
        return ""
    text = copied[0]
    title = charts.spread_title(text, language)
    return f"“{headline(text.first, language)}”. {title}."


def _sure(report: Report, language: Language) -> str:
    """The first part of the statement, and that there are open ends where there are."""
    rows = report.completeness
    if not rows:
        return say("none_asked", language)
    complete = sum(row.outcome is Outcome.COMPLETE for row in rows)
    hand = sum(row.outcome is Outcome.CHECKED_BY_HAND for row in rows)
    told = say("complete_of", language, n=complete, total=len(rows))
    if hand:
        told += f"; {say('sure_by_hand', language, n=hand)}"
    if left := len(rows) - complete - hand:
        told += f"; {say('sure_open', language, n=left)}"
    return told


# --- how complete, how made ---------------------------------------------------------------


def _completeness(report: Report, language: Language) -> Iterator[Block]:
    yield from how_complete(report, language)
    if report.completeness:
        yield outlets(report, language, ("read", "matched"))


def _method(report: Report, language: Language) -> Iterator[Block]:
    told = (plain(sentence) for sentence in _sentences(report, language))
    yield Items(items=tuple(Item(words=sentence) for sentence in told))


def _sentences(report: Report, language: Language) -> Iterator[str]:
    how, event = report.method, report.event
    yield say(
        "window_local", language,
        first=day(event.first_day, language), last=day(event.last_day, language),
        city=_city(event),
    )  # fmt: skip
    if words := ", ".join(f"“{word}”" for word in words_looked_for(event)):
        yield say("words_looked_for", language, words=words)
    if how.ways:
        ways = ", ".join(say(way.value, language) for way in how.ways)
        yield say("looked_by", language, ways=ways)
    if report.summary.unreviewed:
        yield say("readers_unreviewed", language, n=report.summary.unreviewed)
    elif report.pieces:
        yield say("readers_reviewed", language)
    yield say("readers_polite", language)
    if how.elsewhere:
        yield say("elsewhere", language, n=how.elsewhere)
    yield say("not_invented", language)
    local = report.made.astimezone(ZoneInfo(event.zone))
    when = f"{day(local.date(), language)}, {local:%H:%M}"
    software = how.software
    yield say("made_plain", language, version=report.version, when=when, software=software)
    if report.seal:
        yield say("record_seal", language, seal=report.seal)


def _city(event: Event) -> str:
    """The city whose clock the times are by: "Tirane"."""
    return event.zone.rpartition("/")[2].replace("_", " ")


def words_looked_for(event: Event) -> tuple[str, ...]:
    """The keywords as words, without the signs that we write them with; each once."""
    wanted = event.keywords
    terms = (*(term for group in wanted.any for term in group), *wanted.all)
    bare = (" ".join(_SIGNS.sub(" ", _BEGINNING.sub("…", term)).split()) for term in terms)
    return tuple(dict.fromkeys(filter(None, bare)))
