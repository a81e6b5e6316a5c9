"""Languages beyond the labelled sets: reasons, priors, scripts, steadiness."""

from __future__ import annotations

import subprocess
import sys

import pytest

from crawler.reading import languages
from crawler.reading.languages import read_language

LEAD = (
    "Banorët e zonës kanë kërkuar më shumë ndriçim në rrugën që lidh shkollën me qendrën, ndërsa"
    " bashkia ka njoftuar se punimet do të nisin këtë javë."
)


@pytest.mark.parametrize(
    ("headline", "lead", "code", "source"),
    [
        ("Ndriçim i ri në lagje", LEAD, "sq", "words"),
        ("NDRIÇIM I RI NË LAGJE", LEAD.upper(), "sq", "words"),
        ("Bridge opens", "The bridge will open on Monday, the town said.", "en", "words"),
        ("Νέα γέφυρα", "Η γέφυρα ανοίγει", "el", "script"),
        ("پل تازه", "پل تازه گشایش یافت", "fa", "script"),
        ("الجسر الجديد", "افتتاح الجسر الجديد في المدينة", "ar", "script"),
        ("Отварање моста", "Грађани ће моћи да пређу мост", "sr", "script"),
        ("Отворен мостот", "Граѓаните ќе можат да го поминат мостот", "mk", "script"),
        ("Мост открыт", "Жители города смогут пройти по мосту, который был закрыт", "ru", "script"),
        ("Bllokohet rruga", "", "sq", "langdetect"),
        ("Die Brücke", "Die neue Brücke über den Fluss wird am Montag geöffnet", "de", "words"),
        ("Le pont", "Le nouveau pont est ouvert depuis lundi dans la ville", "fr", "words"),
        ("Köprü", "Yeni köprü açıldı ve çok daha geniş bir yol oldu", "tr", "words"),
        ("Νέα: Hapet ura e re mbi lumë, sot për këmbësorët", "", "sq", "words"),
    ],
)  # fmt: skip
def test_a_language_and_what_decided(headline: str, lead: str, code: str, source: str) -> None:
    tongue = read_language(headline, lead, prior=())
    assert tongue is not None
    assert (tongue.code, tongue.source) == (code, source)
    assert 0.5 <= tongue.confidence <= 1


@pytest.mark.parametrize("text", ["", "2024", "12:30 – 3:1", "U-21", "€ 5", "日本語の新聞"])
def test_what_cannot_be_told_is_the_outlets_language_or_none(text: str) -> None:
    usual = read_language(text, "", prior=("sq", "en"))
    assert usual is not None
    assert (usual.code, usual.source) == ("sq", "prior")
    assert usual.confidence < 0.5
    assert read_language(text, "", prior=()) is None


@pytest.mark.parametrize(
    ("text", "prior", "code"),
    [
        ("Pčelari očekuju da će proizvodnja pasti za polovinu", ("sr",), "sr"),
        ("Pčelari očekuju da će proizvodnja pasti za polovinu", ("hr",), "hr"),
        ("Pčelari očekuju da će proizvodnja pasti za polovinu", ("sq", "bs"), "bs"),
        ("Pčelari očekuju da će proizvodnja pasti za polovinu", (), "sr"),
        ("Snijeg je zatvorio cestu prije dva tjedna", (), "hr"),
    ],
)
def test_the_outlet_names_its_serbian(text: str, prior: tuple[str, ...], code: str) -> None:
    tongue = read_language(text, "", prior=prior)
    assert tongue is not None
    assert tongue.code == code


def test_an_outlets_own_language_is_a_candidate() -> None:
    text = "Podul peste râu se deschide"
    usual = read_language(text, "", prior=("ro",))
    assert usual is not None
    assert usual.code == "ro"


def test_a_prior_nobody_has_a_profile_for_does_no_harm() -> None:
    tongue = read_language("Bllokohet rruga nacionale", "", prior=("xx", "sh", "../../etc/passwd"))
    assert tongue is not None
    assert tongue.code == "sq"


def test_only_the_beginning_is_looked_at() -> None:
    tongue = read_language(LEAD * 5, "The bridge will open on Monday. " * 10_000, prior=())
    assert tongue is not None
    assert tongue.code == "sq"


def test_common_words_decide_without_langdetect() -> None:
    code = (
        "import sys\n"
        "from crawler.reading.languages import read_language\n"
        f"assert read_language('Ndriçim i ri', {LEAD!r}, prior=()).code == 'sq'\n"
        "assert 'langdetect' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_only_the_profiles_needed_are_loaded() -> None:
    read_language("Bllokohet rruga", "", prior=())
    groups = languages._profiles(languages.CANDIDATES)
    assert all(len(weights) == 2 * len(languages.CANDIDATES) for weights in groups.values())
