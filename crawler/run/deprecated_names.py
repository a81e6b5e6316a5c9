"""Scrapy's deprecated names, made without reading the source of everybody who is importing.

For each class that it keeps under an old name, Scrapy asks `inspect.stack()` which of its modules
it is in (scrapy/utils/deprecate.py, `create_deprecated_class`). That looks through every module
that is loaded and reads the source of every caller: 0.13 s of CPU at every start of a crawl, for
three names that nobody here uses.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from scrapy.utils import deprecate


class _Inspect:
    """What Scrapy asks of `inspect` there, with the same answers."""

    isclass = staticmethod(inspect.isclass)
    getmodule = staticmethod(inspect.getmodule)

    @staticmethod
    def stack() -> list[tuple[ModuleType]]:
        """The module that asks, then the one that called it: all that Scrapy looks at."""
        asking, calling = sys._getframe(1), sys._getframe(2)
        return [(sys.modules[frame.f_globals["__name__"]],) for frame in (asking, calling)]


@contextmanager
def sources_unread() -> Iterator[None]:
    """Inside, Scrapy's modules are imported at the cost of any other."""
    usual = vars(deprecate)["inspect"]
    vars(deprecate)["inspect"] = _Inspect
    try:
        yield
    finally:
        vars(deprecate)["inspect"] = usual
