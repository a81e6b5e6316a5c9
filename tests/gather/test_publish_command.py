"""`jehona publish` as typed: links looked at before, mistakes in one line, the secret nowhere."""

from __future__ import annotations

import base64
import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from crawler.models import DecisionKind
from crawler.record import open_record, read
from crawler.record.decisions import decide, fresh
from crawler.record.lock import RunLock, SiteLock
from jehona.demo import Desk, Post
from jehona.demo.answers import Answer, moved, page
from jehona.demo.faults import Fault
from tests.gather.conftest import Opened
from tests.gather.pressroom import Pressroom, Typed
from tests.newsroom.faults import redirect_loop
from tests.publishing.pretend import SECRET, USER, Pretend, pretending
from tests.publishing.pretend import Fault as SiteFault

BODY = (
    "Qindra banorë u mblodhën sot në qendër të qytetit. Organizatorët thanë se pjesëmarrja ishte "
    "më e madhe se vjet.\n\nBashkia premtoi se edhe herë tjetër do të ketë vend për të gjithë."
)
EVENT = """title = "Panairi i Librit"
from = 2026-05-11
to = 2026-05-24
zone = "Europe/Tirane"
expected_outlets = ["fletorja"]
introduction = "Panairi u mbajt në Lugjas."
[keywords]
any = [["panairi"]]
"""


@pytest.fixture
def site() -> Iterator[Pretend]:
    with pretending() as served:
        yield served


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """The password stands in the environment, and no desktop's keyring is asked."""
    monkeypatch.setenv("JEHONA_SITE_HOUSE_PASSWORD", SECRET)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("JEHONA_USER", "ana")


def town(pieces: int = 3) -> Desk:
    made = [
        Post(headline=f"Panairi hap ditën e {n}", at=f"2026-05-{11 + n}T10:00:00", text=BODY, id=n)
        for n in range(1, pieces + 1)
    ]
    return Desk(slug="fletorja", name="Fletorja e Bregut", posts=made)


def ready(room: Pressroom, desk: Desk, site: Pretend) -> None:
    """A crawled event, and the site in jehona.toml."""
    room.outlet(desk, "wordpress")
    (room.folder / "events" / "panairi.toml").write_text(EVENT, "utf-8")
    toml = room.folder / "jehona.toml"
    told = f'[sites.house]\nurl = "{site.url}"\nuser = "{USER}"\n'
    toml.write_text(toml.read_text("utf-8") + told, "utf-8")
    assert room.crawl("--event", "panairi").code == 0


def publish(room: Pressroom, *words: str) -> Typed:
    return room.type("publish", "panairi", "--to", "house", *words)


# --- the links -----------------------------------------------------------------------


def answered(only: str, answer: Answer) -> Fault:
    return Fault(name="ordered", spoil=lambda _, __: answer, only=only)


def untouched(desk: Desk) -> None:
    """Nothing happens."""


def deleted(desk: Desk) -> None:
    desk.delete(1)


def retitled(desk: Desk) -> None:
    desk.edit(1, at="2026-05-20T10:00:00", headline="Titull krejt tjetër")


def spoiled(answer: Answer) -> Callable[[Desk], None]:
    """The first piece's page answers so."""

    def spoil(desk: Desk) -> None:
        desk.fault = answered("-1/", answer)

    return spoil


LINKS: dict[str, tuple[Callable[[Desk], None], str | None, str]] = {
    "alive": (untouched, None, ""),
    "deleted": (deleted, "dead", "404"),
    "gone": (spoiled(page(410, "gone")), "dead", "gone for good"),
    "retitled": (retitled, "retitled", "now: Titull krejt tjetër"),
    "moved": (spoiled(moved("/2026/05/panairi-hap-diten-e-2/")), "redirected", "another headline"),
    "front-page": (spoiled(moved("/")), "redirected", "to http://"),
    "stranger": (spoiled(moved("https://parking.example/")), "redirected", "which is not its"),
    "challenge": (
        spoiled(page(403, "<!doctype html><title>Just a moment...</title>")),
        "unclear",
        "challenge",
    ),
    "refused": (spoiled(page(403, "no")), "unclear", "403"),
    "broken": (spoiled(page(500, "no")), "unclear", "server error"),
}


