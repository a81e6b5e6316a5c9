"""What an outlet's pages repeat: the endings of its titles, the paragraphs under every piece.

A pure function over what pages show: the same pages in any order give the same habits. What is
repeated is marked, never deleted: a reader of the record decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from crawler.reading.page.article_text import text_of
from crawler.reading.page.html import tree_of
from crawler.reading.page.page_facts import facts_of
from crawler.reading.page.page_models import Habits
from crawler.reading.page.site_names import parts_of

REPEATED: Final = 3
# pages on which something stands before it is a habit
USUAL: Final = 0.2
# share of the titles that must end alike: a section's name ends fewer than the site's
LONGEST_ENDING: Final = 60
LONGEST_PARAGRAPH: Final = 2_000
# characters; what is longer is no ending, and no line under every piece
MOST_ENDINGS: Final = 5
MOST_PARAGRAPHS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one page shows that its neighbours may repeat."""

    title: str
    # of <title>, white space folded: "Festa e Librit nis sot | Gazeta Shembull"
    paragraphs: tuple[str, ...]
    # of the text, in page order


def shown(body: bytes, charset: str | None) -> Shown:
    """What a page shows. Raises `crawler.reading.Unreadable` for what is not HTML."""
    root, _ = tree_of(body, charset)
    facts = facts_of(root)
    return Shown(title=facts.title, paragraphs=tuple(text_of(facts).split("\n")))


def habits_of(pages: Iterable[Shown]) -> Habits:
    """What at least REPEATED different pages of one outlet share; the same page counts once."""
    different = _different(pages)
    return Habits(suffixes=_endings(different), boilerplate=_boilerplate(different))


def _different(pages: Iterable[Shown]) -> list[Shown]:
    """Pages of different title and text: a piece published twice is no habit."""
    titles: set[str] = set()
    texts: set[tuple[str, ...]] = set()
    found = []
    for page in sorted(pages, key=lambda page: (page.title, page.paragraphs)):
        text = page.paragraphs if any(page.paragraphs) else None
        if page.title in titles or text in texts:
            continue
        titles.add(page.title)
        texts |= {text} if text else set()
        found.append(page)
    return found


def _endings(pages: Sequence[Shown]) -> tuple[str, ...]:
    """Last parts of titles that differ before them, the most frequent first."""
    fronts: dict[str, set[str]] = {}
    for page in pages:
        for front, ending in _parted(page.title):
            fronts.setdefault(ending, set()).add(front)
    enough = max(REPEATED, USUAL * sum(bool(page.title) for page in pages))
    usual = [(-len(some), ending) for ending, some in fronts.items() if len(some) >= enough]
    return tuple(ending for _, ending in sorted(usual)[:MOST_ENDINGS])


def _parted(title: str) -> Iterator[tuple[str, str]]:
    """The title before and after its last separator; nothing where it has none."""
    for end, start in parts_of(title)[-1:]:
        front, ending = title[:end].strip(), title[start:].strip()
        if front and ending and len(ending) <= LONGEST_ENDING:
            yield front, ending


def _boilerplate(pages: Sequence[Shown]) -> frozenset[str]:
    counts = Counter(line for page in pages for line in set(page.paragraphs) if line)
    often = [
        (-count, line)
        for line, count in counts.items()
        if count >= REPEATED and len(line) <= LONGEST_PARAGRAPH
    ]
    return frozenset(line for _, line in sorted(often)[:MOST_PARAGRAPHS])
