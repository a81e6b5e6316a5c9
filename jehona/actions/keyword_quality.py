"""How good an event's keywords are, from what people decided: precision, and what they miss (pure).

A share of few is nothing: both are told only from ENOUGH decisions on, and always with counts and
an interval (Wilson's at 95 %, which stays honest near 0 and 1: E. B. Wilson, 1927).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import sqrt
from typing import Final

from crawler.models import Article, Verdict

ENOUGH: Final = 30
# decisions
_Z: Final = 1.959964
# of the normal distribution, 95 %


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
    p, z2 = found / of, _Z * _Z
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    reach = _Z / (1 + z2 / of) * sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    return Share(of=of, found=found, low=max(0.0, middle - reach), high=min(1.0, middle + reach))


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
