"""A watch that dies at random instants: nothing is lost, told twice, or said too early.

It may die between any two steps, and before, inside and after each transaction of the record; what
SQLite makes of a death inside one is held by the tests of the record.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from crawler.record import Record, open_record, second_looks, watches
from crawler.record.watches import Delivery
from jehona.actions import review
from jehona.actions.later_edits import corrections
from jehona.actions.office import Office
from tests.watch.test_watch import DAY0, Killed, Pretend, days, world

__all__ = ["world"]

STEP = timedelta(hours=2)
SOURCES = 12


@dataclass
class Life:
    """What happened in a watch's life, as nobody but the test knows."""

    world: Pretend
    chance: random.Random
    # deaths to come: when, and after how many more steps
    ends: list[tuple[datetime, int]]
    # and those around a mail, where the worst moments are: when, and whether it was taken by then
    mail_ends: list[tuple[datetime, bool]]
    deaths: int = 0
    # mails that were taken a second time, since the latest death
    again: int = 0
    # the most of these
    most_again: int = 0
    # Message-ID and recipient -> times taken
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    # outlet -> moments at which it was checked completely
    answered: dict[str, list[datetime]] = field(default_factory=dict)
    # moments and words of notices, as they were written
    notices: list[tuple[datetime, str]] = field(default_factory=list)
    # pieces that were edited
    edited: set[int] = field(default_factory=set)

    def step(self) -> None:
        if not self.ends or self.ends[0][0] > self.world.now:
            return
        at, steps = self.ends.pop(0)
        if steps:
            self.ends.insert(0, (at, steps - 1))
            return
        self.die()

    def die(self) -> None:
        self.deaths += 1
        self.most_again, self.again = max(self.most_again, self.again), 0
        raise Killed

    def die_at_mail(self, *, taken: bool) -> None:
        due = self.mail_ends[:1]
        if due and due[0][0] <= self.world.now and due[0][1] is taken:
            self.mail_ends.pop(0)
            self.die()

    def deliver(self, office: Office, delivery: Delivery) -> None:
        self.die_at_mail(taken=False)
        notice = delivery.notice
        who = notice.message_id, delivery.recipient
        self.again += self.taken[who] > 0
        self.taken[who] += 1
        if self.taken[who] == 1:
            self.notices.append((notice.at, notice.text))
        self.die_at_mail(taken=True)

    def ask(self, office: Office, event: str, slugs: Any) -> None:
        self.world.ask(office, event, slugs)
        for slug in set(slugs) - self.world.closed:
            self.answered.setdefault(slug, []).append(self.world.now)


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> list[Life]:
    """While a life stands in the list, each transaction may be its end."""
    lives: list[Life] = []
    whole = Record.transaction

    def transaction(self: Record) -> AbstractContextManager[None]:
        @contextmanager
        def mortal() -> Iterator[None]:
            for life in lives:
                life.step()
            with whole(self):
                yield
                for life in lives:
                    life.step()
            for life in lives:
                life.step()

        return mortal()

    monkeypatch.setattr(Record, "transaction", transaction)
    return lives


