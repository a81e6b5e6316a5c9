"""A command typed by a person, without waiting a second for Python to import Scrapy each time.

A server process has imported everything once; each command runs in a fork of its own, with its
own environment, standard streams and exit code, and can be killed like any process.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS = 90.0
PRELOADED = [
    "jehona",
    "crawler.run.conductor",
    "crawler.run.ledger",
    "crawler.run.page_store",
    "crawler.reading.feeds",
    "crawler.reading.rest",
    "crawler.record.read",
    "crawler.record.write",
    "crawler.config",
    "dateparser",
    "langdetect",
    "lxml.html",
    "rich.live",
    "scrapy.crawler",
    "scrapy.core.downloader.handlers.http11",
    "sqlite_utils",
    "spiders.asking",
]
# what a crawl imports, but for what installs a reactor


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that ended."""

    code: int
    # its exit code, negative: killed by this signal
    out: str
    # stdout
    err: str
    # stderr

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    def of(self, outlet: str) -> Any:
        """What `crawl --json` says of one outlet."""
        return next(row for row in self.json["outlets"] if row["outlet"] == outlet)


class Typed:
    """A command on its way."""

    def __init__(self, words: Sequence[str], folder: Path, env: Mapping[str, str]) -> None:
        server = multiprocessing.get_context("forkserver")
        server.set_forkserver_preload(PRELOADED)
        folder.mkdir(parents=True, exist_ok=True)
        self.out, self.err = folder / "stdout", folder / "stderr"
        streams = (str(self.out), str(self.err))
        self.process: Any = server.Process(target=run, args=(list(words), streams, dict(env)))
        self.process.start()

    def wait(self, seconds: float = SECONDS) -> Done | None:
        """What it said; None when it is still at it after so many seconds."""
        self.process.join(seconds)
        if self.process.exitcode is None:
            return None
        out, err = (stream.read_text("utf-8") for stream in (self.out, self.err))
        return Done(code=self.process.exitcode, out=out, err=err)

    def kill(self) -> None:
        """SIGKILL, and wait until it is dead."""
        self.process.kill()
        self.process.join()


def run(words: list[str], streams: tuple[str, str], env: dict[str, str]) -> None:
    """In the fork: become the command."""
    for number, name in enumerate(streams, start=1):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["jehona", *words]
    __import__("jehona.cli").cli.main()
