"""The newsroom on its ports: addresses, log, live edits, faults, a clean end."""

from __future__ import annotations

import gzip
import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from jehona.demo import Asked, Desk, Fault, Newsroom, Post, challenge
from tests.newsroom import faults as made
from tests.newsroom.posts import many_posts

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
POSTS = "/wp-json/wp/v2/posts"


def fletorja(**more: Any) -> Desk:
    posts = [
        Post(headline="Moti për nesër", at="2026-05-15T08:00", text="Me diell."),
        Post(headline="Dita e Bregut", at="2026-05-16T10:30", text="Erdhën të gjithë."),
    ]
    return Desk(**{"slug": "fletorja", "name": "Fletorja", "posts": posts, **more})


@contextmanager
def served(*desks: Desk) -> Iterator[tuple[Newsroom, dict[str, str]]]:
    newsroom = Newsroom(desks, clock=lambda: NOW)
    with newsroom.open() as addresses:
        yield newsroom, addresses


def get(address: str, target: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    try:
        connection.request(
            "GET", target, headers={k.replace("_", "-"): headers[k] for k in headers}
        )
        told = connection.getresponse()
        return told.status, {k.lower(): v for k, v in told.headers.items()}, told.read()
    finally:
        connection.close()


def headlines(body: bytes) -> list[str]:
    return [row["title"]["rendered"] for row in json.loads(body)]


def items(body: bytes) -> list[str]:
    return [item.findtext("title") or "" for item in ElementTree.fromstring(body).iter("item")]


def test_each_desk_has_a_port_of_its_own() -> None:
    with served(fletorja(), fletorja(slug="radio", name="Radio")) as (_, addresses):
        assert list(addresses) == ["fletorja", "radio"]
        assert len(set(addresses.values())) == 2
        assert {urlsplit(address).hostname for address in addresses.values()} == {"127.0.0.1"}
        assert b"Radio" in get(addresses["radio"], "/")[2]
        link = json.loads(get(addresses["radio"], f"{POSTS}?_fields=link")[2])[0]["link"]
        assert link.startswith(addresses["radio"])


def test_two_desks_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="one slug"):
        Newsroom([fletorja(), fletorja()], clock=lambda: NOW)


def test_the_log_tells_who_asked_what_and_when() -> None:
    with served(fletorja()) as (newsroom, addresses):
        get(addresses["fletorja"], "/nothing/?x=1", User_Agent="Jehona/1 (press@office.example)")
        assert newsroom.log == [
            Asked(
                desk="fletorja",
                method="GET",
                target="/nothing/?x=1",
                user_agent="Jehona/1 (press@office.example)",
                at=NOW,
                status=404,
            )
        ]
        assert newsroom.asked("fletorja") == ["/nothing/?x=1"]
        assert newsroom.asked("radio") == []


def test_posts_are_added_edited_and_deleted_while_it_runs() -> None:
    desk = fletorja()
    with served(desk) as (_, addresses):

        def listed() -> list[str]:
            return headlines(get(addresses["fletorja"], POSTS)[2])

        assert listed() == ["Dita e Bregut", "Moti për nesër"]
        new = desk.add(Post(headline="Mbyllet panairi", at="2026-05-17T20:00"))
        assert (new.id, new.slug) == (103, "mbyllet-panairi")
        assert listed()[0] == "Mbyllet panairi"
        desk.edit(new.id, at="2026-05-17T21:00", headline="Panairi u mbyll")
        after = f"{POSTS}?modified_after=2026-05-17T20:30:00"
        assert headlines(get(addresses["fletorja"], after)[2]) == ["Panairi u mbyll"]
        assert get(addresses["fletorja"], "/2026/05/mbyllet-panairi/")[0] == 200
        desk.delete(new.id)
        assert "Panairi u mbyll" not in listed()
        assert get(addresses["fletorja"], "/2026/05/mbyllet-panairi/")[0] == 404


def test_an_edit_changes_the_validator_of_all_feeds() -> None:
    desk = fletorja(fault=made.conditional())
    with served(desk) as (_, addresses):
        tag = get(addresses["fletorja"], "/feed/")[1]["etag"]
        assert get(addresses["fletorja"], "/feed/?paged=2", If_None_Match=tag)[0] == 304
        desk.edit(101, at="2026-05-18T10:00", text="Me shi.")
        assert get(addresses["fletorja"], "/feed/", If_None_Match=tag)[0] == 200


