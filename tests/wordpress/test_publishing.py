"""Posts on a real WordPress: made once, brought up to date where nobody touched them, else left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from crawler.models import Site as Target
from crawler.models import Window
from crawler.record import Record, open_record
from crawler.record.receipts import Receipts
from reports.credentials import Password
from reports.forms import Status
from reports.publishing.gutenberg import items, link, paragraph, text
from reports.publishing.post import Entry, Picture, Post
from reports.publishing.publish import Published, Publishing, Wish
from reports.publishing.refusals import Refusal, Refused
from reports.publishing.rest import Rest
from reports.publishing.sync_policy import Action
from reports.publishing.wordpress import connect
from tests.wordpress.laboratory import Laboratory, Seed, Site, Written
from tests.wordpress.laboratory import Post as Seeded
from tests.wordpress.losing import Losing, losing
from tests.wordpress.office import Office

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]

AT = datetime(2026, 5, 20, 8, 0, tzinfo=UTC)
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
# a picture of one point
HOSTILE = '<script>alert(1)</script> "><img onerror=x> [gallery] & “ë” -->'
EVENTS = count(1)


# --- the office's own site -----------------------------------------------------------


@dataclass(slots=True)
class House:
    """A site that posts go to, with a user of each role."""

    site: Site
    passwords: dict[str, str] = field(default_factory=dict)

    def password(self, role: str) -> str:
        """The application password of the user `role`-ana."""
        if role not in self.passwords:
            self.passwords[role] = self.site.password(f"{role}-ana", role)
        return self.passwords[role]

    def rest(self, role: str = "author", **more: Any) -> Rest:
        """The talk of a user of this role."""
        told = {"name": "house", "url": self.site.url, "user": f"{role}-ana", **more}
        secret = Password(told.pop("password", None) or self.password(role))
        return Rest(site=Target(**told), password=secret, agent="Jehona/test", sleep=naps.append)


naps: list[float] = []
# what was waited for, instead of waiting


@pytest.fixture(scope="session")
def shared_house(laboratory: Laboratory) -> House:
    """One site for all tests of this file: each has an event of its own."""
    posts = (Seeded(slug="festa", title="Festa e Bregut", at=datetime(2026, 5, 11, 9, tzinfo=UTC)),)
    return House(laboratory.site("zyra", Seed(title="Zyra", posts=posts)))


@pytest.fixture
def house(shared_house: House) -> Iterator[House]:
    shared_house.site.forget()
    naps.clear()
    yield shared_house
    shared_house.site.heal()


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "coverage.db", tmp_path / "snapshots") as opened:
        yield opened


@dataclass(slots=True)
class Case:
    """One event, one record, one site."""

    house: House
    record: Record
    event: str

    def go(
        self, pieces: int = 2, *, rest: Rest | None = None, record: Record | None = None, **how: Any
    ) -> Published:
        """Publish a post of so many pieces."""
        post = replace(a_post(self.event, pieces), picture=how.pop("picture", None))
        wish = Wish(by="ana", at=AT + timedelta(hours=pieces), **how)
        return Publishing(
            post=post,
            site=connect(rest or self.house.rest()),
            book=Receipts(record=record or self.record, event=self.event, site="house"),
            wish=wish,
            sleep=naps.append,
        ).go()

    @property
    def written(self) -> tuple[Written, ...]:
        return self.house.site.written(self.event)

    @property
    def sent(self) -> list[str]:
        """The requests that were not GET."""
        return [one.uri for one in self.house.site.requests() if one.method != "GET"]


@pytest.fixture
def case(house: House, record: Record) -> Case:
    return Case(house, record, f"dita-{next(EVENTS)}")


def a_post(event: str, pieces: int) -> Post:
    """A post as people publish them, with words that a careless program would run."""
    entries = tuple(
        Entry(
            article=f"a_{n}",
            outlet="Gazeta Shembull",
            headline=f"{HOSTILE} {n}",
            url=f"https://gazeta.example/{n}/?a=1&b=2",
        )
        for n in range(pieces)
    )
    blocks = [
        paragraph(text("Dita u mbajt në Bregvalë; mediat shkruan:")),
        items(link(entry.headline, entry.url) for entry in entries),
    ]
    return Post(
        event=event,
        title='Dita "e Bregut" & <pasojat>',
        blocks="\n\n".join(blocks),
        language="sq",
        entries=entries,
    )


# --- made, and brought up to date -------------------------------------------------------


@pytest.mark.parametrize("role", ["contributor", "author", "editor", "administrator"])
def test_a_draft_is_made_then_updated_then_left_as_it_is(role: str, case: Case) -> None:
    first = case.go(rest=case.house.rest(role))
    again = case.go(3, rest=case.house.rest(role))
    case.house.site.forget()
    quiet = case.go(3, rest=case.house.rest(role))
    assert [one.action for one in (first, again, quiet)] == ["create", "update", "unchanged"]
    assert case.sent == []
    (post,) = case.written
    assert (post.id, post.status) == (first.post, "draft") == (again.post, quiet.status)
    assert "/2/" in post.content


@pytest.mark.parametrize("role", ["contributor", "administrator"])
def test_the_editor_understands_every_block_and_nothing_runs(role: str, case: Case) -> None:
    case.go(rest=case.house.rest(role))
    (post,) = case.written
    seen = case.house.site.blocks(post.id)
    assert [name for name in seen["names"] if name] == ["core/paragraph", "core/list"]
    assert seen["saved"] == post.content
    assert "<script" not in post.content
    assert "<img" not in post.content
    assert "[gallery]" not in post.content
    assert "&lt;pasojat&gt;" in post.title


def test_publish_has_to_be_said_and_is_not_taken_back(case: Case) -> None:
    rest = case.house.rest("editor")
    assert case.go(rest=rest).status == "draft"
    assert case.go(rest=rest, status=Status.PUBLISH).status == "publish"
    assert case.go(3, rest=rest, status=Status.DRAFT).status == "publish"
    assert [post.status for post in case.written] == ["publish"]


def test_a_dry_run_only_looks(case: Case) -> None:
    would = case.go(only_look=True)
    assert (would.action, would.status, case.written, case.sent) == ("create", "draft", (), [])
    case.go()
    case.house.site.forget()
    would = case.go(3, only_look=True)
    assert (would.action, case.sent) == ("update", [])
    assert any(line.startswith("+") and "/2/" in line for line in would.difference)


# --- what a person touched -----------------------------------------------------------


def test_a_post_that_was_edited_is_left_with_the_difference_and_what_is_new(case: Case) -> None:
    first = case.go()
    (post,) = case.written
    touched = post.content.replace("Dita u mbajt", "Dita e bukur u mbajt")
    case.house.site.edit(post.id, html=touched)
    left = case.go(4)
    assert left.action is Action.TOUCHED
    assert [entry.article for entry in left.more] == ["a_2", "a_3"]
    assert left.since == AT + timedelta(hours=2)
    assert any(line.startswith("-") and "e bukur" in line for line in left.difference)
    assert [one.content for one in case.written] == [touched]
    assert first.post == left.post


def test_what_an_editor_pasted_is_not_asked_for_again(case: Case) -> None:
    case.go()
    (post,) = case.written
    more = items([link("E re", "https://gazeta.example/2/?a=1&b=2")])
    case.house.site.edit(post.id, html=f"{post.content}\n\n{more}")
    assert [entry.article for entry in case.go(4).more] == ["a_3"]


@pytest.mark.parametrize("change", [{"title": "Titull tjetër"}, {"status": "publish"}], ids=str)
def test_a_title_or_a_status_is_a_touch(change: dict[str, str], case: Case) -> None:
    case.go()
    case.house.site.edit(case.written[0].id, **change)
    before = case.written
    assert case.go(3).action is Action.TOUCHED
    assert case.written == before


def test_a_contributors_post_that_an_editor_published_is_left(case: Case) -> None:
    rest = case.house.rest("contributor")
    case.go(rest=rest, status=Status.PENDING)
    case.house.site.edit(case.written[0].id, status="publish")
    left = case.go(3, rest=rest)
    assert (left.action, left.status) == (Action.TOUCHED, "publish")
    assert [entry.article for entry in left.more] == ["a_2"]


@pytest.mark.parametrize("way", ["trash", "delete"])
def test_a_post_that_a_person_took_away_is_not_made_again(way: str, case: Case) -> None:
    case.go()
    getattr(case.house.site, way)(case.written[0].id)
    before = case.written
    action = {"trash": Action.TRASHED, "delete": Action.DELETED}[way]
    assert case.go(3).action is action
    assert case.written == before
    assert case.go(3, anew=True).action is Action.CREATE
    assert [post.status for post in case.written] == [*(one.status for one in before), "draft"]
    assert case.go(3).action is Action.UNCHANGED


def test_a_colleagues_record_finds_the_post_and_leaves_it(case: Case, tmp_path: Path) -> None:
    case.go()
    with open_record(tmp_path / "other.db", tmp_path / "others") as other:
        left = case.go(3, record=other)
    assert left.action is Action.ELSEWHERE
    assert [entry.article for entry in left.more] == ["a_2"]
    assert len(case.written) == 1


# --- an answer that is lost on the way --------------------------------------------------


@pytest.fixture
def proxy(house: House) -> Iterator[Losing]:
    with losing(house.site.address) as server:
        yield server


@pytest.mark.parametrize("turn", ["drop", "502", "noise", "503"])
def test_a_lost_answer_makes_no_second_post(turn: str, case: Case, proxy: Losing) -> None:
    rest = case.house.rest(url=proxy.url)
    proxy.turns = [turn]
    made = case.go(rest=rest)
    assert made.action is Action.CREATE
    assert [post.id for post in case.written] == [made.post]
    proxy.turns = [turn]
    assert case.go(3, rest=rest).action is Action.UPDATE
    assert case.go(3, rest=rest).action is Action.UNCHANGED
    assert len(case.written) == 1


def test_a_post_whose_answer_never_came_is_found_by_the_next_run(case: Case, proxy: Losing) -> None:
    proxy.turns = ["down"]
    with pytest.raises(Refused) as caught:
        case.go(rest=case.house.rest(url=proxy.url))
    assert caught.value.refusal is Refusal.SILENT
    assert len(case.written) == 1
    found = case.go()
    assert (found.action, found.post) == (Action.UNCHANGED, case.written[0].id)
    assert any("lost" in note for note in found.notes)
    assert case.go(3).action is Action.UPDATE
    assert len(case.written) == 1


def test_an_update_that_never_arrived_is_sent_by_the_next_run(case: Case, proxy: Losing) -> None:
    case.go()
    proxy.down = True
    rest = case.house.rest(url=proxy.url)
    with pytest.raises(Refused):
        case.go(3, rest=rest)
    proxy.down, proxy.turns = False, ["503"] * 3
    with pytest.raises(Refused) as caught:
        case.go(3, rest=rest)
    assert caught.value.refusal is Refusal.BUSY
    assert case.go(3).action is Action.UPDATE
    assert len(case.written) == 1


def test_a_lost_post_that_a_person_changed_is_left(case: Case, proxy: Losing) -> None:
    proxy.turns = ["down"]
    with pytest.raises(Refused):
        case.go(rest=case.house.rest(url=proxy.url))
    case.house.site.edit(case.written[0].id, html=case.written[0].content.replace("u mbajt", "nis"))
    assert case.go(3).action is Action.TOUCHED


def test_a_busy_site_is_waited_for(case: Case) -> None:
    case.house.site.fault("503-first", "2")
    assert case.go().action is Action.CREATE
    assert naps == [1.0, 2.0]


# --- the chart ---------------------------------------------------------------------------


def test_the_chart_goes_along_once_with_its_words(case: Case) -> None:
    picture = Picture(png=DOT, alt="Grafik: shkrime në ditë & “të tjera”")
    made = case.go(picture=picture)
    case.go(3, picture=picture)
    mine = [one for one in case.house.site.pictures() if one["slug"].startswith(made.marker)]
    assert [one["alt"] for one in mine] == [picture.alt]
    (post,) = case.written
    assert mine[0]["url"] in post.content
    names = case.house.site.blocks(post.id)["names"]
    assert [name for name in names if name] == ["core/paragraph", "core/image", "core/list"]
    assert case.go(3, picture=picture).action is Action.UNCHANGED


@pytest.mark.parametrize(
    ("role", "fault", "told"),
    [("contributor", None, "may not upload"), ("author", "noupload", "too large")],
    ids=["role", "server"],
)
def test_without_leave_to_upload_it_goes_without_the_chart(
    role: str, fault: str | None, told: str, case: Case
) -> None:
    if fault:
        case.house.site.fault(fault)
    made = case.go(rest=case.house.rest(role), picture=Picture(png=DOT, alt="Grafik"))
    assert made.action is Action.CREATE
    (note,) = made.notes
    assert note.startswith("without the chart")
    assert told in note
    assert "wp:image" not in case.written[0].content


# --- refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "fault", "more", "refusal"),
    [
        ("author", None, {"password": "abcd efgh ijkl mnop qrst uvwx"}, Refusal.PASSWORD),
        ("author", None, {"user": "askush"}, Refusal.PASSWORD),
        ("author", "nopasswords", {}, Refusal.PASSWORDS_OFF),
        ("author", "nologin", {}, Refusal.PASSWORD),
        ("author", "norest", {}, Refusal.REST_OFF),
        ("author", "challenge", {}, Refusal.FIREWALL),
        ("subscriber", None, {}, Refusal.MAY_NOT_WRITE),
    ],
    ids=["password", "user", "passwords-off", "header-lost", "rest-off", "challenge", "subscriber"],
)
def test_a_refusal_says_what_to_do(
    role: str, fault: str | None, more: dict[str, str], refusal: Refusal, case: Case
) -> None:
    if fault:
        case.house.site.fault(fault, "403" if fault == "challenge" else "1")
    rest = case.house.rest(role, **more)
    with pytest.raises(Refused) as caught:
        case.go(rest=rest)
    assert caught.value.refusal is refusal
    assert str(caught.value).startswith("house ")
    assert "\n" not in str(caught.value)
    assert rest.password.tell() not in str(caught.value)
    assert case.written == ()


def test_a_contributor_may_leave_it_pending_but_not_publish(case: Case) -> None:
    rest = case.house.rest("contributor")
    with pytest.raises(Refused) as caught:
        case.go(rest=rest, status=Status.PUBLISH)
    assert caught.value.refusal is Refusal.MAY_NOT_PUBLISH
    assert "--status pending" in str(caught.value)
    assert case.go(rest=rest, status=Status.PENDING).status == "pending"


def test_a_site_with_plain_permalinks(own_site: Callable[[Seed], Site], record: Record) -> None:
    house = House(own_site(Seed(title="E thjeshtë", posts=(), permalinks="")))
    case = Case(house, record, "thjesht")
    assert case.go(picture=Picture(png=DOT, alt="Grafik")).action is Action.CREATE
    assert case.go(3).action is Action.UPDATE


# --- as people type it ------------------------------------------------------------------------


@contextmanager
def told(monkeypatch: pytest.MonkeyPatch, secret: str) -> Iterator[None]:
    with monkeypatch.context() as environment:
        environment.setenv("JEHONA_SITE_HOUSE_PASSWORD", secret)
        yield


def test_the_command_from_crawl_to_draft(
    house: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = office.follow(house.site, ["wordpress"])
    secret = house.password("author")
    toml = office.folder / "jehona.toml"
    toml.write_text(
        f'{toml.read_text("utf-8")}[sites.house]\nurl = "{house.site.url}"\nuser = "author-ana"\n',
        "utf-8",
    )
    event = (
        'title = "Festa e Bregut"\nfrom = 2026-05-01\nto = 2026-05-31\nzone = "Europe/Tirane"\n'
        f'expected_outlets = ["{slug}"]\n[keywords]\nany = [["festa"]]\n'
    )
    (office.folder / "events" / "breg.toml").write_text(event, "utf-8")
    window = Window.of_days(date(2026, 5, 1), date(2026, 5, 31), "Europe/Tirane")
    assert office.crawl(slug, window=window).code == 0
    with told(monkeypatch, secret):
        done = office.run("publish", "breg", "--to", "house", "--by", "ana", "--json")
        again = office.run("publish", "breg", "--to", "house", "--by", "ana", "--no-link-check")
        refused = office.run("publish", "breg", "--to", "house", "--status", "publish")
    assert done.code == again.code == 0, done.err
    assert (done.json["action"], done.json["links"]) == ("create", [])
    assert "nothing sent" in again.out
    assert refused.code == 2
    assert "1 of 1 pieces not reviewed" in refused.err
    (post,) = house.site.written("breg")
    assert post.status == "draft"
    assert house.site.blocks(post.id)["saved"] == post.content
    kept = b"".join(path.read_bytes() for path in office.folder.rglob("*") if path.is_file())
    for secrecy in (kept.decode("latin-1"), done.out, done.err, again.out, refused.err):
        assert secret not in secrecy
