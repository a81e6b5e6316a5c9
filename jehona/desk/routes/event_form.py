"""An event made or changed in one form, of a press release if there is one."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any, Final

from starlette.responses import Response

from crawler.failure import Failure
from jehona import actions
from jehona.actions.editing import ChangedMeanwhile
from jehona.actions.errors import Wrong
from jehona.actions.event_form import TypedEvent, TypedMessage
from jehona.actions.releases import Proposed
from jehona.desk.house import Notice
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.uploads import upload
from jehona.desk.visit import Visit
from reports.words import said

# of an event, one field each
FIELDS: Final = (
    *("title", "held", "first", "last", "place", "organiser", "introduction"),
    *("title_other", "place_other", "organiser_other", "introduction_other"),
)
# bytes of a press release, and of what is pasted
LARGEST: Final = 200_000
NEW: Final = "/events/new"


# --- a new one -----------------------------------------------------------------------------


def new_event(visit: Visit) -> Response:
    """One plain form; the outlets of the latest event are ticked, else every one in use."""
    every = visit.office.events().values()
    latest = max(every, key=lambda one: one.first_day, default=None)
    return _new(visit, TypedEvent(), ticked=(latest and latest.expected_outlets) or None)


def proposed(visit: Visit) -> Response:
    """What the release says, into the fields that are empty; nothing is kept yet."""
    typed = _typed(visit)
    try:
        text = _release(visit)
        if not text:
            raise Wrong(visit.say("desk_release_needed"))
        found = actions.releases.propose(visit.office, text)
    except Failure as refused:
        wrong = said(refused, visit.language)
        return _new(visit, typed, ticked=typed.outlets, wrong=wrong, status=400)
    held = found.day.isoformat() if found.day else ""
    filled = replace(
        typed,
        title=typed.title or found.title or "",
        held=typed.held or held,
        place=typed.place or found.place or "",
    )
    return _new(visit, filled, ticked=typed.outlets, release=text, found=found)


def added(visit: Visit) -> Response:
    """Writes the event's file; what was typed stays where it is refused."""
    typed, text = _typed(visit), ""
    known = {one.slug for one in visit.office.outlets().values() if one.use}
    try:
        text = _release(visit)
        if not typed.outlets and known:
            raise Wrong(visit.say("desk_tick_an_outlet"))
        made = actions.event_form.make(
            visit.office,
            replace(typed, outlets=() if known <= set(typed.outlets) else typed.outlets),
            words=_words(visit),
            never=visit.typed("never") or "",
            release=text,
        )
    except Failure as refused:
        wrong = said(refused, visit.language)
        return _new(visit, typed, ticked=typed.outlets, release=text, wrong=wrong, status=400)
    notice = Notice(text=visit.say("desk_event_made", title=made.event.title))
    return visit.go(f"/events/{made.event.slug}/words", notice)


def _words(visit: Visit) -> str:
    """The lines that were typed, and those that were ticked."""
    lines = [*(visit.typed("words") or "").splitlines(), *visit.ticked("line")]
    return "\n".join(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))


def _new(
    visit: Visit,
    typed: TypedEvent,
    *,
    ticked: tuple[str, ...] | None,
    release: str = "",
    found: Proposed | None = None,
    wrong: str | None = None,
    status: int = 200,
) -> Response:
    fields = {name: visit.typed(name) or "" for name in ("words", "never")}
    own = visit.office.workspace.language
    return visit.page(
        "new_event.html",
        status,
        known=_known(visit),
        ticked=ticked,
        typed=asdict(typed) | fields,
        other=actions.event_form.other_than(own),
        release=release or visit.typed("release") or "",
        found=found,
        lines=visit.ticked("line"),
        wrong=wrong,
    )


# --- one that is there ---------------------------------------------------------------------


def edit(visit: Visit) -> Response:
    """The same form, filled from the event's file."""
    now = actions.event_form.standing(visit.office, visit.event())
    return _edit(visit, now.typed)


def saved(visit: Visit) -> Response:
    """Writes the file, unless it was changed meanwhile: then both are shown."""
    slug, typed = visit.event(), _typed(visit)
    try:
        text = _release(visit)
        if not typed.outlets:
            raise Wrong(visit.say("desk_tick_an_outlet"))
        typed = replace(typed, outlets=_expected(visit, slug, typed.outlets))
        digest = visit.typed("digest") or ""
        actions.event_form.save(visit.office, slug, typed, digest, release=text)
    except ChangedMeanwhile as crossed:
        return _edit(visit, typed, 409, wrong=said(crossed, visit.language), crossed=True)
    except Failure as refused:
        told = {"digest": visit.typed("digest") or "", "wrong": said(refused, visit.language)}
        return _edit(visit, typed, 400, **told)
    return visit.go(f"/events/{slug}", Notice(text=visit.say("desk_settings_saved")))


def _expected(visit: Visit, slug: str, ticked: tuple[str, ...]) -> tuple[str, ...]:
    """Those that were ticked, in the file's order; none where the file names none and all are."""
    before = visit.office.event(slug).expected_outlets
    known = {one.slug for one in visit.office.outlets().values() if one.use}
    if not before and known <= set(ticked):
        return ()
    return tuple(dict.fromkeys((*(one for one in before if one in ticked), *ticked)))


def _edit(visit: Visit, typed: TypedEvent, status: int = 200, **beside: Any) -> Response:
    """The page; its digest is of the file as it stands, or of the one that was shown before."""
    now = actions.event_form.standing(visit.office, visit.event())
    told: dict[str, Any] = {"wrong": None, "crossed": False, "digest": now.digest} | beside
    return visit.page(
        "edit_event.html",
        status,
        event=now.event,
        typed=asdict(typed),
        theirs=asdict(now.typed),
        other=now.other,
        language_of=now.language,
        known=_known(visit, now.event.expected_outlets),
        ticked=typed.outlets or None,
        kept=sorted({*actions.releases.there(visit.office), *typed.releases}),
        release=visit.typed("release") or "",
        **told,
    )


# --- what both have ------------------------------------------------------------------------


def _known(visit: Visit, expected: tuple[str, ...] = ()) -> list[Any]:
    """The outlets that can be ticked, by name."""
    every = visit.office.outlets().values()
    return sorted(
        (one for one in every if one.use or one.slug in expected),
        key=lambda one: one.name.casefold(),
    )


def _typed(visit: Visit) -> TypedEvent:
    names, english, words = (
        visit.ticked(f"message_{part}") for part in ("name", "name_en", "words")
    )
    rows = zip(names, english, words, strict=False)
    return TypedEvent(
        **{name: visit.typed(name) or "" for name in FIELDS},
        outlets=visit.ticked("outlet"),
        messages=tuple(
            TypedMessage(name=name.strip(), name_en=other.strip(), words=lines)
            for name, other, lines in rows
            if name.strip() or other.strip() or lines.strip()
        ),
        releases=visit.ticked("kept"),
    )


def _release(visit: Visit) -> str:
    """The release of the form: the file that was chosen, else what was pasted. Raises Wrong."""
    chosen = upload(visit, "release_file", most=LARGEST)
    if chosen is not None:
        return actions.releases.text_of(chosen.body)
    return actions.releases.cleaned(visit.typed("release") or "")


PAGES: Final[tuple[Page, ...]] = (
    shown(NEW, new_event),
    done("/events/new/propose", proposed),
    done(NEW, added),
    shown("/events/{slug}/edit", edit),
    done("/events/{slug}/edit", saved),
)
