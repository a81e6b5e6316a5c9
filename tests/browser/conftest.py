"""A real Chromium without a network, for the tests that ask for one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM: Final = shutil.which("chromium") or "/usr/bin/chromium"
QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def missing() -> str | None:
    """What this machine lacks for a browser, in words; None when it has all."""
    absent = [name for name in ("playwright", "axe_playwright_python") if find_spec(name) is None]
    if absent:
        return f"{', '.join(absent)} not installed (make setup)"
    if not Path(CHROMIUM).exists():
        return f"no {CHROMIUM} (tests/browser/install-packages.sh)"
    return None


@pytest.fixture(scope="module")
def chromium(require: Callable[[str, str | None], None]) -> Iterator[Browser]:
    """The browser; skips on a bare machine, fails where it is required.

    Not for the whole session: while it runs, its event loop does too, and no other test of this
    process could run one of its own.
    """
    require("browser", missing())
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not on a bare machine

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@dataclass(slots=True, kw_only=True)
class Opened:
    """A page opened from a file, and what it did that it should not."""

    page: Page
    # in the browser
    complaints: list[str] = field(default_factory=list)
    # console errors and warnings, exceptions, dialogs
    asked: list[str] = field(default_factory=list)
    # addresses that it asked for


Open = Callable[..., Opened]


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """`open_page(html, width=320, color_scheme="dark")`: from file://, with the network cut."""
    contexts = []

    def give(html: str, *, width: int = 1280, behind: str = "", **options: Any) -> Opened:
        path = tmp_path / f"report-{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, offline=True, **options
        )
        contexts.append(context)
        opened = Opened(page=context.new_page())
        listen(opened)
        opened.page.goto(f"{path.as_uri()}{behind}")
        return opened

    yield give
    for context in contexts:
        context.close()


def listen(opened: Opened) -> None:
    """Note whatever the page asks for or complains about."""
    page = opened.page
    page.on("request", lambda request: opened.asked.append(request.url))
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.on("console", lambda said: opened.complaints.append(f"{said.type}: {said.text}"))
    page.on("dialog", lambda dialog: (opened.complaints.append("dialog"), dialog.dismiss()))
