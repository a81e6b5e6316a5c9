"""Law 4, held against everything at once: whatever happens to a record, no decision is lost.

Random crawls, edits, re-reads, re-matches, keyword changes, pieces that turn out to be one, and
exchanges with a colleague's record, against a plain list of what people said.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler import event_matches
from crawler.models import Alias, Article, Decision, Event, Keywords, Layer, Reading
from crawler.record import Record, decisions, open_record, read, search_index, write
from crawler.record.reread import reread
from tests.record.pieces import NOON, begin, check_index, piece, store

GAZETA = "gazeta-shembull"
SLUGS = ("festa", "panairi")
NUMBERS = 8
# posts of the outlet
WORDS = ("Libri", "Festën", "panairit", "Recetë", "shesh", "librave", "Festa", "qytet")
TERMS = ("libër", "festë", "panair", "recetë", '"libri u hap"', "fest*", "headline:shesh")
VALUES: Mapping[str, Sequence[str | None]] = {
    "match": ("accepted", "accepted", "rejected", None),
    "headline": ("Titull", None),
    "translation": ("Words", "Other words", None),
    "tone": ("positive", None),
    "tier": ("1", "2", None),
    "pin": ("1", "7", None),
    "same-text": ("same", "other", None),
}


@dataclass(slots=True, kw_only=True)
class Office:
    """One record, and what may happen to it."""

    record: Record
    # as it is open now
    chance: random.Random
    # decides everything
    seen: list[str] = field(default_factory=list)
    # every key that an article ever had
    events: dict[str, Event] = field(default_factory=dict)
    # as their files say now

    def crawl(self) -> None:
        """One page, of new, known, edited, undated and rediscovered posts."""
        run = begin(self.record)
        layer = self.chance.choice([Layer.REST, Layer.FEED, Layer.LISTING])
        numbers = self.chance.sample(range(NUMBERS), self.chance.randint(1, 4))
        store(self.record, run, *(self._post(number, layer) for number in numbers))
        write.end_run(self.record, run, NOON)
        self.seen += [a.key for a in self.articles() if a.key not in self.seen]

    def _post(self, number: int, layer: Layer) -> Reading:
        said: dict[str, Any] = {"headline": " ".join(self.chance.sample(WORDS, 3))}
        said["text"] = self.chance.choice([None, " ".join(self.chance.sample(WORDS, 5))])
        if self.chance.random() < 0.1:
            said["published"] = None
        short = f"https://gazeta.example/short/{number}"
        if layer is Layer.LISTING:
            return piece(number, layer=layer, url=short, **said)
        guid = Alias(kind="guid", value=f"https://gazeta.example/?p={number}")
        names: tuple[Alias, ...] = (guid,)
        if self.chance.random() < 0.3:  # now it is known that both are one
            names = (guid, Alias(kind="url", value=f"gazeta.example/short/{number}"))
        return piece(number, layer=layer, aliases=names, **said)

    def articles(self) -> list[Article]:
        """Everything it has."""
        return list(read.articles(self.record, undated=True))

    def leave(self) -> None:
        """The outlet lists some no more."""
        write.mark_gone(self.record, 1, [self.chance.randint(1, 12)], NOON)

    def reread(self) -> None:
        """Our reader has learnt something: every piece says something else."""
        run = begin(self.record)

        def reader(kept: Sequence[read.Kept]) -> dict[Layer, Reading]:
            if not kept:
                return {}
            article = read.article(self.record, kept[0].article)
            assert article is not None
            said = {"headline": self.chance.choice(WORDS), "published": article.published}
            return {
                each.layer: piece(0, layer=each.layer, aliases=(), url=article.url, **said)
                for each in kept
            }

        list(reread(self.record, run, GAZETA, at=NOON, reader=reader))

    def rewrite(self) -> None:
        """Somebody changes an event's keywords, or its window."""
        slug = self.chance.choice(SLUGS)
        first = date(2025, 5, self.chance.randint(5, 11))
        groups = [tuple(self.chance.sample(TERMS, self.chance.randint(1, 2))) for _ in range(2)]
        self.events[slug] = Event(
            slug=slug,
            title="Festa",
            first_day=first,
            last_day=first + timedelta(days=self.chance.randint(0, 9)),
            zone="Europe/Tirane",
            keywords=Keywords(any=tuple(groups)),
        )

    def match(self) -> None:
        """`jehona match`, of one event or of what a crawl brought."""
        if self.chance.random() < 0.3:
            event_matches.match_waiting(self.record, list(self.events.values()))
        elif self.events:
            event_matches.match_event(self.record, self.chance.choice(list(self.events.values())))

    def index(self) -> None:
        """A part of the index is brought up."""
        search_index.bring_up(self.record, self.chance.randint(0, 3))

    def decide(self) -> Decision | None:
        """A person says something, about a piece that may have another key by now."""
        if not self.seen:
            return None
        kind = self.chance.choice(list(VALUES))
        one, two = self.chance.choice(self.seen), self.chance.choice(self.seen)
        told: dict[str, Any] = {"event": self.chance.choice(SLUGS), "by": "ana"}
        if kind == "same-text":
            if self.now(one) == self.now(two):
                return None
            told["other"] = two
        if kind == "translation":
            told |= {"language": "en", "event": None}
        at = NOON + timedelta(seconds=self.chance.randint(0, 3))
        value = self.chance.choice(VALUES[kind])
        said = decisions.fresh(kind, one, value=value, at=at, **told)  # type: ignore[arg-type]
        return decisions.decide(self.record, said)

    def now(self, key: str) -> str:
        """The key by which a piece is known now."""
        found = read.article(self.record, key)
        assert found is not None, f"{key} is lost"
        return found.key