@pytest.mark.parametrize("case", LINKS)
def test_where_a_link_leads_is_told(case: str, opened: Opened, site: Pretend) -> None:
    spoil, state, note = LINKS[case]
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        spoil(desk)
        done = publish(room, "--json")
    told = done.json["links"]
    assert [link["state"] for link in told] == ([state] if state else [])
    assert all(note in link["note"] for link in told)
    assert (done.code, done.json["action"], len(site.posts)) == (0, "create", 1)


def test_a_published_headline_is_never_rewritten(opened: Opened, site: Pretend) -> None:
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        retitled(desk)
        publish(room)
    assert "Panairi hap ditën e 1" in site.posts[1]["content"]
    assert "krejt tjetër" not in site.posts[1]["content"]


def test_the_links_are_asked_as_a_guest_asks(opened: Opened, site: Pretend) -> None:
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        before = len(room.asked(desk))
        publish(room)
        asked = room.asked(desk)[before:]
        publish(room, "--no-link-check")
        assert room.asked(desk)[before:] == asked
    assert asked[0] == "/robots.txt"
    assert len(asked) == 4


def test_robots_and_loops_are_unclear_or_dead(opened: Opened, site: Pretend) -> None:
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        desk.robots = "User-agent: *\nDisallow: /2026/05/panairi-hap-diten-e-1/\n"
        desk.fault = redirect_loop(only="diten-e-2")
        links = publish(room, "--json").json["links"]
    states = {link["headline"]: (link["state"], link["note"]) for link in links}
    assert states["Panairi hap ditën e 1"][0] == "unclear"
    assert "robots.txt" in states["Panairi hap ditën e 1"][1]
    assert states["Panairi hap ditën e 2"][0] == "dead"


def test_an_archived_copy_is_linked_instead_of_a_dead_page(opened: Opened, site: Pretend) -> None:
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        keys = [decided(room, n, "archive", f"https://archive.example/{n}") for n in (1, 2)]
        desk.delete(1)
        told = publish(room, "--json").json["links"]
    assert [(link["article"], link["state"]) for link in told] == [(keys[0], "dead")]
    assert told[0]["archive"] == "https://archive.example/1"
    content = site.posts[1]["content"]
    assert 'href="https://archive.example/1"' in content
    assert "archive.example/2" not in content


def decided(room: Pressroom, number: int, kind: DecisionKind, value: str) -> str:
    """A person's word about the piece of that number; its key."""
    with open_record(room.folder / "var/coverage.db", room.folder / "var/snapshots") as record:
        pieces = {one.headline: one.key for one in read.articles(record)}
        key = pieces[f"Panairi hap ditën e {number}"]
        event, now = ("panairi" if kind == "match" else None), datetime.now(UTC)
        decide(record, fresh(kind, key, event=event, value=value, by="ana", at=now))
    return key


# --- what is done -------------------------------------------------------------------------


def test_a_dry_run_shows_the_blocks_and_sends_nothing(opened: Opened, site: Pretend) -> None:
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        done = publish(room, "--dry-run", "--no-link-check")
    assert (done.code, site.posts, site.sent) == (0, {}, [])
    assert "would make a post on house (draft)" in done.out
    assert "<!-- wp:paragraph" in done.out
    assert "Panairi u mbajt në Lugjas." in done.out


def test_a_touched_post_is_left_with_a_block_to_paste(opened: Opened, site: Pretend) -> None:
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        publish(room, "--no-link-check", "--language", "en")
        site.touch(1, title="Titulli i botuesit")
        desk.add(Post(headline="Panairi mbyllet", at="2026-05-20T10:00:00", text=BODY))
        assert room.crawl("--event", "panairi").code == 0
        shown = publish(room, "--no-link-check", "--language", "en", "--dry-run")
        done = publish(room, "--no-link-check", "--language", "en")
        file = room.folder / "var" / "out" / "panairi-house-update.html"
        pasted = file.read_text("utf-8")
    assert (shown.code, done.code) == (3, 3)
    assert "left post 1 on house alone (draft): somebody changed it" in done.out
    assert "-Titulli i botuesit" in done.out
    assert "+Panairi i Librit" in done.out
    assert "Update: 1 more since" in pasted
    assert re.findall(r"<a [^>]*>([^<]*)</a>", pasted) == ["Panairi mbyllet"]
    assert pasted.strip() in done.out
    assert site.posts[1]["title"] == "Titulli i botuesit"


