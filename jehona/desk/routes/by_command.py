"""Pages whose work is done by a command yet: how it stands, read only, and what to type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from crawler.failure import Failure
from jehona import actions
from jehona.actions.errors import Unknown
from jehona.desk.routes.page import Page, shown
from jehona.desk.visit import Visit
from reports.forms import Part

# Rows of a table here: who wants them all has the command.
MOST: Final = 200


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


View = Callable[[Visit, str], Standing]


def _of_event(view: View) -> Callable[[Visit], Response]:
    """A page of one event; what its action refuses stands on it, beside the command."""

    def page(visit: Visit) -> Response:
        slug = visit.event()
        event = visit.office.event(slug)
        try:
            standing = view(visit, slug)
        except Failure as failure:
            standing = _failed(view, slug, failure)
        return visit.page("by_command.html", standing=standing, event=event)

    return page


def _failed(view: View, slug: str, failure: Failure) -> Standing:
    name = view.__name__
    return Standing(heading=f"desk_{name}", commands=COMMANDS[name](slug), failed=str(failure))


def report(visit: Visit, slug: str) -> Standing:
    """The figures of the report, and how complete it is, outlet by outlet."""
    made = actions.report.report_of(visit.office, slug, language=visit.language)
    figures = made.summary
    return Standing(
        heading="desk_report",
        told="desk_report_told",
        commands=COMMANDS["report"](slug),
        facts=[
            ("desk_version", made.version),
            ("desk_figure_pieces", figures.pieces),
            ("desk_texts", figures.texts),
            ("desk_figure_outlets", figures.outlets),
            ("desk_unreviewed", figures.unreviewed),
            ("undated", figures.undated),
        ],
        heads=("desk_outlet", "desk_outcome", "desk_matched"),
        rows=[
            (
                one.outlet_name,
                visit.say(one.outcome.value if one.outcome else "none"),
                one.matched,
            )
            for one in made.completeness
        ],
    )


def summary(visit: Visit, slug: str) -> Standing:
    """What came of the event: the figures that a report has."""
    found = report(visit, slug)
    return Standing(
        heading="desk_summary",
        told="desk_summary_told",
        commands=COMMANDS["summary"](slug),
        facts=found.facts,
    )


def pickup(visit: Visit, slug: str) -> Standing:
    """How much of our own texts each piece carries."""
    found = actions.pickup.pickup(visit.office, slug).as_json()
    rows = [
        (one["headline"] or one["url"] or one["article"], _percent(one["share_of_release"]))
        for one in found["pieces"]
    ]
    return Standing(
        heading="desk_pickup",
        told="desk_pickup_told",
        commands=COMMANDS["pickup"](slug),
        facts=[
            ("desk_releases", len(found["releases"])),
            ("desk_messages", len(found["messages"])),
        ],
        heads=("desk_headline", "desk_share"),
        rows=rows[:MOST],
        empty="desk_no_pickup",
    )


def _percent(share: float) -> str:
    return f"{share:.0%}"


# --- beside events -------------------------------------------------------------------------


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
        failed = str(failure)
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


def pool(visit: Visit) -> Response:
    """How many machines collect."""
    standing = Standing(
        heading="desk_pool",
        told="desk_pool_told",
        commands=(("jehona runs", "desk_cmd_runs"),),
    )
    return visit.page("by_command.html", standing=standing, event=None)


def _issues(visit: Visit) -> list[int]:
    folder = actions.newsletter.place_of(visit.office, 1).parent
    files: Iterable[str] = (file.stem for file in folder.glob("*.toml")) if folder.is_dir() else ()
    return sorted((int(name) for name in files if name.isdecimal()), reverse=True)


COMMANDS: Final[dict[str, Callable[[str], tuple[tuple[str, str], ...]]]] = {
    "report": lambda slug: (
        (f"jehona report {slug} --format html --open", "desk_cmd_report"),
        (f"jehona report {slug} --format pdf", "desk_cmd_pdf"),
    ),
    "summary": lambda slug: ((f"jehona report {slug}", "desk_cmd_report"),),
    "pickup": lambda slug: ((f"jehona pickup {slug}", "desk_cmd_pickup"),),
}
_PAGES_OF_AN_EVENT: Final[tuple[View, ...]] = (
    summary, pickup,
)  # fmt: skip

PAGES: Final[tuple[Page, ...]] = (
    shown("/newsletters", newsletters),
    shown("/newsletters/{number}", issue),
    shown("/pool", pool),
    *(shown(f"/events/{{slug}}/{view.__name__}", _of_event(view)) for view in _PAGES_OF_AN_EVENT),
)
