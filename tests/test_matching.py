"""Matching: folding, where a term stands, whether a piece matches, why, and what hurts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.language.folding import fold, words
from crawler.matching import (
    LINE,
    RULES,
    BadTerm,
    Matcher,
    Part,
    find,
    match,
    matches,
    prepare,
    read_term,
)
from crawler.matching.snippets import snippet
from crawler.models import Article, Event, Keywords, Match

ZONE = ZoneInfo("Europe/Tirane")
NOON = datetime(2026, 5, 16, 12, 0, tzinfo=ZONE)


def event(
    *any_of: tuple[str, ...],
    every: tuple[str, ...] = (),
    none: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    **more: Any,
) -> Event:
    return Event(
        slug="dita",
        title=more.pop("title", "Dita"),
        first_day=date(2026, 5, 11),
        last_day=date(2026, 5, 24),
        zone="Europe/Tirane",
        keywords=Keywords(any=any_of, all=every, none=none, names=names),
        **more,
    )


def article(
    headline: str | None = None,
    lead: str | None = None,
    text: str | None = None,
    *,
    published: datetime | None = NOON,
    key: str = "a_1",
    language: str | None = "sq",
) -> Article:
    return Article(
        key=key,
        outlet="fletorja",
        url="http://desk.example/1",
        headline=headline,
        published=published,
        precision="minute" if published else None,
        language=language,
        lead=lead,
        text=text,
    )


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Ditën e BREGUT", "diten e bregut", id="capitals and ë"),
        pytest.param("Çadra ç ÇË", "cadra c ce", id="ç"),
        pytest.param("Die\u0308t", "diet", id="a mark of its own"),
        pytest.param("ﬁllim", "fillim", id="a ligature"),
        pytest.param("Straße", "strasse", id="sharp s"),
        pytest.param("علي كتاب", "علی کتاب", id="arabic yeh and kaf"),
        pytest.param("می\u200cشود", "میشود", id="joiner"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_words_keep_their_places() -> None:
    text = "T'i ruajmë: Dita_e «Bregut-2026»"
    found = words(text)
    assert [word.folded for word in found] == ["t", "i", "ruajme", "dita", "e", "bregut", "2026"]
    assert [text[word.start : word.end] for word in found][2] == "ruajmë"


TERMS = [
    ("festë", "Nis Festa e madhe", "Festa", "another ending"),
    ("festë", "festave", "festave", "plural"),
    ("Bregvalë", "BREGVALES", "BREGVALES", "without marks"),
    ("festë", "manifesta", None, "never inside a word"),
    ("ditë", "Ditët", "Ditët", "plural of a short word"),
    ("ditë", "data", None, "another short word"),
    ("Bregas", "familja Bregasaj", None, "a surname that begins like a name"),
    ("Bregas", "qendra e Bregas-it", "Bregas", "a case behind a hyphen"),
    ("BE", "fondet e BE-së", "BE", "an abbreviation with a case"),
    ("Bregas-it", "Bregas it", "Bregas it", "a hyphen is a space"),
    ("Bregas-it", "Bregas dhe it", None, "what a hyphen joins stands together"),
    ("panair librit", "panairi i librit", "panairi i librit", "a gap of one"),
    ("panair librit", "panairi kombëtar i librit", "panairi kombëtar i librit", "a gap of two"),
    ("panair librit", "panairi nga sot me librit", None, "a gap of three"),
    ("panair librit", "librit në panair", None, "order counts"),
    ("panair librit", "Hapet panairi. Librit i duhet kohë", None, "not over a full stop"),
    ("panair librit", "Hapet panairi\nLibrit i duhet", None, "not over a line"),
    ("doktor Hoxha", "Dr. Hoxha, doktori i mirë Hoxha", "doktori i mirë Hoxha", "a name"),
    ("Dr Hoxha", "foli Dr. Hoxha", "Dr. Hoxha", "an abbreviation ends no sentence"),
    ("panair librit", "panair, panair i librit", "panair, panair i librit", "the first start"),
    ("rruga liqeneve", "Rrugën e Liqeneve", "Rrugën e Liqeneve", "the first word inflects"),
    ("rruga liqeneve", "Rruga e Liqenit", None, "a genitive is as written"),
    ("rruga e liqeneve", "Rruga Liqeneve", "Rruga Liqeneve", "a linking word may be missing"),
    ("bashki Tiranë", "Bashkia e Tiranës", "Bashkia e Tiranës", "a last word inflects"),
    ('"Dita e Bregut"', "Ditën e Bregut", "Ditën e Bregut", "a phrase inflects"),
    ('"Dita e Bregut"', "Ditës së Bregut", "Ditës së Bregut", "a link follows"),
    ('"Dita e Bregut"', "DITA E BREGUT", "DITA E BREGUT", "capitals"),
    ('"Dita e Bregut"', "Dita e madhe e Bregut", None, "a phrase has no gap"),
    ('"Dita e Bregut"', "Dita e Bregu", None, "its last word is exact"),
    ('"Dita e Breg*"', "Ditës së Bregores", "Ditës së Bregores", "or a beginning"),
    ("„libri”", "librin libri", "libri", "one quoted word is that word"),
    ("libr*", "Librave", "Librave", "a beginning"),
    ("libr*", "libër", None, "a beginning is not a stem"),
    ("panair libr*", "panairi i librave", "panairi i librave", "a beginning in a row"),
    ("=Mali", "mali", "mali", "exact, folded"),
    ("=Mali", "malit", None, "exact is not inflected"),
    ("=Mali i Ri", "në Mali i Ri", "Mali i Ri", "exact words in a row"),
    ("=Mali i Ri", "Mali e Ri", None, "exact links"),
    ("clean-up", "The clean-up starts", "clean-up", "english compound"),
    ("near(libër, festë, 3)", "festa e madhe e librit", "festa e madhe e librit", "near"),
    ("near(libër, festë, 3)", "librit i bëhet festë", "librit i bëhet festë", "either order"),
    ("near(libër, festë, 1)", "festa e madhe e librit", None, "not so near"),
    ("near(libër, festë)", "festa. Libri", "festa. Libri", "near goes over a full stop"),
    ("near(libër, festë)", "festa\nLibri", None, "but not over a line"),
    ("near(libër, libër)", "libri", None, "two places, not one"),
    ("near(libër, libër)", "libri më libër", "libri më libër", "two of the same"),
    ('near("dita e bregut", =sot)', "sot nis Dita e Bregut", "sot nis Dita e Bregut", "a phrase"),
    ("کتاب", "نمايشگاه كتاب تهران", "كتاب", "persian, another keyboard"),
    ("کتاب*", "کتاب‌ها رسید", "کتاب‌ها", "persian, with a joiner"),
    ("کتاب", "مکتب", None, "persian, another word"),
]


@pytest.mark.parametrize(
    ("term", "text", "form"), [case[:3] for case in TERMS], ids=[case[3] for case in TERMS]
)
def test_a_term_finds(term: str, text: str, form: str | None) -> None:
    assert first(term, text) == form


@pytest.mark.parametrize(
    ("term", "text", "form"),
    [
        pytest.param("runner", "The runners arrive", "runners", id="english plural"),
        pytest.param("swim", "They are swimming", "swimming", id="english verb"),
        pytest.param("Korçë", "She lives in Korca", "Korca", id="an albanian name"),
        pytest.param("Gjirokastër", "in Gjirokastra castle", "Gjirokastra", id="its other form"),
    ],
)
def test_a_term_finds_in_english(term: str, text: str, form: str) -> None:
    assert first(term, text, "en") == form


def test_english_forms_are_not_looked_for_in_albanian() -> None:
    assert first("swim", "They are swimming", "sq") is None


def first(term: str, text: str, language: str = "sq") -> str | None:
    part = Part("text", text, language)
    hit = next(find(read_term(term), part), None)
    return text[part.words[hit.first].start : part.words[hit.last].end] if hit else None


def test_a_term_of_the_headline_stands_nowhere_else() -> None:
    wanted = event(("headline:panair",))
    assert match(wanted, article("Panairi", "x")) is not None
    assert match(wanted, article("x", "Panairi", "Panairi")) is None


@pytest.mark.parametrize(
    ("wanted", "given_article", "found"),
    [
        pytest.param(
            event(("panair", "libr*")), article("Panairi", text="me libra"), True, id="two fields"
        ),
        pytest.param(event(("panair", "libr*")), article("Panairi"), False, id="half a group"),
        pytest.param(event(("x",), ("panair",)), article("Panairi"), True, id="either group"),
        pytest.param(
            event(("panair",), every=("Bregvalë",)), article("Panairi"), False, id="all is missing"
        ),
        pytest.param(
            event(("panair",), every=("Bregvalë",)),
            article("Panairi", "Në Bregvalë"),
            True,
            id="all stands",
        ),
        pytest.param(event(every=("Bregvalë",)), article("Në Bregvalë"), True, id="only all"),
        pytest.param(
            event(("panair",), none=("futboll",)),
            article("Panairi", text="dhe futbolli"),
            False,
            id="not stands",
        ),
        pytest.param(
            event(("panair",), none=("futboll",)),
            article("Panairi", text="Dje.\nLexo edhe: Futbolli"),
            True,
            id="not stands only in a teaser",
        ),
        pytest.param(event(), article("Panairi"), False, id="no keywords, nothing"),
        pytest.param(event(names=("Panairi",)), article("Panairi"), False, id="a name is no match"),
        pytest.param(event(("panair",)), article(), False, id="an article without words"),
    ],
)
def test_match(wanted: Event, given_article: Article, found: bool) -> None:
    assert (match(wanted, given_article) is not None) == found


@pytest.mark.parametrize(
    ("published", "found"),
    [
        pytest.param(datetime(2026, 5, 11, 0, 0, tzinfo=ZONE), True, id="first moment"),
        pytest.param(datetime(2026, 5, 10, 23, 59, tzinfo=ZONE), False, id="a minute before"),
        pytest.param(datetime(2026, 5, 24, 23, 59, tzinfo=ZONE), True, id="last minute"),
        pytest.param(datetime(2026, 5, 25, 0, 0, tzinfo=ZONE), False, id="after"),
        pytest.param(None, True, id="undated ones may match"),
    ],
)
def test_the_window_decides(published: datetime | None, found: bool) -> None:
    given_article = article("Panairi", published=published)
    assert (match(event(("panair",)), given_article) is not None) == found


def found(wanted: Event, given_article: Article, **lines: frozenset[str]) -> Match:
    """The match there must be."""
    match = Matcher(wanted, lines).judge(given_article)
    assert match is not None
    return match


def test_the_reasons_name_the_worthiest_field() -> None:
    wanted = event(("panair", "libr*"), names=("Bregu i Gjallë",))
    match = found(
        wanted,
        article("Hapet panairi", "Panairi me libra", "Shoqata Bregu i Gjallë: libra e libra."),
    )
    assert [(why.term, why.form, why.field, why.place) for why in match.because] == [
        ("panair", "panairi", "headline", None),
        ("libr*", "libra", "lead", None),
    ]
    assert [(sign.kind, sign.words) for sign in match.signals] == [("name", "Bregu i Gjallë")]
    assert match.score == 1.0
    assert (match.article, match.event, match.rules) == ("a_1", "dita", RULES)
    assert (match.decision, match.doubt) == (None, None)
    assert RULES.startswith("stem-5 ")


@pytest.mark.parametrize(
    ("given_article", "score"),
    [
        pytest.param(article("Panairi"), 1.0, id="headline"),
        pytest.param(article("x", "panairi"), 0.8, id="lead"),
        pytest.param(article("x", "y", "panairi"), 0.6, id="text"),
        pytest.param(article("x", "y", "a.\nb.\npanairi"), 0.45, id="last of three paragraphs"),
        pytest.param(article("x", "y", "a.\npanairi"), 0.6, id="two paragraphs have no last"),
        pytest.param(article("x", "y", "panairi i Ardianës"), 0.7, id="a name adds a little"),
        pytest.param(article("x", "y", "panairi, panairi"), 0.62, id="so does another mention"),
        pytest.param(article("x", "y", "panairi festa"), 0.62, id="and another group"),
    ],
)
def test_the_score_says_where(given_article: Article, score: float) -> None:
    wanted = event(("panair",), ("festë",), names=("Ardianë",))
    match = found(wanted, given_article)
    assert (match.score, match.doubt) == (score, None)


@pytest.mark.parametrize(
    ("given_article", "signals"),
    [
        (article("Panairi në Vlorë"), [("place", "Vlorë")]),
        (article("Panairi i Vlorës"), [("place", "Vlorës")]),
        (article("Panairi më 16 maj"), [("date", "16 maj")]),
        (article("Panairi, 16 Majit, ora 9"), [("date", "16 Majit")]),
        (article("Panairi (16.05.2026)"), [("date", "16.05.2026")]),
        (article("Panairi, 2026-05-16"), [("date", "2026-05-16")]),
        (article("The panair on May 16th", language="en"), [("date", "May 16th")]),
        (article("Panairi më 17 maj, 16 qershor"), []),
        (article("Panairi", published=NOON), [("date", "2026-05-16")]),
        (article("Panairi i Shoqatës Bregu"), [("organiser", "Shoqatës Bregu")]),
        (article("Panairi", text="Bie shi.\nLexo edhe: Vlora në festë"), []),
    ],
    ids=lambda value: value.headline if isinstance(value, Article) else "",
)
def test_what_helps(given_article: Article, signals: list[tuple[str, str]]) -> None:
    wanted = event(("panair",), place="Vlorë", date=date(2026, 5, 16), organiser="Shoqata Bregu")
    if given_article.published == NOON and signals != [("date", "2026-05-16")]:
        given_article = replace(given_article, published=NOON.replace(day=18))
    match = found(wanted, given_article)
    assert [(sign.kind, sign.words) for sign in match.signals] == signals
    assert all(sign.worth > 0 for sign in match.signals)


# --- what is not the piece's own -----------------------------------------------------

OWN = "Bie shi në veri.\nEra fryn nga jugu."


@pytest.mark.parametrize(
    "text",
    [
        f"{OWN}\nLexo edhe: Hapet panairi",
        f"{OWN}\nLexoni edhe Hapet panairi",
        f"{OWN}\n» LEXO EDHE → Hapet panairi",
        f"{OWN}\nLexo më shumë: Hapet panairi",
        f"{OWN}\nShiko edhe:\nHapet panairi\nTjetër",
        f"{OWN}\nShiko edhe:\nTjetër\nHapet panairi",
        f"{OWN}\nMos humb: Hapet panairi",
        f"{OWN}\nLexo edhe: Tjetër\nHapet panairi\nNjë tjetër",
        f"{OWN} (lexo edhe: Hapet panairi)",
        f"{OWN}\nRead also: Hapet panairi",
        f"{OWN}\nSee also: Hapet panairi",
        f"{OWN}\nRelated: Hapet panairi",
        f"{OWN}\nRelated articles\nHapet panairi",
        f"{OWN}\nLeggi anche: Hapet panairi",
        f"{OWN}\nبیشتر بخوانید: panair",
        f"{OWN} Lexo edhe: Hapet panairi",
        f"Lexo edhe: Hapet panairi\n{OWN}",
        f"{OWN}\nNa ndiqni në panair!",
    ],
    ids=lambda text: text.replace(OWN, "").strip()[:30],
)
def test_a_link_to_another_piece_is_no_match(text: str) -> None:
    lines = {"fletorja": frozenset({"Na ndiqni në panair!"})}
    matcher = Matcher(event(("panair",)), lines)
    assert matcher.judge(article("Moti", "Shi", text)) is None
    assert matcher.judge(article("Panairi", "Shi", text)) is not None


@pytest.mark.parametrize(
    "text",
    [
        f"{OWN}\nLexo edhe: Tjetër\nNë qytet hapet panairi, me qindra vizitorë nga gjithë vendi.",
        f"{OWN}\nMos humbisni rastin të vizitoni panairin",
        f"{OWN}\nKush do të lexojë edhe më shumë shkon në panair",
        f"{OWN}\nNa ndiqni në panair!",
        f"{OWN}\nLexo edhe: Tjetër\nHapet panairi me këngë.\nBotuesit janë të kënaqur.",
        f"{OWN}\nRelated to the panair is a concert",
        "Hapet panairi.\nLexo edhe: Panairi",
    ],
    ids=lambda text: text.replace(OWN, "").strip()[:30],
)
def test_what_only_looks_like_a_teaser_counts(text: str) -> None:
    match = found(event(("panair",)), article("Moti", "Shi", text))
    assert match.doubt is None
    assert match.score >= LINE


def test_a_group_that_stands_itself_needs_no_teaser() -> None:
    wanted = event(("panair", "libër"), ("festë",))
    text = f"{OWN}\nLexo edhe: Panairi i librit"
    match = found(wanted, article("Festa", "Shi", text))
    assert [why.term for why in match.because] == ["festë"]
    assert match.doubt is None


# --- other editions --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_article", "words"),
    [
        (article("Panairi 2024: fotot më të mira"), "2024"),
        (article("Rezultatet e panairit të vitit 2024"), "2024"),
        (
            article("Arkiv", "Edicioni i vitit 2023 i panairit mblodhi njëzet stenda."),
            "Edicioni i vitit 2023",
        ),
        (article("Panairi i vitit të kaluar në fotografi"), "vitit të kaluar"),
        (article("Edicioni i 11-të i panairit"), "Edicioni i 11-të"),
        (article("Panairi, edicioni i njëmbëdhjetë"), "edicioni i njëmbëdhjetë"),
        (article("The 11th edition of the panair", language="en"), "11th edition"),
        (article("Panairi, si ishte viti i kaluar"), "viti i kaluar"),
        (article("Last year panair drew thousands", language="en"), "Last year"),
    ],
    ids=lambda value: value.headline if isinstance(value, Article) else "",
)  # fmt: skip
def test_another_edition_is_only_asked_about(given_article: Article, words: str) -> None:
    wanted = event(("panair",), title="Panairi, edicioni i 12-të", date=date(2026, 5, 16))
    match = found(wanted, replace(given_article, published=NOON.replace(day=20)))
    assert [(sign.kind, sign.words) for sign in match.signals] == [("other-edition", words)]
    assert match.score < LINE
    assert match.doubt == f'about another edition: "{words}", and nothing names this'


@pytest.mark.parametrize(
    "given_article",
    [
        article("Panairi mbledh më shumë vizitorë se vitin e kaluar"),
        article("Pas suksesit të vitit të kaluar, panairi hap dyert"),
        article("Panairi rikthehet", "Panairi i vitit 2024 mblodhi njëzet stenda."),
        article("Panairi 2026", "Panairi 2024 ishte më i vogël."),
        article("Edicioni i 12-të i panairit", "Edicioni i 11-të mblodhi njëzet stenda."),
        article("Sivjet panairi pa 2024-ën", "Panairi 2024 mbetet kujtim."),
        article("Romani i vitit 2019 fiton në panair"),
        article("Hapet panairi", "Themeluar në vitin 1998, ai mbledh botuesit."),
        article("Panairi hapet", text="Panairi i vitit 2024 ishte më i vogël."),
        article("Panairi, i themeluar para një viti, hap dyert"),
        article("Vitin e kaluar në panair, sot në panair si shitëse"),
        article("Panairi i vitit të kaluar ishte i vogël", "Ky hapet më 16 maj."),
    ],
    ids=lambda value: value.headline,
)
def test_this_edition_beside_another_counts(given_article: Article) -> None:
    wanted = event(("panair",), title="Panairi, edicioni i 12-të", date=date(2026, 5, 16))
    match = found(wanted, given_article)
    assert match.doubt is None
    assert match.score >= LINE


def test_without_a_number_of_its_own_no_number_is_another() -> None:
    match = found(event(("panair",)), article("Edicioni i 11-të i panairit"))
    assert (match.signals, match.doubt) == ((), None)


# --- what is shown ------------------------------------------------------------------------


def test_a_snippet_is_short_and_on_one_line() -> None:
    text = "para\n" + "fjalë " * 40 + "panairi\u2003i librit " + "tjetër " * 40 + "\npas"
    match = found(event(("panair librit",)), article(text=text))
    assert match.because[0].form == "panairi i librit"
    snippet = match.because[0].snippet
    assert "panairi i librit" in snippet
    assert snippet.startswith("…fjalë")
    assert snippet.endswith("tjetër…")
    assert len(snippet) < 80


def test_a_snippet_stays_in_its_line() -> None:
    match = found(event(("panair",)), article(text="para\nsot panairi nis\u202e\x07\npas"))
    assert match.because[0].snippet == "sot panairi nis"


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 20))
def test_any_snippet_is_one_bounded_line(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    shown = snippet(text, start, min(len(text), start + length))
    assert len(shown) <= 70
    assert shown == " ".join(shown.split())
    assert all(sign.isprintable() or sign == "\u200c" for sign in shown)


def test_many_articles_in_one_go() -> None:
    given_articles = [article("Panairi", key="a_1"), article("Moti", key="a_2")]
    pairs = list(matches(event(("panair",)), given_articles))
    assert [(piece.key, why.article) for piece, why in pairs] == [("a_1", "a_1")]


def test_an_article_is_cut_once_for_many_events() -> None:
    told = prepare(article("Panairi i librit"))
    both = [Matcher(event((term,))).judge(told) for term in ("panair", "libri", "festë")]
    assert [match is not None for match in both] == [True, True, False]


def test_a_keyword_that_cannot_be_read_is_loud() -> None:
    with pytest.raises(BadTerm):
        Matcher(event(('"panair',)))


WORDS = st.lists(
    st.sampled_from(
        re.findall(
            r"[^|]+",
            "Panairi|i|librit|2024|2026.|Lexo edhe:|\n|edicioni|i 11-të|maj|16|vitin e kaluar|se"
            "|sivjet|Vlora|Read more|\u200c|12|05",
        )
    ),
    max_size=30,
).map(" ".join)


@given(WORDS, WORDS, WORDS, st.booleans())
def test_a_score_below_the_line_always_has_a_doubt(
    headline: str, lead: str, text: str, dated: bool
) -> None:
    wanted = event(
        ("panair",), ("libër",), title="Dita, edicioni i 12-të", place="Vlorë",
        date=date(2026, 5, 16), names=("Vlorë 2026",),
    )  # fmt: skip
    match = Matcher(wanted).judge(article(headline, lead, text, published=NOON if dated else None))
    if match is not None:
        assert 0 <= match.score <= 1
        assert (match.score < LINE) == (match.doubt is not None)
        assert match.because
