"""Pairs of texts, one republished or not, for `crawler.stories`: `python -m bench.gold stories`.

Each pair is an event of two articles: are they one story? The last line is JSON; `asked` counts the
pairs that a person would be asked about. `--verbose` lists what went wrong and what is asked.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from crawler.models import Article
from crawler.stories import relate_texts

FIRST: Final = datetime(2025, 5, 10, 9, tzinfo=UTC)
LATER: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of one pair."""

    row: Mapping[str, Any]
    # as labelled
    joined: bool
    # one story
    asked: bool
    # possibly one
    why: str
    # likeness and conflict

    @property
    def verdict(self) -> str:
        """tp, fp, fn or tn."""
        return ("t" if self.joined == self.row["duplicate"] else "f") + "np"[self.joined]


def judge(row: Mapping[str, Any]) -> Judged:
    """A pair as the only two articles of an event."""
    found = relate_texts([_article(row["a"], 0), _article(row["b"], 1)])
    why = (f"{each.likeness}, {each.conflict or 'no conflict'}" for each in found.compared)
    return Judged(
        row=row,
        joined=len(found.stories) == 1,
        asked=bool(found.stories[0].possibly),
        why=next(why, "nothing to compare"),
    )


def _article(side: Mapping[str, Any], number: int) -> Article:
    return Article(
        key=f"a_{number}",
        outlet=f"gazeta-{number}",
        url=f"https://gazeta-{number}.example/",
        headline=side["headline"],
        published=FIRST + LATER * number,
        precision="minute",
        language="sq",
        lead=side.get("lead"),
        text=side.get("text", side.get("body")),
    )


def measured(judged: Iterable[Judged]) -> dict[str, Any]:
    """Precision, recall and F1 of joining; null where there was nothing to find."""
    every = list(judged)
    verdicts = [each.verdict for each in every]
    tp, fp, fn = (verdicts.count(name) for name in ("tp", "fp", "fn"))
    return {
        "set": "stories",
        "precision": _share(tp, tp + fp),
        "recall": _share(tp, tp + fn),
        "f1": _share(2 * tp, 2 * tp + fp + fn),
        "total": len(every),
        "tp": tp,
        "fp": fp,
        "fn": fn,
        "asked": sum(each.asked for each in every),
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def main(words: Sequence[str]) -> int:
    """Prints failures and what is asked where wanted, then the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.gold stories", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--verbose", action="store_true", help="list the failures first")
    asked = parser.parse_args(words)
    try:
        lines = asked.file.read_text(encoding="utf-8").splitlines()
        judged = [judge(json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, KeyError) as error:
        print(f"{asked.file}: {error!r}", file=sys.stderr)
        return 2
    for each in judged if asked.verbose else ():
        if each.verdict[0] == "f" or each.asked:
            print(f"{each.verdict} {each.row.get('id')} {each.row.get('kind', '')}: {each.why}")
    print(json.dumps(measured(judged)))
    return 0
