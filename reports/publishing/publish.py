"""One post to one site: look first, then make it, change it, or leave it alone and say why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from crawler.models import Receipt
from reports.forms import Status
from reports.publishing.gutenberg import after_first, heading, image, marked, text
from reports.publishing.html_text import difference, links
from reports.publishing.post import Entry, Picture, Post, digest_of, new_marker
from reports.publishing.refusals import Refusal, Refused
from reports.publishing.rest import AGAIN, LONGEST_WAIT, Fields, Unanswered
from reports.publishing.sync_policy import LEFT, Action, Known, decide, raised
from reports.publishing.wordpress import Standing, Wordpress

TRIES = 3
# of one writing, with a look between two


class Book(Protocol):
    """The receipts of this event at this site."""

    def begin(
        self, *, marker: str, digest: str, words: str, pieces: Sequence[str], by: str, at: datetime
    ) -> None:
        """Keep what is about to be sent."""
        ...

    def finish(
        self, *, post: int, returned: str, modified: str, status: str, link: str | None
    ) -> None:
        """Keep what the site answered."""
        ...

    def latest(self) -> Receipt | None:
        """The latest, answered or not."""
        ...

    def answered(self) -> Receipt | None:
        """The latest that was answered."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a person wants it published."""

    by: str
    # who: "ana"
    at: datetime
    # aware
    status: Status | None = None
    # None: a draft where it is made, as it stands where it is changed
    anew: bool = False
    # make a new post whatever became of the last
    only_look: bool = False
    # say what would happen, send nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What became of the post."""

    action: Action
    # what was done, or would be
    status: str | None
    # of the post as it stands, or as it would
    post: int | None
    # the site's id
    link: str | None
    # where it can be seen
    marker: str | None
    # class in its first block
    blocks: str
    # what was sent, or would be
    more: tuple[Entry, ...] = ()
    # pieces that are not in the post that stands
    since: datetime | None = None
    # aware; when we wrote it last
    difference: tuple[str, ...] = ()
    # lines, from what stands there to what we would write
    notes: tuple[str, ...] = ()
    # what a person should know, a sentence each

    @property
    def left(self) -> bool:
        """Whether the post was left alone and a person has to act."""
        return self.action in LEFT


