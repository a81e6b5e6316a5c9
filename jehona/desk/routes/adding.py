"""An outlet brought aboard: its address pasted, what it offers shown, its file written."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.responses import Response

from crawler.failure import Failure
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.actions.site_look import SiteLook
from jehona.desk.house import Notice
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit
from reports.words import said

AT: Final = "/outlets/add"


def add_outlet(visit: Visit) -> Response:
    """A field for its address; what the last look found, until it is saved."""
    return _page(visit)


def looked(visit: Visit) -> Response:
    """Looks at the site of a pasted address; nothing is written."""
    assert visit.session
    url = visit.typed("url") or ""
    try:
        if not url:
            raise Wrong(visit.say("desk_paste_an_address"))
        found = actions.site_look.look(visit.office, url, told=_steps(visit))
    except Failure as failure:
        visit.house.looks.pop(visit.session.digest, None)
        return _page(visit, failure.code, url=url, wrong=said(failure, visit.language))
    visit.house.looks[visit.session.digest] = found
    return visit.go(AT)


def steps(visit: Visit) -> Response:
    """What the look under way has asked so far, for a page that follows it."""
    return visit.page("site_steps.html", steps=actions.site_look.steps(_steps(visit)))


def _steps(visit: Visit) -> Path:
    assert visit.session
    return actions.site_look.steps_file(visit.office, visit.session.digest)


def added(visit: Visit) -> Response:
    """Writes the file of the site that was shown, of no other."""
    assert visit.session
    found = visit.house.looks.get(visit.session.digest)
    if found is None or found.slug != visit.typed("slug"):
        return _page(visit, Wrong.code, wrong=visit.say("desk_look_first"))
    try:
        file = actions.site_look.add(visit.office, found)
    except Failure as failure:
        return _page(visit, failure.code, wrong=said(failure, visit.language))
    visit.house.looks.pop(visit.session.digest, None)
    notice = Notice(text=visit.say("desk_file_written", path=f"outlets/{file.name}"))
    return visit.go(f"/outlets/{found.slug}", notice)


def _page(visit: Visit, code: int = 0, *, url: str = "", wrong: str | None = None) -> Response:
    assert visit.session
    look: SiteLook | None = visit.house.looks.get(visit.session.digest)
    # wrong use, or a site that did not answer
    status = {0: 200, Wrong.code: 400}.get(code, 409)
    return visit.page("add_outlet.html", status, look=look, url=url, wrong=wrong)


PAGES: Final[tuple[Page, ...]] = (
    shown(AT, add_outlet),
    shown("/outlets/add/steps", steps),
    done("/outlets/add/look", looked),
    done(AT, added),
)
