"""The report at the desk: a text to forward, every form to take along, versions."""

from __future__ import annotations

import html
from typing import Any

import pytest

from reports.forms import ReportForm
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit
from tests.record.pieces import piece

AT = "/events/festa/report"
BEGINS = {
    ReportForm.HTML: b"<!doctype html>",
    ReportForm.PDF: b"%PDF",
    ReportForm.DOCX: b"PK",
    ReportForm.XLSX: b"PK",
    ReportForm.JSON: b"{",
}


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


@pytest.fixture
def full(sit: Sit, filled: Desk) -> Browser:
    assert filled.type("match", "festa").code == 0
    return sit(filled.root).enter()


def test_figures_a_text_to_forward_and_outlets_stand_there(full: Browser) -> None:
    page = read(full.get(AT))
    assert page.count("<h1") == 1
    assert "Festa e Librit" in page.partition("<textarea")[2].partition("</textarea>")[0]
    assert "Gazeta Shembull" in page
    assert ">Copy</button>" in page
    assert "Versions" not in page


@pytest.mark.parametrize("form", ReportForm)
def test_every_form_is_taken_along(full: Browser, form: ReportForm) -> None:
    answer = full.post(f"{AT}/file", {"form": form.value, "edition": "readers"})
    assert answer.status_code == 200
    name = f'attachment; filename="festa.{form.ending}"'
    assert answer.headers["content-disposition"] == name
    assert answer.content.lower().startswith(BEGINS.get(form, b"").lower())
    assert answer.content


def test_readers_are_not_told_what_the_office_is(full: Browser) -> None:
    told = {
        edition: full.post(f"{AT}/file", {"form": "json", "edition": edition}).json()
        for edition in ("readers", "full")
    }
    assert told["full"]["pieces"][0]["score"]
    assert told["readers"]["pieces"][0].get("score") is None


def test_what_went_out_is_a_version_and_what_changed_since_is_told(
    full: Browser, filled: Desk
) -> None:
    full.post(f"{AT}/file", {"form": "md"})
    filled.keep(piece(4))
    full.post(f"{AT}/file", {"form": "md"})
    page = read(full.get(AT))
    assert page.count("What changed since") == 1
    changed = full.post(f"{AT}/file", {"since": "1"})
    assert 'filename="festa-1.md"' in changed.headers["content-disposition"]
    assert "Libri 4" in changed.text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"form": "exe"}, 400),
        ({"since": "x"}, 400),
        ({"since": "9"}, 404),
        ({"since": "9" * 9}, 400),
    ],
)
def test_what_is_none_is_refused(full: Browser, fields: dict[str, str], status: int) -> None:
    read(full.post(f"{AT}/file", fields), status)


@pytest.mark.parametrize("language", ["en", "sq", "xx"])
def test_in_the_language_of_its_readers(full: Browser, language: str) -> None:
    known = language if language == "en" else "sq"
    assert f'lang="{known}" aria-labelledby="h-forward"' in read(
        full.get(f"{AT}?language={language}")
    )


def test_before_anything_was_gathered(ana: Browser) -> None:
    assert read(ana.get(AT)).count("<h1") == 1
