"""What a watch tells: how complete the round was, what is new, what broke and mended (pure).

Never "nothing new" but after a complete check: silence is no "no coverage".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from crawler.models import Language
from reports.words import say

UP_FRONT: Final = 3
# pieces that are told one by one; the others are counted
NAMED: Final = 6
# outlets that are named in a sentence; the others are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPiece:
    """A piece that nobody was told of yet."""

    headline: str
    outlet: str
    # None where it has no address
    url: str | None
    # one line why it stands in front: "also in 3 others"
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNews:
    """What there is to tell of one event."""

    title: str
    # those worth most first
    new: tuple[NewPiece, ...]
    # since when they are new: the last digest, or the event's first day
    since: datetime
    # matches that wait for a person
    waiting: int
    # names of outlets
    complete: tuple[str, ...]
    incomplete: tuple[str, ...]
    # pieces of today and of a usual day, where today is unusual
    unusual: tuple[int, float] | None = None
    # where the desk shows it
    page: str | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every outlet was checked completely since then."""
        return bool(self.complete) and not self.incomplete


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """An accepted piece that its outlet changed later."""

    headline: str
    outlet: str
    # None where it has no address
    url: str | None
    # what of it, weightiest first: "withdrawn", "correction", "headline", "lead", "text"
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One message."""

    events: tuple[EventNews, ...]
    # names of outlets
    broke: tuple[str, ...]
    mended: tuple[str, ...]
    # IANA: the zone of the office
    zone: str
    # of the record, where the message is a digest
    seal: str | None = None
    # the weightiest first
    edited: tuple[Edited, ...] = ()


def subject(news: News, language: Language) -> str:
    """One line: what is new, or that nothing is, or that nobody can say."""
    new = sum(len(event.new) for event in news.events)
    title = news.events[0].title if len(news.events) == 1 else say("notice_events", language)
    if new:
        return say("notice_subject_new", language, title=title, n=new)
    if news.broke and not news.events:
        return say("notice_subject_broke", language, names=", ".join(news.broke))
    if news.events and all(event.is_complete for event in news.events):
        return say("notice_subject_nothing", language, title=title)
    if news.events:
        return say("notice_subject_unsure", language, title=title)
    if news.edited:
        return say("notice_edited", language, n=len(news.edited))
    return say("notice_subject_mended", language, names=", ".join(news.mended))


def text(news: News, language: Language) -> str:
    """The message in plain words."""
    parts = ["\n".join(_event(event, news.zone, language)) for event in news.events]
    parts += ["\n".join(_edited(news, language))] if news.edited else []
    parts += list(_outlets(news, language))
    return "\n\n".join(parts) + "\n"


def html(news: News, language: Language) -> str:
    """The same as a page of plain HTML, without pictures and without anything that is fetched.

    Styles stand in the elements: mail programs take no others.
    """
    body = Markup("").join(_section(event, news.zone, language) for event in news.events)
    body += _edited_section(news, language)
    body += Markup("").join(_paragraph(line) for line in _outlets(news, language))
    frame = Markup(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8">'
        '<meta name="color-scheme" content="light dark"></head>'
        '<body style="font:16px/1.5 sans-serif;max-width:600px;margin:24px auto;padding:0 16px;'
        'overflow-wrap:anywhere">'
        "{}</body></html>"
    )
    return str(frame.format(language, body))


def _section(event: EventNews, zone: str, language: Language) -> Markup:
    """One event: how complete, what is new, the pieces as a list, what waits."""
    title = Markup('<h2 style="font-size:22px;line-height:1.25;margin:0 0 8px">{}</h2>')
    pieces = Markup("").join(_item(piece) for piece in event.new[:UP_FRONT])
    listed = Markup('<ul style="padding-left:20px">{}</ul>').format(pieces) if pieces else ""
    before = Markup("").join(_paragraph(line) for line in _before(event, zone, language))
    after = Markup("").join(_paragraph(line) for line in _after(event, language))
    page = Markup('<p><a href="{0}">{0}</a></p>').format(event.page) if event.page else ""
    return title.format(event.title) + before + listed + after + page


def _edited_section(news: News, language: Language) -> Markup:
    """What outlets changed, as a list."""
    if not news.edited:
        return Markup("")
    first, *_ = _edited(news, language)
    told = Markup('<li style="margin:0 0 10px"><b>{}</b><br>{}<br><small>{}</small></li>')
    items = Markup("").join(
        told.format(one.outlet, _linked(one.headline, one.url), _what(one, language))
        for one in news.edited[:UP_FRONT]
    )
    rest = Markup("").join(_paragraph(line) for line in _rest(news, language))
    return _paragraph(first) + Markup('<ul style="padding-left:20px">{}</ul>').format(items) + rest


def _edited(news: News, language: Language) -> Iterator[str]:
    """How many accepted pieces were changed, the weightiest one by one, the others counted."""
    yield say("notice_edited", language, n=len(news.edited)) + ":"
    for one in news.edited[:UP_FRONT]:
        yield f"- {one.outlet}: {one.headline} ({_what(one, language)})"
        if one.url:
            yield f"  {one.url}"
    yield from _rest(news, language)


def _rest(news: News, language: Language) -> Iterator[str]:
    if rest := news.edited[UP_FRONT:]:
        yield say("notice_more", language, n=len(rest), outlets=_counted(rest))


def _what(one: Edited, language: Language) -> str:
    return ", ".join(say(f"edited_{what}", language) for what in one.what)


def _linked(words: str, url: str | None) -> Markup:
    link = Markup('<a href="{}">{}</a>')
    return link.format(url, words) if url else Markup("{}").format(words)


def _item(piece: NewPiece) -> Markup:
    told = Markup('<li style="margin:0 0 10px"><b>{}</b><br>{}<br><small>{}</small></li>')
    return told.format(piece.outlet, _linked(piece.headline, piece.url), piece.why)


def _paragraph(line: str) -> Markup:
    return Markup('<p style="margin:0 0 8px">{}</p>').format(line)


def _event(event: EventNews, zone: str, language: Language) -> Iterator[str]:
    """The title, how complete it is, what is new, what waits."""
    yield event.title
    yield from _before(event, zone, language)
    for piece in event.new[:UP_FRONT]:
        yield f"- {piece.outlet}: {piece.headline} ({piece.why})"
        if piece.url:
            yield f"  {piece.url}"
    yield from _after(event, language)
    if event.page:
        yield event.page


def _before(event: EventNews, zone: str, language: Language) -> Iterator[str]:
    """What stands above the pieces."""
    yield _completeness(event, language)
    yield _found(event, f"{event.since.astimezone(ZoneInfo(zone)):%d.%m. %H:%M}", language)
    if event.unusual:
        today, usual = event.unusual
        yield say("notice_unusual", language, n=today, usual=f"{usual:.0f}")


def _after(event: EventNews, language: Language) -> Iterator[str]:
    """What stands below them."""
    if rest := event.new[UP_FRONT:]:
        yield say("notice_more", language, n=len(rest), outlets=_counted(rest))
    if event.waiting:
        yield say("notice_waiting", language, n=event.waiting)


def _found(event: EventNews, since: str, language: Language) -> str:
    """How many are new; that nothing is, only after a complete check."""
    if event.new:
        return say("notice_new", language, n=len(event.new), since=since)
    return say("notice_nothing" if event.is_complete else "notice_unsure", language, since=since)


def _completeness(event: EventNews, language: Language) -> str:
    every = len(event.complete) + len(event.incomplete)
    if not event.incomplete:
        return say("notice_complete", language, n=every)
    return say(
        "notice_incomplete",
        language,
        n=len(event.complete),
        every=every,
        names=_named(event.incomplete),
    )


def _named(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f", +{more}" if more > 0 else "")


def _counted(pieces: Sequence[NewPiece | Edited]) -> str:
    counts = Counter(piece.outlet for piece in pieces).most_common(NAMED)
    return ", ".join(f"{outlet} {count}" for outlet, count in counts)


def _outlets(news: News, language: Language) -> Iterator[str]:
    if news.broke:
        yield say("notice_broke", language, names=_named(news.broke), n=len(news.broke))
    if news.mended:
        yield say("notice_mended", language, names=_named(news.mended), n=len(news.mended))
    if news.seal:
        yield say("record_seal", language, seal=news.seal)
