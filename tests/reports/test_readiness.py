"""Can we post now: one answer, and the same words wherever it is given."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from bs4 import BeautifulSoup

from crawler.models import EventWords, Language, Outcome, Way
from reports.models import Report
from reports.readiness import State, readiness
from tests.reports.full import full, silent
from tests.reports.made import check, outlet, piece, report
from tests.reports.set_report import to_html
from tests.reports.test_roundup import told

LANGUAGES = get_args(Language)


def settled(outcome: Outcome = Outcome.COMPLETE) -> Report:
    matched = [piece("a", 1, decision="accepted")]
    return report([outlet("a")], matched, {"a": [check("a", outcome, read=3)]})


def test_what_a_careful_editor_would_do_first() -> None:
    can = readiness(told(), "en")
    assert can.state is State.LATER
    assert [(each.kind, each.told) for each in can.obstacles] == [
        ("unreviewed", "1 piece not yet reviewed"),
        ("unchecked", "2 outlets not checked to the end: Ora e Liqenit and TV Valëza"),
    ]
    assert can.sentence.startswith("Not ready to post yet: 1 piece not yet reviewed; 2 outlets")


@pytest.mark.parametrize(("found", "held"), [(0, False), (1, True), (3, True)])
def test_a_look_by_hand_that_found_less_than_is_listed_is_held_against_the_list(
    found: int, held: bool
) -> None:
    matched = [piece("a", 1, decision="accepted")]
    by_hand = check("a", Outcome.CHECKED_BY_HAND, Way.BY_HAND, read=found)
    can = readiness(report([outlet("a")], matched, {"a": [by_hand]}), "en")
    assert (can.state is State.NOW) is held
    if not held:
        (one,) = can.obstacles
        assert one.kind == "contradicted"
        assert one.told.endswith("contradict one another: A (0 found, 1 listed)")


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        pytest.param(settled(), "Ready to post: every outlet", id="ready"),
        pytest.param(settled(Outcome.CHECKED_BY_HAND), "Ready to post", id="by hand"),
        pytest.param(settled(Outcome.DECLINED), "Not ready", id="declined is not looked at"),
        pytest.param(report(), "Not ready to post yet: no outlet is on the list", id="no outlet"),
        pytest.param(silent(), "Nothing to post: every outlet on the list was", id="nothing"),
    ],
)
def test_one_sentence(made: Report, sentence: str) -> None:
    assert readiness(made, "en").sentence.startswith(sentence)


def test_many_open_outlets_are_counted_and_not_named() -> None:
    (unchecked,) = readiness(report([outlet(each) for each in "abcde"]), "sq").obstacles
    assert unchecked.told == "5 media të pakontrolluara deri në fund"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", [full(), silent(), settled(), report()])
def test_the_page_says_what_the_command_says(made: Report, language: Language) -> None:
    can = readiness(made, language)
    verdict = BeautifulSoup(to_html(made, language), "lxml").select_one(".verdict")
    assert verdict is not None
    assert can.state.value in verdict["class"]
    shown = " ".join(verdict.get_text(" ").split())
    assert shown.startswith(can.head)
    for words in [each.told for each in can.obstacles] or [can.why[1:]]:
        assert words in shown


def test_a_pair_that_may_be_one_text_holds_a_post_back() -> None:
    made = settled()
    pair = ("http://a.example/1/", "http://b.example/1/")
    texts = (replace(made.texts[0], possibly=(pair,)),)
    (left,) = readiness(replace(made, texts=texts), "en").obstacles
    assert (left.kind, left.told) == ("possibly", "1 pair may be the same text")


def test_a_translated_post_names_what_is_not_translated() -> None:
    made = settled()
    own = replace(made.event, language="sq", title="Festa", introduction="Erdhën.")
    event = replace(own, translations=(EventWords(language="en", title="Fair"),))
    albanian = tuple(replace(each, language="sq") for each in made.pieces)
    post = replace(made, event=event, pieces=albanian)
    (obstacle,) = readiness(post, "en").obstacles
    assert (obstacle.kind, obstacle.told) == (
        "untranslated",
        "not translated into English: the introduction and 1 headline",
    )
    assert "not translated" in to_html(post, "en")
    assert readiness(replace(post, pieces=()), "en").state is State.NOTHING
    # in the event's own language nothing is wanting
    assert readiness(post, "sq").state is State.NOW
    whole = replace(
        event, translations=(EventWords(language="en", title="Fair", introduction="They came."),)
    )
    done = tuple(replace(each, translation="The fair") for each in albanian)
    assert readiness(replace(post, event=whole, pieces=done), "en").state is State.NOW
