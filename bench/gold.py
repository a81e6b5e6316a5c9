"""The small labelled sets: `python -m bench.gold dates FILE`, `languages FILE`, and so on.

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

from bench import gold_match, gold_pickup, gold_stories
from crawler.language.albanian import stem
from crawler.language.folding import folded_words
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


def judge_paradigm(row: Row) -> Verdict:
    """Whether all forms of a word have one stem; of a form with a hyphen, what stands before it."""
    found = _stems(row["forms"])
    return ("right" if len(found) == 1 else "wrong"), ", ".join(found)


def judge_apart(row: Row) -> Verdict:
    """Whether two words that are not forms of each other have different stems."""
    found = _stems(row["forms"])
    return ("right" if len(found) == len(row["forms"]) else "wrong"), ", ".join(found)


def _stems(forms: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(stem(word) for form in forms for word in folded_words(form)[:1]))


JUDGES: Mapping[str, tuple[Callable[[Row], Verdict], tuple[str, ...]]] = {
    "dates": (judge_date, ("right", "none", "wrong", "accepted")),
    "languages": (judge_language, ("right",)),
    "paradigms": (judge_paradigm, ("right",)),
    "apart": (judge_apart, ("right",)),
}

OWN: Mapping[str, Callable[[Sequence[str]], int]] = {
    # sets that are no list of rows with one answer each
    "match": gold_match.main,
    "stories": gold_stories.main,
    "pickup": gold_pickup.main,
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
            print(f"{verdict}: {row['text'][:100]!r} {_told(row, read)}")
    counts = {name: sum(verdict == name for _, verdict, _ in verdicts) for name in counted}
    print(json.dumps({"set": asked.set, "total": len(rows), **counts}))
    return 0


def _told(row: Row, read: str) -> str:
    if "forms" in row:
        return f"has the stems {read}"
    return f"is {row.get('expected', row.get('lang'))}, read {read}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.gold", description=__doc__)
    parser.add_argument("set", choices=sorted({*JUDGES, *OWN}))
    parser.add_argument("file", type=Path)
    parser.add_argument("--verbose", action="store_true", help="list the failures first")
    return parser


def _rows(file: Path) -> Iterator[Row]:
    """The rows of a file of JSON lines, or of one list of word lists."""
    text = file.read_text(encoding="utf-8")
    if text.startswith("["):
        for forms in json.loads(text):
            yield {"text": " ".join(forms), "forms": forms}
        return
    for line in text.splitlines():
        if line.strip():
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
