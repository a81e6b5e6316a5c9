"""CPU of grouping 5,000 matched articles by text, all at once and when a few are new.

Three shapes of an event. `coverage`: texts that 1 to 200 outlets carry, some to the letter, most
cut, bylined, rewritten in places or stripped of ë and ç. `daily`: forms filled in with another
day's figures, where the guard has to say no. `dealt`: no copies, but every text is made of the same
570 sentences, so that many pairs are worth a look.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from bench.figures import Section, in_turn, section
from bench.posts import plain, sentences
from crawler.models import Article
from crawler.stories import Known, relate_texts

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
    words = text.split()
    for _ in range(chance.randrange(1, 8)):
        words[chance.randrange(60)] = chance.choice(("ndërkohë", "gjithashtu", "sipas", "ndaj"))
    cut = " ".join(text.split()[: chance.randrange(30, 55)])
    kinds = (text, f"TIRANË- {text} /Red.", text.translate(MARKS), cut, *[" ".join(words)] * 2)
    return kinds[chance.randrange(6)] if number else text


def daily(count: int) -> list[Article]:
    """Forms, each filled in for every day of two weeks."""
    chance = random.Random(4)
    forms = [" ".join(chance.sample(sentences(), 4)) for _ in range(count // 14 or 1)]
    return [_article(at, _filled(forms[at % len(forms)], chance, at)) for at in range(count)]


def _filled(form: str, chance: random.Random, number: int) -> str:
    one, two, three = (chance.randrange(10, 40) for _ in range(3))
    return f"Të {DAYS[number % 7]} priten {one} gradë dhe {two} milimetra. {form} {three}"


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
    told = dict[str, list[float]]()
    for name, make in SHAPES.items():
        every = make(articles)
        known = {(each.one, each.two): each for each in relate_texts(every[:-NEW]).compared}
        sides = {f"{name}, all at once": {}, f"{name}, {NEW} of them new": known}
        told |= in_turn(
            rounds, {side: partial(_spent, every, kept) for side, kept in sides.items()}
        )
    title = f"Stories of {articles:,} matched articles, CPU s"
    return (section(name="stories", title=title, told=told, bars=dict.fromkeys(told, 2.0)),)


def _spent(every: Sequence[Article], known: Known) -> float:
    begun = time.process_time()
    relate_texts(every, known=known)
    return time.process_time() - begun
