"""Headlines and leads: what they contradict, and what no contradiction is."""

from __future__ import annotations

import pytest

from crawler.models import Article
from crawler.stories import stories
from tests.stories.told import HONEY, piece

FIRST, REST = HONEY.split(". ", 1)
NOTICE = (
    "Parkimi është falas. Shitësit vijnë nga gjithë rrethi. Dyert hapen në mëngjes dhe mbyllen kur"
    " bie muzgu. Organizatorët ju lutin të sillni çanta prej pëlhure."
)


def joined(*articles: Article) -> bool:
    return len(stories(articles)) == 1


def under(
    headlines: tuple[str, str], text: str = NOTICE, leads: tuple[str, str] = ("", "")
) -> bool:
    """Whether two pieces of one text join under these headlines and leads."""
    both = zip(headlines, leads, strict=True)
    return joined(*(piece(n, text, headline=h, lead=lead) for n, (h, lead) in enumerate(both)))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Panairi hapet të hënën", "Panairi hapet të martën"),
        ("Panairi hapet më 3 maj", "Panairi hapet më 4 maj"),
        ("Panairi hapet në maj", "Panairi hapet në qershor"),
        ("Panairi me 18 tryeza", "Panairi me 27 tryeza"),
        ("Panairi me tetëmbëdhjetë tryeza", "Panairi me 27 tryeza"),
        ("Hapet panairi në Lugjas", "Hapet panairi në Kallmor"),
        ("Moti në Lugjas", "Moti në Kallmor"),
        ("Lugjas, hapet panairi", "Kallmor, hapet panairi"),
        ("Horoskopi: Dashi", "Horoskopi: Demi"),
        ("Kërkohet kuzhinier në Lugjas", "Kërkohet kamarier në Lugjas"),
        ("Ecja e vajzave në mal", "Ecja e djemve në mal"),
    ],
)
def test_one_notice_under_headlines_that_contradict(one: str, two: str) -> None:
    assert not under((one, two))
    assert under((one, one))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Lajmi 1", "Lajmi 2"),
        ("Moti në Kukës sot", "Moti në Kuksin e bardhë"),
        ("Panairi me 18 tryeza", "Panairi i madh i vjeshtës"),
        ("Hapet panairi i mjaltit", "Çelet panairi i mjaltit"),
        ("Bletarët e Bregvalës festojnë", "Mjalti vendas kërkon vend në hotele"),
    ],
    ids=["labels", "one-name", "one-silent", "another-verb", "rewritten"],
)
def test_headlines_that_only_say_it_otherwise(one: str, two: str) -> None:
    assert under((one, two), HONEY)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Dita e djathit hapet me 18 tryeza të gjata.", "Dita e djathit hapet me 27 tryeza."),
        ("Dita e djathit u hap sot.", "Muzeu i orëve mbyllet."),
        ("Biblioteka niset me traget drejt ishullit.", "Kori i fshatit fitoi çmimin e parë."),
    ],
    ids=["another-number", "two-labels", "other-subjects"],
)
def test_a_common_notice_joins_no_two_leads(one: str, two: str) -> None:
    headlines = "Njoftim për banorët e zonës", "Njoftim për banorët e zonës"
    assert not under(headlines, NOTICE, (one, two))
    both = [piece(n, f"{lead}\n{NOTICE}") for n, lead in enumerate((one, two))]
    assert not joined(*both)


REWRITTEN = (
    "Mjalti i luginës mbushi sheshin: bletarët sollën gjithçka që kishin mbledhur gjatë verës."
)


OWN = (
    "Redaksia jonë e ndjek këtë temë. Javën e kaluar folëm për bletët e malit, të cilat po"
    " rrallohen nga thatësira e gjatë. Banorët atëherë mezi e besonin dhe kërkonin të dhëna."
)


@pytest.mark.parametrize(
    "text",
    [
        f"{REWRITTEN}\n{REST}",
        f"{REWRITTEN} {REST}",
        f"Redaksia jonë e ndjek prej kohësh këtë temë me vëmendje të veçantë.\n{HONEY}",
        f"{OWN} Më poshtë e sjellim të plotë.\n{HONEY}\nNë fund disa fjalë të lexuesve tanë.",
        f"Shpërndaje me miqtë\n{HONEY}",
        HONEY.replace(". ", ".\n").replace("Shoqata", "LUGJAS, 16 maj – Shoqata", 1),
    ],
    ids=["lead-in-text", "lead-in-line", "own-paragraph", "embedded", "share", "dateline"],
)
def test_one_body_is_found_wherever_it_stands(text: str) -> None:
    assert joined(piece(1), piece(2, text))
    assert joined(piece(1, HONEY.replace("ë", "e")), piece(2, text))


def test_a_rewritten_lead_before_the_text_is_no_contradiction() -> None:
    assert joined(piece(1, REST, lead=FIRST + "."), piece(2, REST, lead=REWRITTEN))
    assert not joined(
        piece(1, REST, lead=f"{FIRST} të hënën."), piece(2, REST, lead=f"{REWRITTEN} Të martën.")
    )


def test_a_lead_that_stands_behind_a_dateline_is_not_read_twice() -> None:
    assert joined(piece(1), piece(2, f"LUGJAS, 16 maj – {HONEY}", lead=f"{FIRST} […]"))


def test_what_an_outlet_prints_under_other_pieces_is_no_evidence() -> None:
    closing = f"{NOTICE} {REST}"
    leads = [
        f"Lajmi {word} tregon diçka krejt tjetër nga të gjithë." for word in ("ura", "deti", "mali")
    ]
    pieces = [piece(n, f"{lead}\n{closing}", outlet="gazeta-a") for n, lead in enumerate(leads)]
    assert len(stories(pieces)) == len(pieces)
