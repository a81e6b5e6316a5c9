"""One command in a process of its own, forked from one that has everything loaded: quick to kill.

As the modules are loaded before, a kill meets the work of a command and not its beginning.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path

PRELOADED = [
    *("tests.gather.typed_once", "jehona.cli", "jehona.demo", "crawler.run.conductor"),
    *("crawler.run.crawl_task", "crawler.record.opening", "crawler.record.verify"),
    *("crawler.record.restore", "crawler.record.prune", "crawler.reading.page", "dateparser"),
    *("scrapy.crawler", "spiders.wordpress", "spiders.feed", "reports.roundup", "zstandard"),
    *("reports.publishing.rest", "reports.publishing.publish", "jinja2", "lxml.html"),
]


def start(folder: Path, *words: str, environ: Mapping[str, str] | None = None) -> BaseProcess:
    """`jehona WORDS` in a workspace, begun."""
    forked = multiprocessing.get_context("forkserver")
    forked.set_forkserver_preload(PRELOADED)
    typed = ["-w", str(folder), *words]
    process = forked.Process(target=_run, args=(typed, str(folder), dict(environ or {})))
    process.start()
    return process


def _run(words: list[str], folder: str, environ: dict[str, str]) -> None:
    from jehona import cli  # noqa: PLC0415 - in the child

    os.environ.update(environ)
    os.chdir(folder)
    told = os.open(Path(folder).with_name("told.txt"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(told, 1)
    os.dup2(told, 2)
    sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
    code = cli.run(lambda: cli.build()(words, prog_name="jehona", standalone_mode=False))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
