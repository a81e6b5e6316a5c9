"""`actions.pickup` and its view: our texts read, pieces held against them, messages ticked."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from crawler.record import write
from tests.desk.conftest import EVENT, Desk
from tests.pickup.conftest import OWN
from tests.record.pieces import NOON, piece
from tests.test_docs_readme import ROOT, keys


def pickup(own: Desk) -> dict[str, Any]:
    typed = own.type("pickup", "festa", "--json")
    assert typed.code == 0, typed.err
    found: dict[str, Any] = json.loads(typed.out)
    return found


def of(document: dict[str, Any], number: int) -> dict[str, Any]:
    """The entry of an invented piece."""
    return next(p for p in document["pieces"] if p["url"] == piece(number).url)


def test_what_each_piece_took_over(own: Desk) -> None:
    found = pickup(own)
    assert [(r["file"], r["language"], r["sentences"]) for r in found["releases"]] == [
        ("releases/2025-05-08.md", "sq", 4)
    ]
    assert found["releases"][0]["taken_by"] == [0, 0, 1, 1]
    taken = {n: [c["sentence"] for c in of(found, n)["copied"]] for n in (1, 2, 3, 4)}
    # another number of tents is another text's sentence
    assert taken == {1: [2], 2: [3], 3: [], 4: []}
    first = of(found, 1)
    assert first["release"] == "releases/2025-05-08.md"
    assert 0 < first["share_of_release"] < first["share_of_piece"] < 1
    assert first["copied"][0] == {
        "sentence": 2,
        "piece": "Në shesh do të ngrihen 12 tenda dhe hyrja është pa pagesë.",
        "likeness": 100,
    }


def test_statements_are_quoted_between_marks_only(own: Desk) -> None:
    found = pickup(own)
    keys = {n: of(found, n)["article"] for n in (2, 4)}
    assert {line["statement"]: line["pieces"] for line in found["quoted"]} == {
        "Një libër në shesh është një libër që i takon të gjithëve": [keys[2]],
        "Leximi është e vetmja pasuri që shtohet kur ndahet": [keys[4]],
    }
    assert len(found["not_quoted"]) == 3


def test_a_message_stands_in_one_sentence(own: Desk) -> None:
    found = pickup(own)
    books, entry = found["messages"]
    # the fourth piece has both words, in two sentences
    assert books["pieces"] == [of(found, 2)["article"]]
    assert books["sentences"][0]["sentence"] == "Librat shkojnë në çdo shkollë të qytetit."
    assert sorted(entry["pieces"]) == sorted(of(found, n)["article"] for n in (1, 3))
    assert (books["ticked"], books["outlets"]) == (0, 1)


def test_found_and_ticked_are_counted_apart(own: Desk) -> None:
    url, name = piece(4).url, "Libra për çdo shkollë"
    assert own.type("pickup", "festa", "--tick", url, name, "--by", "besa").out.startswith("ticked")
    assert "already" in own.type("pickup", "festa", "--tick", url, name).out
    books = pickup(own)["messages"][0]
    assert (len(books["pieces"]), books["ticked"]) == (1, 1)
    assert own.type("pickup", "festa", "--untick", url, name).code == 0
    assert pickup(own)["messages"][0]["ticked"] == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--tick", piece(1).url, "Nuk është"], "no message of festa; it has: Libra"),
        (["--tick", "https://gazeta.example/nuk", "Hyrja pa pagesë"], "the record has no"),
        (["--tick", "a", "b", "--untick", "a", "b"], "one at a time"),
        (["--by", "ana"], "--by goes with"),
    ],
)
def test_a_slip_is_one_line(own: Desk, words: list[str], says: str) -> None:
    typed = own.type("pickup", "festa", *words)
    assert (typed.code, says in typed.err, typed.err.count("\n")) == (2, True, 1), typed.err


def test_what_an_outlet_prints_on_other_days_is_none(own: Desk) -> None:
    """Its words stood there before there was a release."""
    text = "Në shesh do të ngrihen 12 tenda dhe hyrja është pa pagesë. Muzikë deri vonë."
    february = NOON - timedelta(days=90)
    own.keep(piece(8, headline="Koncert", lead="", published=february, text=text))
    assert of(pickup(own), 1)["copied"] == []


def test_a_line_that_every_page_of_an_outlet_repeats_is_no_pick_up(own: Desk) -> None:
    line = "Në shesh do të ngrihen 12 tenda dhe hyrja është pa pagesë. Moti pritet i mirë."
    assert [copy["sentence"] for copy in of(pickup(own), 1)["copied"]] == [2]
    with own.record() as record:
        write.remember(record, "gazeta-shembull", "habits", {"boilerplate": [line]}, NOON)
    assert of(pickup(own), 1)["copied"] == []


def test_a_piece_is_held_against_the_release_of_its_language(own: Desk) -> None:
    both = OWN.replace('["releases/2025-05-08.md"]', '["releases/en.md", "releases/2025-05-08.md"]')
    (own.root / "events" / "festa.toml").write_text(EVENT + both, "utf-8")
    (own.root / "releases" / "en.md").write_text(
        "The Example Society opens the book fair on Saturday with 40 publishers in the square.\n",
        "utf-8",
    )
    found = pickup(own)
    assert [r["language"] for r in found["releases"]] == ["en", "sq"]
    assert {p["release"] for p in found["pieces"]} == {"releases/2025-05-08.md"}


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ('files = ["../secret.md"]', "a file of releases/"),
        ('files = ["releases/../jehona.md"]', "a file of releases/"),
        ('files = ["/etc/passwd.txt"]', "a file of releases/"),
        ('files = ["releases/a.pdf"]', ".md or .txt"),
        ('files = ["releases/missing.md"]', "put the release there"),
        ('texts = ["releases/a.md"]', 'unknown key "texts"'),
    ],
)
def test_a_file_that_is_no_text_of_ours_is_refused(own: Desk, key: str, says: str) -> None:
    (own.root / "events" / "festa.toml").write_text(f"{EVENT}\n[release]\n{key}\n", "utf-8")
    typed = own.type("pickup", "festa")
    assert (typed.code, says in typed.err, typed.err.count("\n")) == (2, True, 1), typed.err


def test_a_link_out_of_the_folder_is_refused(own: Desk) -> None:
    (own.root / "releases" / "link.md").symlink_to(own.root / "jehona.toml")
    (own.root / "events" / "festa.toml").write_text(
        f'{EVENT}\n[release]\nfiles = ["releases/link.md"]\n', "utf-8"
    )
    assert "leads out of" in own.type("pickup", "festa").err


def test_nothing_of_ours_is_said_and_not_shown_as_nothing_taken(filled: Desk) -> None:
    typed = filled.type("pickup", "festa")
    assert (typed.code, "names nothing of ours" in typed.err) == (2, True)


def test_the_terminal_shows_how_warm_each_sentence_is(own: Desk) -> None:
    told = own.type("pickup", "festa").out
    assert "2 of 4 pieces took over our words" in told
    assert "quoted in 1 piece: Leximi" in told
    assert "Hyrja pa pagesë: found in 2 pieces at 1 outlet; ticked: 0" in told


def test_the_docs_have_every_key(own: Desk) -> None:
    section = (ROOT / "docs" / "json.md").read_text("utf-8").split("## Our words in their")[1]
    told = section.split("\n## ")[0]
    # a list that is empty in one piece is no key of its own
    names = {key.split(".")[-1] for key in keys(pickup(own))} - {"copied"}
    assert {name for name in names if f"{name}`" not in told} == set()


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ('name = "A"', '"any" is missing'),
        ('name = "A"\nany = [[]]', "is empty"),
        ('any = [["libër"]]', '"name" is missing'),
        ('name = "A"\nany = [["libër"]]\n[[message]]\nname = "A"\nany = [["lexim"]]', "one name"),
    ],
)
def test_a_message_that_says_nothing_is_refused(desk: Desk, message: str, says: str) -> None:
    (desk.root / "events" / "festa.toml").write_text(f"{EVENT}\n[[message]]\n{message}\n", "utf-8")
    typed = desk.type("events", "show", "festa")
    assert (typed.code, says in typed.err) == (2, True), typed.err
