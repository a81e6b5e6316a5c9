"""What one piece took over of a text of ours: which sentences, and how much of both. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from crawler.models import Article
from crawler.pickup.copying import Copy, Text, copies
from crawler.pickup.sentences import Sentence, sentence, sentences_of

SHORT: Final = 8
SLIGHT: Final = 4
# words, and words that tell something: a sentence so short without a fact is anybody's
# ("Hyrja është e lirë për të gjithë") unless one of more weight stands beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The words of a piece as they are looked at."""

    headline: tuple[Sentence, ...]
    # the lead, unless the text begins with it, and the text
    body: tuple[Sentence, ...]

    @classmethod
    def of(cls, headline: str, lead: str, text: str) -> Piece:
        """Of what a page or a listing says."""
        body = sentences_of(text)
        opening = {line.raw for line in body}
        told = [line for line in sentences_of(lead) if line.raw not in opening]
        return cls(headline=sentences_of(headline), body=(*told, *body))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a piece took over."""

    copies: tuple[Copy, ...]
    # of the release's words, those that stand in the piece
    share_of_release: float
    # of the words of the piece's lead and text (headline alone: of these), those of the release
    share_of_piece: float


def piece_of(article: Article) -> Piece:
    """An article as it is looked at."""
    return Piece.of(article.headline or "", article.lead or "", article.text or "")


def release_of(sentences: Sequence[str]) -> Text:
    """A text of ours whose sentences are told apart already."""
    return Text(sentences=tuple(map(sentence, sentences)))


def taken(release: Text, piece: Piece, stock: Collection[int] = ()) -> Taken:
    """Which sentences of the release the piece took over, but for those of `stock`: what its
    outlet prints anyway.

    Where more of its sentences are like ours with other facts than with ours, it took another
    year's text or another's, and the few that both share prove nothing.
    """
    found = tuple(copies(release, (piece.headline, piece.body)))
    found = tuple(copy for copy in found if copy.sentence not in stock)
    clean = [copy for copy in found if not copy.clash]
    if len(found) - len(clean) > len(clean):
        return Taken(copies=(), share_of_release=0.0, share_of_piece=0.0)
    own = any(_is_own(release.sentences[copy.sentence]) for copy in clean)
    kept = tuple(clean if own else ())
    return Taken(
        copies=kept,
        share_of_release=_share(sum(len(copy.words) for copy in kept), release.sentences),
        share_of_piece=_share_of_piece(kept, piece),
    )


def _is_own(line: Sentence) -> bool:
    """Whether a sentence is so long or so definite that it is nobody else's."""
    return len(line.words) > SHORT or len(line.telling) > SLIGHT or bool(line.placed)


def _share(words: int, sentences: Sequence[Sentence]) -> float:
    total = sum(len(line.words) for line in sentences)
    return round(min(1.0, words / total), 3) if total else 0.0


def _share_of_piece(kept: Sequence[Copy], piece: Piece) -> float:
    """Each word of the piece counts once, however many of ours have it."""
    lines = (*piece.headline, *piece.body)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.words))
    counted = {starts[copy.at] + place for copy in kept for place in copy.words}
    if not piece.body:
        return _share(len(counted), lines)
    heading = starts[len(piece.headline)]
    return _share(sum(place >= heading for place in counted), piece.body)
