"""What a front page names for machines, whatever stands ahead of it."""

from __future__ import annotations

import pytest

from crawler.reading.front_page import FrontLinks, front_links
from crawler.reading.site_facts import site_facts

HOME = "https://gazeta.example/sq/"
HEAD = (
    '<html lang="sq"><head><title>Lajme | Gazeta</title>'
    '<link rel="alternate" type="application/rss+xml" href="/feed/">'
    '<link rel="https://api.w.org/" href="/wp-json/"></head></html>'
)
FOUND = FrontLinks(feeds=("https://gazeta.example/feed/",), rest="https://gazeta.example/wp-json/")


@pytest.mark.parametrize(
    "ahead",
    [
        "",
        "\ufeff",
        "\n\n",
        "<!doctype html>",
        "<!-- cached --><!doctype html>",
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "x" "y">',
        "<br />\n<b>Warning</b>: x in <b>/x.php</b> on line <b>1</b><br />\n<!doctype html>",
        "Notice: x in /x.php on line 1\n",
    ],
)
def test_a_front_page_behind_dirt(ahead: str) -> None:
    body = (ahead + HEAD).encode()
    assert front_links(body, HOME, {}) == FOUND
    facts = site_facts(body, HOME, "utf-8")
    assert (facts.name, facts.language) == ("Gazeta", "sq")


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("feed.xml", "https://gazeta.example/sq/feed.xml"),
        ("//cdn.gazeta.example/feed.xml", "https://cdn.gazeta.example/feed.xml"),
        (" /feed.xml\n", "https://gazeta.example/feed.xml"),
        ("http://[x", None),
        ("javascript:void(0)", None),
    ],
)
def test_addresses_of_a_front_page(href: str, address: str | None) -> None:
    page = f'<head><link rel="alternate" type="application/atom+xml" href="{href}"></head>'
    assert front_links(page.encode(), HOME, {}).feeds == ((address,) if address else ())


def test_relative_addresses_count_from_the_base() -> None:
    page = HEAD.replace("<head>", '<head><base href="/lajme/">').replace('"/feed/"', '"feed.xml"')
    assert front_links(page.encode(), HOME, {}).feeds == ("https://gazeta.example/lajme/feed.xml",)


@pytest.mark.parametrize(
    "body", ["<rss><channel><link>x</link></channel></rss>", '{"html": "<html><head>"}', ""]
)
def test_what_is_no_page_names_nothing(body: str) -> None:
    assert front_links(body.encode(), HOME, {}) == FrontLinks()
