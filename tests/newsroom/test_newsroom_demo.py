"""The demo's content: what the newsroom serves and the workspace that points at it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.config import load_event, load_outlets, load_workspace, outlets_asked, shipped
from crawler.matching import matches
from crawler.models import Article, Event, Way
from jehona.demo import (
    Desk,
    Newsroom,
    demo_checks,
    demo_desks,
    demo_folder,
    write_demo_workspace,
)

ADDRESSES = {
    "fletorja-e-bregut": "http://127.0.0.1:8001",
    "fusha-e-gjelber": "http://127.0.0.1:8002",
    "kodra-sot": "http://127.0.0.1:8006",
    "ora-e-liqenit": "http://127.0.0.1:8007",
    "portali-kallami": "http://127.0.0.1:8003",
    "radio-shkembi": "http://127.0.0.1:8004",
    "tv-valeza": "http://127.0.0.1:8005",
}


@pytest.fixture(scope="module")
def desks() -> dict[str, Desk]:
    return {desk.slug: desk for desk in demo_desks()}


@pytest.fixture(scope="module")
def event(tmp_path_factory: pytest.TempPathFactory) -> Event:
    folder = write_demo_workspace(tmp_path_factory.mktemp("demo"), ADDRESSES)
    return load_event(load_workspace(folder), "dita-e-bregut")


def articles(desk: Desk) -> list[Article]:
    posts = [*desk.listed(), *(post for kind in desk.types for post in desk.listed(kind))]
    return [
        Article(
            key=f"a_{post.id}",
            outlet=desk.slug,
            url=desk.link(post),
            headline=post.headline,
            published=None,
            precision=None,
            language=None,
            text=post.text,
        )
        for post in posts
    ]


def test_a_hundred_and_sixty_three_posts_at_seven_desks(desks: dict[str, Desk]) -> None:
    assert desks.keys() == ADDRESSES.keys()
    assert sum(len(articles(desk)) for desk in desks.values()) == 163


@pytest.mark.parametrize("slug", ADDRESSES)
def test_each_post_has_a_time_and_an_address_of_its_own(desks: dict[str, Desk], slug: str) -> None:
    posts = desks[slug].listed()
    assert len({post.at for post in posts}) == len(posts)
    assert len({desks[slug].path(post) for post in posts}) == len(posts)
    assert all(post.text.count("\n\n") >= 1 or slug == "portali-kallami" for post in posts)
    assert all("  " not in post.text and "{" not in post.text for post in posts)


def test_how_the_desks_differ(desks: dict[str, Desk]) -> None:
    assert {slug: desk.rest for slug, desk in desks.items()} == {
        "fletorja-e-bregut": "open",
        "fusha-e-gjelber": "open",
        "kodra-sot": "none",
        "ora-e-liqenit": "none",
        "portali-kallami": "none",
        "radio-shkembi": "refused",
        "tv-valeza": "open",
    }
    assert desks["portali-kallami"].feed == "excerpt"
    assert desks["tv-valeza"].fault is not None
    assert [post.sticky for post in desks["fletorja-e-bregut"].listed()].count(True) == 1
    assert len(desks["fletorja-e-bregut"].listed("video")) == 1


def test_the_window_of_the_radio_lies_some_feed_pages_back(
    desks: dict[str, Desk], event: Event
) -> None:
    last_day = event.last_day.isoformat()
    newer = [post for post in desks["radio-shkembi"].listed() if post.at[:10] > last_day]
    assert len(newer) >= desks["radio-shkembi"].rows


@pytest.mark.parametrize(
    ("slug", "least", "most"),
    [
        ("fletorja-e-bregut", 12, 18),
        ("radio-shkembi", 8, 14),
        ("portali-kallami", 8, 14),
        ("fusha-e-gjelber", 0, 0),
        ("ora-e-liqenit", 2, 2),
        ("kodra-sot", 3, 3),
    ],
)
def test_how_many_pieces_are_about_the_event(
    desks: dict[str, Desk], event: Event, slug: str, least: int, most: int
) -> None:
    assert least <= len(list(matches(event, articles(desks[slug])))) <= most


def test_somebody_wrote_about_it_outside_the_window(desks: dict[str, Desk], event: Event) -> None:
    posts = desks["fletorja-e-bregut"].listed()
    outside = [post for post in posts if "Dita e Bregut" in post.headline]
    assert [post.at[:10] for post in outside if post.at[:10] < event.first_day.isoformat()]


def test_the_workspace_is_read_strictly(tmp_path: Path, event: Event) -> None:
    workspace = load_workspace(write_demo_workspace(tmp_path, ADDRESSES))
    asked = outlets_asked(load_outlets(workspace), event, ())
    assert [outlet.slug for outlet in asked] == list(event.expected_outlets)
    assert len(asked) == 8
    by_slug = {outlet.slug: outlet for outlet in asked}
    assert by_slug["buletini-i-grykes"].home is None
    assert by_slug["radio-shkembi"].find[1].url == "http://127.0.0.1:8004/feed/"
    assert [find.way for find in by_slug["portali-kallami"].find] == [Way.FEED]
    assert len({outlet.owner for outlet in asked}) == 7


def test_the_workspace_can_be_written_again_and_keeps_its_record(tmp_path: Path) -> None:
    write_demo_workspace(tmp_path, ADDRESSES)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "coverage.db").write_text("kept")
    moved = {slug: address.replace("800", "900") for slug, address in ADDRESSES.items()}
    write_demo_workspace(tmp_path, moved)
    assert "127.0.0.1:9001" in (tmp_path / "outlets" / "fletorja-e-bregut.toml").read_text("utf-8")
    assert (tmp_path / "var" / "coverage.db").read_text() == "kept"


def test_an_outlet_nobody_serves_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"fletorja-e-bregut\.toml: no desk of that name"):
        write_demo_workspace(tmp_path, {})


def test_it_can_be_served_from_a_copy(tmp_path: Path) -> None:
    copy = shutil.copytree(demo_folder(), tmp_path / "demo")
    newsroom = Newsroom(demo_desks(copy), clock=lambda: datetime(2026, 6, 10, tzinfo=UTC))
    with newsroom.open() as addresses:
        assert addresses.keys() == ADDRESSES.keys()


def test_what_was_checked_by_hand() -> None:
    (check,) = demo_checks()
    assert (check.outlet, check.found) == ("buletini-i-grykes", 2)
    assert check.at.tzinfo is not None


def test_no_invented_outlet_has_the_name_of_a_real_one(event: Event) -> None:
    real = {path.stem for path in (shipped() / "outlets").glob("*.toml")}
    assert real
    assert not real & set(event.expected_outlets)
