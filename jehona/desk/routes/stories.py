"""Stories: which pieces carry one text, and what people say to that."""

from __future__ import annotations

from typing import Any, Final, cast, get_args

from starlette.responses import Response

from crawler.failure import Failure
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.actions.side_by_side import Side
from jehona.actions.stories import SameText
from jehona.desk.house import Notice
from jehona.desk.marked import stretches
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit
from reports.words import said

# Stories and questions of one page.
MOST: Final = 200
WORDS: Final = get_args(SameText)


def stories(visit: Visit) -> Response:
    """What was joined and why, what is asked; with `?one=&two=` two pieces side by side."""
    slug = visit.event()
    pair = (visit.asked("one"), visit.asked("two"))
    told: dict[str, Any] = {
        "event": visit.office.event(slug),
        "most": MOST,
        "sides": None,
        "stretches": stretches,
    }
    try:
        found = actions.stories.stories(visit.office, slug)
    except Failure as failure:
        return visit.page("stories.html", **told, result=None, failed=said(failure, visit.language))
    if visit.wants_json:
        return visit.json(found.as_json())
    if pair[0] and pair[1]:
        told["sides"] = _sides(visit, slug, (pair[0], pair[1]))
    several = [story for story in found.found.stories if len(story.pieces) > 1]
    alone = [story for story in found.found.stories if len(story.pieces) == 1]
    by_url = {article.url: article for article in found.articles.values()}
    return visit.page(
        "stories.html",
        **told,
        result=found,
        several=several,
        alone=alone,
        by_url=by_url,
        failed=None,
    )


def _sides(visit: Visit, slug: str, pair: tuple[str, str]) -> tuple[Side, Side]:
    return actions.side_by_side.side_by_side(visit.office, slug, pair)


def judged(visit: Visit) -> Response:
    """Keeps that pieces carry one text, or do not: each against the first of those named."""
    slug, value = visit.event(), visit.typed("value")
    pieces = list(dict.fromkeys(visit.ticked("piece")))
    if value not in WORDS or len(pieces) < 2:  # noqa: PLR2004 - a pair
        raise Wrong(visit.say("desk_stories_two"))
    first, *others = pieces
    for other in others:
        actions.stories.judge(visit.office, slug, (first, other), value=cast("SameText", value))
    told = visit.say(f"desk_stories_said_{value}", n=len(pieces))
    undo = f"/events/{slug}/stories/undo" if len(pieces) == 2 else None  # noqa: PLR2004
    fields = {"one": first, "two": others[0]}
    return visit.go(f"/events/{slug}/stories", Notice(text=told, undo=undo, fields=fields))


def taken_back(visit: Visit) -> Response:
    """Takes back what was said of two pieces."""
    slug = visit.event()
    pair = (visit.typed("one") or "", visit.typed("two") or "")
    actions.stories.withdraw(visit.office, slug, pair)
    return visit.go(f"/events/{slug}/stories", Notice(text=visit.say("desk_stories_undone")))


PAGES: Final[tuple[Page, ...]] = (
    shown("/events/{slug}/stories", stories, reads=True),
    done("/events/{slug}/stories", judged),
    done("/events/{slug}/stories/undo", taken_back),
)
