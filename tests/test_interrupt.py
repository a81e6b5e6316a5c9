"""Ctrl-C ends a crawl between two steps."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from threading import Thread

import pytest

from crawler.run.runtime import interrupts_cancel

posix = pytest.mark.skipif(sys.platform == "win32", reason="SIGINT to oneself is POSIX")


async def pressed(times: int, seen: list[str]) -> None:
    """Presses Ctrl-C in the middle of its own step, then waits."""
    for _ in range(times):
        os.kill(os.getpid(), signal.SIGINT)
    seen.append("the step went on")
    try:
        await asyncio.sleep(30)
    except asyncio.CancelledError:
        seen.append("told")
        raise


@posix
@pytest.mark.parametrize(
    ("times", "expected"),
    [(1, ["the step went on", "told"]), (2, [])],
    ids=["once: between two steps", "twice: at once"],
)
def test_ctrl_c(times: int, expected: list[str]) -> None:
    seen: list[str] = []
    loop = asyncio.new_event_loop()
    try:
        task = loop.create_task(pressed(times, seen))
        with pytest.raises(KeyboardInterrupt), interrupts_cancel(loop, task):
            loop.run_until_complete(task)
        task.cancel()
        loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
    finally:
        loop.close()
    assert seen == expected
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_task_that_is_cancelled_by_others_is_no_interrupt() -> None:
    loop = asyncio.new_event_loop()
    try:
        task = loop.create_task(asyncio.sleep(30))
        loop.call_soon(task.cancel)
        with pytest.raises(asyncio.CancelledError), interrupts_cancel(loop, task):
            loop.run_until_complete(task)
    finally:
        loop.close()


def test_another_thread_is_left_alone() -> None:
    loop = asyncio.new_event_loop()
    done: list[int] = []

    def other() -> None:
        async def one() -> int:
            return 1

        task = loop.create_task(one())
        with interrupts_cancel(loop, task):
            done.append(loop.run_until_complete(task))

    thread = Thread(target=other)
    thread.start()
    thread.join()
    loop.close()
    assert done == [1]
