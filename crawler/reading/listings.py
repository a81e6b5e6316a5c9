"""A declared list page to rows, by the CSS selectors of the outlet's file (pure).

`row` chooses the rows, `link`, `headline` and `date` what each says, inside the row; `day` the
headings above rows that say their day. `json` leads to rows that are data. A selector that finds
nothing on a whole page is a broken declaration, never an empty list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from crawler.limits import DATE, HEADLINE, LIST_ROWS
from crawler.models import Find, Layer, Lead, Outlet, Reading, Said, When
from crawler.reading import Unreadable
from crawler.reading.addresses import names_of, printed
from crawler.reading.date_order import NOTHING_PROVEN, Orders, is_ambiguous, proofs
from crawler.reading.dates import Refused, read_date
from crawler.reading.languages import read_language
from crawler.reading.row_selectors import chosen, compiled, lines_behind, said, taken_apart
from crawler.reading.text import clean
from crawler.urls import joined

if TYPE_CHECKING:
    from lxml import etree

_CLOCK: Final = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?")
# a time of the day and no more


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRow:
    """One row of a list page."""

    url: str
    # absolute
    headline: str | None
    # as printed, None where the row has none
    date: str | None
    # as printed, or the machine's word of a <time>; None where the row has none
    position: int = 0
    # its place on the page, from 0

    @classmethod
    def of(cls, lead: Lead) -> ListingRow:
        """The row that a lead was made of."""
        told = lead.row
        return cls(
            url=told["url"],
            headline=told.get("headline"),
            date=told.get("date"),
            position=lead.position,
        )

    @property
    def told(self) -> dict[str, Any]:
        """What `read_listing_row` reads."""
        said = {"url": self.url, "headline": self.headline, "date": self.date}
        return {name: word for name, word in said.items() if word}


def parse_listing(
    body: bytes, *, url: str, charset: str | None, find: Find
) -> tuple[ListingRow, ...]:
    """The rows of a list page; empty where `row` finds nothing.

    Raises Unreadable for what is no page, and for a selector inside the rows that finds nothing
    in any of them.
    """
    from crawler.reading.json_rows import json_rows, markup_at  # noqa: PLC0415 - seldom
    from crawler.reading.page.html import tree_of  # noqa: PLC0415 - lxml

    if find.json and find.row is None:
        told = json_rows(body, url=url, charset=charset, find=find)
        return tuple(
            ListingRow(url=link, headline=headline, date=date, position=at)
            for at, (link, headline, date) in enumerate(told)
        )
    page: bytes | str = body if find.json is None else markup_at(body, charset, find.json)
    if find.json and not page:
        return ()
    root, _ = tree_of(page, charset)
    found = compiled(find.row or "", "row")(root)[:LIST_ROWS]
    rows = _once(_rows(found, _base(root, url), find, _days(root, found, find.day)))
    if found:
        _refuse_blind_selectors(rows, find)
    return tuple(row for row, _ in rows)


def _rows(
    found: Sequence[etree._Element], base: str, find: Find, days: Mapping[etree._Element, str]
) -> Iterator[tuple[ListingRow, etree._Element]]:
    """What each row says; those that link nowhere are left out."""
    linked = [(one, url) for one in found if (url := _address(one, base, find.link or ""))]
    among = frozenset(one for one, _ in linked)
    for element, url in linked:
        headline = find.headline or find.link or ""
        named = chosen(element, headline, "headline", among)
        words = clean(said(named, headline)) if named is not None else ""
        date = _with_day(_date(element, find.date, among), days.get(element))
        yield ListingRow(url=url, headline=words[:HEADLINE] or None, date=date), element


def _address(row: etree._Element, base: str, selector: str) -> str | None:
    """The address of a row, None where it links nowhere."""
    link = chosen(row, selector, "link", ())
    href = _href(link, selector) if link is not None else None
    return joined(base, href) if href else None


def _once(
    rows: Iterable[tuple[ListingRow, etree._Element]],
) -> list[tuple[ListingRow, etree._Element]]:
    """Rows with their places. Of two that hold one another and link one piece the inner one: of
    tables that lie in tables every outer row is a row too.
    """
    found = list(rows)
    inner = {(above, row.url) for row, element in found for above in element.iterancestors()}
    kept = [(row, element) for row, element in found if (element, row.url) not in inner]
    return [(replace(row, position=at), element) for at, (row, element) in enumerate(kept)]


def _refuse_blind_selectors(rows: Sequence[tuple[ListingRow, object]], find: Find) -> None:
    if not rows:
        raise Unreadable(f'the selector link = "{find.link}" finds no address in any row')
    for name in ("headline", "date"):
        selector = getattr(find, name)
        if selector and not any(getattr(row, name) for row, _ in rows):
            raise Unreadable(f'the selector {name} = "{selector}" finds nothing in any row')
    if find.day and not any(row.date for row, _ in rows):
        raise Unreadable(f'the selector day = "{find.day}" finds nothing above any row')


def _days(
    root: etree._Element, found: Sequence[etree._Element], selector: str | None
) -> Mapping[etree._Element, str]:
    """What the nearest heading above each row says of its day."""
    if selector is None:
        return {}
    parts = taken_apart(selector)
    headings, rows = set(compiled(parts.css, "day")(root)), set(found)
    days: dict[etree._Element, str] = {}
    day = ""
    for element in root.iter():
        if element in headings:
            day = _date_text(element, selector) or day
        if element in rows and day:
            days[element] = day
    return days


def _with_day(date: str | None, day: str | None) -> str | None:
    """The day of the heading, with the row's clock where that is all it prints."""
    if day is None or (date and not _CLOCK.fullmatch(date)):
        return date
    return f"{day}, {date.replace('.', ':')}" if date else day


