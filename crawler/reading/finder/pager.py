"""How the pages of a list are numbered, by the links to them.

Links that differ from the page's own address, or from one another, in one number: `?page=2`,
`/lajme/2/`, `lajme_2.htm`, `?start=10`. What the links are called tells which number is which page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import gcd
from typing import Final, Literal
from urllib.parse import urlsplit, urlunsplit

from crawler.reading.finder.sheet import Sheet, squeezed
from crawler.reading.numbering import PAGE, bare_address, same_address
from crawler.urls import joined

_NUMBER: Final = re.compile(r"\d{1,5}")
_PLAIN: Final = re.compile(r"\D{0,12}(\d{1,5})\D{0,3}")
# what a link to a numbered page is called: "2", "Faqja 2"
_NEXT: Final = re.compile(
    r"tjet[eë]r|tjetra|pasardh|vjet[eë]r|vjetra|vazhdo|m[eë] shum[eë]|m[eë] tej|tutje|faqja|faqe"
    r"|next|older|more|previous|sled|след|постар|наред|повеќе|starij|dalje|jos|još"
    r"|success|avanti|prossim|weiter|sonraki|^\s*(?:›|»|>|>>|→|&gt;)\s*$|»|›",
    re.IGNORECASE,
)
_PARAMETERS: Final = re.compile(
    r"(?:page|paged|pag|pagina|p|pg|pn|faqja|faqe|f|nr|start|offset|skip|limitstart|from|str|strana"
    r"|stranica|sayfa|seite|cpage|pageno|pagenum|page_?num\w*|.*page|.*faqja)",
    re.IGNORECASE,
)
_OFFSETS: Final = re.compile(r"(?:start|limitstart|offset|skip|from|fillimi|nga)", re.IGNORECASE)
_YEARS: Final = frozenset(range(1990, 2100))
# numbers of an archive's years, which are no pages
_LONGEST: Final = 30
# characters of what a link to another page is called
MOST_LINKS: Final = 1_000
# links that may number pages; further ones are passed over
MOST_NUMBERS: Final = 8
# of one address; with more it is no page's
MOST_FORMS: Final = 200
# of addresses with one number open, the commonest first
_CARRIERS: Final = ("data-url", "data-href", "data-next", "data-next-url", "hx-get", "data-link")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """The pages of a list."""

    url: str
    # with {page}
    first: int | Literal[""] | None = None
    # as in an outlet's file
    step: int | None = None
    # as in an outlet's file


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    template: str
    number: int
    words: str
    sure: bool
    # rel=next, or an address that a button carries


def pager_of(sheet: Sheet, rows: int) -> Pager | None:
    """The numbered pages of a list that shows `rows` rows a page; None where no link leads on."""
    found: dict[str, list[_Seen]] = {}
    for seen in _seen(sheet):
        found.setdefault(seen.template, []).append(seen)
    common = sorted(found.items(), key=lambda item: -len(item[1]))[:MOST_FORMS]
    ranked = sorted(common, key=lambda item: -_trust(sheet, item[0], item[1]))
    for template, some in ranked[:1]:
        if _trust(sheet, template, some) > 0:
            return _numbered(sheet, template, some, rows)
    return None


def _addresses(sheet: Sheet) -> Iterator[tuple[str, str, bool]]:
    """(address, what its link is called, whether it says that it leads on)."""
    for element in sheet.root.iter("a", "link", "button", "div", "span", "section", "li"):
        for key in ("href", *_CARRIERS) if element.tag in {"a", "link"} else _CARRIERS:
            raw = (element.get(key) or "").strip()
            url = joined(sheet.base, raw) if raw and not raw.startswith("#") else None
            if url is None or not sheet.is_own(url):
                continue
            rel = (element.get("rel") or "").lower().split()
            words = squeezed("".join(map(str, element.itertext()))) if element.tag != "link" else ""
            if element.tag == "link" and "next" not in rel:
                continue
            if len(words) <= _LONGEST or key != "href":
                yield url, words, "next" in rel or key != "href"


def _seen(sheet: Sheet) -> Iterator[_Seen]:
    for url, words, sure in islice(_addresses(sheet), MOST_LINKS):
        if len(_NUMBER.findall(url)) > MOST_NUMBERS:
            continue
        parts = urlsplit(url)
        for field in ("path", "query"):
            text = getattr(parts, field)
            for number in _NUMBER.finditer(text):
                template = text[: number.start()] + PAGE + text[number.end() :]
                if _whole_number(template):
                    address = urlunsplit(parts._replace(**{field: template}, fragment=""))
                    value = int(number[0])
                    yield _Seen(template=address, number=value, words=words, sure=sure)


def _whole_number(template: str) -> bool:
    """Whether the hole is a number by itself, not the part of one or of a word."""
    before, _, after = template.partition(PAGE)
    return not before[-1:].isdigit() and not after[:1].isdigit() and not after[:1].isalpha()


def _trust(sheet: Sheet, template: str, some: Sequence[_Seen]) -> float:
    """How sure links of one form number this list's pages; 0 where they do not."""
    named = [seen for seen in some if _PLAIN.fullmatch(seen.words)]
    numbers = {seen.number for seen in some}
    onward = any(seen.sure or _NEXT.search(seen.words) for seen in some)
    ours = _is_ours(sheet, template)
    told = {(int(m[1]), s.number) for s in named if (m := _PLAIN.fullmatch(s.words))}
    steady = len(told) > 1 and len({n for _, n in told}) == len(told)
    if not ours and not (steady and _is_near(sheet, template)) and not any(s.sure for s in some):
        return 0.0
    if numbers <= _YEARS and not _knows(template):
        return 0.0
    if not (onward or steady or (_knows(template) and len(numbers) > 1)):
        return 0.0
    return 1 + 2 * ours + steady + onward + _knows(template) + min(len(numbers), 5) / 10


