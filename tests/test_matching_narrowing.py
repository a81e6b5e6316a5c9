"""What the index is asked is always a superset of what the matcher accepts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.language.stemming import index_words, stems_of_term
from crawler.matching import Asked, BadTerm, Matcher, narrowing, narrowing_abroad, read_term
from crawler.matching.groups import groups_of, members_of
from crawler.models import Article, Event, Keywords


def event(*any_of: tuple[str, ...], every: tuple[str, ...] = ()) -> Event:
    return Event(
        slug="dita",
        title="Dita",
        first_day=date(2026, 5, 11),
        last_day=date(2026, 5, 24),
        zone="Europe/Tirane",
        keywords=Keywords(any=any_of, all=every),
    )


def article(language: str | None, *texts: str | None) -> Article:
    headline, lead, text = texts
    return Article(
        key="a_1",
        outlet="fletorja",
        url="http://desk.example/1",
        headline=headline,
        published=None,
        precision=None,
        language=language,
        lead=lead,
        text=text,
    )


def offered(asked: Asked, indexed: str) -> bool:
    """Whether an index of these words answers: what FTS5 would do, in plain Python."""
    held = indexed.split()

    def stands(word: str) -> bool:
        if word.endswith("*"):
            return any(one.startswith(word[:-1]) for one in held)
        return word in held

    return any(all(any(map(stands, member)) for member in group) for group in asked)


def spelled(*words: str) -> list[tuple[str, ...]]:
    return [tuple(dict.fromkeys((word, *sorted(stems_of_term(word))))) for word in words]


@pytest.mark.parametrize(
    ("wanted", "members"),
    [
        pytest.param(event(("panair", "libr*")), (*spelled("panair"), ("libr*",)), id="group"),
        pytest.param(
            event(('"Dita e Bregut"',)), (*spelled("dita"), ("bregut",)), id="no links, last exact"
        ),
        pytest.param(event(("=Mali",)), (("mali",),), id="exact"),
        pytest.param(event(("near(festë, a*, 9)",)), (*spelled("feste"), ("a*",)), id="near"),
        pytest.param(event(("headline:festë",)), tuple(spelled("feste")), id="headline"),
        pytest.param(
            event(("Çlirim",), every=("Vlorë",)), tuple(spelled("clirim", "vlore")), id="all joins"
        ),
        pytest.param(event(every=("Vlorë",)), tuple(spelled("vlore")), id="only all"),
        pytest.param(event(("كتاب",)), (("کتاب",),), id="persian"),
        pytest.param(event(("½",)), (("1",), ("2",)), id="one sign for two words"),
    ],
)
def test_narrowing(wanted: Event, members: tuple[tuple[str, ...], ...]) -> None:
    (group,) = narrowing(wanted)
    assert [set(member) - slips(wanted) for member in group] == [set(each) for each in members]


def slips(wanted: Event) -> set[str]:
    """The other spellings that are asked for beside a group's own words."""
    written = [term for group in groups_of(wanted.keywords) for term in group]
    own = {word for term in written for word in members_of([read_term(term)]) for word in word}
    return {word for group in narrowing(wanted) for member in group for word in member} - own


@pytest.mark.parametrize(
    ("wanted", "asked"),
    [
        pytest.param(event(('"Dita e Bregut"',)), "bergut", id="a name"),
        pytest.param(event(("konferencë", "bletar")), "konfernc", id="a kind of event"),
        pytest.param(event(("bletar", "kodër")), None, id="other words"),
        pytest.param(event(("Bregas",)), None, id="a word alone"),
    ],
)
def test_a_word_may_be_misspelt_beside_others(wanted: Event, asked: str | None) -> None:
    assert slips(wanted) == set() if asked is None else asked in slips(wanted)


