"""The page reader on pages with labels, peers beside it: `python -m bench.pages [CORPORA]`.

CORPORA (../shared/corpora) holds `<corpus>/gold.jsonl`, `<corpus>/pages/<id>.html.gz` and `eval/`
with the definitions of the scores (needs rapidfuzz, python-dateutil, w3lib). Peers take part when
they are installed. CPU is counted in lxml parses of the same page, interleaved in one run.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from lxml import html

from bench.figures import Section, machine, show
from bench.reading import closer, extract

CORPORA: Final = Path("../shared/corpora")
# beside the checkout, where they are
Reader = Callable[[str, str], dict[str, Any]]
FIGURES = (
    ("headline exact", "title_exact"),
    ("headline near", "title_near"),
    ("date right", "date_exact"),
    ("date wrong", "date_wrong"),
    ("byline F1", "authors_f1"),
    ("lead near", "lead_near"),
    ("text F1", "body_f1"),
    ("language", "lang_ok"),
)

FIELDS: Final = {
    "title_exact": "title",
    "title_near": "title",
    "date_exact": "date",
    "date_wrong": "date",
    "authors_f1": "authors",
    "lead_near": "lead",
    "body_f1": "body",
    "lang_ok": "language",
}
# score -> what a reader must tell to have it


@dataclass(slots=True)
class Tally:
    """What one reader did."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    # corpus -> scores of its pages
    parses: list[float] = field(default_factory=list)
    # CPU of each page, in lxml parses of the same page
    errors: int = 0
    # pages that ended in an exception
    given: set[str] = field(default_factory=set)
    # fields that it told of at least one page: what it never tells is no failure


def trafilatura_fast(text: str, url: str) -> dict[str, Any]:
    """trafilatura without its fallbacks."""
    return _trafilatura(text, url, fast=True)


def trafilatura_default(text: str, url: str) -> dict[str, Any]:
    """trafilatura as it comes, with its fallbacks."""
    return _trafilatura(text, url, fast=False)


def _trafilatura(text: str, url: str, *, fast: bool) -> dict[str, Any]:
    library = importlib.import_module("trafilatura")
    found = library.bare_extraction(text, url=url, fast=fast, with_metadata=True)
    if found is None:
        return {}
    return {
        "title": found.title, "date": found.date, "authors": (found.author or "").split("; "),
        "lead": found.description, "body": found.text, "language": found.language,
    }  # fmt: skip


def newspaper(text: str, url: str) -> dict[str, Any]:
    """newspaper4k with its defaults."""
    library = importlib.import_module("newspaper")
    page = library.Article(url=url, fetch_images=False)
    page.download(input_html=text)
    page.parse()
    return {
        "title": page.title, "date": page.publish_date and page.publish_date.isoformat(),
        "authors": page.authors, "lead": page.meta_description, "body": page.text,
        "language": page.meta_lang,
    }  # fmt: skip


def resiliparse(text: str, url: str) -> dict[str, Any]:
    """resiliparse: text alone."""
    library = importlib.import_module("resiliparse.extract.html2text")
    return {"body": library.extract_plain_text(text, main_content=True, comments=False)}


def htmldate(text: str, url: str) -> dict[str, Any]:
    """htmldate: the date alone."""
    library = importlib.import_module("htmldate")
    return {"date": library.find_date(text, url=url, original_date=True)}


PEERS: dict[str, tuple[str, Reader]] = {
    "trafilatura fast": ("trafilatura", trafilatura_fast),
    "trafilatura": ("trafilatura", trafilatura_default),
    "newspaper4k": ("newspaper", newspaper),
    "htmldate": ("htmldate", htmldate),
    "resiliparse": ("resiliparse", resiliparse),
}


def readers(*, peers: bool, closely: bool) -> dict[str, Reader]:
    """Ours, and every peer that is installed."""
    found: dict[str, Reader] = {"jehona": extract}
    if closely:
        found["jehona closer"] = closer
    if peers:
        found |= {name: read for name, (module, read) in PEERS.items() if find_spec(module)}
    return found


def pages(corpora: Path, split: str, sample: int | None) -> Iterator[tuple[str, Any, str]]:
    """Corpus, labels and HTML of every page of the split."""
    harness: Any = importlib.import_module("harness")
    harness.ROOT = str(corpora)
    for corpus in harness.CORPORA:
        if (corpora / corpus / "gold.jsonl").exists():
            for gold, text in harness.load(
                corpus, None if split == "both" else split, sample=sample
            ):
                yield corpus, gold, text


def cpu(work: Callable[[], Any]) -> tuple[float, Any, bool]:
    """CPU seconds, result, and whether it raised."""
    started = time.process_time()
    try:
        result, failed = work(), False
    except Exception:  # a peer's crash is a result
        result, failed = {}, True
    return time.process_time() - started, result, failed


