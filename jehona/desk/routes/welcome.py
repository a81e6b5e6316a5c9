"""The first visit: you, your outlets, your first event."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from starlette.responses import Response

from crawler.config import NoWorkspace, RegistryError
from crawler.models import Language
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.actions.event_form import TypedEvent
from jehona.actions.site_look import SiteLook
from jehona.desk.house import Notice
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit
from reports.words import said

FIELDS: Final = ("title", "held", "first", "last", "place", "organiser", "words")


def welcome(visit: Visit) -> Response:
    """You: who asks, and where the workspace will stand."""
    if _has_workspace(visit):
        return visit.go("/")
    return visit.page("welcome.html", home=visit.house.home)


def made(visit: Visit) -> Response:
    """Makes the workspace, and moves in."""
    if _has_workspace(visit):
        return visit.go("/")
    assert visit.session
    if visit.typed("contact") is None:
        raise Wrong(visit.say("desk_contact_needed"))
    language: Language = "en" if visit.typed("language") == "en" else "sq"
    name = visit.house.access.introduce(visit.session, visit.typed("name") or "")
    actions.workspace.make(visit.house.home, contact=visit.typed("contact"), language=language)
    visit.house.move_in()
    return visit.go("/welcome/outlets", Notice(text=visit.say("desk_made", name=name)))


def outlets(visit: Visit) -> Response:
    """Your outlets: ticked from the catalogue, or an address pasted."""
    assert visit.session
    known = sorted(visit.office.outlets().values(), key=lambda one: one.name.casefold())
    look = visit.house.looks.get(visit.session.digest)
    return visit.page("welcome_outlets.html", known=known, look=look)


def looked(visit: Visit) -> Response:
    """Looks at the site of a pasted address; what came is shown before anything is written."""
    assert visit.session
    found = actions.site_look.look(visit.office, visit.typed("url") or "")
    visit.house.looks[visit.session.digest] = found
    return visit.go("/welcome/outlets")


def saved(visit: Visit) -> Response:
    """Writes the file of the site that was shown."""
    found = _shown(visit)
    file = actions.site_look.add(visit.office, found)
    return visit.go("/welcome/outlets", Notice(text=visit.say("desk_file_written", path=file)))


def event(visit: Visit) -> Response:
    """Your first event, in one plain form."""
    ticked = visit.request.query_params.getlist("outlet")
    known = [one for one in visit.office.outlets().values() if one.use]
    known.sort(key=lambda one: one.name.casefold())
    return visit.page(
        "welcome_event.html",
        known=known,
        ticked=ticked,
        typed=dict.fromkeys(FIELDS, ""),
        wrong=None,
    )


def added(visit: Visit) -> Response:
    """Writes the event's file; what was typed stays where it is refused."""
    typed = {name: visit.typed(name) for name in FIELDS if name != "words"}
    every = [one.slug for one in visit.office.outlets().values() if one.use]
    ticked = visit.ticked("outlet")
    chosen = () if set(every) <= set(ticked) else ticked
    words = visit.typed("words") or ""
    try:
        told: dict[str, Any] = {name: value or "" for name, value in typed.items()}
        form = replace(TypedEvent(outlets=chosen), **told)
        made = actions.event_form.make(visit.office, form, words=words)
    except (Wrong, RegistryError) as refused:
        return _again(visit, words, ticked, said(refused, visit.language))
    notice = Notice(text=visit.say("desk_event_made", title=made.event.title))
    return visit.go("/", notice)


def _again(visit: Visit, words: str, ticked: tuple[str, ...], wrong: str) -> Response:
    known = [one for one in visit.office.outlets().values() if one.use]
    typed = {name: visit.typed(name) or "" for name in FIELDS} | {"words": words}
    return visit.page(
        "welcome_event.html", 400, known=known, ticked=ticked, typed=typed, wrong=wrong
    )


def _shown(visit: Visit) -> SiteLook:
    assert visit.session
    found = visit.house.looks.pop(visit.session.digest, None)
    if found is None:
        raise Wrong(visit.say("desk_look_first"))
    return found


def _has_workspace(visit: Visit) -> bool:
    try:
        return bool(visit.office)
    except NoWorkspace:
        return False


PAGES: Final[tuple[Page, ...]] = (
    Page(path="/welcome", view=welcome, nameless=True),
    Page(path="/welcome", view=made, method="POST", nameless=True),
    shown("/welcome/outlets", outlets),
    done("/welcome/look", looked),
    done("/welcome/save", saved),
    shown("/welcome/event", event),
    done("/welcome/event", added),
)
