"""A scrubbed answer keeps its shape and none of its words."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.anonymize import HOST, Scrubber, words_of

NAME = "Gazeta e Kodrës"


def scrubbed(text: str, *, names: tuple[str, ...] = (NAME,)) -> str:
    return Scrubber(words_of(text), names=names).document(text)


SAME = {
    "iso-date": "<time>2026-05-16T10:30:00+02:00</time>",
    "feed-date": "<rss><pubDate>Sat, 16 May 2026 08:30:00 +0000</pubDate></rss>",
    "date-in-words": "<span>16 Maj 2026, 10:30</span>",
    "numbers": "<b>12 345,6 %</b>",
    "classes": '<div class="post-12 entry-title" id="main"></div>',
    "declaration": '<?xml version="1.0" encoding="UTF-8"?><urlset></urlset>',
    "meta-date": '<meta property="article:published_time" content="2026-05-16T10:30:00+02:00">',
    "entities-alone": "<i>&amp;</i>",
    "robots-rules": "<u></u>",
}


@pytest.mark.parametrize("name", SAME)
def test_what_machines_read_stays(name: str) -> None:
    assert scrubbed(SAME[name]) == SAME[name]


GONE = {
    "text": "<p>Kryetari hapi urën</p>",
    "entity": "<p>Tiran&euml; e re ur&euml;n</p>",
    "cdata": "<title><![CDATA[Kryetari <b>hapi</b> urën]]></title>",
    "escaped-markup": "<description>&lt;p&gt;Kryetari hapi&lt;/p&gt;</description>",
    "attribute": '<img alt="Kryetari hapi" title="urën">',
    "unquoted": "<img alt=Kryetari>",
    "address": '<a href="https://kodra.al/kryetari-hapi-uren/">x</a>',
    "relative-address": '<a href="/kryetari/hapi">x</a>',
    "address-in-text": "<p>te https://kodra.al/kryetari dhe ana@kodra.al</p>",
    "srcset": '<img srcset="https://kodra.al/kryetari.jpg 1x, https://kodra.al/hapi.jpg 2x">',
    "style": "<p style=\"background: url('kryetari.jpg')\">x</p>",
    "handler": "<p onclick=\"kryetari('hapi')\">x</p>",
    "script": "<script>var kryetari = 'hapi';</script>",
    "comment": "<!-- kryetari hapi urën --><p></p>",
    "class-of-a-tag": '<p class="tag-kryetari category-kodra-hapi"></p>',
    "class-of-the-name": '<p class="kodrës-box"></p>',
    "json": '{"title": {"rendered": "Kryetari hapi"}, "slug": "kryetari"}',
    "json-markup": '{"content": "<p>Kryetari <b>hapi</b></p>"}',
    "json-ld": '<script type="application/ld+json">{"headline": "Kryetari hapi"}</script>',
    "month-as-a-word": "<p>Mars është planet</p>",
    "robots": "Sitemap: https://kodra.al/kryetari.xml\n# hapi urën\n",
    "plain": "Kryetari hapi urën",
    "capitals": "<h1>KRYETARI HAPI URËN</h1>",
}
WORDS = re.compile("kryetari|hapi|urën|uren|kodr[aë]|tiran|planet|është", re.IGNORECASE)


@pytest.mark.parametrize("name", GONE)
def test_words_go(name: str) -> None:
    assert not WORDS.search(scrubbed(GONE[name])), scrubbed(GONE[name])


def test_capitals_and_length_stay() -> None:
    assert re.fullmatch(
        r"<p>[A-Z][a-z]{7} [a-z]{4} [A-Z]{4}</p>", scrubbed("<p>Kryetari hapi URËN</p>")
    )


def test_one_word_is_one_word_everywhere() -> None:
    page = '<a href="http://kodra.al/ura/lumi">Ura lumi</a><a href="http://kodra.al/ura/lumi">x</a>'
    first, second = re.findall(r'href="([^"]*)"', scrubbed(page))
    assert first == second
    assert first.startswith(f"http://{HOST}/")
    assert scrubbed(page) == scrubbed(page)


def test_the_paths_of_machines_stay() -> None:
    asked = "https://kodra.al/wp-json/wp/v2/posts?per_page=20"
    assert Scrubber(()).url(asked).startswith(f"https://{HOST}/wp-json/wp/v2/posts?")


def test_json_stays_json() -> None:
    given_json = {"id": 5, "date": "2026-05-16T10:30:00", "type": "post", "title": {"x": "Ura"}}
    found = json.loads(scrubbed(json.dumps(given_json)))
    assert found["id"] == 5
    assert found["date"] == given_json["date"]
    assert found["type"] == "post"
    assert found["title"]["x"] != "Ura"


@given(st.text(alphabet="abcëçAB <>&;\"'=/-!0[]?", max_size=200))
def test_hostile_markup_ends(text: str) -> None:
    assert isinstance(scrubbed(f"<p>{text}"), str)


@given(st.lists(st.text(alphabet="abcdeëçklmnorstu", min_size=3, max_size=12), max_size=30))
def test_no_word_of_a_text_survives(words: list[str]) -> None:
    text = " ".join(words)
    assert not words_of(scrubbed(f"<p>{text}</p>")) & words_of(text) - {"p"}
