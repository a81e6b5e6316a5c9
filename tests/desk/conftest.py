"""A workspace with a record in it, and the command line as a person types it."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.models import Reading
from crawler.record import Record, open_record
from jehona import cli
from tests.mail.conftest import postbox
from tests.record.pieces import begin, piece, store

__all__ = ["postbox"]

OUTLET = """
name = "Gazeta Shembull"
home = "https://gazeta.example/"
languages = ["sq"]
[[find]]
way = "feed"
url = "https://gazeta.example/feed/"
"""
EVENT = """
title = "Festa e Librit"
date = 2025-05-10
from = 2025-05-05
to = 2025-05-20
zone = "Europe/Tirane"
place = "Tiranë"
expected_outlets = ["gazeta-shembull"]
[keywords]
any = [["libër", "shesh"]]
"""


@dataclass(frozen=True)
class Typed:
    """What a command left behind."""

    code: int
    out: str
    err: str


@dataclass
class Desk:
    """One office."""

    root: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def type(self, *words: str, keys: str = "", at_terminal: bool = False) -> Typed:
        """Types a command; `keys` are lines for a program that asks."""
        stdin = io.StringIO(keys)
        if at_terminal:
            stdin.isatty = lambda: True  # type: ignore[method-assign]
        self.monkeypatch.setattr(sys, "stdin", stdin)
        self.capsys.readouterr()
        typed = [*words, "-w", str(self.root)]
        code = cli.run(lambda: cli.build()(typed, prog_name="jehona", standalone_mode=False))
        told = self.capsys.readouterr()
        return Typed(code, told.out, told.err)

    def record(self) -> Record:
        return open_record(self.root / "var" / "coverage.db", self.root / "var" / "snapshots")

    def keep(self, *readings: Reading, **changes: Any) -> None:
        """Stores one page of an outlet."""
        with self.record() as record:
            store(record, begin(record), *readings, **changes)


@pytest.fixture
def desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """An office with an outlet and an event, nothing gathered yet."""
    monkeypatch.setenv("JEHONA_USER", "ana")
    root = tmp_path / "zyra"
    for folder in ("outlets", "events"):
        (root / folder).mkdir(parents=True)
    (root / "jehona.toml").write_text('contact = "zyra@office.example"\n', "utf-8")
    (root / "outlets" / "gazeta-shembull.toml").write_text(OUTLET, "utf-8")
    (root / "events" / "festa.toml").write_text(EVENT, "utf-8")
    return Desk(root, capsys, monkeypatch)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Three pieces about the event, one of them undated, and one about something else."""
    desk.keep(
        piece(1, lead="Në Tiranë."),
        piece(2),
        piece(3, published=None),
        piece(9, headline="Moti për nesër", lead="Shi.", text="Shi dhe erë."),
    )
    return desk
