"""What the walk passes over behind the text, and what it never passes over."""

from __future__ import annotations

import pytest
from lxml import html

from crawler.reading.page.page_facts import ENOUGH, facts_of

LINE = "Banorët u mblodhën në sheshin e qytetit për festën e librit dhe qëndruan deri vonë. "
LONG, SHORT = LINE * (ENOUGH // len(LINE) + 2), LINE * 3
OTHER = "<h3>Tjetër lajm</h3><time datetime='2026-01-02'>2 janar 2026</time>"


@pytest.mark.parametrize(
    ("text", "behind", "walked"),
    [
        (LONG, f"<aside>{OTHER}</aside>", False),
        (LONG, f"<div class='related'>{OTHER}</div>", False),
        (LONG, f"<div id='comments'>{OTHER}</div>", False),
        (SHORT, f"<aside>{OTHER}</aside>", True),
        (LONG, f"<div>{OTHER}</div>", True),
        (LONG, f"<aside><h1>Libri hapet</h1>{OTHER}</aside>", True),
        (LONG, f"<div class='related'><p itemprop='articleBody'>x</p>{OTHER}</div>", True),
        (LONG, f"<div class='card article-body'>{OTHER}</div>", True),
        (LONG, f"<div class='related'><p>{LONG}</p>{OTHER}</div>", True),
    ],
    ids=["aside", "related", "comments", "little-text-yet", "no-names", "a-headline-inside",
         "an-itemprop-inside", "a-body-by-name", "much-text-inside"],
)  # fmt: skip
def test_other_pieces_behind_the_text(text: str, behind: str, walked: bool) -> None:
    page = f"<body><article><h1>Libri hapet</h1><p>{text}</p></article>{behind}</body>"
    facts = facts_of(html.document_fromstring(page))
    assert any(heading.tag == "h3" for heading in facts.headings) is walked
    assert bool(facts.dates) is walked


def test_without_a_headline_nothing_is_passed_over() -> None:
    page = f"<body><p>{LONG}</p><aside>{OTHER}</aside></body>"
    assert facts_of(html.document_fromstring(page)).dates
