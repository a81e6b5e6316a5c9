"""Lists are walked from their newest page, however their pages are numbered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.reading.numbering import Numbering, bare_address
from tests.gather import scripted
from tests.gather.conftest import Crawl
from tests.gather.scripted import LISTING, REFUSALS, Said, headline, rows

Find = dict[str, object]
PIECES = 25
ROWS = 10
# every piece, and nothing older
WINDOW = ("--since", "2026-05-01", "--until", "2026-05-21")


def page_of(number: int, first: int, step: int = 1, *, size: int = ROWS) -> Said:
    """Page `number` of a list whose newest page is number `first`; before it nothing."""
    start = (number - first) * size // step if step == 1 else number - first
    return rows(range(start, min(start + size, PIECES))) if start >= 0 else scripted.GONE


def numbered(name: str, first: int, *, step: int = 1, bare: int | None = None) -> scripted.Answers:
    """`/lajme?NAME=N`; `bare` is the number that the address without one answers as."""

    def answers(path: str, query: dict[str, str]) -> Said | None:
        number = int(query[name]) if name in query else bare
        if path != "/lajme" or number is None:
            return None
        return page_of(number, first, step)

    return answers


def without(answers: scripted.Answers, name: str, number: str) -> scripted.Answers:
    """The same, where one number is not there."""
    return lambda path, query: None if query.get(name) == number else answers(path, query)


def by_path(path_of: Callable[[int], str]) -> scripted.Answers:
    """Pages 1, 2, 3 at the addresses that a function gives them."""
    pages = {path_of(number): page_of(number, 1) for number in range(1, 6)}
    return lambda path, _query: pages.get(path)


SLASH = by_path(lambda number: f"/lajme/{number}/" if number > 1 else "/lajme/")
WORD = by_path(lambda number: f"/lajme/faqja/{number}" if number > 1 else "/lajme")
FILE = by_path(lambda number: f"/lajme_{number}.htm" if number > 1 else "/lajme.htm")
LISTS: dict[str, tuple[str, scripted.Answers, Find]] = {
    "from 1": ("/lajme?page={page}", numbered("page", 1, bare=1), {}),
    "from 1, no bare address": ("/lajme?page={page}", numbered("page", 1), {}),
    "from 0": ("/lajme?page={page}", numbered("page", 0, bare=0), {}),
    "from 0, no bare address": ("/lajme?page={page}", numbered("page", 0), {}),
    "from 0, told": ("/lajme?page={page}", numbered("page", 0), {"first": 0}),
    "from 1, told": ("/lajme?page={page}", numbered("page", 1), {"first": 1}),
    "from 3, told": ("/lajme?page={page}", numbered("page", 3), {"first": 3}),
    "rows": ("/lajme?start={page}", numbered("start", 0, step=ROWS, bare=0), {}),
    "rows, no bare address": ("/lajme?start={page}", numbered("start", 0, step=ROWS), {}),
    "rows, told": ("/lajme?start={page}", numbered("start", 0, step=ROWS), {"step": 10}),
    "rows from 1, told": (
        "/lajme?start={page}",
        numbered("start", 1, step=ROWS),
        {"first": 1, "step": 10},
    ),
    "rows, the first bare, told": (
        "/lajme?start={page}",
        without(numbered("start", 0, step=ROWS, bare=0), "start", "0"),
        {"first": "", "step": 10},
    ),
    "the first bare, then 2": ("/lajme/{page}/", SLASH, {}),
    "the first bare, then 2, told": ("/lajme/{page}/", SLASH, {"first": ""}),
    "the first bare, then 1, told": (
        "/lajme?page={page}",
        numbered("page", 0, bare=0),
        {"first": ""},
    ),
    "a word before the number": ("/lajme/faqja/{page}", WORD, {}),
    "files": ("/lajme_{page}.htm", FILE, {}),
    "files, told": ("/lajme_{page}.htm", FILE, {"first": ""}),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_from_its_newest_page(crawl: Crawl, tmp_path: Path, name: str) -> None:
    url, answers, told = LISTS[name]
    with scripted.served(answers) as site:
        ended = crawl(site, {**LISTING, "url": f"{{ROOT}}{url}", **told}, words=WINDOW)
        check = ended["checks"][0]
        assert (check["outcome"], check["read"]) == ("complete", PIECES), check
        assert scripted.headlines(tmp_path)[0] == headline(0)
        first = len(site.asked)
        again = crawl(site, {**LISTING, "url": f"{{ROOT}}{url}", **told}, words=WINDOW)
        assert (again["outcome"], again["new"]) == ("complete", 0)
        assert len(site.asked) - first < first, "what was learnt is not asked again"


@pytest.mark.parametrize("told", [{}, {"first": 1}])
def test_a_newest_page_in_the_future_of_the_window_is_not_looked_for(
    crawl: Crawl, told: Find
) -> None:
    find = {**LISTING, "url": "{ROOT}/lajme?page={page}", **told}
    with scripted.served(numbered("page", 0, bare=0)) as site:
        ended = crawl(site, find, words=("--since", "2026-05-12", "--until", "2026-05-13"))
        assert (ended["outcome"], ended["read"]) == ("complete", 4), ended
        assert "/lajme" not in site.asked
        assert "/lajme?page=0" not in site.asked


def test_where_nobody_says_what_stands_ahead_the_list_is_not_complete(crawl: Crawl) -> None:
    def answers(path: str, query: dict[str, str]) -> Said | None:
        number = int(query.get("page", 0))
        return REFUSALS["403"] if number == 0 else numbered("page", 0)(path, query)

    with scripted.served(answers) as site:
        check = crawl(site, {**LISTING, "url": "{ROOT}/lajme?page={page}"}, words=WINDOW)["checks"][
            0
        ]
    assert (check["outcome"], check["read"]) == ("partial", PIECES - ROWS), check
    assert "newest page is not known" in check["note"]


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://g.example/lajme?page={page}", "https://g.example/lajme"),
        ("https://g.example/lajme?a=1&page={page}&b=2", "https://g.example/lajme?a=1&b=2"),
        ("https://g.example/page/{page}/", "https://g.example/"),
        ("https://g.example/lajme/faqja/{page}", "https://g.example/lajme"),
        ("https://g.example/lajme/{page}/", "https://g.example/lajme/"),
        ("https://g.example/lajme_{page}.htm", "https://g.example/lajme.htm"),
        ("https://g.example/lajme/faqja-{page}", "https://g.example/lajme"),
        ("https://g.example/lajme-{page}", "https://g.example/lajme"),
        ("https://g.example/lajme/{page}.html", "https://g.example/lajme/index.html"),
    ],
)
def test_an_address_without_its_number(url: str, bare: str) -> None:
    assert bare_address(url) == bare
    assert Numbering(bare=True, number=2).address(url, 1) == bare
    assert Numbering(bare=True, number=2).address(url, 2) == url.replace("{page}", "2")
    assert Numbering(number=0, step=10).address(url, 3) == url.replace("{page}", "20")
