"""A page as the finder looks at it: its tree, what addresses count from, its own links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crawler.limits import FRONT_PAGE, SHAPE_LINKS
from crawler.models import When
from crawler.reading import Unreadable
from crawler.reading.dates import read_date
from crawler.reading.page.html import tree_of
from crawler.urls import alias_key, joined

if TYPE_CHECKING:
    from lxml import etree

LONGEST_DATE: Final = 80
# characters; a longer text is not a date beside a headline
FEWEST_WORDS: Final = 3
# of a headline; "Lexo më shumë" has so many too, and repeats
SHORTEST: Final = 12
# characters of a headline
_AWAY: Final = frozenset({"nav", "footer", "aside"})
_AWAY_NAMES: Final = re.compile(
    r"(?:^| )(?:side|sidebar\w*|footer|fundi|menu|nav|navbar|breadcrumbs?|related|popular\w*"
    r"|trending|most-?read|ana|anash|widgets?|reklam\w*|tags?|etiketat?|share|social|ticker"
    r"|(?:me-?te-?)?lexuara\w*|shikuarat|najcitan\w*)(?:[-_][\w-]*)?(?: |$)",
    re.IGNORECASE,
)
_FILES: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|docx?|xlsx?|css|js|xml)$", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a page to the same site."""

    element: etree._Element
    # the <a>
    url: str
    # absolute
    text: str
    # as printed, one line
    place: int
    # its order on the page


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One page under the finder's eye."""

    root: etree._Element
    # the tree
    url: str
    # where it was
    base: str
    # what relative addresses count from
    body: bytes
    # as it came
    charset: str | None
    # of its header
    fetched: datetime
    # aware
    zone: str
    # of the outlet
    is_own: Callable[[str], bool]
    # whether an address is the outlet's

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Its links to other pages of the same site, in order."""
        return tuple(self._links())

    def _links(self) -> Iterator[Link]:
        here = alias_key(self.url)
        for place, a in enumerate(self.root.iter("a")):
            if place >= SHAPE_LINKS * 4:
                return
            raw = (a.get("href") or "").strip()
            if not raw or raw.startswith(("#", "javascript:", "mailto:", "tel:")):
                continue
            url = joined(self.base, raw)
            if url is None or not self.is_own(url) or _FILES.search(urlsplit(url).path):
                continue
            if alias_key(url) != here:
                text = squeezed("".join(map(str, a.itertext())))
                yield Link(element=a, url=url, text=text, place=place)

    @cached_property
    def order(self) -> dict[etree._Element, int]:
        """The place of every element in the document."""
        return {element: at for at, element in enumerate(self.root.iter())}

    def reads(self, text: str) -> datetime | None:
        """The moment that a short text names, None where it is no date."""
        text = squeezed(text)
        if not 0 < len(text) <= LONGEST_DATE or (text.isdigit() and len(text) < 8):  # noqa: PLR2004
            return None
        found = read_date(text, base=self.fetched, zone=self.zone, languages=("sq", "en"))
        return found.instant if isinstance(found, When) else None


def sheet_of(
    body: bytes,
    *,
    url: str,
    charset: str | None,
    fetched: datetime,
    zone: str,
    is_own: Callable[[str], bool],
) -> Sheet | None:
    """A page for the finder; None for what is no page."""
    try:
        root, _ = tree_of(body[:FRONT_PAGE], charset)
    except Unreadable:
        return None
    declared = next((str(base.get("href")) for base in root.iter("base") if base.get("href")), None)
    base = (joined(url, declared) or url) if declared else url
    return Sheet(
        root=root, url=url, base=base, body=body[:FRONT_PAGE], charset=charset, fetched=fetched,
        zone=zone, is_own=is_own,
    )  # fmt: skip


def squeezed(text: object) -> str:
    """One line."""
    return " ".join(str(text or "").split())


def text_of(element: etree._Element) -> str:
    """All that an element prints, on one line."""
    return squeezed("".join(map(str, element.itertext())))


def is_headline(text: str) -> bool:
    """Whether a text is long enough for one."""
    return len(text) >= SHORTEST and len(text.split()) >= FEWEST_WORDS


def stands_away(element: etree._Element) -> bool:
    """Whether an element stands in a part of the page that holds no news of its own."""
    for above in element.iterancestors():
        if above.tag in _AWAY:
            return True
        if above.tag in {"body", "html", "main"}:
            return False
        if _AWAY_NAMES.search(f"{above.get('id') or ''} {above.get('class') or ''}"):
            return True
    return False
