"""`jehona report` for readers and for the office: which it is by itself, in files and opened."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import typer
from PIL import Image

from tests.desk.conftest import Desk

PRIVATE = "shënim vetëm për ne"
URL = "https://gazeta.example/2025/05/libri-2/"


@pytest.fixture
def noted(filled: Desk) -> Desk:
    for words in (
        ("review", "festa", "--accept", URL, "--note", PRIVATE),
        ("decisions", "set", "festa", URL, "--remark", "Me foto"),
    ):
        typed = filled.type(*words)
        assert typed.code == 0, typed.err
    return filled


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (("--format", "md"), True),
        (("--format", "md", "--edition", "readers"), False),
        (("--format", "json"), True),
        (("--json", "--edition", "readers"), False),
        (("--format", "html"), False),
        (("--format", "html", "--edition", "full"), True),
        (("--format", "csv"), False),
        (("--format", "csv", "--edition", "full"), True),
        (("--format", "text"), False),
        (("--format", "text", "--edition", "full"), False),
    ],
    ids=str,
)
def test_a_note_is_printed_where_the_office_reads_alone(
    noted: Desk, words: tuple[str, ...], seen: bool
) -> None:
    said = noted.type("report", "festa", *words)
    assert said.code == 0, said.err
    assert (PRIVATE in said.out) == seen
    assert ("Me foto" in said.out) == ("text" not in words)


def test_a_table_for_readers_is_without_the_offices_columns(noted: Desk) -> None:
    heads = [
        next(csv.reader(io.StringIO(noted.type("report", "festa", "-f", "csv", *more).out)))
        for more in ((), ("--edition", "full"))
    ]
    assert set(heads[1]) - set(heads[0]) == {
        "shënimi", "vendosi", "pikët e përputhjes", "fjalët e gjetura",
    }  # fmt: skip


def test_open_writes_a_page_of_the_workspace_and_opens_it(
    noted: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(typer, "launch", opened.append)
    said = noted.type("report", "festa", "--open")
    assert said.code == 0, said.err
    place = noted.root / "var" / "out" / "festa.html"
    assert opened == [str(place)]
    assert PRIVATE not in place.read_text("utf-8")


def test_open_opens_what_was_asked_for(noted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(typer, "launch", opened.append)
    assert noted.type("report", "festa", "-f", "pdf", "-f", "text", "--open").code == 0
    assert [Path(one).name for one in opened] == ["festa.pdf", "festa.txt"]


def test_a_file_is_not_called_what_it_is_not(noted: Desk, tmp_path: Path) -> None:
    said = noted.type("report", "festa", "-f", "html", "-o", str(tmp_path / "raporti.xlsx"))
    assert said.code == 2
    assert "html is asked for" in said.err
    assert not list(tmp_path.glob("raporti*"))


def test_a_picture_of_ours_goes_into_the_page_and_a_broken_one_is_named(
    noted: Desk, tmp_path: Path
) -> None:
    media = noted.root / "media"
    media.mkdir()
    Image.new("RGB", (40, 20), "red").save(media / "fair.png")
    for more in (("--picture", "fair.png"), ("--highlight",)):
        assert noted.type("decisions", "set", "festa", URL, *more).code == 0
    place = tmp_path / "festa.html"
    assert noted.type("report", "festa", "-o", str(place)).code == 0
    assert "data:image/jpeg;base64," in place.read_text("utf-8")
    (media / "fair.png").write_bytes(b"x")
    said = noted.type("report", "festa", "-o", str(place))
    assert said.code == 0
    assert "fair.png: cannot be read as a picture" in said.err
    refused = noted.type("report", "festa", "-f", "html", "--cover", "fair.png")
    assert (refused.code, "fair.png" in refused.err) == (2, True)
    Image.new("RGB", (40, 20), "red").save(tmp_path / "cover.png")
    told = noted.type("report", "festa", "-f", "html", "--cover", str(tmp_path / "cover.png"))
    assert 'class="cover"' in told.out
    assert "data:image/jpeg" not in place.read_text("utf-8")


def test_a_text_file_holds_the_text(noted: Desk, tmp_path: Path) -> None:
    place = tmp_path / "festa.txt"
    assert noted.type("report", "festa", "-o", str(place)).code == 0
    assert place.read_text("utf-8").count("https://") <= 5
