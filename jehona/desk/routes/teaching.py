"""Two headlines of a site's front page pointed at, where the proposed list is another one."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import HTMLResponse, Response

from crawler.failure import Failure
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.actions.site_look import SiteLook
from jehona.desk.house import Notice
from jehona.desk.rendering import render
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit
from reports.words import said

AT: Final = "/outlets/add/teach"
# Of the kept page: nothing runs, nothing is fetched; a link leads to our own page with its number.
# It must be of our origin, for else the browser would not say who sits there.
FRAME: Final = (
    "sandbox allow-same-origin allow-top-navigation-by-user-activation; default-src 'none'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
POINTED: Final = 2


def teach(visit: Visit) -> Response:
    """The page in a frame and as a list; what was pointed at is ticked."""
    return _page(visit)


def taught(visit: Visit) -> Response:
    """The list in which both stand takes the place of what was proposed; nothing is written."""
    assert visit.session
    try:
        found = actions.site_teaching.teach(visit.office, _look(visit), _numbers(visit))
    except Failure as failure:
        return _page(visit, 400, wrong=said(failure, visit.language))
    visit.house.looks[visit.session.digest] = found
    return visit.go("/outlets/add", Notice(text=visit.say("desk_taught")))


def front(visit: Visit) -> Response:
    """The kept page in a sandbox, where headlines lead back to us."""
    page = actions.site_teaching.front_page(visit.office, _look(visit))
    picked = "".join(f"pick={number}&" for number in _picked(visit)[: POINTED - 1])
    text = actions.site_teaching.shown(page, f"{AT}?{picked}pick=")
    answer = HTMLResponse(render(visit, "site_front.html", shown=text))
    answer.headers["content-security-policy"] = FRAME
    return answer


def _page(visit: Visit, status: int = 200, wrong: str | None = None) -> Response:
    look = _look(visit)
    page = actions.site_teaching.front_page(visit.office, look)
    known = {one.number for one in page.headlines}
    ticked = _numbers(visit) or [number for number in _picked(visit) if number in known]
    told: dict[str, Any] = {"look": look, "page": page, "ticked": ticked, "wrong": wrong}
    return visit.page("teach_outlet.html", status, **told)


def _look(visit: Visit) -> SiteLook:
    assert visit.session
    found = visit.house.looks.get(visit.session.digest)
    if found is None:
        raise Wrong(visit.say("desk_look_first"))
    return found


def _picked(visit: Visit) -> list[int]:
    return _whole(visit.request.query_params.getlist("pick"))[:POINTED]


def _numbers(visit: Visit) -> list[int]:
    return _whole(visit.ticked("headline"))


def _whole(texts: Any) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and len(text) < 6]  # noqa: PLR2004


PAGES: Final[tuple[Page, ...]] = (
    shown(AT, teach),
    done(AT, taught),
    shown("/outlets/add/front", front),
)
