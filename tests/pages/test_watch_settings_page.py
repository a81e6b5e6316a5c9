"""Watching at the desk: [watch] by a form, and today's digest as it would be now."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.record import watches
from jehona.actions.office import open_office
from jehona.actions.watch_settings import length_text
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit

AT = "/settings/watch"
TYPED = {
    "to": "ana@office.example, besa@office.example",
    "urls": "keyring:alerts",
    "digest": "08:00",
    "every": "2h",
    "quiet": "30m",
    "corrections": "14d",
    "ping": "https://monitor.example/x",
}


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


def mark(browser: Browser) -> str:
    found = re.search(r'name="digest_of_file" value="(\w+)"', browser.get(AT).text)
    assert found
    return found[1]


def toml(desk: Desk) -> str:
    return (desk.root / "jehona.toml").read_text("utf-8")


@pytest.fixture
def ana(sit: Sit, filled: Desk) -> Browser:
    browser = sit(filled.root).enter()
    # the event's window is open until the twentieth
    browser.clock.turn(-timedelta(days=3))
    return browser


def test_a_form_writes_the_table_and_leaves_the_rest(ana: Browser, filled: Desk) -> None:
    path = filled.root / "jehona.toml"
    path.write_text(f"# e jona\n{toml(filled)}", "utf-8")
    assert ana.post(AT, TYPED | {"digest_of_file": mark(ana)}).status_code == 303
    watch = open_office(filled.root).workspace.watch
    assert watch is not None
    assert watch.to == ("ana@office.example", "besa@office.example")
    assert (watch.every, watch.corrections) == (timedelta(hours=2), timedelta(days=14))
    assert toml(filled).startswith("# e jona\n")
    page = read(ana.get(AT))
    assert 'name="every" maxlength="300" value="2h"' in page
    assert 'name="corrections" maxlength="300" value="14d"' in page
    assert "ana@office.example besa@office.example</textarea>" in page


def test_without_a_word_the_table_goes(ana: Browser, filled: Desk) -> None:
    ana.post(AT, TYPED | {"digest_of_file": mark(ana)})
    ana.post(AT, dict.fromkeys(TYPED, "") | {"digest_of_file": mark(ana)})
    assert "[watch]" not in toml(filled)


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("every", "1m", "at least 10m"),
        ("digest", "nesër", "a time of day"),
        ("to", "askush", "a mail address"),
        ("ping", "http://monitor.example", "an https address"),
        ("urls", "slack://secret", "keyring"),
    ],
)
def test_what_cannot_be_read_is_refused_and_stays_typed(
    ana: Browser, filled: Desk, name: str, typed: str, says: str
) -> None:
    before = toml(filled)
    page = read(ana.post(AT, TYPED | {"digest_of_file": mark(ana), name: typed}), 400)
    assert says in page
    assert typed in page
    assert toml(filled) == before


def test_who_changed_the_file_meanwhile_is_not_written_over(ana: Browser, filled: Desk) -> None:
    old = mark(ana)
    path: Path = filled.root / "jehona.toml"
    path.write_text(f"{toml(filled)}# tjetër\n", "utf-8")
    assert "somebody else changed it meanwhile" in read(
        ana.post(AT, TYPED | {"digest_of_file": old}), 409
    )
    assert "[watch]" not in toml(filled)


def test_the_preview_is_the_digest_and_nothing_is_kept(ana: Browser, filled: Desk) -> None:
    page = read(ana.get(AT))
    # in the language of those who are told
    assert "Festa e Librit: 3 shkrime të reja" in page
    assert "0 nga 1 media u kontrolluan plotësisht; jo: Gazeta Shembull." in page
    with filled.record() as record:
        assert watches.notices(record, 1) == []
        assert watches.told(record, "festa") == frozenset()


def test_no_event_is_under_way(ana: Browser) -> None:
    ana.clock.turn(timedelta(days=300))
    ana.enter()
    assert "No event is under way" in read(ana.get(AT))


def test_before_anything_was_gathered(sit: Sit, desk: Desk) -> None:
    browser = sit(desk.root).enter()
    assert read(browser.get(AT)).count("<h1") == 1


def test_settings_lead_there(ana: Browser) -> None:
    assert f'href="{AT}"' in ana.get("/settings").text


@pytest.mark.parametrize("text", ["14d", "1h", "90m", "10m", "36h"])
def test_a_length_is_written_as_it_is_read(text: str) -> None:
    unit = {"d": "days", "h": "hours", "m": "minutes"}[text[-1]]
    assert length_text(timedelta(**{unit: int(text[:-1])})) == text
