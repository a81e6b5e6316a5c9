"""Slips of a hand: the spellings of a word with one letter wrong (pure).

A likeness in per cent finds other words; these are the slips that people make while typing, told
one by one, so that the search index can be asked for each: two letters that changed places, one
left out, one doubled, and one for another that sounds alike or lies beside it on the keyboard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from crawler.language.albanian import stem
from crawler.matching.naming import Names, bare
from crawler.matching.terms import LINKS, Form, Near, Term, Words

SHORTEST: Final = 5
# letters of a word that can be misspelt: a shorter one has too many neighbours
NAMED: Final = frozenset({"name", "person", "place", "organiser", "venue"})
# what keywords can be that are names
# Neighbours on a keyboard and letters that Albanian, plain letters and other tongues confuse.
_BESIDE: Final = {
    letter: "".join(dict.fromkeys(alike))
    for letter, alike in {
        "a": "eos", "e": "aiw", "i": "eyuo", "o": "aui", "u": "oiy", "y": "iu",
        "b": "vpn", "c": "skqx", "d": "stf", "f": "vdg", "g": "kqhf", "h": "jgx", "j": "ihk",
        "k": "cqgl", "l": "rk", "m": "n", "n": "mb", "p": "b", "q": "ckw", "r": "tle", "s": "zdac",
        "t": "dry", "v": "fbw", "w": "v", "x": "zs", "z": "sx",
    }.items()
}  # fmt: skip
_ENDINGS: Final = ("it", "in", "se", "ne", "ve", "et", "es")
# of Albanian words: a hand may change places where one begins
_BARE: Final = ("s", "n", "t")
# endings that have lost their vowel: robotiks for robotikës


@lru_cache(maxsize=4_096)
def slips(letters: str) -> frozenset[str]:
    """The spellings of a folded word with one letter wrong; none for a short or foreign one."""
    if len(letters) < SHORTEST or not (letters.isascii() and letters.isalpha()):
        return frozenset()
    return frozenset(_slips(letters)) - {letters}


def _slips(letters: str) -> Iterator[str]:
    """But for the last letter, in which words of one family differ: bleta and bletar."""
    for at, letter in enumerate(letters[:-1]):
        before, after = letters[:at], letters[at + 1 :]
        yield before + after
        yield before + after[0] + letter + after[1:]
        for other in _BESIDE[letter]:
            yield before + other + after
        for other in {*letters[at - 1 : at + 3]} if at else ():
            yield before + other + letter + after
    for ending in _ENDINGS:
        yield letters[:-1] + ending[0] + letters[-1] + ending[1:]
    for ending in _BARE:
        yield letters + ending


def misspelt(group: Sequence[Term], names: Names) -> tuple[Term, ...] | None:
    """The group in which a word may be misspelt; None where it has fewer than two words to know
    it by, or none that may be.

    Names may, and every word beside one for a kind of event: of other words a slip is often another
    word.
    """
    forms = [form for term in group for run in term.runs for form in run.forms]
    telling = [form for form in forms if form.letters not in LINKS]
    if len(telling) < 2:  # noqa: PLR2004 - one beside another
        return None
    every = any(names.role(term) == "kind" for term in group)
    lenient = tuple(_term(term) if every or _is_name(term, names) else term for term in group)
    return lenient if lenient != tuple(group) else None


def slips_of(group: Sequence[Term]) -> frozenset[str]:
    """The wrong spellings that a group of `misspelt` takes: without one it finds what is right."""
    forms = (form for term in group for run in term.runs for form in run.forms)
    return frozenset(
        slip for form in forms for slip in form.among - {form.letters, stem(form.letters)}
    )


def _is_name(term: Term, names: Names) -> bool:
    return names.role(term) in NAMED or bare(term.written)[:1].isupper()


def _may_slip(form: Form) -> bool:
    if form.accepts in {"beginning", "link", "one-of"}:
        return False
    return bool(_wrong(form))


def _term(term: Term) -> Term:
    what = term.what
    if isinstance(what, Near):
        return replace(term, what=replace(what, one=_words(what.one), two=_words(what.two)))
    return replace(term, what=_words(what))


def _words(wanted: Words) -> Words:
    return replace(wanted, forms=tuple(map(_lenient, wanted.forms)))


def _lenient(form: Form) -> Form:
    if not _may_slip(form):
        return form
    known = {form.letters, *form.stems} if form.accepts == "any-form" else {form.letters}
    return replace(form, accepts="one-of", among=frozenset(known | _wrong(form)))


def _wrong(form: Form) -> frozenset[str]:
    """Slips of the stem, which all forms of the word share; of the word where that is short."""
    return (form.accepts == "any-form" and slips(stem(form.letters))) or slips(form.letters)
