"""Whether an article is about an event, and by which words: pure, plain, with reasons.

`crawler.record.search` narrows with `narrowing`, this decides. Law 3: every match keeps the
words it was made by, as printed, and what spoke for it and against it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from crawler.language.folding import folded_words
from crawler.language.stemming import RULES as STEMS
from crawler.matching.article_words import Told, prepare
from crawler.matching.doubting import Doubting
from crawler.matching.doubts import Doubt
from crawler.matching.editions import Editions, Mark
from crawler.matching.finding import Hit
from crawler.matching.groups import Member, members_of
from crawler.matching.naming import Names
from crawler.matching.places import Towns
from crawler.matching.signals import WHOLLY, WORTH, Helpers
from crawler.matching.snippets import one_line
from crawler.matching.spelling import misspelt, slips_of
from crawler.matching.standing import Group, Piece, every, first_of, own_hits, whole
from crawler.matching.teasers import within
from crawler.matching.terms import Term, read_term
from crawler.matching.tongues import hosts_abroad, other_names
from crawler.models import Article, DoubtKind, Event, Match, Signal

RULES: Final = f"stem-5 {STEMS}"
# goes up where an article would be judged otherwise: these rules, and those of the stems
LINE: Final = 0.3
# a match below it carries a doubt and counts for nothing before a person accepts it
MORE: Final = 0.02
# for a further group that stands, for a further place where a word does
MOST: Final = 3
# of those that count

_OF_ITSELF: Final = frozenset({"other-edition", "other-place", "related-event"})
# Doubts about the event that is told; of the others, other words may name the event better.

NOTHING_REPEATED: Final[Mapping[str, frozenset[str]]] = {}


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
        names = Names(event)
        spoken = [tuple(map(read_term, group)) for group in names.groups]
        self._groups = [_ready(group) for group in spoken]
        lenient = [group for each in spoken if (group := misspelt(each, names))]
        self._misspelt = [_ready(group) for group in lenient]
        self._slips = frozenset(slip for group in lenient for slip in slips_of(group))
        self._elsewhere_said = [_ready(group) for group in other_names(event, names)]
        self._nots = [_ready([read_term(term)]) for term in event.keywords.none]
        self._helpers = Helpers(event)
        self._editions = Editions(event)
        self._towns = Towns(event)
        self._doubting = Doubting(event, names, hosts_abroad(names))
        self._window = event.window
        self._excluded = frozenset(" ".join(folded_words(form)) for form in event.keywords.excluded)

    def judge(self, article: Article | Told, *, narrowed: bool = False) -> Match | None:
        """The match, sure or with a doubt; None where there is nothing to ask about.

        A group may be spread over the fields; it has to stand in the piece's own words, for a link
        to another piece is none about the event. Where none stands, one with a word misspelt will
        do, or the event's name in another language: those are always doubted. An article without a
        date can match; one outside the window or with a `not` cannot. `narrowed` says that the
        search index found it for this event, so that nobody need look first whether the words of
        a group stand in it at all: it changes no answer.
        """
        told = article if isinstance(article, Told) else prepare(article)
        published = told.article.published
        if published is not None and not self._window.holds(published):
            return None
        lines = self._boilerplate.get(told.article.outlet, frozenset())
        piece = Piece(told, lines, self._excluded)
        if standing := _standing(self._groups, piece, narrowed=narrowed):
            return None if self._killed(piece) else self._match(piece, standing)
        found = self._suggested(piece, narrowed=narrowed)
        return None if found and self._killed(piece) else found

    def _killed(self, piece: Piece) -> bool:
        """Whether a `not` stands in the piece's own words."""
        return any(
            found.own
            for members, (term,) in self._nots
            if _may_stand(members, piece.told)
            for found in piece.find(term)
        )

    def _match(self, piece: Piece, groups: Sequence[Group]) -> Match | None:
        """The match of a piece in whose own words these groups stand; None where they are plainly
        other words and nothing in the piece speaks for the event.
        """
        others = self._others(piece, groups)
        signals = list(self._helpers.among(piece.told, piece.foreign))
        doubt = (
            self._edition(piece, groups, others)
            or self._elsewhere(piece, groups)
            or self._doubting.of(piece, groups, signals)
        )
        if doubt and doubt.kind not in _OF_ITSELF:
            suggested = self._suggested(piece, known=set(_places(groups)), narrowed=True)
            if doubt.settled or (suggested and suggested.doubt is None):
                return suggested
        return self._made(piece, groups, [*signals, *_against(others, doubt)], doubt)

    def _suggested(
        self, piece: Piece, *, known: Collection[Place] = (), narrowed: bool = False
    ) -> Match | None:
        """A piece that may name the event though no group stands in it; sure where its place, day
        or organiser is named beside a name that only a slip or another language tells from ours.
        """
        for kind, suggested in self._suggestions(piece):
            found = _standing(suggested, piece, narrowed=narrowed)
            groups = [
                group
                for group in found
                if not set(_places([group])) <= set(known) and self._doubting.close(piece, group)
            ]
            if groups:
                words = ", ".join(dict.fromkeys(f[0].because.form for f in groups[0]))
                signals = list(self._helpers.among(piece.told, piece.foreign))
                others = self._others(piece, groups)
                doubt = self._edition(piece, groups, others) or self._elsewhere(piece, groups)
                if not any(self._doubting.vouches(piece, group, signals) for group in groups):
                    doubt = doubt or Doubt(kind=kind, words=words)
                return self._made(piece, groups, [*signals, *_against(others, doubt)], doubt)
        return None

    def _suggestions(self, piece: Piece) -> Iterator[tuple[DoubtKind, Sequence[Ready]]]:
        if piece.told.article.language not in {"sq", None}:
            yield "other-language", self._elsewhere_said
        if piece.told.holds_one(self._slips):
            yield "misspelt", self._misspelt

    def _made(
        self, piece: Piece, groups: Sequence[Group], signals: list[Signal], doubt: Doubt | None
    ) -> Match:
        if doubt is not None and doubt.kind != "other-edition":
            signals.append(doubt.signal)
        best = {found[0].term.written: found[0].because for group in groups for found in group}
        return Match(
            article=piece.told.article.key,
            event=self.event.slug,
            score=_score(groups, signals, doubt),
            because=tuple(best.values()),
            rules=RULES,
            signals=tuple(signals),
            doubt=doubt.said() if doubt else None,
        )

    # --- other editions -----------------------------------------------------------

    def _others(self, piece: Piece, groups: Iterable[Group]) -> list[Mark]:
        """What names another edition, beside a keyword of the piece's own words."""
        return [
            mark
            for part in piece.told.parts
            for mark in self._editions.others(part, own_hits(part, groups))
            if not within(piece.foreign.get(part.name, ()), part.words[mark.hit.first].start)
        ]

    def _edition(
        self, piece: Piece, groups: Sequence[Group], others: Sequence[Mark]
    ) -> Doubt | None:
        """The doubt about a piece that begins with another edition and never names this one."""
        if not others or any(self._editions.this(p, own_hits(p, groups)) for p in piece.told.parts):
            return None
        part, hit = first_of(groups)
        for mark in others:
            if mark.part is part and part.same_sentence(*sorted((mark.hit.first, hit.first))):
                return Doubt(kind="other-edition", words=one_line(mark.printed))
        return None

    # --- other places -------------------------------------------------------------

    def _elsewhere(self, piece: Piece, groups: Sequence[Group]) -> Doubt | None:
        """The doubt about a piece that puts the event into another town, where none is ours."""
        part, first = first_of(groups)
        found = (
            there
            for there in self._towns.elsewhere(part, own_hits(part, groups))
            if part.same_sentence(*sorted((there.first, first.first)))
        )
        there = next(found, None) or self._towns.dateline(part)
        if there is None or self._towns.at_home(piece.told.parts):
            return None
        start, end = part.words[there.first].start, part.words[there.last].end
        return Doubt(kind="other-place", words=one_line(part.text[start:end]))