@pytest.mark.parametrize(
    ("changes", "target", "status"),
    [
        pytest.param({"rest": "refused"}, POSTS, 401, id="rest refused"),
        pytest.param({"rest": "none"}, POSTS, 404, id="no rest"),
        pytest.param({"feed": "none"}, "/feed/", 404, id="no feed"),
        pytest.param({"archives": False}, "/2026/05/16/feed/", 404, id="no date archives"),
        pytest.param({"archives": False}, "/feed/", 200, id="but a feed"),
        pytest.param({"paged": False}, "/feed/?paged=9", 200, id="paged is ignored"),
        pytest.param({"robots": ""}, "/robots.txt", 404, id="no robots.txt"),
        pytest.param({"fault": challenge(403)}, "/robots.txt", 403, id="challenged"),
    ],
)
def test_how_a_desk_is_set_up(changes: dict[str, Any], target: str, status: int) -> None:
    with served(fletorja(**changes)) as (_, addresses):
        assert get(addresses["fletorja"], target)[0] == status


def test_what_the_front_page_announces() -> None:
    with served(fletorja(), fletorja(slug="closed", rest="refused", feed="none")) as (_, addresses):
        _, headers, body = get(addresses["fletorja"], "/")
        assert headers["link"] == f'<{addresses["fletorja"]}/wp-json/>; rel="https://api.w.org/"'
        assert f'href="{addresses["fletorja"]}/feed/"'.encode() in body
        _, headers, body = get(addresses["closed"], "/")
        assert "link" not in headers
        assert b"application/rss+xml" not in body


def test_excerpts_only() -> None:
    desk = fletorja(feed="excerpt")
    with served(desk) as (_, addresses):
        assert b"content:encoded>" not in get(addresses["fletorja"], "/feed/")[2]


def test_sticky_posts_come_first_where_a_theme_wants_it() -> None:
    desk = fletorja(pins="everywhere")
    desk.add(Post(headline="Rregullore", at="2020-01-01T08:00", sticky=True))
    with served(desk) as (_, addresses):
        assert items(get(addresses["fletorja"], "/feed/")[2])[0] == "Rregullore"
        assert headlines(get(addresses["fletorja"], f"{POSTS}?per_page=1")[2])[0] == "Rregullore"
        desk.pins = "front"
        assert items(get(addresses["fletorja"], "/feed/")[2])[-1] == "Rregullore"
        page = get(addresses["fletorja"], "/")[2].decode()
        assert page.index("Rregullore") < page.index("Dita e Bregut")


def test_a_custom_post_type_is_listed_apart() -> None:
    desk = fletorja(types={"video": "videos"})
    desk.add(Post(headline="Pamje nga bregu", at="2026-05-16T12:00", type="video"))
    with served(desk) as (_, addresses):
        assert headlines(get(addresses["fletorja"], "/wp-json/wp/v2/videos")[2]) == [
            "Pamje nga bregu"
        ]
        assert "Pamje nga bregu" not in headlines(get(addresses["fletorja"], POSTS)[2])
    with pytest.raises(ValueError, match="no post type 'audio'"):
        desk.add(Post(headline="x", at="2026-05-16T12:00", type="audio"))


@pytest.mark.parametrize(
    ("zone", "name", "offset", "gmt"),
    [
        pytest.param("Europe/Tirane", "Europe/Tirane", 2, "2026-05-16T08:30:00", id="summer"),
        pytest.param("America/New_York", "America/New_York", -4, "2026-05-16T14:30:00", id="west"),
        pytest.param("UTC", "UTC", 0, "2026-05-16T10:30:00", id="utc"),
        pytest.param("+05:30", "", 5.5, "2026-05-16T05:00:00", id="an offset without a name"),
    ],
)
def test_the_clock_of_the_site(zone: str, name: str, offset: float, gmt: str) -> None:
    with served(fletorja(zone=zone)) as (_, addresses):
        site = json.loads(
            get(addresses["fletorja"], "/wp-json/?_fields=gmt_offset,timezone_string")[2]
        )
        assert (site["timezone_string"], site["gmt_offset"]) == (name, offset)
        row = json.loads(get(addresses["fletorja"], f"{POSTS}?per_page=1")[2])[0]
        assert (row["date"], row["date_gmt"]) == ("2026-05-16T10:30:00", gmt)


def test_a_big_desk_is_paged_to_its_end() -> None:
    desk = Desk(slug="arkiva", name="Arkiva", posts=many_posts(3000))
    with served(desk) as (_, addresses):
        status, headers, body = get(addresses["arkiva"], f"{POSTS}?per_page=100&page=30&_fields=id")
        assert (status, headers["x-wp-total"], len(json.loads(body))) == (200, "3000", 100)
        assert get(addresses["arkiva"], f"{POSTS}?per_page=100&page=31")[0] == 400
        assert items(get(addresses["arkiva"], "/feed/?paged=300")[2])[-1] == "Lajmi 1 nga redaksia"
        assert get(addresses["arkiva"], "/feed/?paged=301")[0] == 404


