"""An event's words, tried on what was gathered before they are saved."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response

from crawler.failure import Failure
from jehona import actions
from jehona.actions.editing import ChangedMeanwhile
from jehona.actions.event_words import TypedWords
from jehona.desk.house import Notice
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit
from reports.words import said

# Matches and forms that are shown of a trial; the command has them all.
SHOWN: Final = 12
MOST_FORMS: Final = 40


def words(visit: Visit) -> Response:
    """The keywords of the file, and what they find."""
    found = actions.event_words.standing(visit.office, visit.event())
    return _words(visit, found.words, digest=found.digest)


def tried(visit: Visit) -> Response:
    """What was typed, tried; with `part` only what came of it, for a page that asks by itself."""
    typed = _typed(visit)
    if visit.typed("part"):
        return visit.page("words_trial.html", **_trial(visit, typed))
    return _words(visit, typed, digest=visit.typed("digest") or "")


def saved(visit: Visit) -> Response:
    """Writes the words, unless the file was changed meanwhile: then both are shown."""
    slug, typed = visit.event(), _typed(visit)
    try:
        actions.event_words.save(visit.office, slug, typed, visit.typed("digest") or "")
    except ChangedMeanwhile as crossed:
        now = actions.event_words.standing(visit.office, slug)
        told = {"digest": now.digest, "theirs": now.words, "wrong": said(crossed, visit.language)}
        return _words(visit, typed, status=409, **told)
    except Failure as refused:
        told = {"digest": visit.typed("digest") or "", "wrong": said(refused, visit.language)}
        return _words(visit, typed, status=400, **told)
    return visit.go(f"/events/{slug}/words", Notice(text=visit.say("desk_words_saved")))


def _typed(visit: Visit) -> TypedWords:
    return TypedWords(
        any=visit.typed("any") or "",
        all=visit.typed("all") or "",
        none=visit.typed("none") or "",
        names=visit.typed("names") or "",
        excluded=visit.ticked("except"),
    )


def _words(visit: Visit, typed: TypedWords, *, status: int = 200, **beside: Any) -> Response:
    event = visit.office.event(visit.event())
    told: dict[str, Any] = {"theirs": None, "wrong": None, "event": event, "typed": typed} | beside
    return visit.page("words.html", status, **told, **_trial(visit, typed))


def _trial(visit: Visit, typed: TypedWords) -> dict[str, Any]:
    """What the words find, or why that cannot be told."""
    found, failed = None, None
    try:
        found = actions.event_words.try_typed(visit.office, visit.event(), typed)
    except Failure as failure:
        failed = said(failure, visit.language)
    forms = {form.form for term in found.trial.terms for form in term.forms} if found else set()
    return {
        "tried": found,
        "failed": failed,
        "understood": lambda term: actions.events.understood_in(term, visit.language),
        "names": {one.slug: one.name for one in visit.office.outlets().values()},
        "unseen": [form for form in typed.excluded if form not in forms],
        "shown": SHOWN,
        "looked_at": actions.event_words.LOOKED_AT,
        "most_forms": MOST_FORMS,
    }


PAGES: Final[tuple[Page, ...]] = (
    shown("/events/{slug}/words", words),
    done("/events/{slug}/words/try", tried),
    done("/events/{slug}/words", saved),
)
