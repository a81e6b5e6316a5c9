"""Draws docs/pictures/demo.svg: what the demo prints, from a demo that was really run.

    python -m scripts.picture           writes docs/pictures/demo.svg
    python -m scripts.picture FILE      writes another file

The ledger and the head of the report as a terminal shows them. Nothing in it changes from one
run to the next; fonts are the reader's own, so the picture asks nobody's server for anything.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from itertools import chain
from pathlib import Path
from textwrap import wrap
from typing import Final

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from crawler.config import load_events, load_outlets, load_workspace, outlets_asked
from crawler.models import Event, Outlet, Run, Workspace
from crawler.record import open_record, read
from jehona.actions import report
from jehona.actions.office import Office
from jehona.cli.crawl_progress import print_ledger
from jehona.cli.demo import play
from reports.document import document
from reports.formats.markdown import set_markdown
from reports.forms import Edition

ROOT: Final = Path(__file__).resolve().parents[1]
PICTURE: Final = Path("docs/pictures/demo.svg")
COLUMNS: Final = 112
HEADLINES: Final = 4
# of the first outlet; the rest of the report is left out
INK: Final = TerminalTheme(
    background=(24, 27, 33),
    foreground=(214, 218, 224),
    normal=[
        (24, 27, 33), (229, 115, 115), (129, 199, 132), (255, 202, 112),
        (130, 170, 255), (199, 146, 234), (128, 203, 196), (214, 218, 224),
    ],
    bright=[
        (120, 128, 140), (239, 154, 154), (165, 214, 167), (255, 224, 150),
        (150, 190, 255), (215, 170, 245), (160, 220, 214), (255, 255, 255),
    ],
)  # fmt: skip
KINDS: Final[Mapping[str, tuple[str, str]]] = {
    # how a line of the report begins -> what stands there instead, and how it looks
    "# ": ("", "bold bright_white"),
    "## ": ("", "bold blue"),
    "> ": ("▌ ", "yellow"),
    "- ": ("• ", ""),
}
LINK: Final = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^)]*\)")
MARKS: Final = re.compile(r"(?<!\\)[*]+|\\(?=\W)")
FRAME: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>What jehona demo prints</title>
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
.{unique_id}-title {{ font: bold 18px system-ui, "DejaVu Sans", sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def main(arguments: Sequence[str]) -> int:
    """Run the demo and draw it."""
    target = Path(arguments[0]) if arguments else ROOT / PICTURE
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()):
        play(Path(folder))
        drawn = draw(load_workspace(Path(folder)))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(drawn, encoding="utf-8", newline="\n")
    return 0


def draw(desk: Workspace) -> str:
    """The picture of a workspace in which the demo was played, as SVG."""
    (event,) = load_events(desk).values()
    console = Console(
        record=True, width=COLUMNS, file=io.StringIO(), highlight=False,
        force_terminal=True, color_system="truecolor", legacy_windows=False,
    )  # fmt: skip
    outlets = outlets_asked(load_outlets(desk), event, [])
    prompt(console, "make demo")
    console.print()
    print_ledger(console, crawled(desk, outlets), outlets)
    console.print()
    prompt(console, f"jehona report {event.slug} --language en")
    console.print()
    for line in chain.from_iterable(map(styled, head(desk, event))):
        console.print(line)
    drawn = console.export_svg(title="jehona", theme=INK, code_format=FRAME, unique_id="demo")
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def prompt(console: Console, command: str) -> None:
    """A line as somebody typed it."""
    console.print(Text.assemble(("$ ", "bright_black"), (command, "bold bright_white")))


def crawled(desk: Workspace, outlets: Sequence[Outlet]) -> Run:
    """The demo's run as the record has it, outlets as they were asked for."""
    with open_record(desk.record, desk.snapshots, readonly=True) as record:
        run = read.run(record, 1)
    assert run is not None
    place = {outlet.slug: at for at, outlet in enumerate(outlets)}
    return replace(run, checks=tuple(sorted(run.checks, key=lambda check: place[check.outlet])))


def head(desk: Workspace, event: Event) -> Sequence[str]:
    """The report down to the first outlet's first headlines."""
    made = report.report_of(Office(workspace=desk), event.slug, language="en")
    lines = set_markdown(document(made, "en", Edition.FULL)).splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("- "))
    return [*lines[: first + HEADLINES], "- …"]


def styled(line: str) -> Iterator[Text]:
    """A line of Markdown as a terminal shows it; addresses are no use in a picture."""
    told = line.lstrip()
    begins = next((begins for begins in KINDS if told.startswith(begins)), "")
    sign, look = KINDS.get(begins, ("", "bold" if line.startswith("**") else ""))
    rest, inset = told.removeprefix(begins), line[: len(line) - len(told)]
    if re.match(r"\*(?!\*)", rest):
        look = "italic bright_black"
    if begins and rest.startswith("**"):
        look = f"bold {look}"
    words = MARKS.sub("", LINK.sub(r"\1", rest)).strip()
    for part in wrap(words, COLUMNS - 4) or [""]:
        yield Text(inset + sign + part, style=look)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
