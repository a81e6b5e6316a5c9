"""Markup to text: what a reader sees, in one line or in paragraphs."""

from __future__ import annotations

import unicodedata
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.limits import HEADLINE, TEXT_MARKUP
from crawler.reading.text import (
    bounded,
    clean,
    excerpt_of,
    plain,
    text_of,
)

ONE_LINE = {
    "nothing": ("", ""),
    "plain": ("Hapet panairi", "Hapet panairi"),
    "spaces": ("  Hapet\n\t panairi\u00a0 sot ", "Hapet panairi sot"),
    "numeric-entity": ("Ana &#038; Beni &#8211; &#x201c;gara&#x201d;", "Ana & Beni – “gara”"),
    "named-entity": ("&euml;sht&euml; &amp; &ccedil;faq&euml; &nbsp; sot", "është & çfaqë sot"),
    "twice-escaped": ("Ana &amp;amp; Beni &amp;quot;gara&amp;quot;", 'Ana & Beni "gara"'),
    "escaped-tags": ("Ana &lt;em&gt;fiton&lt;/em&gt;", "Ana fiton"),
    "no-entity": ("AT&T, R&D & Co", "AT&T, R&D & Co"),
    "inline": ("<em>Ga</em>ra e <strong>pare</strong>", "Gara e pare"),
    "break": ("Gara<br>e parë<br/>sot<BR />nis", "Gara e parë sot nis"),
    "blocks": ("<p>Gara</p><p>nis</p>", "Gara nis"),
    "attributes": ('<a href="/x" title="a > b">Gara</a> nis', "Gara nis"),
    "less-than": ("Ana 3 < 5 Beni > 2", "Ana 3 < 5 Beni > 2"),
    "unclosed": ("Gara <b>nis", "Gara nis"),
    "script": ("Gara<script>var nis = 1;</script> nis", "Gara nis"),
    "comment": ("Gara <!-- nis --> sot", "Gara sot"),
    "xml-declaration": ("<?xml version='1.0'?><p>Gara</p>", "Gara"),
    "looks-like-a-url": ("https://gazeta.example/x", "https://gazeta.example/x"),
    "nul": ("Ga\x00ra\x07 nis", "Gara nis"),
    "windows-1252": ("\x93Gara\x94 \x96 nis", "“Gara” – nis"),
    "windows-1252-entity": ("&#147;Gara&#148;", "“Gara”"),
    "soft-hyphen": ("Ga\u00adra\u200b nis\ufeff", "Gara nis"),
    "direction-marks": ("\u202bGara\u202c \u2067nis\u2069\u200f", "Gara nis"),
    "persian-joiner": ("می\u200cروند", "می\u200cروند"),
    "stray-joiner": ("ga\u200cra\u200d", "gara"),
    "emoji": ("👩\u200d🔬 në laborator ❤\ufe0f", "👩\u200d🔬 në laborator ❤\ufe0f"),
    "decomposed": ("e\u0308shte\u0308 c\u0327do", "është çdo"),
    "half-character": ("Gara \ud83d nis", "Gara nis"),
}


@pytest.mark.parametrize(("markup", "line"), ONE_LINE.values(), ids=ONE_LINE)
def test_one_line(markup: str, line: str) -> None:
    assert plain(markup) == line


FOOTED = "<p>{}</p>\n<p>The post <a href=x>Titull</a> appeared first on <a href=y>Gazeta</a>.</p>"

