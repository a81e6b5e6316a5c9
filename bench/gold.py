"""The small labelled sets: `python -m bench.gold dates FILE`, `languages FILE`, and those of OWN.

The last line is JSON; `--verbose` lists the failures before it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from bench import gold_match, gold_stories
from crawler.models import When
from crawler.reading.dates import read_date
from crawler.reading.languages import read_language

Row: TypeAlias = Mapping[str, Any]
Verdict: TypeAlias = tuple[str, str]
# what became of a row ("right", "none", "wrong", "refused", "accepted") and what was read

ZONE = "Europe/Tirane"
LANGUAGES = ("sq", "en", "it", "el", "mk", "sr", "fa")
# for dateparser: those of the catalogue's outlets and their neighbours
PRIOR = ("sq", "en")
# of the catalogue as a whole: the sets name no outlet
SAME = {"sr": frozenset({"sr", "hr", "bs", "sh"})}


def judge_date(row: Row) -> Verdict:
    """Compares local day, or local day and minute, with what is expected.

    A date ahead of its base is refused for publication; the set asks what its words say.
    """
    base = datetime.fromisoformat(row["base"])
    if base.tzinfo is None:
        base = base.replace(tzinfo=ZoneInfo(ZONE))
    read = read_date(row["text"], base=base, zone=ZONE, languages=LANGUAGES)
    expected = row["expected"]
    said = read if isinstance(read, When) else read.understood
    if not expected:
        return ("accepted" if said is read else "refused"), str(read)
    if said is None:
        return "none", str(read)
    local = said.instant.astimezone(ZoneInfo(ZONE))
    shown = f"{local:%Y-%m-%d %H:%M}" if said.precision == "minute" else f"{local:%Y-%m-%d}"
    return ("right" if shown == expected else "wrong"), f"{shown} ({said.rule})"


def judge_language(row: Row) -> Verdict:
    """Compares the code; the text stands for headline and lead together."""
    tongue = read_language(row["text"], "", prior=PRIOR)
    if tongue is None:
        return "none", "nothing"
    code = row["lang"]
    right = tongue.code in SAME.get(code, {code})
    return ("right" if right else "wrong"), f"{tongue.code} ({tongue.source})"


JUDGES: Mapping[str, tuple[Callable[[Row], Verdict], tuple[str, ...]]] = {
    "dates": (judge_date, ("right", "none", "wrong", "accepted")),
    "languages": (judge_language, ("right",)),
}

OWN: Mapping[str, Callable[[Sequence[str]], int]] = {
    # sets that are no list of rows with one answer each
    "match": gold_match.main,
    "stories": gold_stories.main,
}


def main(words: Sequence[str]) -> int:
    """Prints failures where asked, then the counts."""
    if words and words[0] in OWN:
        return OWN[words[0]](words[1:])
    asked = _parser().parse_args(words)
    try:
        rows = list(_rows(asked.file))
    except (OSError, ValueError) as error:
        print(f"{asked.file}: {error}", file=sys.stderr)
        return 2
    judge, counted = JUDGES[asked.set]
    verdicts = [(row, *judge(row)) for row in rows]
    for row, verdict, read in verdicts if asked.verbose else []:
        if verdict not in {"right", "refused"}:
            label = row.get("expected", row.get("lang"))
            print(f"{verdict}: {row['text'][:100]!r} is {label}, read {read}")
    counts = {name: sum(verdict == name for _, verdict, _ in verdicts) for name in counted}
    print(json.dumps({"set": asked.set, "total": len(rows), **counts}))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.gold", description=__doc__)
    parser.add_argument("set", choices=sorted({*JUDGES, *OWN}))
    parser.add_argument("file", type=Path)
    parser.add_argument("--verbose", action="store_true", help="list the failures first")
    return parser


def _rows(file: Path) -> Iterator[Row]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
