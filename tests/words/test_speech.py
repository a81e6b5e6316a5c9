"""A terminal speaks its reader's language: lines, errors inside errors, notes by their codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler.models import Check, Outcome, Way
from crawler.run.ledger import results
from jehona import cli
from jehona.actions.errors import Wrong
from jehona.cli.common import counted
from jehona.cli.crawl_progress import closing, plain_line
from jehona.cli.speech import READER, Reader, tell
from reports.words import said

SHORT = Check(
    outlet="radio",
    way=Way.WORDPRESS,
    outcome=Outcome.PARTIAL,
    listed=29,
    read=20,
    new=20,
    requests=3,
    note="lists 29, 20 came",
    next_step="Fewer rows came than the outlet counts: crawl again.",
    reason="short",
    numbers={"listed": 29, "read": 20},
    at=datetime(2026, 5, 20, tzinfo=UTC),
)


@pytest.fixture
def in_albanian() -> Iterator[None]:
    before = READER.set(Reader(language="sq", zone=ZoneInfo("Europe/Tirane")))
    yield
    READER.reset(before)


@pytest.mark.usefixtures("in_albanian")
def test_the_ledger_is_told_by_codes_and_numbers() -> None:
    (ended,) = results([SHORT])
    assert plain_line(ended) == (
        "radio: e pjesshme me WordPress, 20 të lexuara nga 29 në listë, 20 të reja, 3 kërkesa "
        "(erdhën më pak shkrime se ç'numëron vetë: numëron 29, erdhën 20). "
        "Erdhën më pak shkrime se ç'numëron media: kërkoni përsëri."
    )
    assert closing([ended]) == "\n0 nga 1 media u kontrolluan plotësisht, 20 shkrime të reja"


def test_english_says_the_note_as_it_was_made() -> None:
    (ended,) = results([SHORT])
    assert "(lists 29, 20 came)" in plain_line(ended)


@pytest.mark.usefixtures("in_albanian")
def test_a_number_chooses_the_form() -> None:
    assert [counted(n, "piece") for n in (1, 2)] == ["1 shkrim", "2 shkrime"]
    assert tell("wrote {path}", path="a{b}") == "u shkrua a{b}"


def test_an_error_says_those_that_it_quotes_in_the_same_language() -> None:
    inner = Wrong("{option} is needed", option="--title")
    outer = Wrong("--to {wrong}", wrong=inner)
    assert str(outer) == "--to --title is needed"
    assert said(outer, "sq") == "--to duhet --title"


@pytest.mark.parametrize(
    ("language", "told"),
    [("sq", "cila ngjarje? `jehona events list` i ka"), ("en", "which event? ")],
)
def test_a_command_refuses_in_the_language_that_is_asked_for(
    language: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "jehona.toml").write_text('language = "en"\n', "utf-8")
    monkeypatch.setenv("JEHONA_LANGUAGE", language)
    args = ["report", "-w", str(tmp_path)]
    assert cli.run(lambda: cli.build()(args, prog_name="jehona", standalone_mode=False)) == 2
    assert capsys.readouterr().err.startswith(told)
