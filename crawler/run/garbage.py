"""How often Python looks for garbage while a crawl runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 20_000
# objects made between two looks: those of some ten pages


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Garbage is looked for less often, and not among what was there before; undone at the end.

    A page's tree and facts are hundreds of objects that go by themselves: looking through them and
    all of Scrapy after every 700 is a twentieth of a crawl's CPU.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
