"""Pieces whose outlet is not named, or that have no address: counted, shown, and found by key."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from crawler.config.outlets import read_outlet
from tests.desk.conftest import Desk

HEADLINE = "Libri në sheshin e qytetit"
TYPED = ("--headline", HEADLINE, "--published", "2025-05-10 20:00")


def bare(desk: Desk) -> str:
    """The key of one accepted piece without outlet and address."""
    typed = desk.type("clip", "-e", "festa", "--no-outlet", *TYPED, "--json")
    assert typed.code == 0, typed.err
    (row,) = json.loads(typed.out)["pieces"]
    assert (row["outlet"], row["url"]) == (None, None)
    return str(row["article"])


def report(desk: Desk) -> Any:
    typed = desk.type("report", "festa", "--json")
    assert typed.code == 0, typed.err
    return json.loads(typed.out)


def test_it_counts_as_a_piece_and_as_no_outlet_and_no_owner(filled: Desk) -> None:
    before = report(filled)["summary"]
    key = bare(filled)
    told = report(filled)
    after = told["summary"]
    assert after["pieces"] == before["pieces"] + 1
    assert [after[name] for name in ("outlets", "owners")] == [1, 1]
    assert (before["unnamed"], after["unnamed"]) == (0, 1)
    (row,) = [piece for piece in told["pieces"] if piece["article"] == key]
    assert {row[name] for name in ("url", "outlet", "outlet_name", "owner", "kind")} == {None}
    assert [row["outlet"] for row in told["completeness"]] == ["gazeta-shembull"]
    assert "1 without a named outlet" in filled.type("report", "festa", "--language", "en").out


def test_a_list_leaves_the_cell_empty(desk: Desk) -> None:
    file = desk.root / "clips.csv"
    rows = ("outlet,url,headline,published", f",,{HEADLINE},2025-05-10", ",,Tjetër,2025-05-11")
    file.write_text("\n".join(rows), "utf-8")
    typed = desk.type("clip", "--csv", str(file), "-e", "festa", "--new-outlets")
    assert "2 new, 0 known already" in typed.out, typed.err
    assert report(desk)["summary"]["unnamed"] == 2
    assert [one.name for one in (desk.root / "outlets").iterdir()] == ["gazeta-shembull.toml"]


@pytest.mark.parametrize(
    "words",
    [
        ("match", "festa"),
        ("match", "festa", "--json"),
        ("stories", "festa"),
        ("stories", "festa", "--json"),
        ("review", "festa", "--accept", "KEY", "--json"),
        ("decisions", "list", "--json"),
        ("decisions", "export"),
        ("roundup", "festa", "--json"),
        *(("report", "festa", "--format", form) for form in ("md", "json", "csv", "html")),
    ],
    ids=" ".join,
)
def test_its_made_up_address_is_printed_nowhere(filled: Desk, words: tuple[str, ...]) -> None:
    key = bare(filled)
    typed = filled.type(*(key if word == "KEY" else word for word in words))
    assert typed.code == 0, typed.err
    shown = "".join(file.read_text("utf-8") for file in made(filled))
    told = typed.out + typed.err + shown
    assert "urn:" not in told
    assert HEADLINE in told or key in told


def test_a_table_for_translators_names_it_by_its_key(filled: Desk) -> None:
    key, table = bare(filled), filled.root / "t.csv"
    words = ("translate", "festa", "--language", "en", "--csv", str(table))
    assert filled.type(*words).code == 0
    told = table.read_text("utf-8-sig")
    assert "urn:" not in told
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["translation"] = "A book" if row["url"] == key else ""
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    typed = filled.type(*words)
    assert typed.code == 0, typed.err
    made_of = {row["article"]: row["translation"] for row in english(filled)["pieces"]}
    assert made_of[key] == "A book"


def english(desk: Desk) -> Any:
    return json.loads(desk.type("report", "festa", "--json", "--language", "en").out)


def made(desk: Desk) -> list[Path]:
    """What a command wrote for people, as text."""
    return [*(desk.root / "reports").rglob("*.csv"), *(desk.root / "reports").rglob("*.html")]


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_nor_in_an_office_file(filled: Desk, form: str) -> None:
    bare(filled)
    out = filled.root / f"r.{form}"
    typed = filled.type("report", "festa", "--format", form, "-o", str(out))
    assert typed.code == 0, typed.err
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as parts:
        told = "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    assert "urn:" not in told.replace("urn:schemas", "").replace("urn:oasis", "")
    assert HEADLINE in told


@pytest.mark.parametrize(
    "words",
    [
        ("review", "festa", "--reject", "KEY"),
        ("decisions", "set", "festa", "KEY", "--headline", "Libri në shesh"),
        ("stories", "festa", "--same", "KEY", "OTHER"),
    ],
    ids=lambda words: words[0],
)
def test_its_key_is_a_handle(filled: Desk, words: tuple[str, ...]) -> None:
    key, other = bare(filled), "https://gazeta.example/2025/05/libri-2/"
    names = {"KEY": key, "OTHER": other}
    typed = filled.type(*(names.get(word, word) for word in words))
    assert typed.code == 0, typed.err


def test_a_colleague_who_brought_it_too_takes_what_was_decided(
    filled: Desk, tmp_path: Path
) -> None:
    key = bare(filled)
    lines = filled.type("decisions", "export").out
    (line,) = [json.loads(one) for one in lines.splitlines()]
    assert (line["outlet"], line["url"]) == (None, None)
    file = tmp_path / "theirs.jsonl"
    file.write_text(json.dumps({**line, "uid": "d_abcdefghijkm", "article": "a_other99"}) + "\n")
    typed = filled.type("decisions", "import", str(file))
    assert typed.code == 0, typed.err
    made = json.loads(filled.type("decisions", "list", "--json").out)["decisions"]
    assert [one["article"] for one in made] == [key, key]


def test_an_outlet_of_a_list_is_brought_by_hand_and_never_unchecked(desk: Desk) -> None:
    file = desk.root / "clips.csv"
    rows = ("outlet,headline,published", f"Radio Valë,{HEADLINE},2025-05-10")
    file.write_text("\n".join(rows), "utf-8")
    typed = desk.type("clip", "--csv", str(file), "-e", "festa", "--new-outlets")
    assert typed.code == 0, typed.err
    assert read_outlet(desk.root / "outlets" / "radio-vale.toml").use is False
    told = report(desk)
    assert [row["outlet"] for row in told["completeness"]] == ["gazeta-shembull"]
    assert told["brought"] == [{"outlet": "radio-vale", "outlet_name": "Radio Valë", "matched": 1}]
    assert told["summary"]["outlets"] == 1
    said = desk.type("report", "festa", "--language", "en").out
    assert "brought by hand: Radio Valë (1 piece)" in said
    assert "0 of 1 outlets" in said


def test_both_ways_to_name_an_outlet_are_refused(desk: Desk) -> None:
    words = ("clip", "--no-outlet", "--outlet", "gazeta-shembull", *TYPED)
    typed = desk.type(*words)
    assert (typed.code, typed.err.count("\n")) == (2, 1)
