"""The review queue of an event: what waits for a person, and what they say to each piece.

The walk itself knows no terminal: it is given keys and prints lines through a `Voice`, so that it
can be walked by a test as by a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from crawler.models import Article, Decision, Match, Verdict
from crawler.record import Record, decisions

Pair = tuple[Article, Match]


class Key(StrEnum):
    """What one key means in the queue."""

    ACCEPT = "a"
    REJECT = "r"
    NOTE = "n"
    OPEN = "o"
    WHY = "w"
    UNDO = "u"
    SKIP = "s"
    QUIT = "q"


class Voice(Protocol):
    """How the walk speaks with a person."""

    def show(self, pair: Pair, at: int, of: int) -> None:
        """Print one piece, the `at`th of `of`."""

    def key(self) -> Key:
        """What the person wants; asks again until it is one of the keys."""

    def why(self, pair: Pair) -> None:
        """Print every reason of the match."""

    def note(self) -> str | None:
        """Words for the next decision; None for none."""

    def open(self, url: str) -> None:
        """Show the piece where the person can read it."""

    def say(self, line: str) -> None:
        """One line."""


@dataclass(slots=True)
class Reviewed:
    """What a walk brought."""

    accepted: int = 0
    # pieces
    rejected: int = 0
    # pieces
    left: int = 0
    # pieces that still wait


@dataclass(slots=True)
class Walk:
    """One walk through the queue of an event; every decision is kept at once."""

    record: Record
    # where decisions go
    event: str
    # slug
    by: str
    # who decides
    clock: Callable[[], datetime]
    # aware
    voice: Voice
    # the person
    made: list[tuple[int, Decision]] = field(default_factory=list)
    # place in the queue and decision, the latest last: what undo takes back

    def through(self, queue: Sequence[Pair]) -> Reviewed:
        """Walk until the queue or the person ends."""
        at = 0
        note: str | None = None
        while at < len(queue):
            pair = queue[at]
            self.voice.show(pair, at + 1, len(queue))
            key = self._asked(pair)
            if key is Key.QUIT:
                break
            if key is Key.NOTE:
                note = self.voice.note()
                continue
            at = self._step(key, pair, at, note)
            note = None
        return self._reviewed(queue)

    def _asked(self, pair: Pair) -> Key:
        """The next key that moves on; looking closer does not."""
        while True:
            key = self.voice.key()
            if key is Key.WHY:
                self.voice.why(pair)
            elif key is Key.OPEN:
                self.voice.open(pair[0].url)
            else:
                return key

    def _step(self, key: Key, pair: Pair, at: int, note: str | None) -> int:
        """Where the walk goes on."""
        if key is Key.UNDO:
            return self._undo(at)
        if key is not Key.SKIP:
            verdict: Verdict = "accepted" if key is Key.ACCEPT else "rejected"
            made = decide(
                self.record,
                self.event,
                pair[0].key,
                verdict,
                by=self.by,
                at=self.clock(),
                note=note,
            )
            self.made.append((at, made))
        return at + 1

    def _undo(self, at: int) -> int:
        if not self.made:
            self.voice.say("there is nothing to undo in this walk")
            return at
        before, made = self.made.pop()
        decisions.undo(
            self.record,
            kind="match",
            article=made.article,
            event=self.event,
            by=self.by,
            at=self.clock(),
        )
        return before

    def _reviewed(self, queue: Sequence[Pair]) -> Reviewed:
        verdicts = [made.value for _, made in self.made]
        return Reviewed(
            accepted=verdicts.count("accepted"),
            rejected=verdicts.count("rejected"),
            left=len(queue) - len(verdicts),
        )


def decide(
    record: Record,
    event: str,
    article: str,
    verdict: Verdict,
    *,
    by: str,
    at: datetime,
    note: str | None = None,
) -> Decision:
    """Keeps a verdict upon a match. Raises `decisions.UnknownArticle`, RecordRefused."""
    made = decisions.fresh("match", article, event=event, value=verdict, by=by, at=at, note=note)
    return decisions.decide(record, made)


def queue_of(pairs: Sequence[Pair]) -> list[Pair]:
    """What nobody has decided on: the likeliest first, doubtful ones at the end."""
    waiting = [pair for pair in pairs if pair[1].decision is None]
    return sorted(waiting, key=_likeliest)


def _likeliest(pair: Pair) -> tuple[bool, float, float, str]:
    article, match = pair
    when = article.published.timestamp() if article.published else 0.0
    return match.doubt is not None, -match.score, when, article.key
