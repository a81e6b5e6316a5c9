"""`jehona collect` and `jehona take`: one machine asks, another has the record."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.bundles import archive
from crawler.files import whole_file
from crawler.record import open_record, outbox, read
from crawler.record.dump import logical_dump
from jehona.demo import Desk
from tests.gather.pressroom import Pressroom, pressroom
from tests.newsroom.posts import many_posts

EVENT = """
title = "Festa"
date = 2026-05-20
from = 2026-05-18
to = 2026-05-22
expected_outlets = ["rest", "feed"]
[keywords]
any = [["lajmi"]]
"""


def desks() -> list[Desk]:
    posts = many_posts(40, newest="2026-05-22T12:00", every=timedelta(hours=3))
    return [
        Desk(slug="rest", name="Rest", posts=posts),
        Desk(slug="feed", name="Feed", posts=posts, rest="none"),
    ]


@pytest.fixture
def room(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Pressroom]:
    with pressroom(folder(tmp_path, "collector"), capsys, *desks()) as opened:
        furnished(opened)
        yield opened


def folder(tmp_path: Path, name: str) -> Path:
    made = tmp_path / name
    made.mkdir()
    return made


def furnished(room: Pressroom) -> Pressroom:
    room.outlet(room.newsroom.desks["rest"], "wordpress")
    room.outlet(room.newsroom.desks["feed"], "feed")
    (room.folder / "events/festa.toml").write_text(EVENT, "utf-8")
    return room


@pytest.fixture
def another(
    room: Pressroom, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], Pressroom]:
    """A further workspace that lists the same outlets."""
    return lambda name: furnished(Pressroom(folder(tmp_path, name), room.newsroom, capsys))


def dump(room: Pressroom) -> str:
    with open_record(room.folder / "var/coverage.db", room.folder / "var/snapshots") as record:
        return logical_dump(record)


def collected(room: Pressroom, to: Path) -> Path:
    typed = room.type("collect", "--to", str(to), "--event", "festa", "--by", "Ana", "--json")
    assert typed.code == 0, typed.err
    return Path(typed.json["file"])


def test_what_was_collected_and_taken_is_what_the_machine_itself_would_have(
    room: Pressroom, another: Callable[[str], Pressroom], tmp_path: Path
) -> None:
    file = collected(room, tmp_path / "shared")
    assert not (room.folder / "var/coverage.db").exists()
    office, alone = another("office"), another("alone")
    typed = office.type("take", str(file), "--json")
    assert typed.code == 0, typed.err
    (one,) = typed.json["taken"]
    assert (one["outlets"], one["new"] > 0, one["already"]) == (["feed", "rest"], True, False)
    assert alone.type("crawl", "--event", "festa").code == 0
    assert dump(office) == dump(alone)
    (run,) = office.type("runs", "--json").json["runs"]
    assert (run["event"], run["complete"]) == ("festa", 2)
    looked = office.type("verify")
    assert looked.code == 0, looked.out
    with open_record(office.folder / "var/coverage.db", office.folder / "var/snapshots") as record:
        why = record.conn.execute("SELECT why FROM seals").fetchone()[0]
    assert why.startswith(f"bundle {one['digest']} of Ana@")


def test_taken_twice_nothing_happens_the_second_time(
    room: Pressroom, another: Callable[[str], Pressroom], tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    collected(room, shared)
    office = another("office")
    assert office.type("take", str(shared)).code == 0
    before = dump(office)
    typed = office.type("take", str(shared))
    assert (typed.code, "taken before, as run 1" in typed.out) == (0, True)
    assert dump(office) == before
    assert len(office.type("runs", "--json").json["runs"]) == 1


def test_a_bundle_that_came_before_its_predecessor_says_so(
    room: Pressroom, another: Callable[[str], Pressroom], tmp_path: Path
) -> None:
    first, second = (collected(room, tmp_path / name) for name in ("a", "b"))
    office = another("office")
    assert "is not here yet" in office.type("take", str(second)).out
    assert "is not here yet" not in office.type("take", str(first)).out
    alone = another("alone")
    alone.type("crawl", "--event", "festa")
    assert dump(office) == dump(alone)


def test_what_a_killed_collector_had_is_sealed_by_the_next(room: Pressroom, tmp_path: Path) -> None:
    file = collected(room, tmp_path / "shared")
    whole = file.read_bytes()
    place = room.folder / "var/collecting"
    with open_record(place / "coverage.db", place / "snapshots") as record:
        told = list(bundle_told(file))
        record.conn.execute("DELETE FROM bundles")
        for words, body in told:
            record.conn.execute(
                "INSERT INTO outbox (run, told, body) VALUES (1, ?, ?)",
                (outbox.packed(words), outbox.packed(body)),
            )
    file.unlink()
    typed = room.type(
        *("collect", "--to", str(file.parent), "--outlet", "rest", "--by", "Ana", "--json")
    )
    assert typed.json["earlier"] == [str(file)]
    assert file.read_bytes() == whole


def bundle_told(file: Path) -> Iterator[tuple[bytes, bytes]]:
    with zipfile.ZipFile(file) as opened:
        names = sorted(name for name in opened.namelist() if name.startswith("told/"))
        for name in names:
            kept = name.replace("told/", "kept/").replace(".json", ".bin")
            yield opened.read(name), opened.read(kept)


# --- refused by name ------------------------------------------------------------------------


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same file, with members changed."""
    with zipfile.ZipFile(file) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    change(members)
    made = file.with_name(f"0-other-{file.name}")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, body in members.items():
            new.writestr(name, body)
    return made