def _is_ours(sheet: Sheet, template: str) -> bool:
    """Whether the page itself is one of the numbered ones, or stands where the first would."""
    if same_address(bare_address(template), sheet.url) or same_address(
        bare_address(template), _bare(sheet.url)
    ):
        return True
    pattern = re.escape(template).replace(re.escape(PAGE), r"\d{1,5}")
    return re.fullmatch(pattern, sheet.url) is not None


def _bare(url: str) -> str:
    """`/lajme/index.php` as `/lajme/`, and without a query."""
    parts = urlsplit(url)
    path = re.sub(r"/(?:index|default)\.\w{3,5}$", "/", parts.path)
    return urlunsplit(parts._replace(path=path, query="", fragment=""))


def _is_near(sheet: Sheet, template: str) -> bool:
    """Whether the pages lie under this one, or beside it."""
    here, there = urlsplit(sheet.url), urlsplit(template)
    folder = here.path.rpartition("/")[0]
    return here.netloc == there.netloc and there.path.startswith(folder)


def _knows(template: str) -> bool:
    """Whether the number's own name says what it counts."""
    parts = urlsplit(template)
    for pair in parts.query.split("&"):
        name, _, value = pair.partition("=")
        if PAGE in value:
            return _PARAMETERS.fullmatch(name) is not None
    steps = parts.path.split("/")
    at = next((at for at, one in enumerate(steps) if PAGE in one), 0)
    before = steps[at].partition(PAGE)[0].rstrip("-_=.") or steps[at - 1]
    return _PARAMETERS.fullmatch(before) is not None


def _numbered(sheet: Sheet, template: str, some: Sequence[_Seen], rows: int) -> Pager:
    """First number and step, as far as the links tell; what they do not, the crawl finds out."""
    told = sorted({(int(m[1]), s.number) for s in some if (m := _PLAIN.fullmatch(s.words))})
    told = [(place, number) for place, number in told if place > 0]
    if len(told) > 1:
        (a, x), (b, y) = told[0], told[1]
        if b > a and (y - x) % (b - a) == 0 and (y - x) // (b - a) > 0:
            step = (y - x) // (b - a)
            if a == x == step == 1:
                return Pager(url=template, first=1)
            return _fits(sheet, template, x - (a - 1) * step, step)
    numbers = sorted({seen.number for seen in some} - {0})
    name = next((p.partition("=")[0] for p in urlsplit(template).query.split("&") if PAGE in p), "")
    if numbers and rows > 1 and numbers[0] > 1 and _OFFSETS.fullmatch(name):
        return _fits(sheet, template, 0, _common(numbers))
    if len(told) == 1 and told[0][0] - told[0][1] == 1:
        return _fits(sheet, template, 0, 1)
    return Pager(url=template)


def _fits(sheet: Sheet, template: str, first: int, step: int) -> Pager:
    """`first` is the number that page 1 would have."""
    bare = same_address(bare_address(template), sheet.url)
    if step > 1:
        return Pager(url=template, first="" if bare and first == 0 else first, step=step)
    if first == 0:
        return Pager(url=template, first=0)
    return Pager(url=template, first="" if bare and first == 1 else None)


def _common(numbers: Sequence[int]) -> int:
    return gcd(*numbers)
