"""A pasted link, looked at and kept by a process of its own: a page is asked for by Scrapy, and
what runs on when a page has been shown cannot.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from jehona.actions.errors import DoneInPart, NothingDone, Wrong
from jehona.actions.office import Office

# Seconds for one page with its robots.txt, asked politely, and the start of a process.
PATIENCE: Final = 90.0
# of what it said where it ended early
LONGEST_WORDS: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a page says, before anything of it is kept."""

    # as it was pasted
    url: str
    # slug, None where nobody described whose it is
    outlet: str | None
    headline: str | None
    # as it was read: a day, or a moment
    published: datetime | None
    # "minute", "day"; None undated
    precision: str | None
    # ISO 639-1
    language: str | None
    lead: str | None
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of it."""

    # its key
    article: str
    headline: str | None
    # whether the record did not have it
    new: bool
    # published outside the event's window, and counted all the same
    outside_window: bool
    # rejected before, and still so
    left_rejected: bool


def look(office: Office, url: str) -> Preview:
    """Ask for a page once and say what it says; nothing is kept. Raises Wrong, with the reason."""
    _refuse_option(url)
    told = _asked(office, ["read", url, "--json"])
    fields = told["fields"]
    when = fields["published"]["value"] or {}
    said = when if isinstance(when, dict) else {"instant": when}
    instant = said.get("instant")
    return Preview(
        url=url,
        outlet=told["outlet"],
        headline=fields["headline"]["value"],
        published=datetime.fromisoformat(instant) if instant else None,
        precision=said.get("precision"),
        language=_code(fields["language"]["value"]),
        lead=fields["lead"]["value"],
        text=fields["text"]["value"],
    )


def keep(
    office: Office, url: str, *, event: str, outlet: str | None = None, note: str | None = None
) -> Kept:
    """Fetch the page and keep it as accepted, by who acts. Raises Wrong, RegistryError."""
    _refuse_option(url)
    command = ["clip", url, "--event", office.event(event).slug, "--by", office.who(), "--json"]
    command += ["--outlet", outlet] if outlet else []
    command += ["--note", note] if note else []
    told = _asked(office, command)
    (piece,) = told["pieces"]
    return Kept(
        article=piece["article"],
        headline=piece["headline"],
        new=bool(told["new"]),
        outside_window=bool(told["outside_window"]),
        left_rejected=bool(told["left_rejected"]),
    )


def _code(told: Any) -> str | None:
    code = told.get("code") if isinstance(told, dict) else told
    return str(code) if code else None


def _refuse_option(url: str) -> None:
    """What is given to a command as its argument is an address, and no option of it."""
    if not url.lower().startswith(("http://", "https://")):
        raise Wrong("{url:.200}: no address of a page: it begins with https://", url=url)


def _asked(office: Office, command: Sequence[str]) -> Any:
    """The document that a command of ours prints. Raises its refusal."""
    root = str(office.workspace.root.absolute())
    try:
        done = subprocess.run(  # noqa: S603 - our own command, no shell
            [sys.executable, "-m", "jehona", *command, "-w", root],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            cwd=office.workspace.root,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NothingDone(
            "the page did not answer within {patience:.0f} seconds", patience=PATIENCE
        ) from None
    if done.returncode in {0, DoneInPart.code} and done.stdout:
        document = json.loads(done.stdout)
        if "fields" in document or "pieces" in document:
            return document
    words = done.stderr[:LONGEST_WORDS].decode("utf-8", "replace").strip()
    raise Wrong(words or f"the page could not be read (exit code {done.returncode})")
