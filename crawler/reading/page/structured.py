"""What a page says to machines: JSON-LD, in graphs, arrays and broken JSON; meta by name.

Types are those of schema.org. Nothing here trusts a value: readers get plain dicts and lists.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from typing import Any, Final

from crawler.limits import JSON_LD, JSON_LD_ITEMS, JSON_LD_OBJECTS, JSON_LD_TYPE

ARTICLES = frozenset(
    [
        "article",
        "newsarticle",
        "blogposting",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "askpublicnewsarticle",
        "liveblogposting",
        "advertisercontentarticle",
        "satiricalarticle",
        "scholarlyarticle",
        "techarticle",
        "report",
        "socialmediaposting",
        "discussionforumposting",
        "review",
    ]
)
_WRAPPERS = ("<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "-->", "//]]>", "/*]]>*/", "]]>")
# what old templates put around scripts
_CONTROL = re.compile(r"[\x00-\x1f]+")
_COMMA = re.compile(r",(\s*[}\]])")
_LOOSE: Final = (
    "headline", "datePublished", "dateModified", "description", "name", "articleSection",
    "inLanguage", "@type", "author", "creator", "publisher",
)  # fmt: skip
# what is looked for in a script that is no JSON
_TEXT = re.compile(r'"(.{0,2000}?)"\s*(?=,\s*"[@\w]{1,60}"\s*:|[}\]]|\Z)', re.DOTALL)
# a text up to the quote behind which the next pair begins: quotes inside were not escaped
Thing = Mapping[str, Any]


def things_of(scripts: Iterable[str]) -> tuple[Thing, ...]:
    """All objects of the JSON-LD scripts in order, nested ones of `@graph` and arrays too."""
    found: list[Thing] = []
    for script in scripts:
        for thing in _flat(_loaded(script[:JSON_LD])):
            found.append(thing)
            if len(found) >= JSON_LD_OBJECTS:
                return tuple(found)
    return tuple(found)


def _loaded(script: str) -> Any:
    """The JSON of a script, mended where broken; what cannot be mended gives its plain pairs."""
    text = script.strip()
    for wrapper in _WRAPPERS:
        text = text.removeprefix(wrapper).removesuffix(wrapper).strip()
    if not text:
        return None
    for mend in (_same, _without_dirt, unescape):
        text = mend(text)
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return _loose(text)


def _same(text: str) -> str:
    return text


def _without_dirt(text: str) -> str:
    return _COMMA.sub(r"\1", _CONTROL.sub(" ", text)).rstrip("; ")


def _loose(text: str) -> Any:
    """Pairs of a script that is no JSON: the first of each name whose value can be read."""
    found: dict[str, Any] = {}
    for name in _LOOSE:
        at = re.search(rf'"{name}"\s*:\s*', text)
        value = _value(text, at.end()) if at else None
        if value is not None:
            found[name] = value
    return found if "headline" in found or "datePublished" in found else None


def _value(text: str, at: int) -> Any:
    """An object, a list or a text that begins at a place of a script, None where it is broken."""
    if text.startswith(("{", "["), at):
        try:
            return json.JSONDecoder(strict=False).raw_decode(text, at)[0]
        except (ValueError, RecursionError):
            return None
    found = _TEXT.match(text, at)
    if found is None:
        return None
    said = found[1].replace('\\"', '"').replace('"', '\\"')
    try:
        return json.loads(f'"{said}"', strict=False)
    except ValueError:
        return None


def _flat(value: Any) -> Iterator[Thing]:
    """Objects of a document, outer before inner; bounded in depth and number."""
    queue: deque[tuple[Any, int]] = deque([(value, 0)])
    for _ in range(JSON_LD_ITEMS):
        if not queue:
            return
        item, depth = queue.popleft()
        if isinstance(item, dict):
            yield item
            for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
                if isinstance(item.get(key), (dict, list)) and depth < 4:  # noqa: PLR2004
                    queue.append((item[key], depth + 1))
        elif isinstance(item, list) and depth < 6:  # noqa: PLR2004
            queue.extend((inner, depth + 1) for inner in item[:JSON_LD_OBJECTS])


def kinds(thing: Thing) -> frozenset[str]:
    """The types of an object, lower-case, without a vocabulary's address."""
    said = thing.get("@type")
    if isinstance(said, str):
        return _kinds((said[:JSON_LD_TYPE],))
    many = said if isinstance(said, list) else [said]
    return _kinds(tuple(str(one)[:JSON_LD_TYPE] for one in many[:JSON_LD_OBJECTS] if one))


@lru_cache(maxsize=256)
def _kinds(said: tuple[str, ...]) -> frozenset[str]:
    """Asked for every object by every field: there are few types."""
    return frozenset(one.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for one in said if one)


def words(value: Any) -> str | None:
    """A text value: the string itself, the first of a list, a `@value` or name of an object."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list):
        return next((said for said in map(words, value[:5]) if said), None)
    if isinstance(value, dict):
        return words(value.get("@value") or value.get("name") or value.get("url"))
    return None
