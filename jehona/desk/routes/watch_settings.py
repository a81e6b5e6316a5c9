"""Watching as it is set, and today's digest as it would be written now."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from starlette.responses import Response

from crawler.failure import Failure
from jehona import actions
from jehona.actions.editing import ChangedMeanwhile
from jehona.actions.watch_settings import WatchFields
from jehona.desk.house import Notice
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit
from reports.words import said

AT: Final = "/settings/watch"
NAMES: Final = tuple(field.name for field in fields(WatchFields))


def watch(visit: Visit) -> Response:
    """The form and the preview."""
    return _page(visit)


def saved(visit: Visit) -> Response:
    """Writes [watch]; what was typed stays where it is refused."""
    typed = WatchFields(**{name: visit.typed(name) or "" for name in NAMES})
    try:
        actions.watch_settings.save(visit.office, visit.typed("digest_of_file") or "", typed)
    except ChangedMeanwhile as crossed:
        return _page(visit, 409, typed=typed, wrong=said(crossed, visit.language))
    except Failure as refused:
        return _page(visit, 400, typed=typed, wrong=said(refused, visit.language))
    return visit.go(AT, Notice(text=visit.say("desk_settings_saved")))


def _page(visit: Visit, status: int = 200, **beside: Any) -> Response:
    now = actions.watch_settings.standing(visit.office)
    told = {"typed": now.fields, "wrong": None} | beside
    return visit.page("settings_watch.html", status, now=now, **told)


PAGES: Final[tuple[Page, ...]] = (shown(AT, watch), done(AT, saved))
