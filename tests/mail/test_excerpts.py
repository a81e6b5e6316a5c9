"""Teasers: no line of date at their head, and no end in the middle of a word."""

from __future__ import annotations

import pytest

from reports.excerpts import EXCERPT_WORDS, excerpt_of, without_dateline


@pytest.mark.parametrize(
    "head",
    [
        "22.11.2026 10:00 ",
        "22.11.2026 | 10:00 ",
        "22/11/2026, 10:00 – ",
        "10:00 | 22.11.2026 ",
        "2026-11-22T10:00:00 ",
        "22 nëntor 2026 ",
        "22 Nëntor, 2026 - 10:00 ",
        "E hënë, 23 nëntor 2026, ora 10:00 | ",
        "Nov 22, 2026 ",
        "Monday, November 23, 2026 at 10:00 am ",
        "Publikuar më 22.11.2026 ",
        "Publikuar: 22.11.2026 Përditësuar: 23.11.2026 10:15 ",
        "Published on 22 November 2026 • ",
        "TIRANË, 22 nëntor – ",
        "Tiranë, 22 nëntor (ATSH) - ",
        "Bregvalë (22.11.2026) – ",
        "Ana Leka | 22.11.2026 10:00 ",
    ],
)
def test_a_line_of_date_is_no_teaser(head: str) -> None:
    assert excerpt_of(f"{head}Kryetari hapi panairin.", None) == "Kryetari hapi panairin."
    assert excerpt_of(None, f"{head.strip()}\nKryetari hapi panairin.") == "Kryetari hapi panairin."


@pytest.mark.parametrize(
    "text",
    [
        "Më 22 nëntor 2026 u mbajt panairi.",
        "22 nëntor 2026 është dita e bregut.",
        "22 Punëtorë mblodhën mbeturinat.",
        "28 Nëntori Dita e Flamurit",
        "Tiranë, 22 vullnetarë – të gjithë nga bregu.",
        "Panairi, 22 nëntor 2026, mblodhi njerëz.",
        "10:30 nisi panairi",
        "",
    ],
)
def test_a_sentence_that_begins_with_a_day_keeps_it(text: str) -> None:
    assert without_dateline(text) == text


BODY = "Kryetari i bashkisë hapi panairin e librit mbrëmë. Pastaj foli gjatë."


@pytest.mark.parametrize(
    ("lead", "body", "told"),
    [
        pytest.param("Kryetari i bashkisë hapi pan", BODY, "Kryetari i bashkisë hapi…", id="word"),
        pytest.param("Kryetari i bashkisë hapi", BODY, "Kryetari i bashkisë hapi…", id="sentence"),
        pytest.param(BODY[:50], BODY, BODY[:50], id="whole sentences"),
        pytest.param("Panair libri", "Panair libri\nMbrëmë u hap.", "Panair libri", id="paragraph"),
        pytest.param("Panairi u hap [...]", None, "Panairi u hap…", id="brackets"),
        pytest.param("Panairi u hap ...", None, "Panairi u hap…", id="dots"),
        pytest.param("Panairi u hap […]", None, "Panairi u hap…", id="an ellipsis in brackets"),
        pytest.param("Panairi u hap.", None, "Panairi u hap.", id="a full stop"),
        pytest.param("Panairi i librit", None, "Panairi i librit", id="a subheading"),
        pytest.param("fjalë " * 30 + "fja", None, "fjalë " * 30 + "fja…", id="a feed that cuts"),
        pytest.param(None, BODY, BODY, id="no lead"),
        pytest.param("22.11.2026 10:00", BODY, BODY, id="a lead that is a date"),
        pytest.param(None, None, "", id="nothing"),
        pytest.param("…", None, "", id="only dots"),
    ],
)
def test_what_breaks_off_says_so(lead: str | None, body: str | None, told: str) -> None:
    assert excerpt_of(lead, body) == told


def test_a_teaser_is_short() -> None:
    told = excerpt_of("fjalë, " * 60, None)
    assert told.split()[-1] == "…"
    assert len(told.split()) == EXCERPT_WORDS + 1


@pytest.mark.parametrize("text", ["1 " * 100_000, "A," * 100_000, "22 nëntor " * 50_000])
def test_long_odd_text_is_read_at_once(text: str) -> None:
    assert len(excerpt_of(text, text).split()) <= EXCERPT_WORDS + 1
