"""CPU of grouping 5,000 matched articles by text, all at once and when a few are new.

    python -m bench.stories [--articles 5000] [--rounds 3]

Three shapes of an event. `coverage`: texts that 1 to 200 outlets carry, some to the letter, most
cut, bylined, rewritten in places or stripped of ë and ç. `daily`: forms filled in with another
day's figures, where the guard has to say no. `dealt`: no copies, but every text is made of the same
570 sentences, so that many pairs are worth a look.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bench.figures import Section, Spread, machine, show
from bench.posts import plain, sentences
from crawler.models import Article
from crawler.stories import Known, Related, relate_texts

ARTICLES: Final = 5_000
NEW: Final = 50
# of them not there the last time
MOST_COPIES: Final = 200
FIRST: Final = datetime(2025, 5, 5, 6, tzinfo=UTC)
MARKS: Final = str.maketrans("ëçËÇ", "ecEC")
DAYS: Final = ("hënë", "martë", "mërkurë", "enjte", "premte", "shtunë", "diel")


def coverage(count: int) -> list[Article]:
    """An event's coverage: few texts with many copies, many with few or none."""
    chance, found = random.Random(3), list[Article]()
    texts = (text for _, _, text in plain(count, seed=5))
    while len(found) < count:
        text = next(texts)
        copies = min(MOST_COPIES, int(chance.paretovariate(0.8)), count - len(found))
        found += [_article(len(found) + at, _copied(text, chance, at)) for at in range(copies)]
    return found


def _copied(text: str, chance: random.Random, number: int) -> str:
    """What an outlet makes of a text; the first publishes it whole."""
    kind = chance.randrange(6) if number else 0
    if kind == 0:
        return text
    if kind == 1:
        return f"TIRANË- {text} /Red."
    if kind == 2:
        return text.translate(MARKS)
    words = text.split()
    if kind == 3:
        return " ".join(words[: chance.randrange(30, 55)])
    for _ in range(chance.randrange(1, 8)):
        words[chance.randrange(60)] = chance.choice(("ndërkohë", "gjithashtu", "sipas", "ndaj"))
    return " ".join(words)


def daily(count: int) -> list[Article]:
    """Forms, each filled in for every day of two weeks."""
    chance = random.Random(4)
    forms = [" ".join(chance.sample(sentences(), 4)) for _ in range(count // 14 or 1)]
    return [_article(at, _filled(forms[at % len(forms)], chance, at)) for at in range(count)]


def _filled(form: str, chance: random.Random, number: int) -> str:
    figures = [str(chance.randrange(10, 40)) for _ in range(3)]
    day = DAYS[number % 7]
    return f"Të {day} priten {figures[0]} gradë dhe {figures[1]} milimetra. {form} {figures[2]}"


def dealt(count: int) -> list[Article]:
    """No copies: sentences dealt anew."""
    return [_article(at, text) for at, (_, _, text) in enumerate(plain(count, seed=6))]


def _article(number: int, text: str) -> Article:
    outlet = f"shtypi-{number % 40:02}"
    return Article(
        key=f"a_{number:06}",
        outlet=outlet,
        url=f"https://{outlet}.example/lajmi-{number}/",
        headline=f"Lajmi {number}",
        published=FIRST + timedelta(minutes=7 * number),
        precision="minute",
        language="sq",
        text=text,
    )


SHAPES: Final[Mapping[str, Callable[[int], list[Article]]]] = {
    "coverage": coverage,
    "daily": daily,
    "dealt": dealt,
}


def measure(*, articles: int = ARTICLES, rounds: int = 3) -> tuple[Section, ...]:
    """Every shape at once, and again with NEW pieces that were not there the last time."""
    lines, data = list[tuple[str, ...]](), dict[str, Any]()
    for name, make in SHAPES.items():
        every = make(articles)
        found, whole = _timed(every, {}, rounds)
        known = {(each.one, each.two): each for each in relate_texts(every[:-NEW]).compared}
        _, again = _timed(every, known, rounds)
        lines += _lines(name, found, whole, again)
        data[name] = {
            "stories": len(found.stories),
            "compared": len(found.compared),
            "whole": whole.json(),
            "again": again.json(),
        }
    return (_section(lines, data, articles),)


def _lines(name: str, found: Related, whole: Spread, again: Spread) -> Iterator[tuple[str, ...]]:
    count = f"{len(found.stories):,} stories, {len(found.compared):,} pairs compared"
    yield f"{name}: {count}", "", "", ""
    yield "  all at once, CPU s", *whole.cells(2)
    yield f"  with {NEW} new ones, CPU s", *again.cells(2)


def _timed(every: Sequence[Article], known: Known, rounds: int) -> tuple[Related, Spread]:
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        found = relate_texts(every, known=known)
        spent.append(time.process_time() - begun)
    return found, Spread.of(spent)


def _section(lines: Sequence[tuple[str, ...]], data: Mapping[str, Any], articles: int) -> Section:
    return Section(
        name="stories",
        title=f"Stories of {articles:,} matched articles",
        columns=("", "min", "median", "max"),
        rows=tuple(lines),
        notes=("the bar: 2 s CPU all at once, whatever the shape",),
        data=data,
    )


def main(words: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.stories", description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args(words)
    show(measure(articles=asked.articles, rounds=asked.rounds), machine())


if __name__ == "__main__":
    main(sys.argv[1:])
