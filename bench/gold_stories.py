"""Pairs of texts, one republished or not, for `crawler.stories`: `python -m bench.gold stories`.

Each pair is an event of two articles: are they one story? The last line is JSON; `asked` counts the
pairs that a person would be asked about. `--verbose` lists what went wrong and what is asked.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bench.figures import figures, rows_of
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


def judged(asked: argparse.Namespace) -> tuple[list[str], dict[str, Any]]:
    """What went wrong or is asked, and precision, recall and F1 of joining; null where there was
    nothing to find.
    """
    every = [judge(row) for row in rows_of(asked.file)]
    wrong = [
        f"{each.verdict} {each.row.get('id')} {each.row.get('kind', '')}: {each.why}"
        for each in every
        if each.verdict[0] == "f" or each.asked
    ]
    verdicts = [each.verdict for each in every]
    counts = {name: verdicts.count(name) for name in ("tp", "fp", "fn")}
    told = {**figures(**counts, nothing=None), "total": len(every), **counts}
    return wrong, {**told, "asked": sum(each.asked for each in every)}
