"""Readers of article pages beside ours: HTML handed over, CPU in lxml parses of the same page.

The pages are invented ones, or real ones of a folder (`*/pages/*.html.gz`): of the former headline
and day are held against what the page tells. Peers take part where they are installed.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from statistics import mean, median
from typing import Any, Final

from lxml import html

from bench.figures import Section, Spread, installed
from bench.papers import FIRST, Paper, paper
from bench.reading import closer, extract

HOST: Final = "http://shtypi.example"
PAGES: Final = 150


def _trafilatura(page: str, url: str, *, fast: bool = False) -> tuple[Any, Any]:
    tool = import_module("trafilatura")
    found = tool.bare_extraction(page, url=url, fast=fast, with_metadata=True)
    return (found.title, found.date) if found else (None, None)


def _newspaper(page: str, url: str) -> tuple[Any, Any]:
    article = import_module("newspaper").Article(url=url, fetch_images=False)
    article.download(input_html=page)
    article.parse()
    return article.title, article.publish_date


def _news_please(page: str, url: str) -> tuple[Any, Any]:
    found = import_module("newsplease").NewsPlease.from_html(page, url=url, fetch_images=False)
    return found.title, found.date_publish


def _ours(read: Callable[[str, str], dict[str, Any]], page: str, url: str) -> tuple[Any, Any]:
    said = read(page, url)
    return said.get("title"), said.get("date")


# name -> what pip installs, reader: headline and date
READERS: Final[dict[str, tuple[str, Callable[[str, str], tuple[Any, Any]]]]] = {
    "ours": ("lxml", lambda page, url: _ours(extract, page, url)),
    "ours, the closer reading": ("lxml", lambda page, url: _ours(closer, page, url)),
    "trafilatura, fast": ("trafilatura", lambda page, url: _trafilatura(page, url, fast=True)),
    "trafilatura": ("trafilatura", _trafilatura),
    "newspaper4k": ("newspaper4k", _newspaper),
    "news-please": ("news-please", _news_please),
    "htmldate, the date alone": (
        "htmldate", lambda page, url: (None, import_module("htmldate").find_date(page, url=url)),
    ),
    "resiliparse, the text alone": (
        "resiliparse", lambda page, _: (_resiliparse(page), None),
    ),
}  # fmt: skip


def _parsed(page: str, _: str) -> tuple[Any, Any]:
    html.fromstring(page)
    return None, None


def _resiliparse(page: str) -> None:
    import_module("resiliparse.extract.html2text").extract_plain_text(page, main_content=True)


def measure(*, pages: Path | None = None, most: int = PAGES) -> tuple[Section, ...]:
    """Every reader on the same pages, page by page in turn."""
    some = list(_real(pages, most) if pages else (paper(at, HOST) for at in range(1, most + 1)))
    there = {name: read for name, (package, read) in READERS.items() if installed(package)}
    found: dict[str, list[tuple[float, bool, bool]]] = {name: [] for name in there}
    for page in (some[0], *some):
        floor = min(_timed(_parsed, page)[0] for _ in range(2))
        for name, read in there.items():
            spent, *right = _timed(read, page)
            found[name].append((spent / floor, *right))  # type: ignore[arg-type]
    rows, data = list[tuple[str, ...]](), dict[str, Any]()
    for name in READERS:
        told = found.get(name, [])[1:]
        shares = [f"{mean(column):.0%}" for column in list(zip(*told, strict=True))[1:]]
        spread = Spread.of(one[0] for one in told) if told else None
        cells = tuple(f"{value:.1f}" for value in spread) if spread else ("not installed",)
        rows.append((name, *cells, *shares))
        data[name] = median(one[0] for one in told) if told else None
    return (
        Section(
            name="page_readers",
            title=f"Reading {len(some)} pages, HTML handed over, in lxml parses of the same page",
            columns=("", "min", "median", "max", "headline", "day"),
            rows=rows,
            notes=("ours tells all fields with their candidates, time and zone; peers no proof",),
            data=data,
        ),
    )


def _real(folder: Path, most: int) -> Iterator[Paper]:
    """Real pages, spread evenly; what is right on them is not known here."""
    files = sorted(folder.glob("*/pages/*.html.gz"))
    for file in files[:: max(1, len(files) // most)][:most]:
        told = gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
        yield Paper(f"/{file.name}", "", FIRST, told)


def _timed(read: Callable[[str, str], tuple[Any, Any]], page: Paper) -> tuple[float, bool, bool]:
    """CPU seconds; whether headline and day are right. A peer's crash is a result."""
    begun = time.process_time()
    try:
        headline, date = read(page.html, HOST + page.path)
    except Exception:  # whatever a peer raises
        headline, date = None, None
    spent = max(time.process_time() - begun, 1e-5)
    return spent, headline == page.headline, str(date).startswith(str(page.at.date()))
