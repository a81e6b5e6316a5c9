"""Accepted pieces looked at again: when, how sparingly, and what of it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.models import Lead
from crawler.record import open_record, second_looks
from crawler.watching.corrections import What
from crawler.watching.second_looks import is_due
from jehona import actions
from jehona.actions.later_edits import corrections
from jehona.actions.office import Office, open_office
from jehona.actions.second_looks import due, look_by_crawl
from tests.gather.scripted import GONE, JSON, XML, Said, Site, rest_index, served

T0 = datetime(2025, 5, 10, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEXT = (
    "Qindra banorë u mblodhën sot në sheshin e qytetit për festën e librit. "
    "Organizatorët thanë se priten 120 botues nga gjithë vendi dhe rajoni. "
    "Bashkia premtoi se parkimi do të jetë falas gjatë tri ditëve të para."
)


# --- when -----------------------------------------------------------------------------


def looks(length: timedelta, *, step: timedelta = timedelta(minutes=30)) -> list[timedelta]:
    """When a piece is looked at, by rounds of so many minutes."""
    found, seen, now = [], T0, T0
    while now < T0 + length + 3 * DAY:
        now += step
        if is_due(since=T0, seen=seen, missing=None, now=now, length=length):
            found.append(now - T0)
            seen = now
    return found


def test_a_piece_is_looked_at_six_times_in_a_fortnight() -> None:
    assert looks(14 * DAY) == [HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY]


@pytest.mark.parametrize(
    ("length", "last"), [(2 * DAY, DAY), (HOUR / 2, HOUR / 2), (60 * DAY, 44 * DAY)]
)
def test_no_longer_than_asked(length: timedelta, last: timedelta) -> None:
    assert looks(length)[-1] == last


def test_a_watch_that_slept_looks_once_and_not_for_each_time_it_missed() -> None:
    told = {"since": T0, "missing": None, "length": 14 * DAY}
    now = T0 + 8 * DAY
    assert is_due(seen=T0, now=now, **told)  # type: ignore[arg-type]
    assert not is_due(seen=now, now=now + DAY, **told)  # type: ignore[arg-type]
    assert not is_due(seen=T0, now=T0 + 16 * DAY, **told)  # type: ignore[arg-type]


def test_what_was_missing_once_is_looked_for_after_an_hour_and_not_again() -> None:
    at = T0 + DAY
    told = {"since": T0, "length": 14 * DAY, "missing": at}
    assert not is_due(seen=at, now=at + HOUR / 2, **told)  # type: ignore[arg-type]
    assert is_due(seen=at, now=at + HOUR, **told)  # type: ignore[arg-type]
    assert not is_due(seen=at + HOUR, now=at + 3 * HOUR, **told)  # type: ignore[arg-type]


# --- at an outlet ---------------------------------------------------------------------


@dataclass
class Paper:
    """An outlet's site whose pieces a test edits."""

    now: datetime
    # number -> headline and text; one that is not there answers 404
    pieces: dict[int, tuple[str, str]] = field(default_factory=dict)
    # whether pages have an ETag
    tags: bool = True
    # numbers that lead to the front page
    home: set[int] = field(default_factory=set)
    # whether every page is refused
    closed: bool = False
    site: Site | None = None
    # statuses of pages
    told: list[int] = field(default_factory=list)

    def answer(self, path: str, query: dict[str, str]) -> Said | None:
        if path == "/feed/":
            return self._feed()
        if path.startswith("/lajme/"):
            said = self._page(int(path.split("/")[2]))
            self.told.append(said.status)
            return said
        if path == "/wp-json/":
            return rest_index("posts")
        if path == "/wp-json/wp/v2/posts":
            return self._posts(query)
        return Said(body="<html><title>Ballina</title><h1>Ballina</h1></html>")

    def _feed(self) -> Said:
        items = "".join(
            f"<item><title>{headline}</title><link>{{ROOT}}/lajme/{n}/</link>"
            f"<pubDate>{self.now:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
            for n, (headline, _) in self.pieces.items()
        )
        body = f'<rss version="2.0"><channel><title>P</title>{items}</channel></rss>'
        return Said(body=body, kind=XML)

    def _page(self, number: int) -> Said:
        if self.closed:
            return Said(body="<html><title>503</title></html>", status=503)
        if number in self.home:
            return Said(status=302, headers=(("Location", "{ROOT}/"),))
        if number not in self.pieces:
            return GONE
        headline, text = self.pieces[number]
        tag = f'"{abs(hash((headline, text)))}"'
        assert self.site is not None
        if self.tags and self.site.sent.get("if-none-match") == tag:
            return Said(status=304, headers=(("ETag", tag),))
        head = f'<meta property="article:published_time" content="{self.now.isoformat()}">'
        told = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        body = f"<html><head><title>{headline}</title>{head}</head><body><article>"
        body += f"<h1>{headline}</h1>{told}</article></body></html>"
        return Said(body=body, headers=(("ETag", tag),) if self.tags else ())

    def _posts(self, query: dict[str, str]) -> Said:
        wanted = [int(n) for n in query["include"].split(",")] if "include" in query else None
        some = [n for n in self.pieces if wanted is None or n in wanted]
        posts = [self._post(n) for n in some]
        headers = (("X-WP-Total", str(len(posts))), ("X-WP-TotalPages", "1"))
        return Said(body=json.dumps(posts), kind=JSON, headers=headers)

    def _post(self, number: int) -> dict[str, object]:
        headline, text = self.pieces[number]
        utc, local = f"{self.now:%Y-%m-%dT%H:%M:%S}", self.now + 2 * HOUR
        return {
            "id": number,
            "link": f"{{ROOT}}/lajme/{number}/",
            "guid": {"rendered": f"{{ROOT}}/?p={number}"},
            "date": f"{local:%Y-%m-%dT%H:%M:%S}",
            "date_gmt": utc,
            "modified": f"{local:%Y-%m-%dT%H:%M:%S}",
            "modified_gmt": utc,
            "title": {"rendered": headline},
            "excerpt": {"rendered": "<p>Festa e librit.</p>"},
            "content": {"rendered": f"<p>{text}</p>", "protected": False},
        }


