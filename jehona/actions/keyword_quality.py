"""How good an event's keywords are, from what people decided: precision, and what they miss.

A share of few is nothing: both are told only from ENOUGH decisions on, and always with counts and
an interval (Wilson's at 95 %, which stays honest near 0 and 1: E. B. Wilson, 1927).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

from crawler.config import outlets_asked
from crawler.event_matches import related
from crawler.models import Article, Event, Match, Verdict
from crawler.record import Record, decisions, read
from crawler.record.kept_matches import BY_HAND
from jehona.actions.as_json import plain
from jehona.actions.estimates import interval
from jehona.actions.office import Office
from jehona.actions.review import Piece, Queue, latest_verdicts

ENOUGH: Final = 30
# decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share with its counts and where it truly lies, 19 times of 20."""

    of: int
    # decided: 40
    found: int
    # of these: 37
    low: float
    # 0..1
    high: float
    # 0..1

    @property
    def value(self) -> float:
        """The share itself."""
        return self.found / self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What decisions say of an event's keywords."""

    matched: int
    # pieces that the keywords find
    decided: int
    # of these
    accepted: int
    # of the decided ones
    precision: Share | None
    # of the decided ones accepted; None before ENOUGH
    unmatched: int
    # pieces of the window that they do not find
    sampled: int
    # of these looked at by a person, in the order of the sample
    about: int
    # of the sampled ones accepted
    missed: Share | None
    # of the sampled ones about the event; None before ENOUGH

    @property
    def missed_in_all(self) -> tuple[int, int] | None:
        """How many pieces the keywords miss in the whole window, from and to."""
        if self.missed is None:
            return None
        low = max(self.missed.found, round(self.missed.low * self.unmatched))
        return low, max(low, round(self.missed.high * self.unmatched))


def share(found: int, of: int) -> Share | None:
    """The share with Wilson's interval; None before ENOUGH were decided."""
    if of < ENOUGH:
        return None
    low, high = interval(found, of)
    return Share(of=of, found=found, low=low, high=high)


def sample(event: str, unmatched: Iterable[Article]) -> list[Article]:
    """The unmatched articles in an order by lot that stays the same on every day and machine."""
    return sorted(unmatched, key=lambda article: (_lot(event, article.key), article.key))


def _lot(event: str, key: str) -> bytes:
    return blake2b(f"{event}\x1f{key}".encode(), digest_size=8).digest()


def quality(
    verdicts: Mapping[str, Verdict], matched: Iterable[str], drawn: Sequence[str]
) -> Quality:
    """The quality from decisions.

    `verdicts` by article key, `matched` are the keys that the keywords find, `drawn` all others
    in the order of the sample: only its unbroken beginning counts, so that nobody's choice does.
    """
    found = list(matched)
    decided = [verdicts[key] for key in found if key in verdicts]
    looked = _beginning(verdicts, drawn)
    return Quality(
        matched=len(found),
        decided=len(decided),
        accepted=decided.count("accepted"),
        precision=share(decided.count("accepted"), len(decided)),
        unmatched=len(drawn),
        sampled=len(looked),
        about=looked.count("accepted"),
        missed=share(looked.count("accepted"), len(looked)),
    )


def _beginning(verdicts: Mapping[str, Verdict], drawn: Sequence[str]) -> list[Verdict]:
    looked = []
    for key in drawn:
        if key not in verdicts:
            break
        looked.append(verdicts[key])
    return looked


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuality:
    """How right an event's keywords are."""

    event: Event
    quality: Quality

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        missed = {"missed_in_all": self.quality.missed_in_all}
        return {"event": self.event.slug, **plain(self.quality), **missed}


def event_quality(office: Office, event: str) -> EventQuality:
    """What people's decisions say of an event's keywords. Raises RegistryError, RecordRefused."""
    what = office.event(event)
    with office.to_read() as record:
        found, others = _split(office, record, what)
        held = decisions.holding(record, what.slug)
    verdicts = {key: said.verdict for key, said in held.items() if said.verdict}
    told = quality(verdicts, found, [article.key for article in others])
    return EventQuality(event=what, quality=told)


def to_sample(office: Office, event: str, number: int) -> Queue:
    """The next pieces of the sample that nobody has looked at, for review. Raises as above."""
    what, outlets = office.event(event), office.outlets()
    with office.to_read() as record:
        last = latest_verdicts(record, what.slug)
        _, others = _split(office, record, what)
    waiting = [one for one in others if one.key not in last or last[one.key].value is None]
    pieces = tuple(
        Piece(
            article=one,
            match=Match(article=one.key, event=what.slug, score=0.0, because=(), rules="sample"),
            outlet_name=outlets[one.outlet].name,
            decision=last.get(one.key),
        )
        for one in waiting[:number]
    )
    return Queue(event=what, pieces=pieces, counts={}, total=len(waiting))


def _split(office: Office, record: Record, event: Event) -> tuple[list[str], list[Article]]:
    """Keys that the keywords find, and the window's other articles in the order of the sample."""
    outlets = [outlet.slug for outlet in outlets_asked(office.outlets(), event, [])]
    pairs = related(record, event, outlets)
    found = [a.key for a, match in pairs if match.because and match.rules != BY_HAND]
    others = read.articles(record, window=event.window, outlets=outlets)
    return found, sample(event.slug, (one for one in others if one.key not in set(found)))
