"""Every command killed at any moment, without a farewell: nothing lost, doubled, or left behind."""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.files import drafts_in
from crawler.record import Record, decisions, open_record, read
from crawler.record.verify import verify_file, verify_record
from jehona.demo import Desk
from tests.gather.conftest import Opened
from tests.gather.pressroom import Pressroom
from tests.gather.typed_once import start
from tests.newsroom.posts import many_posts
from tests.publishing.pretend import SECRET, USER, Pretend, pretending

pytestmark = pytest.mark.skipif(os.name == "nt", reason="what is proved is a kill, and forks")

PATIENCE = 60
ROWS = 20
POSTS = 120
EVENT = """
title = "Festa e Librit"
from = 2026-05-01
to = 2026-05-31
zone = "Europe/Tirane"
expected_outlets = ["rest", "feed", "video"]
introduction = "Festa u mbajt në shesh."
[keywords]
any = [["lajmi"]]
"""
VIDEO = 'name = "Video"\nkind = "video"\n'
COMMANDS: dict[str, tuple[str, ...]] = {
    "crawl": ("crawl", "--event", "festa", "--outlet", "rest", "--outlet", "feed"),
    "checked": ("checked", "video", "-e", "festa", "--found", "1", "--note", "pashë"),
    "list": ("clip", "--csv", "lista.csv", "--event", "festa", "--new-outlets"),
    "review": ("review", "festa", "--accept-all"),
    "match": ("match", "festa"),
    "reread": ("reread",),
    "report": ("report", "festa", "-f", "md", "-f", "json", "-f", "html", "-o", "letra"),
    "roundup": ("roundup", "festa"),
    "newsletter": ("newsletter", "-n", "1", "--event", "festa"),
    "publish": ("publish", "festa", "--to", "house", "--no-link-check", "--no-chart"),
    "export": ("decisions", "export", "-o", "vendimet.jsonl"),
    "import": ("decisions", "import", "vendimet.jsonl"),
    "backup": ("backup", "kopje.zip", "--replace"),
    "backup-alone": ("backup", "kopje.db", "--replace"),
    "restore": ("restore", "e-vjetra.zip", "-w", "tjeter"),
    "verify": ("verify",),
    "prune": ("prune", "--older-than", "1d"),
    "init": ("init", "e-re"),
}


