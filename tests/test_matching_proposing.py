"""What a press release says its event is, and by which words it stands out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crawler.matching.proposing import Proposed, proposed

NOW = datetime(2025, 5, 9, 10, tzinfo=UTC)
RELEASE = """\
# NJOFTIM PËR SHTYP

Dita e Bregut mbledh bletarët dhe vullnetarët në Durrës

Durrës, 8 maj 2025 – Shoqata “Bregu i Gjallë” organizon më 16 maj 2025 Ditën e Bregut, me pastrimin
e liqenit dhe panairin e mjaltit.

Në Ditën e Bregut marrin pjesë dyzet bletarë. Vullnetarët mblidhen më 16 maj te Molo e Vjetër.

Kontakt: zyra@bregu.example, https://bregu.example
"""


def said(text: str, pieces: dict[str, int] | None = None, total: int = 0) -> Proposed:
    def frequency(group: Sequence[Sequence[str]]) -> int:
        assert pieces is not None
        return min(max((pieces.get(stem, 0) for stem in member), default=0) for member in group)

    return proposed(
        text,
        now=NOW,
        zone="Europe/Tirane",
        frequency=None if pieces is None else frequency,
        total=total,
    )


def test_title_day_place_and_words() -> None:
    found = said(RELEASE)
    assert found.title == "Dita e Bregut mbledh bletarët dhe vullnetarët në Durrës"
    assert (found.day, found.days) == (date(2025, 5, 16), (date(2025, 5, 8),))
    assert found.place == "Durrës"
    lines = [line.text for line in found.lines]
    assert {'"Bregu i Gjallë"', '"Ditën e Bregut"'} == set(lines[:2])
    assert not any("example" in line or "maj" in line or "SHTYP" in line for line in lines)


def test_what_the_record_is_full_of_is_not_proposed_alone() -> None:
    assert "bletarë" in [line.text for line in said(RELEASE).lines]
    full = said(RELEASE, {"bletar": 900}, total=1_000)
    assert "bletarë" not in [line.text for line in full.lines]
    rare = said(RELEASE, {"bletar": 2}, total=1_000)
    assert next(line.pieces for line in rare.lines if line.text == "bletarë") == 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Panairi, 10.5.2025", date(2025, 5, 10)),
        ("Panairi hapet më 10 maj", date(2025, 5, 10)),
        ("Panairi hapet më 3 janar", date(2025, 1, 3)),
        ("The fair opens on May 10, 2025", date(2025, 5, 10)),
        ("The fair opens on 10th May 2025", date(2025, 5, 10)),
        ("2025-05-10: panairi", date(2025, 5, 10)),
        ("Panairi hapet më 31 shkurt 2025", None),
        ("Panairi me 40 botues dhe 12 autorë", None),
        ("Prishtinë, 8 maj 2019. Panairi hapet më 16 maj.", date(2019, 5, 16)),
        ("", None),
    ],
)
def test_a_day_in_the_spellings_of_releases(text: str, day: date | None) -> None:
    assert said(text).day == day


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Panair në Tiranë. Bashkia e Tiranës fton.", "Tiranë"),
        ("BREGVALË, 8 maj 2025 – Panairi hapet.", "Bregvalë"),
        ("Panairi hapet nesër.", None),
    ],
)
def test_a_place(text: str, place: str | None) -> None:
    assert said(text).place == place


@given(some.text(max_size=600))
def test_any_text_is_looked_at(text: str) -> None:
    found = said(text, {}, total=3)
    assert found.title is None or found.title.isprintable()
    for line in found.lines:
        assert "\n" not in line.text
