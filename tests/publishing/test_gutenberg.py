"""Blocks: words are words whatever they hold, the marker stands in the first one."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.formats.plain import plain
from reports.publishing.gutenberg import (
    after_first,
    attributes,
    block,
    heading,
    image,
    items,
    link,
    marked,
    paragraph,
    text,
)
from reports.publishing.html_text import difference, links, readable
from reports.publishing.post import marker_in, new_marker

MARK = "jehona-dita-0123abcd"
words = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("<>&\"'[]-!/ëç\u202e\x1b\n")))


@given(words)
def test_words_stay_words(told: str) -> None:
    shown = text(told)
    assert not re.search(r"[<>\[\]\"\x1b\u202e]", shown)
    assert " ".join(readable(shown)) == " ".join(plain(" ".join(told.split())).split())


@given(words, words)
def test_no_words_end_a_block_or_begin_one(headline: str, alt: str) -> None:
    blocks = "\n\n".join([paragraph(text(headline)), image(4, "https://a.example/", alt)])
    assert blocks.count("<!--") == blocks.count("-->") == 4


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "", "/12/"])
def test_a_link_leads_to_the_web_or_is_none(url: str) -> None:
    assert link("Fjalë", url) == "Fjalë"


def test_a_links_address_ends_where_it_ends() -> None:
    shown = link("Fjalë", 'https://a.example/?a=1&b="><script>')
    assert shown == ('<a href="https://a.example/?a=1&amp;b=&quot;&gt;&lt;script&gt;">Fjalë</a>')
    assert links(shown) == {'https://a.example/?a=1&b="><script>'}


@given(st.dictionaries(st.text(max_size=8), words, max_size=3))
def test_attributes_are_read_back_and_end_no_comment(given_: dict[str, str]) -> None:
    spelled = attributes(given_)
    assert not re.search(r"--|[<>&]", spelled)
    assert json.loads(spelled) == given_


FIRST = {
    "paragraph": (
        paragraph("Fjalë"),
        f'<!-- wp:paragraph {{"className":"{MARK}"}} -->\n<p class="{MARK}">Fjalë</p>',
    ),
    "heading": (
        heading("Fjalë", 3),
        f'<!-- wp:heading {{"level":3,"className":"{MARK}"}} -->\n<h3 class="wp',
    ),
    "classed": (
        block("paragraph", '<p class="lead">Fjalë</p>', {"className": "lead"}),
        f'<!-- wp:paragraph {{"className":"lead {MARK}"}} -->\n<p class="lead {MARK}">Fjalë</p>',
    ),
    "list": (
        items(["Një"]),
        f'<!-- wp:list {{"className":"{MARK}"}} -->\n<ul class="{MARK}"><!-- wp:list-item -->',
    ),
    "void": (
        "<!-- wp:separator /-->\n\n<p>Fjalë</p>",
        f'<!-- wp:paragraph {{"className":"{MARK}"}} -->\n<p class="{MARK}"></p>',
    ),
    "no-block": ("<p>Fjalë</p>", f'<!-- wp:paragraph {{"className":"{MARK}"}} -->\n<p class'),
    "nothing": ("", f'<!-- wp:paragraph {{"className":"{MARK}"}} -->\n<p class'),
}


@pytest.mark.parametrize("kind", FIRST)
def test_the_marker_stands_in_the_first_block(kind: str) -> None:
    blocks, begins = FIRST[kind]
    shown = marked(blocks, MARK)
    assert shown.startswith(begins)
    assert readable(shown) == readable(blocks)
    assert marker_in(shown, "dita") == MARK


def test_a_picture_goes_behind_the_whole_first_block() -> None:
    blocks = f"{items(['Një', 'Dy'])}\n\n{paragraph('Tri')}"
    shown = after_first(blocks, "PICTURE")
    assert shown == f"{items(['Një', 'Dy'])}\n\nPICTURE\n\n{paragraph('Tri')}"
    assert after_first("<p>Një</p>", "PICTURE") == "PICTURE\n\n<p>Një</p>"


@pytest.mark.parametrize(
    ("event", "markup", "found"),
    [
        ("dita", 'class="jehona-dita-0123abcd"', True),
        ("dita", 'class="lead jehona-dita-0123abcd x"', True),
        ("dita", 'class="jehona-dita-2-0123abcd"', False),
        ("dita", 'class="jehona-dita-0123abcd-89abcdef"', False),
        ("dita", 'class="jehona-dita-0123abcdef"', False),
        ("dita", 'class="x-jehona-dita-0123abcd"', False),
        ("dita-2", 'class="jehona-dita-2-0123abcd"', True),
    ],
)
def test_a_marker_is_of_one_event(event: str, markup: str, found: bool) -> None:
    assert (marker_in(markup, event) is not None) is found


def test_every_new_marker_is_another() -> None:
    made = {new_marker("dita") for _ in range(50)}
    assert len(made) == 50
    assert all(marker_in(one, "dita") == one for one in made)


def test_what_is_compared_is_what_people_read() -> None:
    here = f"{paragraph('Një &amp; dy')}{items([link('Titull', 'https://a.example/1')])}"
    there = "<p>Një & dy</p><script>alert(1)</script><ul><li>Tjetër</li></ul>"
    lines = difference(there, here)
    assert "-Tjetër" in lines
    assert "+Titull <https://a.example/1>" in lines
    assert not any("alert" in line for line in lines)
    assert difference(here, here) == ()


def test_a_flood_of_markup_is_only_long() -> None:
    assert len(readable("<p>" * 400_000)) <= 1
