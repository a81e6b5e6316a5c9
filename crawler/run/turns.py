"""Whose turn it is: outlets share one thread, and no answer of one may keep it from the others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from crawler.limits import LONG_READING

T = TypeVar("T")
P = ParamSpec("P")


async def aside(size: int, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What `work` makes of an answer of so many bytes; of a long one in a thread.

    No outlet waits for another's answer. The caller shares nothing with it until it is done.
    """
    if size > LONG_READING:
        return await asyncio.to_thread(work, *given, **named)
    return work(*given, **named)
