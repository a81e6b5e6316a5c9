"""What a press officer can write as a keyword, read strictly (pure).

konferencë            a dictionary form: any form of the word
rruga liqeneve        several: in this order, up to GAP other words between two of them
"rruga e librit"      a phrase: side by side, all words but the last may inflect
libr*                 words that begin so
=Mali                 this form alone
near(panair, libër, 5)    both, in either order, at most so many words between them
headline:panair       any of these, in the headline alone
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from crawler.failure import Told
from crawler.language.folding import Word, words
from crawler.language.stemming import stems_of_term

Accepts = Literal["any-form", "longer-form", "beginning", "itself", "link", "one-of"]
Style = Literal["words", "phrase", "exact"]

LONGEST: Final = 200
# characters of a term; the longest official name of an event we know has 120
GAP: Final = 2
# other words that may stand between two words of a term without quotes
NEAR: Final = 5
# words between the two of near(), where no number is given
FARTHEST: Final = 50
# more words than this are no neighbourhood, but half a text
# Linking words follow the case of the noun: Dita e Bregut, Ditën e Bregut, Ditës së Bregut.
LINKS: Final = frozenset({"e", "i", "te", "se", "a"})
# A last word in one of these endings was written as the phrase has it (Rruga e Liqeneve): in
# another number it would be another name (Rruga e Liqenit).
OBLIQUE: Final = ("it", "ut", "ve", "sh")

QUOTES: Final = '"“”„‟«»'
MINUS: Final = "-\N{HYPHEN}\N{EN DASH}\N{MINUS SIGN}"
# what search engines take for "without"; here a word behind it would be looked for
_HEADLINE = re.compile(r"headline\s*:\s*", re.IGNORECASE)
_OTHER_FIELD = re.compile(r"(title|titull|titulli|lead|text|body|teksti)\s*:", re.IGNORECASE)
_NEAR = re.compile(r"near\s*\(", re.IGNORECASE)
_COMMA = re.compile(r"[,،]")
_COUNT = re.compile(r"[+-]?\d+")


@lru_cache(maxsize=4_096)
def _stems(folded: str) -> frozenset[str]:
    return frozenset(stems_of_term(folded))


class BadTerm(Told, ValueError):
    """A keyword that cannot be read; its text is one sentence that says what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What one word of a term accepts."""

    letters: str
    # folded: "feste"
    accepts: Accepts
    # any-form: a stem in common; longer-form: that, and it begins with the letters; one-of: those
    # of `among`, which nobody writes: the other spellings and other tongues' words for it
    gap: int = 0
    # other words that may stand before it
    among: frozenset[str] = frozenset()
    # folded words and stems; "libr*" is every word that begins so
    printed: str = field(default="", compare=False)
    # as written: "festë"

    @property
    def stems(self) -> frozenset[str]:
        """The stems of which a word must have one; none where stems do not decide."""
        if self.accepts in {"any-form", "longer-form"}:
            return _stems(self.letters)
        return frozenset()

    def __str__(self) -> str:
        """As it is written inside a term."""
        return self.printed + "*" * (self.accepts == "beginning")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words that stand in this order."""

    forms: tuple[Form, ...]
    # at least one
    style: Style
    # how it is written

    def __str__(self) -> str:
        """As it is written."""
        first, *rest = self.forms
        hyphen = "-" if self.style == "words" else " "
        text = str(first) + "".join(f"{' ' if form.gap else hyphen}{form}" for form in rest)
        return {"words": text, "phrase": f'"{text}"', "exact": f"={text}"}[self.style]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Two that stand near each other, in either order."""

    one: Words
    # the first written
    two: Words
    # the second
    within: int
    # at most so many words between them: 5

    def __str__(self) -> str:
        """As it is written."""
        return f"near({self.one}, {self.two}, {self.within})"


Looked: TypeAlias = Words | Near


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A keyword, read."""

    written: str = field(compare=False)
    # as in the event's file: "\"rruga e librit\""
    what: Looked
    # what must stand
    headline: bool = False
    # only the headline counts

    def __str__(self) -> str:
        """A spelling that is read as the same term."""
        return f"{'headline:' * self.headline}{self.what}"

    @property
    def runs(self) -> tuple[Words, ...]:
        """All of them must stand."""
        return (self.what.one, self.what.two) if isinstance(self.what, Near) else (self.what,)