class World:
    """Two offices, and everything that people ever said in either."""

    def __init__(self, folder: Path, seed: int, open_: Callable[[Path], Record]) -> None:
        self.chance = random.Random(seed)
        self.folder, self.open = folder, open_
        self.said: list[Decision] = []
        self.offices = [Office(record=open_(folder / name), chance=self.chance) for name in "ab"]

    def step(self) -> None:
        """Something happens."""
        office = self.chance.choice(self.offices)
        acts = [
            (4, office.crawl),
            (1, office.leave),
            (1, office.reread),
            (1, office.rewrite),
            (3, office.match),
            (1, office.index),
            (1, self.exchange),
            (1, lambda: self.reopen(office)),
            (6, lambda: self.decide(office)),
        ]
        (act,) = self.chance.choices([act for _, act in acts], [weight for weight, _ in acts])
        act()

    def decide(self, office: Office) -> None:
        """Remember what was said."""
        if said := office.decide():
            self.said.append(said)

    def exchange(self) -> None:
        """One gives the other an export, with its lines in any order."""
        giver, taker = self.chance.sample(self.offices, 2)
        lines = list(decisions.export(giver.record))
        self.chance.shuffle(lines)
        taken = decisions.take(taker.record, lines)
        assert taken.added + taken.known + len(taken.refused) == len(lines)
        assert all("has no piece" in each.why for each in taken.refused)

    def reopen(self, office: Office) -> None:
        """The program ends and begins again."""
        path = office.record.path.parent
        office.record.close()
        office.record = self.open(path)

    def check(self) -> None:
        """Everything that was said stands, the latest holds, and what was accepted is related."""
        kept = [{d.uid: d for d in decisions.history(o.record)} for o in self.offices]
        for said in self.said:
            found = [each[said.uid] for each in kept if said.uid in each]
            assert found, f"{said} is lost"
            assert {self.meaning(each) for each in found} == {self.meaning(said)}
        for office in self.offices:
            self.check_holding(office)
            self.check_related(office)

    @staticmethod
    def meaning(said: Decision) -> Decision:
        """The decision but for its pieces, which may have other keys by now and elsewhere."""
        return replace(said, article="", other=None)

    def check_holding(self, office: Office) -> None:
        """The verdict that holds is the one said last, whatever came in between."""
        told = decisions.history(office.record)
        for slug in SLUGS:
            last = {d.article: d.value for d in told if d.kind == "match" and d.event == slug}
            held = decisions.holding(office.record, slug)
            mine = {key: decided.verdict for key, decided in held.items() if decided.verdict}
            assert mine == {key: value for key, value in last.items() if value}
            pairs = decisions.same_text(office.record, slug)
            assert all(office.now(key) == key for pair in pairs for key in (pair.one, pair.two))

    def check_related(self, office: Office) -> None:
        """Nothing accepted is missing, though no keyword finds it; matches tell the verdict."""
        for slug, event in office.events.items():
            held = decisions.holding(office.record, slug)
            found = {
                article.key: match for article, match in event_matches.related(office.record, event)
            }
            accepted = {key for key, said in held.items() if said.verdict == "accepted"}
            assert accepted <= found.keys()
            for match in [*found.values(), *read.matches(office.record, slug)]:
                decided = held.get(match.article)
                assert match.decision == (decided and decided.verdict)
            assert accepted <= found.keys()

    def close(self) -> None:
        """The end: the indexes are true and the files whole."""
        for office in self.offices:
            check_index(office.record)
            office.record.close()


STEPS = [
    *(pytest.param(300, seed, id=f"300-{seed}") for seed in range(4)),
    pytest.param(10_000, 7, id="10000-7", marks=pytest.mark.soak),
]


@pytest.mark.parametrize(("steps", "seed"), STEPS)
def test_no_decision_is_lost(tmp_path: Path, steps: int, seed: int) -> None:
    with ExitStack() as opened:

        def open_(folder: Path) -> Record:
            return opened.enter_context(open_record(folder / "c.db", folder / "snapshots"))

        world = World(tmp_path, seed, open_)
        for number in range(steps):
            world.step()
            if number % 20 == 0:
                world.check()
        world.check()
        united = sum(len(office.seen) - len(office.articles()) for office in world.offices)
        assert len(world.said) > steps // 8
        assert united > 0, "no two pieces turned out to be one: the test tests too little"
        world.close()
