"""Under which address a page's piece is kept: where readers land."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.models import Outlet, Reading, Snapshot, SnapshotKind
from crawler.reading.snapshots import read
from crawler.urls import alias_key

HOME = "https://gazeta.example"
OUTLET = Outlet(slug="gazeta", name="Gazeta", home=HOME, languages=("sq",))
PIECE = f"{HOME}/lajme/festa-e-librit"
TEXT = (
    "Banorët u mblodhën në sheshin kryesor të qytetit për festën e librit, që zgjat dy ditë. " * 4
)


def page(asked: str, own: str | None = None, **site: Any) -> Reading:
    """What a kept page says that calls itself `own`."""
    canonical = f'<link rel="canonical" href="{own}">' if own else ""
    body = (
        f"<html><head>{canonical}<title>Festa e librit u hap</title></head>"
        f"<body><h1>Festa e librit u hap</h1><article><p>{TEXT}</p></article></body></html>"
    )
    kept = Snapshot(
        outlet="gazeta", kind=SnapshotKind.HTML, url=asked, charset=None, site=site,
        fetched=datetime(2025, 5, 10, tzinfo=UTC), body=body.encode(),
    )  # fmt: skip
    return read(kept, OUTLET)


SHORT = f"{HOME}/?p=12"
SETTLED = {
    "as asked": ((PIECE, None, {}), PIECE),
    "the page agrees": ((PIECE, PIECE, {}), PIECE),
    "a short link that moved for good": (
        (SHORT, None, {"landed": f"{PIECE}/", "for_good": True}),
        f"{PIECE}/",
    ),
    "a short link that moved for now, and the page says so": (
        (SHORT, PIECE, {"landed": f"{PIECE}/", "for_good": False}),
        f"{PIECE}/",
    ),
    "moved for now": ((SHORT, None, {"landed": f"{HOME}/arkivi", "for_good": False}), SHORT),
    "to the front page": ((SHORT, None, {"landed": f"{HOME}/", "for_good": True}), SHORT),
    "to a stranger": (
        (SHORT, None, {"landed": "https://tjeter.example/a", "for_good": True}),
        SHORT,
    ),
    "with a visit's number": (
        (SHORT, None, {"landed": f"{PIECE};jsessionid=A1", "for_good": True}),
        PIECE,
    ),
    "AMP of the piece": ((f"{PIECE}/amp/", PIECE, {}), PIECE),
    "the telephone's page": (("https://m.gazeta.example/lajme/festa-e-librit", PIECE, {}), PIECE),
    "another's canonical address": ((PIECE, f"{HOME}/lajme/tjeter", {}), PIECE),
    "settled when it was kept": ((f"{PIECE}?x=1", None, {"address": PIECE}), PIECE),
}


@pytest.mark.parametrize(("given", "url"), SETTLED.values(), ids=SETTLED)
def test_a_page_is_kept_under_the_address_that_readers_land_on(
    given: tuple[str, str | None, dict[str, Any]], url: str
) -> None:
    asked, own, site = given
    reading = page(asked, own, **site)
    assert reading.url == url
    names = {alias.value for alias in reading.aliases if alias.kind == "url"}
    assert {alias_key(asked), alias_key(url)} <= names
    if site.get("landed") and url in (asked,):
        assert alias_key(str(site["landed"])) not in names


def test_pages_that_a_script_shows_are_not_their_front_page() -> None:
    one = page(f"{HOME}/#!/lajm/1", f"{HOME}/")
    assert {alias.value for alias in one.aliases} == {"gazeta.example#!/lajm/1"}
