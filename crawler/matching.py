"""Which articles are about an event, and by which words: pure, plain, with reasons.

The rules are those of `contract.md` (`[keywords]`) with the plainest inflection that
serves: a dictionary form stands for everything that begins with it once its last
vowel is gone (`festë`: festa, festën, festave), in letters without marks, as half of
the Albanian press writes. FTS narrows (`prefixes`), this module decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from crawler.folding import Word, words
from crawler.models import Article, Because, Event, Keywords, Match

Field = Literal["headline", "lead", "text"]

RULES: Final = "plain-1"
# Where a word stands says how much a piece is about it; ours, ordinal only.
WORTH: Final[dict[Field, float]] = {"headline": 1.0, "lead": 0.8, "text": 0.6}
# What names of the event add to a piece that matches already.
NAME_BONUS: Final = 0.1
# A stem shorter than this would stand for too many words.
SHORTEST_STEM: Final = 4
# In a phrase its neighbours vouch for it.
SHORTEST_IN_PHRASE: Final = 3
# Words that may stand between two words of a term without quotes.
GAP: Final = 2
SNIPPET_CHARS: Final = 60

VOWELS: Final = frozenset("aeiouy")
# Linking words follow the case of the noun: Dita e Bregut, Ditën e Bregut, Ditës së Bregut.
LINKS: Final = frozenset({"e", "i", "te", "se", "a"})

_LATIN = re.compile(r"[a-z0-9]+")
# Letters that some texts write in one sign (ﬁ, ß): FTS5 keeps the sign, `fold` does not.
_JOINED = re.compile(r"ff|fi|fl|st|ss")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What one word of a term accepts."""

    letters: str
    # folded: "fest"
    open: bool
    # more letters may follow
    link: bool = False
    # a linking word: any of them will do

    def accepts(self, word: Word) -> bool:
        """Whether `word` is a form of it."""
        if self.link:
            return word.folded in LINKS
        return word.folded.startswith(self.letters) if self.open else word.folded == self.letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A keyword made ready to be looked for."""

    written: str
    # as in the event's file: "\"rruga e librit\""
    forms: tuple[Form, ...]
    # in their order
    gap: int
    # other words that may stand between two of them


def read_term(written: str) -> Term:
    """The term that `written` means: a dictionary form, "a phrase", `begin*` or `=Exact`."""
    plain = written.strip()
    if plain.startswith("="):
        return Term(written=written, forms=_forms(plain[1:], _exact), gap=0)
    if len(plain) > 1 and plain[0] in '"“„' and plain[-1] in '"“”':
        return Term(written=written, forms=_phrase(plain[1:-1]), gap=0)
    if plain.endswith("*"):
        *first, last = _forms(plain[:-1], _exact) or (_exact(""),)
        return Term(written=written, forms=(*first, _beginning(last.letters)), gap=0)
    return Term(written=written, forms=_forms(plain, _dictionary), gap=GAP)


def _forms(text: str, make: Callable[[str], Form]) -> tuple[Form, ...]:
    return tuple(make(word.folded) for word in words(text))


def _phrase(text: str) -> tuple[Form, ...]:
    """The last word of a phrase as it is, the ones before it may inflect (measured)."""
    folded = [word.folded for word in words(text)]
    if len(folded) < 2:  # noqa: PLR2004 - one word in quotes is that word
        return tuple(map(_exact, folded))
    return (*map(_linked, folded[:-1]), _exact(folded[-1]))


def _exact(folded: str) -> Form:
    return Form(letters=folded, open=False)


def _beginning(folded: str) -> Form:
    return Form(letters=folded, open=bool(folded))


def _linked(folded: str) -> Form:
    if folded in LINKS:
        return Form(letters=folded, open=False, link=True)
    return _dictionary(folded, SHORTEST_IN_PHRASE)


def _dictionary(folded: str, shortest: int = SHORTEST_STEM) -> Form:
    """All that begins with the stem; words too short for a stem stand for themselves."""
    if len(folded) > shortest and folded[-1] in VOWELS:
        return _beginning(folded[:-1])
    return Form(letters=folded, open=len(folded) >= shortest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place where a term stands."""

    start: int
    # of the first character of its first word
    end: int
    # after the last character of its last word


def find(term: Term, among: Sequence[Word]) -> Hit | None:
    """The first place where `term` stands in the words of one field."""
    if not term.forms:
        return None
    for at, word in enumerate(among):
        if term.forms[0].accepts(word) and (last := _rest(term, among, at)) is not None:
            return Hit(start=word.start, end=among[last].end)
    return None