def read_term(written: str) -> Term:
    """The term that `written` means. Raises BadTerm, one sentence with what to write instead."""
    if len(written) > LONGEST:
        raise BadTerm(
            "a term of {n:,} characters; write at most {longest}, the few words that "
            "name the event",
            n=len(written),
            longest=LONGEST,
        )
    plain = " ".join(written.split())
    if not plain:
        raise BadTerm("an empty term; write a word, or take the term out")
    named = _HEADLINE.match(plain)
    what = _looked(plain[named.end() :] if named else plain, in_headline=bool(named))
    return Term(written=written, what=what, headline=bool(named))


def _looked(text: str, *, in_headline: bool) -> Looked:
    if not text:
        raise BadTerm("headline: of nothing; write a word after it, as headline:festë")
    if _HEADLINE.match(text):
        raise BadTerm("headline: twice; once is enough, as headline:festë")
    if opened := _NEAR.match(text):
        return _near(text, opened.end())
    return _words(text)


def _near(text: str, start: int) -> Near:
    if not text.endswith(")"):
        raise BadTerm(
            "near( without its closing bracket: {shown}; write near(a, b, 5)", shown=_shown(text)
        )
    one_and_two, count = _counted(list(_parted(text[start:-1])))
    if len(one_and_two) != 2 or not all(one_and_two):  # noqa: PLR2004
        raise BadTerm(
            "near() wants two terms: {shown}; write near(festë, libër, 5)", shown=_shown(text)
        )
    within = _count(count) if count else NEAR
    one, two = map(_words, one_and_two)
    return Near(one=one, two=two, within=within)


def _counted(parts: list[str]) -> tuple[list[str], str]:
    """The terms, and the number behind them where there is one."""
    if len(parts) == 3 or _COUNT.fullmatch(parts[-1]):  # noqa: PLR2004 - two and a number
        return parts[:-1], parts[-1]
    return parts, ""


