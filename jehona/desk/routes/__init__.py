"""Every page of the desk: a module a family, each with its `PAGES`."""

from __future__ import annotations

from typing import Final

from jehona.desk.routes import (
    adding,
    brand,
    clips,
    comparing,
    corrections,
    entering,
    event_form,
    events,
    evidence,
    feeds,
    making,
    newsletters,
    outlet_form,
    outlets,
    own_words,
    pool,
    post,
    publishing,
    report,
    review,
    runs,
    search,
    sent,
    settings,
    stories,
    summary,
    teaching,
    titles,
    today,
    watch_settings,
    welcome,
)
from jehona.desk.routes.page import Page

__all__ = ["PAGES", "Page"]

PAGES: Final[tuple[Page, ...]] = (
    *entering.PAGES,
    *brand.PAGES,
    *welcome.PAGES,
    *today.PAGES,
    # before what any slug fits: "new" and "add" are none
    *adding.PAGES,
    *teaching.PAGES,
    *event_form.PAGES,
    *making.PAGES,
    *events.PAGES,
    *feeds.PAGES,
    *corrections.PAGES,
    *comparing.PAGES,
    *evidence.PAGES,
    *report.PAGES,
    *own_words.PAGES,
    *summary.PAGES,
    *post.PAGES,
    *newsletters.PAGES,
    *publishing.PAGES,
    *review.PAGES,
    *outlet_form.PAGES,
    *outlets.PAGES,
    *pool.PAGES,
    *runs.PAGES,
    *sent.PAGES,
    *clips.PAGES,
    *search.PAGES,
    *stories.PAGES,
    *titles.PAGES,
    *settings.PAGES,
    *watch_settings.PAGES,
)
