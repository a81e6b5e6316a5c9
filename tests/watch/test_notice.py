"""A notice as text and as a page: the same words, and words of others do nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import html as lxml_html

from reports.notice import EventNews, NewPiece, News, html, text

EVIL = '<script>alert("1")</script> & <img src=x onerror=y>'


def piece(number: int, headline: str = "Libri u hap") -> NewPiece:
    url = f"https://gazeta.example/{number}/"
    return NewPiece(headline=headline, outlet="Gazeta", url=url, why="përmendet në titull")


EVENT = EventNews(
    title="Festa e Librit",
    new=(piece(1, EVIL), replace(piece(2), url=None), piece(3), piece(4)),
    since=datetime(2025, 5, 10, 6, tzinfo=UTC),
    waiting=2,
    complete=("A", "B"),
    incomplete=("TV",),
    unusual=(30, 6.2),
    page="https://desk.office.example/events/festa",
)
NEWS = News(events=(EVENT,), broke=("TV",), mended=(), zone="Europe/Tirane")


def words_of(page: str) -> str:
    return " ".join(lxml_html.fromstring(page.encode()).text_content().split())


def test_the_page_says_what_the_text_says() -> None:
    page = words_of(html(NEWS, "sq"))
    for line in text(NEWS, "sq").splitlines():
        if line.startswith(("- ", "  ")):
            continue
        assert line.strip() in page, line
    for words in ("Gazeta", "Libri u hap", "përmendet në titull", EVIL):
        assert words in page
    assert "Dhe 1 tjetër: Gazeta 1." in page


def test_words_of_others_are_words_and_nothing_is_fetched() -> None:
    tree = lxml_html.fromstring(html(NEWS, "sq").encode())
    assert {str(node.tag) for node in tree.iter()} == {
        "html", "head", "meta", "body", "h2", "p", "ul", "li", "b", "br", "small", "a",
    }  # fmt: skip
    assert [a.get("href") for a in tree.iter("a")] == [
        "https://gazeta.example/1/",
        "https://gazeta.example/3/",
        "https://desk.office.example/events/festa",
    ]


@pytest.mark.parametrize(("incomplete", "says"), [((), "Nothing new since"), (("TV",), "not all")])
def test_nothing_is_said_only_after_a_complete_check(
    incomplete: tuple[str, ...], says: str
) -> None:
    event = replace(EVENT, new=(), incomplete=incomplete, unusual=None)
    told = text(replace(NEWS, events=(event,)), "en")
    assert says in told
    assert ("Nothing new" in told) == (not incomplete)
