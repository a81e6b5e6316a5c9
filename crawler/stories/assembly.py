"""Articles to stories: openings, candidates, comparisons, what people said, groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from crawler.models import Article, Likeness, Story
from crawler.stories.candidates import candidates, shingles
from crawler.stories.grouping import grouped
from crawler.stories.numbering import Order, Possibly, numbered, possibly
from crawler.stories.passages import sharing
from crawler.stories.text_views import Opening, opening_of
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
    carried = {key: read[key].digest if key in read else None for key in every}
    nodes = Nodes.made(carried, spoken={key for pair in (*joined, *split) for key in pair})
    groups, overruled = grouped(nodes, texts, near, same=joined, apart=split)
    order = Order.made(groups.all(), nodes, every)
    asked = possibly(order, near, split)
    return Related(
        stories=numbered(order, texts, near, asked),
        possibly=asked,
        compared=tuple(sorted(_new(near, texts), key=lambda each: (each.one, each.two))),
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
    every = tuple(articles)
    own = _repeated(every)
    read = (
        (each.key, opening_of(each, {*lines.get(each.outlet, ()), *own.get(each.outlet, ())}))
        for each in every
    )
    return {key: opening for key, opening in read if opening}


def _repeated(articles: Iterable[Article]) -> dict[str, set[str]]:
    """Lines that an outlet prints in REPEATED of these pieces that begin otherwise: nobody's text.

    What the record learnt of an outlet's pages does not hold what it prints under a part of them.
    """
    under: dict[tuple[str, str], set[str]] = defaultdict(set)
    for article in articles:
        lead, *rest = (article.text or "").split("\n")
        for line in rest:
            under[article.outlet, line].add(lead)
    found: dict[str, set[str]] = defaultdict(set)
    for (outlet, line), leads in under.items():
        if line and len(leads) >= REPEATED:
            found[outlet].add(line)
    return found


def _near(texts: Texts) -> Iterator[Likeness]:
    """The candidates that are at least possibly the same; only these are kept."""
    words = {digest: shingles(each) for digest, each in texts.openings.items()}
    found = set()
    for name, others in candidates(words):
        for pair in texts.near(name, others):
            found.add((pair.one, pair.two))
            yield pair
    for name, holding in sharing({name: each.passages for name, each in texts.openings.items()}):
        yield from texts.by_passage(name, sorted(o for o in holding if (o, name) not in found))


def _new(near: Iterable[Likeness], texts: Texts) -> Iterator[Likeness]:
    return (each for each in near if (each.one, each.two) in texts.compared)


def _given(pairs: Iterable[Pair], every: Collection[str]) -> tuple[Pair, ...]:
    """The pairs of two different articles that are there."""
    return tuple(pair for pair in pairs if pair[0] != pair[1] and all(k in every for k in pair))