def test_archive_links_lead_to_every_post() -> None:
    desk = Desk(slug="a", name="A", posts=many_posts(37), feed_format="atom", feed_links="archived")
    with served(desk) as (_, addresses):
        found, address = set(), f"{addresses['a']}/feed/"
        for _ in range(10):
            feed = ElementTree.fromstring(get(addresses["a"], urlsplit(address).path)[2])
            atom = "{http://www.w3.org/2005/Atom}"
            found |= {entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")}
            links = {link.get("rel"): link.get("href", "") for link in feed.iter(f"{atom}link")}
            if "prev-archive" not in links:
                break
            address = links["prev-archive"]
        assert len(found) == 37


@pytest.mark.parametrize(
    ("fault", "target", "status"),
    [
        pytest.param(made.too_many(7), POSTS, 429, id="429"),
        pytest.param(made.unavailable(), "/feed/", 503, id="503"),
        pytest.param(challenge(200), "/", 200, id="challenge as 200"),
        pytest.param(made.consent(), "/feed/", 200, id="consent"),
        pytest.param(made.no_rest(), POSTS, 401, id="rest refused"),
        pytest.param(made.no_rest(), "/feed/", 200, id="rest refused, feed not"),
        pytest.param(made.no_feed(), "/feed/", 404, id="no feed"),
        pytest.param(made.no_feed(), POSTS, 200, id="no feed, rest is there"),
        pytest.param(made.redirect_loop(), "/feed/", 302, id="redirect loop"),
        pytest.param(made.unavailable(only="feed"), POSTS, 200, id="only feeds"),
        pytest.param(challenge(), "/feed/", 403, id="challenge"),
    ],
)
def test_faults_by_status(fault: Fault, target: str, status: int) -> None:
    with served(fletorja(fault=fault)) as (newsroom, addresses):
        assert get(addresses["fletorja"], target)[0] == status
        assert newsroom.log[-1].status == status


def test_a_fault_names_when_to_come_back() -> None:
    with served(fletorja(fault=made.too_many(7))) as (_, addresses):
        assert get(addresses["fletorja"], POSTS)[1]["retry-after"] == "7"


def test_a_fault_may_begin_late_and_heal() -> None:
    desk = fletorja(fault=made.unavailable(only="/feed", after=1, times=2))
    with served(desk) as (_, addresses):
        found = [get(addresses["fletorja"], "/feed/")[0] for _ in range(5)]
        assert found == [200, 503, 503, 200, 200]
        desk.fault = challenge()
        assert get(addresses["fletorja"], "/")[0] == 403
        desk.fault = None
        assert get(addresses["fletorja"], "/")[0] == 200


def test_each_turn_of_a_redirect_loop_is_a_new_address() -> None:
    with served(fletorja(fault=made.redirect_loop())) as (_, addresses):
        seen, target = set(), "/feed/?paged=2"
        for _ in range(5):
            target = get(addresses["fletorja"], target)[1]["location"]
            seen.add(target)
        assert len(seen) == 5


@pytest.mark.parametrize(
    ("fault", "target"),
    [
        pytest.param(made.empty_body(), "/feed/", id="feed"),
        pytest.param(made.empty_body(), POSTS, id="rest"),
    ],
)
def test_an_empty_body(fault: Fault, target: str) -> None:
    with served(fletorja(fault=fault)) as (_, addresses):
        status, _, body = get(addresses["fletorja"], target)
        assert (status, body) == (200, b"")


def test_a_truncated_listing_cannot_be_parsed() -> None:
    with served(fletorja(fault=made.truncated())) as (_, addresses):
        with pytest.raises(json.JSONDecodeError):
            json.loads(get(addresses["fletorja"], POSTS)[2])
        with pytest.raises(ElementTree.ParseError):
            ElementTree.fromstring(get(addresses["fletorja"], "/feed/")[2])


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        pytest.param(made.broken_off(), http.client.IncompleteRead, id="in the middle"),
        pytest.param(made.hang_up(), http.client.RemoteDisconnected, id="without an answer"),
    ],
)
def test_a_connection_breaks(fault: Fault, error: type[Exception]) -> None:
    with served(fletorja(fault=fault)) as (_, addresses), pytest.raises(error):
        get(addresses["fletorja"], "/feed/")


def test_a_valid_listing_without_a_row() -> None:
    with served(fletorja(fault=made.no_items())) as (_, addresses):
        assert items(get(addresses["fletorja"], "/feed/")[2]) == []
        _, headers, body = get(addresses["fletorja"], POSTS)
        assert (headers["x-wp-total"], body) == ("0", b"[]")


