"""What became of a post, in one sentence for the person who publishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crawler.models import Site
from reports.publishing.publish import Published
from reports.publishing.sync_policy import Action

WORDS: Final[Mapping[Action, str]] = {
    Action.CREATE: "made {post} on {site} ({status})",
    Action.UPDATE: "brought {post} on {site} up to date ({status}); nobody had touched it",
    Action.UNCHANGED: "{post} on {site} says all this already ({status}): nothing sent",
    Action.TOUCHED: "left {post} on {site} alone ({status}): somebody changed it since our last "
    "writing",
    Action.TRASHED: "left {post} on {site} in the bin: restore it there, or say --anew for a new "
    "one",
    Action.DELETED: "{post} was deleted on {site}: not made again; say --anew for a new one",
    Action.ELSEWHERE: "left {post} on {site} alone ({status}): another record made it for this "
    "event; say --anew for a second one",
}
WOULD: Final[Mapping[Action, str]] = {
    Action.CREATE: "would make {post} on {site} ({status})",
    Action.UPDATE: "would bring {post} on {site} up to date ({status}); nobody has touched it",
    Action.UNCHANGED: "{post} on {site} says all this already ({status}): nothing would be sent",
    Action.TOUCHED: "would leave {post} on {site} alone ({status}): somebody changed it since our "
    "last writing",
    Action.TRASHED: "would leave {post} on {site} in the bin: restore it there, or say --anew for "
    "a new one",
    Action.DELETED: "{post} was deleted on {site}: would not be made again; say --anew for a new "
    "one",
    Action.ELSEWHERE: "would leave {post} on {site} alone ({status}): another record made it for "
    "this event; say --anew for a second one",
}


def sentence(done: Published, site: Site, *, dry_run: bool) -> str:
    """One line: what was done, or would be."""
    post = f"post {done.post}" if done.post else "a post"
    words = (WOULD if dry_run else WORDS)[done.action]
    return words.format(post=post, site=site.name, status=done.status)
