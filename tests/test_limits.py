"""What others send is cut before it is searched: each limit, and that work does not grow past it.

Nothing here is timed: the characters that a reader was given, or the calls it made, are counted.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.limits import ADDRESS, ADDRESS_SHOWN, HOST, META, META_NAMES, METAS, TITLE
from crawler.reading.page.facts import Facts
from crawler.reading.page.headline import headline_of
from crawler.reading.page.html import tree_of
from crawler.reading.page.page_facts import facts_of
from crawler.reading.page.site_names import squeezed
from crawler.urls import alias_key, canonical, host_of, normal_host

FLOOD = 400_000
# characters of a hostile answer


def facts(head: str) -> Facts:
    """What is kept of a page with this head."""
    root, _ = tree_of(f"<html><head>{head}</head><body><p>Fjalë.</p></body></html>", None)
    return facts_of(root)


# --- addresses ------------------------------------------------------------------------


@pytest.mark.parametrize("read", [canonical, alias_key, host_of])
@pytest.mark.parametrize("unit", ["//", "a", "@", "//a@", "/../", "%25", ";", "?", "&", "."])
def test_a_flood_in_an_address_is_refused_in_a_short_line(
    read: Callable[[str], str], unit: str
) -> None:
    flood = "http://gazeta.example" + unit * (FLOOD // len(unit))
    with pytest.raises(ValueError, match=f"more than {ADDRESS:,} characters") as refused:
        read(flood)
    assert len(str(refused.value)) < ADDRESS_SHOWN + 100


def test_a_host_is_cut_before_it_is_brought_into_ascii() -> None:
    with pytest.raises(ValueError, match=f"more than {HOST:,} characters"):
        normal_host("ë" * FLOOD)


@pytest.mark.parametrize(
    "address",
    [
        "https://ana:fshehte@gazeta.example/" + "a" * ADDRESS,
        "https://ana:" + "fshehte" * ADDRESS + "@gazeta.example/",
        "ftp://ana:fshehte@gazeta.example/" + "//" * ADDRESS,
    ],
)
def test_a_password_is_hidden_wherever_the_line_is_cut(address: str) -> None:
    with pytest.raises(ValueError, match=r"//\.\.\.@gazeta\.example") as refused:
        canonical(address)
    assert "fshehte" not in str(refused.value)


# --- the head of a page ---------------------------------------------------------------


def test_what_a_meta_says_is_cut() -> None:
    said = facts(f'<meta property="og:title" content="{"a | " * (FLOOD // 4)}">').metas["og:title"]
    assert [len(one) for one in said] == [META]


def test_names_of_metas_and_their_contents_are_counted() -> None:
    many = facts('<meta property="og:title" content="a">' * (10 * METAS))
    assert len(many.metas["og:title"]) == METAS
    names = facts("".join(f'<meta name="n{n}" content="a">' for n in range(10 * META_NAMES)))
    assert len(names.metas) == META_NAMES


def test_addresses_in_the_head_are_counted_and_long_ones_left_out() -> None:
    links = facts(
        f'<link rel="canonical" href="/{"a" * ADDRESS}">'
        + '<link rel="canonical" href="/a">' * (10 * METAS)
    ).links["canonical"]
    assert links == ["/a"] * METAS


@pytest.mark.parametrize("unit", ["a | ", "a: ", "a - ", "–a ", "|", "ë » "])
@pytest.mark.parametrize("where", ["og:title", "json-ld", "listing", "ruled"])
def test_a_title_is_cut_before_names_are_cut_off_it(unit: str, where: str) -> None:
    def folded(length: int) -> int:
        """How many strings the readers of headlines fold for a title of `length`."""
        flood = unit * (length // len(unit))
        given = Facts()
        if where == "og:title":
            given.metas["og:title"] = [flood]
        if where == "json-ld":
            given.things = ({"@type": "NewsArticle", "headline": flood},)
        squeezed.cache_clear()
        headline_of(
            given, url="https://gazeta.example/lajme/festa-e-librit", names=frozenset({"gazeta"}),
            listed=flood if where == "listing" else None,
            ruled=flood if where == "ruled" else None,
        )  # fmt: skip
        return squeezed.cache_info().misses

    assert folded(FLOOD // 10) == folded(FLOOD)
    assert folded(FLOOD) < 2 * TITLE
