"""A press office of the tests: a workspace in a temporary folder and the commands typed in it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.models import Window
from crawler.record import open_record
from crawler.record.dump import logical_dump
from tests.wordpress.laboratory import Site
from tests.wordpress.newsrooms import READERS
from tests.wordpress.typed import SECONDS, Done, Typed

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article as the record holds it, read by plain SQL: no reader of ours is trusted."""

    url: str
    # canonical
    headline: str | None
    # as printed
    published: datetime
    # aware, UTC
    gone_since: str | None
    # when the outlet stopped listing it
    aliases: tuple[tuple[str, str], ...]
    # kind and value


PIECES = """
SELECT articles.id, url, headline, published, gone_since,
  (SELECT json_group_array(json_array(kind, value)) FROM aliases WHERE article = articles.id)
FROM articles ORDER BY url"""
HEADLINES = """
SELECT old, new FROM revisions JOIN articles ON articles.id = revisions.article
WHERE url = ? AND field = 'headline' ORDER BY revisions.id"""


class Office:
    """A workspace whose outlets are sites of the laboratory."""

    def __init__(self, folder: Path, zone: str = READERS) -> None:
        self.folder = folder
        self.typed = 0
        (folder / "outlets").mkdir(parents=True, exist_ok=True)
        (folder / "events").mkdir(exist_ok=True)
        (folder / "jehona.toml").write_text(f'zone = "{zone}"\nlanguage = "sq"\n', "utf-8")

    def follow(self, site: Site, ways: Sequence[str] = ("wordpress", "feed")) -> str:
        """Writes an outlet's file; the ways stand in order of preference. Gives the slug."""
        starts = {"wordpress": "/wp-json/", "feed": "/feed/"}
        lines = [f'name = "{site.name}"', f'home = "{site.url}/"', "delay = 0.0"]
        for way in ways:
            lines += ["[[find]]", f'way = "{way}"', f'url = "{site.url}{starts[way]}"']
        (self.folder / "outlets" / f"{site.name}.toml").write_text("\n".join(lines), "utf-8")
        return site.name

    @property
    def environment(self) -> dict[str, str]:
        """This process' own, with the workspace named."""
        return {**os.environ, "JEHONA_WORKSPACE": str(self.folder), "NO_COLOR": "1"}

    def run(self, *words: str) -> Done:
        """Types a command and waits for its end."""
        command = self.start(*words)
        done = command.wait()
        if done is None:
            command.kill()
            raise TimeoutError(f"jehona {' '.join(words)} did not end; see {command.err}")
        return done

    def start(self, *words: str) -> Typed:
        """Types a command."""
        self.typed += 1
        return Typed(words, self.folder.parent / f"typed-{self.typed}", self.environment)

    def alone(self, *command: str) -> Done:
        """Runs this Python with other words, in the project's root as in a checkout."""
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT, env=self.environment, timeout=SECONDS,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return Done(code=done.returncode, out=done.stdout, err=done.stderr)

    @property
    def record(self) -> Path:
        """The SQLite file."""
        return self.folder / "var" / "coverage.db"

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What plain SQL says of the record; nothing where there is none yet."""
        if not self.record.exists():
            return []
        with closing(sqlite3.connect(self.record)) as db:
            return db.execute(statement, values).fetchall()

    def articles(self) -> tuple[Piece, ...]:
        """Every article of the record, by address."""
        return tuple(
            Piece(
                url=url,
                headline=headline,
                published=datetime.fromisoformat(published),
                gone_since=gone,
                aliases=tuple(sorted((kind, value) for kind, value in json.loads(aliases))),
            )
            for _, url, headline, published, gone, aliases in self.rows(PIECES)
        )

    def headlines_of(self, url: str) -> list[str]:
        """Every headline an article had, oldest first."""
        changes = self.rows(HEADLINES, url)
        return [changes[0][0], *(new for _, new in changes)] if changes else []

    def dump(self) -> str:
        """What the record knows, without when and in which run it learnt it."""
        with open_record(self.record, self.folder / "var" / "snapshots", readonly=True) as record:
            return logical_dump(record)

    def crawl(self, *outlets: str, window: Window, way: str | None = None) -> Done:
        """`jehona crawl --since D --until D --outlet SLUG ... [--way NAME] --json`."""
        return self.run(*crawl_words(*outlets, window=window, way=way))


def crawl_words(*outlets: str, window: Window, way: str | None = None) -> list[str]:
    """The words of a crawl of a window of whole days."""
    words = ["crawl", "--since", str(window.first_day), "--until", str(window.last_day), "--json"]
    for outlet in outlets:
        words += ["--outlet", outlet]
    return [*words, "--way", way] if way else words
