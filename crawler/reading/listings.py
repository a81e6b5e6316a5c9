"""A declared list page to rows, by the CSS selectors of the outlet's file (pure).

`row` chooses the rows, `link`, `headline` and `date` what each says, inside the row. A selector
that finds nothing on a whole page is a broken declaration, never an empty list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, cast

from crawler.limits import DATE, HEADLINE, LIST_ROWS
from crawler.models import Find, Layer, Lead, Outlet, Reading, Said, When
from crawler.reading import Unreadable
from crawler.reading.addresses import names_of, printed
from crawler.reading.date_order import NOTHING_PROVEN, Orders, is_ambiguous, proofs
from crawler.reading.dates import Refused, read_date
from crawler.reading.languages import read_language
from crawler.reading.text import clean
from crawler.urls import joined

if TYPE_CHECKING:
    from lxml import etree


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
    from crawler.reading.page.html import tree_of  # noqa: PLC0415 - lxml

    root, _ = tree_of(body, charset)
    found = _chosen(find.row or "", "row")(root)[:LIST_ROWS]
    base = _base(root, url)
    rows: list[ListingRow] = []
    for element in found:
        if row := _row(element, base, find, position=len(rows)):
            rows.append(row)
    if found:
        _refuse_blind_selectors(rows, find)
    return tuple(rows)


def _row(element: etree._Element, base: str, find: Find, *, position: int) -> ListingRow | None:
    """What one row says, None where it links nowhere."""
    link = _first(element, find.link, "link")
    href = _href(link) if link is not None else None
    url = joined(base, href) if href else None
    if url is None:
        return None
    named = _first(element, find.headline, "headline") if find.headline else link
    dated = _first(element, find.date, "date") if find.date else None
    return ListingRow(
        url=url,
        headline=_text(named)[:HEADLINE] or None if named is not None else None,
        date=_date_text(dated) if dated is not None else None,
        position=position,
    )


def _refuse_blind_selectors(rows: Sequence[ListingRow], find: Find) -> None:
    if not rows:
        raise Unreadable(f'the selector link = "{find.link}" finds no address in any row')
    for name in ("headline", "date"):
        selector = getattr(find, name)
        if selector and not any(getattr(row, name) for row in rows):
            raise Unreadable(f'the selector {name} = "{selector}" finds nothing in any row')


def _first(element: etree._Element, selector: str | None, name: str) -> etree._Element | None:
    """The first match inside a row; the row itself where it is what is sought."""
    found = _chosen(selector or "", name)(element)
    return found[0] if found else None


@lru_cache(maxsize=256)
def _chosen(selector: str, name: str) -> Callable[[Any], list[Any]]:
    """A compiled selector. Raises Unreadable for what is none."""
    from lxml.cssselect import CSSSelector, SelectorError  # noqa: PLC0415 - heavy

    try:
        return cast(Callable[[Any], list[Any]], CSSSelector(selector, translator="html"))
    except SelectorError as error:
        raise Unreadable(f'{name} = "{selector}" is no CSS selector') from error


def _href(link: etree._Element) -> str | None:
    """The address of a link, or of the first one inside what was chosen."""
    holder = link if link.get("href") else next(link.iter("a"), None)
    raw = holder.get("href") if holder is not None else None
    return printed(str(raw)) or None if raw else None


def _base(root: etree._Element, url: str) -> str:
    declared = next((str(base.get("href")) for base in root.iter("base") if base.get("href")), None)
    return joined(url, declared) or url if declared else url


def _text(element: etree._Element) -> str:
    return clean(" ".join("".join(map(str, element.itertext())).split()))


def _date_text(element: etree._Element) -> str | None:
    """The machine's word of a <time>, inside what was chosen too; else what a reader sees."""
    timed = element if element.tag == "time" else next(element.iter("time"), None)
    if timed is not None and timed.get("datetime"):
        return str(timed.get("datetime"))[:DATE]
    return _text(element)[:DATE] or None


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
