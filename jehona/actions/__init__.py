"""Each thing a person can do, once: plain functions that know no terminal and no page.

    from jehona import actions

    actions.checks.by_hand(office, event="festa", outlet="gazeta", found=2, note="faqja e parë")

A module is loaded when one of its functions is asked for, so that a view may name them all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jehona.actions import (
        as_json,
        audit,
        checks,
        clip_corrections,
        clip_list,
        clips,
        compare,
        crawl,
        crawl_process,
        decisions,
        desk_access,
        desk_shortcut,
        errors,
        event_clips,
        event_words,
        events,
        explore,
        feeds,
        followed,
        kept_pages,
        keyword_quality,
        keyword_trial,
        links,
        list_drafts,
        matches,
        new_event,
        newsletter,
        newsletter_posts,
        office,
        outlet_health,
        outlets,
        pages,
        papers,
        pasted_link,
        pickup,
        post_forms,
        postman,
        publish,
        report,
        reread,
        review,
        roundup,
        run_following,
        runs,
        search,
        side_by_side,
        site_look,
        sites,
        stories,
        summary,
        today,
        track_record,
        translations,
        upkeep,
        watch,
        workspace,
    )

__all__ = [
    "as_json",
    "audit",
    "checks",
    "clip_corrections",
    "clip_list",
    "clips",
    "compare",
    "crawl",
    "crawl_process",
    "decisions",
    "desk_access",
    "desk_shortcut",
    "errors",
    "event_clips",
    "event_words",
    "events",
    "explore",
    "feeds",
    "followed",
    "kept_pages",
    "keyword_quality",
    "keyword_trial",
    "links",
    "list_drafts",
    "matches",
    "new_event",
    "newsletter",
    "newsletter_posts",
    "office",
    "outlet_health",
    "outlets",
    "pages",
    "papers",
    "pasted_link",
    "pickup",
    "post_forms",
    "postman",
    "publish",
    "report",
    "reread",
    "review",
    "roundup",
    "run_following",
    "runs",
    "search",
    "side_by_side",
    "site_look",
    "sites",
    "stories",
    "summary",
    "today",
    "track_record",
    "translations",
    "upkeep",
    "watch",
    "workspace",
]


def __getattr__(name: str) -> Any:
    """The module `name` of this folder (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
