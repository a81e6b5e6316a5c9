"""Readers of article pages beside ours: HTML handed over, CPU in multiples of one lxml parse.

The pages are invented ones, or real ones of a folder (`*/pages/*.html.gz`). Peers take part where
they are installed; what they read rightly is told by labelled pages, not here.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from lxml import html

from bench.figures import Section, in_turn, installed, section
from bench.papers import paper
from bench.reading import closer, extract

HOST: Final = "http://shtypi.example"
PAGES: Final = 150
FLOOR: Final = "one lxml parse"

Reader = Callable[[str, str], object]


def _newspaper(page: str, url: str) -> None:
    article = import_module("newspaper").Article(url=url, fetch_images=False)
    article.download(input_html=page)
    article.parse()


def _trafilatura(page: str, url: str, *, fast: bool) -> object:
    tool = import_module("trafilatura")
    return tool.bare_extraction(page, url=url, fast=fast, with_metadata=True)


# name -> what pip installs, reader
READERS: Final[dict[str, tuple[str, Reader]]] = {
    FLOOR: ("lxml", lambda page, _: html.fromstring(page)),
    "ours": ("lxml", extract),
    "ours, the closer reading": ("lxml", closer),
    "trafilatura, fast": ("trafilatura", partial(_trafilatura, fast=True)),
    "trafilatura": ("trafilatura", partial(_trafilatura, fast=False)),
    "newspaper4k": ("newspaper4k", _newspaper),
    "news-please": (
        "news-please",
        lambda page, url: import_module("newsplease").NewsPlease.from_html(
            page, url=url, fetch_images=False
        ),
    ),
    "htmldate, the date alone": (
        "htmldate",
        lambda page, url: import_module("htmldate").find_date(page, url=url),
    ),
    "resiliparse, the text alone": (
        "resiliparse",
        lambda page, _: import_module("resiliparse.extract.html2text").extract_plain_text(
            page, main_content=True
        ),
    ),
}


def measure(
    *, pages: Path | None = None, most: int = PAGES, rounds: int = 3
) -> tuple[Section, ...]:
    """Every reader on the same pages, in turn; the first round warms up and is not counted."""
    some = _real(pages, most) if pages else _invented(most)
    there = {name: read for name, (package, read) in READERS.items() if installed(package)}
    told = in_turn(rounds + 1, {name: partial(_spent, there[name], some) for name in there})
    missing = [f"{name}: not installed" for name in READERS if name not in there]
    return (
        section(
            name="page_readers",
            title=f"Reading {len(some)} pages, HTML handed over, CPU s",
            told={name: values[1:] for name, values in told.items()},
            floor=FLOOR,
            notes=("ours tells all fields with their candidates, time and zone", *missing),
        ),
    )


def _invented(most: int) -> list[tuple[str, str]]:
    papers = (paper(at, HOST) for at in range(1, most + 1))
    return [(each.html, HOST + each.path) for each in papers]


def _real(folder: Path, most: int) -> list[tuple[str, str]]:
    """Real pages, spread evenly."""
    files = sorted(folder.glob("*/pages/*.html.gz"))
    some = files[:: max(1, len(files) // most)][:most]
    return [
        (gzip.decompress(file.read_bytes()).decode("utf-8", "replace"), f"{HOST}/{file.name}")
        for file in some
    ]


def _spent(read: Callable[..., Any], pages: Sequence[tuple[str, str]]) -> float:
    """CPU seconds. A page on which a peer fails is a page that it has looked at."""
    begun = time.process_time()
    for page, url in pages:
        with suppress(Exception):
            read(page, url)
    return time.process_time() - begun