BODIES = {
    "nothing": ("", ""),
    "no-markup": (
        "Rreshti i parë\n\nRreshti i dytë &amp; i tretë",
        "Rreshti i parë\nRreshti i dytë & i tretë",
    ),
    "paragraphs": ("<p>Një</p>\n<p>Dy\ndhe tre</p>", "Një\nDy dhe tre"),
    "breaks": ("Një<br>dy<br><br/>tre", "Një\ndy\ntre"),
    "heading-list-quote": (
        "<h2>Titull</h2><ul><li>Një</li></ul><blockquote><p>Citim</p><cite>Ana</cite></blockquote>",
        "Titull\nNjë\nCitim\nAna",
    ),
    "inline": ("<p>Ga<em>ra</em> <a href='/x'>nis</a></p>", "Gara nis"),
    "embed": ("<p>Një</p><embed src=x><p>Dy</p>", "Një\nDy"),
    "embed-closed": ("<p>Një</p><embed src=x></embed><p>Dy</p>", "Një\nDy"),
    "embed-in-an-object": ("<p>Një</p><object>x<embed src=x></object><p>Dy</p>", "Një\nDy"),
    "embed-between-words": ("<p>Një<embed src=x>dy</p>", "Një dy"),
    "sources": ("<p>Një</p><source src=x><track src=x><param name=x><p>Dy</p>", "Një\nDy"),
    "video": ("<p>Një</p><video><source src=x>pa video</video><p>Dy</p>", "Një\nDy"),
    "scripts": (
        "<p>Një</p><script>x</script><style>y</style><noscript>z</noscript><p>Dy</p>",
        "Një\nDy",
    ),
    "figure": (
        "<p>Një</p><figure><img src=x><figcaption>Foto</figcaption></figure><p>Dy</p>",
        "Një\nDy",
    ),
    "table-figure": (
        "<figure class='wp-block-table'><table><tr><td>Një<td>2</table></figure>",
        "Një 2",
    ),
    "caption-class": (
        "<div class='wp-caption'><p class='wp-caption-text'>Foto</p></div><p>Një</p>",
        "Një",
    ),
    "iframe": ("<p>Një</p><iframe src=x>Video</iframe><p>Dy</p>", "Një\nDy"),
    "form": ("<form><p>Abonohu</p><input></form><p>Një</p>", "Një"),
    "sharing": ("<p>Një</p><div class='sharedaddy sd-block'><h3>Shpërndaje</h3></div>", "Një"),
    "comments": ("<!-- wp:paragraph --><p>Një</p><!-- /wp:paragraph -->", "Një"),
    "caption-shortcode": ('<p>Një [caption id="a"]<img src=x> Foto[/caption] dy</p>', "Një dy"),
    "builder-shortcodes": ('[vc_row][vc_column width="1/2"]<p>Një</p>[/vc_column][/vc_row]', "Një"),
    "brackets": ("<p>Një [dy] tre</p>", "Një [dy] tre"),
    "footer-en": (FOOTED.format("Një"), "Një"),
    "footer-sq": ("<p>Një</p><p>Postimi Titull u shfaq së pari në Gazeta.</p>", "Një"),
    "no-footer": (
        "<p>It appeared first on a stage.</p><p>Një</p>",
        "It appeared first on a stage.\nNjë",
    ),
    "escaped-whole": ("&lt;p&gt;Një&lt;/p&gt;&lt;p&gt;Dy &amp;amp; tre&lt;/p&gt;", "Një\nDy & tre"),
    "nul": ("<p>N\x00jë</p>", "Një"),
    "half-character": ("<p>Një \udc00dy</p>", "Një dy"),
    "byte-order-mark": ("\ufeff<p>Një</p>", "Një"),
    "charset-of-another-page": ("<meta charset='windows-1251'><p>Një</p>", "Një"),
    "namespaces": ("<o:p>Një</o:p><svg xmlns='x'><text>dy</text></svg>", "Një"),
    "declared": ("<!DOCTYPE html><html><head><title>T</title></head><body>Një", "Një"),
    "xhtml-iframe": ("<iframe src='x' /><p>Një</p>", "Një"),
}


@pytest.mark.parametrize(("html", "text"), BODIES.values(), ids=BODIES)
def test_a_body(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    "broken", ["<script>x", "<figure>", "<div><b><!--", "<p class='more-link'>x"]
)
def test_what_one_body_left_open_is_not_the_next_ones(broken: str) -> None:
    text_of(broken)
    assert text_of("<p>Një</p>dy") == "Një\ndy"


def test_bodies_are_read_by_several_threads_at_once() -> None:
    """Pages are read aside while rows come in."""
    bodies = [f"<p>{word}</p>" * 2_000 + "<script>x</script>" for word in ("një", "dy", "tre")]
    found: dict[str, str] = {}
    readers = [Thread(target=lambda b: found.update({b: text_of(b)}), args=(b,)) for b in bodies]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert [set(found[body].split()) for body in bodies] == [{"një"}, {"dy"}, {"tre"}]


FOOTERS = (
    "The post T appeared first on G.",
    "T FIRST APPEARED ON G",
    "This was originally published at G",
    "T u shfaq së pari në G",
    "T u publikua fillimisht në G",
    "T u botua për herë të parë në G",
    "L'articolo T proviene da G.",
    "Der Beitrag T erschien zuerst auf G.",
    "L’article T est apparu en premier sur G.",
    "La entrada T apareció primero en G.",
    "Το άρθρο T ΕΜΦΑΝΊΣΤΗΚΕ ΠΡΏΤΑ στο G",
)


