"""Which of the organisation's own statements a piece prints between quotation marks. Pure.

The organisation's words only: who is said to have said them is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from crawler.pickup.copying import Stretch, clash_of, dense, in_order
from crawler.pickup.marks import quotations_in
from crawler.pickup.sentences import Sentence, sentence, sentences_of

FEWEST: Final = 5
# words between quotation marks; what is shorter is a title or a word that is held at a distance
ALIKE: Final = 0.5
# of its words that tell something, before anything is compared word by word
NEARLY: Final = 0.75
# of a quotation's words that are the statement's
TELLING: Final = 0.7
# of what these weigh


def quotations_of(text: str) -> Iterator[str]:
    """What stands between quotation marks, in order."""
    return (words for words in quotations_in(text) if len(sentence(words).words) >= FEWEST)


def statements_of(texts: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The statements of a text of ours: what it quotes itself, else each sentence."""
    found = ((line, tuple(quotations_of(line.raw))) for line in texts)
    parts = ((sentence(words) for words in told) if told else [line] for line, told in found)
    return tuple(each for part in parts for each in part)


def quoted(statements: Sequence[Sentence], text: str) -> frozenset[int]:
    """Which of the statements (from 0) stand near-verbatim between quotation marks of a text:
    whole, or a part of them of FEWEST words and more.
    """
    said = [line for words in quotations_of(text) for line in sentences_of(words)]
    return frozenset(
        number
        for number, statement in enumerate(statements)
        if any(_is_said(statement, line) for line in said)
    )


def _is_said(statement: Sentence, line: Sentence) -> bool:
    if len(line.keys) < FEWEST or len(statement.seen & line.seen) < ALIKE * len(line.seen):
        return False
    pairs = in_order(statement.keys, line.keys)
    said = sum(line.weights[at] for _, at in pairs)
    if len(pairs) < NEARLY * len(line.keys) or said < TELLING * sum(line.weights):
        return False
    if not dense([at for at, _ in pairs]):
        return False
    printed = Stretch(at=0, lines=(line,))
    return not clash_of(statement, printed, pairs, frozenset(statement.keys))
