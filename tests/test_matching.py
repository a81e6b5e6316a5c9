"""Plain matching: folding, terms, reasons, and the promise of the prefixes."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.folding import fold, words
from crawler.matching import find, match, matches, prefixes, read_term
from crawler.models import Article, Event, Keywords

ZONE = ZoneInfo("Europe/Tirane")
NOON = datetime(2026, 5, 16, 12, 0, tzinfo=ZONE)


def event(
    *any_of: tuple[str, ...],
    every: tuple[str, ...] = (),
    none: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
) -> Event:
    return Event(
        slug="dita",
        title="Dita",
        first_day=date(2026, 5, 11),
        last_day=date(2026, 5, 24),
        zone="Europe/Tirane",
        keywords=Keywords(any=any_of, all=every, none=none, names=names),
    )


def article(
    headline: str | None = None,
    lead: str | None = None,
    text: str | None = None,
    published: datetime | None = NOON,
    key: str = "a_1",
) -> Article:
    return Article(
        key=key,
        outlet="fletorja",
        url="http://desk.example/1",
        headline=headline,
        published=published,
        precision="minute" if published else None,
        language="sq",
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


@pytest.mark.parametrize(
    ("term", "text", "form"),
    [
        pytest.param("festë", "Nis Festa e madhe", "Festa", id="another ending"),
        pytest.param("festë", "festave", "festave", id="plural"),
        pytest.param("Bregvalë", "BREGVALES", "BREGVALES", id="without marks"),
        pytest.param("festë", "manifesta", None, id="never inside a word"),
        pytest.param("ditë", "Ditët", "Ditët", id="four letters keep the vowel"),
        pytest.param("ditë", "data", None, id="four letters are no stem of three"),
        pytest.param("zë", "zëri", None, id="two letters stand for themselves"),
        pytest.param("Bregas-it", "Bregas it", "Bregas it", id="a hyphen is a space"),
        pytest.param("panair librit", "panairi i librit", "panairi i librit", id="a gap of one"),
        pytest.param("panair librit", "panairi nga sot me librit", None, id="a gap of three"),
        pytest.param("panair librit", "librit në panair", None, id="order counts"),
        pytest.param('"Dita e Bregut"', "Ditën e Bregut", "Ditën e Bregut", id="phrase inflects"),
        pytest.param('"Dita e Bregut"', "Ditës së Bregut", "Ditës së Bregut", id="link follows"),
        pytest.param('"Dita e Bregut"', "Dita e madhe e Bregut", None, id="a phrase has no gap"),
        pytest.param('"Dita e Bregut"', "Dita e Bregu", None, id="its last word is exact"),
        pytest.param("„libri”", "librin libri", "libri", id="one quoted word is that word"),
        pytest.param("libr*", "Librave", "Librave", id="a beginning"),
        pytest.param("libr*", "libër", None, id="a beginning is not a stem"),
        pytest.param("=Mali", "mali", "mali", id="exact, folded"),
        pytest.param("=Mali", "malit", None, id="exact is not inflected"),
        pytest.param("clean-up", "The clean-up starts", "clean-up", id="english compound"),
        pytest.param("—", "— —", None, id="a term without words finds nothing"),
        pytest.param("*", "çdo gjë", None, id="a lone star finds nothing"),
    ],
)
def test_a_term_finds(term: str, text: str, form: str | None) -> None:
    hit = find(read_term(term), words(text))
    assert (text[hit.start : hit.end] if hit else None) == form


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


def test_the_reasons_name_the_worthiest_field() -> None:
    wanted = event(("panair", "libr*"), names=("Bregu i Gjallë",))
    found = match(
        wanted,
        article("Hapet panairi", "Panairi me libra", "Shoqata Bregu i Gjallë: libra e libra."),
    )
    assert found is not None
    assert [(why.term, why.form, why.field) for why in found.because] == [
        ("panair", "panairi", "headline"),
        ("libr*", "libra", "lead"),
        ("Bregu i Gjallë", "Bregu i Gjallë", "text"),
    ]
    assert found.score == 1.0
    assert (found.article, found.event, found.rules) == ("a_1", "dita", "plain-1")
    assert found.decision is None


@pytest.mark.parametrize(
    ("given_article", "score"),
    [
        pytest.param(article("Panairi"), 1.0, id="headline"),
        pytest.param(article("x", "panairi"), 0.8, id="lead"),
        pytest.param(article("x", "y", "panairi"), 0.6, id="text"),
        pytest.param(article("x", "y", "panairi i Ardianës"), 0.7, id="a name adds a little"),
    ],
)
def test_the_score_says_where(given_article: Article, score: float) -> None:
    found = match(event(("panair",), names=("Ardianë",)), given_article)
    assert found is not None
    assert found.score == score


def test_a_snippet_is_short_and_on_one_line() -> None:
    text = "fjalë " * 40 + "panairi\ni librit " + "tjetër " * 40
    found = match(event(("panair",)), article(text=text))
    assert found is not None
    snippet = found.because[0].snippet
    assert "panairi i librit" in snippet
    assert snippet.startswith("…fjalë")
    assert snippet.endswith("tjetër…")
    assert len(snippet) < 80


def test_many_articles_in_one_go() -> None:
    given_articles = [article("Panairi", key="a_1"), article("Moti", key="a_2")]
    found = list(matches(event(("panair",)), given_articles))
    assert [(piece.key, why.article) for piece, why in found] == [("a_1", "a_1")]


@pytest.mark.parametrize(
    ("wanted", "groups"),
    [
        pytest.param(event(("panair", "libr*")), (("panair", "libr"),), id="letters only"),
        pytest.param(event(("festë",)), (("fe",),), id="a ligature could stand there"),
        pytest.param(event(('"Dita e Bregut"',)), (("dit", "bregut"),), id="links are left out"),
        pytest.param(event(("Çlirim",), every=("Vlorë",)), (("clirim", "vlor"),), id="all joins"),
        pytest.param(event(every=("Vlorë",)), (("vlor",),), id="only all"),
        pytest.param(event(("کتاب",)), ((),), id="other scripts cannot narrow"),
        pytest.param(event(), (), id="no keywords, no groups"),
    ],
)
def test_prefixes(wanted: Event, groups: tuple[tuple[str, ...], ...]) -> None:
    assert prefixes(wanted) == groups


LETTERS = "aeiuftslbcdëçËÇäéß\u0308ﬁ یيكک\u200c-'\"_.0"
TERMS = ["fest", "festë", '"dita e liut"', "lib*", "=fa", "e", "ي", "cë", "files", "l'iu"]


@given(
    st.text(LETTERS, max_size=40),
    st.lists(st.lists(st.sampled_from(TERMS), min_size=1, max_size=2), min_size=1, max_size=2),
    st.sampled_from(["", "Festave dhe LIBRA", "diten e liut", "ﬁles feßt", "çë l'iu fa"]),
)
def test_the_index_offers_everything_that_matches(
    noise: str, groups: list[list[str]], piece: str
) -> None:
    wanted = event(*map(tuple, groups))
    text = f"{noise} {piece} {noise[::-1]}"
    if match(wanted, article(text=text)) is None:
        return
    assert any(_offered(text, group) for group in prefixes(wanted))


def _offered(text: str, group: tuple[str, ...]) -> bool:
    with sqlite3.connect(":memory:") as record:
        record.execute(
            "create virtual table t using fts5(x, tokenize='unicode61 remove_diacritics 2')"
        )
        record.execute("insert into t values (?)", [text])
        query = " AND ".join(f'"{prefix}"*' for prefix in group)
        sql = "select count(*) from t" + (" where t match ?" if query else "")
        (count,) = record.execute(sql, [query] if query else []).fetchone()
    record.close()
    return bool(count)
