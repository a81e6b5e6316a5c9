"""What the pieces of an event are: one answer for list, queue, stories and report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Final

import pytest

from crawler.models import Article, Event, Match, Outlet, OutletKind, Verdict
from jehona.actions.matches import EventMatches, sorted_out

EVENT: Final = Event(
    slug="festa",
    title="Festa",
    first_day=date(2025, 5, 5),
    last_day=date(2025, 5, 20),
    zone="Europe/Tirane",
    expected_outlets=("listed", "ours"),
)
OUTLETS: Final = {
    "listed": Outlet(slug="listed", name="Listed"),
    "other": Outlet(slug="other", name="Other"),
    "ours": Outlet(slug="ours", name="Ours", kind=OutletKind.OWN),
    "ours-too": Outlet(slug="ours-too", name="Ours too", kind=OutletKind.OWN),
}
GROUPS: Final = ("counted", "waiting", "sure", "doubtful", "accepted", "rejected", "elsewhere")
# outlet, decision, doubt -> the groups that the piece is in
EXPECTED: Final[dict[tuple[str, Verdict | None, str | None], set[str]]] = {
    ("listed", None, None): {"counted", "waiting", "sure"},
    ("listed", None, "why"): {"waiting", "doubtful"},
    ("listed", "accepted", None): {"counted", "accepted"},
    ("listed", "accepted", "why"): {"counted", "accepted"},
    ("listed", "rejected", None): {"rejected"},
    ("listed", "rejected", "why"): {"rejected"},
    ("other", None, None): {"elsewhere"},
    ("other", None, "why"): {"elsewhere"},
    ("other", "accepted", None): {"counted", "accepted"},
    ("other", "accepted", "why"): {"counted", "accepted"},
    ("other", "rejected", None): {"elsewhere"},
    ("gone", None, None): {"elsewhere"},
    ("gone", "accepted", None): {"accepted", "elsewhere"},
    ("ours", None, None): {"waiting", "sure"},
    ("ours", "accepted", None): {"accepted"},
    ("ours-too", "accepted", None): {"accepted", "elsewhere"},
    ("ours-too", None, "why"): {"elsewhere"},
}


def found(*pairs: tuple[Article, Match]) -> EventMatches:
    return sorted_out(EVENT, OUTLETS, list(pairs))


def pair(key: str, outlet: str, **told: object) -> tuple[Article, Match]:
    article = Article(
        key=key,
        outlet=outlet,
        url=f"https://{outlet}.example/{key}",
        headline="Festa",
        published=None,
        precision=None,
        language="sq",
    )
    match = Match(article=key, event="festa", score=0.5, because=(), rules="stem-1")
    return article, replace(match, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(("told", "groups"), EXPECTED.items(), ids=map(str, EXPECTED))
def test_each_piece_is_in_its_groups(
    told: tuple[str, Verdict | None, str | None], groups: set[str]
) -> None:
    outlet, decision, doubt = told
    pieces = found(pair("a", outlet, decision=decision, doubt=doubt))
    assert {name for name in GROUPS if getattr(pieces, name)} == groups


def test_an_outlet_of_which_a_piece_was_accepted_is_asked_about_too() -> None:
    pieces = found(pair("a", "other", decision="accepted"), pair("b", "other"), pair("c", "gone"))
    assert list(pieces.asked) == ["listed", "ours", "other"]
    assert [article.key for article, _ in pieces.counted] == ["a", "b"]
    assert [article.key for article, _ in pieces.waiting] == ["b"]
    assert [article.key for article, _ in pieces.elsewhere] == ["c"]


def test_the_likeliest_waits_first_and_the_doubtful_last() -> None:
    queue = [
        pair(f"{score}{doubt}", "listed", score=score, doubt=doubt)
        for score, doubt in product((0.2, 0.9), (None, "why"))
    ]
    assert [a.key for a, _ in found(*queue).waiting] == ["0.9None", "0.2None", "0.9why", "0.2why"]
