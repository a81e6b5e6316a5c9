"""Page shapes as outlets have them, with invented words: one test id a shape and field.

A folder of `shapes/` is one page: `page.html` (the bytes), `given.json` (what the caller knows) and
`expected.json` (what a person has looked at). A missing `expected.json` is written from what the
reader says and then fails, until somebody has looked at it and committed it.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from crawler.models import Outlet
from crawler.reading import Unreadable
from crawler.reading.page import PageReading, read_page

SHAPES: Final = Path(__file__).parent / "shapes"
NAMES: Final = sorted(folder.name for folder in SHAPES.iterdir() if folder.is_dir())
CASES: Final = [
    pytest.param(name, field, id=f"{name}-{field}")
    for name in NAMES
    if (SHAPES / name / "expected.json").exists()
    for field in json.loads((SHAPES / name / "expected.json").read_text(encoding="utf-8"))
]


@cache
def said(name: str) -> PageReading | Unreadable:
    """What the reader makes of one shape."""
    given = json.loads((SHAPES / name / "given.json").read_text(encoding="utf-8"))
    outlet = given["outlet"]
    if outlet:
        outlet = Outlet(**{**outlet, "languages": tuple(outlet["languages"])})
    try:
        return read_page(
            (SHAPES / name / "page.html").read_bytes(),
            url=given["url"],
            charset=given["charset"],
            fetched=datetime.fromisoformat(given["fetched"]),
            outlet=outlet,
            zone=given.get("zone"),
        )
    except Unreadable as refusal:
        return refusal


def facts(page: PageReading) -> dict[str, Any]:
    """A reading in the words of `expected.json`."""
    reading = page.reading
    return {
        "headline": reading.headline and reading.headline.value,
        "published": reading.published and reading.published.value.instant.isoformat(),
        "precision": reading.published and reading.published.value.precision,
        "modified": reading.modified and reading.modified.value.instant.isoformat(),
        "byline": reading.byline and list(reading.byline.value),
        "lead": reading.lead and reading.lead.value,
        "language": reading.language and reading.language.value.code,
        "section": reading.section and reading.section.value,
        "text": reading.text.value.split("\n") if reading.text else [],
        "kind": page.kind,
        "canonical": page.canonical,
        "image": page.image,
        "paywall": page.paywall,
        "aliases": [alias.value for alias in reading.aliases],
    }


@pytest.mark.parametrize(("name", "field"), CASES)
def test_a_shape_says_its_field(name: str, field: str) -> None:
    expected = json.loads((SHAPES / name / "expected.json").read_text(encoding="utf-8"))[field]
    page = said(name)
    if field == "refused":
        assert isinstance(page, Unreadable), "a page that is no piece was read as one"
        assert expected in page.reason
        return
    assert not isinstance(page, Unreadable), page
    if field == "notes":
        assert all(any(part in note for note in page.reading.notes) for part in expected)
    elif field == "confident":
        assert (page.confidence["published"] > 0.9) is expected
    elif field == "contains":
        text = page.reading.text.value if page.reading.text else ""
        assert [part for part in expected if part not in text] == []
    elif field == "lacks":
        text = page.reading.text.value if page.reading.text else ""
        assert [part for part in expected if part in text] == []
    else:
        assert facts(page)[field] == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_shape_was_looked_at(name: str) -> None:
    path = SHAPES / name / "expected.json"
    if path.exists():
        return
    page = said(name)
    found = {"refused": page.reason} if isinstance(page, Unreadable) else facts(page)
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    pytest.fail(f"{path.name} of {name} was missing: look at what was written, then commit it")


def test_there_are_enough_shapes() -> None:
    assert len(NAMES) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_one_candidate_of_a_field_won_and_says_why(name: str) -> None:
    page = said(name)
    if isinstance(page, Unreadable):
        return
    won = [c for c in page.candidates if c.won and c.field == "headline"]
    assert len(won) == 1
    assert won[0].why
    assert page.reading.headline is not None
    assert won[0].value == page.reading.headline.value
