"""What became of a post, for the person at the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crawler.models import Site
from reports.publishing.post import Post
from reports.publishing.publish import Published
from reports.publishing.sync_policy import Action

if TYPE_CHECKING:
    from rich.console import Console

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
COLOURS: Final = {"+": "green", "-": "red", "@": "cyan"}
# of a difference's lines, by how they begin


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTold:
    """A link that does not simply lead to its piece."""

    article: str
    # key: "a_7f3k2"
    url: str
    # as it would be linked
    headline: str
    # as readers see it
    outlet: str
    # as readers know it
    state: str
    # dead, redirected, retitled, unclear
    note: str | None
    # why
    archive: str | None
    # the archived copy that is linked instead


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything that is told of one publishing."""

    site: Site
    # where
    post: Post
    # what
    done: Published
    # what became of it
    links: tuple[LinkTold, ...] = ()
    # those that do not simply lead to their piece
    paste: str | None = None
    # the block to paste into a post that was left alone
    file: Path | None = None
    # where it was written to
    dry_run: bool = False
    # nothing was sent

    @property
    def sentence(self) -> str:
        """One line: what was done, or would be."""
        post = f"post {self.done.post}" if self.done.post else "a post"
        told = (WOULD if self.dry_run else WORDS)[self.done.action]
        return told.format(post=post, site=self.site.name, status=self.done.status)

    @property
    def edit(self) -> str | None:
        """Where an editor works on it."""
        if self.done.post is None or self.done.action is Action.DELETED:
            return None
        return f"{self.site.url.rstrip('/')}/wp-admin/post.php?post={self.done.post}&action=edit"


def show(told: Told, out: Console) -> None:
    """Everything a person should know, the sentence first."""
    out.print(told.sentence, markup=False)
    edit = (f"edit: {told.edit}",) if told.edit else ()
    for line in (*edit, *told.done.notes, *map(_link_line, told.links)):
        out.print(line, markup=False)
    for line in told.done.difference:
        out.print(line, markup=False, style=COLOURS.get(line[:1]))
    if told.paste:
        where = f", also in {told.file}" if told.file else ""
        out.print(f"to paste{where}:", markup=False)
        out.print(told.paste, markup=False)
    if told.dry_run and not told.done.left:
        out.print(told.done.blocks, markup=False)


def _link_line(link: LinkTold) -> str:
    instead = f"; links {link.archive} instead" if link.archive else ""
    note = f": {link.note}" if link.note else ""
    return f"{link.state} link: {link.outlet}: {link.headline} <{link.url}>{note}{instead}"


def document(told: Told) -> dict[str, Any]:
    """The same as JSON; no password is in it, there is none to put in."""
    done = told.done
    return {
        "event": told.post.event,
        "site": told.site.name,
        "dry_run": told.dry_run,
        "action": done.action.value,
        "status": done.status,
        "post": done.post,
        "link": done.link,
        "edit": told.edit,
        "marker": done.marker,
        "title": told.post.title,
        "pieces": list(told.post.pieces),
        "more": [asdict(entry) for entry in done.more],
        "since": done.since,
        "difference": list(done.difference),
        "update": told.paste,
        "update_file": str(told.file) if told.file else None,
        "links": [asdict(link) for link in told.links],
        "notes": list(done.notes),
        "blocks": done.blocks,
    }
