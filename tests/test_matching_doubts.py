"""What is sure, what is only asked about and why, and what is not worth asking about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.matching import Matcher
from crawler.matching.doubts import _SENTENCES, Doubt, told
from crawler.matching.spelling import slips
from crawler.models import Article, Event, Keywords, Match

NOON = datetime(2026, 5, 12, 12, tzinfo=ZoneInfo("Europe/Tirane"))
BOOKS = (('"Rruga e Librit"',), ("karvan", "libër"), ("libër", "Peshkopi"), ("Qendra Faqja",))
CHESS = (("Agron Lisi",), ("shah", "turne", "Kukës"))


def event(any_of: tuple[tuple[str, ...], ...] = BOOKS, **more: object) -> Event:
    given: dict[str, object] = {
        "title": "Rruga e Librit", "place": "Peshkopi", "organiser": "Qendra Faqja",
        "date": date(2026, 5, 16),
    } | more  # fmt: skip
    return Event(
        slug="rruga",
        first_day=date(2026, 5, 4),
        last_day=date(2026, 5, 24),
        zone="Europe/Tirane",
        keywords=Keywords(any=any_of),
        **given,  # type: ignore[arg-type]
    )


BARE = event(title="rruga", place=None, organiser=None, date=None)
TOURNAMENT = event(
    CHESS, title="Memoriali Agron Lisi", place="Kukës", organiser="Klubi Guri", date=None
)


FAIR = event(
    (("farë", "panair"), ("panair", "Berat")), title="Panairi i Farës", place="Berat",
    organiser=None,
)  # fmt: skip
PRIZE = event((("çmim", "Zana"),), title="Çmimi Zana", place="Tiranë", organiser=None)
CENTRE = event((("Bregas", "qendër"),), title="Qendra mjedisore", place="Vlorë", organiser=None)


def article(headline: str, lead: str = "", text: str = "", language: str = "sq") -> Article:
    return Article(
        key="a_1",
        outlet="fletorja",
        url="http://desk.example/1",
        headline=headline,
        published=NOON,
        precision="minute",
        language=language,
        lead=lead or None,
        text=text or None,
    )


def judged(wanted: Event, given: Article) -> Match | None:
    return Matcher(wanted).judge(given)


def kind_of(match: Match) -> str | None:
    """The kind of its doubt, by the signal that the record keeps."""
    wholly = [sign.kind for sign in match.signals if sign.worth <= -0.4]
    assert (match.doubt is None) == (not wholly)
    return wholly[0] if wholly else None


SURE = [
    article('"Rruga e Librit" niset'),
    article("Furgonët e Rrugës së Librit në fshat"),
    article("RRUGA E LIBRIT, SOT NË PESHKOPI"),
    article("Moti", "Shi.", "Në këtë javë niset edhe Rruga e Librit. Pastaj diell."),
    article("Rruga e librit mbërrin në Peshkopi"),
    article("Karvani i librave niset"),
    article("Karvani niset me borë", "Tri mijë libra për shkollat."),
    article("Rurga e Librit niset nga Peshkopi"),
    article("Rruga e Libirt, furgonët e Qendrës Faqja"),
    article("Rruga e Libirt", "Karvani shkon në fshat."),
    article("The Book Road reaches Peshkopi", language="en"),
    article("La Strada del Libro", "Parte da Peshkopi.", language="it"),
    article("Патот на книгата", "Карван на книгата во Пешкопија.", language="mk"),
]


@pytest.mark.parametrize("given", SURE, ids=lambda given: given.headline)
def test_what_names_the_event_is_sure(given: Article) -> None:
    match = judged(event(), given)
    assert match is not None
    assert kind_of(match) is None


@pytest.mark.parametrize(
    ("wanted", "given", "kind"),
    [
        (BARE, article("Organizatorët për rrugën e librit"), "common-words"),
        (event(), article("Libri dhe dimri në Peshkopi"), "only-topic"),
        (event(), article("Qendra Faqja kërkon llogaritar"), "only-hosts"),
        (event(), article("Karvani i migrantëve me një libër"), "other-event"),
        (event(), article("Karvani niset", "Sot.", "Tezga.\nShi.\nNjë libër u gjet."), "far-apart"),
        (event(), article("Rruga e Librit 2025 në fotografi"), "other-edition"),
        (event(), article("Edicioni i ardhshëm i Rrugës së Librit"), "other-edition"),
        (event(), article("Çfarë mbeti nga Rruga e Librit e vjetshme"), "other-edition"),
        (event(), article("Berat, nis Rruga e Librit"), "other-place"),
        (event(), article("Seminar për shoferët para Rrugës së Librit"), "related-event"),
        (event(), article("Rurga e Librit niset"), "misspelt"),
        (event(), article("Rruga e Libirt niset"), "misspelt"),
        (event(), article("The Book Road sets off", language="en"), "other-language"),
        (event(), article("La Strada del Libro", language="it"), "other-language"),
        (event(), article("Faqja e Peshkopi: furgonët", language="it"), "other-language"),
        (event(), article("Карван на книгата", language="mk"), "other-language"),
        (TOURNAMENT, article("Agron Lisi, mësuesi, në turneun e jetës"), "person"),
        (TOURNAMENT, article('Rruga "Agron Lisi" mbyllet për memorialin'), "other-thing"),
        (TOURNAMENT, article("Меморијалот „Агрон Лиси“", language="mk"), "other-language"),
        (TOURNAMENT, article("Memoriali i Argon Lisit"), "misspelt"),
        (event(), article("Shiu", "Një karvan u ndal. Vajza mban një libër."), "far-apart"),
        (FAIR, article("Panairi gastronomik në Berat"), "other-event"),
        (FAIR, article("Panair për peshkun", "Në stenda edhe farë."), "other-event"),
        (FAIR, article('Panairi "Deti" mbyllet', "Një farë u hodh."), "other-event"),
        (
            FAIR,
            article("Berat, gjykata", "Seanca.", "Shi.\nE pa në një panair."),
            "far-apart",
        ),
        (FAIR, article("Një farë në panairin për peshkun", "Berati feston."), "other-event"),
        (FAIR, article("Panair për peshkun në Berat", "Mes tyre edhe fara."), "other-event"),
        (PRIZE, article("Zana Hoxha, çmim për rolin"), "person"),
        (PRIZE, article("Zana mori një çmim në shkollë"), "person"),
    ],
    ids=lambda value: value.headline if isinstance(value, Article) else "",
)
def test_what_is_only_asked_about(wanted: Event, given: Article, kind: str) -> None:
    match = judged(wanted, given)
    assert match is not None
    assert kind_of(match) == kind


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (event(), article("Botuesit: rruga e librit është e gjatë")),
        (event(), article("Moti", "Shi.", "Një karvan.\nDiell.\nShi.\nEra merr një libër.")),
        (event(), article("Shi", text="Era fryn.\nLexo edhe: Karvani i librave niset")),
        (event(), article("Shi", text="Era fryn.\nTË LIDHURA\nKarvani i librave niset\nMoti")),
        (event(), article("Shi", text="Era fryn.\nMë të lexuarat\nRruga e Librit niset\nMoti")),
        (event(), article("Shi", text="Era fryn.\nMë shumë: Rruga e Librit niset")),
        (TOURNAMENT, article("Arrestohet 34-vjeçari Agron Lisi")),
        (TOURNAMENT, article('Shkolla "Agron Lisi" pa drita')),
        (event(), article("Karvani", "Moti i mirë", language="en")),
        (event(), article("Karvan migrantësh", "Policia gjeti edhe një libër.")),
        (FAIR, article("Panair punësh në Berat")),
        (FAIR, article("Panairi i gruas", "Një farë u mboll.")),
        (CENTRE, article("Bregas mblidhet në qendër të qytetit")),
        (PRIZE, article("Çmimi për librin", "Si zana e malit.")),
        (event(), article("The Book Road sets off")),
    ],
    ids=lambda value: value.headline if isinstance(value, Article) else "",
)
def test_what_nobody_need_be_asked_about(wanted: Event, given: Article) -> None:
    assert judged(wanted, given) is None


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (FAIR, article("Farat e gjyshes", "Berati feston.", "Stenda.\nShi.\nE bleva në panair.")),
        (FAIR, article("Panairi tradicional i farës")),
        (FAIR, article("Panair për bujqit dhe farën")),
        (FAIR, article("Panairi i qeseve të farës")),
        (FAIR, article("Panairi i Fares", "Stenda ne shesh.")),
        (FAIR, article("Panairi vjetor në Berat")),
        (FAIR, article("Farat humbasin", "Fjala u mor në panairin kombëtar.")),
        (PRIZE, article('"Zana", çmim për një biologe')),
        (PRIZE, article("Kush e merr Çmimin Zana")),
        (CENTRE, article("Bregas hap qendrën në qendër të qytetit")),
    ],
    ids=lambda value: value.headline if isinstance(value, Article) else "",
)
def test_what_looks_like_another_is_sure(wanted: Event, given: Article) -> None:
    match = judged(wanted, given)
    assert match is not None
    assert match.doubt is None


def test_the_title_is_the_event_though_no_word_is_a_known_kind() -> None:
    wanted = event((("piknik", "libër"), ("panair", "libër")), title="Pikniku i Librit")
    found = [
        judged(wanted, article(told)) for told in ("Në piknikun e librit", "Libri. Një piknik")
    ]
    assert [match is not None and match.doubt is None for match in found] == [True, False]


def test_an_activity_of_the_event_is_no_other() -> None:
    wanted = event((("pastrim", "Vjosë"),), title="Dita e Lumit")
    given = article("Një bisedë", "Para aksionit të pastrimit të Vjosës.")
    match = judged(wanted, given)
    assert match is not None
    assert match.doubt is None


@pytest.mark.parametrize("text", ["Pesë vjet me", "25 vjet me", "Shumë vjet me"])
def test_years_are_no_last_year(text: str) -> None:
    match = judged(event(), article(f"{text} Rrugën e Librit"))
    assert match is not None
    assert match.doubt is None


def test_words_with_their_place_right_after_the_day_are_of_it() -> None:
    given = article("Falas në Peshkopi", "Fshatarët presin.")
    after = replace(given, published=NOON.replace(day=17))
    found = [judged(event((*BOOKS[:2], ("falas", "Peshkopi"))), each) for each in (given, after)]
    assert [match is not None and match.doubt is None for match in found] == [False, True]


def test_a_not_kills_what_is_only_suggested() -> None:
    wanted = event()
    wanted = replace(wanted, keywords=replace(wanted.keywords, none=("borë",)))
    assert judged(wanted, article("Rurga e Librit niset", "Me borë.")) is None


# --- how it is said -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", _SENTENCES)
def test_every_reason_is_one_sentence_in_both_languages(kind: str) -> None:
    doubt = Doubt(kind=kind, words="{words} x")  # type: ignore[arg-type]
    for language in ("en", "sq"):
        said = doubt.said(language)  # type: ignore[arg-type]
        assert "{words} x" in said
        assert "\n" not in said
        assert not said.endswith(".")
    assert doubt.said("en") != doubt.said("sq")


def test_a_reason_is_told_again_in_another_language() -> None:
    match = judged(event(), article("Rruga e Librit 2025 në fotografi"))
    assert match is not None
    assert (
        told(match, "en") == match.doubt == 'about another edition: "2025", and nothing names this'
    )
    assert (told(match, "sq") or "").startswith("për një edicion tjetër: “2025”")
    assert told(replace(match, doubt=None), "sq") is None
    assert told(replace(match, doubt="old words", signals=()), "sq") == "old words"


# --- slips --------------------------------------------------------------------------------


@pytest.mark.parametrize("slip", ["bergas", "begas", "breggas", "brekas", "brigas"])
def test_a_slip_is_one_letter(slip: str) -> None:
    assert slip in slips("bregas")


@pytest.mark.parametrize("word", ["bregas", "brega", "bregaj", "begaz", "bregasaj"])
def test_the_word_itself_and_its_family_are_no_slips(word: str) -> None:
    assert word not in slips("bregas")


@pytest.mark.parametrize("word", ["shah", "2026", "книга", ""])
def test_short_and_foreign_words_have_no_slips(word: str) -> None:
    assert slips(word) == frozenset()
