"""A draft on a site of ours: what stands there, what would change, and the making of it."""

from __future__ import annotations

from typing import Any, Final, Protocol, get_args

from starlette.responses import Response

from crawler.failure import Failure
from crawler.models import Language
from jehona import actions
from jehona.actions.publish import Publication
from jehona.actions.roundup import RoundupOptions
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit
from reports.words import said

LANGUAGES: Final = get_args(Language)
# Lines of a difference that are shown.
MOST: Final = 400


class Sending(Protocol):
    """How something is published, or would be."""

    def __call__(self, site: str, *, dry_run: bool, anew: bool) -> Publication:
        """Raises Failure."""


def answer(visit: Visit, send: Sending, *, dry_run: bool, **told: Any) -> Response:
    """What became of it, or would; a refusal stands on the page in its sentence."""
    site = visit.typed("site") or ""
    anew = visit.typed("anew") is not None
    try:
        made = send(site, dry_run=dry_run, anew=anew)
    except Failure as failure:
        told |= {"wrong": said(failure, visit.language), "site": site}
        return page(visit, 409 if failure.code == 1 else 400, **told)
    return page(visit, 200, made=made, site=site, **told)


def page(visit: Visit, status: int = 200, **told: Any) -> Response:
    """The page with the sites; `here` is where its forms go."""
    usual: dict[str, Any] = {"made": None, "wrong": None, "site": None, "languages": ()}
    sites = visit.office.workspace.sites
    locked = {site.name: sentence for site in sites if (sentence := _locked(visit, site.name))}
    usual |= {"sites": sites, "locked": locked, "most": MOST}
    return visit.page("publish.html", status, **{**usual, **told})


def _locked(visit: Visit, name: str) -> str | None:
    """Why nothing can go to a site; None where it can be tried."""
    try:
        actions.sites.password_of(actions.sites.site_named(visit.office.workspace, name))
    except Failure as failure:
        return said(failure, visit.language)
    return None


# --- the post of an event ----------------------------------------------------------------------


def publish(visit: Visit) -> Response:
    """The sites, and how the post stands."""
    return page(visit, **_of_event(visit))


def looked(visit: Visit) -> Response:
    """What would be done there; nothing is sent."""
    return answer(visit, _sender(visit), dry_run=True, **_of_event(visit))


def sent(visit: Visit) -> Response:
    """Makes the draft, or brings an untouched one up to date; never over somebody's work."""
    return answer(visit, _sender(visit), dry_run=False, **_of_event(visit))


def _sender(visit: Visit) -> Sending:
    slug, options = visit.event(), RoundupOptions(language=_language(visit))
    links = visit.typed("links") is not None

    def send(site: str, *, dry_run: bool, anew: bool) -> Publication:
        return actions.publish.publish(
            visit.office,
            slug,
            to=site,
            options=options,
            anew=anew,
            dry_run=dry_run,
            check_links=links,
        )

    return send


def _of_event(visit: Visit) -> dict[str, Any]:
    slug, language = visit.event(), _language(visit)
    event = visit.office.event(slug)
    told: dict[str, Any] = {"ready": None}
    try:
        composed = actions.roundup.compose(visit.office, slug, RoundupOptions(language=language))
        told["ready"] = actions.roundup.readiness_of(composed, visit.language)
    except Failure as failure:
        # told where it is sent, too
        told["wrong"] = said(failure, visit.language)
    return told | {
        "here": f"/events/{slug}/publish",
        "back": f"/events/{slug}/post?language={language}",
        "above": event.title,
        "about": visit.say("desk_post"),
        "asked": language,
        "languages": LANGUAGES,
    }


# --- an issue of the newsletter ----------------------------------------------------------------


def publish_issue(visit: Visit) -> Response:
    """The sites for an issue."""
    return page(visit, **_of_issue(visit))


def looked_issue(visit: Visit) -> Response:
    """What would be done there; nothing is sent."""
    return answer(visit, _issue_sender(visit), dry_run=True, **_of_issue(visit))


def sent_issue(visit: Visit) -> Response:
    """Makes the draft of an issue."""
    return answer(visit, _issue_sender(visit), dry_run=False, **_of_issue(visit))


def _issue_sender(visit: Visit) -> Sending:
    number = actions.newsletter_editing.number_named(visit.office, visit.part("number"))

    def send(site: str, *, dry_run: bool, anew: bool) -> Publication:
        place = actions.newsletter.place_of(visit.office, number)
        issue = actions.newsletter.issue_of(visit.office, number, place)
        return actions.newsletter_posts.publish(
            visit.office, issue, to=site, anew=anew, dry_run=dry_run
        )

    return send


def _of_issue(visit: Visit) -> dict[str, Any]:
    number = actions.newsletter_editing.number_named(visit.office, visit.part("number"))
    called = f"{visit.say('desk_issue')} {number}"
    return {
        "here": f"/newsletters/{number}/publish",
        "back": f"/newsletters/{number}",
        "above": visit.say("desk_place_newsletters"),
        "about": called,
        "asked": None,
        "ready": None,
    }


def _language(visit: Visit) -> Language:
    own = visit.office.workspace.language
    asked = visit.typed("language") or visit.asked("language")
    return next((code for code in LANGUAGES if code == asked), own)


PAGES: Final[tuple[Page, ...]] = (
    shown("/events/{slug}/publish", publish),
    done("/events/{slug}/publish/look", looked),
    done("/events/{slug}/publish", sent),
    shown("/newsletters/{number}/publish", publish_issue),
    done("/newsletters/{number}/publish/look", looked_issue),
    done("/newsletters/{number}/publish", sent_issue),
)
