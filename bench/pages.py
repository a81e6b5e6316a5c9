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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree, html

from bench.reading import closer, extract

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


@dataclass(slots=True)
class Tally:
    """What one reader did."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    # corpus -> scores of its pages
    parses: list[float] = field(default_factory=list)
    # CPU of each page, in lxml parses of the same page
    errors: int = 0
    # pages that ended in an exception


def trafilatura_fast(text: str, url: str) -> dict[str, Any]:
    """trafilatura without its fallbacks."""
    library = importlib.import_module("trafilatura")
    found = library.bare_extraction(text, url=url, fast=True, with_metadata=True)
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


PEERS: dict[str, tuple[str, Reader]] = {
    "trafilatura fast": ("trafilatura", trafilatura_fast),
    "newspaper4k": ("newspaper", newspaper),
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
            if not failed:
                tally.parses.append(spent / max(floor, 1e-5))
    return tallies


def mean(rows: list[dict[str, Any]], key: str) -> str:
    """Three digits, or a dash where nothing is labelled."""
    values = [row[key] for row in rows if row.get(key) is not None]
    return f"{statistics.mean(values):.3f}" if values else "-"


def show(tallies: dict[str, Tally]) -> None:
    """Ours per corpus, then all readers pooled."""
    ours = tallies["jehona"]
    pooled = {
        name: [row for rows in t.rows.values() for row in rows] for name, t in tallies.items()
    }
    columns: dict[str, list[dict[str, Any]]] = {
        **ours.rows,
        **{f"{n}, pooled": r for n, r in pooled.items()},
    }
    for column, rows in columns.items():
        figures = "  ".join(f"{name} {mean(rows, key)}" for name, key in FIGURES)
        print(f"{column:26} {len(rows):5}  {figures}")
    for name, tally in tallies.items():
        parses = sorted(tally.parses)
        worst = parses[int(0.95 * (len(parses) - 1))]
        print(
            f"{name:26} CPU in lxml parses: median {statistics.median(parses):.1f}, "
            f"mean {statistics.mean(parses):.1f}, p95 {worst:.1f}, errors {tally.errors}"
        )


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", nargs="?", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--split", default="open", choices=("open", "heldout", "both"))
    parser.add_argument("--sample", type=int, help="at most so many pages of each corpus")
    parser.add_argument("--peers", action="store_true", help="peers that are installed beside ours")
    parser.add_argument("--closer", action="store_true", help="the closer reading beside ours")
    given = parser.parse_args()
    if not (given.corpora / "eval" / "metrics.py").exists():
        sys.exit(f"no corpora in {given.corpora}: give the folder that holds eval/ and the pages")
    sys.path.insert(0, str(given.corpora / "eval"))
    etree.clear_error_log()
    show(
        measure(
            given.corpora,
            given.split,
            given.sample,
            readers(peers=given.peers, closely=given.closer),
        )
    )


if __name__ == "__main__":
    main()
