"""Pages whose work is done by a command yet: how it stands, read only, and what to type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from crawler.failure import Failure
from jehona import actions
from jehona.actions.errors import Unknown
from jehona.desk.routes.page import Page, shown
from jehona.desk.visit import Visit
from reports.forms import Part
from reports.words import said


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What such a page shows."""

    # the key of its heading
    heading: str
    # what to type, each with the key of what it does
    commands: tuple[tuple[str, str], ...]
    # the key of what the page is about
    told: str | None = None
    # label (a key) and value
    facts: Sequence[tuple[str, Any]] = ()
    # the keys of the heads, and cells
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()
    # the key of what an empty table means
    empty: str | None = None
    # set in fixed letters, as it stands
    text: str | None = None
    # what could not be shown, in a sentence
    failed: str | None = None


def newsletters(visit: Visit) -> Response:
    """The issues that have a file."""
    numbers = _issues(visit)
    standing = Standing(
        heading="desk_place_newsletters",
        told="desk_newsletters_told",
        commands=(("jehona newsletter -n 1 --event EVENT", "desk_cmd_newsletter"),),
        heads=("desk_issue",),
        rows=[((f"/newsletters/{number}", str(number)),) for number in numbers],
        empty="desk_no_newsletters",
    )
    return visit.page("by_command.html", standing=standing, event=None)


def issue(visit: Visit) -> Response:
    """One issue, as its text goes out."""
    told = visit.part("number")
    if not told.isdecimal() or len(told) > 6 or int(told) not in _issues(visit):  # noqa: PLR2004
        raise Unknown("{told:.20}: no issue of this number has a file", told=told)
    number = int(told)
    place = actions.newsletter.place_of(visit.office, number)
    text, failed = None, None
    try:
        made = actions.newsletter.issue_of(visit.office, number, place)
        body = actions.newsletter.body(visit.office, made, Part.TEXT)
        text = body if isinstance(body, str) else None
    except Failure as failure:
        failed = said(failure, visit.language)
    standing = Standing(
        heading="desk_place_newsletters",
        facts=[("desk_issue", number), ("desk_file", place.name)],
        commands=(
            (f"jehona newsletter -n {number}", "desk_cmd_newsletter_preview"),
            (f"jehona newsletter -n {number} --send --to-list", "desk_cmd_newsletter_send"),
        ),
        text=text,
        failed=failed,
    )
    return visit.page("by_command.html", standing=standing, event=None)


def _issues(visit: Visit) -> list[int]:
    folder = actions.newsletter.place_of(visit.office, 1).parent
    files: Iterable[str] = (file.stem for file in folder.glob("*.toml")) if folder.is_dir() else ()
    return sorted((int(name) for name in files if name.isdecimal()), reverse=True)


PAGES: Final[tuple[Page, ...]] = (
    shown("/newsletters", newsletters),
    shown("/newsletters/{number}", issue),
)
