"""The index narrows to a superset; no word of a person reaches it unread."""

from __future__ import annotations

import string
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.folding import words
from crawler.models import Window
from crawler.record import Record, open_record, read, search
from crawler.record.search import GROUPS
from tests.record.pieces import NOON, begin, piece, store

MAY = Window.of_days(date(2025, 5, 5), date(2025, 5, 20), "Europe/Tirane")


def headlines(record: Record, *groups: Sequence[str], **asked: object) -> list[str]:
    found = search.candidates(record, prefixes=groups, **asked)  # type: ignore[arg-type]
    return [str(article.headline) for article in found]


@pytest.fixture
def library(record: Record, run: int) -> Record:
    words = ["Libri në shesh", "Festën e librit", "SHËTITJE ÇMENDURIE", "Recetë"]
    said = {"lead": None, "text": None}
    store(record, run, *(piece(n, headline=word, **said) for n, word in enumerate(words)))
    store(record, run, piece(8, headline="Tjetër", lead="pa datë", text="librat", published=None))
    return record


@pytest.mark.parametrize(
    ("groups", "found"),
    [
        ([["libr"]], ["Festën e librit", "Libri në shesh"]),
        ([["libr", "fest"]], ["Festën e librit"]),
        ([["fest"], ["recet"]], ["Recetë", "Festën e librit"]),
        ([["shetitje", "cmend"]], ["SHËTITJE ÇMENDURIE"]),
        ([["ibri"]], []),
        ([], []),
        ([["libr"], []], ["Recetë", "SHËTITJE ÇMENDURIE", "Festën e librit", "Libri në shesh"]),
    ],
    ids=["prefix", "and", "or", "folded", "not-a-prefix", "no-group", "empty-group"],
)
def test_groups_of_prefixes(library: Record, groups: list[list[str]], found: list[str]) -> None:
    assert headlines(library, *groups) == found


def test_the_window_narrows(library: Record) -> None:
    june = Window.of_days(date(2025, 6, 1), date(2025, 6, 2), "Europe/Tirane")
    assert headlines(library, ["libr"], window=MAY) == headlines(library, ["libr"])
    assert headlines(library, ["libr"], window=june) == []


def test_undated_pieces_are_found_when_asked_for(library: Record) -> None:
    assert headlines(library, ["librat"], window=MAY) == []
    assert headlines(library, ["librat"], window=MAY, undated=True) == ["Tjetër"]


def test_outlets_narrow(library: Record, run: int) -> None:
    store(library, run, piece(1, headline="Libri tjetër"), outlet="gazeta-tjeter")
    assert headlines(library, ["libri"], outlets=["gazeta-tjeter"]) == ["Libri tjetër"]
    assert headlines(library, ["libri"], outlets=[]) == []


def test_more_groups_than_one_expression_holds(library: Record) -> None:
    many = [[f"asgje{n}"] for n in range(GROUPS * 2)]
    assert headlines(library, *many, ["recet"], ["fest"], *many, ["fest"]) == [
        "Recetë",
        "Festën e librit",
    ]


@pytest.mark.parametrize("word", ["", " ", "a b", '"', "a*", "a-b", "d'arta", "NEAR(a", "x\0"])
def test_what_is_not_one_word_is_refused(library: Record, word: str) -> None:
    with pytest.raises(ValueError, match="not one folded word"):
        headlines(library, [word])


@pytest.mark.parametrize("word", ["or", "and", "not", "near", "headline"])
def test_a_word_of_the_query_language_is_a_word(library: Record, run: int, word: str) -> None:
    store(library, run, piece(5, headline=f"{word.upper()} libri", published=NOON))
    assert headlines(library, [word, "libri"]) == [f"{word.upper()} libri"]


# --- a superset of what matching accepts ------------------------------------------------------

LETTERS = (
    string.ascii_lowercase[:4] + "ëçËÉüİıßđøœþ·²ªⅣﬁĲǆ\u0308\u0327\u0361ΣςЖ𝐅𝐞Ａ🤝📚\ue001\u2068"
)
TEXTS = st.text(alphabet=LETTERS + " .-’'\u00ad\u200b\u200c\n", max_size=30)
PREFIXES = st.text(alphabet=string.ascii_lowercase[:4] + "fijz2", min_size=1, max_size=3)


def accepts(text: str, groups: Sequence[Sequence[str]]) -> bool:
    """Whether a plain scan of the words, spelled as matching does, finds one of `groups`."""
    spelled = [word.folded for word in words(text)]
    return any(
        all(any(word.startswith(prefix) for word in spelled) for prefix in group)
        for group in groups
    )


@settings(max_examples=60)
@given(
    texts=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5),
    groups=st.lists(st.lists(PREFIXES, min_size=1, max_size=2)),
)
def test_candidates_are_a_superset_of_a_plain_scan(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[tuple[str, str, str]],
    groups: list[list[str]],
) -> None:
    folder = tmp_path_factory.mktemp("record")
    with open_record(folder / "coverage.db", folder / "snapshots") as record:
        told = [
            piece(n, headline=f"{n} {headline}", lead=lead, text=text)
            for n, (headline, lead, text) in enumerate(texts)
        ]
        store(record, begin(record), *told)
        found = {str(each).split()[0] for each in headlines(record, *groups)}
        kept = list(read.articles(record))
    for each in kept:
        if accepts(f"{each.headline} {each.lead or ''} {each.text or ''}", groups):
            assert str(each.headline).split()[0] in found


@pytest.mark.parametrize(
    "headline", ["🤝Festa", "\ue001Festa", "\u2068Festa\u2069", "𝐅𝐞𝐬𝐭𝐚", "Ｆesta", "F\u0361esta"]
)
def test_a_word_with_a_strange_sign_is_found(record: Record, run: int, headline: str) -> None:
    store(record, run, piece(1, headline=headline, lead=None, text=None))
    store(record, run, piece(2, headline="Recetë", lead=None, text=None))
    assert headlines(record, ["fest"]) == [headline]
    store(record, run, piece(1, headline="Asgjë", lead=None, text=None))
    assert headlines(record, ["fest"]) == []