@pytest.mark.parametrize("footer", FOOTERS)
def test_footers_of_plugins_are_no_text(footer: str) -> None:
    assert text_of(f"<p>Një</p><p>{footer}</p>") == "Një"
    assert text_of(f"<p>{footer}</p><p>Një</p>").endswith("Një")


EXCERPTS = {
    "paragraph": ("<p>Një dy &#8211; tre</p>\n", "Një dy – tre"),
    "cut": ("<p>Një dy [&hellip;]</p>\n", "Një dy…"),
    "cut-in-a-feed": ("Një dy [&#8230;]", "Një dy…"),
    "dots": ("Një dy [...]", "Një dy…"),
    "more-link": (
        "<p>Një dy &hellip; <a class='more-link' href=x>Lexo <span>T</span></a></p>",
        "Një dy…",
    ),
    "footer": (FOOTED.format("Një dy [&#8230;]"), "Një dy…"),
    "bold": ("<p>Një <b>dy</b> &#038; tre</p>", "Një dy & tre"),
}


@pytest.mark.parametrize(("markup", "line"), EXCERPTS.values(), ids=EXCERPTS)
def test_an_excerpt(markup: str, line: str) -> None:
    assert excerpt_of(markup) == line


@pytest.mark.parametrize(
    ("text", "longest", "cut"),
    [
        ("një dy tre", 10, "një dy tre"),
        ("një dy tre", 9, "një dy"),
        ("një dy tre", 7, "një dy"),
        ("njëdytre", 4, "njëd"),
        ("       një", 4, ""),
    ],
)
def test_bounds_cut_at_a_word_and_say_so(text: str, longest: int, cut: str) -> None:
    kept, note = bounded(text, longest, "headline")
    assert kept == cut
    assert (note is None) == (kept == text)


def test_a_headline_of_ten_thousand_characters() -> None:
    kept, note = bounded(plain("fjala " * 1_700), HEADLINE, "headline")
    assert len(kept) <= HEADLINE
    assert kept.endswith("fjala")
    assert note == "headline of 10,199 characters cut to 995"


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000 + "fund" + "</div>" * 50_000,
        "<b>" * 50_000 + "fund",
        "<table><tr><td>" * 50_000 + "fund",
        "fund" + "<" * 1_000_000,
        "fund" + "&" * 1_000_000,
        "<p>fund " + "a=b " * 400_000,
        "fund<!--" * 200_000,
        "fund<?" * 200_000,
        "fund[caption " * 100_000,
        "fund[vc_row " * 100_000,
        "fund" + "a\u0300\u0316" * 300_000,
        "fund " + "\u200c" * 1_000_000,
        "<p>fund</p>" + " " * 2_000_000,
    ],
    ids=["divs", "bold", "tables", "brackets", "ampersands", "attributes", "comments",
         "instructions", "captions", "shortcodes", "combining", "joiners", "spaces"],
)  # fmt: skip
def test_hostile_bodies_are_only_long(html: str) -> None:
    assert "fund" in text_of(html)
    plain(html)
    excerpt_of(html)


def test_more_than_the_bound_is_not_read() -> None:
    assert text_of("<p>a</p>" + " " * TEXT_MARKUP + "<p>b</p>") == "a"


def test_the_quick_look_at_letters_and_the_thorough_one_agree() -> None:
    letters = map(chr, range(0x2400))
    thorough = " ж"
    # not among the letters that are surely clean, so what stands before it is looked at one by one
    assert [c for c in letters if clean(c) + thorough != clean(c + thorough)] == []


MARKUP = st.text(
    st.one_of(
        st.sampled_from('<>/&;#!-["= \n\x00\ud800\u200c\u0308'),
        st.characters(),
    ),
    max_size=80,
)


@given(MARKUP)
def test_text_is_always_clean(markup: str) -> None:
    for text in (plain(markup), excerpt_of(markup), text_of(markup), clean(markup)):
        text.encode("utf-8")
        assert "\0" not in text
        assert "\u00ad" not in text
    line = plain(markup)
    assert line == " ".join(line.split())
    assert all(part == " ".join(part.split()) for part in text_of(markup).split("\n"))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=60))
def test_words_come_out_composed(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", clean(text))