@dataclass
class Room:
    """An office that asked a paper and accepted its pieces."""

    root: Path
    paper: Paper
    site: Site

    def office(self, later: timedelta = timedelta()) -> Office:
        opened = open_office(self.root, by="ana")
        return Office(
            workspace=opened.workspace, clock=lambda: datetime.now(UTC) + later, name="ana"
        )

    def due(self, later: timedelta) -> dict[str, tuple[Lead, ...]]:
        office = self.office(later)
        with office.to_read() as record:
            return due(office, record, 14 * DAY)

    def look(self, later: timedelta) -> list[str]:
        """Looks at what is due after so long; what the site was asked."""
        self.site.asked.clear()
        self.paper.told.clear()
        if pieces := self.due(later):
            look_by_crawl(self.office(later), pieces)
        return list(self.site.asked)

    def told(self) -> list[tuple[str, list[str]]]:
        with self.office().to_read() as record:
            found = corrections(record, "festa")
        return [(one.url.rstrip("/").rpartition("/")[2], list(one.what)) for one in found]


@contextmanager
def opened(root: Path, *ways: str, count: int = 2) -> Iterator[Room]:
    """The room, its pieces found by these ways and accepted."""
    paper = Paper(now=datetime.now(UTC).replace(microsecond=0) - 10 * timedelta(minutes=1))
    paper.pieces = {n: (f"Libri {n} në shesh", f"Pjesa {n}. {TEXT}") for n in range(1, count + 1)}
    with served(paper.answer) as site:
        paper.site = site
        for folder in ("outlets", "events"):
            (root / folder).mkdir(parents=True)
        (root / "jehona.toml").write_text('zone = "Europe/Tirane"\n', "utf-8")
        finds = "".join(
            f'[[find]]\nway = "{way}"\nurl = "{site.root}/{place}/"\n'
            for way, place in (("wordpress", "wp-json"), ("feed", "feed"))
            if way in ways
        )
        head = f'name = "Pasqyra"\nhome = "{site.root}/"\nlanguages = ["sq"]\ndelay = 0.0\n'
        (root / "outlets" / "pasqyra.toml").write_text(head + finds, "utf-8")
        first, last = paper.now.date() - 2 * DAY, paper.now.date() + 3 * DAY
        event = (
            f'title = "Festa"\nfrom = {first}\nto = {last}\nexpected_outlets = ["pasqyra"]\n'
            '[keywords]\nany = [["libër"]]\n'
        )
        (root / "events" / "festa.toml").write_text(event, "utf-8")
        room = Room(root, paper, site)
        office = room.office()
        plan = actions.crawl.plan(office, event="festa")
        actions.crawl.run(office, plan, watcher=lambda event: None)
        waiting = actions.review.queue(office, "festa").pieces
        keys = [piece.article.key for piece in waiting]
        assert len(keys) == count
        # edits are kept to the second
        actions.review.decide(room.office(-timedelta(minutes=1)), "festa", accept=keys)
        yield room


def test_pages_are_asked_once_then_only_for_another(tmp_path: Path) -> None:
    with opened(tmp_path / "z", "feed") as room:
        assert room.due(timedelta(minutes=20)) == {}
        assert sorted(room.look(HOUR)) == ["/lajme/1/", "/lajme/2/"]
        assert room.paper.told == [200, 200]
        assert room.due(HOUR + timedelta(minutes=5)) == {}
        room.look(6 * HOUR)
        assert room.paper.told == [304, 304]
        assert room.told() == []


