"""What may be done with what stands on the site (pure): what a person touched is left alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from crawler.models import Receipt
from reports.forms import Status
from reports.publishing.post import Post
from reports.publishing.wordpress import Standing

BIN = "trash"
LADDER = tuple(Status)
# a post is only ever raised: a published one is not taken back by a draft


class Action(StrEnum):
    """What becomes of the post."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    TOUCHED = "touched"
    TRASHED = "trashed"
    DELETED = "deleted"
    ELSEWHERE = "elsewhere"


LEFT = frozenset({Action.TOUCHED, Action.TRASHED, Action.DELETED, Action.ELSEWHERE})
# left alone: a person has to act


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the record and the site say about the post before anything is done."""

    last: Receipt | None
    # what we sent last, answered or not; None: nothing yet
    answered: Receipt | None
    # what the site answered last, of the same marker
    standing: Standing | None
    # what stands there; None: nothing

    @property
    def arrived(self) -> bool:
        """Whether what we sent last stands there though its answer was lost."""
        last, standing = self.last, self.standing
        if last is None or standing is None or last.post is not None:
            return False
        return standing.raw and standing.words == last.words

    @property
    def untouched(self) -> bool:
        """Whether the post is as the site gave it back after our last answered writing."""
        if self.answered is None or self.standing is None:
            return False
        kept = (self.answered.modified, self.answered.returned, self.answered.status)
        standing = self.standing
        return standing.raw and kept == (standing.modified, standing.returned, standing.status)

    def settled(self) -> Known:
        """The same, with a lost answer made up for by what stands there."""
        if not self.arrived or self.last is None or self.standing is None:
            return self
        answered = replace(
            self.last,
            post=self.standing.post,
            returned=self.standing.returned,
            modified=self.standing.modified,
            status=self.standing.status,
            link=self.standing.link,
        )
        return replace(self, last=answered, answered=answered)


def decide(post: Post, known: Known, asked: Status | None) -> Action:
    """What becomes of `post`. `known` is settled; `asked` is the status that a person named."""
    standing = known.standing
    if standing is None:
        return Action.DELETED if known.answered else Action.CREATE
    if standing.status == BIN:
        return Action.TRASHED
    if known.last is None:
        return Action.ELSEWHERE
    if not known.untouched:
        return Action.TOUCHED
    answered = known.answered
    same = answered is not None and answered.digest == post.digest
    return Action.UNCHANGED if same and raised(standing, asked) is None else Action.UPDATE


def raised(standing: Standing, asked: Status | None) -> Status | None:
    """The status to send with an update: only upwards, only where a person named one."""
    if asked is None or standing.status not in set(LADDER):
        return None
    higher = LADDER.index(asked) > LADDER.index(Status(standing.status))
    return asked if higher else None
