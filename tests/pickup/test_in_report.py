"""A report of an event that names a release: worked out when it is written, refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk.conftest import Desk
from tests.test_docs_readme import ROOT, keys


def test_the_report_has_it(own: Desk) -> None:
    found = json.loads(own.type("report", "festa", "--json").out)
    assert found["own_words"]["pieces"] == 2
    assert [s["pieces"] for s in found["own_words"]["releases"][0]["sentences"]] == [0, 0, 1, 1]
    assert [one["outlet"] for one in found["track_record"]] == ["gazeta-shembull"]
    assert found["unseen"] is None


@pytest.mark.parametrize("form", ["md", "html", "text"])
def test_in_words(own: Desk, form: str) -> None:
    told = own.type("report", "festa", "--format", form, "--language", "en").out
    assert "took over sentences of our release, in 2 pieces" in told


def test_it_changes_no_version(own: Desk) -> None:
    first = json.loads(own.type("report", "festa", "--json").out)["version"]
    release = own.root / "releases" / "2025-05-08.md"
    release.write_text(release.read_text("utf-8") + "\nMuzikë deri vonë.\n", "utf-8")
    assert json.loads(own.type("report", "festa", "--json").out)["version"] == first


def test_a_release_that_is_not_there_is_one_line(own: Desk, tmp_path: Path) -> None:
    (own.root / "releases" / "2025-05-08.md").unlink()
    typed = own.type("report", "festa", "--format", "html", "-o", str(tmp_path / "r.html"))
    assert (typed.code, typed.err.count("\n")) == (2, 1), typed.err
    assert "put the release there" in typed.err
    # a table of pieces needs none of it
    assert own.type("report", "festa", "--format", "csv").code == 0


def test_an_event_without_any_has_none(filled: Desk) -> None:
    assert json.loads(filled.type("report", "festa", "--json").out)["own_words"] is None


def test_the_docs_have_every_key(own: Desk) -> None:
    section = (ROOT / "docs" / "json.md").read_text("utf-8").split("## A report\n")[1]
    told = section.split("\n## ")[0]
    found = json.loads(own.type("report", "festa", "--json").out)
    names = {key.split(".")[-1] for key in keys(found["own_words"])} - {"name", "outlets"}
    names -= {"ticked", "statement"}
    assert {name for name in names if f"{name}`" not in told} == set()