def test_an_edit_is_found_and_the_earlier_words_are_kept(tmp_path: Path) -> None:
    with opened(tmp_path / "z", "feed") as room:
        room.look(HOUR)
        headline, text = room.paper.pieces[1]
        room.paper.pieces[1] = (headline, text.replace("120 botues", "80 botues"))
        room.paper.pieces[2] = ("Korrigjim: libri 2 shtyhet", room.paper.pieces[2][1])
        room.look(6 * HOUR)
        assert room.paper.told == [200, 200]
        assert dict(room.told()) == {"1": [What.TEXT], "2": [What.CORRECTION, What.HEADLINE]}
        found = actions.later_edits.of_event(room.office(), "festa")
        one = next(each for each in found.every if each.what == (What.TEXT,))
        assert "120 botues" in one.before.text
        assert "80 botues" in one.after.text
        ((name, left, right),) = one.fields
        assert name == "text"
        assert [each.text.strip() for each in left if each.changed] == ["120"]
        assert [each.text.strip() for each in right if each.changed] == ["80"]
        room.look(DAY)
        assert len(room.told()) == 2


def test_noise_is_kept_in_the_record_and_not_told(tmp_path: Path) -> None:
    with opened(tmp_path / "z", "feed") as room:
        room.paper.tags = False
        room.look(HOUR)
        for number, (headline, text) in room.paper.pieces.items():
            room.paper.pieces[number] = (headline, f"{text}\nLexuar {number}00 herë")
        room.look(6 * HOUR)
        assert room.paper.told == [200, 200]
        assert room.told() == []


@pytest.mark.parametrize("leads_home", [False, True])
def test_taken_away_is_told_when_it_was_missing_twice(tmp_path: Path, leads_home: bool) -> None:
    with opened(tmp_path / "z", "feed") as room:
        room.look(HOUR)
        if leads_home:
            room.paper.home.add(1)
        else:
            del room.paper.pieces[1]
        room.look(6 * HOUR)
        assert room.told() == []
        # looked for once more, and only that one
        assert [path for path in room.look(7 * HOUR) if path != "/"] == ["/lajme/1/"]
        assert room.told() == [("1", [What.WITHDRAWN])]
        assert room.due(9 * HOUR) == {}


def test_missing_by_accident_is_not_told(tmp_path: Path) -> None:
    with opened(tmp_path / "z", "feed") as room:
        room.look(HOUR)
        kept = room.paper.pieces.pop(1)
        room.look(6 * HOUR)
        room.paper.pieces[1] = kept
        room.look(7 * HOUR)
        room.look(DAY)
        assert room.told() == []


def test_a_refusal_is_no_withdrawal_and_waits_for_the_next_time(tmp_path: Path) -> None:
    with opened(tmp_path / "z", "feed") as room:
        room.look(HOUR)
        room.paper.closed = True
        room.look(6 * HOUR)
        assert room.told() == []
        assert room.due(7 * HOUR) == {}
        room.paper.closed = False
        room.paper.pieces[1] = ("Libri 1 shtyhet", room.paper.pieces[1][1])
        room.look(DAY)
        assert room.told() == [("1", [What.HEADLINE])]


def test_what_wordpress_lists_is_asked_by_number_in_one_request(tmp_path: Path) -> None:
    with opened(tmp_path / "z", "wordpress", "feed", count=12) as room:
        asked = room.look(HOUR)
        assert len(asked) == 1
        assert asked[0].startswith("/wp-json/wp/v2/posts")
        assert "include=1,2,3" in asked[0].replace("%2C", ",")
        room.paper.pieces[3] = ("Libri 3 nuk vjen", room.paper.pieces[3][1])
        del room.paper.pieces[5]
        assert len(room.look(6 * HOUR)) == 1
        assert dict(room.told()) == {"3": [What.HEADLINE], "5": [What.WITHDRAWN]}
        assert room.paper.told == []


def test_before_it_was_accepted_an_edit_is_nobodys_news(tmp_path: Path) -> None:
    with opened(tmp_path / "z", "feed") as room:
        room.look(HOUR)
        room.paper.pieces[1] = ("Libri 1 shtyhet", room.paper.pieces[1][1])
        room.look(6 * HOUR)
        assert len(room.told()) == 1
        (one,) = actions.later_edits.of_event(room.office(), "festa").every
        later = room.office(timedelta(minutes=1))
        actions.review.decide(later, "festa", reject=[one.article])
        assert room.told() == []
        actions.review.decide(later, "festa", accept=[one.article])
        assert room.told() == []


def test_looks_are_kept_for_each_piece(tmp_path: Path) -> None:
    with opened(tmp_path / "z", "feed") as room:
        room.look(HOUR)
        office = room.office()
        with open_record(office.workspace.record, office.workspace.snapshots) as record:
            keys = second_looks.accepted(record, "festa")
            assert all(one.etag for one in second_looks.watched(record, keys))
