"""Plain posts in any number, for big desks."""

from __future__ import annotations

from datetime import datetime, timedelta

from jehona.demo.newsdesk import Post


def many_posts(
    count: int,
    *,
    newest: str = "2026-05-30T12:00",
    every: timedelta = timedelta(hours=2),
    headline: str = "Lajmi {n} nga redaksia",
    text: str = "Ky është teksti i lajmit {n}.\n\nMë shumë njoftime jepen gjatë javës.",
) -> list[Post]:
    """`count` plain posts for big desks, oldest first, the last one at `newest`."""
    last = datetime.fromisoformat(newest)
    return [
        Post(
            headline=headline.format(n=number),
            at=(last - every * (count - number)).isoformat(),
            text=text.format(n=number),
            slug=f"lajmi-{number}",
        )
        for number in range(1, count + 1)
    ]