def _date(row: etree._Element, selector: str | None, among: frozenset[Any]) -> str | None:
    if selector is None:
        return None
    parts = taken_apart(selector)
    if parts.behind and not parts.css:
        lines = (line for line in lines_behind(row, among) if 0 < len(line) <= DATE)
        return next(filter(_names_day, lines), None)
    found = chosen(row, selector, "date", among)
    return _date_text(found, selector) if found is not None else None


def _names_day(line: str) -> bool:
    """Whether a line between two rows may be the date of the first."""
    from crawler.reading.page.printed_days import may_name_day  # noqa: PLC0415 - large tables

    return may_name_day(line)


def _href(link: etree._Element, selector: str) -> str | None:
    """The address of a link, or of the first one inside what was chosen."""
    if taken_apart(selector).attribute:
        return printed(said(link, selector)) or None
    holder = link if link.get("href") else next(link.iter("a"), None)
    raw = holder.get("href") if holder is not None else None
    return printed(str(raw)) or None if raw else None


def _base(root: etree._Element, url: str) -> str:
    declared = next((str(base.get("href")) for base in root.iter("base") if base.get("href")), None)
    return joined(url, declared) or url if declared else url


def _date_text(element: etree._Element, selector: str) -> str | None:
    """The machine's word of a <time>, inside what was chosen too; else what a reader sees."""
    parts = taken_apart(selector)
    timed = element if element.tag == "time" else next(element.iter("time"), None)
    if timed is not None and timed.get("datetime") and not (parts.attribute or parts.bare):
        return str(timed.get("datetime"))[:DATE]
    return said(element, selector)[:DATE] or None


# --- what a row says ---------------------------------------------------------------------


def listing_lead(
    row: ListingRow,
    *,
    outlet: Outlet,
    fetched: datetime,
    zone: str,
    position: int,
    orders: Orders = NOTHING_PROVEN,
) -> Lead:
    """The lead of a row; `orders` is what `listing_orders` says of all rows of its list.

    Raises ValueError where its address is none.
    """
    when = _when(row.date, fetched, zone, outlet.languages, orders)
    return Lead(
        url=row.url,
        aliases=names_of(row.url),
        published=when.instant if isinstance(when, When) else None,
        digest=_digest(row, when, orders),
        position=position,
        row=row.told,
    )


def list_site(find: Find, zone: str) -> dict[str, Any]:
    """What is kept beside a list page: its clock, which list it is, what dated its rows then."""
    return {"zone": zone, "list": find.url, "date": find.date}


def listing_orders(rows: Iterable[ListingRow], *, fetched: datetime, zone: str) -> Orders:
    """Which order of day and month the rows of a page prove."""
    return proofs((row.date for row in rows), base=fetched, zone=zone)


def _digest(row: ListingRow, when: When | Refused | None, orders: Orders) -> str:
    """Of what the row says: "2 hours ago" is another word every hour and the same row.

    A date in numbers says another day once the list proves that the month stands first.
    """
    exact = isinstance(when, When) and when.rule != "relative"
    said = [row.url, row.headline or "", row.date or "" if exact else ""]
    if "month-first" in orders and is_ambiguous(row.date):
        said += sorted(orders)
    return blake2b("\n".join(said).encode("utf-8", "replace"), digest_size=12).hexdigest()


def read_listing_row(
    told: dict[str, Any],
    *,
    outlet: Outlet,
    fetched: datetime,
    zone: str,
    orders: Orders = NOTHING_PROVEN,
) -> Reading:
    """What a kept row says; `orders` is what its list proves.

    Raises Unreadable for a row without an address.
    """
    url, headline = told.get("url"), told.get("headline")
    if not isinstance(url, str):
        raise Unreadable("a row of a list page without an address")
    when = _when(told.get("date"), fetched, zone, outlet.languages, orders)
    language = read_language(headline, "", prior=outlet.languages) if headline else None
    return Reading(
        layer=Layer.LISTING,
        url=url,
        aliases=names_of(url),
        headline=Said(value=headline, layer="listing:headline") if headline else None,
        published=_said(when, told.get("date")),
        language=Said(value=language, layer=f"listing:{language.source}") if language else None,
        notes=tuple(_refusals([when])),
    )


def _when(
    raw: object, fetched: datetime, zone: str, languages: Sequence[str], orders: Orders
) -> When | Refused | None:
    if not isinstance(raw, str) or not raw:
        return None
    languages = tuple(languages) or ("sq", "en")
    return read_date(raw, base=fetched, zone=zone, languages=languages, orders=orders)


def _said(when: When | Refused | None, raw: object) -> Said[When] | None:
    if not isinstance(when, When):
        return None
    return Said(value=when, layer="listing:date", raw=str(raw))


def _refusals(dates: Iterable[When | Refused | None]) -> Iterable[str]:
    return (f"date {when.raw!r} is {when.told}" for when in dates if isinstance(when, Refused))
