"""Proves what the docs show of commands: plays every console block of a page, and compares.

    python -m scripts.shown              every page below; says what differs, ends with 1 then
    python -m scripts.shown README.md    one page
    python -m scripts.shown --fill       also writes: output under commands that have none yet, and
                                         lines that came a little different; look at what it did

A page is played from top to bottom in one workspace that points at the demo's invented newsroom,
which is open meanwhile, so that a page may crawl. In a page,

- a block ```` ```console ```` holds lines `$ jehona ...` (a backslash at the end goes on) with what
  they print below; `…` stands for anything inside a line, alone on a line for any lines;
- a block ```` ```csv FILE ```` or ```` ```toml FILE ```` is saved into the workspace as FILE;
- `<!-- $ jehona ... -->` is played unseen, `<!-- typed: a w q -->` is what a person types into the
  next command, a line each; `<!-- without: FILE -->` takes a file out of the workspace.

The newsroom's addresses are ports of this machine; they are shown as `https://SLUG.example`, and
the workspace as `press-office`.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from jehona import cli
from jehona.demo import Newsroom
from jehona.demo.town import demo_desks, write_demo_workspace

ROOT: Final = Path(__file__).resolve().parents[1]
PAGES: Final = ("README.md", "docs/events.md", "docs/reviewing.md", "docs/telling.md")
DESK: Final = "press-office"
PART: Final = re.compile(
    r"^```console\n(?P<console>.*?)^```$"
    r"|^```(?:csv|toml) (?P<file>\S+)\n(?P<text>.*?)^```$"
    r"|^<!-- \$ (?P<unseen>jehona .*?) -->$"
    r"|^<!-- typed: (?P<typed>.*?) -->$"
    r"|^<!-- without: (?P<without>\S+) -->$",
    re.MULTILINE | re.DOTALL,
)
COMMAND: Final = re.compile(r"^\$ (jehona (?:[^\n]*\\\n)*[^\n]*)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A command of a page, what the page says that it prints, and what it prints."""

    command: str
    # as it stands on the page, without the sign
    said: str
    # the lines under it
    printed: str
    # the lines that came


def main(arguments: Sequence[str]) -> int:
    """Plays the pages; 1 where one shows what is not so."""
    fill = "--fill" in arguments
    named = [name for name in arguments if name != "--fill"]
    wrong = 0
    for name in named or PAGES:
        path = ROOT / name
        for told in list(play(path.read_text("utf-8"))):
            if agrees(told.said, told.printed):
                continue
            if fill and agrees(new := renewed(told.said, told.printed), told.printed):
                _fill(path, told, new)
                continue
            wrong += 1
            print(f"{name}: $ {told.command}\n{difference(told)}", file=sys.stderr)
    return 1 if wrong else 0


@contextmanager
def stage() -> Iterator[tuple[Path, dict[str, str]]]:
    """A workspace of the open newsroom, in which commands are typed, and the outlets' names."""
    newsroom = Newsroom(demo_desks(), clock=lambda: datetime.now(UTC))
    with tempfile.TemporaryDirectory() as folder, newsroom.open() as addresses:
        desk = write_demo_workspace(Path(folder).resolve() / DESK, addresses)
        names = {address: f"https://{slug}.example" for slug, address in addresses.items()}
        os.environ |= {
            "JEHONA_USER": "Ardita",
            "JEHONA_LANGUAGE": "en",
            "JEHONA_WORKSPACE": str(desk),
            "NO_COLOR": "1",
        }
        with chdir(desk):
            yield desk, names


def play(page: str) -> Iterator[Told]:
    """Every command that the page shows, one after the other in one workspace."""
    with stage() as (desk, names):
        yield from _played(page, desk, names)


def _played(page: str, desk: Path, names: Mapping[str, str]) -> Iterator[Told]:
    typed = ""
    for part in PART.finditer(page):
        if part["file"]:
            _save(desk / part["file"], _replaced(part["text"], names, back=True))
        elif part["without"]:
            (desk / part["without"]).unlink()
        elif part["typed"]:
            typed = "".join(f"{line}\n" for line in part["typed"].split())
        elif part["unseen"]:
            run(part["unseen"], desk, names, typed)
            typed = ""
        else:
            for command, said in commands(part["console"]):
                printed = run(command, desk, names, typed)
                yield Told(command=command, said=said, printed=printed)
                typed = ""


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block and the lines under it."""
    found = list(COMMAND.finditer(block))
    ends = [each.start() for each in found[1:]] + [len(block)]
    for each, end in zip(found, ends, strict=True):
        yield each[1], block[each.end() : end].strip("\n")


def run(
    command: str, desk: Path, names: Mapping[str, str], typed: str = "", *, alone: bool = False
) -> str:
    """What a command prints, with the newsroom's and the workspace's own names.

    Both streams as a terminal shows them; `alone` leaves out what goes to the error stream.
    """
    asked = shlex.split(_replaced(command, names, back=True).replace("\\\n", " "))[1:]
    out, stdin = io.StringIO(), sys.stdin
    sys.stdin = io.StringIO(typed)
    try:
        with redirect_stdout(out), redirect_stderr(io.StringIO() if alone else out):
            cli.run(lambda: cli.build()(asked, prog_name="jehona", standalone_mode=False))
    finally:
        sys.stdin = stdin
    told = _replaced(out.getvalue(), names).replace(f"{desk.parent}{os.sep}", "")
    return "\n".join(line.rstrip() for line in told.splitlines()).strip("\n")


def _replaced(text: str, names: Mapping[str, str], *, back: bool = False) -> str:
    for address, name in names.items():
        text = text.replace(name, address) if back else text.replace(address, name)
    return text


def agrees(said: str, printed: str) -> bool:
    """Whether what a page shows is what came, where `…` stands for anything."""
    lines = (r"(?:.*\n)*?" if line.strip() == "…" else _line(line) for line in said.splitlines())
    return re.fullmatch("".join(lines), f"{printed}\n" if printed else "") is not None


def renewed(said: str, printed: str) -> str:
    """What the page should show: all where it shows nothing, else each line as it came now."""
    if not said:
        return printed
    came = printed.splitlines()
    return "\n".join(_renewed(line, came) for line in said.splitlines())


def _renewed(line: str, came: Sequence[str]) -> str:
    if any(re.fullmatch(_line(line), f"{each}\n") for each in came) or "…" in line.strip():
        return line
    return next(iter(get_close_matches(line, came, n=1, cutoff=0.4)), line)


def difference(told: Told) -> str:
    """The first line of the page that did not come, and what came instead."""
    said = told.said.splitlines()
    at = _agreeing(said, told.printed)
    if at == len(said):
        return "  more came than the page shows"
    near = get_close_matches(said[at], told.printed.splitlines(), n=3, cutoff=0.3)
    came = "".join(f"\n  came:           {line}" for line in near)
    return f"  the page shows: {said[at]}{came}"


def _agreeing(said: Sequence[str], printed: str) -> int:
    """How many lines of the page came as they stand there."""
    return next(
        (n for n in range(len(said)) if not agrees("\n".join([*said[: n + 1], "…"]), printed)),
        len(said),
    )


def _line(said: str) -> str:
    return ".*".join(re.escape(part) for part in said.rstrip().split("…")) + r"\n"


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _fill(path: Path, told: Told, new: str) -> None:
    page = path.read_text("utf-8")
    stands = f"$ {told.command}\n" + (f"{told.said}\n" if told.said else "")
    page = page.replace(stands, f"$ {told.command}\n{new}\n", 1)
    path.write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
