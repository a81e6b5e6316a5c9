"""A page that only sends on is no piece, and a piece is none that sends on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.limits import FORWARD_SCRIPT, FORWARD_TEXT
from crawler.reading import Unreadable
from crawler.reading.page import read_page
from crawler.reading.page.forward import forward_in

URL = "https://gazeta.example/go/77"
PIECE = "https://gazeta.example/lajme/nje/"
WAIT = "<h1>Po ju dërgojmë te lajmi...</h1>"
TEXT = "<p>" + "Panairi i fshatit solli sot shumë banorë në shesh. " * 12 + "</p>"


def refresh(content: str) -> str:
    return f'<meta http-equiv="refresh" content="{content}">{WAIT}'


def script(words: str) -> str:
    return f"<script>{words}</script>{WAIT}"


SENDS = {
    "refresh": (refresh("0; url=/lajme/nje/"), "refresh"),
    "refresh without url=": (refresh("0;/lajme/nje/"), "refresh"),
    "refresh in capitals": (refresh("3;URL=https://gazeta.example/lajme/nje/"), "refresh"),
    "refresh in quotes": (refresh("0; url='/lajme/nje/' "), "refresh"),
    "refresh without seconds": (refresh("url=/lajme/nje/"), "refresh"),
    "refresh with a comma": (refresh("0, url=/lajme/nje/"), "refresh"),
    "refresh of a part of a second": (refresh("0.5; url=/lajme/nje/"), "refresh"),
    "refresh in single quotes": (
        f"<META HTTP-EQUIV='Refresh' CONTENT='1;URL=../lajme/nje/'>{WAIT}",
        "refresh",
    ),
    "refresh beside a menu": (
        refresh("2;url=/lajme/nje/") + '<nav><a href="/">Kreu</a>' + "Rubrika " * 90 + "</nav>",
        "refresh",
    ),
    "by a base": (
        '<base href="/lajme/"><meta http-equiv=refresh content="0;url=nje/">',
        "refresh",
    ),
    "noscript": (
        f'<noscript><meta http-equiv="refresh" content="0;url={PIECE}"></noscript>',
        "refresh",
    ),
    "location.href": (script("window.location.href = '/lajme/nje/';"), "script"),
    "location": (script('location="/lajme/nje/"'), "script"),
    "location.replace": (script(f'window.location.replace("{PIECE}");'), "script"),
    "document.location.assign": (script("document.location.assign('/lajme/nje/')"), "script"),
    "top.location": (script("top.location.href='/lajme/nje/'"), "script"),
    "escaped": (script('location.href="https:\\/\\/gazeta.example\\/lajme\\/nje\\/";'), "script"),
    "in a while": (
        script("setTimeout(function(){ window.location = '/lajme/nje/'; }, 3000)"),
        "script",
    ),
    "in a while, as a text": (
        script("""setTimeout("location.href='/lajme/nje/'", 0);"""),
        "script",
    ),
    "by a name": (
        script("var ku = '/lajme/nje/'; window.location.replace(ku);"),
        "script",
    ),
    "when it is loaded": (
        f"<body onload=\"window.location='/lajme/nje/'\">{WAIT}</body>",
        "script",
    ),
    "click here": (
        '<p>Nëse nuk ridrejtoheni, <a href="/lajme/nje/">klikoni këtu</a>.</p>',
        "link",
    ),
    "click here in English, beside the logo": (
        '<a href="/">Gazeta</a><p>If you are not redirected, <a href="/lajme/nje/">click here</a>.',
        "link",
    ),
    "moved": ("<h1>Object moved</h1>This document has moved <a href=/lajme/nje/>here</a>", "link"),
    "canonical alone": ('<link rel="canonical" href="/lajme/nje/"><body></body>', "canonical"),
}
STAYS = {
    "a piece that loads itself again": refresh("300") + TEXT,
    "a live page": refresh("10") + "<p itemprop=articleBody>Nisi ndeshja.</p>",
    "a piece that goes on late": refresh("600; url=/") + "<p>Shkurt.</p>",
    "a piece with a text": refresh("0; url=/lajme/nje/") + TEXT,
    "a script of a piece": script("location.href='/lajme/nje/'") + TEXT,
    "a short piece that says so": script("location.href='/lajme/nje/'")
    + '<meta property="article:published_time" content="2025-05-12"><p>Shkurt.</p>',
    "a search": script("function find(q){ location.href='/kerko?q=' + q; }") + "<p>Shkurt.</p>",
    "a click": script("menu.onclick=function(){ location.href='/lajme/nje/'; }") + "<p>Shkurt.</p>",
    "a choice": script("if (screen.width < 600) location.href='/m/';") + "<p>Shkurt.</p>",
    "a name that is put together": script("var ku = '/kerko?q=' + q; location.href = ku;")
    + "<p>Shkurt.</p>",
    "a comparison": script("var here = location.href == '/lajme/nje/';") + "<p>Shkurt.</p>",
    "a short piece with links": '<p>Shkurt.</p><a href="/lajme/nje/">Tjetër</a>',
    "a picture with its canonical address": '<link rel=canonical href="/lajme/nje/"><img src="a">',
    "a shell that scripts fill": '<link rel=canonical href="/lajme/nje/"><script src="a"></script>',
    "many links beside click here": "<p>Klikoni këtu</p><a href=/a>A</a><a href=/b>B</a>",
    "a refresh that says nothing": refresh("x") + "<p>Shkurt.</p>",
    "no page": "%PDF-1.4",
    "nothing": "",
}


def ahead(markup: str, **headers: str) -> tuple[str, str] | None:
    found = forward_in(markup.encode(), url=URL, charset="utf-8", headers=headers)
    return (found.url, found.by) if found else None


@pytest.mark.parametrize("case", SENDS)
def test_where_a_page_sends_on(case: str) -> None:
    markup, by = SENDS[case]
    assert ahead(markup) == (PIECE, by)


@pytest.mark.parametrize("case", STAYS)
def test_what_has_something_to_say_sends_nobody_on(case: str) -> None:
    assert ahead(STAYS[case]) is None


@pytest.mark.parametrize("body", ["", WAIT])
def test_a_refresh_may_stand_in_the_head_of_the_answer(body: str) -> None:
    assert ahead(body, refresh="0; url=/lajme/nje/") == (PIECE, "refresh")


@pytest.mark.parametrize("markup", [refresh("0"), script("location.reload()"), refresh("0;url=77")])
def test_one_that_only_asks_to_be_loaded_again_leads_to_itself(markup: str) -> None:
    found = ahead(markup)
    assert found is not None
    assert found[0] == URL


@pytest.mark.parametrize("case", [case for case in SENDS if "<h1>" in SENDS[case][0]])
def test_a_kept_page_that_only_sends_on_is_no_piece(case: str) -> None:
    with pytest.raises(Unreadable, match=r"only sends on, to https://gazeta\.example/lajme/nje/"):
        read_page(
            f"<title>Gazeta</title>{SENDS[case][0]}",
            url=URL,
            charset=None,
            fetched=datetime(2025, 5, 12, tzinfo=UTC),
            outlet=None,
        )


@pytest.mark.parametrize(
    "said",
    ["Privatësia juaj", "Ne përdorim cookies", "Koristimo kolačiće", "We value your privacy"],
)
def test_a_consent_page_is_refused_by_name(said: str) -> None:
    body = f"<title>{said}</title><h1>{said}</h1><p>Cookies: ne dhe partnerët tanë. Pranoj"
    with pytest.raises(Unreadable, match="a consent page instead of the piece"):
        read_page(
            body,
            url=URL,
            charset=None,
            fetched=datetime(2025, 5, 12, tzinfo=UTC),
            outlet=None,
        )


@pytest.mark.parametrize(
    ("flood", "end", "last"),
    [
        ("<script>var a;</script>", "<script>location='/lajme/nje/'</script>", 49),
        ("<link rel=canonical href=''>", "<link rel=canonical href='/lajme/nje/'>", 49),
        ("<meta http-equiv=refresh content=x>", refresh("0; url=/lajme/nje/"), 49),
        ("<a href='#'>lart</a>", "<a href='/lajme/nje/'>klikoni këtu</a>", 49),
    ],
)
def test_so_many_elements_are_looked_at(flood: str, end: str, last: int) -> None:
    found = ahead(flood * last + end)
    assert found is not None
    assert found[0] == PIECE
    assert ahead(flood * (last + 1) + end) is None


def test_scripts_and_texts_are_cut_before_they_are_searched() -> None:
    long = "/" + "*" * FORWARD_SCRIPT + "/location.href='/lajme/nje/'"
    assert ahead(script(long)) is None
    assert ahead(refresh("0; url=/lajme/nje/") + "<p>" + "a " * FORWARD_TEXT) is None


def test_a_long_page_is_parsed_only_where_its_head_says_refresh() -> None:
    """The reader of pages has every one parsed, and refuses it."""
    menu = "<nav>" + "<a href='/rubrika/'>Rubrika</a>" * 600 + "</nav>"
    body = script("location.replace('/lajme/nje/')") + menu
    assert ahead(body) is None
    assert ahead(refresh("0; url=/lajme/nje/") + menu) == (PIECE, "refresh")
    with pytest.raises(Unreadable, match="only sends on"):
        read_page(
            body, url=URL, charset=None, fetched=datetime(2025, 5, 12, tzinfo=UTC), outlet=None
        )
