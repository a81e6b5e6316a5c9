"""What went out, when and to whom, and what did not."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from jehona import actions
from jehona.desk.routes.page import Page, shown
from jehona.desk.visit import Visit

# Recipients that a row names; the others are counted.
NAMED: Final = 12


def sent(visit: Visit) -> Response:
    """Notices, issues and posts, the newest first; what failed before all."""
    found = actions.sent.sent(visit.office)
    titles = {slug: one.title for slug, one in visit.office.events().items()}
    return visit.page(
        "sent.html",
        sendings=found,
        failed=[(one, whom) for one in found for whom in one.failed],
        titles=titles,
        named=NAMED,
        whole=len(found) < actions.sent.MOST,
    )


PAGES: Final[tuple[Page, ...]] = (shown("/sent", sent),)
