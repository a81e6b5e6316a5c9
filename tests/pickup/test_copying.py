"""Which sentences of a release a piece took over: every shape of a copy, and what only looks so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import gold
from crawler.pickup.sentences import sentence, sentences_of
from crawler.pickup.taking import Piece, release_of, taken

RELEASE: Final = (
    "Shoqata „Ura” hap të enjten, më 12 qershor, në Gramsh një bibliotekë udhëtare për fshatrat.",
    "Autobusi i bibliotekës mban 1 400 libra dhe ndalet në 18 fshatra çdo dy javë.",
    "Librat u zgjodhën nga mësueset e luginës, që prej vitesh kërkonin më shumë lexim për fëmijët.",
    (
        "„Një libër që vjen te dera është libër që lexohet edhe nga gjyshja”, tha zëdhënësja e "
        "shoqatës."
    ),
    "Huazimi është falas dhe zgjat katër javë, me mundësi për ta shtyrë me telefon.",
    "Në dimër autobusi do të qëndrojë në sheshin e Lozhanit, ku ka prizë dhe ngrohje.",
    "Hyrja është e lirë.",
)
OWN: Final = "Në mëngjes binte shi dhe rruga ishte bosh."

TAKEN: Final = [
    # what the piece says (headline; text) and the sentences that it took over
    ("whole", "Ditar", f"{RELEASE[1]} {OWN} {RELEASE[5]}", {1, 5}),
    ("without marks", "Ditar", RELEASE[5].replace("ë", "e").replace("ç", "c"), {5}),
    ("in capitals, a headline", RELEASE[4].upper(), OWN, {4}),
    ("a dateline", "Ditar", f"GRAMSH, 11 qershor – {RELEASE[2]}", {2}),
    (
        "words moved",
        "Ditar",
        "Në 18 fshatra ndalet çdo dy javë autobusi i bibliotekës, që mban 1 400 libra.",
        {1},
    ),
    (
        "numbers in words",
        "Ditar",
        "Autobusi i bibliotekës mban 1.400 libra dhe ndalet në tetëmbëdhjetë fshatra çdo dy javë.",
        {1},
    ),
    (
        "cut in two",
        "Ditar",
        (
            "Librat u zgjodhën nga mësueset e luginës. Ato prej vitesh kërkonin më shumë lexim për "
            "fëmijët."
        ),
        {2},
    ),
    (
        "two in one",
        "Ditar",
        (
            "Huazimi është falas dhe zgjat katër javë, me mundësi për ta shtyrë me telefon, ndërsa "
            "në dimër autobusi do të qëndrojë në sheshin e Lozhanit, ku ka prizë dhe ngrohje."
        ),
        {4, 5},
    ),
    (
        "more than half",
        "Ditar",
        f"Në dimër autobusi do të qëndrojë në sheshin e Lozhanit. {OWN}",
        {5},
    ),
    (
        "a quotation lifted",
        "Ditar",
        "„Një libër që vjen te dera është libër që lexohet edhe nga gjyshja”, më tregon një plak.",
        {3},
    ),
    ("a short one beside a long one", "Ditar", f"{RELEASE[5]} Hyrja është e lirë.", {5, 6}),
]
NOT_TAKEN: Final = [
    (
        "own words",
        "Libra me rrota",
        (
            "Fshatrat e Gramshit do të kenë një herë në dy javë libra me vete. Kush do, e mban "
            "librin një muaj."
        ),
    ),
    ("less than half", "Ditar", "Huazimi është falas vetëm për pensionistët e qytetit."),
    ("another figure", "Ditar", RELEASE[1].replace("18", "23")),
    ("another figure in words", "Ditar", RELEASE[1].replace("18", "njëzet e tre")),
    ("another day", "Ditar", RELEASE[0].replace("enjten", "martën")),
    ("another month", "Ditar", RELEASE[0].replace("qershor", "tetor")),
    ("another place", "Ditar", RELEASE[0].replace("Gramsh", "Cërrik")),
    ("another name at the end", "Ditar", RELEASE[5].replace("Lozhanit", "Grabovës")),
    ("a short one of anybody", "Koncert në park", "Muzikë deri vonë. Hyrja është e lirë."),
    ("a name alone", "Ditar", "Në panair morën pjesë edhe shoqata „Ura” dhe dy shkolla."),
    ("figures alone", "1 400 libra, 18 fshatra", "Matematika është e thjeshtë: 1 400 për 18."),
    ("another language", "Books on wheels", "A bus with 1,400 books will stop in 18 villages."),
    (
        "last year's, with one sentence that stayed",
        "Ditar",
        (
            f"{RELEASE[1].replace('18', '11')} {RELEASE[0].replace('12 qershor', '6 maj')} "
            f"{RELEASE[5]}"
        ),
    ),
]


def found(headline: str, text: str, lead: str = "") -> set[int]:
    """The sentences of RELEASE that a piece took over."""
    piece = Piece.of(headline, lead, text)
    return {copy.sentence for copy in taken(release_of(RELEASE), piece).copies}


@pytest.mark.parametrize(
    ("headline", "text", "expected"), [row[1:] for row in TAKEN], ids=[row[0] for row in TAKEN]
)
def test_a_sentence_is_taken_over(headline: str, text: str, expected: set[int]) -> None:
    assert found(headline, text) == expected


@pytest.mark.parametrize(
    ("headline", "text"), [row[1:] for row in NOT_TAKEN], ids=[row[0] for row in NOT_TAKEN]
)
def test_a_sentence_is_not_taken_over(headline: str, text: str) -> None:
    assert found(headline, text) == set()


def test_the_lead_is_read_and_not_twice() -> None:
    piece = Piece.of("Ditar", RELEASE[5], f"{RELEASE[5]} {OWN}")
    assert [line.raw for line in piece.body] == [RELEASE[5], OWN]
    assert found("Ditar", OWN, lead=RELEASE[5]) == {5}


def test_how_much_of_both_it_is() -> None:
    release = release_of(RELEASE)
    whole = taken(release, Piece.of("Ditar", "", " ".join(RELEASE)))
    assert (whole.share_of_release, whole.share_of_piece) == (1.0, 1.0)
    assert [copy.likeness for copy in whole.copies] == [100] * len(RELEASE)
    words = len(sentence(OWN).words), len(sentence(RELEASE[5]).words)
    part = taken(release, Piece.of("Ditar", "", f"{OWN} {RELEASE[5]}"))
    assert part.share_of_piece == round(words[1] / sum(words), 3)
    assert part.share_of_release == round(
        words[1] / sum(len(s.words) for s in release.sentences), 3
    )


def test_nothing_is_taken_from_or_by_nothing() -> None:
    assert taken(release_of(()), Piece.of("Ditar", "", OWN)).share_of_release == 0.0
    nothing = taken(release_of(RELEASE), Piece.of("", "", ""))
    assert (nothing.copies, nothing.share_of_piece) == ((), 0.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Një. Dy! Tri? Katër… Pesë", 5),
        ("Salla nr. 5 mban 40 veta. Hyhet nga oborri.", 2),
        ("Dr. Arta foli. P.sh. për ujin.", 2),
        ("„A vini?” pyeti ajo. Po.", 3),
        ("Më 2. korrik hapet.", 1),
        ("Titull\n\nRreshti i parë\nRreshti i dytë", 3),
        ("*** — !", 0),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, expected: int) -> None:
    assert len(sentences_of(text)) == expected


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_read(ours: str, theirs: str) -> None:
    """Nothing raises, shares are shares, and places are places of the piece."""
    piece = Piece.of(theirs[:50], "", theirs)
    read = taken(release_of([line.raw for line in sentences_of(ours)]), piece)
    assert 0 <= read.share_of_release <= 1
    assert 0 <= read.share_of_piece <= 1
    for copy in read.copies:
        assert copy.at + copy.count <= len(piece.headline) + len(piece.body)


def test_the_score_of_a_labelled_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {
            "id": "1",
            "kind": "whole",
            "release": RELEASE,
            "sentences": [1],
            "piece": {"headline": "Ditar", "lead": "", "body": RELEASE[1]},
        },
        {
            "id": "2",
            "kind": "own",
            "release": RELEASE,
            "sentences": [5],
            "piece": {"headline": "Ditar", "lead": "", "body": OWN},
        },
    ]
    file = tmp_path / "pickup.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert gold.main(["pickup", str(file)]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {
        "set": "pickup",
        "precision": 1.0,
        "recall": 0.5,
        "f1": 0.6667,
        "total": 2,
        "kinds": {"whole": {"tp": 1, "fp": 0, "fn": 0}, "own": {"tp": 0, "fp": 0, "fn": 1}},
    }
