"""Whether an article is about an event, and by which words: pure, plain, with reasons.

`crawler.record.search` narrows with `narrowing`, this decides. Law 3: every match keeps the
words it was made by, as printed, and what spoke for it and against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from crawler.language.folding import folded_words
from crawler.language.stemming import RULES as STEMS
from crawler.matching.article_words import FIELDS, Part, Told, prepare
from crawler.matching.editions import Editions, Mark
from crawler.matching.finding import Hit, find
from crawler.matching.narrowing import Member, groups_of, members_of
from crawler.matching.places import Towns
from crawler.matching.signals import WHOLLY, WORTH, Helpers
from crawler.matching.snippets import LONGEST, one_line, snippet
from crawler.matching.teasers import within
from crawler.matching.terms import Term, read_term
from crawler.models import Article, Because, Event, Match, Signal

RULES: Final = f"stem-2 {STEMS}"
# goes up where an article would be judged otherwise: these rules, and those of the stems
LINE: Final = 0.3
# a match below it carries a doubt and counts for nothing before a person accepts it
# Where a word stands says how much a piece is about it; ours, ordinal only.
WORTHS: Final[Mapping[str, float]] = {"headline": 1.0, "lead": 0.8, "text": 0.6}
LAST_PARAGRAPH: Final = 0.45
BOILERPLATE: Final = 0.1
MORE: Final = 0.02
# for a further group that stands, for a further place where a word does
MOST: Final = 3
# of those that count

NOTHING_REPEATED: Final[Mapping[str, frozenset[str]]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One place where a keyword stands, and what it is worth there."""

    term: Term
    # the keyword
    part: Part
    # the field
    hit: Hit
    # the words
    place: str | None
    # "boilerplate", "last-paragraph"

    @property
    def worth(self) -> float:
        """0..1."""
        if self.place == "boilerplate":
            return BOILERPLATE
        return LAST_PARAGRAPH if self.place else WORTHS[self.part.name]

    @property
    def own(self) -> bool:
        """Whether the words are the piece's own."""
        return self.place != "boilerplate"

    @property
    def because(self) -> Because:
        """The reason as the record keeps it."""
        start = self.part.words[self.hit.first].start
        end = self.part.words[self.hit.last].end
        return Because(
            term=self.term.written,
            form=one_line(self.part.text[start:end])[:LONGEST],
            field=self.part.name,
            snippet=snippet(self.part.text, start, end),
            place=self.place,  # type: ignore[arg-type]
        )


Group = Sequence[Sequence[Found]]
# of each term of a group every place where it stands, the worthiest first; none is empty


class Piece:
    """One article on the table: which of its words are its own, where terms stand in it."""

    def __init__(
        self, told: Told, repeated: frozenset[str], excluded: frozenset[str] = frozenset()
    ) -> None:
        self.told = told
        self.excluded = excluded
        self.foreign = told.foreign(repeated)

    def find(self, term: Term) -> list[Found]:
        """Every place where `term` stands, the worthiest first."""
        found = [
            Found(term=term, part=part, hit=hit, place=self._place(part, hit))
            for part in self.told.parts
            for hit in find(term, part)
            if not self._is_excluded(part, hit)
        ]
        return sorted(found, key=lambda one: -one.worth)

    def _is_excluded(self, part: Part, hit: Hit) -> bool:
        """Whether it, or a word of it, is a form that a person took out."""
        if not self.excluded:
            return False
        there = [word.folded for word in part.words[hit.first : hit.last + 1]]
        return " ".join(there) in self.excluded or not self.excluded.isdisjoint(there)

    def _place(self, part: Part, hit: Hit) -> str | None:
        start = part.words[hit.first].start
        if within(self.foreign.get(part.name, ()), start):
            return "boilerplate"
        last = self.told.last_paragraph
        if part.name == "text" and last is not None and start >= last:
            return "last-paragraph"
        return None