def test_other_languages_are_asked_for_the_name_and_for_who_and_where() -> None:
    wanted = replace(
        event(("konferencë", "bletar")), place="Korçë", organiser="Shoqata Vreshti", title="Dita"
    )
    words = [set().union(*map(set, group)) for group in narrowing_abroad(wanted)]
    assert any({"conference", "beekeeper", "пчелар*"} <= group for group in words)
    assert any({"coriza", "κορυτσ*", "vreshti", "врешт*"} <= group for group in words)
    assert narrowing_abroad(event(("=Mali",))) == narrowing_abroad(event(('"',))) == ()


def test_nothing_to_look_for_asks_nothing() -> None:
    assert narrowing(event()) == ()
    assert narrowing(event(('"',), ("near(a)", "b"))) == ()


LETTERS = "aeiufstlbcdëçËÇäéß\u0308ﬁ یيكک\u200c-'\"_.0½²ﷺ\n"


def is_term(written: str) -> bool:
    try:
        read_term(written)
    except BadTerm:
        return False
    return True


TERMS = st.one_of(
    st.sampled_from(
        [
            "fest",
            "festë",
            '"dita e liut"',
            "lib*",
            "=fa",
            "e",
            "ي",
            "cë",
            "files",
            "l'iu",
            "½",
            "near(festë, lib*, 3)",
            "headline:dita",
            "dita liut",
            "libra te rinj",
            "كتابها",
            "ﬁle*",
            "bletarëve",
            "Bregas-it",
            "konferencave",
            "BE",
            "a*",
            "running",
            "Bregu i Ri",
            "konferencë libri",
            "=½",
            "ﷺ",
            "²*",
        ]
    ),
    st.text(LETTERS, max_size=6),
    st.text(max_size=5),
)
READABLE = TERMS.filter(is_term)
PIECES = st.sampled_from(
    [
        "",
        "Festave dhe LIBRA",
        "diten e liut",
        "ﬁles feßt",
        "çë l'iu fa",
        "كتاب\u200cها",
        "librat e rinj",
        "Konferencat e bletarëve",
        "Bregas-it BE-së",
        "runs the file",
        "Brgeu i Ri",
        "book conference",
        "libri konfernca",
        "½ ² ﷺ",
        "ditë liut",
        "e.\ne",
    ]
)


@given(
    st.lists(st.lists(TERMS, min_size=1, max_size=2), min_size=1, max_size=3),
    st.lists(st.one_of(PIECES, st.text(LETTERS, max_size=20), st.text(max_size=10)), max_size=3),
    st.sampled_from(["sq", "en", "fa", "it", None]),
)
@example([["ﬁle*"]], ["ﬁles"], "sq")
@example([["²*"]], ["²"], "sq")
@example([["كتابها"]], ["كتاب‌ها"], "fa")
def test_the_index_offers_everything_that_matches(
    groups: list[list[str]], texts: list[str], language: str | None
) -> None:
    wanted = event(*map(tuple, groups))
    asked = narrowing(wanted)
    if language not in {"sq", None}:
        asked = (*asked, *narrowing_abroad(wanted))
    words = [word for group in asked for member in group for word in member]
    assert all(word.removesuffix("*").isalnum() for word in words)
    readable = [tuple(group) for group in groups if all(map(is_term, group))]
    piece = article(language, *[*texts, None, None, None][:3])
    if Matcher(event(*readable)).judge(piece) is not None:
        assert offered(asked, index_words(language, *texts))


@given(READABLE, st.sampled_from(["sq", "en", "fa", None]))
def test_a_term_finds_itself(written: str, language: str | None) -> None:
    """So that the property above is not empty: a term without a star stands in its own words."""
    term = read_term(written)
    forms = [form for run in term.runs for form in run.forms]
    text = " ".join(form.printed for form in forms)
    wanted = event((written,))
    piece = article(language, text, "Organizatorët", None)
    assert Matcher(wanted).judge(piece) is not None
    assert offered(narrowing(wanted), index_words(language, text))
