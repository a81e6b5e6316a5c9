"""An article cut into words once, for any number of events (pure)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import Final, Literal, TypeAlias

from crawler.language.folding import Word, folded_words, words
from crawler.language.stemming import stems
from crawler.matching.teasers import Span, foreign, last_paragraph
from crawler.matching.terms import LINKS, Form
from crawler.models import Article

Foreign: TypeAlias = Mapping[str, Collection[Span]]
# per field: what is not the piece's own
Field = Literal["headline", "lead", "text"]
FIELDS: Final[tuple[Field, ...]] = ("headline", "lead", "text")

# Where a sentence ends no phrase goes on; "Dr. Hoxha" and "A.S. Bregu" are no ends.
_LINE: Final = re.compile(r"[\n\r\u2028\u2029]")
_SENTENCE: Final = re.compile(r"[.!?…؟。][^\w]*\s")
_CENTURIES: Final = frozenset({"19", "20"})
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
SHORTEST_LAST: Final = 4
# letters of a word that can end a sentence; a shorter one before a full stop is abbreviated

_stems = lru_cache(maxsize=65_536)(stems)


class Part:
    """One field of an article: its text, its words and where each word and stem stands."""

    def __init__(self, name: Field, text: str, language: str | None) -> None:
        self.name = name
        self.text = text
        self.language = language

    @cached_property
    def words(self) -> Sequence[Word]:
        """The words in order."""
        return words(self.text)

    @cached_property
    def by_word(self) -> dict[str, list[int]]:
        """Folded word -> its places in `words`, in order."""
        found: dict[str, list[int]] = {}
        for at, folded in enumerate(folded_words(self.text)):
            found.setdefault(folded, []).append(at)
        return found

    @cached_property
    def by_stem(self) -> dict[str, list[str]]:
        """Stem -> the folded words that have it."""
        found: dict[str, list[str]] = {}
        for folded in self.by_word:
            for stem in _stems(folded, self.language):
                found.setdefault(stem, []).append(folded)
        return found

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.by_word)

    @cached_property
    def years(self) -> tuple[tuple[int, int], ...]:
        """Numbers that may be years, each with its place in `words`."""
        named = (word for word in self.by_word if word[:2] in _CENTURIES and _YEAR.fullmatch(word))
        return tuple((int(year), at) for year in named for at in self.by_word[year])

    def places(self, form: Form) -> list[int]:
        """Where a form of a term stands, in order."""
        accepted = self._accepted(form)
        if len(accepted) == 1:
            return self.by_word[accepted[0]]
        return sorted(at for folded in accepted for at in self.by_word[folded])

    def _accepted(self, form: Form) -> list[str]:
        """The different words of this field that `form` accepts."""
        letters = form.letters
        if form.accepts == "beginning":
            return list(self._beginning(letters))
        if form.accepts == "itself":
            return [letters] if letters in self.by_word else []
        if form.accepts == "link":
            return [link for link in LINKS if link in self.by_word]
        if form.accepts == "one-of":
            return list(self._one_of(form.among))
        same = dict.fromkeys([letters] if letters in self.by_word else [])
        for stem in form.stems:
            same.update(dict.fromkeys(self.by_stem.get(stem, ())))
        if form.accepts == "longer-form":
            return [folded for folded in same if folded.startswith(letters)]
        return list(same)

    def _one_of(self, among: frozenset[str]) -> dict[str, None]:
        """The words that are one of these, have one of them for a stem, or begin like one."""
        found = dict.fromkeys(sorted(among & self.by_word.keys()))
        for stem in sorted(among & self.by_stem.keys()):
            found.update(dict.fromkeys(self.by_stem[stem]))
        for beginning in sorted(word[:-1] for word in among if word.endswith("*")):
            found.update(dict.fromkeys(self._beginning(beginning)))
        return found

    def _beginning(self, letters: str) -> Iterator[str]:
        for at in range(bisect_left(self._sorted, letters), len(self._sorted)):
            if not self._sorted[at].startswith(letters):
                return
            yield self._sorted[at]

    def same_line(self, one: int, two: int) -> bool:
        """Whether no line ends between two words, the first before the second."""
        return not _LINE.search(self.text, self.words[one].end, self.words[two].start)

    def same_sentence(self, one: int, two: int) -> bool:
        """Whether no sentence ends between two words, the first before the second."""
        if not self.same_line(one, two):
            return False
        return all(
            len(self.words[at].folded) < SHORTEST_LAST
            or not _SENTENCE.search(self.text, self.words[at].end, self.words[at + 1].start)
            for at in range(one, two)
        )


class Told:
    """What an article tells, made ready for `crawler.matching.judging.Matcher`."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._foreign: dict[frozenset[str], Foreign] = {}
        texts = zip(FIELDS, (article.headline, article.lead, article.text), strict=True)
        self.parts = tuple(Part(name, text, article.language) for name, text in texts if text)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every folded word and every stem: what the search index holds of the article."""
        return frozenset(self._keys())

    def _keys(self) -> Iterator[str]:
        for folded in set(chain.from_iterable(folded_words(part.text) for part in self.parts)):
            yield folded
            yield from _stems(folded, self.article.language)

    def foreign(self, repeated: frozenset[str]) -> Foreign:
        """Per field the stretches that speak of other pieces; `repeated` are an outlet's lines."""
        if repeated not in self._foreign:
            bodies = (part for part in self.parts if part.name != "headline")
            self._foreign[repeated] = {p.name: foreign(p.text, repeated, p.by_word) for p in bodies}
        return self._foreign[repeated]

    @cached_property
    def last_paragraph(self) -> int | None:
        """Where the last paragraph of the text begins; None where it has fewer than three."""
        return last_paragraph(self.article.text or "")

    @cached_property
    def _run_on(self) -> str:
        return f" {' '.join(self.keys)}"

    def holds_one(self, among: frozenset[str]) -> bool:
        """Whether one of these is a word or a stem of it."""
        return not all(
            among.isdisjoint(part.by_word) and among.isdisjoint(part.by_stem) for part in self.parts
        )

    def holds(self, asked: Iterable[str]) -> bool:
        """Whether one of these words stands in it; "fest*" is every word that begins so."""
        return any(
            f" {word[:-1]}" in self._run_on if word[-1] == "*" else word in self.keys
            for word in asked
        )


def prepare(article: Article) -> Told:
    """The article cut into words: give it to as many matchers as there are events."""
    return Told(article)
