"""What an event is called in a text that is not Albanian (pure).

Its name or the words of a group, each in the other language (`crawler.matching.glossary`) or, where
it is a name, in the other script; and its place and organiser, who keep their names everywhere.
What is found so is only asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product
from typing import Final

from crawler.language.folding import fold, words
from crawler.language.stemming import stems_of_term
from crawler.matching.glossary import things, towns
from crawler.matching.naming import Names, bare, is_head
from crawler.matching.terms import GAP, LINKS, Form, Near, Term, Words
from crawler.models import Event

NEAR: Final = 4
# words between the two of a name: the Book Road, la Strada del Libro
SPELLINGS: Final = 16
# of a name in one script

# Letters of Albanian names in the scripts of the neighbours: the longest first, several where
# editors differ, none where a vowel is left out.
_CYRILLIC: Final = {
    "xh": ("џ",), "gj": ("ѓ", "ђ"), "sh": ("ш",), "zh": ("ж",), "th": ("т",), "dh": ("д",),
    "nj": ("њ",), "ll": ("л",), "rr": ("р",), "a": ("а",), "b": ("б",), "c": ("ц",), "ç": ("ч",),
    "d": ("д",), "e": ("е",), "ë": ("", "е"), "f": ("ф",), "g": ("г",), "h": ("х",), "i": ("и",),
    "j": ("ј",), "k": ("к",), "l": ("л",), "m": ("м",), "n": ("н",), "o": ("о",), "p": ("п",),
    "q": ("ќ", "ћ"), "r": ("р",), "s": ("с",), "t": ("т",), "u": ("у",), "v": ("в",), "x": ("ѕ",),
    "y": ("и",), "z": ("з",),
}  # fmt: skip
_GREEK: Final = {
    "xh": ("τζ",), "gj": ("γκι",), "sh": ("σ",), "zh": ("ζ",), "th": ("θ",), "dh": ("δ",),
    "nj": ("νι",), "ll": ("λ",), "rr": ("ρ",), "a": ("α",), "b": ("μπ",), "c": ("τσ",),
    "ç": ("τσ",), "d": ("ντ",), "e": ("ε",), "ë": ("", "ε"), "f": ("φ",), "g": ("γκ",), "h": ("χ",),
    "i": ("ι",), "j": ("γι",), "k": ("κ",), "l": ("λ",), "m": ("μ",), "n": ("ν",), "o": ("ο",),
    "p": ("π",), "q": ("κι",), "r": ("ρ",), "s": ("σ",), "t": ("τ",), "u": ("ου",), "v": ("β",),
    "x": ("τζ",), "y": ("ι",), "z": ("ζ",),
}  # fmt: skip
_PERSIAN: Final = {
    "xh": ("ج",), "gj": ("ج", "گ"), "sh": ("ش",), "zh": ("ژ",), "th": ("ت",), "dh": ("د",),
    "nj": ("نی",), "ll": ("ل",), "rr": ("ر",), "a": ("ا", ""), "b": ("ب",), "c": ("ت",),
    "ç": ("چ",), "d": ("د",), "e": ("", "ه"), "ë": ("",), "f": ("ف",), "g": ("گ",), "h": ("ه",),
    "i": ("ی",), "j": ("ی",), "k": ("ک",), "l": ("ل",), "m": ("م",), "n": ("ن",), "o": ("و",),
    "p": ("پ",), "q": ("چ",), "r": ("ر",), "s": ("س",), "t": ("ت",), "u": ("و",), "v": ("و",),
    "x": ("ز",), "y": ("ی",), "z": ("ز",),
}  # fmt: skip
_SHORTEST: Final = 3
# letters of a beginning that can be told from others


def other_names(event: Event, names: Names) -> tuple[tuple[Term, ...], ...]:
    """Groups that name the event in another language: all terms of one must stand together."""
    titles = ((event.title,),) if event.title != event.slug else ()
    spoken = [*titles, *names.groups]
    translated = [group for each in spoken if (group := _translated(each))]
    return tuple(dict.fromkeys((*translated, *_hosts(names))))


def _translated(written: Sequence[str]) -> tuple[Term, ...] | None:
    """A group of terms in the other languages; None where a word of it has none."""
    group: list[Term] = []
    for term in written:
        forms = _forms(bare(term))
        if not forms:
            return None
        group.extend(_as_terms(term, forms))
    return tuple(group) if len(group) > 1 or isinstance(group[0].what, Near) else None


def _as_terms(written: str, forms: Sequence[Form]) -> Iterator[Term]:
    """A name of two words in either order, longer ones word by word."""
    each = [Words(forms=(form,), style="words") for form in forms]
    if len(each) == 2:  # noqa: PLR2004 - near() takes two
        yield Term(written=written, what=Near(one=each[0], two=each[1], within=NEAR))
        return
    for one in each:
        yield Term(written=written, what=one)


def _forms(text: str) -> list[Form]:
    """Its words in the other languages; nothing where one of them is not known."""
    found = []
    for word in words(text):
        if word.folded in LINKS or word.folded.isdecimal():
            continue
        printed = text[word.start : word.end]
        among = _thing(word.folded) or (spelled(printed) if printed[0].isupper() else None)
        if not among:
            return []
        found.append(_form(word.folded, among))
    return found


def _form(folded: str, among: frozenset[str]) -> Form:
    return Form(letters=folded, accepts="one-of", gap=GAP, among=among, printed=folded)


def _thing(folded: str) -> frozenset[str] | None:
    stems = stems_of_term(folded)
    return next((things()[stem] for stem in stems if stem in things()), None)


def _hosts(names: Names) -> Iterator[tuple[Term, ...]]:
    """Place and organiser, each by its own name."""
    for place in names.places:
        for organiser in names.organisers:
            one, two = _proper(place), _proper(organiser)
            if one and two and not ({f.letters for f in one} & {f.letters for f in two}):
                yield _named(place, one), _named(organiser, two)


def hosts_abroad(names: Names) -> tuple[Term, ...]:
    """Each place and organiser by its own name, as other languages and scripts write it."""
    told = ((host, _proper(host)) for host in (*names.places, *names.organisers))
    return tuple(_named(host, forms) for host, forms in told if forms)


def _named(written: str, forms: Sequence[Form]) -> Term:
    return Term(written=written, what=Words(forms=tuple(forms), style="words"))


def _proper(text: str) -> list[Form]:
    """The words of a name that no language translates: Shoqata Vreshti is Vreshti."""
    plain = bare(text)
    found = []
    for word in words(plain):
        printed = plain[word.start : word.end]
        if word.folded in LINKS or is_head(word.folded) or _thing(word.folded):
            continue
        if printed[0].isupper():
            found.append(_form(word.folded, spelled(printed)))
    return found


@lru_cache(maxsize=1_024)
def spelled(name: str) -> frozenset[str]:
    """A name as other languages write it; in other scripts by how it begins, for it inflects."""
    folded = fold(name)
    known = {folded, *stems_of_term(folded)}
    for stem in stems_of_term(folded):
        known |= towns().get(stem, frozenset())
    for script in (_CYRILLIC, _GREEK, _PERSIAN):
        known.update(_beginnings(name.lower(), script))
    return frozenset(known)


def _beginnings(name: str, script: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Without a last vowel, which other languages change."""
    root = name[:-1] if len(name) > _SHORTEST + 1 and name[-1] in "aeëiou" else name
    for parts in islice(product(*_letters(root, script)), SPELLINGS):
        written = fold("".join(parts))
        if len(written) >= _SHORTEST and written.isalpha():
            yield f"{written}*"


def _letters(name: str, script: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    at = 0
    while at < len(name):
        size = 2 if name[at : at + 2] in script else 1
        yield script.get(name[at : at + size], ("",))
        at += size
