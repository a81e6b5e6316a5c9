"""The read pages as programs have them: what each page says as JSON, where its view has none.

A page whose view answers programs itself (`visit.answer`, `reads=True`) stands not here. Pages
that are a form, a frame or the desk's own (who, settings) have no document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from crawler.models import Language
from jehona import actions
from jehona.actions.errors import Unknown
from jehona.actions.roundup import RoundupOptions
from jehona.desk.visit import Visit
from reports.forms import Edition, Part, ReportForm

LONGEST_NUMBER: Final = 6


def report(visit: Visit) -> Any:
    """`report --json`: the full edition, or with `?edition=readers` the other."""
    slug, language = visit.event(), _language(visit)
    asked = visit.asked("edition")
    edition = next((each for each in Edition if each == asked), None)
    made = actions.report.report_of(visit.office, slug, language=language)
    papers = actions.report.written(
        visit.office, made, [ReportForm.JSON], language=language, edition=edition
    )
    return json.loads(papers[ReportForm.JSON].body)


def words(visit: Visit) -> Any:
    """The keywords as the event's file has them."""
    event = visit.office.event(visit.event())
    wanted = event.keywords
    told = {"any": wanted.any, "all": wanted.all, "not": wanted.none, "names": wanted.names}
    return {"event": event.slug, "keywords": told}


def titles(visit: Visit) -> Any:
    """Headlines in another language, each with its translation."""
    slug, language = visit.event(), _language(visit)
    found = actions.translations.foreign(visit.office, slug, language)
    return {
        "event": slug,
        "language": language,
        "titles": [
            {
                "article": one.article,
                "url": one.link,
                "outlet": one.outlet or None,
                "headline": one.shown,
                "language": one.language,
                "translation": one.translation,
                "translation_by": one.translation_by,
            }
            for one in found.every
        ],
    }


def post(visit: Visit) -> Any:
    """`roundup --json`."""
    options = RoundupOptions(language=_language(visit))
    return actions.roundup.compose(visit.office, visit.event(), options).as_json()


def publish(visit: Visit) -> Any:
    """The sites on which a draft can be made; addresses alone."""
    sites = visit.office.workspace.sites
    return {
        "event": visit.event(),
        "sites": [{"name": site.name, "url": site.url} for site in sites],
    }


def compare(visit: Visit) -> Any:
    """`compare --json` of `?event=a&event=b`; without any how each event stands."""
    asked = visit.request.query_params.getlist("event")
    if asked:
        return actions.compare.compare(visit.office, asked, language=_language(visit)).as_json()
    return {"events": [line.as_json() for line in actions.today.today(visit.office).events]}


def sent(visit: Visit) -> Any:
    """What went out, the newest first; how many had it, and no address of anybody."""
    return {
        "sent": [
            {
                "kind": one.kind,
                "at": one.at,
                "title": one.title,
                "link": one.link,
                "status": one.status,
                "recipients": len(one.recipients),
                "failed": len(one.failed),
            }
            for one in actions.sent.sent(visit.office)
        ]
    }


def evidence(visit: Visit) -> Any:
    """How the seal stands; archive and clippings hold texts of others, and go to nobody's token."""
    slug = visit.event()
    return {"event": slug, **actions.as_json.plain(actions.evidence.sealed(visit.office, slug))}


def newsletters(visit: Visit) -> Any:
    """The numbers of the issues that have a file."""
    return {"issues": _issues(visit)}


def issue(visit: Visit) -> Any:
    """One issue as its text goes out."""
    told = visit.part("number")
    if not told.isdecimal() or len(told) > LONGEST_NUMBER or int(told) not in _issues(visit):
        raise Unknown("{told:.20}: no issue of this number has a file", told=told)
    number = int(told)
    place = actions.newsletter.place_of(visit.office, number)
    made = actions.newsletter.issue_of(visit.office, number, place)
    text = actions.newsletter.body(visit.office, made, Part.TEXT)
    return {"number": number, "file": place.name, "text": text}


def _issues(visit: Visit) -> list[int]:
    folder = actions.newsletter.place_of(visit.office, 1).parent
    files = (file.stem for file in folder.glob("*.toml")) if folder.is_dir() else ()
    return sorted((int(name) for name in files if name.isdecimal()), reverse=True)


def _language(visit: Visit) -> Language:
    asked, own = visit.asked("language"), visit.office.workspace.language
    return next((code for code in get_args(Language) if code == asked), own)


# By the path of the page.
DOCUMENTS: Final[Mapping[str, Callable[[Visit], Any]]] = {
    "/compare": compare,
    "/sent": sent,
    "/newsletters": newsletters,
    "/newsletters/{number}": issue,
    "/events/{slug}/report": report,
    "/events/{slug}/words": words,
    "/events/{slug}/titles": titles,
    "/events/{slug}/post": post,
    "/events/{slug}/publish": publish,
    "/events/{slug}/evidence": evidence,
}
