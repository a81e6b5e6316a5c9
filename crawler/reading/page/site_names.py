"""Whose page it is: the names a site goes by, and text without them.

Cut only on evidence: a part of a title goes when it *is* a name of the site (declared, or the
domain spelled out), a section the page declares, or what the outlet's pages repeat.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from crawler.reading.page.class_names import Mark
from crawler.reading.page.facts import Facts
from crawler.reading.page.structured import ARTICLES, kinds, words

SEPARATOR: Final = re.compile(
    r"\s+(?:[|\-–—·•»«›‹/>~∣⋆*]|::|\|\||--)\s+|\s*[|∣]\s*|(?<=\S)\s+[-–—](?=\S)|"
    r"(?<=\S)[–—]\s+|:\s+|\s*::\s*"
)
_SEPARATES: Final = re.compile(r"[|\-–—·•»«›‹/>~∣⋆*:]")
# one of them stands in every separator
_DIRT = re.compile(r"[\W_]+")
# combining marks are no letters to `re`
_ASCII_DIRT: Final = bytes(byte for byte in range(128) if not chr(byte).isalnum())
# the same of ASCII: to take bytes out costs a tenth
_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4_096)
def squeezed(text: str) -> str:
    """Letters and digits, lower-case, without diacritics: "Gazetë Lugjas" -> "gazetelugjas"."""
    folded = text.casefold()
    if folded.isascii():
        return folded.encode("ascii").translate(None, _ASCII_DIRT).decode("ascii")
    return _DIRT.sub("", normalize("NFKD", folded))


@lru_cache(maxsize=4_096)
def tokens(text: str) -> frozenset[str]:
    """Folded words of a text."""
    folded = text.casefold()
    if not folded.isascii():
        folded = _MARKS.sub("", normalize("NFKD", folded))
    return frozenset(_WORD.findall(folded))


def likeness(one: str, other: str) -> float:
    """0..1: shared words by all words (CJK: by characters)."""
    a, b = units(one), units(other)
    if not a or not b:
        return 0.0
    return 2 * len(a & b) / (len(a) + len(b))


def cover(inner: str, outer: str) -> float:
    """0..1: the share of `inner`'s words that stand in `outer`."""
    a = units(inner)
    return len(a & units(outer)) / len(a) if a else 0.0


@lru_cache(maxsize=4_096)
def units(text: str) -> frozenset[str]:
    """What likeness is counted in: folded words; pairs of letters where words are not parted."""
    found = tokens(text)
    if len(found) <= 2 and len(text) > 8:  # noqa: PLR2004 - scripts without spaces
        bare = squeezed(text)
        return frozenset(bare[i : i + 2] for i in range(len(bare) - 1))
    return found


_METAS = (
    "og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:app:name:iphone",
    "publisher", "dc.publisher", "al:ios:app_name", "al:android:app_name", "cre", "copyright",
    "author.site", "twitter:site", "twitter:creator",
)  # fmt: skip
_OWNERS = frozenset(("website", "organization", "newsmediaorganization", "corporation"))
_SHORTEST_NAME: Final = 4
# letters of a name that may be part of a longer one
_LONGEST_NAME: Final = 40
_LONGEST_INITIALS: Final = 5
FEWEST: Final = 4
# words from which a heading that titles repeat is no name of a site
MOST_HEADS: Final = 100
# headings that are looked at for that, besides every h1


def site_names(facts: Facts, host: str, repeated: Iterable[str] = ()) -> frozenset[str]:
    """Squeezed names of the site: declared ones, the domain with and without its ending.

    What a page declares is no name of its site where it is what the page is called above its
    text: plugins write the title of the piece into every field they find.
    """
    own = _called(facts)
    declared = (name for name in _declared(facts) if not any(o in squeezed(name) for o in own))
    said = [*repeated, *declared, *_above_all(facts)]
    bare = host.removeprefix("www.")
    labels = [label for label in bare.split(".") if label]
    said += [bare, ".".join(labels[-2:])]
    said += [label for label in labels[:-1] if len(label) >= _SHORTEST_NAME]
    return frozenset(s for s in map(squeezed, said) if len(s) > 1)


