"""The lists of a page: links that repeat in one shape, the rows around them, what rows tell.

A group is the links that stand in the same place of a repeated pattern. Its rows are the largest
elements that hold one of its links each. The best group has headlines, days that grow older, and
does not stand beside the page; groups above it that are smaller (a lead story in other clothes)
are taken along, for a piece too many is harmless and a piece too few is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crawler.limits import SHAPE_ROWS
from crawler.models import Find, Way
from crawler.reading import Unreadable
from crawler.reading.finder.css import MOST_TRIED, row_selector, step
from crawler.reading.finder.fields import Days, Row, days_of, headline_selector, link_selector
from crawler.reading.finder.sheet import Link, Sheet, is_headline, stands_away
from crawler.reading.listings import ListingRow, parse_listing
from crawler.reading.page.printed_days import day_in_address
from crawler.urls import alias_key

if TYPE_CHECKING:
    from lxml import etree

FEWEST_ROWS: Final = 3
# fewer tell no pattern
MOST_GROUPS: Final = 20
# that are looked at, the largest first
LOOKS: Final = 60_000
# elements that all groups may cost together; front pages have 500 to 5,000
LEADS: Final = 6
# rows of a smaller group above the list that is taken along
_SIDE_DOOR: Final = re.compile(
    r"print|tmpl=|mailto|share|comment|koment|respond|sharer|reply|/(?:autor|author|tag|user)/",
    re.IGNORECASE,
)
# addresses that are another door to a piece, or no piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One list of a page, and how it is read."""

    find: Find
    # its selectors; the address is the page's own
    rows: tuple[ListingRow, ...]
    # as the listing way reads them
    dates: tuple[datetime, ...]
    # of the rows that tell one, in page order
    score: float
    # above 0; the best of a page first
    reasons: tuple[str, ...]
    # what was seen, for the person who compares
    aside: bool = False
    # whether it stands beside the news: in a sidebar, a footer

    @property
    def newest(self) -> datetime | None:
        """The latest of its dates."""
        return max(self.dates, default=None)

    @property
    def names(self) -> frozenset[str]:
        """The addresses of its rows as they are compared."""
        return frozenset(alias_key(row.url) for row in self.rows)


def lists_in(sheet: Sheet) -> tuple[Shape, ...]:
    """The lists of a page, the best first; empty where nothing repeats."""
    groups = sorted(_groups(sheet), key=_promise, reverse=True)[: _most_groups(sheet)]
    found = [shape for group in groups if (shape := _shape(sheet, group))]
    found.sort(key=lambda shape: -shape.score)
    distinct: list[Shape] = []
    for shape in found:
        if not any(shape.names <= other.names for other in distinct):
            distinct.append(shape)
    if distinct and (whole := _with_leads(sheet, distinct[0], groups)):
        distinct[0] = whole
    return tuple(distinct)


def taught(sheet: Sheet, links: Sequence[str]) -> Shape | None:
    """The list in which these addresses stand: a person pointed at two of its headlines.

    None where they stand in no common pattern.
    """
    wanted = {alias_key(url) for url in links}
    some = [shape for shape in lists_in(sheet) if wanted <= shape.names]
    if some:
        return some[0]
    held = [link for link in sheet.links if alias_key(link.url) in wanted]
    places = {link.element: _place(link.element) for link in held}
    alike = {place for place in places.values() if list(places.values()).count(place) > 1}
    for place in alike:
        group = [link for link in sheet.links if _place(link.element) == place]
        if shape := _shape(sheet, group, fewest=len(wanted)):
            return shape
    return None


# --- groups --------------------------------------------------------------------------------


def _place(element: etree._Element) -> str:
    """Where an element stands, without its number among its like."""
    return " > ".join(step(one) for one in (element, *element.iterancestors()) if one.tag != "html")


def _groups(sheet: Sheet) -> Iterator[list[Link]]:
    """Links of the same place that lead to different pages."""
    places: dict[str, list[Link]] = {}
    for link in sheet.links:
        places.setdefault(_place(link.element), []).append(link)
    for group in places.values():
        once = list({alias_key(link.url): link for link in reversed(group)}.values())[::-1]
        if len(once) >= FEWEST_ROWS:
            yield once


