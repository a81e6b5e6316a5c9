"""The rows of the list: every piece once, its text beside it, ready for the template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from crawler.models import Language
from reports.formats.html.links import address, code, short
from reports.formats.plain import plain
from reports.models import Piece, Report, Text
from reports.sentences import headline, lag, moment, translator
from reports.words import say, tongue

# A quoted reason longer than this is cut.
REASON: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a piece was published, as the list shows, filters and sorts it."""

    words: str
    # "16 maj, 14:20"
    iso: str
    # for <time datetime>, in the event's zone
    minutes: int
    # since 1970
    day: str
    # local: "2026-05-16"


# Undated pieces stand after all others.
UNDATED: Final = Moment(words="", iso="", minutes=9_999_999_999, day="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One piece as the list shows it; words are plain text in the reader's language."""

    anchor: str
    # "p12"
    outlet_at: int
    # place in the list of outlets, for the filter
    first: bool
    # whether nobody carried its text before
    at: Moment
    # when it was published
    outlet: str
    # its name
    owner: str | None
    # the house behind it
    tier: str | None
    # the office's own: "niveli 2"
    headline: str
    # as printed, or as a person corrected it
    href: str | None
    # the piece, None where its address is none of the web
    lang: str | None
    # of the headline
    spoken: str
    # the language's name
    copies: str | None
    # of a first: "8 kopje"
    within: str | None
    # of a first: "brenda 2 ditë"
    lag: str | None
    # of a copy: "+2 h 10 min"
    after: str | None
    # of a copy: "pas Agjencia e Lajmeve", where it stands apart from its first
    accepted: bool
    # by a person
    translation: str | None
    # of the headline, in the reader's language
    translated: str | None
    # by whom
    machine: bool
    # whether a machine did it
    marks: tuple[str, ...]
    # gone, changed, corrected, added by hand
    ours: tuple[str, ...]
    # a person's own words: tone, place
    byline: str | None
    # who signed
    archive: str | None
    # address of an archived copy
    why: tuple[str, ...]
    # why it was found, where a person has not looked yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One text: the row of the first and the rows of its copies."""

    rows: tuple[Row, ...]
    # the first, then its copies
    undated: bool
    # whether the first has no date


def blocks(report: Report, language: Language) -> tuple[Block, ...]:
    """Every piece of the report in its text, texts by first publication, undated ones last."""
    scribe = _Scribe(report, language)
    return tuple(scribe.block(text) for text in texts_of(report))


def texts_of(report: Report) -> tuple[Text, ...]:
    """The report's texts, in order, with every piece in one of them."""
    held = {piece.article for text in report.texts for piece in text.pieces}
    alone = (
        Text(key=piece.article, pieces=(piece,))
        for piece in report.pieces
        if piece.article not in held
    )
    return tuple(sorted((*report.texts, *alone), key=_begin))


def _begin(text: Text) -> tuple[bool, float]:
    when = text.first.published
    return (True, 0.0) if when is None else (False, when.timestamp())


def outlets_of(report: Report) -> Mapping[str, tuple[int, str]]:
    """Slug -> place and name of the outlets that published something, by name."""
    found = {piece.outlet: short(piece.outlet_name) for piece in report.pieces}
    ranked = sorted(found.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
    return {slug: (at, name) for at, (slug, name) in enumerate(ranked)}


class _Scribe:
    """Writes rows of one report in one language, and numbers them."""

    def __init__(self, report: Report, language: Language) -> None:
        self._report, self._language = report, language
        self._zone = ZoneInfo(report.event.zone)
        self._outlets = outlets_of(report)
        self._written = 0

    def block(self, text: Text) -> Block:
        rows = tuple(self.row(piece, text) for piece in text.pieces)
        return Block(rows=rows, undated=text.first.published is None)

    def row(self, piece: Piece, text: Text) -> Row:
        self._written += 1
        first, copies, leader = piece is text.first, len(text.copies), short(text.first.outlet_name)
        return Row(
            anchor=f"p{self._written}",
            outlet_at=self._outlets[piece.outlet][0],
            first=first,
            at=self._moment(piece),
            outlet=self._outlets[piece.outlet][1],
            owner=short(piece.owner) if piece.owner else None,
            tier=say("tier", self._language, n=piece.tier) if piece.tier is not None else None,
            headline=headline(piece, self._language),
            href=address(piece.url),
            lang=code(piece.language),
            spoken=short(tongue(piece.language, self._language)) if piece.language else "–",
            copies=say("text_copies", self._language, n=copies) if first and copies else None,
            within=self._within(text) if first else None,
            lag=None if first else self._lag(piece),
            after=None if first else say("text_after", self._language, name=leader),
            accepted=piece.decision == "accepted",
            translation=short(piece.translation) if piece.translation else None,
            translated=translator(piece, self._language) if piece.translation else None,
            machine=piece.by_machine,
            marks=tuple(self._marks(piece)),
            ours=tuple(self._ours(piece)),
            byline=short(", ".join(piece.byline)) or None,
            archive=address(piece.archive),
            why=() if piece.decision else tuple(reasons(piece, self._language)),
        )

    def _moment(self, piece: Piece) -> Moment:
        if piece.published is None:
            return UNDATED
        local = piece.published.astimezone(self._zone)
        return Moment(
            words=moment(piece.published, self._report.event, self._language, piece.precision),
            iso=local.isoformat(timespec="minutes"),
            minutes=int(local.timestamp() // 60),
            day=local.date().isoformat(),
        )

    def _within(self, text: Text) -> str | None:
        lags = [piece.lag_minutes for piece in text.copies if piece.lag_minutes is not None]
        if not lags:
            return None
        return say("text_within", self._language, lag=lag(max(lags), self._language))

    def _lag(self, piece: Piece) -> str | None:
        if piece.lag_minutes is None:
            return None
        return f"+{lag(piece.lag_minutes, self._language)}"

    def _marks(self, piece: Piece) -> Iterator[str]:
        if piece.gone_since:
            yield say("gone", self._language)
        if piece.changes:
            yield say("headline_changed", self._language, n=len(piece.changes))
        if piece.corrected and piece.headline:
            yield say("corrected", self._language, headline=short(piece.headline))
        if piece.by_hand:
            yield say("added_by_hand", self._language)

    def _ours(self, piece: Piece) -> Iterator[str]:
        if piece.tone:
            yield say("tone", self._language, words=short(piece.tone))
        if piece.pin is not None:
            yield say("pin", self._language, n=piece.pin)


def reasons(piece: Piece, language: Language) -> Iterator[str]:
    """Why the keywords found a piece, for whoever decides on it."""
    for why in piece.because:
        where = say(f"at_{why.place}" if why.place else f"in_{why.field}", language)
        yield f"{short(why.form)} {where}: “{plain(why.snippet, REASON)}”"
    for signal in piece.signals:
        sign, kind = "+" if signal.worth > 0 else "−", say(f"signal_{signal.kind}", language)
        yield f"{sign} {kind}: “{plain(signal.words, REASON)}”"
