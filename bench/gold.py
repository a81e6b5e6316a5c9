"""The small labelled sets: `python -m bench.gold dates FILE`, `languages FILE`, and so on.

The last line is JSON; `--verbose` lists the failures before it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from bench import gold_match, gold_pickup, gold_stories
from bench.figures import rows_of
from crawler.language.albanian import stem
from crawler.language.folding import folded_words
from crawler.matching import BadTerm
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


def judge_forms(row: Row, *, apart: bool) -> Verdict:
    """Whether all forms of a word have one stem, or words that are `apart` one each.

    Of a form with a hyphen what stands before it is asked.
    """
    forms = row["forms"]
    found = dict.fromkeys(stem(word) for form in forms for word in folded_words(form)[:1])
    right = len(found) == (len(forms) if apart else 1)
    return ("right" if right else "wrong"), ", ".join(found)


# set -> its judge, and the verdicts that are counted
JUDGES: Mapping[str, tuple[Callable[[Row], Verdict], tuple[str, ...]]] = {
    "dates": (judge_date, ("right", "none", "wrong", "accepted")),
    "languages": (judge_language, ("right",)),
    "paradigms": (partial(judge_forms, apart=False), ("right",)),
    "apart": (partial(judge_forms, apart=True), ("right",)),
}


def judged(asked: argparse.Namespace) -> tuple[list[str], dict[str, Any]]:
    """What went wrong, and the counts, of rows with one answer each."""
    judge, counted = JUDGES[asked.set]
    verdicts = [(row, *judge(row)) for row in _rows(asked.file)]
    wrong = [
        f"{verdict}: {row['text'][:100]!r} {_told(row, read)}"
        for row, verdict, read in verdicts
        if verdict not in {"right", "refused"}
    ]
    counts = {name: sum(verdict == name for _, verdict, _ in verdicts) for name in counted}
    return wrong, {"total": len(verdicts), **counts}


SETS: Mapping[str, Callable[[argparse.Namespace], tuple[list[str], dict[str, Any]]]] = {
    **dict.fromkeys(JUDGES, judged),
    "match": gold_match.judged,
    "stories": gold_stories.judged,
    "pickup": gold_pickup.judged,
}


def main(words: Sequence[str]) -> int:
    """Prints failures where asked, then the figures."""
    asked = _parser().parse_args(words)
    try:
        wrong, told = SETS[asked.set](asked)
    except (OSError, ValueError, KeyError, BadTerm) as error:
        print(f"{asked.file}: {error!r}", file=sys.stderr)
        return 2
    for line in wrong if asked.verbose else ():
        print(line)
    print(json.dumps({"set": asked.set, **told}))
    return 0


def _told(row: Row, read: str) -> str:
    if "forms" in row:
        return f"has the stems {read}"
    return f"is {row.get('expected', row.get('lang'))}, read {read}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.gold", description=__doc__)
    sets = parser.add_subparsers(dest="set", required=True)
    for name in sorted(SETS):
        one = sets.add_parser(name)
        if name == "match":
            one.add_argument("events", type=Path)
            one.add_argument("--variant", choices=gold_match.VARIANTS, default="given")
        one.add_argument("file", type=Path)
        one.add_argument("--verbose", action="store_true", help="list the failures first")
    return parser


def _rows(file: Path) -> Iterable[Row]:
    """The rows of a file of JSON lines, or of one list of word lists."""
    text = file.read_text(encoding="utf-8")
    if not text.startswith("["):
        return rows_of(file)
    return [{"text": " ".join(forms), "forms": forms} for forms in json.loads(text)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
