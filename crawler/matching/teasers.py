"""Which stretches of a text are not its own: teasers, and lines that the outlet repeats (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, TypeAlias

from crawler.language.folding import folded_words

Span: TypeAlias = tuple[int, int]
# of characters: first, after the last

LONGEST_TITLE: Final = 200
# characters of a line under "Lexo edhe:" that is a title and not a paragraph

FEW_PARAGRAPHS: Final = 3
# fewer have no last one that is worth less

# They name themselves: what follows is another piece, with a colon or without.
_PLAIN: Final = (
    r"lexo(?:ni|jeni)?\s+(?:edhe|dhe|gjithashtu|akoma|ende|po\s+ashtu)",
    r"shi(?:ko|koni|h|hni|hin|hni)\s+(?:edhe|dhe|gjithashtu)",
    r"mos\s+(?:e\s+)?humb(?:ni|isni)?\b(?!\s+(?:rastin|mund[eë]sin[eë]|koh[eë]|shpres))",
    r"mund\s+t.?ju\s+interesoj[eë]",
    r"(?:lajme|artikuj|shkrime|tema)\s+t[eë]\s+(?:ngjash[eë]?m|lidhur|tjer|sugjeruar|fundit)[ae]?",
    r"m[eë]\s+t[eë]\s+(?:lexuarat|klikuarat|shikuarat|ndjekurat)",
    r"(?:ju\s+)?(?:sugjerojm[eë]|rekomandojm[eë])\s+(?:edhe|gjithashtu)",
    r"most\s+(?:read|popular)",
    r"(?:i\s+)?pi[uù]\s+letti",
    r"najčitanije",
    r"најчитани(?:те)?",
    r"τα\s+πιο\s+διαβασμένα",
    r"okuyun",
    r"ilgili\s+haber(?:ler)?",
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
    r"lexo(?:ni)?\s+(?:m[eë]\s+shum[eë]|t[eë]\s+plot[eë]|k[eë]tu|lajmin|artikullin|shkrimin)",
    r"(?:kliko(?:ni)?|shiko(?:ni)?|gjeni)\s+k[eë]tu",
    r"t[eë]\s+(?:ngjashme|lidhura)",
    r"(?:nga\s+arkivi|titujt\s+kryesor[eë]|rekomanduar|sugjerime)",
    r"lidhur\s+me\s+k[eë]t[eë]",
    r"read\s+more",
    r"see\s+also",
    r"don.?t\s+miss",
    r"more\s+on\s+this",
    r"related",
    r"(?:vedi|guarda)\s+anche",
    r"بخوانید",
)
# And this one only right before a colon.
_SIGNED: Final = r"m[eë]\s+(?:shum[eë]|gjer[eë]sisht)(?=:)"
_END: Final = r"\s*(?:[:：>»→|–—-]|$)"
_HEAD: Final = rf"(?:(?:{'|'.join(_PLAIN)})|(?:{'|'.join(_MARKED)})(?={_END})|{_SIGNED})"
# At the beginning of a line, after the end of a sentence in it, or anywhere before a colon.
_TEASER: Final = re.compile(
    rf"(?:(?:^|(?<=[.!?…»”\"])\s+)[\s\W_]*?({_HEAD})|\b({_HEAD})(?=\s*[:：]))"
    r"[\s:：>»→|–—.-]*",
    re.IGNORECASE,
)

# A folded word of these stands in every head, for a cheap first look: most texts have none, and the
# patterns above took a third of the time of judging a piece.
_NAMED: Final = frozenset(
    re.findall(
        r"\w+",
        "lexo lexoni lexojeni lexuarat klikuarat shikuarat ndjekurat shiko shikoni shih shihni"
        " shihin humb humbni humbisni interesoje lajme artikuj shkrime tema lidhur lidhura ngjashme"
        " sugjerojme rekomandojme rekomanduar sugjerime kliko klikoni gjeni arkivi"
        " titujt related read also see miss more most leggi letti interessarti vedi guarda"
        " διαβαστε δειτε διαβασμενα прочитајте најчитани најчитаните procitajt procitajte"
        " najcitanije okuyun ilgili بخوانید مرتبط",
    )
)
_COLONS: Final = ("umë:", "ume:", "isht:", "UMË:", "UME:", "ISHT:")
# of _SIGNED, whose words stand everywhere


def foreign(
    text: str, repeated: Collection[str] = (), words: Collection[str] | None = None
) -> tuple[Span, ...]:
    """The stretches of `text` that speak of other pieces, in order.

    A line of `repeated` (an outlet's habits), a line that begins like a teaser, the titles
    under a teaser's head, and what follows a teaser's head inside a line. `words` are the folded
    words of the text, where somebody has them already.
    """
    named = may_name(text, words)
    return tuple(_spans(text, repeated, named=named)) if named or repeated else ()


def _spans(text: str, repeated: Collection[str], *, named: bool) -> Iterator[Span]:
    lines = text.splitlines(keepends=True)
    tail = _tail(lines)
    under_head = False
    start = 0
    for number, line in enumerate(lines):
        plain, end = line.strip(), start + len(line)
        teaser = _TEASER.search(line) if named and may_name(line) else None
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


def may_name(text: str, words: Collection[str] | None = None) -> bool:
    """Whether a teaser's head may stand in `text`; cheap, and never wrong when it says no."""
    told = folded_words(text) if words is None else words
    return not _NAMED.isdisjoint(told) or any(sign in text for sign in _COLONS)


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