def measure(
    corpora: Path, split: str, sample: int | None, taking_part: dict[str, Reader]
) -> dict[str, Tally]:
    """Every reader on every page, one after the other page by page."""
    metrics = importlib.import_module("metrics")
    tallies = {name: Tally() for name in taking_part}
    for corpus, gold, text in pages(corpora, split, sample):
        floor, _, failed = cpu(lambda text=text: html.fromstring(text))  # type: ignore[misc]
        for name, read in taking_part.items():
            spent, said, broken = cpu(lambda read=read, text=text, url=gold["url"]: read(text, url))  # type: ignore[misc]
            tally = tallies[name]
            tally.rows[corpus].append(metrics.score(said, gold))
            tally.errors += broken
            tally.given |= {name for name, value in said.items() if value}
            if not failed:
                tally.parses.append(spent / max(floor, 1e-5))
    return tallies


def mean(rows: Sequence[Mapping[str, Any]], key: str) -> float | None:
    """The mean over the pages that are labelled, None where none is."""
    values = [row[key] for row in rows if row.get(key) is not None]
    return statistics.mean(values) if values else None


def figures(rows: Sequence[Mapping[str, Any]], given: set[str]) -> dict[str, float | None]:
    """Every figure of some pages, None for the fields that a reader does not tell."""
    return {name: mean(rows, key) if FIELDS[key] in given else None for name, key in FIGURES}


def tabled(tallies: Mapping[str, Tally]) -> Section:
    """Ours per corpus, then all readers pooled, with the CPU of each."""
    ours = tallies["jehona"]
    groups: dict[str, tuple[Sequence[Mapping[str, Any]], Tally]] = {
        f"jehona, {corpus}": (rows, ours) for corpus, rows in ours.rows.items()
    }
    for name, tally in tallies.items():
        groups[f"{name}, pooled"] = ([row for rows in tally.rows.values() for row in rows], tally)
    said = {name: figures(rows, tally.given) for name, (rows, tally) in groups.items()}
    return Section(
        name="reading",
        title="Reading pages with labels: the share of pages that is right",
        columns=("reader, corpus", "pages", *(short for short, _ in COLUMNS), "parses"),
        rows=tuple(
            (name, str(len(rows)), *_cells(said[name]), _parses(name, tally))
            for name, (rows, tally) in groups.items()
        ),
        notes=NOTES,
        data={
            "figures": said,
            "parses": {name: _spread(tally) for name, tally in tallies.items()},
            "errors": {name: tally.errors for name, tally in tallies.items()},
        },
    )


NOTES: Final = (
    "bars: exact .80, near .87, date .93, wrong .045, byline .75, lead .78, text .91, lang .99",
    "same pages, one run, one after the other; parses: CPU in lxml parses of the same page, median",
    "wrong: a date that is not the labelled day; none is not wrong. Labellers disagree on 2.8 %",
)
COLUMNS: Final = (
    ("exact", "headline exact"),
    ("near", "headline near"),
    ("date", "date right"),
    ("wrong", "date wrong"),
    ("byline", "byline F1"),
    ("lead", "lead near"),
    ("text", "text F1"),
    ("lang", "language"),
)
# of the table, short for `FIGURES`


def _cells(said: Mapping[str, float | None]) -> tuple[str, ...]:
    values = (said[name] for _, name in COLUMNS)
    return tuple("-" if value is None else f"{value:.3f}" for value in values)


def _parses(name: str, tally: Tally) -> str:
    pooled = name.endswith("pooled") and tally.parses
    return f"{statistics.median(tally.parses):.1f}" if pooled else ""


def _spread(tally: Tally) -> dict[str, float]:
    parses = sorted(tally.parses)
    return {
        "median": round(statistics.median(parses), 2),
        "mean": round(statistics.mean(parses), 2),
        "p95": round(parses[int(0.95 * (len(parses) - 1))], 2),
    }


def section(corpora: Path, sample: int) -> tuple[Section, ...]:
    """The table for `python -m bench`; one that says what it lacks where there are no corpora."""
    lacking = _lacking(corpora)
    if lacking:
        return (_without(lacking),)
    sys.path.insert(0, str(corpora / "eval"))
    return (tabled(measure(corpora, "open", sample, readers(peers=True, closely=True))),)


def _lacking(corpora: Path) -> str | None:
    """What keeps us from measuring, None for nothing."""
    if not (corpora / "eval" / "metrics.py").exists():
        return f"no pages with labels in {corpora}: name their folder with --corpora"
    absent = [name for name in ("rapidfuzz", "dateutil", "w3lib") if not find_spec(name)]
    return f"not installed: {', '.join(absent)}" if absent else None


def _without(lacking: str) -> Section:
    title = "Reading pages with labels: not measured"
    return Section(name="reading", title=title, columns=("",), rows=(), notes=(lacking,))


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", nargs="?", type=Path, default=CORPORA)
    parser.add_argument("--split", default="open", choices=("open", "heldout", "both"))
    parser.add_argument("--sample", type=int, help="at most so many pages of each corpus")
    parser.add_argument("--peers", action="store_true", help="peers that are installed beside ours")
    parser.add_argument("--closer", action="store_true", help="the closer reading beside ours")
    given = parser.parse_args()
    if lacking := _lacking(given.corpora):
        sys.exit(lacking)
    sys.path.insert(0, str(given.corpora / "eval"))
    taking_part = readers(peers=given.peers, closely=given.closer)
    show([tabled(measure(given.corpora, given.split, given.sample, taking_part))], machine())


if __name__ == "__main__":
    main()
