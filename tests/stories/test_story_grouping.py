"""Groups of texts: any order gives the same, nothing is compared twice, people's word wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.models import Article, Story
from crawler.stories import RULE, relate_texts, stories
from crawler.stories.candidates import candidates, share_enough, shingles
from crawler.stories.comparing import compare
from crawler.stories.text_views import opening_of
from tests.stories.told import BRIDGE, CHOIR, HONEY, piece, template

MARKS = str.maketrans("ëç", "ec")
OTHER_WORDS = (
    "ndërkohë",
    "sot",
    "pesë",
    "të hënën",
    "të premten",
    "Agron",
    "gjithashtu",
    "12",
    "14",
)
BASES = (HONEY, BRIDGE, CHOIR, template("hënë", "20"), template("martë", "20"))


def groups(told: Sequence[Story]) -> set[frozenset[str]]:
    """The keys that stand together."""
    return {frozenset(each.article for each in story.pieces) for story in told}


def together(*keys: str) -> frozenset[str]:
    return frozenset(keys)


@st.composite
def copies(draw: st.DrawFn) -> str:
    """One of a few texts, edited a little or much."""
    words = draw(st.sampled_from(BASES)).split()
    for _ in range(draw(st.integers(0, 8))):
        words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(OTHER_WORDS))
    words = words[draw(st.integers(0, 4)) :][: draw(st.sampled_from([15, 25, 60, 100]))]
    text = " ".join(words)
    return text.translate(MARKS) if draw(st.booleans()) else text


TEXTS = st.lists(copies() | st.none(), min_size=1, max_size=12)


def numbered(texts: Sequence[str | None]) -> list[Article]:
    return [piece(number, text) for number, text in enumerate(texts)]


# --- properties ------------------------------------------------------------------------


@given(TEXTS, st.randoms(use_true_random=False))
def test_order_is_no_matter(texts: list[str | None], chance: st.DataObject) -> None:
    articles = numbered(texts)
    mixed = list(articles)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert relate_texts(mixed) == relate_texts(articles)


@given(TEXTS, st.integers(0, 12))
def test_what_was_compared_before_changes_nothing(texts: list[str | None], first: int) -> None:
    articles = numbered(texts)
    before = relate_texts(articles[:first])
    known = {(each.one, each.two): each for each in before.compared}
    after, fresh = relate_texts(articles, known=known), relate_texts(articles)
    assert after.stories == fresh.stories
    assert after.possibly == fresh.possibly
    assert not {(each.one, each.two) for each in after.compared} & known.keys()
    assert {*before.compared, *after.compared} == set(fresh.compared)


@given(TEXTS)
def test_every_piece_stands_in_one_story(texts: list[str | None]) -> None:
    articles = numbered(texts)
    told = stories(articles)
    assert sorted(p.article for s in told for p in s.pieces) == sorted(a.key for a in articles)
    assert [story.key for story in told] == [f"s_{n}" for n in range(1, len(told) + 1)]
    assert all(story.first == story.pieces[0].url for story in told)
    assert all(0 <= p.likeness <= 100 for story in told for p in story.pieces)


@given(TEXTS)
def test_no_group_holds_a_conflict(texts: list[str | None]) -> None:
    articles = {article.key: article for article in numbered(texts)}
    for story in stories(articles.values()):
        read = [opening_of(articles[each.article]) for each in story.pieces]
        for one, two in combinations([each for each in read if each], 2):
            assert one.digest == two.digest or compare(one, two).conflict is None


PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=4)


@given(TEXTS, PAIRS, PAIRS)
def test_what_people_said_holds(
    texts: list[str | None], same: list[tuple[int, int]], apart: list[tuple[int, int]]
) -> None:
    articles = numbered(texts)
    joined = [(f"a_{one}", f"a_{two}") for one, two in same]
    split = [(f"a_{one}", f"a_{two}") for one, two in apart]
    found = relate_texts(articles, same=joined, apart=split)
    place = {each.article: story.key for story in found.stories for each in story.pieces}
    given_ = [p for p in (*joined, *split) if p[0] != p[1] and set(p) <= place.keys()]
    for pair in given_:
        if pair in split or pair in found.overruled:
            assert place[pair[0]] != place[pair[1]]
        else:
            assert place[pair[0]] == place[pair[1]]
    assert bool(found.overruled) <= bool(split)


@given(st.lists(copies(), min_size=2, max_size=12))
def test_the_index_misses_no_candidate(texts: list[str]) -> None:
    read = [opening_of(article) for article in numbered(texts)]
    words = {each.digest: shingles(each) for each in read if each}
    found = {(other, name) for name, others in candidates(words) for other in others}
    enough = {p for p in combinations(sorted(words), 2) if share_enough(words[p[0]], words[p[1]])}
    assert enough <= found


# --- cases ------------------------------------------------------------------------------


def test_copies_stand_together_and_others_alone() -> None:
    told = stories(
        [piece(1), piece(2, BRIDGE), piece(3, HONEY.translate(MARKS) + " /Red."), piece(4, None)]
    )
    assert groups(told) == {together("a_1", "a_3"), together("a_2"), together("a_4")}


def test_a_headline_alone_never_makes_a_story() -> None:
    told = stories([piece(n, None, headline=HONEY) for n in (1, 2)])
    assert groups(told) == {together("a_1"), together("a_2")}


def test_successive_edits_of_one_text_stay_together() -> None:
    words = HONEY.split()
    middle = " ".join(words[:38]) + " fjalë krejt të tjera në fund të lajmit"
    last = "hyrje krejt tjetër nga redaksia e saj " + " ".join(middle.split()[6:])
    articles = [piece(1), piece(2, middle), piece(3, last)]
    ends = [opening_of(article) for article in articles]
    assert ends[0]
    assert ends[2]
    assert compare(ends[0], ends[2]).likeness < 82
    assert groups(stories(articles)) == {together("a_1", "a_2", "a_3")}


def test_a_conflict_with_one_member_keeps_out_of_the_group() -> None:
    plain = template("hënë", "20").replace("ditën e hënë ", "")
    monday, friday = template("hënë", "20"), template("premte", "20")
    told = stories([piece(1, monday), piece(2, plain), piece(3, friday)])
    assert together("a_1", "a_3") not in groups(told)
    assert len(told) == 2
    assert told[0].possibly == told[1].possibly != ()


def test_a_form_of_two_days_is_asked_about() -> None:
    found = relate_texts([piece(1, template("hënë", "20")), piece(2, template("martë", "20"))])
    (asked,) = found.possibly
    assert (asked.earlier, asked.later) == (piece(1).url, piece(2).url)
    assert asked.conflict
    assert asked.conflict.startswith("weekdays: ")
    assert [story.possibly for story in found.stories] == [((asked.earlier, asked.later),)] * 2


def test_two_stories_are_asked_about_once() -> None:
    days = ["hënë", "hënë", "martë", "martë"]
    found = relate_texts([piece(n, template(day, "20")) for n, day in enumerate(days)])
    assert len(found.possibly) == 1


def test_a_known_comparison_is_believed() -> None:
    articles = [piece(1), piece(2, HONEY + " Fund.")]
    (honest,) = relate_texts(articles).compared
    known = {(honest.one, honest.two): replace(honest, conflict="numbers: 1 / 2")}
    assert len(stories(articles, known=known)) == 2
    older = {pair: replace(each, rule="older") for pair, each in known.items()}
    found = relate_texts(articles, known=older)
    assert len(found.stories) == 1
    assert found.compared == (honest,)
    assert honest.rule == RULE


def test_what_is_far_is_not_kept() -> None:
    assert relate_texts([piece(1), piece(2, BRIDGE)]).compared == ()


# --- people -----------------------------------------------------------------------------


def test_people_join_what_is_not_alike() -> None:
    told = stories(
        [piece(1), piece(2, BRIDGE), piece(3, None)], same=[("a_1", "a_2"), ("a_3", "a_1")]
    )
    (story,) = told
    assert {each.article: each.likeness > 0 for each in story.pieces} == {
        "a_1": True, "a_2": True, "a_3": False
    }  # fmt: skip


def test_people_split_what_is_the_same_to_the_letter() -> None:
    found = relate_texts([piece(1), piece(2), piece(3)], apart=[("a_1", "a_2")])
    assert together("a_1", "a_2") not in groups(found.stories)
    assert len(found.stories) == 2
    assert not found.possibly


def test_people_are_not_asked_again() -> None:
    articles = [piece(1, template("hënë", "20")), piece(2, template("martë", "20"))]
    found = relate_texts(articles, apart=[("a_2", "a_1")])
    assert len(found.stories) == 2
    assert not found.possibly


def test_a_copy_joins_what_a_person_joined_against_the_guard() -> None:
    monday, tuesday = template("hënë", "20"), template("martë", "20")
    articles = [piece(1, monday), piece(2, tuesday), piece(3, monday + " Fund.")]
    assert len(stories(articles)) == 2
    assert len(stories(articles, same=[("a_1", "a_2")])) == 1


@pytest.mark.parametrize("flip", [False, True], ids=["as-said", "otherwise-round"])
def test_apart_wins_over_same_and_of_same_the_later(flip: bool) -> None:
    def turned(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
        return [(two, one) if flip else (one, two) for one, two in pairs]

    articles = [piece(1), piece(2, BRIDGE), piece(3, CHOIR)]
    first, later = turned(("a_1", "a_2"), ("a_2", "a_3"))
    found = relate_texts(articles, same=[first, later], apart=turned(("a_3", "a_1")))
    assert groups(found.stories) == {together("a_2", "a_3"), together("a_1")}
    assert found.overruled == (first,)


def test_pairs_of_pieces_that_are_not_there_say_nothing() -> None:
    pairs = [("a_1", "a_9"), ("a_1", "a_1")]
    assert relate_texts([piece(1)], same=pairs, apart=pairs) == relate_texts([piece(1)])
