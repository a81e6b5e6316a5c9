"""How the pages of a list are numbered: from 0 or 1, by pages or by rows, the first bare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from crawler.models import Find

PAGE: Final = "{page}"
# What stands before a page's number in an address: /page/2, /faqja-2, /lajme/p/2.
_PAGE_WORD: Final = re.compile(
    r"(?:page|pages|pag|pg|p|faqe|faqja|faqja-e|pagina|seite|strana|stranica|str|sayfa|paged)",
    re.IGNORECASE,
)
_JOINTS: Final = "-_.,~="


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """Places in a list, 1 the newest page, as numbers in its address."""

    bare: bool = False
    # whether the first page's address has no number
    number: int = 1
    # of the first page that has one
    step: int = 1
    # from one page to the next: 10 where rows are counted

    def address(self, url: str, place: int) -> str:
        """The address of the page at `place`, from 1."""
        if PAGE not in url:
            return url
        if self.bare and place == 1:
            return bare_address(url)
        behind = place - 1 - int(self.bare)
        return url.replace(PAGE, str(self.number + behind * self.step))

    def to_json(self) -> dict[str, Any]:
        """As a JSON object, for `Numbering(**kept)`."""
        return {"bare": self.bare, "number": self.number, "step": self.step}


FROM_ONE: Final = Numbering()
FROM_ZERO: Final = Numbering(number=0)
# The second page is 1, or it is 2: which, the site tells.
BARE_THEN_ONE: Final = Numbering(bare=True, number=1)
BARE_THEN_TWO: Final = Numbering(bare=True, number=2)


def declared(find: Find) -> Numbering | None:
    """What `first` and `step` of an outlet's file say; None where they say nothing.

    Offsets begin at 0 unless `first` says otherwise; behind a first page without a number the
    second is `step`.
    """
    step = find.step or 1
    if isinstance(find.first, int):
        return Numbering(number=find.first, step=step)
    if find.first == "":
        return Numbering(bare=True, number=step, step=step)
    return Numbering(number=0, step=step) if step > 1 else None


def bare_address(url: str) -> str:
    """The address without its number: what leads to the first page of most lists.

    /lajme?page={page} and /lajme/faqja/{page}/ to /lajme and /lajme/, lajme_{page}.htm to
    lajme.htm: the parameter, or the part of the path that only numbers pages, is left out.
    """
    parts = urlsplit(url)
    query = "&".join(pair for pair in parts.query.split("&") if PAGE not in pair)
    path = _bare_path(parts.path) if PAGE in parts.path else parts.path
    return urlunsplit(parts._replace(path=path, query=query, fragment=""))


def _bare_path(path: str) -> str:
    kept: list[str] = []
    for step in path.split("/"):
        if PAGE not in step:
            kept.append(step)
            continue
        before, _, after = step.partition(PAGE)
        name = before.rstrip(_JOINTS)
        if after.strip(_JOINTS).startswith(("htm", "php", "asp")) or (name and after):
            kept.append(f"{name or 'index'}{after}")
        elif name and not _PAGE_WORD.fullmatch(name):
            kept.append(name)
        elif not name and kept and _PAGE_WORD.fullmatch(kept[-1]):
            kept.pop()
    return "/".join(kept) or "/"


def same_address(one: str, other: str) -> bool:
    """Whether two addresses differ by no more than a slash at the end and the order of a query."""
    return _spelled(one) == _spelled(other)


def _spelled(url: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    parts = urlsplit(url)
    pairs = tuple(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return parts.netloc.lower(), parts.path.rstrip("/"), pairs
