"""The record in Datasette: every question answers, nothing can be written, headlines are text."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from crawler.models import Because, Match, Workspace
from crawler.record import Record, decisions, explore, read, write
from jehona.actions.explore import command
from jehona.actions.office import Office
from tests.record.pieces import piece, store

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
NOW = datetime(2025, 5, 12, tzinfo=UTC)


@pytest.fixture
def told(record: Record, run: int) -> Record:
    """A record with something for every question."""
    store(record, run, piece(1, headline=HOSTILE), piece(2), piece(3, published=None))
    store(record, run, piece(1, headline=HOSTILE + "!"), piece(2))
    articles = list(read.articles(record, undated=True))
    why = Because(term="libër", form=HOSTILE, field="headline", snippet=HOSTILE)
    write.save_matches(
        record,
        "festa",
        [
            Match(article=one.key, event="festa", score=0.9, because=(why,), rules="stem-1")
            for one in articles
        ],
    )
    verdict = decisions.fresh(
        "match", articles[0].key, event="festa", value="accepted", by="ana", at=NOW
    )
    decisions.decide(record, verdict)
    return record


def ask(record: Record, *paths: str) -> list[Any]:
    """What Datasette answers, without a port."""
    from datasette.app import Datasette  # noqa: PLC0415 - heavy

    async def answers() -> list[Any]:
        served = Datasette([str(record.path)], metadata=explore.metadata(record, "Zyra"))
        await served.invoke_startup()
        found = [await served.client.get(path) for path in paths]
        for database in served.databases.values():
            database.close()
        return found

    return asyncio.run(answers())


@pytest.mark.parametrize("name", list(explore.QUESTIONS))
def test_every_question_answers(told: Record, name: str) -> None:
    (answer,) = ask(told, f"/coverage/{name}.json?event=festa&word=Libri&_shape=objects")
    rows = json.loads(answer.text)
    assert answer.status_code == 200, rows
    empty = {"gone", "gaps", "latest-outcomes", "requests"}
    assert bool(rows["rows"]) is (name not in empty)


def test_there_are_a_dozen_questions_and_each_says_what_it_answers() -> None:
    assert len(explore.QUESTIONS) >= 12
    assert all(title and about.endswith(".") for title, about, _ in explore.QUESTIONS.values())


def test_tables_and_columns_are_explained_and_the_index_is_hidden(told: Record) -> None:
    (tables,) = explore.metadata(told, "Zyra")["databases"].values()
    shown = {name for name, words in tables["tables"].items() if not words.get("hidden")}
    named = {
        name for (name,) in told.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    assert shown == named - {n for n in named if n.startswith(("stems", "sqlite", "_"))} - set(
        explore.HIDDEN
    )
    articles = tables["tables"]["articles"]["columns"]
    assert articles["headline"] == "as printed"
    columns = {row[1] for row in told.conn.execute("PRAGMA table_info(articles)")}
    assert set(articles) == columns


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img" or any(name.startswith("onerror") for name, _ in attrs):
            self.found.append(tag)

    def handle_data(self, data: str) -> None:
        if "alert(2)" in data and self.get_starttag_text() == "<script>":
            self.found.append(data)


@pytest.mark.parametrize(
    "path", ["/coverage/articles", "/coverage/headline-changes", "/coverage/matches"]
)
def test_a_hostile_headline_is_text(told: Record, path: str) -> None:
    (page,) = ask(told, path)
    seen = _Tags()
    seen.feed(page.text)
    assert "alert(2)" in page.text
    assert seen.found == []


def test_nothing_can_be_written(told: Record) -> None:
    (answer,) = ask(told, "/coverage.json?sql=delete+from+articles")
    assert answer.status_code == 400
    assert told.conn.execute("SELECT count(*) FROM articles").fetchone() == (3,)


def test_it_is_served_on_this_machine_only(told: Record, tmp_path: Path) -> None:
    desk = Workspace(root=tmp_path)
    asked = command(Office(workspace=desk), tmp_path, 8005)
    assert asked[asked.index("--host") + 1] == "127.0.0.1"
    assert str(desk.record) in asked
    assert "--immutable" not in asked
    assert json.loads((tmp_path / "metadata.json").read_text("utf-8"))["title"] == "Jehona"
