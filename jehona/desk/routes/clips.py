"""Clips: a pasted link, what was on air, a list, corrected and taken away; "I looked by hand"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from starlette.responses import Response

from crawler.failure import Failure
from crawler.models import UNNAMED, Article
from jehona import actions
from jehona.actions.clip_corrections import Correction
from jehona.actions.clips import ClipList, Clipped, Saying
from jehona.actions.errors import Unknown, Wrong
from jehona.desk.house import Notice
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit
from reports.words import said

# Rows of a list that are shown before it is taken in.
SHOWN: Final = 100
LONGEST_NUMBER: Final = 6
# The value of a choice for a piece whose outlet is not named.
NOBODY: Final = "-"
_OPTION: Final = re.compile(r"--([a-z-]+)")


# --- looking -------------------------------------------------------------------------------


def clips(visit: Visit) -> Response:
    """What was brought, and the ways to bring more."""
    if visit.wants_json:
        return visit.json(actions.event_clips.event_clips(visit.office, visit.event()).as_json())
    return _page(visit)


def look_at_link(visit: Visit) -> Response:
    """What the page of a pasted link says, before it is kept."""
    url = visit.typed("url") or ""
    try:
        preview = actions.pasted_link.look(visit.office, url)
    except Failure as failure:
        return _page(visit, 400, link_failed=_sentence(visit, failure), url=url, typing=True)
    return _page(visit, preview=preview, url=url)


def look_at_list(visit: Visit) -> Response:
    """What of a list would be stored, and its errors at their cells."""
    name, new = visit.typed("draft"), bool(visit.typed("new_outlets"))
    try:
        if name:
            draft = actions.list_drafts.get(visit.office, name, visit.typed("file") or "")
        else:
            upload = visit.file("list")
            if upload is None:
                raise Wrong(visit.say("desk_no_file"))
            with upload.file as file:
                body = file.read()
            draft = actions.list_drafts.put(visit.office, upload.filename or "", body)
        listed = actions.clips.look_at_list(
            visit.office, draft.body, name=draft.file, new_outlets=new
        )
    except Failure as failure:
        return _page(visit, 400, list_failed=_sentence(visit, failure))
    return _page(visit, listed=listed, draft=draft, new_outlets=new, shown=SHOWN)


def _page(visit: Visit, status: int = 200, **beside: Any) -> Response:
    found = actions.event_clips.event_clips(visit.office, visit.event())
    edited = visit.asked("edit")
    piece = next((a for a, _ in found.pieces if a.key == edited and a.key in found.typed), None)
    told: dict[str, Any] = {
        "found": found,
        "every": sorted(found.outlets.values(), key=lambda one: one.name.casefold()),
        "edited": piece,
        "edited_at": piece and _typed_date(piece, visit.zone),
        "nobody": NOBODY,
        "preview": None,
        "listed": None,
        "url": None,
        "typing": False,
        "link_failed": None,
        "typed_failed": None,
        "list_failed": None,
        "field": lambda name: visit.typed(name) or "",
    }
    return visit.page("clips.html", status, **{**told, **beside})


# --- keeping -------------------------------------------------------------------------------


def keep_link(visit: Visit) -> Response:
    """Keeps the page of a pasted link."""
    slug, url = visit.event(), visit.typed("url") or ""
    try:
        kept = actions.pasted_link.keep(
            visit.office, url, event=slug, outlet=_outlet(visit), note=visit.typed("note")
        )
    except Failure as failure:
        return _page(visit, 400, link_failed=_sentence(visit, failure), url=url, typing=True)
    told = visit.say(
        "desk_clip_kept" if kept.new else "desk_clip_known", title=kept.headline or url
    )
    if kept.left_rejected:
        told = visit.say("desk_clip_left_rejected", title=kept.headline or url)
    return _back(visit, told, bad=kept.left_rejected, outside=kept.outside_window)


def keep_typed(visit: Visit) -> Response:
    """Keeps what a person tells: on air, in print, on social media."""
    published = " ".join(filter(None, (visit.typed("published"), visit.typed("time"))))
    try:
        outlet = _outlet(visit)
        if outlet is None and not visit.typed("url"):
            raise Wrong(visit.say("desk_say_which_outlet"))
        clipped = actions.clips.typed(
            visit.office,
            Saying(event=visit.event(), note=visit.typed("note"), turn=bool(visit.typed("turn"))),
            headline=visit.typed("headline"),
            published=published or None,
            url=visit.typed("url"),
            outlet=outlet,
        )
    except Unknown:
        raise
    except Failure as failure:
        return _page(
            visit, 400, typed_failed=_sentence(visit, failure), typing=True, url=visit.typed("url")
        )
    return _told(visit, clipped)


def keep_list(visit: Visit) -> Response:
    """Takes a list in that was looked at: all of it, or nothing."""
    name = visit.typed("draft") or ""
    draft = actions.list_drafts.get(visit.office, name, visit.typed("file") or "")
    try:
        listed: ClipList = actions.clips.look_at_list(
            visit.office, draft.body, name=draft.file, new_outlets=bool(visit.typed("new_outlets"))
        )
        clipped = actions.clips.take_list(
            visit.office, listed, Saying(event=visit.event(), note=visit.typed("note"))
        )
    except Failure as failure:
        return _page(visit, 400, list_failed=_sentence(visit, failure))
    actions.list_drafts.drop(visit.office, name)
    return _told(visit, clipped)


def correct(visit: Visit) -> Response:
    """What is to stand instead of what was typed."""
    published = " ".join(filter(None, (visit.typed("published"), visit.typed("time"))))
    correction = Correction(
        headline=visit.typed("headline"),
        published=published or None,
        url=visit.typed("url"),
        outlet=_outlet(visit),
    )
    done_ = actions.clip_corrections.edit(visit.office, visit.typed("piece") or "", correction)
    return _back(visit, visit.say("desk_clip_corrected", title=done_.piece.headline or ""))


def take_away(visit: Visit) -> Response:
    """Takes a piece out of every event; whoever brings it again has it back."""
    done_ = actions.clip_corrections.remove(visit.office, visit.typed("piece") or "")
    return _back(visit, visit.say("desk_clip_removed", title=done_.piece.headline or ""))


def looked_by_hand(visit: Visit) -> Response:
    """Keeps that somebody looked at an outlet for this event and found so many."""
    found = visit.typed("found") or ""
    if not found.isdecimal() or len(found) > LONGEST_NUMBER:
        raise Wrong(visit.say("desk_clips_number"))
    kept = actions.checks.by_hand(
        visit.office,
        visit.typed("outlet") or "",
        event=visit.event(),
        found=int(found),
        note=visit.typed("note") or "",
    )
    told = visit.say("desk_clips_looked", outlet=kept.outlet.name, n=kept.check.read)
    return _back(visit, told)


# --- what was typed ------------------------------------------------------------------------


def _outlet(visit: Visit) -> str | None:
    """The outlet that was chosen: UNNAMED where none is named, None where nothing was said."""
    chosen = visit.typed("outlet")
    return UNNAMED if chosen == NOBODY else chosen


def _told(visit: Visit, clipped: Clipped) -> Response:
    left = len(clipped.left_rejected)
    told = visit.say("desk_clips_kept", n=clipped.new + clipped.known, known=clipped.known)
    if left:
        told = f"{told} {visit.say('desk_clips_left_rejected', n=left)}"
    return _back(visit, told, bad=bool(left), outside=bool(clipped.outside_window))


def _back(visit: Visit, told: str, *, bad: bool = False, outside: bool = False) -> Response:
    if outside:
        told = f"{told} {visit.say('desk_clip_outside')}"
    return visit.go(f"/events/{visit.event()}/clips", Notice(text=told, bad=bad))


def _sentence(visit: Visit, failure: Failure) -> str:
    """What an action refuses, with the fields of the form for the options of the command."""
    names: Mapping[str, Callable[[], str]] = {
        "headline": lambda: visit.say("desk_headline"),
        "published": lambda: visit.say("desk_published"),
        "outlet": lambda: visit.say("desk_outlet"),
        "url": lambda: visit.say("desk_address"),
        "no-outlet": lambda: visit.say("desk_no_outlet"),
        "new-outlets": lambda: visit.say("desk_new_outlets"),
    }
    return _OPTION.sub(
        lambda m: names[m[1]]() if m[1] in names else m[0], said(failure, visit.language)
    )


def _typed_date(article: Article, zone: str) -> str:
    """The date of a piece as one would type it."""
    if article.published is None:
        return ""
    local = article.published.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d}" + (f" {local:%H:%M}" if article.precision == "minute" else "")


PAGES: Final[tuple[Page, ...]] = (
    shown("/events/{slug}/clips", clips, reads=True),
    done("/events/{slug}/clips/look", look_at_link),
    done("/events/{slug}/clips/link", keep_link),
    done("/events/{slug}/clips/typed", keep_typed),
    done("/events/{slug}/clips/list", look_at_list),
    done("/events/{slug}/clips/take", keep_list),
    done("/events/{slug}/clips/correct", correct),
    done("/events/{slug}/clips/remove", take_away),
    done("/events/{slug}/clips/looked", looked_by_hand),
)