@dataclass(slots=True, kw_only=True)
class Publishing:
    """The way of one post."""

    post: Post
    # what is said
    site: Wordpress
    # where
    book: Book
    # what was sent before
    wish: Wish
    # how
    sleep: Callable[[float], None]
    # how to wait
    notes: list[str] = field(default_factory=list)
    # what a person should know

    def go(self) -> Published:
        """Publish. Raises Refused (one line) where the site does not do it, RecordRefused."""
        self._want_leave()
        found = self._known()
        known = found.settled()
        if found.arrived and not self.wish.only_look and known.standing:
            self.notes.append("the answer to the last try was lost; its post stands there")
            self._finish(known.standing)
        action = Action.CREATE if self.wish.anew else decide(self.post, known, self.wish.status)
        if action in LEFT or action is Action.UNCHANGED:
            return self._left(action, known)
        marker = self._marker(known, action)
        if self.wish.only_look:
            return self._would(action, known, marker)
        return self._write(action, known, marker)

    def _want_leave(self) -> None:
        """What the site says that we may not is not tried. Raises Refused."""
        user = self.site.user
        if user.may_not("edit_posts"):
            raise self.site.rest.refused(Refusal.MAY_NOT_WRITE, _named(user.roles))
        if self.wish.status is Status.PUBLISH and user.may_not("publish_posts"):
            raise self.site.rest.refused(Refusal.MAY_NOT_PUBLISH, _named(user.roles))

    def _known(self) -> Known:
        """What the record and the site say. Raises Refused."""
        last, answered = self.book.latest(), self.book.answered()
        if last is None:
            return Known(last=None, answered=None, standing=self.site.of_event(self.post.event))
        if answered and answered.marker != last.marker:
            answered = None
        standing = None
        if answered and answered.post is not None:
            standing = self.site.holding(answered.post)
        return Known(
            last=last, answered=answered, standing=standing or self.site.with_marker(last.marker)
        )

    def _marker(self, known: Known, action: Action) -> str:
        if known.last is None or self.wish.anew:
            return new_marker(self.post.event)
        return known.last.marker

    # --- writing -----------------------------------------------------------------------

    def _write(self, action: Action, known: Known, marker: str) -> Published:
        """Send it, and keep the receipt before and after."""
        blocks = self._blocks(marker, self._chart(marker))
        self.book.begin(
            marker=marker,
            digest=self.post.digest,
            words=self.post.words,
            pieces=self.post.pieces,
            by=self.wish.by,
            at=self.wish.at,
        )
        standing = self._sent(action, known, marker, self._fields(blocks, action, known))
        self._finish(standing)
        return self._done(action, standing, marker, blocks)

    def _fields(self, blocks: str, action: Action, known: Known) -> dict[str, Any]:
        fields: dict[str, Any] = {"title": text(self.post.title), "content": blocks}
        if self.post.excerpt:
            fields["excerpt"] = text(self.post.excerpt)
        if self.post.slug and action is Action.CREATE:
            fields["slug"] = self.post.slug
        status = self._status(action, known)
        return {**fields, "status": status.value} if status else fields

    def _status(self, action: Action, known: Known) -> Status | None:
        """The status to send; None leaves it as it stands."""
        if action is Action.CREATE or known.standing is None:
            return self.wish.status or Status.DRAFT
        return raised(known.standing, self.wish.status)

    def _sent(self, action: Action, known: Known, marker: str, fields: Fields) -> Standing:
        """The post as it stands then. Between two tries the site is asked whether it arrived."""
        for turn in range(TRIES):
            try:
                if action is Action.UPDATE and known.standing:
                    return self.site.update(known.standing.post, fields)
                return self.site.create(fields)
            except Unanswered as unsure:
                arrived = self._arrived(unsure, action, known, marker)
                if arrived:
                    return arrived
                if turn + 1 == TRIES or not _passes(unsure):
                    raise
        raise AssertionError("unreachable")

    def _arrived(
        self, unsure: Unanswered, action: Action, known: Known, marker: str
    ) -> Standing | None:
        """What stands on the site though no answer came."""
        if unsure.wait > LONGEST_WAIT:
            raise unsure
        self.sleep(unsure.wait)
        if action is Action.UPDATE and known.standing:
            found = self.site.holding(known.standing.post)
        else:
            found = self.site.with_marker(marker)
        if found is None or found.words != self.post.words:
            return None
        self.notes.append("the answer was lost on the way; the post stands there, once")
        return found

    def _finish(self, standing: Standing) -> None:
        self.book.finish(
            post=standing.post,
            returned=standing.returned,
            modified=standing.modified,
            status=standing.status,
            link=standing.link,
        )

    # --- the chart -----------------------------------------------------------------------

    def _chart(self, marker: str) -> str | None:
        """The chart's block; None where there is none or the site does not take it."""
        picture = self.post.picture
        if picture is None:
            return None
        if self.site.user.may_not("upload_files"):
            self._without_chart(f"this user may not upload ({_named(self.site.user.roles)})")
            return None
        try:
            number, address = self._uploaded(picture, marker)
        except Refused as refused:
            self._without_chart(str(refused))
            return None
        return image(number, address, picture.alt)

    def _uploaded(self, picture: Picture, marker: str) -> tuple[int, str]:
        """Id and address of the chart, sent only where it is not there yet."""
        slug = f"{marker}-{digest_of([picture.png.hex()])[:8]}"
        there = self.site.picture(slug)
        if there:
            return there
        try:
            return self.site.upload(slug, picture)
        except Unanswered as unsure:
            self.sleep(min(unsure.wait, LONGEST_WAIT))
            there = self.site.picture(slug)
            if there is None:
                raise
            return there

    def _without_chart(self, reason: str) -> None:
        self.notes.append(f"without the chart: {reason}")

    def _blocks(self, marker: str, chart: str | None) -> str:
        blocks = marked(self.post.blocks, marker)
        return after_first(blocks, chart) if chart else blocks

    # --- what became of it ------------------------------------------------------------------

    def _would(self, action: Action, known: Known, marker: str) -> Published:
        status = self._status(action, known)
        standing = known.standing
        if self.post.picture and self.site.user.may_not("upload_files"):
            self._without_chart(f"this user may not upload ({_named(self.site.user.roles)})")
        return Published(
            action=action,
            status=status.value if status else standing.status if standing else None,
            post=standing.post if standing and action is Action.UPDATE else None,
            link=standing.link if standing and action is Action.UPDATE else None,
            marker=marker,
            blocks=self._blocks(marker, None),
            difference=self._difference(standing) if action is Action.UPDATE else (),
            notes=tuple(self.notes),
        )

    def _done(self, action: Action, standing: Standing, marker: str, blocks: str) -> Published:
        return Published(
            action=action,
            status=standing.status,
            post=standing.post,
            link=standing.link,
            marker=marker,
            blocks=blocks,
            notes=tuple(self.notes),
        )

    def _left(self, action: Action, known: Known) -> Published:
        standing, last = known.standing, known.answered or known.last
        quiet = action is Action.UNCHANGED
        return Published(
            action=action,
            status=standing.status if standing else None,
            post=standing.post if standing else last.post if last else None,
            link=standing.link if standing else last.link if last else None,
            marker=last.marker if last else None,
            blocks=marked(self.post.blocks, last.marker) if last else self.post.blocks,
            more=() if quiet or standing is None else self._more(last, standing),
            since=last.at if last else None,
            difference=() if quiet else self._difference(standing),
            notes=tuple(self.notes),
        )

    def _more(self, last: Receipt | None, standing: Standing) -> tuple[Entry, ...]:
        """The pieces that neither our last writing nor the post as it stands has."""
        had = frozenset(last.pieces if last else ())
        there = links(standing.content)
        new = (entry for entry in self.post.entries if entry.article not in had)
        return tuple(entry for entry in new if entry.url not in there)

    def _difference(self, standing: Standing | None) -> tuple[str, ...]:
        """From title and text of what stands there to what we would write."""
        if standing is None:
            return ()
        theirs = heading(standing.title) + standing.content
        return difference(theirs, heading(text(self.post.title)) + self.post.blocks)


def _named(roles: Sequence[str]) -> str:
    return f"role {', '.join(roles)}" if roles else "its role does not allow it"


def _passes(unsure: Unanswered) -> bool:
    """Whether another try may do: busy, or an answer of a proxy."""
    return unsure.refusal is Refusal.BUSY or unsure.detail.startswith(tuple(map(str, AGAIN)))
