"""Articles judged once: a match is taken from the record where nothing it rests on has changed.

What it rests on is the event as its file has it, the rules, what the outlet's pages repeat, and
the article's own words; their digest stands beside the match. Half a millisecond a piece is saved,
and no answer is other than it would be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from hashlib import blake2b

from crawler.matching import RULES, Matcher, Told
from crawler.models import Article, Event, Match

SIZE = 12
# bytes of a digest


def basis_of_event(event: Event, boilerplate: Mapping[str, frozenset[str]]) -> str:
    """The digest of all that the matches of an event rest on beside the articles."""
    lines = sorted((outlet, sorted(some)) for outlet, some in boilerplate.items())
    told = repr((_said_by(event), RULES, lines))
    return blake2b(told.encode("utf-8", "replace"), digest_size=SIZE).hexdigest()


def _said_by(event: Event) -> str:
    return repr(replace(event, source=None))


class Judge:
    """A matcher with a memory: `known` are matches of the same event, by article key."""

    def __init__(
        self,
        event: Event,
        boilerplate: Mapping[str, frozenset[str]],
        known: Mapping[str, Match] | None = None,
    ) -> None:
        self.matcher = Matcher(event, boilerplate)
        self._boilerplate = boilerplate
        self._known = known or {}
        self._event = _said_by(event)
        self._begun = cache(self._begin)

    def judge(self, told: Article | Told, *, narrowed: bool = False) -> Match | None:
        """As `Matcher.judge`, with the basis; without a second look where it is the same."""
        article = told if isinstance(told, Article) else told.article
        known = self._known.get(article.key)
        if known is not None and known.basis == self.basis(article):
            return known
        match = self.matcher.judge(told, narrowed=narrowed)
        return match and replace(match, basis=self.basis(article))

    def basis(self, article: Article) -> str:
        """The digest of all that a match of this article rests on."""
        digest = self._begun(article.outlet).copy()
        said = (article.headline, article.lead, article.text, article.language, article.published)
        digest.update(repr((*said, article.url, article.section, article.byline)).encode())
        return digest.hexdigest()

    def _begin(self, outlet: str) -> blake2b:
        lines = sorted(self._boilerplate.get(outlet, ()))
        told = repr((self._event, RULES, outlet, lines))
        return blake2b(told.encode("utf-8", "replace"), digest_size=SIZE)


def fresh(matches: Iterable[Match], kept: Mapping[str, str]) -> list[Match]:
    """Those that the record does not hold as they are; `kept` are its bases by article key."""
    return [each for each in matches if each.basis and kept.get(each.article) != each.basis]
