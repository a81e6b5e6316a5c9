"""Writes what the docs say of commands, outcomes and exit codes from the code itself.

python -m scripts.docs            writes docs/commands.md and docs/outcomes.md
python -m scripts.docs --check    writes nothing, ends with 1 where they are stale
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from crawler.models import Outcome
from crawler.outcomes import FRUITFUL, MEANINGS, NUMBERS, PEACEFUL, RANK, Reason
from jehona import cli

ROOT = Path(__file__).resolve().parents[1]
BY_HAND = "<!-- Written by `make docs`: change the code it is read from, not this page. -->"

OUTCOMES = {
    Outcome.COMPLETE: "every piece of the window that the outlet itself lists was read",
    Outcome.PARTIAL: "the listing was read back to a stated time, or the request budget was spent",
    Outcome.BLOCKED: "the outlet refused: 401, 403, 429, a challenge or consent page, robots.txt",
    Outcome.BROKEN: "it answered, and what it answered cannot be read as a listing",
    Outcome.UNREACHABLE: "no answer: name, connection, time limit, certificate or server error",
    Outcome.DECLINED: "the outlet's file says that it asked not to be read",
    Outcome.NO_ADDRESS: "the outlet's file names no address",
    Outcome.CHECKED_BY_HAND: "a person looked, and wrote down how many pieces there were",
}
EXIT_CODES = {
    0: "done; `declined`, `no-address` and `checked-by-hand` do not raise it",
    1: "nothing could be done",
    cli.USAGE: "wrong use, or a wrong file",
    3: "done in part",
    cli.REFUSED: "the record or the disk refuses: locked, full, closed, damaged, a network "
    "drive, written by a newer version",
    cli.INTERRUPTED: "interrupted",
}


def main(arguments: Sequence[str], *, root: Path = ROOT) -> int:
    """Writes or checks the generated pages; 1 where `--check` finds one stale."""
    pages = {root / "docs/commands.md": commands(), root / "docs/outcomes.md": outcomes()}
    stale = [path for path, text in pages.items() if not is_fresh(path, text)]
    for path in stale:
        print(f"{path.relative_to(root).as_posix()} is stale", file=sys.stderr)
    if "--check" in arguments:
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(pages[path], encoding="utf-8", newline="\n")
    return 0


def is_fresh(path: Path, text: str) -> bool:
    """Whether a page says what it should."""
    return path.exists() and path.read_text(encoding="utf-8") == text


def commands() -> str:
    """Every command with its arguments and options, as `--help` says them."""
    app = cli.build()
    sections = walk(app, typer.Context(app, info_name="jehona"), depth=1)
    return page("# Commands", *sections)


def walk(command: Any, context: typer.Context, *, depth: int) -> Iterator[str]:
    """One command and those under it, each with a heading."""
    if depth > 1:
        yield f"{'#' * depth} {context.command_path}"
    yield inspect.cleandoc(command.help or "")
    usage = command.collect_usage_pieces(context)
    yield f"```console\n$ {' '.join([context.command_path, *usage])}\n```"
    if rows := list(parameters(command, context)):
        yield table(("argument or option", "what it says"), rows)
    for name in command.list_commands(context) if isinstance(command, TyperGroup) else ():
        part = command.get_command(context, name)
        assert part is not None, name
        yield from walk(
            part, typer.Context(part, info_name=name, parent=context), depth=min(depth + 1, 3)
        )


def parameters(command: Any, context: typer.Context) -> Iterator[tuple[str, str]]:
    """What a command takes; `--help`, which all have, is left out."""
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and parameter.name != "help":
            yield f"`{record[0]}`".replace("|", "\\|"), record[1].replace("|", "\\|")


def outcomes() -> str:
    """The closed list, how each is come by, and the exit codes."""
    best_first = sorted(Outcome, key=RANK.__getitem__)
    return page(
        "# Outcomes and exit codes",
        "Every outlet of every run ends in one outcome, the best of its checks, best first: "
        'silence is never "no coverage".',
        table(("outcome", "what it means", "reads rows"), map(outcome_row, best_first)),
        "## Reasons and next steps",
        "The ledger says why a check ended as it did, and one thing a person can do.",
        table(("outcome", "reason", "next step"), map(reason_row, Reason)),
        "### Numbers",
        "What the note of a check counts or names, each by its name: `numbers` of "
        "[json.md](json.md#a-crawl), and of the table `checks`. Only those that apply are there.",
        table(("name", "meaning"), ((f"`{name}`", said) for name, said in NUMBERS.items())),
        "## Exit codes",
        "The same of every command.",
        table(("code", "meaning"), ((str(code), words) for code, words in EXIT_CODES.items())),
        "Outcomes that leave it at 0: "
        + ", ".join(f"`{o}`" for o in Outcome if o in PEACEFUL)
        + ".",
    )


def outcome_row(outcome: Outcome) -> tuple[str, str, str]:
    """One line of the closed list."""
    return f"`{outcome}`", OUTCOMES[outcome], "yes" if outcome in FRUITFUL else "no"


def reason_row(reason: Reason) -> tuple[str, str, str]:
    """One reason with what it means for the ledger."""
    meaning = MEANINGS[reason]
    return f"`{meaning.outcome}`", reason.value, meaning.next_step


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def page(*parts: str) -> str:
    """A generated page: its parts, an empty line between them."""
    return "\n\n".join([BY_HAND, *parts]) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
