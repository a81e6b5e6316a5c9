"""The Markdown of a report: a pleasure to read, and nothing in it but what we put there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from crawler.models import Outcome, Story, StoryPiece, Way
from reports.coverage import Beside
from reports.formats.markdown import LONGEST, escape, link, web_address
from reports.models import Report
from tests.reports.made import EVENT, check, outlet, own, piece, report
from tests.reports.set_report import to_markdown

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
EXPECTED = Path(__file__).parent / "expected"
HOSTILE = [
    "[kliko](http://evil.example/)",
    "![x](http://evil.example/x.png)",
    "<script>alert(1)</script>",
    "<b>i trashë</b> & &lt;i&gt;",
    "a | b | c",
    "`kod` ``dy`` ```tri```",
    "*yll* _vijë_ **dy** __dy__ ~~fshirë~~",
    "# Titull",
    "- pikë",
    "+ plus",
    "1. një",
    "12) dymbëdhjetë",
    "> citim",
    "---",
    "===",
    "fund me \\",
    "\\[i mbyllur\\]",
    "](http://evil.example) [",
    "http://evil.example dhe www.evil.example",
    "<http://evil.example>",
    "rresht\n\n# i ri\r\nfund",
    "[ref]: http://evil.example",
    "[^1] dhe [ref][ref]",
    "$x$ dhe $$y$$",
    "\x00NUL\x07 dhe \u202eprapa\u202c",
    "\u2028rresht\u2029 tjetër",
    "&#35; &amp; &copy;",
    "    kod me hapësira",
    "\ttab",
]


def leaves(markup: str) -> list[Token]:
    return [leaf for token in READER.parse(markup) for leaf in (token, *(token.children or ()))]


def shown(markup: str) -> str:
    """What a reader sees."""
    return "".join(leaf.content for leaf in leaves(markup) if leaf.type == "text")


def as_read(text: str) -> str:
    return "".join(
        letter for letter in " ".join(text.split()) if letter not in "\x00\x07\u202e\u202c"
    )


@pytest.mark.parametrize("headline", HOSTILE)
def test_a_hostile_headline_is_text(headline: str) -> None:
    markup = f"- {link(headline, 'http://a.example/1/')} · 16 maj"
    found = leaves(markup)
    assert [leaf.attrs["href"] for leaf in found if leaf.type == "link_open"] == [
        "http://a.example/1/"
    ]
    kinds = {leaf.type for leaf in found}
    assert not kinds & {"html_inline", "html_block", "image", "code_inline", "em_open", "s_open"}
    assert shown(markup) == f"{as_read(headline)} · 16 maj"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_alone_on_a_line_is_one_paragraph(text: str) -> None:
    found = READER.parse(escape(text))
    assert [token.type for token in found] == ["paragraph_open", "inline", "paragraph_close"]
    assert shown(escape(text)) == as_read(text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"]), max_size=60))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    if not text.strip():
        return
    assert shown(f"x {escape(text)}") == f"x {' '.join(text.split())}"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_cell_stays_in_its_column(text: str) -> None:
    table = f"| a | b |\n|---|---|\n| {escape(text)} | dy |"
    assert [token.type for token in READER.parse(table)].count("td_open") == 2


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://a.example/1/", "http://a.example/1/"),
        (" https://a.example/x?y=1&z=%20#p ", "https://a.example/x?y=1&z=%20#p"),
        ("http://a.example/(x) y", "http://a.example/%28x%29%20y"),
        ("http://a.example/ë<>|`\\", "http://a.example/%C3%AB%3C%3E%7C%60%5C"),
        (
            "http://a.example/)[x](http://b.example",
            "http://a.example/%29%5Bx%5D%28http://b.example",
        ),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("//a.example/x", None),
        ("http://", None),
        ("http://[::1", None),
        ("", None),
    ],
)
def test_addresses(url: str, address: str | None) -> None:
    assert web_address(url) == address


def test_a_headline_of_ten_thousand_letters_is_cut() -> None:
    assert len(escape("ë" * 10_000)) == LONGEST + 1


def test_no_headline_and_no_address() -> None:
    told = report([outlet("a")], [piece("a", headline=None, url="javascript:alert(1)")])
    assert "\n- **A:** (no headline) · 16 May, 09:30\n" in to_markdown(told, "en")


@pytest.mark.parametrize("language", ["sq", "en"])
def test_the_whole_report_as_reviewed(language: str) -> None:
    """`expected/` was read by a person; a change in it wants reading again."""
    path = EXPECTED / f"report-{language}.md"
    made = to_markdown(_many(), "sq" if language == "sq" else "en")
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, "utf-8", newline="\n")
        pytest.fail(f"{path.name} was written: read it, then run again")
    assert made == path.read_text("utf-8")


def _many() -> Report:
    outlets = [
        outlet("fletorja", name="Fletorja e Bregut", owner="Fletorja"),
        outlet("radio", name="Radio Shkëmbi", owner="Shkëmbi Media"),
        outlet("portali", name="Portali | Kallami", owner="Shkëmbi Media"),
        outlet("tv", name="TV Valëza"),
        outlet("fusha", name="Fusha e Gjelbër"),
        outlet("buletini", name="Buletini i Grykës", home=None),
        outlet("gjysma", name="Gjysma"),
        outlet("e-re", name="E Re"),
        own(),
    ]
    matched = [
        piece("fletorja", 1),
        piece("fletorja", 2, headline="Clean-up *and* [books]", language="en"),
        piece("fletorja", 3, headline="Pa datë", published=None, precision=None),
        piece("radio", 4, precision="day", decision="accepted"),
        piece("radio", 5, gone_since=EVENT.window.end),
        piece("portali", 6, text="Teksti 4 te radio."),
        piece("tjeter", 7),
    ]
    checks = {
        "fletorja": [check("fletorja", Outcome.COMPLETE, Way.WORDPRESS, listed=29, read=29)],
        "radio": [
            check("radio", Outcome.BLOCKED, Way.WORDPRESS),
            check("radio", Outcome.COMPLETE, read=24),
        ],
        "portali": [check("portali", Outcome.COMPLETE, read=22)],
        "tv": [check("tv", Outcome.BLOCKED, note="answered 403", next_step="Look by hand.")],
        "fusha": [check("fusha", Outcome.COMPLETE, Way.WORDPRESS, listed=14, read=14)],
        "buletini": [
            check(
                "buletini",
                Outcome.CHECKED_BY_HAND,
                Way.BY_HAND,
                read=2,
                by="Ardita",
                at=EVENT.window.end,
            )
        ],
        "gjysma": [
            check("gjysma", Outcome.PARTIAL, read=3, reached=EVENT.window.start, note="budget")
        ],
    }
    event = replace(EVENT, organiser="Shoqata", introduction="Një ditë.\n\nDy paragrafë.")
    return report(outlets, matched, checks, event, beside=Beside(stories=(_copied(),)))


def _copied() -> Story:
    """Radio Shkëmbi had the text first, Portali two hours later."""
    told = [("radio", 4, None), ("portali", 6, 120)]
    return Story(
        key="s_1",
        first="http://radio.example/4/",
        pieces=tuple(
            StoryPiece(
                article=f"a_{slug}_{number}",
                url=f"http://{slug}.example/{number}/",
                outlet=slug,
                lag_minutes=lag,
                likeness=100,
            )
            for slug, number, lag in told
        ),
    )


def test_no_coverage_says_why_it_may_be_believed() -> None:
    told = report([outlet("a")], checks={"a": [check("a", Outcome.COMPLETE, read=12)]})
    made = to_markdown(told, "en")
    assert "**No piece about this event was found. This can be believed" in made
    assert "## What was published" not in made
    assert "1 of 1 outlets checked completely; nothing found at A." in made


def test_silence_of_a_closed_outlet_is_not_no_coverage() -> None:
    told = report([outlet("a")], checks={"a": [check("a", Outcome.BLOCKED)]})
    made = to_markdown(told, "en")
    assert "Nothing follows from this" in made
    assert "## What was not checked" in made


@given(st.lists(st.sampled_from(HOSTILE), min_size=3, max_size=3))
def test_a_report_of_hostile_words_has_its_own_links_only(told: list[str]) -> None:
    event = replace(EVENT, title=told[0], place=told[1], introduction=told[2])
    made = to_markdown(
        report(
            [outlet("a", name=told[0])],
            [piece("a", 1, headline=told[1]), piece("a", 2, headline=told[2])],
            {"a": [check("a", Outcome.PARTIAL, note=told[1], next_step=told[2])]},
            event,
        ),
        "en",
    )
    found = leaves(made)
    links = [leaf.attrs["href"] for leaf in found if leaf.type == "link_open"]
    assert links == ["http://a.example/1/", "http://a.example/2/"]
    kinds = {leaf.type for leaf in found}
    assert not kinds & {"html_inline", "html_block", "image", "code_inline", "code_block", "fence"}
    heads = [token.tag for token in READER.parse(made) if token.type == "heading_open"]
    # of h3 one is the day of the pieces, the other who waits among what waits
    assert heads == ["h1", "h2", "h2", "h2", "h3", "h2", "h3", "h2", "h2", "h2"]
