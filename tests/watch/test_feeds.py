"""`jehona feed`: read by foreign readers, and nothing unaccepted in it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path

import fastfeedparser
import feedparser
import feedparser_rs
import icalendar
import pytest

from tests.desk.conftest import Desk
from tests.record.pieces import NOON, piece

ATOM = "{http://www.w3.org/2005/Atom}"
EVIL = 'Libri <script>alert("1")</script> & "shesh" \x0b fund'
SEEN = 'Libri <script>alert("1")</script> & "shesh" fund'
LINKS = [piece(5).url, piece(1).url]


@pytest.fixture
def accepted(filled: Desk) -> Desk:
    """One piece accepted, one rejected, one that waits; a hostile headline among the accepted."""
    filled.keep(piece(5, headline=EVIL, published=NOON - timedelta(minutes=5)))
    for number, word in ((1, "--accept"), (5, "--accept"), (2, "--reject")):
        assert filled.type("review", "festa", word, piece(number).url).code == 0
    return filled


def told(desk: Desk, form: str) -> str:
    typed = desk.type("feed", "festa", "--format", form)
    assert typed.code == 0, typed.err
    return typed.out


def test_atom_by_two_foreign_readers(accepted: Desk) -> None:
    text = told(accepted, "atom")
    read, quick = feedparser.parse(text.encode()), fastfeedparser.parse(text)
    assert not read.bozo, read.get("bozo_exception")
    assert [one.link for one in read.entries] == [one.link for one in quick.entries] == LINKS
    assert [one.title for one in read.entries] == [one.title for one in quick.entries]
    assert [one.author for one in quick.entries] == ["Gazeta Shembull"] * 2
    assert len({entry.id for entry in read.entries}) == 2
    assert all(entry.id.startswith("tag:office.example,") for entry in read.entries)
    assert "urn:" not in text


def test_json_feed_by_two_foreign_readers(accepted: Desk) -> None:
    text = told(accepted, "json")
    read, quick = feedparser_rs.parse(text), fastfeedparser.parse(text)
    assert (read.bozo, read.version) == (False, "json11")
    assert [one.link for one in read.entries] == [one.link for one in quick.entries] == LINKS
    # it takes a title for HTML and cleans it; the other takes it for words
    assert read.entries[1].title == quick.entries[1].title == "Libri 1 u hap në shesh"
    assert quick.entries[0].title == SEEN
    assert [one.author for one in read.entries] == ["Gazeta Shembull"] * 2


def test_a_hostile_headline_is_words(accepted: Desk) -> None:
    first = next(ET.fromstring(told(accepted, "atom")).iter(f"{ATOM}entry"))
    assert first.findtext(f"{ATOM}title") == SEEN


def test_json_feed(accepted: Desk) -> None:
    document = json.loads(told(accepted, "json"))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["url"] for item in document["items"]] == [piece(5).url, piece(1).url]
    # 1.1: an item has content_text or content_html; nothing is null
    assert all(item["content_text"] for item in document["items"])
    assert "null" not in told(accepted, "json")


def test_a_calendar_has_short_lines_and_the_day(accepted: Desk) -> None:
    path = accepted.root / "events" / "festa.toml"
    path.write_text(
        path.read_text("utf-8").replace(
            "Festa e Librit", "Festa e Librit; " + "përgjegjshmëria, " * 12
        ),
        "utf-8",
    )
    text = told(accepted, "ics")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    plain = text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20250510\r\nDTEND;VALUE=DATE:20250511\r\n" in plain
    assert re.search(r"SUMMARY:Festa e Librit\\; përgjegjshmëria\\, ", plain)
    assert plain.startswith("BEGIN:VCALENDAR\r\n")
    assert plain.endswith("END:VCALENDAR\r\n")
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert event.errors == []
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (
        date(2025, 5, 10),
        date(2025, 5, 11),
    )
    assert str(event["summary"]).startswith("Festa e Librit; përgjegjshmëria, ")
    assert str(event["location"]) == "Tiranë"


def test_what_has_no_day_keeps_its_moment_and_a_headline_that_changed_has_another(
    accepted: Desk,
) -> None:
    assert accepted.type("review", "festa", "--accept", piece(3).url).code == 0
    first, again = (feedparser.parse(told(accepted, "atom").encode()) for _ in range(2))
    assert [one.updated for one in first.entries] == [one.updated for one in again.entries]
    assert first.entries[-1].link == piece(3).url
    assert "published" not in first.entries[-1]
    later = NOON + timedelta(days=2)
    accepted.keep(piece(1, headline="Libri u mbyll"), fetched=later)
    changed = feedparser.parse(told(accepted, "atom").encode()).entries
    (entry,) = [one for one in changed if one.link == piece(1).url]
    assert entry.title == "Libri u mbyll"
    assert entry.updated == f"{later:%Y-%m-%dT%H:%M:%SZ}"


def test_an_event_without_anything_accepted_is_an_empty_feed(filled: Desk) -> None:
    assert feedparser.parse(told(filled, "atom").encode()).entries == []


def test_into_a_file(accepted: Desk, tmp_path: Path) -> None:
    file = tmp_path / "ushqim" / "festa.atom"
    typed = accepted.type("feed", "festa", "-o", str(file))
    assert (typed.code, file.read_text("utf-8")[:5]) == (0, "<?xml")
    # a second time over the first
    assert accepted.type("feed", "festa", "-o", str(file)).code == 0
