"""The lines of a document: every piece once, copies under the first that carried their text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from crawler.models import Language
from reports.document.blocks import BEHIND, UNDATED, Day, Line, Mark, Moment, Pieces
from reports.excerpts import excerpt_of
from reports.formats.plain import LONGEST, plain, web_address
from reports.forms import Edition
from reports.models import Piece, Report, Text
from reports.pictures import Image
from reports.sentences import headline, lag, moment, translator, years_apart
from reports.words import day, say, tongue

# A quoted reason longer than this is cut, and so is a lead.
REASON: Final = 200
LEAD: Final = 400
_CODE: Final = re.compile(r"[a-z]{2,3}")


def short(text: str) -> str:
    """A name or a headline on one line, without invisible signs, cut where it is none."""
    return plain(text, LONGEST)


def code(language: str | None) -> str | None:
    """A language for attributes of markup, None where it is no code."""
    return language if language and _CODE.fullmatch(language) else None


def texts_of(report: Report) -> tuple[Text, ...]:
    """The report's texts, earliest first, undated ones last, with every piece in one of them."""
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


class Scribe:
    """Writes the lines of one report for one edition, and numbers them."""

    def __init__(
        self, report: Report, language: Language, edition: Edition, pictures: Mapping[str, Image]
    ) -> None:
        self._report, self._language, self._pictures = report, language, pictures
        self._full = edition is Edition.FULL
        self._zone = ZoneInfo(report.event.zone)
        self._outlets = outlets_of(report)
        self._main = report.main_language
        self._years = years_apart(report)
        self._written = 0

    def pieces(self) -> Pieces:
        """All of them, by day, with what a page may filter by."""
        report, language = self._report, self._language
        texts = [(self._day(text.first), self.thread(text)) for text in texts_of(report)]
        codes = sorted({piece.language for piece in report.pieces if piece.language})
        dates = [when for when, _ in report.by_day()]
        return Pieces(
            days=tuple(
                Day(words=words, lines=tuple(line for _, line in lines))
                for words, lines in groupby(texts, key=lambda pair: pair[0])
            ),
            total=len(report.pieces),
            outlets=tuple(self._outlets.values()),
            languages=tuple((short(one), short(tongue(one, language))) for one in codes),
            dates=tuple((when.isoformat(), self._date(when)) for when in dates),
            owned=any(self._owned(piece) for piece in report.pieces),
        )

    def thread(self, text: Text) -> Line:
        """A first with its copies."""
        first = self.line(text.first, text)
        copies = tuple(self.line(piece, text, first) for piece in text.copies)
        return replace(first, copies=copies) if copies else first

    def line(self, piece: Piece, text: Text, above: Line | None = None) -> Line:
        """One piece; of a copy `above` is the line of the first."""
        self._written += 1
        place, name = self._outlets.get(piece.outlet, (-1, short(piece.outlet_name)))
        shown, lead = headline(piece, self._language), self._lead(piece)
        marks = tuple(self._marks(piece))
        return Line(
            anchor=f"p{self._written}",
            outlet_at=place,
            outlet=name,
            owner=short(piece.owner) if piece.owner else None,
            tier=self._tier(piece),
            headline=shown,
            address=web_address(piece.url),
            language=code(piece.language),
            spoken=short(tongue(piece.language, self._language)) if piece.language else "–",
            foreign=piece.language not in (None, self._main),
            at=self._moment(piece),
            lead=None if above and lead == above.lead else lead,
            told=self._told(piece, marks, above),
            marks=marks,
            first=above is None,
            lag=_lag(piece, self._language) if above else None,
            after=above.outlet if above else None,
            within=None if above else self._within(text),
            same=above is not None and shown == above.headline,
            accepted=piece.decision == "accepted" if self._full else None,
            why=self._why(piece),
            # that of a highlight stands beside it, once
            picture=None if piece.highlight else self._pictures.get(piece.article),
        )

    def apart(self, piece: Piece) -> Line:
        """A piece that is no part of the list."""
        made = self.line(piece, Text(key=piece.article, pieces=(piece,)))
        return replace(made, picture=self._pictures.get(piece.article))

    # --- its parts ----------------------------------------------------------------------

    def _day(self, piece: Piece) -> str:
        if piece.published is None:
            return say("undated", self._language)
        return self._date(piece.published.astimezone(self._zone).date())

    def _date(self, when: date) -> str:
        year = self._years or when.year != self._report.event.first_day.year
        return day(when, self._language, year=year)

    def _moment(self, piece: Piece) -> Moment:
        if piece.published is None:
            return UNDATED
        local = piece.published.astimezone(self._zone)
        told = moment(
            piece.published, self._report.event, self._language, piece.precision, year=self._years
        )
        return Moment(
            words=told,
            iso=local.isoformat(timespec="minutes"),
            minutes=int(local.timestamp() // 60),
            day=local.date().isoformat(),
        )

    def _told(self, piece: Piece, marks: Iterable[Mark], above: Line | None) -> str:
        """The date, of a copy the lag; another language than most have; what is short."""
        parts = [self._later(piece) if above else self._moment(piece).words]
        if piece.language not in (None, self._main):
            parts.append(tongue(piece.language or "", self._language))
        parts += [mark.words for mark in marks if mark.kind in BEHIND]
        return plain(" · ".join(part for part in parts if part))

    def _later(self, piece: Piece) -> str:
        if piece.lag_minutes is None:
            return self._moment(piece).words or say("undated", self._language)
        if piece.lag_minutes < 1:
            return say("paper_in_the_minute", self._language)
        return say("paper_later", self._language, lag=lag(piece.lag_minutes, self._language))

    def _lead(self, piece: Piece) -> str | None:
        return plain(excerpt_of(piece.excerpt or piece.lead, None), LEAD) or None

    def _tier(self, piece: Piece) -> str | None:
        shown = self._full and piece.tier is not None
        return say("tier", self._language, n=piece.tier) if shown else None

    def _within(self, text: Text) -> str | None:
        lags = [piece.lag_minutes for piece in text.copies if piece.lag_minutes is not None]
        return lag(max(lags), self._language) if lags else None

    def _why(self, piece: Piece) -> tuple[str, ...]:
        asked = self._full and piece.decision is None
        return tuple(reasons(piece, self._language)) if asked else ()

    # --- what is said beside it -----------------------------------------------------------

    def _owned(self, piece: Piece) -> bool:
        own = (piece.tone, piece.remark, piece.genre)
        return any(own) or (self._full and bool(piece.note or piece.pin or piece.tier))

    def _marks(self, piece: Piece) -> Iterator[Mark]:
        language = self._language
        if piece.byline:
            words = say("of_whom", language, who=short(", ".join(piece.byline)))
            yield Mark(kind="byline", words=words)
        if piece.gone_since:
            yield Mark(kind="gone", words=say("gone", language))
        if piece.by_hand:
            yield Mark(kind="by-hand", words=say("added_by_hand", language))
        if piece.corrected and piece.headline:
            read = say("corrected", language, headline=short(piece.headline))
            yield Mark(kind="corrected", words=read)
        if piece.translation:
            yield Mark(
                kind="translation", words=short(piece.translation),
                by=translator(piece, language), machine=piece.by_machine,
            )  # fmt: skip
        if self._full:
            yield from self._before(piece)
        yield from self._edited(piece)
        yield from self._by_a_person(piece)
        if piece.archive:
            address = web_address(piece.archive)
            shown = say("archived", language) if address else short(piece.archive)
            yield Mark(kind="archive", words=shown, address=address)

    def _before(self, piece: Piece) -> Iterator[Mark]:
        for change in piece.changes:
            when = moment(change.at, self._report.event, self._language)
            was = say("paper_was_before", self._language, when=when, old=short(change.old))
            yield Mark(kind="before", words=was)

    def _edited(self, piece: Piece) -> Iterator[Mark]:
        """What the outlet changed; readers are told where it calls itself corrected."""
        for edit in piece.edits:
            when = moment(edit.at, self._report.event, self._language)
            if self._full:
                what = ", ".join(say(f"edited_{each}", self._language) for each in edit.what)
                words = say("paper_edited", self._language, when=when, what=what)
                yield Mark(kind="edited", words=words)
            elif "correction" in edit.what:
                words = say("paper_corrected", self._language, when=when)
                yield Mark(kind="edited", words=words)

    def _by_a_person(self, piece: Piece) -> Iterator[Mark]:
        language = self._language
        if piece.genre:
            told = f"genre_{piece.genre}"
            yield Mark(kind="genre", words=say(told, language))
        if piece.remark:
            yield Mark(kind="remark", words=plain(piece.remark))
        if piece.tone:
            words = say("paper_tone_by_person", language, tone=tone_in(piece.tone, language))
            yield Mark(kind="tone", words=words)
        if self._full and piece.note:
            yield Mark(kind="note", words=self._note(piece))
        if self._full and piece.pin is not None:
            yield Mark(kind="pin", words=say("pin", language, n=piece.pin))

    def _note(self, piece: Piece) -> str:
        note = plain(piece.note or "")
        if piece.by:
            return say("paper_noted_by", self._language, who=plain(piece.by), note=note)
        return say("paper_noted", self._language, note=note)


def tone_in(tone: str, language: Language) -> str:
    """A tone in the reader's language; a word of an earlier release as it was written."""
    known = ("positive", "neutral", "negative")
    return say(f"tone_{tone}", language) if tone in known else short(tone)


def _lag(piece: Piece, language: Language) -> str | None:
    return None if piece.lag_minutes is None else lag(piece.lag_minutes, language)


def reasons(piece: Piece, language: Language) -> Iterator[str]:
    """Why the keywords found a piece, for whoever decides on it."""
    for why in piece.because:
        where = say(f"at_{why.place}" if why.place else f"in_{why.field}", language)
        yield f"{short(why.form)} {where}: “{plain(why.snippet, REASON)}”"
    for signal in piece.signals:
        sign, kind = "+" if signal.worth > 0 else "−", say(f"signal_{signal.kind}", language)
        yield f"{sign} {kind}: “{plain(signal.words, REASON)}”"
