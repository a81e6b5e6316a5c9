"""`jehona watch`: what is told when, once, truly, and whatever is killed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.models import Check, Outcome, Reading, Way
from crawler.record import open_record, sealing, second_looks, watches, write
from crawler.record.watches import Delivery
from crawler.run.crawl_task import Looked
from jehona.actions import review, sent, today, watch
from jehona.actions.errors import Wrong
from jehona.actions.office import Office, open_office
from jehona.actions.second_looks import Pieces
from reports.mailing import NotSent
from tests.desk.conftest import EVENT, OUTLET
from tests.record.pieces import begin, piece, store

DAY0 = datetime(2025, 5, 5, 5, 0, tzinfo=UTC)
TOML = """
contact = "zyra@office.example"
[smtp]
host = "127.0.0.1"
from = "zyra@office.example"
[watch]
every = "1h"
digest = "08:00"
to = ["drejtori@office.example"]
"""


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Pretend:
    """A clock, outlets that publish by plan, a mail server; each may die at any step."""

    root: Path
    now: datetime = DAY0
    # outlet -> pieces that it lists, by moment of publication
    plan: dict[str, list[tuple[datetime, int]]] = field(default_factory=dict)
    # outlets that do not answer
    closed: set[str] = field(default_factory=set)
    # Message-ID -> times taken, and the text
    taken: Counter[str] = field(default_factory=Counter)
    texts: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    subjects: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    fails: int = 0
    # called at each step: may raise Killed
    step: Callable[[], None] = lambda: None
    pings: list[bool] = field(default_factory=list)
    # what an outlet changed of a piece
    words: dict[int, dict[str, Any]] = field(default_factory=dict)
    # who asks and delivers instead, where a test watches closer
    ask_by: Callable[[Office, str, Sequence[str]], None] | None = None
    deliver_by: Callable[[Office, Delivery], None] | None = None
    # pieces that were looked at again, by address
    again: Counter[str] = field(default_factory=Counter)

    def office(self) -> Office:
        opened = open_office(self.root, by="ana")
        return Office(workspace=opened.workspace, clock=lambda: self.now, name="ana")

    def ask(self, office: Office, event: str, slugs: Sequence[str]) -> None:
        """What a crawl keeps: pieces, then a check of each outlet."""
        what = office.event(event)
        place = office.workspace
        with open_record(place.record, place.snapshots) as record:
            run = begin(record, event=event, started=self.now)
            for slug in slugs:
                self.step()
                self.asked[slug] += 1
                due = [n for at, n in self.plan.get(slug, ()) if at <= self.now]
                if slug not in self.closed and due:
                    readings = [self.piece(slug, n) for n in due]
                    store(record, run, *readings, outlet=slug, fetched=self.now)
                outcome = Outcome.BLOCKED if slug in self.closed else Outcome.COMPLETE
                check = Check(
                    outlet=slug,
                    way=Way.FEED,
                    outcome=outcome,
                    at=self.now,
                    since=what.window.start,
                    until=what.window.end,
                )
                self.step()
                write.save_check(record, run, check)
            write.end_run(record, run, self.now)

    def piece(self, slug: str, number: int) -> Reading:
        at = next(at for at, n in self.plan[slug] if n == number)
        return piece(
            number,
            url=f"https://{slug}.example/libri-{number}/",
            published=at,
            aliases=(),
            **self.words.get(number, {}),
        )

    def deliver(self, office: Office, delivery: Delivery) -> None:
        if self.deliver_by:
            self.deliver_by(office, delivery)
            return
        self.step()
        if self.fails:
            self.fails -= 1
            raise NotSent("the server is away")
        notice = delivery.notice
        self.taken[notice.message_id] += 1
        if notice.message_id not in self.texts:
            self.texts[notice.message_id] = notice.text
            self.pages[notice.message_id] = notice.html
            self.subjects.append(notice.subject)
        # taken, and not kept yet
        self.step()

    def ping(self, office: Office, address: str, *, well: bool) -> None:
        self.pings.append(well)

    def round(self) -> watch.Round:
        ask = self.ask_by or self.ask
        return watch.once(self.office(), ask=ask, postman=self, look=self.look)

    def look(self, office: Office, pieces: Pieces) -> None:
        """What a run of second looks keeps: that they were made."""
        self.again.update(lead.url for some in pieces.values() for lead in some)
        looks = {lead.row["article"]: Looked() for some in pieces.values() for lead in some}
        with open_record(office.workspace.record, office.workspace.snapshots) as record:
            second_looks.keep(record, looks, self.now)

    def accept(self, *numbers: int) -> None:
        """Somebody accepts what came."""
        keys = [p.article.key for p in review.queue(self.office(), "festa").pieces]
        assert len(keys) == len(numbers)
        review.decide(self.office(), "festa", accept=keys)

    def edit(self, slug: str, number: int, **words: Any) -> None:
        """An outlet edits a piece; its list tells."""
        self.words[number] = words
        again = self.piece(slug, number)
        place = self.office().workspace
        with open_record(place.record, place.snapshots) as record:
            store(record, begin(record, started=self.now), again, outlet=slug, fetched=self.now)


@pytest.fixture
def world(tmp_path: Path) -> Pretend:
    """Twelve outlets, one event of 20 days whose day is the tenth of May."""
    for folder in ("outlets", "events"):
        (tmp_path / folder).mkdir()
    (tmp_path / "jehona.toml").write_text(TOML, "utf-8")
    slugs = [f"media-{n}" for n in range(12)]
    for slug in slugs:
        toml = OUTLET.replace("gazeta.example", f"{slug}.example").replace("Gazeta Shembull", slug)
        (tmp_path / "outlets" / f"{slug}.toml").write_text(toml, "utf-8")
    listed = ", ".join(f'"{slug}"' for slug in slugs)
    event = EVENT.replace('"gazeta-shembull"', listed)
    (tmp_path / "events" / "festa.toml").write_text(event, "utf-8")
    world = Pretend(tmp_path)
    world.plan = {slug: [] for slug in slugs}
    return world


def days(world: Pretend, count: float, *, step: timedelta = timedelta(hours=2)) -> Iterator[None]:
    """Rounds through days of the clock."""
    end = world.now + timedelta(days=count)
    while world.now < end:
        world.now += step
        yield world.round()  # type: ignore[misc]


def told(world: Pretend) -> str:
    return "\n".join(world.texts.values())


def test_a_digest_a_day_and_no_more(world: Pretend) -> None:
    world.plan["media-1"] = [(DAY0 + timedelta(hours=1), 1), (DAY0 + timedelta(hours=3), 2)]
    list(days(world, 2))
    assert len(world.texts) == 2
    first, second = world.subjects
    assert "1 shkrim i ri" in first
    assert "1 shkrim i ri" in second


def test_the_latest_seal_leaves_the_office_with_each_digest(world: Pretend) -> None:
    list(days(world, 2))
    place = world.office().workspace
    with open_record(place.record, place.snapshots) as record:
        seals = {one.digest for one in sealing.lines(record.conn)}
    for text in world.texts.values():
        assert len([seal for seal in seals if seal in text]) == 1


def test_nothing_is_said_only_after_a_complete_check(world: Pretend) -> None:
    list(days(world, 1))
    assert world.subjects == ["Festa e Librit: asgjë e re, u kontrollua gjithçka"]
    assert "Të 12 mediat u kontrolluan plotësisht." in told(world)


def test_silence_of_an_outlet_that_did_not_answer_is_never_nothing(world: Pretend) -> None:
    world.closed = {"media-3"}
    list(days(world, 2))
    assert all("asgjë e re" not in subject.lower() for subject in world.subjects)
    assert "Asgjë e re" not in told(world)
    assert "11 nga 12 media u kontrolluan plotësisht; jo: media-3." in told(world)


def test_broke_and_mended_are_told_once_each(world: Pretend) -> None:
    list(days(world, 1))
    world.closed = {"media-3"}
    list(days(world, 1))
    world.closed = set()
    list(days(world, 2))
    assert told(world).count("Nuk përgjigjet më: media-3.") == 1
    assert told(world).count("Përgjigjet përsëri: media-3.") == 1


def test_around_the_day_what_is_new_comes_as_a_bundle_after_a_quiet_time(world: Pretend) -> None:
    at = datetime(2025, 5, 10, 12, tzinfo=UTC)
    world.now = at - timedelta(hours=5)
    world.round()
    before = len(world.texts)
    world.plan["media-1"] = [(at + timedelta(minutes=n), n) for n in (1, 20, 40)]
    world.plan["media-2"] = [(at + timedelta(minutes=30), 50)]
    list(days(world, 0.5, step=timedelta(minutes=20)))
    bundles = list(world.texts.values())[before:]
    # asked hourly, told when an hour had been quiet: never one mail a piece
    assert 1 <= len(bundles) <= 2
    assert told(world).count("libri-50") + told(world).count("media-2 1") >= 1


def test_three_up_front_and_the_others_counted(world: Pretend) -> None:
    world.plan["media-1"] = [(DAY0 + timedelta(minutes=n), n) for n in range(1, 9)]
    list(days(world, 0.2))
    text = told(world)
    assert text.count("https://") == 3
    assert "Dhe 5 të tjera: media-1 5." in text


def test_an_unusual_day_is_told_once(world: Pretend) -> None:
    for day in range(9):
        world.plan["media-1"] += [
            (DAY0 + timedelta(days=day, minutes=n), 100 * day + n) for n in range(2)
        ]
    world.plan["media-1"] += [(DAY0 + timedelta(days=9, minutes=n), 5000 + n) for n in range(30)]
    list(days(world, 11, step=timedelta(hours=6)))
    assert told(world).count("Ditë e pazakontë: 30 shkrime sot, ditëve të tjera rreth 2.") == 1


def test_a_mail_that_failed_is_tried_again_under_its_name(world: Pretend) -> None:
    world.fails = 3
    list(days(world, 0.3, step=timedelta(minutes=20)))
    assert list(world.taken.values()) == [1]
    with open_record(world.office().workspace.record, world.root / "s", readonly=True) as record:
        assert watches.waiting(record) == []


def test_what_waits_is_named(world: Pretend) -> None:
    world.fails = 10**6
    world.now = DAY0 + timedelta(hours=4)
    done = world.round()
    assert done.failed == (("drejtori@office.example", "the server is away"),)
    (notice,) = sent.sent(world.office())
    (whom,) = notice.failed
    assert (whom.name, whom.why, whom.tries) == ("drejtori@office.example", "the server is away", 1)
    (delivery,) = today.today(world.office()).unsent
    assert delivery.recipient == "drejtori@office.example"


@pytest.fixture
def corrected(world: Pretend) -> Pretend:
    """Two accepted pieces, looked at again for a fortnight."""
    toml = (world.root / "jehona.toml").read_text("utf-8")
    (world.root / "jehona.toml").write_text(f'{toml}corrections = "14d"\n', "utf-8")
    world.plan["media-1"] = [(DAY0 + timedelta(hours=1), 1), (DAY0 + timedelta(hours=2), 2)]
    list(days(world, 0.25))
    world.accept(1, 2)
    world.texts.clear()
    return world


def test_an_edit_is_told_once_with_the_digest(corrected: Pretend) -> None:
    corrected.now += timedelta(minutes=1)
    corrected.edit("media-1", 1, headline="Libri 1 nuk u hap në shesh")
    corrected.edit("media-1", 2, headline="Libri 2 u hap ne shesh")
    before = len(corrected.texts)
    corrected.round()
    assert len(corrected.texts) == before
    list(days(corrected, 3))
    text = told(corrected)
    assert text.count("shkrim i pranuar u ndryshua më vonë:") == 1
    assert "- media-1: Libri 1 nuk u hap në shesh (titull tjetër)" in text
    assert "Libri 2 u hap" not in text
    pages = [page for page in corrected.pages.values() if "titull tjetër" in page]
    assert len(pages) == 1


def test_without_a_digest_an_edit_is_told_by_itself(corrected: Pretend) -> None:
    path = corrected.root / "jehona.toml"
    path.write_text(path.read_text("utf-8").replace('digest = "08:00"\n', ""), "utf-8")
    corrected.now += timedelta(minutes=1)
    corrected.edit("media-1", 1, text="Korrigjim: libri u hap dje, jo sot.")
    corrected.round()
    (text,) = corrected.texts.values()
    assert corrected.subjects[-1] == "1 shkrim i pranuar u ndryshua më vonë"
    assert "(thotë se u korrigjua, tekst tjetër)" in text
    list(days(corrected, 1))
    assert told(corrected).count("thotë se u korrigjua") == 1


def test_accepted_pieces_are_looked_at_again_a_few_times(corrected: Pretend) -> None:
    list(days(corrected, 17, step=timedelta(hours=6)))
    # after six hours, one, three, seven and fourteen days
    assert set(corrected.again.values()) == {5}
    assert len(corrected.again) == 2


def test_who_wants_no_corrections_is_told_of_none(world: Pretend) -> None:
    world.plan["media-1"] = [(DAY0 + timedelta(hours=1), 1)]
    list(days(world, 0.25))
    world.accept(1)
    world.now += timedelta(minutes=1)
    world.edit("media-1", 1, headline="Libri 1 nuk u hap në shesh")
    list(days(world, 2))
    assert not world.again
    assert "u ndryshua" not in told(world)


def live_and_die(world: Pretend, seed: int, length: int) -> tuple[int, int]:
    """So many days in which the process dies at random; how many pieces there were, and deaths."""
    chance = random.Random(seed)
    number = deaths = 0
    for slug in world.plan:
        for _ in range(6):
            number += 1
            at = DAY0 + timedelta(minutes=chance.randrange(length * 24 * 60))
            world.plan[slug].append((at, number))

    def step() -> None:
        nonlocal deaths
        if chance.random() < 0.05:
            deaths += 1
            raise Killed

    world.step = step
    end = world.now + timedelta(days=length)
    while world.now < end:
        world.now += timedelta(hours=2)
        try:
            world.round()
        except Killed:
            continue
    world.step = lambda: None
    list(days(world, 1.2, step=timedelta(hours=2)))
    return number, deaths


def all_was_told_once(world: Pretend, number: int, deaths: int) -> None:
    with open_record(world.office().workspace.record, world.root / "s", readonly=True) as record:
        assert len(watches.told(record, "festa")) == number
        assert watches.waiting(record) == []
    new = [line for text in world.texts.values() for line in text.splitlines()]
    counts = [int(line.split()[0]) for line in new if "shkrim" in line and " që nga " in line]
    assert sum(counts) == number
    # sent again only after a death between taken and kept, and then under the same Message-ID
    assert sum(world.taken.values()) - len(world.taken) <= deaths


def test_killed_at_any_moment_nothing_is_lost_or_told_twice(world: Pretend) -> None:
    number, deaths = live_and_die(world, 1, 4)
    assert deaths > 5
    all_was_told_once(world, number, deaths)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 12))
def test_ten_lives_of_fifteen_days(world: Pretend, seed: int) -> None:
    all_was_told_once(world, *live_and_die(world, seed, 15))


def test_a_day_of_watching_asks_a_third_of_asking_every_hour(world: Pretend) -> None:
    world.now = DAY0
    world.round()
    world.asked.clear()
    list(days(world, 1, step=timedelta(minutes=10)))
    assert sum(world.asked.values()) <= 12 * 24 / 3


def test_a_ping_after_each_round(world: Pretend) -> None:
    toml = (world.root / "jehona.toml").read_text("utf-8")
    (world.root / "jehona.toml").write_text(f'{toml}ping = "https://monitor.example/1"\n', "utf-8")
    world.round()
    assert world.pings == [True]


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('contact = "a@office.example"\n', "no [watch] yet"),
        ('[watch]\nevery = "1h"\n', "tells nobody"),
        ('[watch]\nto = ["a@office.example"]\n', "no [smtp]"),
    ],
)
def test_what_is_missing_is_one_line(world: Pretend, toml: str, says: str) -> None:
    (world.root / "jehona.toml").write_text(toml, "utf-8")
    with pytest.raises(Wrong, match=says.replace("[", r"\[")):
        world.round()


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ('every = "1x"', "a length of time"),
        ('every = "5m"', "at least 10m"),
        ('digest = "25:00"', "a time of day"),
        ('urls = ["slack://secret@x"]', "keyring"),
        ('ping = "http://monitor.example/1"', "an https address"),
        ('to = ["nuk"]', "a mail address"),
    ],
)
def test_a_key_that_says_nothing_is_refused(world: Pretend, key: str, says: str) -> None:
    (world.root / "jehona.toml").write_text(f"[watch]\n{key}\n", "utf-8")
    with pytest.raises(Exception, match=says):
        world.office()
