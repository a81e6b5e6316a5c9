"""An outlet added at the desk: an address pasted, what it offers shown, its file written."""

from __future__ import annotations

import html
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desk.conftest import Desk
from tests.gather import scripted
from tests.pages.conftest import Browser, Sit

AT = "/outlets/add"


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


def files(desk: Desk) -> set[Path]:
    return set((desk.root / "outlets").iterdir())


@pytest.fixture
def site() -> Iterator[scripted.Site]:
    """A newsroom with a feed of five."""

    def answers(path: str, query: dict[str, str]) -> scripted.Said | None:
        return scripted.feed(range(5)) if path in ("/feed/", "/rss.xml", "/feed") else None

    with scripted.served(answers) as served:
        yield served


def slug_on(page: str) -> str:
    return page.partition('name="slug" value="')[2].partition('"')[0]


def test_an_outlet_is_looked_at_shown_and_added(
    ana: Browser, desk: Desk, site: scripted.Site
) -> None:
    before = files(desk)
    assert read(ana.get(AT)).count("<h1") == 1
    assert ana.post(f"{AT}/look", {"url": f"{site.root}/"}).headers["location"] == AT
    page = read(ana.get(AT))
    # what was asked, step by step
    steps = read(ana.get(f"{AT}/steps"))
    assert f"{site.root}/feed/" in steps
    assert "answered" in steps
    assert "pulsing" not in steps
    assert "/feed" in page
    assert "Add outlet" in page
    assert files(desk) == before
    slug = slug_on(page)
    # what another window looked at meanwhile is not what was shown
    read(ana.post(AT, {"slug": "tjetër"}), 400)
    assert files(desk) == before
    assert ana.post(AT, {"slug": slug}).headers["location"] == f"/outlets/{slug}"
    (file,) = files(desk) - before
    assert "private" not in tomllib.loads(file.read_text("utf-8"))
    assert f"Written: outlets/{slug}.toml" in read(ana.get(f"/outlets/{slug}"))
    # once
    read(ana.post(AT, {"slug": slug}), 400)


@pytest.mark.parametrize("url", ["", "kjo nuk është adresë", "--help", "file:///etc/passwd"])
def test_what_is_no_address_is_refused_and_stays(ana: Browser, url: str) -> None:
    answer = ana.post(f"{AT}/look", {"url": url})
    page = read(answer, answer.status_code)
    assert answer.status_code in (400, 409)
    assert 'role="alert"' in page
    assert f'value="{url}"' in page


@pytest.mark.parametrize("language", ["en", "sq"])
def test_in_both_languages(sit: Sit, desk: Desk, language: str) -> None:
    assert read(sit(desk.root, language=language).enter().get(AT)).count("<h1") == 1
