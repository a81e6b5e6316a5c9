"""Our words in their pieces as a report and its summary tell them."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.models import Event, Language
from jehona.actions.office import Office
from jehona.actions.pickup import Pickup, PiecePickup, pickup
from reports.own_words import MessageFound, OwnText, OwnWords, Taking


def own_words(office: Office, event: str, language: Language) -> OwnWords | None:
    """What the counted pieces took over; None where the event names nothing of ours.

    Raises RegistryError, RecordRefused; Wrong for a text of ours that cannot be read.
    """
    what = office.event(event)
    return told_of(pickup(office, what.slug), language) if names_something(what) else None


def names_something(event: Event) -> bool:
    """Whether the event's file names a release, statements or messages."""
    return bool(event.release.files or event.release.statements or event.messages)


def told_of(found: Pickup, language: Language) -> OwnWords:
    """A pick-up as readers of `language` are told it."""
    quoted = [(words, len(keys)) for words, keys in found.quoted if keys]
    return OwnWords(
        texts=tuple(_texts(found)),
        taking=tuple(_taking(piece) for piece in found.taking),
        messages=tuple(
            MessageFound(
                name=one.message.told_in(language),
                pieces=len(one.found),
                outlets=len(one.outlets),
                ticked=len(one.ticked),
            )
            for one in found.messages
        ),
        quoted=tuple(sorted(quoted, key=lambda pair: -pair[1])),
    )


def _texts(found: Pickup) -> Iterator[OwnText]:
    for release in found.releases:
        lines = (line.raw for line in release.text.sentences)
        yield OwnText(
            file=release.file,
            held=sum(piece.release is release for piece in found.pieces),
            sentences=tuple(zip(lines, found.warmth(release), strict=True)),
        )


def _taking(piece: PiecePickup) -> Taking:
    return Taking(
        article=piece.article.key,
        outlet=piece.article.outlet,
        file=piece.release.file if piece.release else "",
        sentences=tuple(copy.sentence for copy in piece.found.copies),
        share_of_release=piece.found.share_of_release,
        share_of_piece=piece.found.share_of_piece,
        lag_minutes=piece.lag_minutes,
        copied_from=piece.first.key if piece.first else None,
    )
