"""The index narrows to a superset; no word of a person reaches it unread."""

from __future__ import annotations

import string
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.language.folding import words
from crawler.matching import Matcher, narrowing, narrowing_abroad, read_term
from crawler.models import Article, Event, Keywords, Window
from crawler.record import Record, open_record, read, search, search_index
from crawler.record.merge_articles import unite_in_tables
from crawler.record.search import MEMBERS
from tests.record.pieces import NOON, begin, check_index, piece, store

MAY = Window.of_days(date(2025, 5, 5), date(2025, 5, 20), "Europe/Tirane")

Group = Sequence[Collection[str]]


def headlines(record: Record, *groups: Group, **asked: object) -> list[str]:
    found = search.candidates(record, asked=groups, **asked)  # type: ignore[arg-type]
    return [str(article.headline) for article in found]


@pytest.fixture
def library(record: Record, run: int) -> Record:
    words = ["Libri në shesh", "Festën e librit", "SHËTITJE ÇMENDURIE", "Recetë"]
    said = {"lead": None, "text": None}
    store(record, run, *(piece(n, headline=word, **said) for n, word in enumerate(words)))
    store(record, run, piece(8, headline="Tjetër", lead="pa datë", text="librat", published=None))
    search_index.bring_up(record)
    return record


@pytest.mark.parametrize(
    ("groups", "found"),
    [
        pytest.param([[["libri"]]], ["Libri në shesh"], id="word"),
        pytest.param([[["libr*"]]], ["Festën e librit", "Libri në shesh"], id="beginning"),
        pytest.param([[["libr*"], ["festen"]]], ["Festën e librit"], id="and"),
        pytest.param([[["libri", "recete"]]], ["Recetë", "Libri në shesh"], id="either"),
        pytest.param([[["festen"]], [["recete"]]], ["Recetë", "Festën e librit"], id="or"),
        pytest.param([[["shetitje"], ["cmend*"]]], ["SHËTITJE ÇMENDURIE"], id="folded"),
        pytest.param([[["ibri"]]], [], id="not-a-beginning"),
        pytest.param([], [], id="no-group"),
        pytest.param([[["libri"], []]], [], id="no-word-will-do"),
        pytest.param(
            [[["libri"]], []],
            ["Recetë", "SHËTITJE ÇMENDURIE", "Festën e librit", "Libri në shesh"],
            id="empty-group",
        ),
    ],
)
def test_groups_of_words(library: Record, groups: list[Group], found: list[str]) -> None:
    assert headlines(library, *groups) == found


def test_the_window_narrows(library: Record) -> None:
    june = Window.of_days(date(2025, 6, 1), date(2025, 6, 2), "Europe/Tirane")
    assert headlines(library, [["libr*"]], window=MAY) == headlines(library, [["libr*"]])
    assert headlines(library, [["libr*"]], window=june) == []
    assert headlines(library, [], window=june) == []


def test_undated_pieces_are_found_when_asked_for(library: Record) -> None:
    assert headlines(library, [["librat"]], window=MAY) == []
    assert headlines(library, [["librat"]], window=MAY, undated=True) == ["Tjetër"]
    assert headlines(library, [["libr*"]], undated=True)[0] == "Tjetër"


def test_outlets_narrow(library: Record, run: int) -> None:
    store(library, run, piece(1, headline="Libri tjetër"), outlet="gazeta-tjeter")
    search_index.bring_up(library)
    assert headlines(library, [["libri"]], outlets=["gazeta-tjeter"]) == ["Libri tjetër"]
    assert headlines(library, [["libri"]], outlets=["gazeta-tjeter"], window=MAY) == [
        "Libri tjetër"
    ]
    assert headlines(library, [["libri"]], outlets=[]) == []


def test_many_groups_and_many_words(library: Record) -> None:
    many = [[[f"asgje{n}"]] for n in range(300)]
    assert headlines(library, *many, [["recete"]], *many) == ["Recetë"]
    assert headlines(library, [[*(f"asgje{n}" for n in range(3_000)), "recete"]]) == ["Recetë"]
    assert headlines(library, [["recete"]] * 3_000) == ["Recetë"]
    assert headlines(library, [*([["recete"]] * MEMBERS), ["asgje"]]) == ["Recetë"], "a superset"
    assert headlines(library, [["a" * 50_000]]) == []