class Office:
    """A workspace, what must be true of it after every kill, and what it had before."""

    def __init__(self, room: Pressroom, site: Pretend, chance: random.Random) -> None:
        self.room, self.site, self.chance = room, site, chance
        self.root = room.folder
        self.seconds: dict[str, float] = {}
        self.lists = 0
        self.articles: set[str] = set()
        self.decided: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.environ = {
            "JEHONA_SITE_HOUSE_PASSWORD": SECRET,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "JEHONA_USER": "ana",
        }

    # --- acting -----------------------------------------------------------------------

    def prepare(self, name: str) -> None:
        """What somebody does before they type it."""
        if name == "list":
            self.bring_list()
        if name == "restore":
            shutil.rmtree(self.root / "tjeter", ignore_errors=True)
            (self.root / "tjeter/outlets").mkdir(parents=True)
            (self.root / "tjeter/jehona.toml").write_text('contact = "zyra@office.example"\n')
        if name == "init":
            shutil.rmtree(self.root / "e-re", ignore_errors=True)

    def bring_list(self) -> None:
        """Another list of clips, of an outlet that has no file yet."""
        self.lists += 1
        rows = [
            f"Gazeta e {self.lists},Libri {self.lists}-{n},2026-05-{10 + n % 9}"
            for n in range(ROWS)
        ]
        text = "\n".join(["outlet,headline,published", *rows])
        (self.root / "lista.csv").write_text(text, "utf-8")

    def whole(self, name: str) -> None:
        """The command from its beginning to its end."""
        begun = time.monotonic()
        process = start(self.root, *COMMANDS[name], environ=self.environ)
        process.join(PATIENCE)
        told = self.root.with_name("told.txt").read_text("utf-8", "replace")
        assert process.exitcode == 0, (name, process.exitcode, told)
        self.seconds[name] = time.monotonic() - begun

    def killed(self, name: str) -> None:
        """The same, cut off at a moment that is up to chance."""
        process = start(self.root, *COMMANDS[name], environ=self.environ)
        process.join(self.seconds[name] * self.chance.uniform(0.0, 1.1))
        process.kill()
        process.join(PATIENCE)

    # --- looking ------------------------------------------------------------------------

    def check(self) -> None:
        """Nothing is lost, doubled, half there, or left behind."""
        found = verify_record(self.root / "var/coverage.db", self.root / "var/snapshots")
        assert found.whole, found.damage
        self.check_record()
        self.check_lists()
        self.check_papers()
        for copy in ("kopje.zip", "kopje.db", "e-vjetra.zip"):
            if (self.root / copy).exists():
                assert verify_file(self.root / copy).whole, copy
        self.check_restored()
        drafts = [draft for folder in self.folders() for draft in drafts_in(folder)]
        assert not drafts
        assert not list(self.root.rglob("*.part*"))
        assert len(self.site.posts) <= 1, "published twice"

    def folders(self) -> Iterator[Path]:
        yield self.root
        yield from (path for path in self.root.rglob("*") if path.is_dir())

    def check_record(self) -> None:
        """What was once there is there still, and every piece once."""
        with self.opened() as record:
            listed = list(read.articles(record, undated=True))
            urls = Counter((each.outlet, each.url) for each in listed)
            assert not [url for url, number in urls.items() if number > 1]
            keys = {each.key for each in listed}
            assert self.articles <= keys
            self.articles = keys
            said = decisions.history(record)
            uids = Counter(each.uid for each in said)
            assert not [uid for uid, number in uids.items() if number > 1]
            assert self.decided.keys() <= uids.keys()
            self.decided = uids

    def check_lists(self) -> None:
        """Each list is there and accepted, or neither."""
        with self.opened() as record:
            held = decisions.holding(record, "festa")
            for number in range(1, self.lists + 1):
                slug = f"gazeta-e-{number}"
                pieces = [a for a in read.articles(record, undated=True) if a.outlet == slug]
                accepted = [a for a in pieces if held.get(a.key)]
                assert (len(pieces), len(accepted)) in {(0, 0), (ROWS, ROWS)}

    def check_papers(self) -> None:
        """Papers are whole."""
        for path in self.root.rglob("*"):
            if path.suffix == ".json" and path.name != "run.lock.json" and "lock" not in path.name:
                json.loads(path.read_text("utf-8"))
            if path.suffix == ".jsonl":
                for line in path.read_text("utf-8").splitlines():
                    json.loads(line)
            if path.suffix == ".html":
                assert "</html>" in path.read_text("utf-8")[-20:], path
            if path.suffix == ".toml":
                assert path.stat().st_size > 0, path

    def check_restored(self) -> None:
        """The other workspace has the whole record or none."""
        var = self.root / "tjeter/var"
        if (var / "coverage.db").exists():
            assert verify_record(var / "coverage.db", var / "snapshots").whole

    def check_all_is_there(self) -> None:
        """After everything was typed again and not killed."""
        with self.opened() as record:
            kept = Counter(each.outlet for each in read.articles(record, undated=True))
            running = record.conn.execute("SELECT number FROM runs WHERE state = 'running'")
            assert running.fetchall() == []
        assert (kept.pop("rest"), kept.pop("feed")) == (POSTS, POSTS)
        assert set(kept.values()) == {ROWS}
        assert f"gazeta-e-{self.lists}" in kept
        other = self.root / "tjeter/var"
        with open_record(other / "coverage.db", other / "snapshots") as restored:
            back = {each.key for each in read.articles(restored, undated=True)}
            bodies = [kept.snapshot.body for kept in read.snapshots_of(restored, "rest")]
        assert len(back) == 2 * POSTS
        assert back <= self.articles
        assert len(bodies) >= POSTS

    def opened(self) -> Record:
        var = self.root / "var"
        return open_record(var / "coverage.db", var / "snapshots")


@pytest.fixture
def office(opened: Opened) -> Iterator[Office]:
    """An office that has done everything once, undisturbed."""
    posts = many_posts(POSTS, newest="2026-05-30T12:00", every=timedelta(hours=5))
    rest = Desk(slug="rest", name="Rest", posts=posts)
    feed = Desk(slug="feed", name="Feed", posts=posts, rest="none")
    chance = random.Random(os.environ.get("JEHONA_SEED", "vras"))
    with pretending() as site, opened(rest, feed) as room:
        room.outlet(rest, "wordpress")
        room.outlet(feed, "feed")
        (room.folder / "outlets/video.toml").write_text(VIDEO, "utf-8")
        (room.folder / "events/festa.toml").write_text(EVENT, "utf-8")
        with (room.folder / "jehona.toml").open("a", encoding="utf-8") as toml:
            toml.write(f'[sites.house]\nurl = "{site.url}"\nuser = "{USER}"\n')
        made = Office(room, site, chance)
        (made.root / "letra").mkdir()
        made.whole("crawl")
        assert room.type("backup", str(made.root / "e-vjetra.zip")).code == 0
        yield made


FEW = ("list", "report", "backup", "restore", "prune")
SIZES = [
    pytest.param(FEW, 5, id="few"),
    pytest.param(
        tuple(COMMANDS), 300, id="all", marks=[pytest.mark.soak, pytest.mark.timeout(7200)]
    ),
]


@pytest.mark.parametrize(("names", "kills"), SIZES)
def test_whatever_is_killed_nothing_is_lost_doubled_or_left_behind(
    office: Office, names: tuple[str, ...], kills: int
) -> None:
    for name in names:
        office.prepare(name)
        office.whole(name)
    office.check()
    for number in range(kills):
        name = names[number % len(names)]
        office.prepare(name)
        office.killed(name)
        office.check()
    for name in names:
        if name != "list":
            office.prepare(name)
        office.whole(name)
    office.check()
    office.check_all_is_there()
