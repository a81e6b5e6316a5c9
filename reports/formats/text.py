"""A report in under a thousand signs, to forward by telephone: plain words, no markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crawler.models import Language
from reports.document.own_words_parts import taken_told
from reports.document.piece_lines import texts_of
from reports.formats.plain import plain, web_address
from reports.forms import Edition
from reports.models import Piece, Report
from reports.readers_edition import told_to
from reports.sentences import headline, numbers, silence, statement
from reports.words import say

# Signs of the whole, below which a telephone shows a message without folding it.
MOST: Final = 1_000
# Signs of a title, of the figures, of the statement, of what was taken over of ours, of a headline;
# links at most.
TITLE: Final = 120
FIGURES: Final = 240
STATEMENT: Final = 260
TAKEN: Final = 160
HEADLINE: Final = 80
LINKS: Final = 5


def to_text(report: Report, language: Language) -> str:
    """Title, figures, how complete, and up to five links; always as readers may see it."""
    told = told_to(report, Edition.READERS)
    answer = numbers(told, language) if told.pieces else silence(told, language).rstrip(".")
    complete = f"{say('completeness', language)} {plain(statement(told, language), STATEMENT)}."
    own = told.own_words
    taken = plain(taken_told(own, language), TAKEN) if own and own.texts else None
    head = (plain(told.event.title, TITLE), f"{plain(answer, FIGURES)}.", taken, complete)
    lines = "\n\n".join(filter(None, head))
    links = 0
    for piece in _chosen(told):
        line = _link(piece, language)
        # an address is whole or not there
        if links == LINKS or len(lines) + len(line) + 2 >= MOST:
            continue
        lines += ("\n" if links else "\n\n") + line
        links += 1
    return lines + "\n"


def _link(piece: Piece, language: Language) -> str:
    words = f"{plain(piece.outlet_name, HEADLINE)}: {plain(headline(piece, language), HEADLINE)}"
    return f"{words}\n{web_address(piece.url)}"


def _chosen(report: Report) -> Iterator[Piece]:
    """Highlights first, then whoever published a text first, most copies first."""
    firsts = sorted(texts_of(report), key=lambda text: -len(text.copies))
    order = (
        *(piece for piece in report.pieces if piece.highlight),
        *(text.first for text in firsts),
    )
    for piece in dict.fromkeys(order):
        if web_address(piece.url):
            yield piece
