"""An outlet's file changed by a form; the outlet retired, and brought back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from starlette.responses import Response

from crawler.failure import Failure
from crawler.models import OutletKind
from jehona import actions
from jehona.actions.editing import ChangedMeanwhile
from jehona.actions.outlet_form import TypedOutlet
from jehona.desk.house import Notice
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit
from reports.words import said

FIELDS: Final = tuple(asdict(TypedOutlet()))


def edit(visit: Visit) -> Response:
    """The form, filled from the outlet's file."""
    now = actions.outlet_form.standing(visit.office, visit.part("slug"))
    return _edit(visit, now.typed)


def saved(visit: Visit) -> Response:
    """Writes the file, unless it was changed meanwhile: then both are shown."""
    slug = visit.part("slug")
    typed = TypedOutlet(**{name: visit.typed(name) or "" for name in FIELDS})
    digest = visit.typed("digest") or ""
    try:
        actions.outlet_form.save(visit.office, slug, typed, digest)
    except ChangedMeanwhile as crossed:
        return _edit(visit, typed, 409, wrong=said(crossed, visit.language), crossed=True)
    except Failure as refused:
        wrong = said(refused, visit.language)
        return _edit(visit, typed, 400, digest=digest, wrong=wrong)
    return visit.go(f"/outlets/{slug}", Notice(text=visit.say("desk_settings_saved")))


def retired(visit: Visit) -> Response:
    """Takes an outlet out of every crawl, or back in."""
    slug, use = visit.part("slug"), bool(visit.typed("use"))
    digest = visit.typed("digest") or ""
    actions.outlet_form.retire(visit.office, slug, digest, use=use)
    text = visit.say("desk_is_used" if use else "desk_is_retired")
    return visit.go(f"/outlets/{slug}", Notice(text=text))


def _edit(visit: Visit, typed: TypedOutlet, status: int = 200, **beside: Any) -> Response:
    now = actions.outlet_form.standing(visit.office, visit.part("slug"))
    told: dict[str, Any] = {"wrong": None, "crossed": False, "digest": now.digest} | beside
    return visit.page(
        "edit_outlet.html",
        status,
        outlet=now.outlet,
        typed=asdict(typed),
        theirs=asdict(now.typed),
        kinds=[kind.value for kind in OutletKind],
        **told,
    )


PAGES: Final[tuple[Page, ...]] = (
    shown("/outlets/{slug}/edit", edit),
    done("/outlets/{slug}/edit", saved),
    done("/outlets/{slug}/retire", retired),
)
