"""Which stretches of a text are not its own: teasers, and lines that the outlet repeats (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, TypeAlias

Span: TypeAlias = tuple[int, int]
# of characters: first, after the last

LONGEST_TITLE: Final = 200
# characters of a line under "Lexo edhe:" that is a title and not a paragraph

FEW_PARAGRAPHS: Final = 3
# fewer have no last one that is worth less

# They name themselves: what follows is another piece, with a colon or without.
_PLAIN: Final = (
    r"lexo(?:ni)?\s+(?:edhe|gjithashtu|akoma|ende)",
    r"shi(?:ko|koni|h|hni|hin)\s+(?:edhe|gjithashtu)",
    r"mos\s+humb(?:ni|isni)?\b(?!\s+(?:rastin|mund[eë]sin[eë]|koh[eë]|shpres))",
    r"mund\s+t.?ju\s+interesoj[eë]",
    r"(?:lajme|artikuj|shkrime)\s+t[eë]\s+(?:ngjashm|lidhur)[eë]?",
    r"read\s+also",
    r"also\s+read",
    r"you\s+(?:may|might)\s+also\s+like",
    r"related\s+(?:articles?|news|stor(?:y|ies)|posts?|content)",
    r"leggi\s+anche",
    r"potrebbe\s+interessarti",
    r"διαβάστε\s+(?:επίσης|ακόμα)",
    r"δείτε\s+επίσης",
    r"прочитајте\s+(?:и|уште|повеќе)",
    r"pročitajte?\s+(?:i|još|više)",
    r"بیشتر\s+بخوانید",
    r"همچنین\s+بخوانید",
    r"(?:مطالب|اخبار|خبرهای)\s+مرتبط",
)
# These are ordinary words as well: only with a colon, a dash, an arrow or alone on a line.
_MARKED: Final = (
    r"lexo(?:ni)?\s+(?:m[eë]\s+shum[eë]|t[eë]\s+plot[eë])",
    r"t[eë]\s+ngjashme",
    r"lidhur\s+me\s+k[eë]t[eë]",
    r"read\s+more",
    r"see\s+also",
    r"don.?t\s+miss",
    r"more\s+on\s+this",
    r"related",
    r"(?:vedi|guarda)\s+anche",
    r"بخوانید",
)
_END: Final = r"\s*(?:[:：>»→|–—-]|$)"
_HEAD: Final = rf"(?:(?:{'|'.join(_PLAIN)})|(?:{'|'.join(_MARKED)})(?={_END}))"
# At the beginning of a line, after the end of a sentence in it, or anywhere before a colon.
_TEASER: Final = re.compile(
    rf"(?:(?:^|(?<=[.!?…»”\"])\s+)[\s\W_]*?({_HEAD})|\b({_HEAD})(?=\s*[:：]))"
    r"[\s:：>»→|–—.-]*",
    re.IGNORECASE,
)

# The same heads anywhere in folded case, for a cheap first look: most texts have none, and the
# pattern above took a third of the time of judging a piece.
_NAMED: Final = re.compile("|".join((*_PLAIN, *_MARKED)).casefold())


def foreign(text: str, repeated: Collection[str] = ()) -> tuple[Span, ...]:
    """The stretches of `text` that speak of other pieces, in order.

    A line of `repeated` (an outlet's habits), a line that begins like a teaser, the titles
    under a teaser's head, and what follows a teaser's head inside a line.
    """
    return tuple(_spans(text, repeated))


def _spans(text: str, repeated: Collection[str]) -> Iterator[Span]:
    lines = text.splitlines(keepends=True)
    tail, named = _tail(lines), may_name(text)
    under_head = False
    start = 0
    for number, line in enumerate(lines):
        plain, end = line.strip(), start + len(line)
        teaser = _TEASER.search(line) if named else None
        if plain in repeated:
            yield start, end
        elif teaser:
            yield start + max(teaser.start(1), teaser.start(2)), end
            under_head = teaser.end() >= len(line.rstrip()) or number + 1 >= tail
        elif plain:
            under_head = under_head and _is_title(plain)
            if under_head:
                yield start, end
        start = end


def may_name(text: str) -> bool:
    """Whether a teaser's head may stand in `text`; cheap, and never wrong when it says no."""
    return bool(_NAMED.search(text.casefold().replace("ı", "i")))


def _tail(lines: Sequence[str]) -> int:
    """The first of the last lines that are all titles; of a list of links under a piece."""
    tail = len(lines)
    while tail and _is_title(lines[tail - 1].strip()):
        tail -= 1
    return tail


def _is_title(line: str) -> bool:
    return len(line) <= LONGEST_TITLE and not line.endswith((".", ":", "؟"))


def within(spans: Collection[Span], at: int) -> bool:
    """Whether a character lies in one of them."""
    return any(start <= at < end for start, end in spans)


def last_paragraph(text: str) -> int | None:
    """Where the last of three or more paragraphs begins; None where there are fewer."""
    if sum(map(bool, map(str.strip, text.split("\n")))) < FEW_PARAGRAPHS:
        return None
    return text.rstrip().rfind("\n") + 1
