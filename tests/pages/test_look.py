"""What pages look like: files that are asked for once, and the office's own colour."""

from __future__ import annotations

import re

import pytest

from jehona.desk.rendering import static
from reports.formats.colours import contrast
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit

NAMES = ("desk.css", "desk.js", "review.css", "icon.svg")
LINKED = re.compile(r'<link rel="stylesheet" href="(/brand\.css\?[^"]*)">')
PAPERS = ("#ffffff", "#15171b")


@pytest.fixture
def outside(sit: Sit, desk: Desk) -> Browser:
    """Somebody who did not come in."""
    return sit(desk.root)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_by_its_digest_is_asked_for_once(outside: Browser, name: str) -> None:
    answer = outside.get(static(name))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("behind", ["", "?", "?000000000000", "?x=1"])
def test_a_file_by_another_address_is_not_kept(outside: Browser, behind: str) -> None:
    answer = outside.get(f"/static/desk.css{behind}")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize("path", ["/static/nuk-ka.css", "/static/..%2fapp.py?0", "/static/"])
def test_what_is_no_file_of_ours_is_not_there(outside: Browser, path: str) -> None:
    answer = outside.get(path)
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")


def test_without_a_colour_ours_stays(ana: Browser) -> None:
    assert not LINKED.search(ana.get("/").text)
    assert ana.get("/brand.css").text == ""


@pytest.mark.parametrize("colour", ["#7a1f2b", "#ffe14d", "#000000", "#ffffff", "#00bb66"])
def test_the_offices_colour_can_be_read_on_both_papers(
    ana: Browser, desk: Desk, colour: str
) -> None:
    file = desk.root / "jehona.toml"
    file.write_text(f'{file.read_text("utf-8")}\n[brand]\ncolour = "{colour}"\n', "utf-8")
    linked = LINKED.search(ana.get("/").text)
    assert linked
    answer = ana.get(linked[1])
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    accents, inks = (re.findall(rf"--{name}:(#\w+)", answer.text) for name in ("accent", "on"))
    for accent, ink, paper in zip(accents, inks, PAPERS, strict=True):
        assert contrast(accent, paper) >= 4.5
        assert contrast(ink, accent) >= 4.5
    # of another colour's address the browser keeps nothing
    assert ana.get("/brand.css?123456").headers["cache-control"] == "no-store"


def test_who_is_not_in_learns_no_colour(outside: Browser) -> None:
    assert outside.get("/brand.css").status_code == 401
