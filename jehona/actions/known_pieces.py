"""A list of pieces that one knows of: links, or outlet and headline (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from crawler.config import slugs_called
from crawler.models import Outlet
from crawler.reading.row_fields import is_web_address
from crawler.reading.table_files import tables_in
from crawler.reading.table_heads import Asked, read_sheet
from crawler.reading.tables import Row, WrongTable
from crawler.reading.typed_dates import WrongDate, typed_day

OPTIONAL: Final = ("url", "outlet", "headline", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One piece that somebody knows of."""

    # of the file, from 1
    line: int
    url: str | None = None
    # slug; None where it is not told, or nobody described it
    outlet: str | None = None
    # as the list has it
    outlet_name: str | None = None
    headline: str | None = None
    # a local day
    published: date | None = None


def known_in(
    body: bytes, outlets: Mapping[str, Outlet], *, now: datetime, zone: str
) -> tuple[Known, ...]:
    """The pieces of a list: CSV, XLSX, or an address a line without any head.

    Raises WrongTable, with the place, for what is no list, and for a row that names neither an
    address nor an outlet and a headline.
    """
    asked = Asked(needed=("url",), optional=OPTIONAL[1:])
    tables = [table for table in tables_in(body, asked.count) if table.rows]
    if tables and not any(asked.count(row.cells) for row in tables[0].rows[:1]):
        bare = tuple(filter(None, map(_bare, tables[0].rows)))
        if len(bare) == len(tables[0].rows):
            return bare
    if tables and all("url" not in asked.columns(row.cells) for row in tables[0].rows):
        asked = Asked(needed=("outlet", "headline"), optional=("published",))
    sheet = read_sheet(body, asked)
    names = {slug: outlet.name for slug, outlet in outlets.items()}
    found = tuple(
        _known(row.line, sheet.told(row), sheet.place(row.line), names, now=now, zone=zone)
        for row in sheet.rows
    )
    if not found:
        raise WrongTable(
            "{place}: there is no row under the names of columns", place=sheet.place(sheet.head)
        )
    return found


def _bare(row: Row) -> Known | None:
    """The first address of a row that has no head above it."""
    urls = [cell.strip() for cell in row.cells if is_web_address(cell)]
    return Known(line=row.line, url=urls[0]) if urls else None


def _known(
    line: int,
    told: Mapping[str, str],
    place: str,
    names: Mapping[str, str],
    *,
    now: datetime,
    zone: str,
) -> Known:
    url, name, headline = told.get("url"), told.get("outlet"), told.get("headline")
    if url and not is_web_address(url):
        raise WrongTable("{place}: {url!r:.80} is no address with http(s)://", place=place, url=url)
    if not url and not (name and headline):
        raise WrongTable("{place}: an address is needed, or an outlet and a headline", place=place)
    return Known(
        line=line,
        url=url,
        outlet=_slug(name, names) if name else None,
        outlet_name=name,
        headline=headline,
        published=_day(told.get("published"), place, now, zone),
    )


def _slug(name: str, names: Mapping[str, str]) -> str | None:
    found: Sequence[str] = [name] if name in names else slugs_called(name, names)
    return found[0] if len(found) == 1 else None


def _day(typed: str | None, place: str, now: datetime, zone: str) -> date | None:
    """Raises WrongTable for what is no day."""
    if not typed:
        return None
    try:
        return typed_day(typed.partition("T")[0].partition(" 0")[0], now=now, zone=zone)
    except WrongDate as wrong:
        raise WrongTable(
            "{place}: {typed!r:.60}: {wrong}", place=place, typed=typed, wrong=wrong
        ) from None
