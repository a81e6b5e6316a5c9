"""A kept page as a person may look at it."""

from __future__ import annotations

import re
import sys

import pytest

from crawler.reading import Unreadable
from crawler.reading.page.harmless import MOST, harmless


def shown(body: str) -> str:
    return harmless(f"<html><body>{body}</body></html>".encode(), "utf-8")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>Festa</h1><p>Në <b>shesh</b>.</p>", "<h1>Festa</h1><p>Në <b>shesh</b>.</p>"),
        ('<p onclick="x()" style="y" class="z">a</p>', "<p>a</p>"),
        ('<a href="https://x.example/">këtu</a>.', "këtu."),
        ("a<script>alert(1)</script>b", "ab"),
        ("a<style>p{}</style>b<svg><text>c</text></svg>d", "abd"),
        ('<img src="x" onerror="y">a', "a"),
        ('a<iframe src="/">b</iframe>c<form action="/"><input name="d">e</form>', "ace"),
        ("a<br>b<!-- c -->d", "a<br>bd"),
        ("1 &lt; 2 &amp;lt;script&amp;gt;", "1 &lt; 2 &amp;lt;script&amp;gt;"),
        ("<x-y>a</x-y>", "a"),
        ('<meta http-equiv="refresh" content="0;url=https://x.example/">a', "a"),
    ],
)
def test_words_stay_and_nothing_acts(body: str, expected: str) -> None:
    told = shown(body)
    assert expected in (told, told.removeprefix("<p>").removesuffix("</p>"))
    assert not re.search(r"<[a-z0-9]+\s", told), "no element has an attribute"


def test_a_deep_page_and_a_long_one_are_bounded() -> None:
    assert "fund" in shown("<div>" * 240 + "fund")
    assert shown("<div>" * sys.getrecursionlimit() * 2 + "fund").count("<div>") > 240
    assert len(shown("<p>fjalë</p>" * 100_000)) < MOST + 100


def test_what_is_no_page_is_refused() -> None:
    with pytest.raises(Unreadable):
        harmless(b"", "utf-8")
