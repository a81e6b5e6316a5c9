"""What the tests of gathering share."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from jehona import cli
from tests.gather import scripted
from tests.gather.pressroom import Pressroom, pressroom

Crawl = Callable[..., dict[str, Any]]
Opened = Callable[..., AbstractContextManager[Pressroom]]


@pytest.fixture
def opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Opened:
    """`with opened(desk, ...) as room:` serves desks and opens a workspace beside them."""
    return lambda *desks: pressroom(tmp_path, capsys, *desks)


# all of thirty pieces, eight hours apart, and nothing that is older
WINDOW = ("--since", "2026-05-10", "--until", "2026-05-21")


@pytest.fixture
def crawl(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Crawl:
    """`crawl(site, find, ...)`: what `crawl --json` says of a scripted site's outlet."""

    def typed(
        site: scripted.Site, *finds: dict[str, object], words: tuple[str, ...] = WINDOW
    ) -> Any:
        scripted.outlet(tmp_path, site, *finds)
        command = ["-w", str(tmp_path), "crawl", "--json", "--outlet", "pasqyra", *words]
        capsys.readouterr()
        cli.run(lambda: cli.build()(command, prog_name="jehona", standalone_mode=False))
        return json.loads(capsys.readouterr().out)["outlets"][0]

    return typed
