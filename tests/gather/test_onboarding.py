"""`jehona outlets add URL`: every kind of site, people's mistakes, hostile pages."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from crawler.config import read_outlet
from jehona.demo import Answer, Desk, Fault, Post, challenge
from tests.gather.conftest import Opened
from tests.gather.pressroom import Pressroom, Typed
from tests.newsroom.faults import (
    empty_body,
    flood,
    hang_up,
    no_feed,
    no_rest,
    redirect_loop,
    slow,
    too_many,
    unavailable,
)
from tests.newsroom.posts import many_posts

MOST = 12
SHARED: dict[str, Any] = {"system": "shared", "sitemaps": "none"}


def desk_of(fault: Fault | None = None, **settings: Any) -> Desk:
    posts = settings.pop("posts", None) or many_posts(30, newest="2026-05-30T12:00")
    told = {"slug": "gazeta", "name": "Gazeta e Valëve", "posts": posts, "fault": fault}
    return Desk(**{**told, **settings})


def add(room: Pressroom, desk: Desk, *words: str) -> Typed:
    return room.type("outlets", "add", desk.address, "--yes", "--json", *words)


KINDS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "wordpress": ({}, ["wordpress", "feed", "sitemap"]),
    "rest-refused": ({"rest": "refused"}, ["feed", "sitemap"]),
    "atom-named-by-nobody": (
        {"rest": "none", "feed_format": "atom", "declares_feed": False, "sitemaps": "none"},
        ["feed", "listing"],
    ),
    "news-sitemap-alone": ({"rest": "none", "feed": "none", "sitemaps": "news"}, ["sitemap"]),
    "sitemap-with-lastmod": (
        {"rest": "none", "feed": "none", "sitemaps": "lastmod"},
        ["sitemap"],
    ),
    "sitemap-that-robots-does-not-name": (
        {"rest": "none", "feed": "none", "sitemaps": "lastmod", "robots": ""},
        ["listing", "sitemap"],
    ),
    "shared-newsroom": (SHARED, ["listing"]),
    "shared-newsroom-with-sitemap": ({"system": "shared"}, ["listing", "sitemap"]),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_site(opened: Opened, kind: str) -> None:
    settings, ways = KINDS[kind]
    desk = desk_of(**settings)
    with opened(desk) as room:
        done = add(room, desk)
        assert done.code == 0, done.err
        asked = room.asked(desk)
        outlet = read_outlet(Path(done.json["written"]))
    assert [find.way.value for find in outlet.find] == ways
    assert outlet.name == "Gazeta e Valëve"
    assert outlet.slug == "gazeta-e-valeve"
    assert outlet.languages == ("sq",)
    assert {row.what for row in outlet.evidence} >= {"home", *ways}
    assert {row.grade for row in outlet.evidence} == {"A"}
    assert len(done.json["rows"]) == 10
    assert len(asked) == done.json["requests"] <= MOST


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_proposed_can_be_crawled(opened: Opened, kind: str) -> None:
    settings, _ = KINDS[kind]
    desk = desk_of(**settings)
    with opened(desk) as room:
        slug = Path(add(room, desk).json["written"]).stem
        days = ("--since", "2026-05-29", "--until", "2026-05-30")
        crawled = room.type("crawl", "--json", "--outlet", slug, *days)
        inside = [post for post in desk.listed() if post.at[:10] >= "2026-05-29"]
    assert crawled.of(slug)["outcome"] == "complete"
    assert crawled.of(slug)["read"] == len(inside)


def test_the_zone_of_the_sites_clock_is_written(opened: Opened) -> None:
    desk = desk_of(zone="Europe/Skopje")
    with opened(desk) as room:
        assert add(room, desk).json["outlet"]["zone"] == "Europe/Skopje"


def test_sections_of_the_shared_newsroom_are_declared_as_seen_or_only_linked(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jehona.demo.shared.ALL", "kryefaqja")
    posts = [
        Post(
            headline=f"Varka {n} u kthye në liman me rrjeta",
            at=f"2026-05-{30 - n:02d}T10:00",
            section="Det" if n % 2 else "Kodër",
        )
        for n in range(12)
    ]
    desk = desk_of(posts=posts, **SHARED)
    with opened(desk) as room:
        outlet = read_outlet(Path(add(room, desk).json["written"]))
    paths = [re.sub(r"http://[^/]*", "", find.url) for find in outlet.find]
    sections = ("kryefaqja", "det", "koder")
    assert paths == [f"/category/{section}?faqja={{page}}" for section in sections]
    assert [row.grade for row in outlet.evidence if row.what == "listing"] == ["A", "B", "B"]


def test_the_words_of_people_win(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        done = add(room, desk, "--name", "Valët", "--slug", "valet-e-mia")
        outlet = read_outlet(room.folder / "outlets/valet-e-mia.toml")
    assert done.code == 0
    assert outlet.name == "Valët"


def test_a_feeds_own_address_is_understood(opened: Opened) -> None:
    desk = desk_of(rest="none", sitemaps="none", declares_feed=False)
    with opened(desk) as room:
        done = room.type("outlets", "add", f"{desk.address}/feed/", "--yes", "--json")
        assert done.json["outlet"]["home"] == f"{desk.address}/"
    assert [way["way"] for way in done.json["ways"]] == ["feed"]


def test_an_address_of_this_machine_needs_no_scheme(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        typed = desk.address.removeprefix("http://")
        done = room.type("outlets", "add", typed, "--yes", "--json")
    assert done.code == 0
    assert done.json["outlet"]["home"] == f"http://{typed}/"


def test_nothing_is_overwritten(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        add(room, desk)
        path = room.folder / "outlets/gazeta-e-valeve.toml"
        path.write_text('name = "E imja"\n', "utf-8")
        again = add(room, desk)
        asked = len(room.asked(desk))
        named = add(room, desk, "--slug", "gazeta-e-valeve")
        assert len(room.asked(desk)) == asked
    assert again.code == named.code == 2
    assert "never overwritten" in again.err
    assert path.read_text("utf-8") == 'name = "E imja"\n'


def test_two_looks_propose_the_same_file(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        first = Path(add(room, desk, "--slug", "nje").json["written"]).read_text("utf-8")
        second = Path(add(room, desk, "--slug", "dy").json["written"]).read_text("utf-8")
    assert first == second


def test_a_second_file_of_a_site_is_noticed(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        add(room, desk)
        again = add(room, desk, "--slug", "tjeter")
    assert any("counts" in note or "count one voice twice" in note for note in again.json["notes"])


def test_without_yes_nobody_there_writes_nothing(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    desk = desk_of()
    with opened(desk) as room:
        done = room.type("outlets", "add", desk.address)
        assert not list((room.folder / "outlets").iterdir())
    assert done.code == 2
    assert "--yes" in done.err
    assert "its newest rows" in done.out


@pytest.mark.parametrize(("said", "files"), [("y\n", 1), ("n\n", 0)])
def test_a_person_is_asked(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, said: str, files: int
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    desk = desk_of()
    with opened(desk) as room:
        done = room.type("outlets", "add", desk.address)
        assert len(list((room.folder / "outlets").iterdir())) == files
    assert done.code == 0


def test_raw_answers_stay(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        done = add(room, desk)
        folder = room.folder / "var/probes/gazeta-e-valeve"
        listed = json.loads((folder / "answers.json").read_text("utf-8"))
        assert Path(done.json["answers"]) == folder
        assert all((folder / row["file"]).stat().st_size for row in listed)
        assert {row["status"] for row in listed} == {200}


# --- what cannot be ----------------------------------------------------------------------


MISTAKES = {
    "no-contact": (["https://gazeta.example/"], "contact"),
    "not-an-address": (["http://"], "http"),
    "a-name": (["Zëri i Ullishtes"], "--name"),
    "another-scheme": (["ftp://gazeta.example/"], "http"),
    "a-password": (["http://ana:fshehtesi@127.0.0.1/"], "password"),
    "a-slug-that-is-none": (["http://127.0.0.1:9/", "--slug", "Gazeta Ime"], "slug"),
    "an-empty-name": (["http://127.0.0.1:9/", "--name", " "], "--name"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_line(opened: Opened, mistake: str) -> None:
    words, said = MISTAKES[mistake]
    with opened() as room:
        done = room.type("outlets", "add", *words, "--yes")
    assert done.code == 2
    assert said in done.err
    assert "fshehtesi" not in done.err
    assert len(done.err.strip().splitlines()) == 1


FAULTS = {
    "challenge": (challenge(), "blocked"),
    "429": (too_many(retry_after=900), "blocked"),
    "503": (unavailable(retry_after=900), "unreachable"),
    "hang-up": (hang_up(), "unreachable"),
    "redirects-without-end": (redirect_loop(only=""), "broken"),
    "empty": (empty_body(only=""), "broken"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_site_that_cannot_be_looked_at(opened: Opened, name: str) -> None:
    fault, outcome = FAULTS[name]
    desk = desk_of(fault)
    with opened(desk) as room:
        done = room.type("outlets", "add", desk.address, "--yes")
        assert len(room.asked(desk)) <= MOST
        assert not list((room.folder / "outlets").iterdir())
    assert done.code == 1
    assert f": {outcome}: " in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_nothing_answers(opened: Opened) -> None:
    with opened() as room:
        done = room.type("outlets", "add", "http://127.0.0.1:9/", "--yes")
    assert done.code == 1
    assert "unreachable" in done.err


def test_robots_that_refuse_all(opened: Opened) -> None:
    desk = desk_of(robots="User-agent: *\nDisallow: /\n")
    with opened(desk) as room:
        done = room.type("outlets", "add", desk.address, "--yes")
        assert room.asked(desk) == ["/robots.txt"]
    assert done.code == 1
    assert "blocked" in done.err


def test_a_closed_front_page_with_an_open_feed(opened: Opened) -> None:
    desk = desk_of(challenge(only=r"^/$"), rest="none")
    with opened(desk) as room:
        outlet = read_outlet(Path(add(room, desk).json["written"]))
    assert [find.way.value for find in outlet.find] == ["feed"]
    assert [row.grade for row in outlet.evidence] == ["B", "A"]


def test_a_slow_site_is_not_waited_for(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.probing.errands.PATIENCE", 0.4)
    desk = desk_of(slow(2, only=r"^/$"))
    with opened(desk) as room:
        done = room.type("outlets", "add", desk.address, "--yes")
    assert done.code == 1
    assert "unreachable" in done.err


def test_endless_answers_are_cut_off(opened: Opened) -> None:
    desk = desk_of(flood(20, only=r"/feed"), rest="none", sitemaps="news")
    with opened(desk) as room:
        done = add(room, desk)
    assert [way["way"] for way in done.json["ways"]] == ["sitemap"]
    assert any("larger" in way["note"] for way in done.json["refused"])


PLACES = (
    "http://10.0.0.1/",
    "http://169.254.169.254/latest/",
    "http://[::1]:22/",
    "ftp://a.example/",
)


@pytest.mark.parametrize("place", PLACES)
def test_a_found_address_is_never_private(opened: Opened, place: str) -> None:
    """Named by the front page, by a redirect, by robots.txt: none is asked."""
    front = (
        f'<!DOCTYPE html><html lang="sq"><head><title>G</title><link rel="https://api.w.org/" '
        f'href="{place}"><link rel="alternate" type="application/rss+xml" href="{place}feed">'
        '</head><body><img src="//cdnimpuls.com/g/a.jpg"></body></html>'
    )
    html = (("Content-Type", "text/html; charset=utf-8"),)
    away = Answer(status=302, headers=(("Location", place),), body=b"")

    def spoil(ask: Any, genuine: Any) -> Answer:
        return Answer(status=200, headers=html, body=front.encode()) if ask.path == "/" else away

    fault = Fault(name="private", spoil=spoil, only=r"^/(?!robots)")
    desk = desk_of(fault, robots=f"Sitemap: {place}sitemap.xml\n")
    with opened(desk) as room:
        done = room.type("outlets", "add", desk.address, "--yes")
        assert len(room.asked(desk)) <= MOST
    assert done.code == 3
    said = done.err.strip().splitlines()
    assert ": broken: " in said[0]
    assert any(line.startswith("  listing ") for line in said)


def test_a_hostile_name_makes_no_hostile_file(opened: Opened) -> None:
    desk = desk_of(no_feed(), rest="none", sitemaps="news")
    desk.name = 'G"\\]\n[[find]] <b>\x1b[31m'
    with opened(desk) as room:
        done = add(room, desk, "--slug", "gazeta")
        outlet = read_outlet(room.folder / "outlets/gazeta.toml")
    assert done.code == 0
    assert len(outlet.find) == 1
    assert outlet.name.isprintable()


def test_a_refused_rest_is_said(opened: Opened) -> None:
    desk = desk_of(no_rest())
    with opened(desk) as room:
        refused = add(room, desk).json["refused"]
    assert [(way["way"], way["outcome"]) for way in refused] == [("wordpress", "blocked")]


# --- the fixture -------------------------------------------------------------------------

KEPT = {"posts", "feed", "news", "post", "sitemap", "category", "gazeta", "html", "page"}


def told_words(desk: Desk) -> set[str]:
    """Every word that the desk printed: headlines, texts, names."""
    told = " ".join(f"{post.headline} {post.text} {post.by}" for post in desk.listed())
    return {word.casefold() for word in re.findall(r"[^\W\d_]{4,}", f"{told} {desk.name}")} - KEPT


@pytest.mark.parametrize("kind", ["wordpress", "atom-named-by-nobody", "shared-newsroom"])
def test_a_fixture_has_none_of_the_words_and_all_of_the_shape(opened: Opened, kind: str) -> None:
    from crawler.models import Way  # noqa: PLC0415
    from crawler.reading.feeds import parse_feed  # noqa: PLC0415
    from crawler.reading.rest import parse_rest_page  # noqa: PLC0415

    desk = desk_of(**KINDS[kind][0])
    with opened(desk) as room:
        folder = room.folder / "fixtures"
        done = add(room, desk, "--fixture", str(folder))
        again = add(room, desk, "--slug", "tjeter", "--fixture", str(folder))
    assert done.code == again.code == 0
    first, second = folder / "gazeta-e-valeve", folder / "tjeter"
    files = sorted(first.glob("[0-9]*"))
    text = "\n".join(path.read_text("utf-8") for path in files)
    found = {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
    assert not found & told_words(desk)
    assert "127.0.0.1" not in text
    assert [path.read_text("utf-8") for path in sorted(second.glob("[0-9]*"))] == [
        path.read_text("utf-8") for path in files
    ]
    listed = json.loads((first / "answers.json").read_text("utf-8"))["answers"]
    bodies = {row["url"].partition("?")[0]: (first / row["file"]).read_bytes() for row in listed}
    if kind == "wordpress":
        assert len(parse_rest_page(bodies["http://gazeta.example/wp-json/wp/v2/posts"])) == 20
    if Way.FEED.value in KINDS[kind][1]:
        assert len(parse_feed(bodies["http://gazeta.example/feed/"], charset="utf-8").entries) == 10


def test_a_fixture_is_not_overwritten(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        folder = room.folder / "fixtures"
        add(room, desk, "--fixture", str(folder), "--slug", "nje")
        (room.folder / "outlets/nje.toml").unlink()
        again = add(room, desk, "--fixture", str(folder), "--slug", "nje")
    assert again.code == 2
    assert "never overwritten" in again.err