Ready: TypeAlias = tuple[tuple[Member, ...], tuple[Term, ...]]
# a group, with what must stand of it at least


Place: TypeAlias = tuple[str, Hit]
# a field, and the words


def _places(groups: Iterable[Group]) -> Iterator[Place]:
    """Where keywords stand in the piece's own words."""
    return ((found.part.name, found.hit) for found in every(groups) if found.own)


def _ready(group: Sequence[Term]) -> Ready:
    return members_of(group), tuple(group)


def _standing(groups: Iterable[Ready], piece: Piece, *, narrowed: bool) -> list[Group]:
    """The groups that stand whole in the piece's own words."""
    likely = (terms for members, terms in groups if narrowed or _may_stand(members, piece.told))
    found = (whole(terms, piece) for terms in likely)
    return [group for group in found if group and all(places[0].own for places in group)]


def _against(others: Sequence[Mark], doubt: Doubt | None) -> Iterator[Signal]:
    wholly = doubt is not None and doubt.kind == "other-edition"
    worth = WHOLLY if wholly else WORTH["other-edition"]
    for printed in dict.fromkeys(one_line(mark.printed) for mark in others):
        yield Signal(kind="other-edition", words=printed, worth=worth)


def _may_stand(members: Iterable[Member], told: Told) -> bool:
    """Whether the article has a word for each; cheap, before any place is looked for."""
    return all(map(told.holds, members))


def _score(groups: Sequence[Group], signals: Iterable[Signal], doubt: Doubt | None) -> float:
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
