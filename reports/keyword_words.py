"""A keyword as it was understood, in the reader's language (pure).

`crawler.matching.understood` says the same in English to terminals and in JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from crawler.matching import Form, Near, Term, Words, read_term
from crawler.matching.terms import GAP, Accepts
from crawler.models import Keywords, Language
from reports.words import say

# How each kind of form is told; a linking word alone is told like any other.
_FORMS: Final[dict[Accepts, str]] = {
    "any-form": "term_any_form",
    "link": "term_any_form",
    "beginning": "term_beginning",
    "itself": "term_itself",
    "longer-form": "term_longer_form",
}


def all_understood(wanted: Keywords, language: Language) -> tuple[str, ...]:
    """Every different term of an event's keywords, as it was understood.

    Raises BadTerm for one that cannot be read; an event that was loaded has none.
    """
    groups = (term for group in wanted.any for term in group)
    every = dict.fromkeys((*groups, *wanted.all, *wanted.none, *wanted.names))
    return tuple(understood(read_term(term), language) for term in every)


def understood(term: Term, language: Language) -> str:
    """`any form of “festë”, in the headline only`."""
    return ", ".join(_told(term, language))


def _told(term: Term, language: Language) -> Iterator[str]:
    if isinstance(term.what, Near):
        one, two = (_words(words, language) for words in (term.what.one, term.what.two))
        yield say("term_near", language, one=one, two=two, n=term.what.within)
    else:
        yield _words(term.what, language)
    if term.headline:
        yield say("term_headline", language)


def _words(wanted: Words, language: Language) -> str:
    if wanted.style == "exact":
        return say("term_itself", language, word=_text(wanted.forms))
    if len(wanted.forms) == 1:
        return _form(wanted.forms[0], language)
    if wanted.style == "phrase":
        return say("term_phrase", language, word=_text(wanted.forms))
    told = [_form(form, language) for form in wanted.forms]
    return say("term_then", language, words=say("term_link", language).join(told), n=GAP)


def _form(form: Form, language: Language) -> str:
    return say(_FORMS[form.accepts], language, word=form.printed)


def _text(forms: Iterable[Form]) -> str:
    return " ".join(map(str, forms))
