"""What the press took over of what the office said, as a report holds it (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil
from statistics import fmean
from typing import Any, Final

WARMEST: Final = 4
# steps of warmth beyond none


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFound:
    """One of the office's messages."""

    # as readers of the page's language know it
    name: str
    # pieces in which its words stand, and outlets of these
    pieces: int
    outlets: int
    # pieces in which a person ticked it
    ticked: int

    def as_json(self) -> dict[str, Any]:
        """The message of docs/json.md."""
        return {
            "name": self.name,
            "pieces": self.pieces,
            "outlets": self.outlets,
            "ticked": self.ticked,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """One of our own texts, as warm as it was printed."""

    # as the event's file names it
    file: str
    # pieces that were held against it
    held: int
    # each sentence in its order, with how many pieces took it over
    sentences: tuple[tuple[str, int], ...]

    @property
    def heats(self) -> tuple[int, ...]:
        """Of each sentence, from 0 (by nobody) to WARMEST (by most)."""
        most = max((n for _, n in self.sentences), default=0)
        return tuple(ceil(WARMEST * n / most) if n else 0 for _, n in self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A piece that took something over."""

    # the article's key
    article: str
    # the outlet's slug, "" where it is not named
    outlet: str
    # as the event's file names the text that it was held against
    file: str
    # which of its sentences, from 0
    sentences: tuple[int, ...]
    # of the text's words, and of the piece's: 0..1
    share_of_release: float
    share_of_piece: float
    # minutes behind the first piece that carries the same text; None: its own text, or undated
    lag_minutes: int | None
    # key of that first piece, where it is another
    copied_from: str | None

    def as_json(self) -> dict[str, Any]:
        """The piece of docs/json.md."""
        return {
            "article": self.article,
            "release": self.file,
            "sentences": self.sentences,
            "share_of_release": self.share_of_release,
            "share_of_piece": self.share_of_piece,
            "lag_minutes": self.lag_minutes,
            "copied_from": self.copied_from,
        }


@dataclass(frozen=True, kw_only=True)
class OwnWords:
    """What the press took over of what the office said. No slots: figures are worked out once."""

    texts: tuple[OwnText, ...]
    # pieces that took something over, the first to publish first
    taking: tuple[Taking, ...]
    messages: tuple[MessageFound, ...]
    # statements with how many pieces quote them, the most first; those that none quotes are not
    quoted: tuple[tuple[str, int], ...]

    @property
    def pieces(self) -> int:
        """Pieces that took a sentence over."""
        return len(self.taking)

    @cached_property
    def outlets(self) -> int:
        """Outlets of these; one that is not named is none."""
        return len({piece.outlet for piece in self.taking if piece.outlet})

    @cached_property
    def share(self) -> float:
        """Of the release, on average over these pieces: 0..1."""
        shares = [piece.share_of_release for piece in self.taking]
        return round(fmean(shares), 3) if shares else 0.0

    @cached_property
    def sentences(self) -> tuple[tuple[str, int], ...]:
        """Every sentence of every text, the most taken over first."""
        every = (pair for text in self.texts for pair in text.sentences)
        return tuple(sorted(every, key=lambda pair: -pair[1]))

    def as_json(self) -> dict[str, Any]:
        """The part of a report's document: docs/json.md."""
        return {
            "outlets": self.outlets,
            "pieces": self.pieces,
            "share_of_release": self.share,
            "releases": [
                {
                    "file": text.file,
                    "held": text.held,
                    "sentences": [{"sentence": words, "pieces": n} for words, n in text.sentences],
                }
                for text in self.texts
            ],
            "taken_by": [piece.as_json() for piece in self.taking],
            "messages": [message.as_json() for message in self.messages],
            "quoted": [{"statement": words, "pieces": n} for words, n in self.quoted],
        }
