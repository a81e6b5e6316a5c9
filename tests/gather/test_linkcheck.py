"""Where links lead: bounds, closed doors, addresses that a person typed."""

from __future__ import annotations

import pytest

from crawler.config import load_outlets, load_workspace
from crawler.models import Outlet
from crawler.run import link_check
from crawler.run.link_check import Checked, Link, LinkState, check_links
from jehona.demo import Desk, Post
from tests.gather.conftest import Opened
from tests.gather.pressroom import Pressroom
from tests.newsroom.faults import too_many

BODY = (
    "Qindra banorë u mblodhën sot në qendër të qytetit. Organizatorët thanë se pjesëmarrja ishte "
    "më e madhe se vjet.\n\nBashkia premtoi se edhe herë tjetër do të ketë vend për të gjithë."
)


def desk_of(slug: str = "fletorja", pieces: int = 3) -> Desk:
    made = [
        Post(headline=f"Lajmi numër {n}", at=f"2026-05-{11 + n}T10:00:00", text=BODY)
        for n in range(pieces)
    ]
    return Desk(slug=slug, name=f"{slug.capitalize()} e Bregut", posts=made)


def links_of(desk: Desk, **more: bool) -> list[Link]:
    return [
        Link(article=str(p.id), outlet=desk.slug, url=desk.link(p), headline=p.headline, **more)
        for p in sorted(desk.listed(), key=lambda post: post.id)
    ]


def checked(room: Pressroom, links: list[Link], **given: Outlet) -> list[Checked]:
    workspace = load_workspace(room.folder)
    return list(check_links(workspace, given or load_outlets(workspace), links))


def test_each_outlet_is_asked_up_to_a_bound(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_check, "MOST_LINKS", 2)
    one, two = desk_of(), desk_of("zeri", 1)
    with opened(one, two) as room:
        room.outlet(one, "wordpress")
        room.outlet(two, "wordpress")
        found = checked(room, [*links_of(one), *links_of(two)])
        assert len(room.asked(one)) == 3
    assert [each.state for each in found] == ["alive", "alive", "unclear", "alive"]
    assert found[2].note == "not asked: too many links"


def test_who_declined_and_who_is_unknown_is_not_asked(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        room.outlet(desk, "wordpress", extra='declined = "asked us not to"')
        stranger = Link(article="x", outlet="askush", url="http://127.0.0.1/", headline=None)
        found = checked(room, [*links_of(desk), stranger])
        assert room.asked(desk) == []
    assert {each.state for each in found} == {LinkState.UNCLEAR}
    assert [found[0].note, found[-1].note] == [
        "the outlet asked not to be read",
        "its outlet has no file",
    ]


def test_an_outlet_that_is_too_busy_is_left_in_peace(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        desk.fault = too_many(retry_after=3600, only="2026/05")
        found = checked(room, links_of(desk))
        assert len(room.asked(desk)) == 2
    assert {each.state for each in found} == {LinkState.UNCLEAR}


def test_an_address_that_a_person_typed_may_be_anybodys(opened: Opened) -> None:
    outlet, host = desk_of(), desk_of("mikpritesi")
    with opened(outlet, host) as room:
        room.outlet(outlet, "wordpress")
        theirs = [
            Link(article=one.article, outlet=outlet.slug, url=one.url, headline=None, typed=typed)
            for one, typed in zip(links_of(host)[:2], (True, False), strict=True)
        ]
        assert checked(room, theirs[:1])[0].state is LinkState.ALIVE
        found = checked(room, theirs[1:])[0]
    assert (found.state, "which is not its" in (found.note or "")) == (LinkState.UNCLEAR, True)


def test_a_headline_of_other_letters_is_the_same(opened: Opened) -> None:
    desk = desk_of(pieces=1)
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        (link,) = links_of(desk)
        desk.edit(
            int(link.article), at="2026-05-20T10:00:00", headline="LAJMI  numer 0 &#8211; foto"
        )
        assert checked(room, [link])[0].state is LinkState.ALIVE


def test_nothing_to_check_asks_nobody(opened: Opened) -> None:
    with opened(desk_of()) as room:
        assert checked(room, []) == []