def test_hostile_links_lead_away() -> None:
    with served(fletorja(fault=made.hostile_links())) as (_, addresses):
        assert b"file:///etc/passwd" in get(addresses["fletorja"], "/feed/")[2]
        links = [row["link"] for row in json.loads(get(addresses["fletorja"], POSTS)[2])]
        assert links == ["file:///etc/passwd", "http://10.0.0.1/"]


@pytest.mark.parametrize(
    ("fault", "told", "encoding"),
    [
        pytest.param(
            made.charset("windows-1252", header="UTF-8"),
            "application/rss+xml; charset=UTF-8",
            "windows-1252",
            id="header lies",
        ),
        pytest.param(
            made.charset("iso-8859-2", declared="ISO-8859-2"),
            "application/rss+xml",
            "iso-8859-2",
            id="only the declaration",
        ),
        pytest.param(
            made.charset("utf-16", declared=""), "application/rss+xml", "utf-16", id="mark"
        ),
    ],
)
def test_wrong_charsets(fault: Fault, told: str, encoding: str) -> None:
    with served(fletorja(fault=fault)) as (_, addresses):
        _, headers, body = get(addresses["fletorja"], "/feed/")
        assert headers["content-type"] == told
        assert "Moti për nesër" in body.decode(encoding)
        row = json.loads(get(addresses["fletorja"], POSTS)[2].decode(encoding))[1]
        assert row["title"]["rendered"] == "Moti për nesër"


def test_a_flood_is_streamed_and_well_formed() -> None:
    with served(fletorja(fault=made.flood(megabytes=2))) as (_, addresses):
        _, headers, body = get(addresses["fletorja"], "/feed/")
        assert "content-length" not in headers
        assert len(body) > 2_000_000
        assert len(items(body)) > 1_000
        assert len(json.loads(get(addresses["fletorja"], POSTS)[2])) > 1_000


def test_a_gzip_bomb_is_small_on_the_wire() -> None:
    with served(fletorja(fault=made.gzip_bomb(megabytes=20))) as (_, addresses):
        _, headers, body = get(addresses["fletorja"], "/feed/")
        assert headers["content-encoding"] == "gzip"
        assert len(body) < 50_000
        assert len(gzip.decompress(body)) > 20_000_000


def test_an_entity_bomb_names_itself() -> None:
    with served(fletorja(fault=made.entity_bomb())) as (_, addresses):
        body = get(addresses["fletorja"], "/feed/")[2]
        assert b"<!ENTITY l9" in body
        assert b"&l9;" in body


def test_hostile_posts_are_printed_as_they_are() -> None:
    desk = fletorja()
    desk.add(Post(headline="Ç" * 10_000, at="2099-01-01T00:00", link="javascript:alert(1)"))
    desk.add(Post(headline="<script>x</script> & y", at="nesër", text="]]> <b>"))
    with served(desk) as (_, addresses):
        rows = json.loads(get(addresses["fletorja"], POSTS)[2])
        assert {row["date"] for row in rows} >= {"2099-01-01T00:00:00", "nesër"}
        assert len(items(get(addresses["fletorja"], "/feed/")[2])) == 4


def test_what_is_posted_is_refused() -> None:
    with served(fletorja()) as (_, addresses):
        connection = http.client.HTTPConnection(urlsplit(addresses["fletorja"]).netloc, timeout=20)
        connection.request("POST", POSTS, body=b'{"title": "x"}')
        assert connection.getresponse().status == 401
        connection.request("HEAD", "/feed/")
        told = connection.getresponse()
        assert (told.status, told.read()) == (200, b"")
        connection.close()


def test_it_ends_while_somebody_waits() -> None:
    before = threading.active_count()
    with served(fletorja(fault=made.slow(3600))) as (newsroom, addresses):
        asking = threading.Thread(target=_ask_in_vain, args=(addresses["fletorja"],))
        asking.start()
        while not newsroom.log:
            threading.Event().wait(0.01)
    asking.join(timeout=20)
    assert not asking.is_alive()
    assert threading.active_count() == before


def _ask_in_vain(address: str) -> None:
    try:
        get(address, "/")
    except (OSError, http.client.HTTPException):
        return


def test_it_opens_again_at_a_new_address() -> None:
    newsroom = Newsroom([fletorja()], clock=lambda: NOW)
    for _ in range(2):
        with newsroom.open() as addresses:
            assert get(addresses["fletorja"], "/")[0] == 200
    assert len(newsroom.log) == 2


def test_an_error_of_ours_is_loud() -> None:
    desk = fletorja(permalinks="/{nothing}/")
    with pytest.raises(RuntimeError, match="failed 1 times"), served(desk) as (_, addresses):
        assert get(addresses["fletorja"], POSTS)[0] == 500