def _count(text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise BadTerm(
            "near() ends with a number of words, not {shown}: near(a, b, 5)", shown=_shown(text)
        )
    if len(text) > 3 or not 1 <= int(text) <= FARTHEST:  # noqa: PLR2004 - of digits
        raise BadTerm(
            "near() reaches from 1 to {farthest} words, not {shown}",
            farthest=FARTHEST,
            shown=_shown(text),
        )
    return int(text)


def _parted(inside: str) -> Iterator[str]:
    """The parts between commas that stand outside quotes."""
    start, quoted = 0, False
    for at, sign in enumerate(inside):
        if sign in QUOTES:
            quoted = not quoted
        elif _COMMA.match(sign) and not quoted:
            yield inside[start:at].strip()
            start = at + 1
    yield inside[start:].strip()


# --- words ------------------------------------------------------------------------


def _words(text: str) -> Words:
    """Words, "a phrase" or =Exact."""
    if _HEADLINE.match(text) or _OTHER_FIELD.match(text):
        raise BadTerm(
            "{shown} names a field; only headline: can, before a whole term", shown=_shown(text)
        )
    if text[0] in MINUS and words(text):
        raise BadTerm(
            "a minus before {shown}; words that must not stand go under not", shown=_shown(text[1:])
        )
    if text[0] in QUOTES or text[-1] in QUOTES:
        return _phrase(text)
    if any(sign in QUOTES for sign in text):
        raise BadTerm("a quote inside {shown}; quotes go around a whole term", shown=_shown(text))
    if text.startswith("="):
        return _exact(text)
    return _loose(text)


def _phrase(text: str) -> Words:
    if not _bare(text):
        raise BadTerm('a quote without words; write a phrase between two, as "rruga e librit"')
    if not (text[0] in QUOTES and text[-1] in QUOTES):
        raise BadTerm(
            'an unbalanced quote in {shown}; write "{bare}"', shown=_shown(text), bare=_bare(text)
        )
    inside = text[1:-1].strip()
    if any(sign in QUOTES for sign in inside):
        raise BadTerm("a quote inside {shown}; quotes go around a whole term", shown=_shown(text))
    forms = [replace(form, gap=0) for form in _forms(inside, text)]
    *inner, last = forms
    linked = [_as_link(form) for form in inner]
    return Words(forms=(*linked, _fixed(last)), style="phrase")


def _as_link(form: Form) -> Form:
    return replace(form, accepts="link") if form.letters in LINKS else form


def _fixed(form: Form) -> Form:
    return form if form.accepts == "beginning" else replace(form, accepts="itself")


def _exact(text: str) -> Words:
    inside = text[1:].strip()
    if "*" in inside:
        raise BadTerm("{shown} is exact and has a star; write one or the other", shown=_shown(text))
    forms = _forms(inside, text)
    return Words(forms=tuple(replace(f, accepts="itself", gap=0) for f in forms), style="exact")


def _loose(text: str) -> Words:
    """Words without quotes: a linking word between two others may change or be missing."""
    forms = _forms(text, text)
    if len(forms) == 1:
        return Words(forms=forms, style="words")
    first, *inner, last = forms
    return Words(forms=(first, *_without_links((*inner, _as_written(last)))), style="words")


def _without_links(forms: Sequence[Form]) -> Iterator[Form]:
    """The forms but for linking words; the last stays, and takes over the room before them."""
    room = 0
    for form in forms:
        if form.letters in LINKS and form.accepts == "any-form" and form is not forms[-1]:
            room = max(room, form.gap)
        else:
            yield replace(form, gap=max(room, form.gap))
            room = 0


def _as_written(form: Form) -> Form:
    if form.accepts == "any-form" and form.letters.endswith(OBLIQUE):
        return replace(form, accepts="longer-form")
    return form


def _forms(text: str, whole: str) -> tuple[Form, ...]:
    """The forms of a text's words; those that a hyphen joins stand side by side."""
    found = [form for token in text.split() for form in _of_token(token, whole)]
    if not found:
        raise BadTerm(
            "a lone star stands for every word; write how they begin, as libr*"
            if "*" in text
            else f"no word in {_shown(whole)}, only signs; write a word"
        )
    return (replace(found[0], gap=0), *found[1:])


def _of_token(token: str, whole: str) -> Sequence[Form]:
    inside, star = token.removesuffix("*"), token.endswith("*")
    if "*" in inside:
        raise BadTerm(
            "a star inside {shown}; it stands at the end of a word, as libr*", shown=_shown(whole)
        )
    if "=" in inside:
        raise BadTerm(
            "= inside {shown}; it stands before a whole term, as =Mali", shown=_shown(whole)
        )
    forms = [
        Form(
            letters=word.folded,
            accepts="any-form",
            gap=0 if number else GAP,
            printed=_printed(word, inside),
        )
        for number, word in enumerate(words(inside))
    ]
    if star and not forms:
        raise BadTerm("a lone star stands for every word; write how they begin, as libr*")
    return [*forms[:-1], replace(forms[-1], accepts="beginning")] if star else forms


def _printed(word: Word, text: str) -> str:
    """A word as written; where one sign stands for several (½), the folded one."""
    written = text[word.start : word.end]
    return written if len(words(written)) == 1 else word.folded


def _bare(text: str) -> str:
    return text.strip(QUOTES + " ")


def _shown(text: str) -> str:
    """A wrong term as a sentence may show it: quoted, bounded."""
    return repr(text if len(text) <= 60 else f"{text[:60]}...")  # noqa: PLR2004
