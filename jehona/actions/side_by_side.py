"""Two pieces beside each other, the words that both have marked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from crawler.language.folding import Word, words
from crawler.models import Article
from jehona.actions.errors import Wrong
from jehona.actions.matches import piece_named
from jehona.actions.office import Office
from jehona.actions.review import Mark
from jehona.actions.stories import KNOWN

# Words in a row that two texts must share to be marked: fewer are chance; ours, looked at by eye.
RUN: Final = 5
# Characters of a text that are compared and shown.
MOST: Final = 20_000

Runs = Collection[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One piece, its text and where the other has the same words."""

    article: Article
    text: str
    same: tuple[Mark, ...]


def side_by_side(office: Office, event: str, pair: tuple[str, str]) -> tuple[Side, Side]:
    """Two pieces by address or key. Raises Unknown, Wrong for one piece named twice."""
    slug = office.event(event).slug
    with office.existing() as record:
        one, two = (piece_named(record, name, slug, known=KNOWN) for name in pair)
    if one.key == two.key:
        raise Wrong("both name one piece: {handle}", handle=one.handle)
    texts = _text(one), _text(two)
    told = words(texts[0]), words(texts[1])
    runs = [frozenset(_runs(some)) for some in told]
    return (
        Side(article=one, text=texts[0], same=tuple(_marks(told[0], runs[1]))),
        Side(article=two, text=texts[1], same=tuple(_marks(told[1], runs[0]))),
    )


def _text(article: Article) -> str:
    """Lead and text, the lead once."""
    lead, text = article.lead or "", article.text or ""
    whole = text if lead and lead in text else f"{lead}\n{text}"
    return whole.strip()[:MOST]


def _runs(some: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    folded = [word.folded for word in some]
    return (tuple(folded[at : at + RUN]) for at in range(len(folded) - RUN + 1))


def _marks(some: Sequence[Word], others: Runs) -> Iterator[Mark]:
    """Where runs stand that the other text has too; those that touch are one."""
    first = last = -1
    for at, run in enumerate(_runs(some)):
        if run not in others:
            continue
        if at > last:
            if last >= 0:
                yield _mark(some[first], some[last - 1])
            first = at
        last = at + RUN
    if last >= 0:
        yield _mark(some[first], some[last - 1])


def _mark(first: Word, last: Word) -> Mark:
    return Mark(field="text", start=first.start, end=last.end, term="=")
