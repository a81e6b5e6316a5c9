"""`jehona read`: a page or a file, all candidates, refusals in one line, nothing kept."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from crawler.models import Alias
from crawler.record import open_record, read
from crawler.run.learn_boilerplate import known
from crawler.urls import alias_key
from jehona import cli
from jehona.demo import Desk, Post
from jehona.demo.answers import page
from jehona.demo.faults import Fault
from tests.gather.pressroom import Pressroom

Opened = Callable[..., AbstractContextManager[Pressroom]]
ROOT = Path(__file__).parents[2]
SHAPES = ROOT / "tests/reading/page/shapes"
GRAPH = SHAPES / "wordpress-graph/page.html"
HEADLINE = "Festa e librit hapet në Lugjas me botues nga gjashtë qytete"
BODY = (
    "Qindra banorë u mblodhën sot në qendër të qytetit. Organizatorët thanë se pjesëmarrja ishte "
    "më e madhe se vjet.\n\nBashkia premtoi se edhe herë tjetër do të ketë vend për të gjithë."
)


def town(posts: int = 1, **settings: object) -> Desk:
    made = [
        Post(
            headline=f"Hapet panairi numër {at} i librit në qytet",
            at=f"2026-05-{11 + at}T10:30:00",
            text=f"Lajmi numër {at} nga sheshi. {BODY}",
        )
        for at in range(posts)
    ]
    return Desk(slug="fletorja", name="Fletorja e Bregut", posts=made, **settings)  # type: ignore[arg-type]


# --- a file ------------------------------------------------------------------------


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """`jehona WORDS`: exit code, stdout, stderr."""
    code = cli.run(lambda: cli.build()(list(words), standalone_mode=False))
    return (code, *capsys.readouterr())


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No workspace is near."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JEHONA_WORKSPACE", raising=False)


@pytest.mark.parametrize("packed", [False, True], ids=["html", "gz"])
def test_a_file_needs_neither_network_nor_workspace(
    packed: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / ("page.html.gz" if packed else "page.html")
    file.write_bytes(gzip.compress(GRAPH.read_bytes()) if packed else GRAPH.read_bytes())
    code, out, err = typed(capsys, "read", str(file))
    assert (code, err) == (0, "")
    rows = [line for line in out.splitlines() if line.startswith(("headline", "published"))]
    assert all("✓" in row for row in rows)
    assert "Besa Kulmaku" in out
    assert "agrees with json-ld" in " ".join(out.split())
    assert "nothing is said" in out


def test_the_json_has_every_candidate_and_one_winner_a_field(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = typed(capsys, "read", str(GRAPH), "--json")
    said = json.loads(out)
    assert (code, said["kind"], said["outlet"]) == (0, "article", None)
    assert said["fields"]["headline"]["value"] == HEADLINE
    assert len(said["fields"]["published"]["candidates"]) > 2
    for name, field in said["fields"].items():
        won = [one for one in field["candidates"] if one["won"]]
        assert len(won) == bool(field["candidates"]), name
        assert all(one["why"] for one in won), name


def test_the_docs_name_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = typed(capsys, "read", str(GRAPH), "--json")
    told = (ROOT / "docs/json.md").read_text("utf-8").split("## A page\n")[1].split("\n## ")[0]
    said = json.loads(out)
    assert re.findall(r"^\| `(\w+)` \|", told, re.MULTILINE) == list(said)
    named = set(re.findall(r"`(\w+)`", told))
    for field in said["fields"].values():
        assert {*said["fields"], *field} <= named
        assert {key for one in field["candidates"] for key in one} <= named


def test_a_file_takes_the_address_that_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    url = "https://lugjasi.example/2020/03/04/festa"
    _, out, _ = typed(capsys, "read", str(GRAPH), "--url", url, "--json")
    assert url in out
    assert "2020-03-04" in out


def test_relative_days_count_from_when_the_file_was_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(GRAPH.read_bytes())
    os.utime(file, (1_000_000_000, 1_000_000_000))
    _, out, _ = typed(capsys, "read", str(file))
    assert "in the future" in out


@pytest.mark.parametrize(
    ("name", "body", "ends"),
    [
        ("absent.html", None, (2, "no such file")),
        ("cut.gz", gzip.compress(b"<html>" * 999)[:40], (2, "cannot be read")),
        ("data.json", b'{"a": 1}', (1, "not HTML but JSON")),
        ("empty.html", b"", (1, "an empty page")),
        (".", None, (2, "a folder")),
    ],
    ids=["absent", "cut", "json", "empty", "folder"],
)
def test_a_refusal_is_one_line(
    name: str,
    body: bytes | None,
    ends: tuple[int, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if body is not None:
        (tmp_path / name).write_bytes(body)
    code, out, err = typed(capsys, "read", str(tmp_path / name))
    assert (code, out) == (ends[0], "")
    assert ends[1] in err
    assert len(err.splitlines()) == 1


def test_a_refused_page_is_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = typed(capsys, "read", str(SHAPES / "challenge-page/page.html"), "--json")
    assert code == 1
    assert '"outcome": "broken"' in out
    assert "challenge" in err


# --- a page on the web -------------------------------------------------------------


def test_a_page_is_asked_for_once_and_nothing_is_kept(opened: Opened) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        url = f"{desk.address}{desk.path(desk.listed()[0])}"
        said = room.type("read", url, "--json")
        assert said.code == 0, said.err
        assert said.json["outlet"] == "fletorja"
        assert said.json["fields"]["headline"]["value"] == "Hapet panairi numër 0 i librit në qytet"
        assert said.json["fields"]["published"]["value"]["instant"].startswith("2026-05-11T10:30")
        assert len(room.asked(desk)) == 2
        assert not (room.folder / "var/coverage.db").exists()


def test_a_stranger_must_know_who_asks(opened: Opened) -> None:
    with opened(town()) as room:
        said = room.type("read", "https://gazeta.example/lajmi")
        assert said.code == 2
        assert "contact" in said.err


def test_a_page_that_robots_refuses_is_not_asked_for(opened: Opened) -> None:
    desk = town(robots="User-agent: *\nDisallow: /2026/\n")
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        said = room.type("read", f"{desk.address}{desk.path(desk.listed()[0])}", "--json")
        assert said.code == 1
        assert (said.json["outcome"], said.json["reason"]) == ("blocked", "robots")
        assert len(said.err.splitlines()) == 1
        assert room.asked(desk) == ["/robots.txt"]


@pytest.mark.parametrize(
    ("status", "outcome"), [(403, "blocked"), (404, "broken"), (500, "unreachable")]
)
def test_a_page_that_does_not_come_is_named(opened: Opened, status: int, outcome: str) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        desk.fault = Fault(name="no", spoil=lambda *_: page(status, "jo"), only=r"^/20")
        said = room.type("read", f"{desk.address}{desk.path(desk.listed()[0])}", "--json")
        assert (said.code, said.json["outcome"]) == (1, outcome), said.err


def only_sends_on(to: str) -> Fault:
    """The page of the first piece sends on by a refresh, and is answered at /nje/ itself."""
    markup = f'<meta http-equiv="refresh" content="0; url={to}"><h1>Po ju dërgojmë...</h1>'
    return Fault(name="sends on", spoil=lambda *_: page(200, markup), only="^/go/")


def test_a_page_that_only_sends_on_is_followed_once(opened: Opened) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        piece = desk.path(desk.listed()[0])
        desk.fault = only_sends_on(piece)
        said = room.type("read", f"{desk.address}/go/77", "--json")
        assert said.code == 0, said.err
        assert said.json["fields"]["headline"]["value"] == "Hapet panairi numër 0 i librit në qytet"
        assert room.asked(desk) == ["/robots.txt", "/go/77", piece]
        clipped = room.type("clip", f"{desk.address}/go/77", "--by", "ana", "--json")
        assert clipped.code == 0, clipped.err
        folder = room.folder / "var"
        with open_record(folder / "coverage.db", folder / "snapshots") as record:
            (kept,) = read.articles(record, undated=True)
            names = {
                read.key_of(record, "fletorja", [Alias(kind="url", value=alias_key(url))])
                for url in (f"{desk.address}/go/77", f"{desk.address}{piece}")
            }
        assert (kept.url, names) == (f"{desk.address}{piece}", {kept.key})


@pytest.mark.parametrize(
    ("to", "outcome"),
    [
        ("https://tjeter.example/lajme/nje/", "broken"),
        ("http://10.0.0.1/lajme/", "broken"),
        ("/go/78", "broken"),
        ("/go/77", "broken"),
        ("/", "broken"),
        ("/jo/", "broken"),
    ],
)
def test_a_page_that_sends_on_elsewhere_is_refused_in_one_line(
    opened: Opened, to: str, outcome: str
) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        desk.fault = only_sends_on(to)
        said = room.type("read", f"{desk.address}/go/77", "--json")
        assert (said.code, said.json["outcome"]) == (1, outcome)
        assert "only sends on, to " in said.json["note"]
        clipped = room.type("clip", f"{desk.address}/go/77", "--by", "ana")
        assert (clipped.code, clipped.err.count("\n")) == (2, 1)
        assert "only sends on, to " in clipped.err
        assert not (room.folder / "var/coverage.db").exists()
        assert not {target for target in room.asked(desk) if "tjeter" in target}


def test_an_outlet_that_declined_is_not_asked(opened: Opened) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "wordpress", extra='declined = "asked us not to, 2026-05-02"')
        said = room.type("read", f"{desk.address}{desk.path(desk.listed()[0])}", "--json")
        assert (said.code, said.json["outcome"]) == (0, "declined")
        assert room.asked(desk) == []


# --- habits ------------------------------------------------------------------------


def test_a_run_learns_what_pages_repeat_and_a_reading_marks_it(opened: Opened) -> None:
    desk = town(posts=5)
    shared = BODY.split("\n\n")[1]
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        assert room.crawl("--since", "2026-05-11", "--until", "2026-05-24").code == 0
        with open_record(room.folder / "var/coverage.db", room.folder / "var/snapshots") as record:
            habits = known(record, "fletorja")
            assert habits is not None
            assert habits.boilerplate == {shared}
            assert known(record, "tjetra") is None
        said = room.type("read", f"{desk.address}{desk.path(desk.listed()[0])}", "--json").json
        assert said["boilerplate"] == [shared]
        assert shared in said["fields"]["text"]["value"]
        assert room.type("reread", "--json").json["changed"] == []
