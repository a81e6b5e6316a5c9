"""How keywords are printed in a piece, and where they stand to each other (pure)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from crawler.language.albanian import stem
from crawler.matching.article_words import Part
from crawler.matching.finding import Hit
from crawler.matching.naming import bare, is_kind
from crawler.matching.places import KINDS, stemmed
from crawler.matching.snippets import one_line
from crawler.matching.standing import Found, Group, Piece
from crawler.matching.terms import LINKS, QUOTES

TOGETHER: Final = 12
# words between two keywords of a paragraph that still speak of one thing; ours
OPENING: Final = 40
# words at the beginning of a text that say what it is about, as a lead does
PRESS: Final = frozenset({"shtyp", "shtypi", "shtypit", "mediat", "mediet", "press", "stampa"})
# Before an event that is still to come or is over, and what the piece is about stands before it.
_BESIDE: Final = frozenset({"para", "perpara", "prag", "kuader", "before", "ahead", "prima"})
# Kinds that are common words as well: kupa e lumit, festa e verës.
_LOOSE: Final = stemmed("festë kupë garë karvan çmim kamp takim gala turne race cup")
# Turns of speech with a word for a body or a venue in them.
_IDIOMS: Final = frozenset({("ne", "qender", "te")})
# Before a word that speaks of any of its kind.
_ANY: Final = frozenset({"nje", "disa", "cdo", "ndonje", "shume", "asnje", "ca"})
# Endings of words that say which one.
_SAYS_WHICH: Final = ("sh", "ike", "ik", "ore", "or", "are", "ar", "ale", "al")
_FEW: Final = 3
# words between "në prag" and the keyword


def is_name(found: Found) -> bool:
    """Whether words are printed as a name: in quotes, or with a capital inside a sentence."""
    part, hit = found.part, found.hit
    if is_quoted(found):
        return True
    if not any(sign.islower() for sign in part.text) or not _has_case(part, hit):
        return any(sign.isupper() for sign in part.text) or not _has_case(part, hit)
    inner = [at for at in range(hit.first, hit.last + 1) if part.words[at].folded not in LINKS]
    if any(is_capital(part, at) for at in inner[1:]):
        return True
    return is_capital(part, hit.first) and not _begins(part, hit.first)


def is_quoted(found: Found) -> bool:
    """Whether a quote opens before it."""
    start = found.part.words[found.hit.first].start
    return bool(start) and found.part.text[start - 1] in QUOTES


def is_small_name(found: Found) -> bool:
    """Whether a keyword of one word that begins with a capital is printed small: zana e malit.

    Not in a text without capitals, and not in quotes.
    """
    part, at, written = found.part, found.hit.first, bare(found.term.written)
    if not (written[:1].isupper() and not written.isupper()) or is_quoted(found):
        return False
    return part.text[part.words[at].start].islower() and any(map(str.isupper, part.text))


def is_idiom(found: Found) -> bool:
    """Whether a word stands in a turn of speech in which it names nothing: në qendër të qytetit."""
    part, at = found.part, found.hit.first
    told = (word.folded for word in part.words[at : at + 2])
    return (word_before(part, at), *told) in _IDIOMS


def follows_name(found: Found) -> bool:
    """Whether a word with a capital follows, as a surname does."""
    part, at = found.part, found.hit.last
    if at + 1 >= len(part.words) or not is_capital(part, at + 1):
        return False
    return not part.text[part.words[at].end : part.words[at + 1].start].strip()


def stands_bare(found: Found) -> bool:
    """Whether a word for a kind of event stands alone, as that of one already told: në festival."""
    part, at = found.part, found.hit.last
    if not found.own or word_before(part, found.hit.first) in _ANY | LINKS:
        return False
    if at + 1 == len(part.words) or not part.same_sentence(at, at + 1):
        return True
    after = part.words[at + 1]
    if part.text[part.words[at].end : after.start].strip():
        return True
    return not (
        after.folded in LINKS | {"per"}
        or after.folded.endswith(_SAYS_WHICH)
        or is_capital(part, at + 1)
    )


def says_kind(found: Found) -> bool:
    """Whether a name begins with a word that nothing but events are called by: forumi i ujit."""
    begins = _stem(found.part.words[found.hit.first].folded)
    return begins in KINDS - _LOOSE


def _has_case(part: Part, hit: Hit) -> bool:
    sign = part.text[part.words[hit.first].start]
    return sign.lower() != sign.upper()


def _begins(part: Part, at: int) -> bool:
    """Whether a word begins a sentence."""
    if at == 0:
        return True
    between = part.text[part.words[at - 1].end : part.words[at].start]
    return any(sign in between for sign in ".!?…:\n|") or not part.same_sentence(at - 1, at)


def is_capital(part: Part, at: int) -> bool:
    return part.text[part.words[at].start].isupper()


def stands_for_kind(part: Part, at: int) -> bool:
    return is_kind(part.words[at].folded, part.language)


def is_press(found: Found) -> bool:
    """A press conference is no conference."""
    part, at = found.part, found.hit.last
    told = [word.folded for word in part.words[at + 1 : at + 3]]
    return not PRESS.isdisjoint(told) or word_before(part, at) in PRESS


def word_before(part: Part, at: int) -> str:
    return part.words[at - 1].folded if at else ""


def stands_beside(found: Found) -> bool:
    """Whether "në prag të", "ahead of" stands before it."""
    first = found.hit.first
    before = found.part.words[max(0, first - _FEW) : first]
    return any(word.folded in _BESIDE for word in before)


def are_together(group: Group, piece: Piece) -> bool:
    """Whether all terms stand in headline and lead, or near one another in the text."""
    if all(any(is_early(found, piece) for found in places) for places in group):
        return True
    texts = [[found for found in places if found.part.name == "text"] for places in group]
    if not all(texts):
        return False
    return any(
        all(any(_are_near(one, other) for other in places) for places in texts) for one in texts[0]
    )


def is_early(found: Found, piece: Piece) -> bool:
    """Whether it stands in the headline, the lead or where a piece without one begins."""
    if found.part.name != "text":
        return True
    return found.hit.first < OPENING and not piece.told.article.lead


def _are_near(one: Found, other: Found) -> bool:
    """Whether two words of a text stand in one sentence, or side by side in one paragraph."""
    if one.part is not other.part:
        return False
    left, right = sorted((one.hit.first, other.hit.first))
    if one.part.same_sentence(left, right):
        return True
    return right - left <= TOGETHER and one.part.same_line(left, right)


def printed(part: Part, first: int, last: int) -> str:
    last = min(last, len(part.words) - 1)
    return one_line(part.text[part.words[first].start : part.words[last].end])


@lru_cache(maxsize=65_536)
def _stem(folded: str) -> str:
    return stem(folded)
