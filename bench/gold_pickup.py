"""Releases and pieces for `crawler.pickup`: `python -m bench.gold pickup FILE`.

Each row is a release (its sentences), a piece, and which of the sentences it took over. What is
counted are pairs of row and sentence. The last line is JSON; `--verbose` lists what went wrong.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from bench.figures import figures, rows_of
from crawler.pickup.taking import Piece, release_of, taken


def judged(asked: argparse.Namespace) -> tuple[list[str], dict[str, Any]]:
    """What went wrong, and precision, recall and F1 over row x sentence, of each kind too."""
    rows, wrong = rows_of(asked.file), list[str]()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for verdict, number in _judged(row):
            kinds[row["kind"]][verdict] += 1
            if verdict != "tp":
                words = row["release"][number]
                wrong.append(f"{verdict}: {row['id']} ({row['kind']}) {number}: {words}")
    counts = {kind: {name: kinds[kind][name] for name in ("tp", "fp", "fn")} for kind in kinds}
    all_of = {name: sum(each[name] for each in counts.values()) for name in ("tp", "fp", "fn")}
    found = figures(**all_of, nothing=1.0)
    return wrong, {**found, "total": len(rows), "kinds": counts}


def _judged(row: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """ "tp", "fp" or "fn" of each sentence that was found or should be."""
    piece = row["piece"]
    read = Piece.of(piece["headline"], piece.get("lead") or "", piece.get("body") or "")
    found = {copy.sentence for copy in taken(release_of(row["release"]), read).copies}
    expected = set(row["sentences"])
    for number in sorted(found | expected):
        yield ("tp" if number in found & expected else "fp" if number in found else "fn"), number
