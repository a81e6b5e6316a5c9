"""One outlet: its TOML file, strictly, as the noun."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from crawler.config.files import parsed, slug_of, toml_text
from crawler.config.refusals import Place
from crawler.config.toml_tables import Key, Keys, read_table, rows
from crawler.config.values import (
    country,
    day,
    host,
    language,
    line,
    low_and_high,
    many,
    on_loopback,
    one_of,
    seconds,
    selector,
    truth,
    web,
    web_pages,
    whole,
    zone,
)
from crawler.models import Evidence, Expect, Find, Outlet, OutletKind, ReadRules, Way
from crawler.reading.row_selectors import taken_apart
from crawler.urls import host_of

POLITE = 1.0
# seconds between two requests, at least; less only on loopback (docs/etiquette.md)
LISTING_ONLY = ("json", "row", "link", "headline", "date", "day", "first", "step")
SELECTORS = ("row", "link", "headline", "date", "day")
NUMBERED_ONLY = ("first", "step")
MOST_ROWS = 1_000
# rows a list page may hold, for offsets
REMEMBERED: Final = 2_048
# files whose meaning is kept: a page asks for all of them at every look
SEEN_WAYS = tuple(way.value for way in Way if way not in {Way.BY_HAND, Way.PROOF})


def _way(value: object, place: Place) -> Way:
    return Way(one_of(SEEN_WAYS)(value, place))


def _kind(value: object, place: Place) -> OutletKind:
    return OutletKind(one_of([kind.value for kind in OutletKind])(value, place))


def _first(value: object, place: Place) -> int | Literal[""]:
    return "" if value == "" else whole(0, MOST_ROWS)(value, place)


FIND: Keys = {
    "way": Key(read=_way, required=True),
    "url": Key(read=web_pages, required=True),
    "row": Key(read=line),
    "link": Key(read=line),
    "headline": Key(read=line),
    "date": Key(read=line),
    "day": Key(read=line),
    "json": Key(read=line),
    "first": Key(read=_first),
    "step": Key(read=whole(1, MOST_ROWS)),
}
READ: Keys = {
    "headline": Key(read=selector),
    "text": Key(read=selector),
    "skip": Key(read=many(selector)),
}
EXPECT: Keys = {"per_week": Key(read=low_and_high)}
EVIDENCE: Keys = {
    "what": Key(read=line, required=True),
    "grade": Key(read=one_of(("A", "B", "C")), required=True),
    "seen": Key(read=day),
    "note": Key(read=line),
}


def _find(value: object, place: Place) -> Find:
    fields = read_table(value, place, FIND)
    if fields["way"] is Way.LISTING:
        _refuse_half_a_listing(fields, place)
    else:
        _refuse_listing_keys(fields, place)
    return Find(**fields)


def _refuse_half_a_listing(fields: dict[str, Any], place: Place) -> None:
    if not ("row" in fields or "json" in fields):
        raise place.refusal('a listing needs the CSS selector "row", or "json", a path to its rows')
    if "link" not in fields:
        raise place.refusal('a listing needs the CSS selector "link"')
    if "row" in fields:
        _refuse_odd_selectors(fields, place)
    elif "day" in fields:
        raise place.key("day").refusal("headings stand above rows of a page, not of data")
    for name in NUMBERED_ONLY:
        if name in fields and "{page}" not in fields["url"]:
            raise place.key(name).refusal('numbers pages: "url" needs a {page}')


def _refuse_odd_selectors(fields: dict[str, Any], place: Place) -> None:
    """Selectors must be CSS; `row` only chooses."""
    for name in SELECTORS:
        if name not in fields:
            continue
        parts = taken_apart(fields[name])
        if parts.css or not parts.behind:
            selector(parts.css or fields[name], place.key(name))
        if name == "row" and parts.css != fields[name]:
            raise place.key(name).refusal('a CSS selector of elements, without "~" and "::"')


def _refuse_listing_keys(fields: dict[str, Any], place: Place) -> None:
    for name in LISTING_ONLY:
        if name in fields:
            raise place.refusal(
                '"{name}" is a key of way = "listing", not of "{fields}"',
                name=name,
                fields=fields["way"],
            )
    web(fields["url"], place.key("url"))


def _finds(value: object, place: Place) -> tuple[Find, ...]:
    finds = rows(_find)(value, place)
    seen = [(find.way, find.url) for find in finds]
    for number, address in enumerate(seen, 1):
        if address in seen[: number - 1]:
            raise place.as_row(number).refusal("the same way and url twice")
    return finds


def _read_rules(value: object, place: Place) -> ReadRules:
    return ReadRules(**read_table(value, place.as_table(), READ))


def _expect(value: object, place: Place) -> Expect:
    return Expect(**read_table(value, place.as_table(), EXPECT))


def _evidence(value: object, place: Place) -> Evidence:
    return Evidence(**read_table(value, place, EVIDENCE))


OUTLET: Keys = {
    "name": Key(read=line, required=True),
    "home": Key(read=web),
    "kind": Key(read=_kind),
    "languages": Key(read=many(language)),
    "country": Key(read=country),
    "zone": Key(read=zone),
    "owner": Key(read=line),
    "tier": Key(read=whole(1, 9)),
    "use": Key(read=truth),
    "delay": Key(read=seconds),
    "hosts": Key(read=many(host)),
    "private": Key(read=truth),
    "declined": Key(read=line),
    "find": Key(read=_finds),
    "read": Key(read=_read_rules),
    "expect": Key(read=_expect),
    "evidence": Key(read=rows(_evidence)),
}


def read_outlet(path: Path) -> Outlet:
    """The outlet of a TOML file. Raises RegistryError, one line that names file and key."""
    return _outlet(path, toml_text(path))


@lru_cache(maxsize=REMEMBERED)
def _outlet(path: Path, text: str) -> Outlet:
    """What the text says, worked out once for the same text: the file itself is read each time."""
    slug, place = slug_of(path), Place(source=path)
    outlet = Outlet(slug=slug, source=path, **read_table(parsed(text, path), place, OUTLET))
    _refuse_haste(outlet, place)
    return outlet


def _refuse_haste(outlet: Outlet, place: Place) -> None:
    """A delay under a second is for this machine only: there is no switch around it."""
    if outlet.delay >= POLITE:
        return
    addresses = [find.url for find in outlet.find] + ([outlet.home] if outlet.home else [])
    if not on_loopback([*map(host_of, addresses), *outlet.hosts]):
        raise place.key("delay").refusal(
            "at least {polite:g} second; less only where every address is on loopback",
            polite=POLITE,
        )
