"""`jehona match`, and what a crawl keeps for every event."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.record import decisions, open_record, read
from jehona.actions.errors import Wrong
from jehona.actions.office import named
from jehona.cli.common import shown
from jehona.demo import Desk, Post
from tests.gather.pressroom import Pressroom, pressroom
from tests.record.pieces import NOON

BODY = "Qindra banorë u mblodhën në qendër të qytetit.\n\nBashkia premtoi se do të ketë vend."
POSTS = [
    Post(headline="Festa e librit [bold]hapet[/]", at="2026-05-12T10:30:00", text=BODY),
    Post(headline="Festën e librit e mbyll kori", at="2026-05-16T10:30:00", text=BODY),
    Post(headline="Recetë për mbrëmje", at="2026-05-13T10:30:00", text=BODY),
]
EVENT = """title = "Festa e Librit"
from = 2026-05-11
to = 2026-05-20
expected_outlets = ["fletorja"]
[keywords]
any = [["festë", "libër"]]
"""


@pytest.fixture
def room(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Pressroom]:
    """Two outlets that were crawled, one of them on the event's list; a second, broken event."""
    desks = [
        Desk(slug="fletorja", name="Fletorja", posts=POSTS),
        Desk(slug="portali", name="Portali", posts=POSTS[:1]),
    ]
    with pressroom(tmp_path, capsys, *desks) as room:
        for desk in desks:
            room.outlet(desk, "wordpress")
        events = tmp_path / "events"
        (events / "festa.toml").write_text(EVENT, "utf-8")
        (events / "prishur.toml").write_text("title = 7\n", "utf-8")
        typed = room.crawl("--since", "2026-05-01", "--until", "2026-05-30")
        assert typed.code == 0, typed.err
        assert "prishur.toml" in typed.err
        assert "nothing was matched against it" in typed.err
        yield room


def test_a_crawl_keeps_what_matches_any_event(room: Pressroom) -> None:
    var = room.folder / "var"
    with open_record(var / "coverage.db", var / "snapshots", readonly=True) as record:
        assert len(read.matches(record, "festa")) == 3


def test_json_is_the_contract(room: Pressroom) -> None:
    told = room.type("match", "festa", "--json").json
    assert list(told) == ["event", "matches"]
    assert told["event"] == "festa"
    first, second = told["matches"]
    assert first["outlet"] == second["outlet"] == "fletorja"
    assert first["published"] == "2026-05-12T10:30:00+02:00"
    wanted = "article url outlet headline published precision score decision because"
    assert list(first)[:9] == wanted.split()
    assert [why["form"] for why in second["because"]] == ["Festën", "librit"]


def test_the_list_tells_scores_decisions_and_reasons(room: Pressroom) -> None:
    var = room.folder / "var"
    with open_record(var / "coverage.db", var / "snapshots") as record:
        (one, *_) = [a for a in read.articles(record) if a.outlet == "fletorja"]
        said = decisions.fresh("match", one.key, event="festa", value="accepted", by="ana", at=NOON)
        decisions.decide(record, said)
    typed = room.type("match", "festa")
    assert typed.code == 0
    assert "festa: 2 matches, 1 of them not yet decided" in typed.out
    assert "[bold]hapet[/]" in typed.out, "an outlet's words are never markup"
    assert "1.00   accepted  2026-05-12  fletorja" in typed.out
    assert "Festën (headline), librit (headline)" in typed.out
    assert "1 more at outlets that are not on the event's list" in typed.out


def test_every_event_in_one_line_each(room: Pressroom) -> None:
    (room.folder / "events" / "prishur.toml").write_text(EVENT.replace("libër", "kor"), "utf-8")
    assert room.type("match").out.splitlines()[0] == "festa: 2 matches, 2 of them not yet decided"
    told = room.type("match", "--json").json
    assert [each["event"] for each in told["events"]] == ["festa", "prishur"]


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        pytest.param(["match", "feste"], 2, "festa", id="unknown-event"),
        pytest.param(["match", "prishur"], 2, "prishur.toml", id="broken-event"),
        pytest.param(["match"], 2, "prishur.toml", id="one-of-all-broken"),
    ],
)
def test_mistakes_are_one_line(room: Pressroom, words: list[str], code: int, line: str) -> None:
    typed = room.type(*words)
    assert typed.code == code
    assert line in typed.err
    assert len(typed.err.splitlines()) == 1


def test_without_a_record_or_an_event_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pressroom(tmp_path, capsys) as room:
        assert (room.type("match").code, "events add" in room.type("match").err) == (2, True)
        (tmp_path / "events" / "festa.toml").write_text(
            EVENT.replace('expected_outlets = ["fletorja"]\n', ""), "utf-8"
        )
        typed = room.type("match", "festa")
        assert (typed.code, "jehona crawl" in typed.err) == (4, True)
        assert not (tmp_path / "var" / "coverage.db").exists()


# --- who, and words of others ------------------------------------------------------------------


def test_who_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEHONA_USER", "dea")
    assert (named("ana"), named(None)) == ("ana", "dea")
    monkeypatch.delenv("JEHONA_USER")
    monkeypatch.setattr("getpass.getuser", lambda: "system")
    assert named(None) == "system"
    monkeypatch.setattr("getpass.getuser", lambda: (_ for _ in ()).throw(KeyError("uid")))
    with pytest.raises(Wrong, match="JEHONA_USER"):
        named(None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Festa\x1b[31m e kuqe", "Festa [31m e kuqe"),
        ("një\ndy", "një dy"),
        ("\u202eabc", "abc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (None, ""),
    ],
    ids=["escape", "line", "turned", "joiner", "nothing"],
)
def test_words_of_others_on_a_terminal(text: str | None, said: str) -> None:
    assert shown(text) == said
