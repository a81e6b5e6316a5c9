"""What is wrong with a site, to be switched on while its desk is served.

    desk.fault = challenge(status=200)
    desk.fault = None

`only` is a pattern searched in the target, `after` lets so many of those pass first,
`times` heals the site after so many.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jehona.demo.answers import Answer, Ask, page

Genuine = Callable[[], Answer]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fault:
    """One way to be broken."""

    name: str
    # "429"
    spoil: Callable[[Ask, Genuine], Answer]
    # what is answered in place of the genuine answer
    only: str = ""
    # a pattern searched in the target; "" meets all
    after: int = 0
    # so many of the requests it meets pass first
    times: int | None = None
    # and so many fail then; None: for ever

    def meets(self, ask: Ask) -> bool:
        """Whether the fault is about this request."""
        return re.search(self.only, ask.target) is not None


def challenge(status: int = 403, **where: Any) -> Fault:
    """A page that wants to see a person, on every path."""
    told = (
        "<!doctype html><title>Just a moment...</title><body>"
        '<div id="challenge-form">Checking your browser before accessing this site. '
        "Enable JavaScript and cookies to continue.</div>"
    )
    return always("challenge", page(status, told), where)


def always(name: str, answer: Answer, where: dict[str, Any]) -> Fault:
    """The same answer to everything that it meets."""
    return Fault(name=name, spoil=lambda *_: answer, **where)
