"""Our words in their pieces: the release by its warmth, pieces beside it, messages with ticks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from crawler.failure import Failure
from jehona import actions
from jehona.actions.pickup import MessagePickup, Pickup, PiecePickup
from jehona.desk.house import Notice
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit
from reports.words import said

# Rows beside a release, and below a message.
MOST: Final = 200
LONGEST_NUMBER: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A piece beside the release."""

    piece: PiecePickup
    # its own sentence in which the one that is looked at stands; "" where all are
    words: str = ""
    # 0..100, of that sentence
    likeness: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A piece below a message."""

    piece: PiecePickup
    # in which the words of the message stand; "" where only a person found it
    sentence: str
    ticked: bool


def pickup(visit: Visit) -> Response:
    """The page; with `?release=0&sentence=2` the pieces that took that sentence over."""
    slug = visit.event()
    event = visit.office.event(slug)
    try:
        found = actions.pickup.pickup(visit.office, slug)
    except Failure as failure:
        if visit.wants_json:
            raise
        failed = said(failure, visit.language)
        return visit.page("pickup.html", event=event, failed=failed, found=None)
    if visit.wants_json:
        return visit.json(found.as_json())
    chosen = _chosen(visit, found)
    beside = list(_of_sentence(found, *chosen) if chosen else map(_whole, found.taking))
    return visit.page(
        "pickup.html",
        event=event,
        failed=None,
        found=found,
        own=actions.own_words.told_of(found, visit.language),
        names={one.slug: one.name for one in visit.office.outlets().values()},
        chosen=chosen,
        beside=beside[:MOST],
        more=max(0, len(beside) - MOST),
        messages=[(one, _carriers(found, one)[:MOST]) for one in found.messages],
        quoted=[(words, _of(found, keys)) for words, keys in found.quoted if keys],
        not_quoted=[words for words, keys in found.quoted if not keys],
    )


def ticked(visit: Visit) -> Response:
    """Keeps that somebody finds a message in a piece, or takes it back."""
    slug, piece = visit.event(), visit.typed("piece") or ""
    message, on = visit.typed("message") or "", visit.typed("on") is not None
    news = actions.pickup.tick(visit.office, slug, piece, message, ticked=on)
    told = visit.say("desk_ticked" if on else "desk_unticked", message=message)
    undo: dict[str, str] = {"piece": piece, "message": message, **({} if on else {"on": "1"})}
    at = f"/events/{slug}/pickup"
    notice = Notice(text=told, undo=f"{at}/tick", fields=undo) if news else None
    return visit.go(at, notice)


def _chosen(visit: Visit, found: Pickup) -> tuple[int, int] | None:
    """Which release and sentence is looked at; None for a number that is none of them."""
    asked = [visit.asked(name) or "" for name in ("release", "sentence")]
    if not all(one.isdecimal() and len(one) <= LONGEST_NUMBER for one in asked):
        return None
    release, sentence = map(int, asked)
    there = release < len(found.releases) and sentence < len(found.releases[release].text.sentences)
    return (release, sentence) if there else None


def _whole(piece: PiecePickup) -> Beside:
    return Beside(piece=piece)


def _of_sentence(found: Pickup, release: int, sentence: int) -> Iterator[Beside]:
    """The pieces that took one sentence over, each with its own words."""
    for piece in found.taking:
        for copy in piece.found.copies if piece.release is found.releases[release] else ():
            if copy.sentence == sentence:
                yield Beside(piece=piece, words=piece.words_of(copy), likeness=copy.likeness)


def _carriers(found: Pickup, message: MessagePickup) -> Sequence[Carrier]:
    """Where a message was found or ticked, in the order of the pieces."""
    lines: Mapping[str, str] = {article.key: line.raw for article, line in message.found}
    ticks = frozenset(message.ticked)
    return [
        Carrier(
            piece=piece,
            sentence=lines.get(piece.article.key, ""),
            ticked=piece.article.key in ticks,
        )
        for piece in found.pieces
        if piece.article.key in lines or piece.article.key in ticks
    ]


def _of(found: Pickup, keys: Iterable[str]) -> list[PiecePickup]:
    wanted = frozenset(keys)
    return [piece for piece in found.pieces if piece.article.key in wanted]


PAGES: Final[tuple[Page, ...]] = (
    shown("/events/{slug}/pickup", pickup, reads=True),
    done("/events/{slug}/pickup/tick", ticked),
)
