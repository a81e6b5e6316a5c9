"""Draws docs/pictures/report.png and post.png: report and post of a demo that was really run.

    python -m scripts.pictures          writes both, and beside each the words it was drawn from

They are what a reader sees first, in a real Chromium, light, in English. The post has no letters
of its own, since it takes those of the site it goes to: here it has those of a plain page.
Without a Chromium nothing is written, and the script says so. The words need no browser, and
`tests/test_docs_pictures.py` holds them against a fresh demo.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bs4 import BeautifulSoup

from crawler.config import load_workspace
from jehona import actions
from jehona.actions.office import Office
from jehona.actions.roundup import RoundupOptions
from jehona.cli.demo import play
from reports.forms import Form, ReportForm

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = Path("docs/pictures")
MADE: Final = datetime(2026, 5, 25, 9, tzinfo=UTC)
# the day after the event's window, so that no picture changes from day to day
WIDTH: Final = 1280
MARGIN: Final = 28
# below what is shown, in pixels
CHROMIUM: Final = shutil.which("chromium") or "/usr/bin/chromium"
PLAIN_PAGE: Final = """\
<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Post</title><style>
body { font: 18px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #1b1b1b; margin: 0 auto;
       max-width: 1080px; padding: 24px 0 }
h1 { font-size: 40px; margin: 0 0 16px } h2 { font-size: 22px; margin: 22px 0 6px }
ul { margin: 0; padding-left: 24px } a { color: #0b57a4 } hr { margin-top: 24px }
</style><body>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """Which part of a page a picture shows."""

    parts: str
    # selector of what is to be seen
    last: str
    # selector of the part at whose end the picture ends
    unseen: str
    # selector of words inside them that an eye does not see


SHOTS: Final[Mapping[str, Shot]] = {
    "report": Shot(
        parts="header.head, section.answer, nav.contents, #charts",
        last="#charts",
        unseen=".narrow, .unseen, title, desc, script, style",
    ),
    "post": Shot(
        parts="h1, p:not(:has(small)), h2:nth-of-type(-n+2), ul:nth-of-type(-n+2)",
        last="ul:nth-of-type(2)",
        unseen="title, style",
    ),
}


def main() -> int:
    """Plays the demo and draws; 0 also where there is no browser."""
    if why := missing():
        print(f"{FOLDER}: nothing drawn: {why}", file=sys.stderr)
        return 0
    made = pages()
    with browser() as page, tempfile.TemporaryDirectory() as folder:
        for name, html in made.items():
            file = Path(folder) / f"{name}.html"
            file.write_text(html, encoding="utf-8")
            page.goto(file.as_uri())
            draw(page, SHOTS[name], ROOT / FOLDER / f"{name}.png")
            words = "\n".join(seen(html, SHOTS[name]))
            (ROOT / FOLDER / f"{name}.txt").write_text(f"{words}\n", "utf-8", newline="\n")
    return 0


def missing() -> str | None:
    """What this machine lacks for a picture, in words; None when it has all."""
    if find_spec("playwright") is None:
        return "playwright is not installed (make setup)"
    return None if Path(CHROMIUM).exists() else f"there is no {CHROMIUM}"


def pages() -> dict[str, str]:
    """The HTML of report and post, of a demo that is run for it."""
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()):
        play(Path(folder))
        office = Office(workspace=load_workspace(Path(folder)), clock=lambda: MADE)
        (event,) = office.events()
        report = actions.report.report_of(office, event, language="en")
        forms = actions.report.written(office, report, [ReportForm.HTML], language="en")
        roundup = actions.roundup.made_of(report, RoundupOptions(language="en"))
        post = actions.roundup.text(office, roundup, Form.HTML)
    page = forms[ReportForm.HTML].body
    assert isinstance(page, str)
    return {"report": page, "post": PLAIN_PAGE + post}


def seen(html: str, shot: Shot) -> Iterator[str]:
    """The words that a picture shows, a line each, in the order of the page."""
    soup = BeautifulSoup(html, "lxml")
    for hidden in soup.select(shot.unseen):
        hidden.decompose()
    for part in soup.select(shot.parts):
        yield from (" ".join(text.split()) for text in part.stripped_strings)


@contextmanager
def browser() -> Iterator[Page]:
    """A page of a Chromium that has no network."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not on a bare machine

    with sync_playwright() as started:
        chromium = started.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-lcd-text", "--hide-scrollbars"],
        )
        context = chromium.new_context(
            viewport={"width": WIDTH, "height": 1400}, color_scheme="light", offline=True
        )
        yield context.new_page()
        chromium.close()


def draw(page: Page, shot: Shot, target: Path) -> None:
    """The page from its top to the end of the last part."""
    box = page.locator(shot.last).bounding_box()
    assert box is not None, shot.last
    height = round(box["y"] + box["height"]) + MARGIN
    page.screenshot(
        path=target, full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": height}
    )


if __name__ == "__main__":
    sys.exit(main())
