"""Articles to stories: openings, candidates, comparisons, what people said, groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeAlias

from crawler.models import Article, Likeness, Story
from crawler.stories.candidates import candidates, shingles
from crawler.stories.grouping import grouped
from crawler.stories.numbering import Order, Possibly, numbered, possibly
from crawler.stories.passages import sharing
from crawler.stories.text_views import Opening, Reader
from crawler.stories.texts import Known, Nodes, Pair, Texts

REPEATED: Final = 3
# pieces of one outlet; a text that it updates stands there twice
Recall: TypeAlias = Callable[[Collection[str]], Known]
# digests of texts -> how they were compared before


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """What came of relating texts."""

    stories: tuple[Story, ...]
    # every article stands in one, in the order of first publication
    compared: tuple[Likeness, ...]
    # comparisons that were not known before and say at least "possibly", for the record to keep
    possibly: tuple[Possibly, ...] = ()
    # what a person should judge, with the reason
    overruled: tuple[Pair, ...] = ()
    # pairs that a person called the same and others hold apart: no grouping can do both


def stories(
    articles: Iterable[Article],
    *,
    same: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
    known: Known | None = None,
    boilerplate: Mapping[str, Collection[str]] | None = None,
) -> tuple[Story, ...]:
    """The stories alone: see `relate_texts`."""
    found = relate_texts(articles, same=same, apart=apart, known=known, boilerplate=boilerplate)
    return found.stories


def relate_texts(
    articles: Iterable[Article],
    *,
    same: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
    known: Known | None = None,
    recall: Recall | None = None,
    boilerplate: Mapping[str, Collection[str]] | None = None,
) -> Related:
    """Group articles by the text they carry; the caller leaves out outlets of kind `own`.

    `same` and `apart` are pairs of article keys that people joined and split, oldest first. They
    win over the rule. Where `same` pairs lead to what is held apart, `apart` wins, and of the
    `same` pairs the later; those that could not hold are given back as `overruled`. A pair of an
    article that is not given says nothing. `known` are earlier comparisons; who would have to be
    told the digests first gives `recall`, which is asked once. `boilerplate` are
    lines that an outlet's pages repeat, by slug.
    """
    every = {article.key: article for article in articles}
    joined, split = _given(same, every), _given(apart, every)
    read = _openings(every.values(), boilerplate or {})
    if recall is not None:
        known = recall(frozenset(each.digest for each in read.values()))
    texts = Texts.made(read.values(), known or {})
    near = tuple(_near(texts))
    new = tuple(each for _, each in sorted(texts.compared.items()))
    carried = {key: read[key].digest if key in read else None for key in every}
    nodes = Nodes.made(carried, spoken={key for pair in (*joined, *split) for key in pair})
    groups, overruled = grouped(nodes, texts, near, same=joined, apart=split)
    order = Order.made(groups.all(), nodes, every)
    asked = possibly(order, near, split)
    return Related(
        stories=numbered(order, texts, near, asked),
        possibly=asked,
        compared=new,
        overruled=overruled,
    )


def digests(
    articles: Iterable[Article], boilerplate: Mapping[str, Collection[str]] | None = None
) -> frozenset[str]:
    """By what name comparisons of these articles' texts are kept."""
    return frozenset(each.digest for each in _openings(articles, boilerplate or {}).values())


def _openings(
    articles: Iterable[Article], lines: Mapping[str, Collection[str]]
) -> dict[str, Opening]:
    """What is compared, by key; without those that have too little text."""
    pieces: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        pieces[article.outlet].append(article)
    reader, found = Reader(), dict[str, Opening]()
    for outlet, every in pieces.items():
        boilerplate = frozenset(lines.get(outlet, ())) | _repeated(every)
        read = ((each.key, reader.opening(each, boilerplate)) for each in every)
        found.update((key, opening) for key, opening in read if opening)
    return found


def _repeated(pieces: Iterable[Article]) -> frozenset[str]:
    """Lines in REPEATED of an outlet's pieces that begin otherwise: nobody's text.

    What the record learnt of an outlet's pages does not hold what it prints under a part of them.
    """
    texts = [(each.text or "").split("\n") for each in pieces]
    times = Counter(chain.from_iterable(lines[1:] for lines in texts))
    often = {line for line, found in times.items() if line and found >= REPEATED}
    under = {line: {lines[0] for lines in texts if line in lines[1:]} for line in often}
    return frozenset(line for line, leads in under.items() if len(leads) >= REPEATED)


def _near(texts: Texts) -> Iterator[Likeness]:
    """The candidates that are at least possibly the same; only these are kept."""
    words = {digest: shingles(each) for digest, each in texts.openings.items()}
    found: dict[str, frozenset[str]] = {}
    for name, others in candidates(words):
        pairs = tuple(texts.near(name, others))
        found[name] = frozenset(pair.one for pair in pairs)
        yield from pairs
    for name, holding in sharing({name: each.passages for name, each in texts.openings.items()}):
        yield from texts.by_passage(name, sorted(set(holding) - found[name]))


def _given(pairs: Iterable[Pair], every: Collection[str]) -> tuple[Pair, ...]:
    """The pairs of two different articles that are there."""
    return tuple(pair for pair in pairs if pair[0] != pair[1] and all(k in every for k in pair))
