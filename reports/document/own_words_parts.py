"""Our words in their pieces, in both editions: each sentence as warm as it was printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from crawler.models import Language
from reports.document.blocks import (
    Block,
    Item,
    Items,
    Pieces,
    Pointer,
    Subhead,
    Table,
    Text,
    Warm,
    WarmLine,
)
from reports.document.piece_lines import short, texts_of
from reports.formats.plain import capital, plain
from reports.models import Piece, Report
from reports.own_words import OwnText, OwnWords, Taking
from reports.sentences import lag, moment
from reports.words import say

# Pieces that are named beside one sentence; the table below has them all.
BESIDE: Final = 6
# Signs that a statement may have around it already.
MARKS: Final = '„“”«»"'


def share_told(share: float) -> str:
    """`38 %`."""
    return f"{round(100 * share)} %"


def taken_told(own: OwnWords, language: Language) -> str:
    """The sentence of the whole: outlets, pieces, share; or that nobody took anything over."""
    if not own.taking:
        return say("own_none", language)
    share = share_told(own.share)
    return say("came_taken", language, n=own.outlets, pieces=own.pieces, share=share)


def plainly(own: OwnWords | None, language: Language) -> Iterator[Block]:
    """For readers: what was taken over, and the release by its warmth."""
    if own and own.texts:
        yield Text(looks="statement", words=taken_told(own, language))
        yield from _texts(own, {}, language)
        yield _legend(language)


def fully(report: Report, pieces: Pieces, language: Language) -> Iterator[Block]:
    """For the office: the same with the pieces beside it, the messages and the quotations."""
    own = report.own_words
    if own is None:
        return
    known = _pointers(report, pieces)
    if own.texts:
        yield Text(looks="statement", words=taken_told(own, language))
        yield from _texts(own, known, language)
        yield _legend(language)
    if own.taking:
        yield Subhead(words=say("own_pieces", language))
        yield _pieces(own, report, language)
    if own.messages:
        yield Subhead(words=say("came_messages", language))
        yield messages(own, language)
    if own.quoted:
        yield Subhead(words=say("came_quoted", language))
        yield quotations(own)


def messages(own: OwnWords, language: Language) -> Table:
    """Each message, found and ticked apart."""
    names = ("card_pieces", "card_outlets")
    counts = (say(name, language, n=2) for name in names)
    return Table(
        columns=(say("came_message", language), *counts, say("came_ticked", language)),
        numbers=(1, 2, 3),
        rows=tuple(
            (plain(m.name), str(m.pieces), str(m.outlets), str(m.ticked)) for m in own.messages
        ),
    )


def quotations(own: OwnWords) -> Items:
    """Each statement that a piece quotes, with how many do."""
    bare = ((plain(words).strip(MARKS), n) for words, n in own.quoted)
    return Items(items=tuple(Item(words=f"„{words}” ({n})") for words, n in bare))


# --- the release ------------------------------------------------------------------------


def _texts(
    own: OwnWords, known: Mapping[str, tuple[Piece, Pointer]], language: Language
) -> Iterator[Block]:
    for text in own.texts:
        if len(own.texts) > 1:
            held = say("own_held", language, n=text.held)
            yield Subhead(words=f"{_name(text)} · {held}")
        yield warm(text, _takers(own.taking, text, known), language)


def _name(text: OwnText) -> str:
    """The file without its folder and ending: no path is told."""
    return short(text.file.rpartition("/")[2].rpartition(".")[0])


def _takers(
    taking: Sequence[Taking], text: OwnText, known: Mapping[str, tuple[Piece, Pointer]]
) -> Mapping[int, list[Pointer]]:
    """Who took each sentence of a text over, the first first."""
    found: dict[int, list[Pointer]] = {}
    for one in taking:
        if one.file == text.file and one.article in known:
            for sentence in one.sentences:
                found.setdefault(sentence, []).append(known[one.article][1])
    return found


def warm(text: OwnText, takers: Mapping[int, Sequence[Pointer]], language: Language) -> Warm:
    """A text with each sentence as warm as it was printed, beside who printed it."""
    return Warm(
        columns=(say("card_pieces", language, n=2), say("came_sentence", language)),
        lines=tuple(
            WarmLine(
                count=n,
                words=plain(words),
                heat=heat,
                by=tuple(takers.get(at, ())[:BESIDE]),
                more=_more(max(0, len(takers.get(at, ())) - BESIDE), language),
            )
            for at, ((words, n), heat) in enumerate(zip(text.sentences, text.heats, strict=True))
        ),
    )


def _more(left: int, language: Language) -> str:
    return say("own_more", language, n=left) if left else ""


def _legend(language: Language) -> Text:
    return Text(looks="note", words=say("own_legend", language))


# --- the pieces beside it -----------------------------------------------------------------


def _pointers(report: Report, pieces: Pieces) -> Mapping[str, tuple[Piece, Pointer]]:
    """Key of an article -> the piece, and its line in the list."""
    told = (piece for text in texts_of(report) for piece in text.pieces)
    return {
        piece.article: (
            piece,
            Pointer(words=line.outlet, anchor=line.anchor, address=None),
        )
        for piece, line in zip(told, pieces.every, strict=True)
    }


def _pieces(own: OwnWords, report: Report, language: Language) -> Table:
    names = ("col_outlet", "col_headline", "time", "own_of_ours", "own_of_theirs", "own_which")
    known = {piece.article: piece for piece in report.pieces}
    return Table(
        columns=(*(capital(say(name, language)) for name in names), say("own_first", language)),
        numbers=(3, 4),
        rows=tuple(
            _row(one, known[one.article], known, report, language)
            for one in own.taking
            if one.article in known
        ),
    )


def _row(
    one: Taking, piece: Piece, known: Mapping[str, Piece], report: Report, language: Language
) -> tuple[str, ...]:
    return (
        short(piece.outlet_name),
        short(piece.shown),
        _when(piece, report, language),
        share_told(one.share_of_release),
        share_told(one.share_of_piece),
        ", ".join(str(at + 1) for at in one.sentences),
        _first(one, known, language),
    )


def _when(piece: Piece, report: Report, language: Language) -> str:
    if piece.published is None:
        return say("undated", language)
    return moment(piece.published, report.event, language, piece.precision)


def _first(one: Taking, known: Mapping[str, Piece], language: Language) -> str:
    """Who had the same text first: another outlet and how much earlier, or itself."""
    first = known.get(one.copied_from or "")
    if first is None:
        return "–"
    behind = f" (+{lag(one.lag_minutes, language)})" if one.lag_minutes else ""
    return f"{short(first.outlet_name)}{behind}"
