"""A page as the table of routes has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from starlette.responses import Response

from jehona.desk.guard import LARGEST_FORM
from jehona.desk.visit import Visit

View = Callable[[Visit], Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One address of the desk, and the function that answers it."""

    # "/events/{slug}"
    path: str
    view: View
    method: Literal["GET", "POST"] = "GET"
    # whether it is answered before anybody came in
    open: bool = False
    # whether it is answered before they said who they are
    nameless: bool = False
    # whether a token may read it
    reads: bool = False
    # whether who looks at it has seen the pieces of the path's event: Today tells what is new since
    looks: bool = False
    # bytes of the form that is posted to it, with its files
    most: int = LARGEST_FORM


def shown(path: str, view: View, *, reads: bool = False, looks: bool = False) -> Page:
    """A page to look at; with `reads` also as JSON, by a token."""
    return Page(path=path, view=view, reads=reads, looks=looks)


def done(path: str, view: View, *, most: int = LARGEST_FORM) -> Page:
    """What a form is posted to, of at most so many bytes; it ends with `visit.go`."""
    return Page(path=path, view=view, method="POST", most=most)