@pytest.mark.parametrize(
    "word",
    [
        "",
        " ",
        "a b",
        '"',
        "*",
        "a**",
        "a*b",
        "a-b",
        "d'arta",
        "NEAR(a",
        "x\0",
        "\ud800",
        "a\u00a0b",
    ],
)
def test_what_is_not_one_word_is_refused(library: Record, word: str) -> None:
    with pytest.raises(ValueError, match="not one folded word"):
        headlines(library, [[word]])


@pytest.mark.parametrize("word", ["or", "and", "not", "near", "words", "NOT"])
def test_a_word_of_the_query_language_is_a_word(library: Record, run: int, word: str) -> None:
    store(library, run, piece(5, headline=f"{word.upper()} libri", published=NOON))
    search_index.bring_up(library)
    assert headlines(library, [[word], ["libri"]]) == [f"{word.upper()} libri"]


def test_some_articles_alone_may_be_asked_about(library: Record) -> None:
    every = numbered(library, read.articles(library, undated=True))
    names = {str(article.headline): number for number, article in every.items()}
    asked = [[["libr*"]], [["recete"]]]
    chosen = ("Recetë", "Tjetër", "SHËTITJE ÇMENDURIE")
    some = {names[name]: every[names[name]] for name in chosen}
    found = {names["Recetë"], names["Tjetër"]}
    assert search.standing(library, asked=asked, articles=some) == found
    assert search.standing(library, asked=[[]], articles=some) == set(some)
    assert search.standing(library, asked=[], articles=some) == set()
    assert search.standing(library, asked=asked, articles={}) == set()


def numbered(record: Record, articles: Iterable[Article]) -> dict[int, Article]:
    """Each by the number that the index knows it by."""
    every = {article.key: article for article in articles}
    return {number: every[key] for key, number in search.ids(record, every).items()}


# --- what waits is a candidate -------------------------------------------------------------------


def test_what_waits_is_found_and_then_only_where_it_stands(record: Record, run: int) -> None:
    store(record, run, piece(1, headline="Libri"), piece(2, headline="Recetë"))
    assert len(headlines(record, [["receta*"]])) == 2
    assert search_index.bring_up(record) == 2
    assert headlines(record, [["recete"]]) == ["Recetë"]
    store(record, run, piece(1, headline="Festë"))
    assert search_index.waiting(record) == [1]
    assert headlines(record, [["recete"]]) == ["Recetë", "Festë"]
    assert search_index.bring_up(record) == 1
    assert headlines(record, [["libri"]]) == []
    check_index(record)


def test_an_article_that_became_another_leaves_the_index(library: Record) -> None:
    unite_in_tables(library.conn, 4, 1, 1, "2025-05-10T12:00:00Z")
    assert headlines(library, [["recete"]]) == []
    check_index(library)


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_the_index_is_brought_up_in_steps(library: Record, limit: int) -> None:
    library.conn.execute("DELETE FROM indexed")
    steps = []
    while done := search_index.bring_up(library, limit):
        assert headlines(library, [["recete"]])[:1] == ["Recetë"]
        steps.append(done)
    assert sum(steps) == 5
    assert max(steps) == limit
    check_index(library)


def test_other_rules_make_the_index_anew(library: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "VERSION", "rules of tomorrow")
    monkeypatch.setattr(search_index, "index_words", lambda *_: "neser")
    assert len(headlines(library, [["recete"]])) == 4, "everything is a candidate"
    assert search_index.bring_up(library) == 5
    assert headlines(library, [["recete"]]) == []
    assert len(headlines(library, [["neser"]])) == 4


