"""Draws docs/pictures/desk-*.png: pages of the desk of a demo that was really crawled.

    python -m scripts.desk_pictures

In a real Chromium, light, in English, on the day after the event's window, so that no picture
changes from day to day. Without a Chromium nothing is written, and the script says so.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import uvicorn

from jehona import actions
from jehona.actions.desk_access import Access, DeskKeys
from jehona.demo import play as steps
from jehona.desk.app import make_desk
from jehona.desk.house import House
from jehona.desk.opening import office_source
from jehona.desk.server import address, listening
from scripts.pictures import CHROMIUM, FOLDER, MADE, MARGIN, ROOT, WIDTH, missing

BY: Final = "Ardita"
# Two more events of the town, so that Today is a day's work.
EVENTS: Final[Mapping[str, str]] = {
    "java-e-detit": """\
title = "Java e Detit"
date  = 2026-06-08
from  = 2026-06-01
to    = 2026-06-15
place = "Bregvalë"
expected_outlets = ["fletorja-e-bregut", "radio-shkembi", "portali-kallami", "ora-e-liqenit"]
[keywords]
any = [["det", "javë"]]
""",
    "pastrimi-i-lumit": """\
title = "Pastrimi i lumit"
date  = 2026-05-20
from  = 2026-05-14
to    = 2026-05-24
place = "Bregvalë"
expected_outlets = ["fletorja-e-bregut", "radio-shkembi", "portali-kallami", "fusha-e-gjelber"]
[keywords]
any = [["pastrim"], ["lumë", "breg"]]
""",
}


@dataclass(frozen=True, slots=True)
class Shot:
    """Where a picture is taken, and at whose end it ends."""

    path: str
    last: str


SHOTS: Final[Mapping[str, Shot]] = {
    "desk-today": Shot("/", "main table"),
    "desk-review": Shot("/events/dita-e-bregut/review", "main"),
    "desk-run": Shot("/runs/1", "main"),
}


def main() -> int:
    """Crawls the demo and draws; 0 also where there is no browser."""
    if why := missing():
        print(f"{FOLDER}: nothing drawn: {why}", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        crawled(Path(folder))
        with served(Path(folder)) as link:
            draw(link)
    return 0


def crawled(folder: Path) -> None:
    """The demo's workspace, asked the day after; part of what came is reviewed."""
    with steps.opened(folder) as town:
        for slug, text in EVENTS.items():
            (folder / "events" / f"{slug}.toml").write_text(text, "utf-8")
        office = replace(town.office, clock=lambda: MADE - timedelta(minutes=40), name=BY)
        actions.crawl.run(office, steps.plan(town), watcher=lambda event: None)
        for _ in steps.check_by_hand(town):
            pass
    actions.matches.match(office)
    waiting = actions.review.queue(office, "dita-e-bregut").pieces
    keys = [piece.article.key for piece in waiting]
    actions.review.decide(office, "dita-e-bregut", accept=keys[:18])


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The desk of the workspace, on that day: a link that opens it."""
    with listening(None) as at:
        port = at.getsockname()[1]
        access = Access(keys=DeskKeys(folder / "var"), clock=lambda: MADE)
        house = House(
            office_source=office_source(folder),
            access=access,
            port=port,
            home=folder,
            clock=lambda: MADE,
            environ={"JEHONA_LANGUAGE": "en"},
        )
        config = uvicorn.Config(make_desk(house), log_level="warning", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [at]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield access.link(address(port))
        server.should_exit = True
        thread.join()


def draw(link: str) -> None:
    """Each picture, by somebody who came in and said who she is."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not on a bare machine

    here = link.partition("/enter")[0]
    with sync_playwright() as started:
        chromium = started.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-lcd-text", "--hide-scrollbars"],
        )
        page = chromium.new_page(viewport={"width": WIDTH, "height": 800}, color_scheme="light")
        page.goto(link)
        page.get_by_label("Your name").fill(BY)
        page.get_by_role("button", name="Save").click()
        for name, shot in SHOTS.items():
            page.goto(f"{here}{shot.path}")
            page.wait_for_load_state("networkidle")
            box = page.locator(shot.last).last.bounding_box()
            assert box is not None, shot.last
            height = round(box["y"] + box["height"]) + MARGIN
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": height}
            page.screenshot(path=ROOT / FOLDER / f"{name}.png", full_page=True, clip=clip)
        chromium.close()


if __name__ == "__main__":
    sys.exit(main())