def _called(facts: Facts) -> tuple[str, ...]:
    """What the page itself is called, squeezed: headings that its titles repeat word by word.

    A name of a site stands in a heading too: it is shorter than FEWEST words.
    """
    titles = {
        squeezed(one) for one in (facts.title, facts.meta("og:title"), *_headlines(facts)) if one
    }
    heads = {h.text for h in facts.headings[:MOST_HEADS] if h.tag in {"h1", "h2"}}
    heads |= {h.text for h in facts.headings[MOST_HEADS:] if h.tag == "h1"}
    return tuple(
        squeezed(head)
        for head in heads
        if len(tokens(head)) >= FEWEST and (len(head) > _LONGEST_NAME or squeezed(head) in titles)
    )


def _above_all(facts: Facts) -> Iterator[str]:
    """A short <title> that the page's logo repeats: all pages of such a site are called so."""
    title = squeezed(facts.title)
    if not title or len(tokens(facts.title)) >= FEWEST:
        return
    heads = [h for h in facts.headings if h.tag == "h1"]
    other = any(len(tokens(h.text)) >= FEWEST and not h.linked for h in heads)
    for head in heads:
        logo = head.linked or facts.nodes[head.node].zone & Mark.BOILER or other
        if logo and squeezed(head.text) == title:
            yield facts.title


def _headlines(facts: Facts) -> Iterator[str]:
    for thing in facts.things:
        said = words(thing.get("headline")) if kinds(thing) & ARTICLES else None
        if said:
            yield said


def _declared(facts: Facts) -> Iterator[str]:
    for name in _METAS:
        yield from (value.lstrip("@") for value in facts.metas.get(name, ()))
    for thing in facts.things:
        types = kinds(thing)
        said = [thing.get("name"), thing.get("alternateName")] if types & _OWNERS else []
        if types & ARTICLES:
            said.append(thing.get("publisher"))
        for named in filter(None, map(words, said)):
            if not named.startswith("http"):
                yield named


def is_name(part: str, names: frozenset[str]) -> bool:
    """Whether a part of a title is a name of the site, give or take an ending."""
    bare = squeezed(part)
    if not bare or bare in names:
        return True
    if len(bare) > _LONGEST_NAME:
        return False
    if len(bare) >= _SHORTEST_NAME and any(_much_the_same(bare, name) for name in names):
        return True
    initials = "".join(word[0] for word in re.findall(r"\w+", part.casefold()))
    return 1 < len(initials) <= _LONGEST_INITIALS and initials in names


def _much_the_same(bare: str, name: str) -> bool:
    if len(name) < _SHORTEST_NAME:
        return False
    longer = name in bare and len(name) >= 0.5 * len(bare)
    return longer or (bare in name and len(bare) >= 0.6 * len(name))


def parts_of(title: str) -> list[tuple[int, int]]:
    """(end of the text before, start of the text after) of every separator.

    A mark that closes a quotation opened before it ("« Mjalti i ri » - Gazeta") parts nothing.
    """
    found: list[tuple[int, int]] = []
    part = SEPARATOR.search(title) if _SEPARATES.search(title) else None
    while part is not None:
        quotes = _quotes(title, part.start(), part.end())
        if not quotes:
            found.append((part.start(), part.end()))
        # the blank behind a quotation mark may begin a separator
        part = SEPARATOR.search(title, part.end() - quotes)
    return found


def _quotes(title: str, end: int, start: int) -> bool:
    """Whether a separator is half of a pair of « » or ‹ ›."""
    mark = title[end:start].strip()
    for opens, closes in ("«»", "‹›", "»«"):
        if mark == closes and title.count(opens, 0, end) > title.count(closes, 0, end):
            return True
        if mark == opens and title.count(closes, start) > title.count(opens, start):
            return True
    return False
