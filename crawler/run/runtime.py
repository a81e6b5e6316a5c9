"""What a run asks of Python itself: interrupts between two steps, seldom garbage, quick turns.

Python raises KeyboardInterrupt wherever it happens to be: inside a library's own step too, whose
waiters then wait for ever. So the first Ctrl-C cancels the task, as `asyncio.Runner` does
(docs.python.org, "Handling Keyboard Interruption"); a second one is raised at once.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Signals that ask a program to end, besides Ctrl-C; not every system has both.
ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
# Objects made between two looks for garbage: those of some ten pages.
SELDOM = 20_000
# Seconds after which a thread that only computes lets another go on; Python's own are 0.005. The
# outlets' thread asks anew after every word to a socket or the record: thirty times a stored page.
TURN = 0.0005


@contextmanager
def interrupts_cancel(loop: asyncio.AbstractEventLoop, task: asyncio.Task[Any]) -> Iterator[None]:
    """Inside, Ctrl-C cancels `task`; outside all is as before.

    The request to end (SIGTERM) and a terminal that is closed (SIGHUP) do the same, unless somebody
    said otherwise (`nohup`). Another thread, or a program that handles the signal itself, is left
    alone. Raises KeyboardInterrupt instead of the cancelled task's CancelledError.
    """
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    pressed: list[int] = []

    def press(number: int, _frame: object) -> None:
        pressed.append(number)
        if len(pressed) > 1:
            raise KeyboardInterrupt
        loop.call_soon_threadsafe(task.cancel)

    others = [each for each in ENDING if signal.getsignal(each) is signal.SIG_DFL]
    for each in (signal.SIGINT, *others):
        signal.signal(each, press)
    try:
        yield
    except asyncio.CancelledError:
        if pressed:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for each in others:
            signal.signal(each, signal.SIG_DFL)


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


@contextmanager
def quick_turns() -> Iterator[None]:
    """A thread that reads a long answer hardly slows down the one that serves all outlets.

    Undone at the end.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
