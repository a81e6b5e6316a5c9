"""Events side by side at the desk."""

from __future__ import annotations

from typing import Any

import pytest

from jehona.actions.compare import FORMS
from reports.forms import ReportForm
from tests.desk.conftest import EVENT, Desk
from tests.pages.conftest import Browser, Sit


@pytest.fixture
def ana(sit: Sit, filled: Desk) -> Browser:
    other = EVENT.replace("Festa e Librit", "Panairi i Bregut")
    (filled.root / "events" / "panairi.toml").write_text(other, "utf-8")
    return sit(filled.root).enter()


def test_every_event_can_be_ticked(ana: Browser) -> None:
    page = ana.get("/compare").text
    assert page.count("<h1") == 1
    assert page.count('type="checkbox" name="event"') == 2


@pytest.mark.parametrize("form", FORMS)
def test_the_ticked_ones_are_taken_along(ana: Browser, form: ReportForm) -> None:
    answer = ana.post("/compare", {"event": ["festa", "panairi"], "form": form.value})
    assert answer.status_code == 200, answer.text
    name = f'attachment; filename="compare.{form.ending}"'
    assert answer.headers["content-disposition"] == name
    if form is ReportForm.MD:
        assert "Festa e Librit" in answer.text
        assert "Panairi i Bregut" in answer.text


@pytest.mark.parametrize(
    "fields",
    [
        {"event": "festa", "form": "md"},
        {"form": "md"},
        {"event": ["festa", "panairi"], "form": "csv"},
        {"event": ["festa", "askush"], "form": "md"},
    ],
)
def test_what_is_no_comparison_is_refused(ana: Browser, fields: dict[str, Any]) -> None:
    assert ana.post("/compare", fields).status_code == 400
