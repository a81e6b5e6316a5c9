"""A keyword in words, and advice on keywords that will find too much (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crawler.matching.groups import groups_of
from crawler.matching.terms import GAP, LINKS, BadTerm, Form, Near, Term, Words, read_term
from crawler.models import Keywords

SHORT_NAME: Final = 5
# letters; measured: such names stand for too much alone
SHORT_BEGINNING: Final = 4
# letters of word*
# Folded words that stand in half of all pieces of our outlets' newsrooms; ours.
COMMON: Final = frozenset(
    re.findall(
        r"\w+",
        "dhe ne nga per me te se i e a si qe ku sot dje neser sivjet dite jave muaj vit ore minuta"
        " njerez qytet vend bashki qeveri ministri shtet shqiperi tirane kosove shqiptar lajm media"
        " shtepi shkolle familje fond projekt pune jete bote the and of in to for on with at by"
        " from today year day city country government news media people new albania tirana و در به"
        " از که این را با است",
    )
)


def understood(term: Term) -> str:
    """How a term was understood, in words: 'any form of "konferencë"'."""
    return _said(term) + ", in the headline only" * term.headline


def advice(keywords: Keywords) -> tuple[str, ...]:
    """Sentences on terms that will find too much; advice, no refusal. Unreadable ones are left."""
    return tuple(dict.fromkeys(_advice(keywords)))


def _said(term: Term) -> str:
    if isinstance(term.what, Near):
        one, two = _words(term.what.one), _words(term.what.two)
        return f"{one} and {two}, in either order, at most {term.what.within} words between them"
    return _words(term.what)


def _words(wanted: Words) -> str:
    text = " ".join(map(str, wanted.forms))
    if wanted.style == "exact":
        return f'exactly "{text}", in capitals or not'
    if wanted.style == "phrase":
        if len(wanted.forms) == 1:
            return _form(wanted.forms[0])
        return f'the phrase "{text}", in which all words but the last may inflect'
    if len(wanted.forms) == 1:
        return _form(wanted.forms[0])
    return f"{', then '.join(map(_form, wanted.forms))}, up to {GAP} other words between two"


def _form(form: Form) -> str:
    if form.accepts == "beginning":
        return f'words that begin with "{form.printed}"'
    if form.accepts == "itself":
        return f'exactly "{form.printed}", in capitals or not'
    if form.accepts == "longer-form":
        return f'"{form.printed}" and longer forms of it'
    return f'any form of "{form.printed}"'


def _advice(keywords: Keywords) -> Iterator[str]:
    for group in groups_of(keywords):
        terms = list(_readable(group))
        for term in terms:
            yield from _too_short(term)
        for term in terms[:1] if len(group) == 1 else ():
            yield from _alone(term)
        if terms and len(group) > 1 and all(map(_is_common, terms)):
            yield f"{_listed(terms)} are all very common words; add one that names the event"
        elif any(map(_links, terms)):
            yield (
                f"{_listed([*filter(_links, terms)])} stands in every text; a phrase has quotes "
                f'around it: "{" ".join(group)}"'
            )


def _readable(group: tuple[str, ...]) -> Iterator[Term]:
    for written in group:
        try:
            yield read_term(written)
        except BadTerm:
            continue


def _too_short(term: Term) -> Iterator[str]:
    for form in (form for run in term.runs for form in run.forms):
        if form.accepts == "beginning" and len(form.letters) < SHORT_BEGINNING:
            yield (
                f"{form} stands for every word that begins with {len(form.letters)}"
                f" letters; write at least {SHORT_BEGINNING}"
            )


def _alone(term: Term) -> Iterator[str]:
    if _is_common(term):
        yield f"{term} alone is a very common word; add a second term to its group"
    elif isinstance(term.what, Words) and len(term.what.forms) == 1:
        form = term.what.forms[0]
        if form.accepts != "beginning" and len(form.letters) <= SHORT_NAME:
            yield f"{term} alone is short and stands in much else; add a second term to its group"


def _links(term: Term) -> bool:
    """Whether a term is but a word that ties others: "e", "of"."""
    return isinstance(term.what, Words) and all(
        form.letters in LINKS for run in term.runs for form in run.forms
    )


def _is_common(term: Term) -> bool:
    forms = [form for run in term.runs for form in run.forms]
    return all(form.letters in COMMON | LINKS for form in forms)


def _listed(terms: list[Term]) -> str:
    return " and ".join(map(str, terms))
