"""What can be written as a keyword: how it is read, printed, explained, refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.matching import BadTerm, Term, advice, read_term, understood
from crawler.models import Keywords


@pytest.mark.parametrize(
    ("written", "printed", "said"),
    [
        ("konferencë", "konferencë", 'any form of "konferencë"'),
        (
            "rruga  e liqeneve",
            "rruga liqeneve",
            (
                'any form of "rruga", then "liqeneve" and longer forms of it, up to 2 other words'
                " between two"
            ),
        ),
        (
            "„rruga e librit”",
            '"rruga e librit"',
            'the phrase "rruga e librit", in which all words but the last may inflect',
        ),
        ("libr*", "libr*", 'words that begin with "libr"'),
        ("=Mali", "=Mali", 'exactly "Mali", in capitals or not'),
        ('"libri"', '"libri"', 'exactly "libri", in capitals or not'),
        (
            "near( panair ،=Libri )",
            "near(panair, =Libri, 5)",
            (
                'any form of "panair" and exactly "Libri", in capitals or not, in either order,'
                " at most 5 words between them"
            ),
        ),
        (
            'NEAR("a, b", c*, 12)',
            'near("a b", c*, 12)',
            (
                'the phrase "a b", in which all words but the last may inflect and words that begin'
                ' with "c", in either order, at most 12 words between them'
            ),
        ),
        ("Headline: festë", "headline:festë", 'any form of "festë", in the headline only'),
        (
            "clean-up day",
            "clean-up day",
            (
                'any form of "clean", then any form of "up", then any form of "day", up to 2 other'
                " words between two"
            ),
        ),
        (
            "libr* e:ri",
            "libr* ri",
            'words that begin with "libr", then any form of "ri", up to 2 other words between two',
        ),
        ("کتاب", "کتاب", 'any form of "کتاب"'),
    ],
)
def test_a_term_is_read_printed_and_explained(written: str, printed: str, said: str) -> None:
    term = read_term(written)
    assert term.written == written
    assert str(term) == printed
    assert understood(term) == said
    assert read_term(printed) == term


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "an empty term; write a word, or take the term out"),
        (" \n", "an empty term; write a word, or take the term out"),
        ('"rruga', "an unbalanced quote in '\"rruga'; write \"rruga\""),
        ('rruga"', "an unbalanced quote in 'rruga\"'; write \"rruga\""),
        ('"', "a quote without words; write a phrase between two, as \"rruga e librit\""),
        ('" "', "a quote without words; write a phrase between two, as \"rruga e librit\""),
        ('"--"', "no word in '\"--\"', only signs; write a word"),
        ('rruga "e" librit', "a quote inside 'rruga \"e\" librit'; quotes go around a whole term"),
        ('"a "e" b"', "a quote inside '\"a \"e\" b\"'; quotes go around a whole term"),
        ("--", "no word in '--', only signs; write a word"),
        ("*", "a lone star stands for every word; write how they begin, as libr*"),
        ("libër *", "a lone star stands for every word; write how they begin, as libr*"),
        ("li*er", "a star inside 'li*er'; it stands at the end of a word, as libr*"),
        ("=libr*", "'=libr*' is exact and has a star; write one or the other"),
        ("a=b", "= inside 'a=b'; it stands before a whole term, as =Mali"),
        ("=", "no word in '=', only signs; write a word"),
        ("headline:", "headline: of nothing; write a word after it, as headline:festë"),
        ("headline:headline:x", "headline: twice; once is enough, as headline:festë"),
        ("title:festë", "'title:festë' names a field; only headline: can, before a whole term"),
        ("near(a)", "near() wants two terms: 'near(a)'; write near(festë, libër, 5)"),
        ("near(a, 5)", "near() wants two terms: 'near(a, 5)'; write near(festë, libër, 5)"),
        ("near(a, , 5)", "near() wants two terms: 'near(a, , 5)'; write near(festë, libër, 5)"),
        ("near(a, b, c, 5)", "near() wants two terms: 'near(a, b, c, 5)'; write near(festë, lib"),
        ("near(a, b", "near( without its closing bracket: 'near(a, b'; write near(a, b, 5)"),
        ("near(a, b, 0)", "near() reaches from 1 to 50 words, not '0'"),
        ("near(a, b, 51)", "near() reaches from 1 to 50 words, not '51'"),
        ("near(a, b, -5)", "near() reaches from 1 to 50 words, not '-5'"),
        (f"near(a, b, {'9' * 90})", f"near() reaches from 1 to 50 words, not '{'9' * 60}...'"),
        ("near(a, b, c)", "near() ends with a number of words, not 'c': near(a, b, 5)"),
        (
            "near(headline:a, b)",
            "'headline:a' names a field; only headline: can, before a whole term",
        ),
        (
            "x" * 10_000,
            "a term of 10,000 characters; write at most 200, the few words that name the event",
        ),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_a_bad_term_is_refused_in_one_sentence(written: str, sentence: str) -> None:
    with pytest.raises(BadTerm) as refused:
        read_term(written)
    assert str(refused.value).startswith(sentence)


SIGNS = 'aeglibrtëç ,،"“”„«»*=()-:0123يكکآ\u200c½²ﷺß\u0301neardhi\n'


def read_or_none(written: str) -> Term | None:
    try:
        return read_term(written)
    except BadTerm:
        return None


@given(st.one_of(st.text(SIGNS, max_size=40), st.text(max_size=40)))
def test_what_is_printed_is_read_as_the_same_term(written: str) -> None:
    term = read_or_none(written)
    if term is not None:
        assert read_term(str(term)) == term


WORDS = st.sampled_from(
    ["libër", "e", "=Mali", "lib*", '"dita e bregut"', "clean-up", "BE-së", "کتاب"]
)


@given(WORDS, WORDS, st.integers(1, 50), st.booleans())
def test_near_is_printed_as_it_is_read(one: str, two: str, within: int, headline: bool) -> None:
    term = read_term("headline:" * headline + f"near({one}, {two}, {within})")
    assert read_term(str(term)) == term
    assert understood(term)


@pytest.mark.parametrize(
    ("keywords", "sentences"),
    [
        (Keywords(any=(("konferencë", "bletar"),)), ()),
        (
            Keywords(any=(("Bregu",),)),
            ("Bregu alone is short and stands in much else; add a second term to its group",),
        ),
        (Keywords(any=(("Bregu", "panair"),)), ()),
        (Keywords(any=(("Bregu",),), all=("panair",)), ()),
        (
            Keywords(any=(("Tiranë",),)),
            ("Tiranë alone is a very common word; add a second term to its group",),
        ),
        (
            Keywords(any=(("Tiranë", "qytet"),)),
            ("Tiranë and qytet are all very common words; add one that names the event",),
        ),
        (
            Keywords(any=(("li*", "panair"),)),
            ("li* stands for every word that begins with 2 letters; write at least 4",),
        ),
        (Keywords(any=(('"Bregu i Ri"',), ('"',))), ()),
    ],
    ids=lambda value: str(value)[:40],
)
def test_advice(keywords: Keywords, sentences: tuple[str, ...]) -> None:
    assert tuple(map(str, advice(keywords))) == sentences
