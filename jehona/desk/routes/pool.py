"""Machines: who collects together, what was put aside, what waits to be taken."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from crawler.failure import Failure
from jehona import actions
from jehona.desk.house import Notice
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit

# Outlets that a worker's row names.
NAMED: Final = 4


def pool(visit: Visit) -> Response:
    """How the pool stands; of a workspace without one, how several machines collect."""
    if visit.office.workspace.pool is None:
        return visit.page("pool.html", standing=None, failed=None, named=NAMED)
    try:
        standing = actions.pool.status(visit.office)
    except Failure as why:
        return visit.page("pool.html", standing=None, failed=why, named=NAMED)
    if visit.wants_json:
        return visit.json(standing)
    return visit.page("pool.html", standing=standing, failed=None, named=NAMED)


def release(visit: Visit) -> Response:
    """Asks an outlet again that was put aside."""
    outlet = visit.typed("outlet") or ""
    actions.pool.release(visit.office, outlet)
    return visit.go("/pool", Notice(text=visit.say("desk_pool_released", outlet=outlet)))


PAGES: Final[tuple[Page, ...]] = (shown("/pool", pool), done("/pool/release", release))
