"""Releases and pieces for `crawler.pickup`: `python -m bench.gold pickup FILE`.

Each row is a release (its sentences), a piece, and which of the sentences it took over. What is
counted are pairs of row and sentence. The last line is JSON; `--verbose` lists what went wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from crawler.pickup.taking import Piece, release_of, taken


def main(words: Sequence[str]) -> int:
    """Prints failures where asked, then the counts."""
    parser = argparse.ArgumentParser(prog="python -m bench.gold pickup", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--verbose", action="store_true", help="list the failures first")
    asked = parser.parse_args(words)
    try:
        rows = [json.loads(line) for line in asked.file.read_text("utf-8").splitlines() if line]
    except (OSError, ValueError) as error:
        print(f"{asked.file}: {error}", file=sys.stderr)
        return 2
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for verdict, number in _judged(row):
            kinds[row["kind"]][verdict] += 1
            if asked.verbose and verdict != "tp":
                print(f"{verdict}: {row['id']} ({row['kind']}) {number}: {row['release'][number]}")
    print(
        json.dumps(
            {
                "set": "pickup",
                **_scores(sum(kinds.values(), Counter())),
                "total": len(rows),
                "kinds": {k: _counts(kinds[k]) for k in kinds},
            }
        )
    )
    return 0


def _judged(row: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """ "tp", "fp" or "fn" of each sentence that was found or should be."""
    piece = row["piece"]
    read = Piece.of(piece["headline"], piece.get("lead") or "", piece.get("body") or "")
    found = {copy.sentence for copy in taken(release_of(row["release"]), read).copies}
    expected = set(row["sentences"])
    for number in sorted(found | expected):
        yield ("tp" if number in found & expected else "fp" if number in found else "fn"), number


def _counts(counted: Counter[str]) -> dict[str, int]:
    return {name: counted[name] for name in ("tp", "fp", "fn")}


def _scores(counted: Counter[str]) -> dict[str, float]:
    tp, fp, fn = (counted[name] for name in ("tp", "fp", "fn"))
    precision = tp / (tp + fp) if tp + fp else 1.0
    recall = tp / (tp + fn) if tp + fn else 1.0
    total = precision + recall
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / total, 4) if total else 0.0,
    }
