"""Invented Albanian posts in any number: the demo's sentences, dealt anew, in an editor's HTML.

About 2.5 KB of HTML a post (350 words, a picture, a link), the same posts for the same count.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from jehona.demo import Desk, Post, demo_desks

# The newest post of every desk here, in the desk's own local time.
NEWEST: Final = datetime.fromisoformat("2025-05-30T12:00")
# Hours between two posts by day, on average, two with nights and Sundays: as newsrooms do it,
# unevenly, and slower in earlier years.
HOURS: Final = 1.2
_SYLLABLES: Final = (
    "ba",
    "dri",
    "el",
    "fat",
    "gjer",
    "kal",
    "lis",
    "mir",
    "nos",
    "rra",
    "shen",
    "vle",
)


@cache
def sentences() -> tuple[str, ...]:
    """Every sentence of the demo's Albanian desks, some 570."""
    texts = (post.text for desk in _albanian() for post in desk.listed())
    every = (line for text in texts for line in re.split(r"(?<=[.!?])\s+", " ".join(text.split())))
    # shorter ones are captions and cries
    return tuple(sorted({line for line in every if len(line) > 30}))


@cache
def headlines() -> tuple[str, ...]:
    """Every headline of the demo's Albanian desks."""
    return tuple(sorted({post.headline for desk in _albanian() for post in desk.listed()}))


@cache
def _albanian() -> tuple[Desk, ...]:
    return tuple(desk for desk in demo_desks() if desk.language == "sq")


def moments(count: int, *, seed: int = 1) -> list[datetime]:
    """When `count` posts went out, in local time, oldest first: never by night, half on Sundays."""
    chance, moment, found = random.Random(seed), NEWEST, list[datetime]()
    while len(found) < count:
        found.append(moment)
        slower = 1 + len(found) / 5_000
        moment -= timedelta(hours=chance.expovariate(1 / (HOURS * slower)))
        moment = _by_day(moment.replace(second=0, microsecond=0), chance)
    return found[::-1]


def _by_day(moment: datetime, chance: random.Random) -> datetime:
    """The moment, or an evening before it where it falls into a night or a quiet Sunday."""
    if moment.weekday() == _SUNDAY and chance.random() < 0.5:
        moment -= timedelta(days=1)
    if moment.hour >= _OPENS:
        return moment
    return (moment - timedelta(days=1)).replace(hour=23, minute=chance.randrange(60))


_OPENS, _SUNDAY = 7, 6


def posts(count: int, *, seed: int = 1) -> Iterator[Post]:
    """`count` posts, oldest first, numbered in their slugs from 1."""
    chance = random.Random(seed)
    for number, moment in enumerate(moments(count), 1):
        yield Post(
            headline=f"{chance.choice(headlines())} ({number})",
            at=moment.isoformat(),
            html=_html(chance, number),
            slug=f"lajmi-{number}",
            by=_name(chance),
            section="Aktualitet",
        )


def plain(count: int, *, seed: int = 1) -> Iterator[tuple[str, str, str]]:
    """Headline, lead and text of `count` pieces as a reader would leave them, 2 KB each."""
    chance = random.Random(seed)
    for number in range(1, count + 1):
        paragraphs = [_paragraph(chance) for _ in range(6)]
        yield f"{chance.choice(headlines())} ({number})", paragraphs[0], "\n".join(paragraphs)


def _html(chance: random.Random, number: int) -> str:
    """Six paragraphs with what editors put between them."""
    first, second, *rest = (_paragraph(chance) for _ in range(6))
    picture = (
        f'<figure class="wp-block-image size-large"><img decoding="async" width="1024" '
        f'height="683" src="/wp-content/uploads/2025/05/foto-{number}-1024x683.jpg" '
        f'alt="" class="wp-image-{number}" />'
        f"<figcaption>Foto: {_name(chance)}</figcaption></figure>"
    )
    linked = f'<p>{second} <a href="/2025/05/lajmi-{number // 2 + 1}/">Lexoni edhe</a></p>'
    parts = [f"<p><strong>{first}</strong></p>", picture, linked]
    return "\n\n\n\n".join([*parts, *(f"<p>{words}</p>" for words in rest)])


def _paragraph(chance: random.Random) -> str:
    """Three or four sentences and a figure: no two paragraphs are the same."""
    words = " ".join(chance.sample(sentences(), chance.choice((3, 4))))
    return f"{words} {_name(chance)} numëroi {chance.randrange(10, 9_999)}."


def _name(chance: random.Random) -> str:
    """A name that nobody has: they make an index grow as real ones do."""
    first, last = ("".join(chance.choices(_SYLLABLES, k=2)).capitalize() for _ in range(2))
    return f"{first} {last}"