class Matcher:
    """An event's keywords, made ready for many articles.

    `boilerplate` holds what each outlet repeats under its pieces: slug -> lines, as
    `crawler.reading.boilerplate` learns them. Raises BadTerm for a keyword that cannot be read.
    """

    def __init__(
        self, event: Event, boilerplate: Mapping[str, frozenset[str]] = NOTHING_REPEATED
    ) -> None:
        self.event = event
        self._boilerplate = boilerplate
        groups = [tuple(map(read_term, group)) for group in groups_of(event.keywords)]
        self._groups = [(members_of(group), group) for group in groups]
        nots = map(read_term, event.keywords.none)
        self._nots = [(members_of([term]), term) for term in nots]
        self._helpers = Helpers(event)
        self._editions = Editions(event)
        self._towns = Towns(event)
        self._window = event.window
        self._excluded = frozenset(" ".join(folded_words(form)) for form in event.keywords.excluded)

    def judge(self, article: Article | Told, *, narrowed: bool = False) -> Match | None:
        """The match, None where no group stands whole, a `not` stands or it is outside the window.

        A group may be spread over the fields. An article without a date can match. `narrowed`
        says that the search index found it for this event, so that nobody need look first whether
        the words of a group stand in it at all: it saves a fifth, and changes no answer.
        """
        told = article if isinstance(article, Told) else prepare(article)
        published = told.article.published
        if published is not None and not self._window.holds(published):
            return None
        groups = [terms for members, terms in self._groups if narrowed or _may_stand(members, told)]
        if not groups:
            return None
        lines = self._boilerplate.get(told.article.outlet, frozenset())
        piece = Piece(told, lines, self._excluded)
        standing = [whole for terms in groups if (whole := _whole(terms, piece))]
        if not standing or self._killed(piece):
            return None
        return self._match(piece, standing)

    def _killed(self, piece: Piece) -> bool:
        """Whether a `not` stands in the piece's own words."""
        return any(
            found.own
            for members, term in self._nots
            if _may_stand(members, piece.told)
            for found in piece.find(term)
        )

    def _match(self, piece: Piece, standing: Sequence[Group]) -> Match:
        own = [group for group in standing if all(found[0].own for found in group)]
        counted = own or standing
        others = self._others(piece, counted) if own else []
        doubt = self._doubt(piece, counted, others) if own else _only_boilerplate(counted)
        signals = [*self._helpers.among(piece.told, piece.foreign), *_against(others, doubt)]
        if own and doubt is None and (strange := self._elsewhere(piece, counted)):
            doubt = f'about another place: "{strange}", and nothing names this event\'s'
            signals.append(Signal(kind="other-place", words=strange, worth=WHOLLY))
        if not own:
            signals.append(_boilerplate(counted))
        best = {found[0].term.written: found[0].because for group in counted for found in group}
        return Match(
            article=piece.told.article.key,
            event=self.event.slug,
            score=_score(counted, signals, doubt),
            because=tuple(best.values()),
            rules=RULES,
            signals=tuple(signals),
            doubt=doubt,
        )

    # --- other editions -----------------------------------------------------------

    def _others(self, piece: Piece, groups: Iterable[Group]) -> list[Mark]:
        """What names another edition, beside a keyword of the piece's own words."""
        return [
            mark
            for part in piece.told.parts
            for mark in self._editions.others(part, _own_hits(part, groups))
            if not within(piece.foreign.get(part.name, ()), part.words[mark.hit.first].start)
        ]

    def _doubt(self, piece: Piece, groups: Sequence[Group], others: Sequence[Mark]) -> str | None:
        """The sentence for a piece that begins with another edition and never names this one."""
        if not others or any(
            self._editions.this(p, _own_hits(p, groups)) for p in piece.told.parts
        ):
            return None
        part, hit = _first(groups)
        for mark in others:
            if mark.part is part and part.same_sentence(*sorted((mark.hit.first, hit.first))):
                return f'about another edition: "{one_line(mark.printed)}", and nothing names this'
        return None

    # --- other places -------------------------------------------------------------

    def _elsewhere(self, piece: Piece, groups: Sequence[Group]) -> str | None:
        """The words that put the piece's first keyword into another town, where none is ours."""
        part, first = _first(groups)
        for there in self._towns.elsewhere(part, _own_hits(part, groups)):
            if part.same_sentence(*sorted((there.first, first.first))):
                found = part.words[there.first].start, part.words[there.last].end
                home = self._towns.at_home(piece.told.parts)
                return None if home else one_line(part.text[slice(*found)])
        return None


def _all(groups: Iterable[Group]) -> Iterator[Found]:
    return chain.from_iterable(one for group in groups for one in group)


def _first(groups: Iterable[Group]) -> tuple[Part, Hit]:
    """Where the piece's own words first hold a keyword: its headline before its lead."""
    return min(
        ((found.part, found.hit) for found in _all(groups) if found.own),
        key=lambda at: (FIELDS.index(at[0].name), at[1]),
    )


def _own_hits(part: Part, groups: Iterable[Group]) -> list[Hit]:
    return [found.hit for found in _all(groups) if found.part is part and found.own]


def _against(others: Sequence[Mark], doubt: str | None) -> Iterator[Signal]:
    worth = WHOLLY if doubt else WORTH["other-edition"]
    for printed in dict.fromkeys(one_line(mark.printed) for mark in others):
        yield Signal(kind="other-edition", words=printed, worth=worth)


def _may_stand(members: Iterable[Member], told: Told) -> bool:
    """Whether the article has a word for each; cheap, before any place is looked for."""
    return all(map(told.holds, members))


def _whole(terms: Iterable[Term], piece: Piece) -> Group | None:
    """Where the terms of a group stand, None where one is missing."""
    group = []
    for term in terms:
        places = piece.find(term)
        if not places:
            return None
        group.append(places)
    return group


def _only_boilerplate(groups: Sequence[Group]) -> str:
    found = _strange(groups)
    return (
        f'"{found.because.form}" stands only in a teaser or in a line that the outlet repeats:'
        f' "{found.because.snippet}"'
    )


def _boilerplate(groups: Sequence[Group]) -> Signal:
    words = _strange(groups).because.snippet
    return Signal(kind="boilerplate", words=words, worth=WORTH["boilerplate"])


def _strange(groups: Sequence[Group]) -> Found:
    return next(one[0] for group in groups for one in group if not one[0].own)


def _score(groups: Sequence[Group], signals: Iterable[Signal], doubt: str | None) -> float:
    """0..1: the best group by where its words stand, and what helps and hurts beside it."""
    best = max(groups, key=_worth)
    again = sum(len([found for found in one if found.own][1:]) for one in best)
    more = min(MOST, len(groups) - 1) + min(MOST, again)
    score = _worth(best) + MORE * more + sum(signal.worth for signal in signals)
    low, high = (0.0, LINE - 0.01) if doubt else (LINE, 1.0)
    return round(min(high, max(low, score)), 2)


def _worth(group: Group) -> float:
    return sum(one[0].worth for one in group) / len(group)


def match(event: Event, article: Article | Told, matcher: Matcher | None = None) -> Match | None:
    """`article` against `event`; give the event's `Matcher` where many articles are judged."""
    return (matcher or Matcher(event)).judge(article)


def matches(
    event: Event,
    articles: Iterable[Article],
    boilerplate: Mapping[str, frozenset[str]] = NOTHING_REPEATED,
) -> Iterator[tuple[Article, Match]]:
    """The articles that are about `event`, each with its match, doubtful ones too."""
    matcher = Matcher(event, boilerplate)
    for article in articles:
        if found := matcher.judge(article):
            yield article, found
