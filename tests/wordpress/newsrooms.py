"""The invented newsrooms of the laboratory: which posts, when, and the traps among them.

All words are invented. The windows hold a clock change each, and every site has posts at exactly
midnight and on both edges of every window, as the reader's zone (Europe/Tirane) counts days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Final

from crawler.models import Window
from tests.wordpress.laboratory import Post, Seed

READERS: Final = "Europe/Tirane"
SPRING: Final = Window.of_days(date(2025, 3, 24), date(2025, 4, 6), READERS)
# Tirana changes its clock on 2025-03-30
AUTUMN: Final = Window.of_days(date(2024, 10, 21), date(2024, 11, 10), READERS)
# Tirana on 2024-10-27, New York on 2024-11-03
DEEP: Final = Window.of_days(date(2022, 3, 24), date(2022, 4, 6), READERS)
# more than 300 feed pages before the newest post of `arkiva`
FOLDED: Final = Window.of_days(date(2025, 10, 26), date(2025, 10, 27), "Asia/Tehran")
# begins half an hour before Beirut's clock goes back from midnight to 23:00
SECOND: Final = timedelta(seconds=1)

WORDS: Final = (
    "panair",
    "ura",
    "kënga",
    "çelësi",
    "rrëfim",
    "dëshmi",
    "fusha",
    "limani",
    "vjeshtë",
    "shëtitje",
)


def title(number: int) -> str:
    """An invented headline for every number; every 25th has characters that need care."""
    words = [WORDS[(number // 10**place) % 10] for place in range(3)]
    care = " & “thonjëza” <em>të pjerrëta</em>" if number % 25 == 0 else ""
    return f"{words[0].capitalize()} e {words[1]}s në {words[2]} {number}{care}"


def body(number: int) -> str:
    """Two invented paragraphs."""
    words = " ".join(WORDS[(number * 7 + step) % 10] for step in range(40))
    return (
        f"<p>Lajmi numër {number}: {words}.</p>\n<p>Paragrafi i dytë, “me thonjëza” dhe ë, ç.</p>"
    )


def written(numbers: Iterator[int], instants: list[datetime], **rest: str) -> list[Post]:
    """One invented post an instant."""
    return [
        Post(slug=f"lajm-{n}", title=title(n), at=at, html=body(n), **rest)  # type: ignore[arg-type]
        for at, n in zip(instants, numbers, strict=False)
    ]


def spread(window: Window, amount: int) -> list[datetime]:
    """`amount` whole-second instants inside, evenly, none on an edge, newest first."""
    step = (window.end - window.start) / (amount + 1)
    inside = [window.start + step * place for place in range(1, amount + 1)]
    return [at.replace(microsecond=0).astimezone(UTC) for at in reversed(inside)]


def edges(window: Window) -> list[datetime]:
    """Two instants just inside and two just outside, and a midnight in the middle."""
    day = datetime.combine(window.first_day + timedelta(days=3), datetime.min.time())
    midnight = day.replace(tzinfo=window.start.tzinfo)
    return [window.start, window.end - SECOND, window.start - SECOND, window.end, midnight]


REPEATED: Final = [
    datetime(2024, 10, 27, 0, 30, tzinfo=UTC),
    datetime(2024, 10, 27, 1, 30, tzinfo=UTC),
]
# both are 02:30 on Tirana's clock
SKIPPED: Final = [
    datetime(2025, 3, 30, 0, 59, 59, tzinfo=UTC),
    datetime(2025, 3, 30, 1, 0, tzinfo=UTC),
]
# 01:59:59, and a second later 03:00:00, on Tirana's clock
OTHER_DAYS: Final = [datetime(2025, 5, 1 + day, 9, tzinfo=UTC) for day in range(20)]


REST_REFUSED: Final = ("fjala", "arkiva")
# sites whose REST the laboratory keeps shut


def ordinary(inside: int) -> list[Post]:
    """Both windows with their edges and clock changes, and posts of other days."""
    numbers = count(1)
    traps = [*edges(SPRING), *edges(AUTUMN), *REPEATED, *SKIPPED]
    in_spring = inside - len([at for at in traps if SPRING.holds(at)])
    instants = sorted([*traps, *spread(SPRING, in_spring), *spread(AUTUMN, 8), *OTHER_DAYS])
    return written(numbers, instants)


def gazeta() -> Seed:
    """REST open, 236 posts in spring, a type of its own, a sticky and a back-dated post."""
    posts = ordinary(234)
    numbers = count(1001)
    reports = written(numbers, [*spread(SPRING, 7), *edges(SPRING), OTHER_DAYS[0]], type="ngjarje")
    old = datetime(2023, 1, 15, 10, tzinfo=UTC)
    sticky = Post(slug="ngjitur", title="I ngjitur prej vitesh", at=old, html=body(5), sticky=True)
    pinned = Post(
        slug="ngjitur-sot",
        title="I ngjitur sot",
        at=spread(SPRING, 1)[0],
        html=body(6),
        sticky=True,
    )
    back = Post(
        slug="pas-date",
        title="I shkruar vonë, me datë të vjetër",
        at=spread(SPRING, 3)[1],
        html=body(7),
    )
    draft = Post(slug="skice", title="Skicë", at=spread(SPRING, 1)[0], html=body(8), status="draft")
    return Seed(
        title="Gazeta Provë",
        posts=(sticky, pinned, *posts, *reports, draft, back),
        types=("ngjarje",),
    )


def york() -> Seed:
    """REST open, on New York time, exactly 100 posts in spring: one full page."""
    return Seed(
        title="The Sample Courier",
        zone="America/New_York",
        locale="en_US",
        posts=tuple(ordinary(100)),
    )


def fjala() -> Seed:
    """On UTC, feeds with excerpts only, no SEO plugin; the laboratory refuses its REST."""
    return Seed(title="Fjala e Provës", zone="UTC", feed_excerpts=True, posts=tuple(ordinary(34)))


POSTS_OF_THE_ARCHIVE: Final = 3600
# 360 feed pages of ten


def arkiva() -> Seed:
    """An archive of 3,600 posts, nine hours apart: the windows lie hundreds of feed pages away."""
    newest = datetime(2025, 6, 1, 12, tzinfo=UTC)
    places = reversed(range(POSTS_OF_THE_ARCHIVE))
    instants = [newest - timedelta(hours=9 * place) for place in places]
    return Seed(title="Arkiva Provë", posts=tuple(written(count(1), instants)))


def bejrut() -> Seed:
    """A post every ten minutes of a night on which the site's clock shows an hour twice."""
    first = datetime(2025, 10, 25, 19, tzinfo=UTC)
    instants = [first + timedelta(minutes=10 * step) for step in range(48)]
    return Seed(title="Bejrut Provë", zone="Asia/Beirut", posts=tuple(written(count(1), instants)))


def vogla(posts: int = 12) -> Seed:
    """A small newsroom that a test may change: all posts inside spring."""
    return Seed(title="Vogla", posts=tuple(written(count(1), sorted(spread(SPRING, posts)))))
