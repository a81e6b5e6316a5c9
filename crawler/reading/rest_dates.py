"""Dates of REST rows: which field tells them, in which zone, in which order of day and month.

WordPress prints ISO 8601: `date_gmt` in UTC, `date` by the site's clock; drafts and imports carry
"0000-00-00T00:00:00" or null for the former. Plugins may print anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from crawler.models import Said, When
from crawler.reading.date_order import NOTHING_PROVEN, Orders, kept_orders, proofs
from crawler.reading.dates import read_date, read_machine
from crawler.reading.row_fields import DEFAULT_ZONE, moment_of


def rendered(data: Mapping[str, Any], name: str) -> str:
    """A field's text: {"rendered": "..."} or the bare value."""
    value = data.get(name)
    if isinstance(value, dict):
        value = value.get("rendered")
    return str(value) if isinstance(value, str | int | float) else ""


def stamp(data: Mapping[str, Any], name: str, zone: str) -> tuple[str, str, str]:
    """Text, field and zone of a date: in UTC where that is given."""
    utc = rendered(data, f"{name}_gmt")
    if utc and not utc.startswith("0000"):
        return utc, f"{name}_gmt", "UTC"
    return rendered(data, name), name, zone


def rest_orders(rows: Iterable[Mapping[str, Any]], *, site_zone: str, fetched: datetime) -> Orders:
    """Which order of day and month the rows of a page prove; `site_zone` is `RestIndex.zone`."""
    stamps = (stamp(data, name, site_zone) for data in rows for name in ("date", "modified"))
    return proofs((text for text, _, _ in stamps), base=fetched, zone=site_zone)


def published_of(
    data: Mapping[str, Any], zone: str, fetched: datetime | None, orders: Orders
) -> When | None:
    """The date of publication; what only people print needs `fetched`, aware."""
    text, _, its_zone = stamp(data, "date", zone)
    when = read_machine(text, zone=its_zone)
    if when is not None or fetched is None or not text or text.startswith("0000"):
        return when
    said = read_date(text, base=fetched, zone=its_zone, orders=orders)
    return said if isinstance(said, When) else None


def said_date(
    data: Mapping[str, Any], name: str, fetched: datetime, site: Mapping[str, Any]
) -> tuple[Said[When] | None, str | None]:
    """The date of a field and, where it is refused or missing, a note."""
    text, field, zone = stamp(data, name, str(site.get("zone") or DEFAULT_ZONE))
    if not text or text.startswith("0000"):
        return None, None if name == "modified" else f"rest:{name} is empty"
    orders = kept_orders(site) or NOTHING_PROVEN
    return moment_of(text, f"rest:{field}", fetched=fetched, zone=zone, orders=orders)