def live(world: Pretend, lives: list[Life], *, seed: int, length: int, kills: int) -> Life:
    """So many simulated days in which the process dies so often; then two in peace."""
    path = world.root / "jehona.toml"
    path.write_text(f'{path.read_text("utf-8")}corrections = "14d"\n', "utf-8")
    event = world.root / "events" / "festa.toml"
    told = event.read_text("utf-8").replace("to = 2025-05-20", "to = 2025-06-20")
    event.write_text(told, "utf-8")
    chance = random.Random(f"life {seed}")
    moments = sorted(DAY0 + chance.random() * timedelta(days=length) for _ in range(kills))
    at_mail = set(chance.sample(moments, kills * 3 // 10))
    life = Life(
        world,
        chance,
        ends=[(at, chance.randrange(80)) for at in moments if at not in at_mail],
        mail_ends=[(at, chance.random() < 0.5) for at in moments if at in at_mail],
    )
    for number in range(1, length * 2 + 1):
        # two days in three bring nothing
        day = timedelta(days=3 * chance.randrange((length + 2) // 3))
        at = DAY0 + day + timedelta(minutes=chance.randrange(24 * 60))
        world.plan[f"media-{chance.randrange(SOURCES)}"].append((at, number))
    world.ask_by = life.ask
    world.deliver_by = life.deliver
    end = world.now + timedelta(days=length)
    lives.append(life)
    world.step = life.step
    while world.now < end or life.ends or life.mail_ends:
        world.now += STEP
        _happen(life, lives)
        try:
            world.round()
        except Killed:
            continue
    lives.clear()
    world.step, world.closed = (lambda: None), set()
    list(days(world, 2.2, step=STEP))
    return life


def _happen(life: Life, lives: list[Life]) -> None:
    """What others do, who do not die: outlets close, open and edit, somebody accepts."""
    world, chance = life.world, life.chance
    lives.clear()
    world.step = lambda: None
    if world.now.hour == 5:
        some = (f"media-{chance.randrange(SOURCES)}" for _ in range(2))
        world.closed = set(some) if chance.random() < 0.6 else set()
    if world.now.hour == 13 and world.office().workspace.record.is_file():
        waiting = review.queue(world.office(), "festa").pieces
        if keys := [one.article.key for one in waiting]:
            review.decide(world.office(), "festa", accept=keys)
    if world.now.hour == 17:
        _edit(life)
    world.step = life.step
    lives.append(life)


def _edit(life: Life) -> None:
    """One accepted piece gets another headline."""
    office = life.world.office()
    with office.to_read() as record:
        there = second_looks.watched(record, second_looks.accepted(record, "festa"))
    numbers = {int(one.url.rstrip("/").rpartition("-")[2]): one.outlet for one in there}
    left = sorted(set(numbers) - life.edited)
    if left:
        number = life.chance.choice(left)
        life.world.edit(numbers[number], number, headline=f"Libri {number} nuk u hap në shesh")
        life.edited.add(number)


def nothing_lost_or_twice(life: Life, kills: int) -> None:
    world = life.world
    assert life.deaths == kills
    pieces = sum(map(len, world.plan.values()))
    with open_record(world.office().workspace.record, world.root / "s", readonly=True) as record:
        assert len(watches.told(record, "festa")) == pieces
        assert watches.waiting(record) == []
        written = watches.notices(record, 100_000)
        edits = {one.number for one in corrections(record, "festa")}
        assert second_looks.told(record, "festa") == edits
    # every notice that was written came, under its one name
    assert {name for name, _ in life.taken} == {notice.message_id for notice in written}
    assert _count(life, " që nga ", "shkrim") == pieces
    assert _count(life, "u ndryshua", "shkrim") == len(life.edited) == len(edits)
    # sent again only after a death between taken and kept
    assert max(life.most_again, life.again) <= 1
    assert life.taken.total() - len(life.taken) <= kills


def _count(life: Life, words: str, noun: str) -> int:
    """The sum of the numbers in front of these words, over all notices."""
    lines = [line for _, text in life.notices for line in text.splitlines()]
    return sum(int(line.split()[0]) for line in lines if words in line and noun in line)


def nothing_only_after_a_complete_check(life: Life) -> int:
    """How often "nothing new" was said; each time all had answered since the last digest."""
    said, last = 0, DAY0 - timedelta(days=1)
    for at, text in sorted(life.notices):
        if "Asgjë e re që nga" in text:
            said += 1
            for number in range(SOURCES):
                moments = life.answered.get(f"media-{number}", [])
                assert any(last <= moment <= at for moment in moments), (at, number)
        if "Vula e regjistrit" in text:
            last = at
    return said


def test_twenty_deaths_in_four_days(world: Pretend, dying: list[Life]) -> None:
    life = live(world, dying, seed=1, length=4, kills=20)
    nothing_lost_or_twice(life, 20)
    assert nothing_only_after_a_complete_check(life) > 0


@pytest.mark.soak
def test_two_hundred_deaths_in_thirty_days(world: Pretend, dying: list[Life]) -> None:
    life = live(world, dying, seed=2, length=30, kills=200)
    nothing_lost_or_twice(life, 200)
    assert nothing_only_after_a_complete_check(life) > 0
