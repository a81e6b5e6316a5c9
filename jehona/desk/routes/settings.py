"""Who one is, what the workspace says, and out."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from crawler import __version__
from jehona.desk.routes.page import Page, shown
from jehona.desk.visit import Visit


def settings(visit: Visit) -> Response:
    """What jehona.toml says, without a secret: it holds none."""
    return visit.page(
        "settings.html",
        workspace=visit.office.workspace,
        tokens=visit.house.access.keys.tokens(),
        version=__version__,
    )


PAGES: Final[tuple[Page, ...]] = (shown("/settings", settings),)