def test_the_json_is_the_whole_result(opened: Opened, site: Pretend) -> None:
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        done = publish(room, "--json")
        again = publish(room, "--json", "--no-link-check")
    told = done.json
    assert (told["event"], told["site"], told["post"], told["status"]) == (
        "panairi",
        "house",
        1,
        "draft",
    )
    assert told["marker"] in site.posts[1]["content"]
    assert told["edit"].endswith("/wp-admin/post.php?post=1&action=edit")
    assert told["blocks"] == site.posts[1]["content"]
    assert (again.json["action"], again.json["marker"]) == ("unchanged", told["marker"])
    assert len(told["pieces"]) == 3
    assert "wp-image-90" in site.posts[1]["content"]


# --- people's mistakes --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("toml", "words", "line"),
    [
        (None, ["--to", "garden"], "--to garden: no [sites.garden] in"),
        ("", [], "there: none"),
        ('[sites.house]\nurl = "http://office.example"\nuser = "ana"', [], "only to https://"),
        ('[sites.house]\nurl = "https://office.example"', [], "has no user"),
        (None, ["--status", "publish"], "not published: 3 of 3 pieces not reviewed"),
        (None, ["--status", "live"], "--status"),
    ],
    ids=["unknown", "no-sites", "http", "no-user", "unreviewed", "status"],
)
def test_a_mistake_is_one_line(
    toml: str | None, words: list[str], line: str, opened: Opened, site: Pretend
) -> None:
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        if toml is not None:
            (room.folder / "jehona.toml").write_text(toml, "utf-8")
        done = publish(room, "--no-link-check", *words)
    assert done.code == 2
    assert line in done.err
    assert done.err.count("\n") == 1
    assert site.posts == {}


