"""The office's own colour, as a style sheet over ours."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from jehona import actions
from jehona.desk.rendering import FOR_GOOD
from jehona.desk.routes.page import Page
from jehona.desk.visit import Visit

# Words on the colour are the paper's, with which it was made to contrast.
LOOK: Final = (
    ":root{{--accent:{0.accent};--on:{0.paper};--soft:{0.soft};--band:{0.band}}}\n"
    "@media (prefers-color-scheme:dark){{:root{{--accent:{1.accent};--on:{1.paper};"
    "--soft:{1.soft};--band:{1.band}}}}}\n"
)


def brand(visit: Visit) -> Response:
    """Colours alone, for light pages and dark ones; empty where the office has none."""
    found = actions.workspace.palettes_of(visit.office)
    text = LOOK.format(*found) if found else ""
    headers = {}
    if visit.colour and visit.request.url.query == visit.colour[1:]:
        headers["cache-control"] = FOR_GOOD
    return Response(text, media_type="text/css", headers=headers)


PAGES: Final[tuple[Page, ...]] = (Page(path="/brand.css", view=brand, nameless=True),)