def _rest(term: Term, among: Sequence[Word], at: int) -> int | None:
    """Where the last word of a term stands whose first word stands at `at`."""
    for form in term.forms[1:]:
        near = range(at + 1, min(at + 2 + term.gap, len(among)))
        found = next((place for place in near if form.accepts(among[place])), None)
        if found is None:
            return None
        at = found
    return at


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One field of an article, cut into words."""

    name: Field
    # "headline"
    text: str
    # as printed
    words: Sequence[Word]
    # of the text


class Matcher:
    """The keywords of one event, made ready for many articles."""

    def __init__(self, keywords: Keywords) -> None:
        groups = keywords.any or ((),) * bool(keywords.all)
        self._all = tuple(map(read_term, keywords.all))
        self._groups = [(*map(read_term, group), *self._all) for group in groups]
        self._none = tuple(map(read_term, keywords.none))
        self._names = tuple(map(read_term, keywords.names))

    def judge(self, article: Article) -> tuple[float, tuple[Because, ...]] | None:
        """Score and reasons; None where no group stands whole or a `not` stands.

        A group may be spread over the fields. The best group decides the score; the
        terms of every group that stands are reasons.
        """
        fields = list(_fields(article))
        if any(_because(term, fields) for term in self._none):
            return None
        whole = [reasons for group in self._groups if (reasons := _whole(group, fields))]
        if not whole:
            return None
        names = [found for name in self._names if (found := _because(name, fields))]
        score = max(map(_score, whole)) + (NAME_BONUS if names else 0)
        found_once = dict.fromkeys([reason for group in whole for reason in group] + names)
        return min(1.0, round(score, 2)), tuple(found_once)


def match(event: Event, article: Article, matcher: Matcher | None = None) -> Match | None:
    """`article` against `event`; None where it is not about it or outside the window.

    An article without a date can match: the report has a section of its own for it.
    Give the event's `Matcher` where many articles are judged.
    """
    if article.published is not None and not event.window.holds(article.published):
        return None
    judged = (matcher or Matcher(event.keywords)).judge(article)
    if judged is None:
        return None
    score, because = judged
    return Match(article=article.key, event=event.slug, score=score, because=because, rules=RULES)


def matches(event: Event, articles: Iterable[Article]) -> Iterator[tuple[Article, Match]]:
    """The articles that are about `event`, each with its match."""
    matcher = Matcher(event.keywords)
    for article in articles:
        if found := match(event, article, matcher):
            yield article, found


def _fields(article: Article) -> Iterator[Part]:
    """Headline, lead and text, the worthiest first; what the article lacks is left out."""
    texts: dict[Field, str | None] = {
        "headline": article.headline,
        "lead": article.lead,
        "text": article.text,
    }
    for name, text in texts.items():
        if text:
            plain = unicodedata.normalize("NFC", text)
            yield Part(name=name, text=plain, words=words(plain))


def _whole(group: Iterable[Term], fields: Sequence[Part]) -> list[Because] | None:
    """The reasons of a group, None where one of its terms is missing."""
    reasons = []
    for term in group:
        found = _because(term, fields)
        if found is None:
            return None
        reasons.append(found)
    return reasons


def _because(term: Term, fields: Sequence[Part]) -> Because | None:
    """Where `term` stands first, in the worthiest field that has it."""
    for field in fields:
        if hit := find(term, field.words):
            return Because(
                term=term.written,
                form=field.text[hit.start : hit.end],
                field=field.name,
                snippet=_snippet(field.text, hit),
            )
    return None


def _score(reasons: Sequence[Because]) -> float:
    return sum(WORTH[reason.field] for reason in reasons) / len(reasons)


def _snippet(text: str, hit: Hit) -> str:
    """Some `SNIPPET_CHARS` around a hit, cut at spaces, on one line."""
    room = max(0, SNIPPET_CHARS - (hit.end - hit.start)) // 2
    start, end = max(0, hit.start - room), min(len(text), hit.end + room)
    before = text[start : hit.start]
    after = text[hit.end : end]
    if start > 0:
        before = "…" + (before.partition(" ")[2] if " " in before else before)
    if end < len(text):
        after = (after.rpartition(" ")[0] if " " in after else after) + "…"
    return " ".join(f"{before}{text[hit.start : hit.end]}{after}".split())


def prefixes(event: Event) -> tuple[tuple[str, ...], ...]:
    """What a full-text index must be asked for: OR of AND-groups of word beginnings.

    Each is of ASCII letters and digits, small, without marks, so that a tokeniser that
    folds marks (FTS5 `unicode61 remove_diacritics 2`) finds at least every article that
    `match` accepts. An empty group means that the index cannot narrow (every article is
    a candidate); no groups at all mean that nothing can match.
    """
    groups = [*event.keywords.any] or [()] * bool(event.keywords.all)
    both = [(*group, *event.keywords.all) for group in groups]
    return tuple(tuple(dict.fromkeys(_beginnings(group))) for group in both)


def _beginnings(group: Iterable[str]) -> Iterator[str]:
    forms = (form for term in map(read_term, group) for form in term.forms)
    for form in forms:
        if form.link or not form.letters.isascii():
            continue
        if sure := _sure(form.letters):
            yield sure


def _sure(letters: str) -> str:
    """The beginning that no text writes in one sign: "fest" is sure up to "fe"."""
    joined = _JOINED.search(letters)
    found = _LATIN.match(letters[: joined.start()] if joined else letters)
    return found.group() if found else ""
