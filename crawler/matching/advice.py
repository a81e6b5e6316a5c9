"""A keyword in words, and advice on keywords that will find too much (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crawler.failure import Told
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


class Advice(Told):
    """A sentence on terms that will find too much; it is given, never raised."""


def advice(keywords: Keywords) -> tuple[Advice, ...]:
    """Sentences on terms that will find too much, each once. Unreadable terms are left."""
    return tuple({str(each): each for each in _advice(keywords)}.values())


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


def _advice(keywords: Keywords) -> Iterator[Advice]:
    for group in groups_of(keywords):
        terms = list(_readable(group))
        for term in terms:
            yield from _too_short(term)
        for term in terms[:1] if len(group) == 1 else ():
            yield from _alone(term)
        if terms and len(group) > 1 and all(map(_is_common, terms)):
            yield Advice(
                "{terms} are all very common words; add one that names the event",
                terms=_listed(terms),
            )
        elif any(map(_links, terms)):
            yield Advice(
                '{terms} stands in every text; a phrase has quotes around it: "{phrase}"',
                terms=_listed([*filter(_links, terms)]),
                phrase=" ".join(group),
            )


def _readable(group: tuple[str, ...]) -> Iterator[Term]:
    for written in group:
        try:
            yield read_term(written)
        except BadTerm:
            continue


def _too_short(term: Term) -> Iterator[Advice]:
    for form in (form for run in term.runs for form in run.forms):
        if form.accepts == "beginning" and len(form.letters) < SHORT_BEGINNING:
            yield Advice(
                "{form} stands for every word that begins with {letters} letters;"
                " write at least {least}",
                form=form,
                letters=len(form.letters),
                least=SHORT_BEGINNING,
            )


def _alone(term: Term) -> Iterator[Advice]:
    if _is_common(term):
        yield Advice(
            "{term} alone is a very common word; add a second term to its group", term=term
        )
    elif isinstance(term.what, Words) and len(term.what.forms) == 1:
        form = term.what.forms[0]
        if form.accepts != "beginning" and len(form.letters) <= SHORT_NAME:
            yield Advice(
                "{term} alone is short and stands in much else; add a second term to its group",
                term=term,
            )


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
