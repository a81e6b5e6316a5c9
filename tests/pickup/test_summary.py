"""`jehona summary`: one page, the same figures in every form, and nothing private in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from docx import Document

from tests.desk.conftest import Desk
from tests.record.pieces import piece
from tests.test_docs_readme import ROOT, keys

FORMS: Final = ("html", "md", "json", "docx")


def written(own: Desk, form: str, tmp_path: Path) -> str:
    file = tmp_path / f"cka-doli.{form}"
    typed = own.type("summary", "festa", "--format", form, "-o", str(file))
    assert typed.code == 0, typed.err
    if form != "docx":
        return file.read_text("utf-8")
    paper = Document(str(file))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in paper.paragraphs), *cells])


def test_the_figures(own: Desk) -> None:
    found = json.loads(own.type("summary", "festa", "--json").out)
    assert (found["pieces"], found["outlets"]) == (4, 1)
    assert found["pickup"]["pieces"] == 2
    assert [m["pieces"] for m in found["messages"]] == [1, 2]
    assert [q["pieces"] for q in found["quoted"]] == [1, 1]
    assert found["completeness"]["outlets"] == 1
    assert found["completeness"]["checked"] == 0
    assert 0 < found["pickup"]["share_of_release"] < 1


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same_and_nothing_private(own: Desk, form: str, tmp_path: Path) -> None:
    url = piece(1).url
    assert own.type("review", "festa", "--accept", url, "--note", "fshehtesi").code == 0
    told = written(own, form, tmp_path)
    for words in (
        "Në shesh do të ngrihen 12 tenda dhe hyrja është pa pagesë.",
        "Libra për çdo shkollë",
        "Leximi është e vetmja pasuri që shtohet kur ndahet",
    ):
        assert words in told
    for private in ("fshehtesi", '"by"', "score", str(own.root), "jehona pickup"):
        assert private not in told


def test_what_is_not_claimed_is_said(own: Desk) -> None:
    assert "AMEC" in own.type("summary", "festa").out
    assert "AMEC" in own.type("summary", "festa", "--language", "en").out


def test_an_event_that_names_nothing_of_ours_has_a_page_all_the_same(filled: Desk) -> None:
    found = json.loads(filled.type("summary", "festa", "--json").out)
    assert (found["pickup"], found["messages"], found["quoted"]) == (None, [], [])
    assert filled.type("summary", "festa").code == 0


def test_a_form_that_it_has_not_is_one_line(own: Desk, tmp_path: Path) -> None:
    typed = own.type("summary", "festa", "--format", "csv", "-o", str(tmp_path / "x.csv"))
    assert (typed.code, "a summary is no csv" in typed.err) == (2, True), typed.err


def test_the_docs_have_every_key(own: Desk) -> None:
    section = (ROOT / "docs" / "json.md").read_text("utf-8").split("## What came of it")[1]
    told = section.split("\n## ")[0]
    names = {
        key.split(".")[-1] for key in keys(json.loads(own.type("summary", "festa", "--json").out))
    }
    names -= {"positive", "neutral", "negative"}
    assert {name for name in names if f"{name}`" not in told} == set()