def in_manifest(**changes: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        told = json.loads(members["manifest.json"])
        members["manifest.json"] = json.dumps({**told, **changes}).encode()

    return change


def other_headline(members: dict[str, bytes]) -> None:
    members["told/000000001.json"] = members["told/000000001.json"].replace(b"i", b"j", 1)


def added(members: dict[str, bytes]) -> None:
    members["../../etc/passwd"] = b""


def lacking(members: dict[str, bytes]) -> None:
    del members["kept/000000001.bin"]


def not_json(members: dict[str, bytes]) -> None:
    members["manifest.json"] = b"["


def too_large(members: dict[str, bytes]) -> None:
    told = json.loads(members["manifest.json"])
    told["members"][0]["bytes"] = archive.BUNDLE_MEMBER + 1
    members["manifest.json"] = json.dumps(told).encode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (other_headline, "was changed after it was sealed (told/000000001.json): ask for it again"),
        (added, "was changed after it was sealed (../../etc/passwd)"),
        (lacking, "was changed after it was sealed (kept/000000001.bin)"),
        (not_json, "is no bundle of ours (manifest.json)"),
        (too_large, "is no bundle of ours (told/000000001.json)"),
        (in_manifest(jehona="99.0"), "comes from jehona 99.0, this is "),
        (in_manifest(version=2), "bring this machine up to date"),
        (in_manifest(format="other"), "is no bundle of ours (manifest.json)"),
        (in_manifest(collector="a\nb"), "is no bundle of ours (manifest.json)"),
        (in_manifest(outlets=["feed", "rest", "stranger"]), "has stranger, which this workspace"),
        (in_manifest(outlets=["feed"]), "is no bundle of ours (manifest.json)"),
        (in_manifest(checks={}), "is no bundle of ours"),
    ],
)
def test_a_bundle_that_is_not_as_it_was_sealed_is_refused_by_name(
    room: Pressroom,
    another: Callable[[str], Pressroom],
    tmp_path: Path,
    change: Callable[[dict[str, bytes]], None],
    says: str,
) -> None:
    file = rewritten(collected(room, tmp_path / "shared"), change)
    office = another("office")
    typed = office.type("take", str(file))
    assert (typed.code, typed.err.count("\n")) == (2, 1), typed.err
    assert file.name in typed.err
    assert says in typed.err
    assert dump(office) == ""
    assert office.type("runs", "--json").json["runs"] == []


