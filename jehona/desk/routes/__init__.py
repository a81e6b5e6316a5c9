"""Every page of the desk: a module a family, each with its `PAGES`."""

from __future__ import annotations

from typing import Final

from jehona.desk.routes import (
    clips,
    entering,
    events,
    outlets,
    review,
    runs,
    search,
    settings,
    today,
    welcome,
)
from jehona.desk.routes.page import Page

__all__ = ["PAGES", "Page"]

PAGES: Final[tuple[Page, ...]] = (
    *entering.PAGES,
    *welcome.PAGES,
    *today.PAGES,
    *events.PAGES,
    *review.PAGES,
    *outlets.PAGES,
    *runs.PAGES,
    *clips.PAGES,
    *search.PAGES,
    *settings.PAGES,
)
