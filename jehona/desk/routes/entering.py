"""In by a link, who one is, and out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from starlette.responses import Response

from jehona.desk.routes.page import Page
from jehona.desk.visit import Visit


def enter(visit: Visit) -> Response:
    """The one-time link: a session for its first visitor, a closed door for the next."""
    held = visit.house.access.enter(visit.asked("key") or "")
    if held is None:
        return visit.page("locked.html", HTTPStatus.FORBIDDEN, key="used_link")
    answer = visit.go("/")
    answer.set_cookie(
        visit.house.cookie, held, httponly=True, samesite="strict", path="/", secure=_secure(visit)
    )
    return answer


def who(visit: Visit) -> Response:
    """Asks who sits there; where there is no workspace yet, the first visit does."""
    assert visit.office
    return visit.page("who.html", name=visit.name or "")


def introduced(visit: Visit) -> Response:
    """Keeps who sits there."""
    assert visit.session
    visit.house.access.introduce(visit.session, visit.typed("name") or "")
    return visit.go("/")


def leave(visit: Visit) -> Response:
    """Ends the session: what the cookie held opens nothing any more."""
    assert visit.session
    visit.house.access.leave(visit.session)
    visit.session = None
    answer = visit.page("locked.html", key="left")
    answer.delete_cookie(visit.house.cookie, httponly=True, samesite="strict")
    return answer


def _secure(visit: Visit) -> bool:
    """Whether the browser came by the office's own TLS: then the cookie goes no other way."""
    url = visit.house.url or ""
    host = visit.request.headers.get("host", "").lower()
    return url.startswith("https://") and urlsplit(url).netloc == host


PAGES: Final[tuple[Page, ...]] = (
    Page(path="/enter", view=enter, open=True),
    Page(path="/who", view=who, nameless=True),
    Page(path="/who", view=introduced, method="POST", nameless=True),
    Page(path="/leave", view=leave, method="POST", nameless=True),
)
