"""One post to one site: look first, then make it, change it, or leave it alone and say why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from crawler.models import Receipt
from reports.formats.plain import plain
from reports.forms import Status
from reports.publishing.gutenberg import after_first, heading, marked, text
from reports.publishing.html_text import difference, links, readable
from reports.publishing.insets import Inset, Placed, filled
from reports.publishing.post import Entry, Post, digest_of, new_marker, words_of
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
        once = self._set_once() if action is Action.CREATE else {}
        blocks = self._blocks(marker)
        if action is Action.CREATE:
            once |= self._featured()
        fields = {**self._fields(blocks, action, known), **once}
        self.book.begin(
            marker=marker,
            digest=self.post.digest,
            words=words_of(fields["title"], blocks),
            pieces=self.post.pieces,
            by=self.wish.by,
            at=self.wish.at,
        )
        standing = self._sent(action, known, marker, fields)
        self._finish(standing)
        return self._done(action, standing, marker, blocks)

    def _fields(self, blocks: str, action: Action, known: Known) -> dict[str, Any]:
        fields: dict[str, Any] = {"title": text(self.post.title), "content": blocks}
        if self.post.excerpt:
            fields["excerpt"] = text(self.post.excerpt)
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
                words = words_of(fields["title"], fields["content"])
                arrived = self._arrived(unsure, action, known, marker, words)
                if arrived:
                    return arrived
                if turn + 1 == TRIES or not _passes(unsure):
                    raise
        raise AssertionError("unreachable")

    def _arrived(
        self, unsure: Unanswered, action: Action, known: Known, marker: str, words: str
    ) -> Standing | None:
        """What stands on the site though no answer came."""
        if unsure.wait > LONGEST_WAIT:
            raise unsure
        self.sleep(unsure.wait)
        if action is Action.UPDATE and known.standing:
            found = self.site.holding(known.standing.post)
        else:
            found = self.site.with_marker(marker)
        if found is None or found.words != words:
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

    # --- pictures and videos ---------------------------------------------------------------

    def _placed(self, insets: Sequence[Inset]) -> list[Placed | None]:
        """Where each lies on the site; None, and said, for what the site does not take."""
        return [self._file(inset, inset.slug, inset.name) for inset in insets]

    def _chart(self, marker: str) -> str | None:
        """The block of a chart without a place of its own; None where it does not go along."""
        picture = self.post.picture
        if picture is None:
            return None
        inset = Inset(name="chart", body=picture.png, media_type="image/png", alt=picture.alt)
        slug = f"{marker}-{digest_of([picture.png.hex()])[:8]}"
        placed = self._file(inset, slug, "the chart")
        return inset.block(placed) if placed else None

    def _file(self, inset: Inset, slug: str, called: str) -> Placed | None:
        if self.site.user.may_not("upload_files"):
            self._without(called, f"this user may not upload ({_named(self.site.user.roles)})")
            return None
        try:
            return self._uploaded(inset, slug)
        except Refused as refused:
            self._without(called, str(refused))
            return None

    def _uploaded(self, inset: Inset, slug: str) -> Placed:
        """Where a file lies, sent only where it is not there yet."""
        there = self.site.file(slug)
        if there:
            return there
        try:
            return self.site.upload(slug, inset)
        except Unanswered as unsure:
            self.sleep(min(unsure.wait, LONGEST_WAIT))
            there = self.site.file(slug)
            if there is None:
                raise
            return there

    def _without(self, called: str, reason: str) -> None:
        note = f"without {called}: {reason}"
        if note not in self.notes:
            self.notes.append(note)

    def _blocks(self, marker: str) -> str:
        """What is sent, its files on the site."""
        post = self.post
        blocks = marked(filled(post.blocks, post.insets, self._placed(post.insets)), marker)
        chart = self._chart(marker)
        return after_first(blocks, chart) if chart else blocks

    def _set_once(self) -> dict[str, Any]:
        """What a post gets where it is made, and an editor's hand changes from then on."""
        post = self.post
        fields: dict[str, Any] = {}
        if post.slug:
            fields["slug"] = post.slug
        if post.categories:
            fields["categories"] = self.site.terms("categories", post.categories)
        if post.tags:
            fields["tags"] = self.site.terms("tags", post.tags)
        return fields

    def _featured(self) -> dict[str, Any]:
        placed = self._placed([self.post.featured]) if self.post.featured else [None]
        return {"featured_media": placed[0].number} if placed[0] else {}

    # --- what became of it ------------------------------------------------------------------

    def _would(self, action: Action, known: Known, marker: str) -> Published:
        status = self._status(action, known)
        standing = known.standing
        if action is Action.CREATE:
            self._set_once()
        files = [inset.name for inset in self.post.insets]
        files += ["the chart"] if self.post.picture else []
        if files and self.site.user.may_not("upload_files"):
            why = f"this user may not upload ({_named(self.site.user.roles)})"
            self._without(", ".join(files), why)
        return Published(
            action=action,
            status=status.value if status else standing.status if standing else None,
            post=standing.post if standing and action is Action.UPDATE else None,
            link=standing.link if standing and action is Action.UPDATE else None,
            marker=marker,
            blocks=marked(self.post.readable, marker),
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
            blocks=marked(self.post.readable, last.marker) if last else self.post.readable,
            more=() if quiet or standing is None else self._more(last, standing),
            since=last.at if last else None,
            difference=() if quiet else self._difference(standing),
            notes=tuple(self.notes),
        )

    def _more(self, last: Receipt | None, standing: Standing) -> tuple[Entry, ...]:
        """The pieces that neither our last writing nor the post as it stands has."""
        had = frozenset(last.pieces if last else ())
        there = links(standing.content)
        read = " ".join(readable(standing.content))
        new = (entry for entry in self.post.entries if entry.article not in had)
        return tuple(
            entry
            for entry in new
            # a headline without a link is looked for by its words
            if (entry.url not in there if entry.url else plain(entry.headline) not in read)
        )

    def _difference(self, standing: Standing | None) -> tuple[str, ...]:
        """From title and text of what stands there to what we would write."""
        if standing is None:
            return ()
        theirs = heading(standing.title) + standing.content
        return difference(theirs, heading(text(self.post.title)) + self.post.readable)


def _named(roles: Sequence[str]) -> str:
    return f"role {', '.join(roles)}" if roles else "its role does not allow it"


def _passes(unsure: Unanswered) -> bool:
    """Whether another try may do: busy, or an answer of a proxy."""
    return unsure.refusal is Refusal.BUSY or unsure.detail.startswith(tuple(map(str, AGAIN)))