def test_a_folder_names_what_it_refuses_and_takes_the_rest(
    room: Pressroom, another: Callable[[str], Pressroom], tmp_path: Path
) -> None:
    file = collected(room, tmp_path / "shared")
    rewritten(file, other_headline)
    office = another("office")
    typed = office.type("take", str(file.parent), "--json")
    assert typed.code == 3
    (refused,) = typed.json["refused"]
    assert refused["file"].endswith(f"0-other-{file.name}")
    assert len(typed.json["taken"]) == 1


def test_an_answer_of_somebody_else_than_its_outlet_is_refused(
    room: Pressroom, another: Callable[[str], Pressroom], tmp_path: Path
) -> None:
    file = collected(room, tmp_path / "shared")
    office = another("office")
    elsewhere = replace(office.newsroom.desks["rest"], address="http://127.0.0.1:1")
    office.outlet(elsewhere, "wordpress")
    typed = office.type("take", str(file))
    assert typed.code == 2
    assert "which is not of rest as this workspace lists it" in typed.err
    assert dump(office) == ""


def test_what_is_no_bundle_says_so(room: Pressroom, tmp_path: Path) -> None:
    text, empty = tmp_path / "a.bundle.zip", tmp_path / "empty"
    text.write_text("not a zip")
    empty.mkdir()
    assert "is no bundle: it is no zip file" in room.type("take", str(text)).err
    assert "no bundle there" in room.type("take", str(empty)).err
    assert "there is nothing" in room.type("take", str(tmp_path / "nowhere")).err
    with zipfile.ZipFile(tmp_path / "b.bundle.zip", "w") as made:
        made.writestr("readme.txt", "x")
    assert "has no manifest" in room.type("take", str(tmp_path / "b.bundle.zip")).err


def test_a_zip_that_promises_more_than_a_bundle_has_is_refused_unread(
    room: Pressroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = collected(room, tmp_path / "shared")
    monkeypatch.setattr(archive, "BUNDLE", 1000)
    assert "unpacks to more than a bundle may have" in room.type("take", str(file)).err


def test_decisions_stay_where_an_earlier_account_comes_late(
    room: Pressroom, another: Callable[[str], Pressroom], tmp_path: Path
) -> None:
    """The feed's account names the pieces otherwise than the one of REST that came before it."""
    slow = another("slow")
    room.outlet(room.newsroom.desks["rest"], "feed")
    early = collected(room, tmp_path / "early")
    late = collected(slow, tmp_path / "late")
    office = another("office")
    assert office.type("take", str(late)).code == 0
    assert office.type("review", "festa", "--accept-all", "--by", "Ana").code == 0
    accepted = office.type("decisions", "list", "--json").json["decisions"]
    assert accepted
    assert office.type("take", str(early)).code == 0
    after = office.type("decisions", "list", "--json").json["decisions"]
    assert [one["value"] for one in after] == [one["value"] for one in accepted]
    with open_record(office.folder / "var/coverage.db", office.folder / "var/snapshots") as record:
        assert all(read.article(record, one["article"]) for one in accepted)
    assert office.type("verify").code == 0
    straight = another("straight")
    assert straight.type("take", str(early)).code == straight.type("take", str(late)).code == 0
    shutil.rmtree(office.folder / "events")
    assert without_decisions(dump(office)) == without_decisions(dump(straight))


def without_decisions(dumped: str) -> list[dict[str, object]]:
    told = [json.loads(line) for line in dumped.splitlines()]
    return [{k: v for k, v in one.items() if k not in ("decisions", "matches")} for one in told]


def test_the_same_run_gives_the_same_file(room: Pressroom, tmp_path: Path) -> None:
    file = collected(room, tmp_path / "shared")
    with archive.Bundle(file, ours="99.0") as bundle:
        sealed = bundle.sealed
    again = tmp_path / "again.bundle.zip"
    with whole_file(again) as into:
        digest = archive.write(
            into,
            bundle_told(file),
            run=sealed.run,
            state=sealed.state,
            collector=sealed.collector,
            previous=sealed.previous,
            version=sealed.version,
        )
    assert digest == sealed.digest
    assert again.read_bytes() == file.read_bytes()
