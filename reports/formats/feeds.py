"""The accepted pieces of an event as a feed, and its days as a calendar (pure).

Atom (RFC 4287), JSON Feed 1.1 (jsonfeed.org) and iCalendar (RFC 5545). A feed holds headline,
outlet, day and link: no text of others, nothing that nobody accepted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from crawler.models import Event, Language, link_of
from reports.models import Piece, Report
from reports.sentences import headline, statement

ATOM: Final = "http://www.w3.org/2005/Atom"
JSON_FEED: Final = "https://jsonfeed.org/version/1.1"
MOST: Final = 500
# entries, the newest
OCTETS: Final = 75
# of a line of a calendar (RFC 5545, 3.1)

# What XML 1.0 cannot hold.
_UNHELD: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where the feed is at home."""

    # whose names the entries carry (RFC 4151): "office.example"
    domain: str
    # the event's page, where the desk has an address: "https://desk.office.example/events/festa"
    page: str | None = None
    # where the feed itself is found
    own: str | None = None


def atom(report: Report, home: Home, language: Language) -> str:
    """An Atom feed, whole."""
    event = report.event
    pieces = _newest(report)
    updated = max((_updated(piece, event) for piece in pieces), default=event.window.start)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="{ATOM}" xml:lang={quoteattr(language)}>',
        f"<title>{_text(event.title)}</title>",
        f"<subtitle>{_text(statement(report, language))}</subtitle>",
        f"<id>{_text(_name(home, event))}</id>",
        f"<updated>{_rfc3339(updated)}</updated>",
        *(f"<link rel={quoteattr(rel)} href={quoteattr(href)}/>" for rel, href in _links(home)),
        *(line for piece in pieces for line in _entry(piece, report, home, language)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _links(home: Home) -> Iterator[tuple[str, str]]:
    if home.own:
        yield "self", home.own
    if home.page:
        yield "alternate", home.page


def _entry(piece: Piece, report: Report, home: Home, language: Language) -> Iterator[str]:
    yield "<entry>"
    yield f"<title>{_text(headline(piece, language))}</title>"
    yield f"<id>{_text(_name(home, report.event, piece))}</id>"
    if link := link_of(piece.url):
        yield f"<link href={quoteattr(_UNHELD.sub('', link))}/>"
    if piece.published:
        yield f"<published>{_rfc3339(piece.published)}</published>"
    yield f"<updated>{_rfc3339(_updated(piece, report.event))}</updated>"
    yield f"<author><name>{_text(piece.outlet_name)}</name></author>"
    yield "</entry>"


def json_feed(report: Report, home: Home, language: Language) -> str:
    """The same as a JSON Feed."""
    items = [
        {
            "id": _name(home, report.event, piece),
            "url": link_of(piece.url),
            "title": headline(piece, language),
            # the format wants words; there are none of others but the headline
            "content_text": f"{piece.outlet_name}: {headline(piece, language)}",
            "date_published": _rfc3339(piece.published) if piece.published else None,
            "date_modified": _rfc3339(piece.changes[-1].at) if piece.changes else None,
            "authors": [{"name": piece.outlet_name}],
            "language": piece.language,
        }
        for piece in _newest(report)
    ]
    document = {
        "version": JSON_FEED,
        "title": report.event.title,
        "description": statement(report, language),
        "home_page_url": home.page,
        "feed_url": home.own,
        "language": language,
        "items": [_told(item) for item in items],
    }
    return json.dumps(_told(document), ensure_ascii=False, indent=1) + "\n"


def _told(document: Mapping[str, object]) -> dict[str, object]:
    """Without what is not known: the format has no null."""
    return {key: value for key, value in document.items() if value is not None}


def calendar(report: Report, home: Home) -> str:
    """The event's day, else its window, as a calendar of one entry."""
    event = report.event
    first, last = (event.date, event.date) if event.date else (event.first_day, event.last_day)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Jehona//Jehona//EN",
        "BEGIN:VEVENT",
        f"UID:{event.slug}@{home.domain}",
        f"DTSTAMP:{report.made.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        # the first day after it (RFC 5545, 3.6.1)
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_value(event.title)}",
        *([f"LOCATION:{_value(event.place)}"] if event.place else []),
        *([f"URL:{home.page}"] if home.page else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _value(text: str) -> str:
    """A text of a calendar (RFC 5545, 3.3.11)."""
    plain = " ".join(text.split())
    return re.sub(r"([\\;,])", r"\\\1", plain)


def _folded(line: str) -> Iterator[str]:
    """A line cut so that none is longer than OCTETS, and no letter is parted."""
    room, part = OCTETS, ""
    for sign in line:
        if len((part + sign).encode()) > room:
            yield part
            room, part = OCTETS, " "
        part += sign
    yield part


def _newest(report: Report) -> list[Piece]:
    """What somebody accepted, the newest first, undated ones at the end."""
    accepted = [piece for piece in report.pieces if piece.decision == "accepted"]
    accepted.sort(key=lambda p: (p.published is not None, p.published or report.made, p.article))
    return accepted[::-1][:MOST]


def _updated(piece: Piece, event: Event) -> datetime:
    """When it was published, or its headline changed last. The format wants a moment: of what has
    none it is the event's first, which stays, so that a reader is not told each time anew.
    """
    moments = [piece.published or event.window.start, *(change.at for change in piece.changes)]
    return max(moments)


def _rfc3339(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _name(home: Home, event: Event, piece: Piece | None = None) -> str:
    """A name that stays (RFC 4151), whatever becomes of addresses."""
    day = f"{event.first_day:%Y-%m-%d}"
    return f"tag:{home.domain},{day}:{event.slug}{f'/{piece.article}' if piece else ''}"


def _text(text: str) -> str:
    return escape(_UNHELD.sub("", " ".join(text.split())))
