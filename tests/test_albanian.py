"""The light stemmer, rule by rule; whole tables of forms are in `tests/gold`."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.language import albanian_words
from crawler.language.albanian import LONGEST, stem
from crawler.language.folding import fold

letters = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=LONGEST + 2)
PIECES = """
    mal zog miq qend er shoq at es et it in en i a e o u ve ave eve ja je j gj nj q esh ash inj uj
    izem err ul br kala ligj
"""
# words that look Albanian reach the rules more often than letters at random
albanian = st.builds(
    "".join,
    st.lists(
        st.sampled_from(PIECES.split()),
        min_size=1,
        max_size=7,
    ),
)

RULES = {
    "plural": "mal mali malit malin male malet maleve malesh malevet",
    "feminine": "vajzë vajza vajzës vajzën vajzat vajzave vajzash",
    "feminine-e": "lule lulja lules lulen lulet luleve luleje",
    "feminine-je": "lëvizje lëvizja lëvizjes lëvizjen lëvizjet lëvizjeve lëvizjeje",
    "stressed-i": "shtëpi shtëpia shtëpisë shtëpinë shtëpitë shtëpive shtëpish",
    "stressed-a": "kala kalaja kalasë kalanë kalatë kalave",
    "stressed-e": "muze muzeu muzeut muzeun muzetë muzeve",
    "stressed-u": "gju gjuri gjurit gjunjë gjunjët",
    "masculine-u": "zog zogu zogut zogun zogj zogjtë zogjve zogjsh",
    "k-to-q": "mik miku mikut mikun miq miqtë miqve miqsh",
    "ablaut": "breg bregu bregut brigje brigjet brigjeve",
    "ull-to-uj": "popull popullit popuj popujt popujve popujsh",
    "lost-e": "qendër qendra qendrës qendrën qendrave",
    "lost-e-before-rr": "ëndërr ëndrra ëndrrës ëndrrave",
    "lost-e-in-izem": "turizëm turizmi turizmit turizmin",
    "name-in-o": "Dino Dinos Dinon Dinoja",
    "name-in-aj": "Hoxhaj Hoxhajt Hoxhajn",
    "name-in-u": "Skënderbe Skënderbeu Skënderbeut Skënderbeun",
    "plural-ra": "fshat fshati fshatra fshatrat fshatrave",
    "plural-inj": "shkëmb shkëmbi shkëmbinj shkëmbinjtë shkëmbinjve",
    "feminine-atë": "shoqatë shoqata shoqatës shoqatën shoqatat shoqatave",
    "feminine-esë": "ftesë ftesa ftesës ftesën ftesat ftesave",
    "feminine-eshë": "princeshë princesha princeshës princeshave",
    "agent": "mësues mësuesi mësuesit mësuesve mësuese mësuesja mësueset",
    "itive": "iniciativë iniciativa iniciativës iniciativave",
    "place-that-ends-like-an-ending": "Durrës Durrësi Durrësit Durrësin",
    "short": "ujë uji ujit ujin ujëra ujërave",
}


@pytest.mark.parametrize("forms", RULES.values(), ids=RULES)
def test_forms_of_one_word_have_one_stem(forms: str) -> None:
    assert len({stem(fold(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("folded", "expected"),
    [
        ("qendrave", "qendr"),
        ("festen", "fest"),
        ("shoqatave", "shoqata"),
        ("garat", "gar"),
        ("kalase", "kala"),
        ("bregasit", "bregas"),
        ("bregasaj", "bregasaj"),
        ("popujt", "popull"),
        ("zeri", "zer"),
        ("ze", "zer"),
    ],
)
def test_a_stem(folded: str, expected: str) -> None:
    assert stem(folded) == expected


@pytest.mark.parametrize(
    "word",
    ["", "a", "it", "nga", "për", "2024", "e2e4", "covid19", "κοινό", "کتابها", "прес", "x" * 99],
)
def test_what_is_short_or_of_another_script_stays(word: str) -> None:
    assert stem(fold(word)) == fold(word)


NAMES = """
    Agron Albin Alban Anila Anita Arben Arbër Arjan Artan Ardit Artur Besim Besar Blend
    Bujar Denis Edlir Edmon Elena Elisa Elton Endri Enver Erion Ermal Ervin Fatos Flora
    Florin Gëzim Genti Gjini Hamit Hamid Halil Halit Irena Jonas Kevin Klara Klodi Laura
    Luana Marin Mario Maria Marko Mirel Murat Murad Nejat Nikol Petro Robin Sabit Samet
    Shpat Simon Sokol Teuta Tomor Valon Vasil Vedat Vesel Visar Ylber Zenel
"""


def test_names_of_five_letters_stay_apart() -> None:
    """But for the last vowel: the definite form of Lind and the name Linda are written alike."""
    names = [name for name in fold(NAMES).split() if len(name) == 5]
    assert len(names) > 50
    shared = [(one, other) for one, other in combinations(names, 2) if stem(one) == stem(other)]
    assert shared == []


@pytest.mark.parametrize("told", [albanian_words.STEMS, albanian_words.FORMS], ids=["stems", "all"])
def test_what_is_told_is_folded_and_its_own_stem(told: dict[str, str]) -> None:
    assert [word for word in told if fold(word) != word or not word.isalpha()] == []
    assert {word: stem(word) for word in told} == dict(told)


@given(st.one_of(letters, albanian))
def test_a_stem_is_its_own_stem(folded: str) -> None:
    assert stem(stem(folded)) == stem(folded)


@given(st.one_of(letters, albanian))
def test_a_stem_is_folded_and_never_empty(folded: str) -> None:
    found = stem(folded)
    assert bool(found) == bool(folded)
    assert fold(found) == found
    assert found.isalpha() or not folded


@given(st.text())
def test_any_text_has_a_stem(text: str) -> None:
    assert bool(stem(fold(text))) == bool(fold(text))


@given(albanian.filter(lambda word: len(word) >= 3))
def test_enough_is_left_to_compare_by(folded: str) -> None:
    told = {*albanian_words.STEMS.values(), *albanian_words.FORMS.values()}
    assert len(stem(folded)) >= 3 or stem(folded) in told


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=1))
def test_a_word_with_a_digit_stays(folded: str) -> None:
    if not folded.isalpha():
        assert stem(folded) == folded