def test_without_a_password_both_places_are_named(
    opened: Opened, site: Pretend, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = town()
    monkeypatch.delenv("JEHONA_SITE_HOUSE_PASSWORD")
    with opened(desk) as room:
        ready(room, desk, site)
        done = publish(room, "--no-link-check")
    assert done.code == 2
    assert "type `jehona sites login house`, or set JEHONA_SITE_HOUSE_PASSWORD" in done.err


def test_anyway_publishes_what_nobody_reviewed(opened: Opened, site: Pretend) -> None:
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        done = publish(room, "--no-link-check", "--status", "publish", "--anyway")
    assert (done.code, site.posts[1]["status"]) == (0, "publish")


def test_what_was_accepted_is_published_alone(opened: Opened, site: Pretend) -> None:
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        decided(room, 2, "match", "accepted")
        done = publish(room, "--no-link-check", "--status", "publish", "--accepted-only")
    assert (done.code, site.posts[1]["status"]) == (0, "publish")
    assert "Panairi hap ditën e 2" in site.posts[1]["content"]
    assert "Panairi hap ditën e 1" not in site.posts[1]["content"]


def test_a_template_of_ones_own_is_used_and_marked(opened: Opened, site: Pretend) -> None:
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        folder = room.folder / "templates"
        folder.mkdir()
        own = folder / "roundup.blocks.jinja"
        own.write_text("<p>Nga ne: {{ title }}</p>", "utf-8")
        assert publish(room, "--no-link-check", "--no-chart").code == 0
        own.write_text("<p>{{ titl }}</p>", "utf-8")
        wrong = publish(room, "--no-link-check", "--no-chart")
    content = site.posts[1]["content"]
    assert 'class="jehona-panairi-' in content
    assert "<p>Nga ne: Panairi i Librit" in content
    assert wrong.code == 2
    assert "roundup.blocks.jinja, line 1" in wrong.err


def test_a_dead_link_is_not_published_unseen(opened: Opened, site: Pretend) -> None:
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        desk.delete(1)
        done = publish(room, "--status", "publish")
    assert (done.code, site.posts) == (2, {})
    assert "1 dead link (1 of 1 outlets checked completely)" in done.err


def test_a_refusal_of_the_site_is_one_line_and_nothing_could_be_done(
    opened: Opened, site: Pretend
) -> None:
    echo = json.dumps({"code": "odd", "message": f"<b>you sent {SECRET}</b>"}).encode()
    site.order("GET", "/wp-json/wp/v2/users/me", SiteFault(400, echo))
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        done = publish(room, "--no-link-check", "--json")
        kept = [path for path in room.folder.rglob("*") if path.is_file() and holds(path)]
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[-1].startswith("house refused (400 odd you sent ***)")
    assert SECRET not in done.err
    assert kept == []


def holds(path: Path) -> bool:
    return SECRET.encode() in path.read_bytes()


# --- pieces without an address -----------------------------------------------------------


def broadcast(room: Pressroom) -> None:
    told = ("--headline", "Kronika e panairit", "--published", "2026-05-12 19:30")
    done = room.type("clip", "--event", "panairi", "--outlet", "fletorja", *told)
    assert done.code == 0


def test_a_clip_without_an_address_is_published_and_no_link_is_looked_at(
    opened: Opened, site: Pretend
) -> None:
    desk = town(2)
    with opened(desk) as room:
        ready(room, desk, site)
        broadcast(room)
        done = publish(room, "--json")
        assert done.code == 0
        assert "looking where 2 links lead" in done.err
        assert done.json["links"] == []
        (post,) = site.posts.values()
        assert "Kronika e panairit" in post["content"]
        assert "urn:" not in post["content"]


@pytest.mark.parametrize("ahead", [b"\xef\xbb\xbf", b"<br />\n<b>Notice</b>: x in y.php<br />\n"])
def test_a_site_that_prints_before_its_answers_gets_one_draft(
    opened: Opened, site: Pretend, ahead: bytes
) -> None:
    site.around = ahead, b"<!-- cached -->"
    desk = town(1)
    with opened(desk) as room:
        ready(room, desk, site)
        assert [publish(room, "--no-link-check").code for _ in range(2)] == [0, 0]
        assert len(site.posts) == 1


def test_an_event_of_clips_alone_is_published(opened: Opened, site: Pretend) -> None:
    desk = Desk(slug="fletorja", name="Fletorja e Bregut", posts=[])
    with opened(desk) as room:
        ready(room, desk, site)
        broadcast(room)
        assert publish(room).code == 0
        assert len(site.posts) == 1


def test_a_proof_passes_over_what_has_no_page(opened: Opened, site: Pretend) -> None:
    desk = town(2)
    with opened(desk) as room:
        ready(room, desk, site)
        broadcast(room)
        done = room.type("crawl", "--proof", "panairi", "--json")
        assert done.code == 0
        assert done.json["outlets"][0]["read"] == 2
        assert room.type("crawl", "--proof", "panairi").code == 0


@pytest.mark.parametrize("way", ["proof", "by-hand"])
def test_a_way_that_finds_nothing_is_not_one_to_crawl_by(opened: Opened, way: str) -> None:
    desk = town(1)
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        done = room.type("crawl", "--way", way)
        assert done.code == 2
        assert "wordpress" in done.err
        assert not room.asked(desk)


# --- beside others -------------------------------------------------------------------


def test_it_goes_out_while_a_crawl_runs(opened: Opened, site: Pretend) -> None:
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        with RunLock(room.folder / "var/run.lock").acquire():
            assert publish(room, "--no-link-check").code == 0
        assert len(site.posts) == 1


def test_two_at_once_are_one_after_the_other(
    opened: Opened, site: Pretend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jehona.actions.publish.PATIENCE", 0.01)
    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        with SiteLock(room.folder / "var/publish.lock").acquire():
            done = publish(room, "--no-link-check")
        assert done.code == 4
        assert "somebody else is publishing from this workspace" in done.err
        assert not site.posts


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_what_is_logged_of_a_talk_has_no_secret(
    opened: Opened, site: Pretend, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """A site repeats our log-in in a head that is none, and urllib3 logs what it cannot read."""
    pair = base64.b64encode(f"{USER}:{SECRET}".encode()).decode()

    def repeat(*_: object, **__: object) -> NoReturn:
        logging.getLogger("urllib3.connectionpool").warning(
            "Failed to parse headers: Authorization: Basic %s %s", pair, SECRET
        )
        raise KeyboardInterrupt

    desk = town()
    with opened(desk) as room:
        ready(room, desk, site)
        monkeypatch.setattr("reports.publishing.wordpress.connect", repeat)
        done = publish(room, "--no-link-check", *words)
        assert done.code == 130
        log = room.folder / "var/crawl.log"
        told = done.out + done.err + (log.read_text("utf-8") if log.exists() else "")
    assert not [one for one in (pair, SECRET) if one in told]
