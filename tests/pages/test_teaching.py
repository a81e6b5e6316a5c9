"""Two headlines of a site's kept front page, pointed at where the proposal is another list."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.desk.conftest import Desk
from tests.gather import scripted
from tests.pages.conftest import Browser
from tests.pages.test_add_outlet import slug_on

AT = "/outlets/add"
NAMES = (
    *("Këshilli miraton buxhetin e ri", "Biblioteka hapet pas dy vjetësh"),
    *("Vullnetarët pastrojnë liqenin", "Nxënësit fitojnë çmimin e parë"),
)
NEWS = "".join(
    f"<div class='r'><h3><a href='/l/{n}'>{name}</a></h3><i>{20 - n}.05.2026</i></div>"
    for n, name in enumerate(NAMES)
)
CALLS = "".join(
    f"<p class='m'><a href='/thirrje/{n}'>Thirrja {n}: {name.lower()}</a></p>"
    for n, name in enumerate(NAMES)
)
ALIVE = (
    "<script>alert(1)</script><img src='https://outside.example/x.png'>"
    "<a href='javascript:alert(1)' onclick='alert(1)'>Mos e shtyp këtë lidhje</a>"
    "<iframe src='https://outside.example/'></iframe><style>body{display:none}</style>"
)
HEAD = "<head><title>Pasqyra e fshatit</title></head>"
FRONT = scripted.Said(body=f"<html>{HEAD}<body>{ALIVE}{NEWS}{CALLS}</body></html>")


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


@pytest.fixture
def site() -> Iterator[scripted.Site]:
    with scripted.served(lambda path, _: FRONT if path == "/" else None) as served:
        yield served


@pytest.fixture
def looked(ana: Browser, site: scripted.Site) -> Browser:
    """Ana, who has looked at the site."""
    assert ana.post(f"{AT}/look", {"url": f"{site.root}/"}).status_code == 303
    return ana


def number_of(page: str, words: str) -> str:
    found = re.search(rf'value="(\d+)"(?: checked)?> (?:<strong>)?{re.escape(words)}', page)
    assert found, words
    return found[1]


def test_two_headlines_make_another_list(looked: Browser, desk: Desk) -> None:
    assert NAMES[0] in read(looked.get(AT))
    page = read(looked.get(f"{AT}/teach"))
    assert page.count("<h1") == 1
    picked = [number_of(page, f"Thirrja {n}") for n in (0, 2)]
    assert looked.post(f"{AT}/teach", {"headline": picked}).headers["location"] == AT
    page = read(looked.get(AT))
    assert "Thirrja 3" in page
    slug = slug_on(page)
    assert looked.post(AT, {"slug": slug}).status_code == 303
    said = tomllib.loads((desk.root / "outlets" / f"{slug}.toml").read_text("utf-8"))
    assert [find["row"] for find in said["find"]] == ["p.m"]
    assert "private" not in said
    assert "two headlines" in said["evidence"][0]["note"]


def test_a_click_in_the_frame_is_a_tick(looked: Browser) -> None:
    answer = looked.get(f"{AT}/front")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    frame = answer.text
    for living in ("<script", "<img", "<iframe", "<style", "onclick", "javascript:", "outside"):
        assert living not in frame
    leads = re.findall(r'<a href="([^"]+)" target="_top">', frame)
    assert len(leads) == 2 * len(NAMES)
    page = read(looked.get(html.unescape(leads[0])))
    assert page.count(" checked") == 1
    first = leads[0].rpartition("=")[2]
    behind = looked.get(f"{AT}/front?pick={first}").text
    second = html.unescape(re.findall(r'<a href="([^"]+)"', behind)[1])
    assert second.startswith(f"{AT}/teach?pick={first}&pick=")
    assert read(looked.get(second)).count(" checked") == 2


@pytest.mark.parametrize(
    ("picked", "why"),
    [
        ([], "two headlines are wanted"),
        (["0"], "two headlines are wanted"),
        (["99999", "99998"], "two headlines are wanted"),
        (["x", "-1"], "two headlines are wanted"),
    ],
)
def test_what_is_no_pair_is_refused(looked: Browser, picked: list[str], why: str) -> None:
    assert why in read(looked.post(f"{AT}/teach", {"headline": picked}), 400)


def test_two_of_different_columns_teach_nothing(looked: Browser) -> None:
    page = read(looked.get(f"{AT}/teach"))
    picked = [number_of(page, NAMES[0]), number_of(page, "Thirrja 1")]
    assert "no common list" in read(looked.post(f"{AT}/teach", {"headline": picked}), 400)


def test_without_a_look_there_is_nothing_to_point_at(ana: Browser) -> None:
    for path in (f"{AT}/teach", f"{AT}/front"):
        assert ana.get(path).status_code == 400