def _most_groups(sheet: Sheet) -> int:
    """How many groups are looked at: fewer where each look costs more."""
    return max(FEWEST_ROWS, min(MOST_GROUPS, LOOKS // len(sheet.order)))


def _promise(group: Sequence[Link]) -> tuple[bool, int]:
    """Groups of headlines are looked at ahead of others, larger ones ahead of smaller."""
    named = sum(is_headline(link.text) for link in group)
    return named * 2 > len(group), len(group)


def _rows(group: Sequence[Link]) -> list[Row]:
    """For each link the largest element that holds none of the others."""
    held: dict[etree._Element, set[str]] = {}
    for link in group:
        for above in (link.element, *link.element.iterancestors()):
            held.setdefault(above, set()).add(link.url)
    rows = []
    for link in group[:SHAPE_ROWS]:
        lone = [one for one in (link.element, *link.element.iterancestors()) if len(held[one]) == 1]
        rows.append(Row(element=lone[-1], link=link.element, url=link.url))
    return _level(rows)


def _level(rows: list[Row]) -> list[Row]:
    """Rows of one height: a last row that swallowed what stands behind it gives it back."""
    heights = sorted(len(list(row.element.iterancestors())) for row in rows)
    usual = heights[len(heights) // 2]
    level = []
    for row in rows:
        chain = [row.link, *row.link.iterancestors()]
        depth = {len(list(one.iterancestors())): one for one in chain}
        top = len(list(row.element.iterancestors()))
        level.append(replace(row, element=depth.get(max(usual, top), row.element)))
    return level


# --- shapes --------------------------------------------------------------------------------


def _shape(sheet: Sheet, group: Sequence[Link], fewest: int = FEWEST_ROWS) -> Shape | None:
    """A group as a list that can be read, None where it has no headlines or no selector."""
    rows = _rows(group)
    parts = _selectors(sheet, rows)
    if parts is None:
        return None
    row, link, headline, days = parts
    find = Find(
        way=Way.LISTING, url=sheet.url, row=row, link=link,
        headline=None if headline == link else headline, date=days.date, day=days.day,
    )  # fmt: skip
    return _proved(sheet, find, rows, days, fewest)


def _selectors(sheet: Sheet, rows: Sequence[Row]) -> tuple[str, str, str, Days] | None:
    link = link_selector(rows)
    headline = headline_selector(rows, link, sheet.reads) if link else None
    if link is None or headline is None:
        return None
    ours = {row.element for row in rows}
    strangers = {
        other.element for other in sheet.links
        if is_headline(other.text) and not ours & {other.element, *other.element.iterancestors()}
    }  # fmt: skip
    most = max(MOST_TRIED // 6, min(MOST_TRIED, 2 * LOOKS // len(sheet.order)))
    selector = row_selector(sheet.root, [row.element for row in rows], strangers, most=most)
    return (selector, link, headline, days_of(sheet, rows, headline)) if selector else None


def _proved(sheet: Sheet, find: Find, rows: Sequence[Row], days: Days, fewest: int) -> Shape | None:
    """What the listing way makes of the selectors; None where it finds too few of the rows."""
    try:
        read = parse_listing(sheet.body, url=sheet.url, charset=sheet.charset, find=find)
    except Unreadable:
        return None
    ours = tuple(row for row in read if sheet.is_own(row.url) and is_headline(row.headline or ""))
    if len({row.url for row in ours}) < fewest:
        return None
    dates = tuple(moment for row in ours if (moment := _moment(sheet, row)))
    away = sum(stands_away(row.element) for row in rows) / len(rows)
    score = _score(ours, dates, away) * _front_door(rows)
    told = (
        f"{len(ours)} rows",
        f"its days stand {days.told if not _addressed(find, ours) else 'in the addresses'}",
    )
    return Shape(find=find, rows=ours, dates=dates, score=score, reasons=told, aside=away > 1 / 2)


def _addressed(find: Find, rows: Sequence[ListingRow]) -> bool:
    dated = sum(day_in_address(row.url) is not None for row in rows)
    return not (find.date or find.day) and dated * 2 > len(rows)


def _moment(sheet: Sheet, row: ListingRow) -> datetime | None:
    if row.date:
        return sheet.reads(row.date)
    day = day_in_address(row.url)
    return sheet.reads(day.isoformat()) if day else None


def _score(rows: Sequence[ListingRow], dates: Sequence[datetime], away: float) -> float:
    """How much a group looks like a list of news."""
    count = min(len(rows), 30)
    length = sum(len(row.headline or "") for row in rows) / len(rows)
    words = min(length / 40, 1.0)
    dated = len(dates) / len(rows)
    falling = _falling(dates)
    return count * (0.3 + words) * (1 + dated + falling) * (0.2 if away > 1 / 2 else 1.0)


def _front_door(rows: Sequence[Row]) -> float:
    """Less for links that print, share or comment on a piece, more for those that are headlines."""
    texts = [" ".join("".join(map(str, row.link.itertext())).split()) for row in rows]
    named = sum(is_headline(text) for text in texts) / len(texts)
    aside = sum(bool(_SIDE_DOOR.search(row.url)) for row in rows) / len(rows)
    return (1.1 if named > 2 / 3 else 1.0) * (0.3 if aside > 1 / 2 else 1.0)


def _falling(dates: Sequence[datetime]) -> float:
    """The share of rows that are no newer than the one above: a list of news, not of fame."""
    if len(dates) < FEWEST_ROWS or len(set(dates)) == 1:
        return 0.0
    pairs = list(pairwise(dates))
    falling = sum(later >= earlier for later, earlier in pairs) / len(pairs)
    return falling if falling > 2 / 3 else 0.0


# --- what stands above ---------------------------------------------------------------------


def _with_leads(sheet: Sheet, best: Shape, groups: Sequence[Sequence[Link]]) -> Shape | None:
    """The list with the lead stories above it, which have other clothes; None where none are."""
    first = next((sheet.order[one.element] for one in sheet.links if _in(best, one)), None)
    if first is None:
        return None
    above = [
        link for link in sheet.links
        if sheet.order[link.element] < first and not _in(best, link)
        and is_headline(link.text) and not stands_away(link.element)
        and _alike(link.url, best)
    ]  # fmt: skip
    places: dict[str, list[Link]] = {}
    for link in above[: LEADS * 2]:
        places.setdefault(_place(link.element), []).append(link)
    joined = best
    for group in list(places.values())[:2]:
        joined = _joined(sheet, joined, group) or joined
    return joined if joined is not best else None


def _in(shape: Shape, link: Link) -> bool:
    return alias_key(link.url) in shape.names


def _alike(url: str, shape: Shape) -> bool:
    """Whether an address has the form of those of a list: as many steps, or the same beginning."""

    def form(address: str) -> tuple[int, bool]:
        path = urlsplit(address).path.strip("/")
        return path.count("/"), any(c.isdigit() for c in path)

    return form(url) in {form(row.url) for row in shape.rows}


def _joined(sheet: Sheet, shape: Shape, group: Sequence[Link]) -> Shape | None:
    """Both as one list: the selectors of each, separated by commas."""
    once = list({link.url: link for link in group}.values())
    rows = _climbed(sheet, once, {alias_key(row.url) for row in shape.rows})
    parts = _selectors(sheet, rows)
    find = _both(shape.find, parts) if parts else None
    if find is None:
        return None
    try:
        read = parse_listing(sheet.body, url=sheet.url, charset=sheet.charset, find=find)
    except Unreadable:
        return None
    ours = tuple(one for one in read if sheet.is_own(one.url) and is_headline(one.headline or ""))
    more = len(ours) - len(shape.rows)
    if not (_unchanged(shape, read) and 0 < more <= LEADS):
        return None
    dates = tuple(moment for one in ours if (moment := _moment(sheet, one)))
    told = (*shape.reasons, f"{more} lead stories above it")
    return replace(shape, find=find, rows=ours, dates=dates, reasons=told)


def _unchanged(shape: Shape, read: Sequence[ListingRow]) -> bool:
    """Whether the rows that were there say what they said."""
    told = {alias_key(one.url): (one.headline, one.date) for one in read}
    return all(told.get(alias_key(one.url)) == (one.headline, one.date) for one in shape.rows)


def _both(old: Find, parts: tuple[str, str, str, Days]) -> Find | None:
    """The selectors of two groups in one; None where one of them cannot stand in a list."""
    row, link, headline, days = parts
    pairs = (
        (old.row, row),
        (old.link, link),
        (old.headline or old.link, headline),
        (old.date, days.date if old.date else None),
    )
    if any("::" in (one or "") or "~" in (one or "") for pair in pairs for one in pair):
        return None
    both = [", ".join(dict.fromkeys(filter(None, pair))) or None for pair in pairs]
    return replace(old, row=both[0], link=both[1], headline=both[2], date=both[3])


def _climbed(sheet: Sheet, links: Sequence[Link], among: set[str]) -> list[Row]:
    """The largest element around each link that holds no row of the list, nor another lead."""
    known = {link.element for link in sheet.links if alias_key(link.url) in among}
    known |= {link.element for link in links}
    held: dict[etree._Element, int] = {}
    for element in known:
        for above in (element, *element.iterancestors()):
            held[above] = held.get(above, 0) + 1
    rows = []
    for link in links:
        lone = [one for one in (link.element, *link.element.iterancestors()) if held[one] == 1]
        rows.append(Row(element=lone[-1], link=link.element, url=link.url))
    return rows
