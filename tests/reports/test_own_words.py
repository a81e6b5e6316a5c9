"""Our words in a report: in every form and edition, readable without colour, nothing private."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Final

import docx
import pytest
from bs4 import BeautifulSoup

from reports.document import document
from reports.document.blocks import Warm
from reports.formats.colours import contrast, heats
from reports.formats.json import document as kept
from reports.formats.json import to_json
from reports.formats.text import to_text
from reports.forms import Edition
from reports.own_words import OwnText
from tests.reports.full import full
from tests.reports.own import SENTENCES, STATEMENT, told
from tests.reports.readers import BRAND, READERS, squeezed
from tests.reports.set_report import to_docx, to_html

SET: Final = ("md", "html", "docx", "pdf")
# Of the office's own edition alone.
OFFICE: Final = (
    "Our messages",
    STATEMENT,
    "How well each outlet was followed",
    "At least 3 pieces",
)


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("form", SET)
def test_each_sentence_stands_with_its_number(form: str, edition: Edition) -> None:
    words = READERS[form](told(), "en", edition).words
    assert squeezed("6 outlets took over sentences of our release, in 8 pieces") in words
    # a PDF breaks a long word where it likes, with a sign of its own
    for sentence, _ in SENTENCES[:2]:
        assert squeezed(sentence) in words, sentence
    found = [block for s in document(told(), "en", edition).sections for block in s.blocks]
    (warm,) = (block for block in found if isinstance(block, Warm))
    assert [(line.count, line.heat) for line in warm.lines] == [(8, 4), (3, 2), (0, 0)]


@pytest.mark.parametrize("form", SET)
def test_pieces_and_what_the_office_asks_of_itself_are_its_own(form: str) -> None:
    office, readers = (READERS[form](told(), "en", edition).words for edition in reversed(Edition))
    for words in OFFICE:
        assert squeezed(words) in office, words
        assert squeezed(words) not in readers, words
    for words in (office, readers):
        assert "releases/" not in words


def test_who_took_a_sentence_over_is_led_to() -> None:
    page = BeautifulSoup(to_html(told(), "en"), "lxml")
    first, second, third = page.select(".warm > li")
    assert len(first.select("small a")) == 6
    assert "and 2 other pieces" in first.get_text(" ")
    assert len(second.select("small a")) == 3
    assert third.select("small") == []
    for one in first.select("small a"):
        assert page.select_one(str(one["href"]).replace("#", "tr#")) is not None


def test_no_style_stands_in_the_page_and_the_number_says_what_the_ground_says() -> None:
    page = BeautifulSoup(to_html(told(), "sq"), "lxml")
    assert page.select("[style]") == []
    counts = [one.find(string=True) for one in page.select(".warm .count")]
    assert counts == ["8", "3", "0"]


@pytest.mark.parametrize("brand", [None, "#7a1f2b", "#ffe94d", "#0a5", "#000000", "#ffffff"])
def test_black_is_read_on_every_ground(brand: str | None) -> None:
    grounds = heats(brand)
    assert grounds[0] == "#ffffff"
    for ground in grounds:
        assert contrast("#000000", ground) > 6


def test_word_has_the_ground_of_each_sentence() -> None:
    paper = docx.Document(io.BytesIO(to_docx(told(), "sq", BRAND, edition=Edition.READERS)))
    table = next(t for t in paper.tables if len(t.rows) == 1 + len(SENTENCES))
    fills = [row.cells[1]._tc.tcPr.xpath("w:shd/@w:fill") for row in table.rows[1:]]
    assert [one[0].lower() for one in fills] == [
        heats(BRAND.colour)[heat][1:] for heat in (4, 2, 0)
    ]


@pytest.mark.parametrize("form", SET)
def test_a_sentence_of_ours_is_never_markup(form: str) -> None:
    attack = '<script>alert(1)</script> [x](http://evil.example) | "><img src=x>'
    hostile = told(((attack, 2), *SENTENCES[1:]))
    read = READERS[form](hostile, "sq", Edition.FULL)
    assert squeezed("<script>alert(1)</script>") in read.words
    assert "http://evil.example" not in read.links


def test_the_text_to_forward_says_it_in_one_sentence() -> None:
    words = to_text(told(), "sq")
    assert "6 media morën fjali nga njoftimi ynë, në 8 shkrime: mesatarisht 50 % të tij." in words
    assert len(words) < 1_000
    assert "njoftimi ynë" not in to_text(full(), "sq")


def test_that_nobody_took_anything_over_is_said() -> None:
    own = told().own_words
    assert own is not None
    cold = tuple((words, 0) for words, _ in SENTENCES)
    text = OwnText(file="releases/a.md", held=40, sentences=cold)
    report = replace(told(), own_words=replace(own, taking=(), texts=(text,)))
    words = READERS["md"](report, "en", Edition.READERS).words
    assert squeezed("No piece took over a sentence of our release.") in words


def test_without_a_release_there_is_no_section() -> None:
    for edition in Edition:
        assert "own" not in {section.key for section in document(full(), "sq", edition).sections}


def test_json_has_it_beside_and_no_version_holds_it() -> None:
    found = json.loads(to_json(told()))
    assert found["own_words"]["pieces"] == 8
    assert found["own_words"]["releases"][0]["sentences"][1]["pieces"] == 3
    assert found["unseen"]["at_least"] == 3
    assert len(found["track_record"]) == 3
    readers = json.loads(to_json(told(), Edition.READERS))
    assert (readers["unseen"], readers["track_record"]) == (None, None)
    # or each new version of the matcher would be a new version of every report
    assert kept(told()) == kept(full())
