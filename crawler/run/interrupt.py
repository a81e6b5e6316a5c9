"""Ctrl-C while a crawl runs: it ends between two steps, never in the middle of one.

Python raises KeyboardInterrupt wherever it happens to be: inside a library's own step too, whose
waiters then wait for ever. So the first Ctrl-C cancels the task, as `asyncio.Runner` does
(docs.python.org, "Handling Keyboard Interruption"); a second one is raised at once.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def interrupts_cancel(loop: asyncio.AbstractEventLoop, task: asyncio.Task[Any]) -> Iterator[None]:
    """Inside, Ctrl-C cancels `task`; outside all is as before.

    Another thread, or a program that handles the signal itself, is left alone. Raises
    KeyboardInterrupt instead of the cancelled task's CancelledError.
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

    signal.signal(signal.SIGINT, press)
    try:
        yield
    except asyncio.CancelledError:
        if pressed:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