def test_a_reader_finds_a_superset_and_writes_nothing(
    library: Record, run: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(library, run, piece(9, headline="E re"))
    with open_record(library.path, library.store.folder, readonly=True) as reader:
        assert search_index.bring_up(reader) == 0
        assert headlines(reader, [["recete"]]) == ["E re", "Recetë"]
        monkeypatch.setattr(search_index, "VERSION", "rules of tomorrow")
        assert search_index.bring_up(reader) == 0
        assert len(headlines(reader, [["recete"]])) == 5
    assert search_index.waiting(library) != []


# --- a superset of what matching accepts ------------------------------------------------------

LETTERS = (
    string.ascii_lowercase[:4]
    + "ëçËÉüİıßđøœþ·²ªⅣﬁĲǆ\u0308\u0327\u0361ΣςЖ𝐅𝐞Ａ🤝📚\ue001\u2068⑴½㏂کكيی"
)
WORDS = ("libër", "librit", "Librave", "festë", "festën", "FESTAVE", "books", "book", "bregut")
TEXTS = st.lists(
    st.sampled_from(WORDS) | st.text(alphabet=LETTERS + " .-’'\u00ad\u200b\u200c\n", max_size=8),
    max_size=8,
).map(" ".join)
PHRASES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join)
TERMS = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(lambda word: f"{word[:3]}*"),
    st.sampled_from(WORDS).map(lambda word: f"={word}"),
    st.sampled_from(WORDS).map(lambda word: f"headline:{word}"),
    PHRASES,
    PHRASES.map(lambda told: f'"{told}"'),
    PHRASES.map(lambda told: f"near({told.replace(' ', ', ')}, 5)"),
    st.text(alphabet=LETTERS + ' "*=:(),', min_size=1, max_size=6),
)


def is_read(term: str) -> bool:
    try:
        read_term(term)
    except ValueError:
        return False
    return True


GROUPS = st.lists(TERMS.filter(is_read), min_size=1, max_size=2).map(tuple)
KEYWORDS = st.builds(
    Keywords,
    any=st.lists(GROUPS, max_size=3).map(tuple),
    all=st.lists(TERMS.filter(is_read), max_size=1).map(tuple),
)


@settings(max_examples=60)
@given(
    texts=st.lists(
        st.tuples(TEXTS, TEXTS, TEXTS, st.sampled_from(["sq", "en", "de", "fa", None])),
        min_size=1,
        max_size=4,
    ),
    events=st.lists(KEYWORDS, min_size=1, max_size=4),
    indexed=st.booleans(),
)
def test_candidates_are_a_superset_of_what_matching_accepts(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[tuple[str, str, str, str | None]],
    events: list[Keywords],
    indexed: bool,
) -> None:
    folder: Path = tmp_path_factory.mktemp("record")
    with open_record(folder / "coverage.db", folder / "snapshots") as record:
        told = [
            piece(n, headline=headline, lead=lead, text=text)
            for n, (headline, lead, text, _) in enumerate(texts)
        ]
        store(record, begin(record), *told)
        for number, (*_, language) in enumerate(texts, 1):
            record.conn.execute("UPDATE articles SET language = ? WHERE id = ?", (language, number))
        if indexed:
            check_index(record)
        kept = list(read.articles(record))
        for keywords in events:
            wanted = event(keywords)
            matcher = Matcher(wanted)
            accepted = {a.key for a in kept if matcher.judge(a)}
            assert accepted == {a.key for a in kept if matcher.judge(a, narrowed=True)}
            asked, abroad = narrowing(wanted), narrowing_abroad(wanted)
            among = search.candidates(record, asked=asked, abroad=abroad, window=MAY)
            assert accepted <= {a.key for a in among}, keywords
            every = numbered(record, kept)
            found = search.standing(record, asked=asked, abroad=abroad, articles=every)
            assert accepted <= {every[number].key for number in found}


def event(keywords: Keywords) -> Event:
    return Event(
        slug="festa",
        title="Festa",
        first_day=date(2025, 5, 5),
        last_day=date(2025, 5, 20),
        zone="Europe/Tirane",
        keywords=keywords,
    )


@pytest.mark.parametrize(
    "headline", ["🤝Festa", "\ue001Festa", "\u2068Festa\u2069", "𝐅𝐞𝐬𝐭𝐚", "Ｆesta", "F\u0361esta"]
)
def test_a_word_with_a_strange_sign_is_found(record: Record, run: int, headline: str) -> None:
    assert [word.folded for word in words(headline)] == ["festa"]
    store(record, run, piece(1, headline=headline, lead=None, text=None))
    store(record, run, piece(2, headline="Recetë", lead=None, text=None))
    search_index.bring_up(record)
    assert headlines(record, [["fest*"]]) == [headline]
