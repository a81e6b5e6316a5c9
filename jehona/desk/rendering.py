"""The desk's pages as templates: every word escaped, nothing inline."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from jehona.desk import forms_of
from reports import words

if TYPE_CHECKING:
    from jehona.desk.visit import Visit

HERE: Final = Path(__file__).parent / "templates"
STATIC: Final = Path(__file__).parent / "static"
# Of what another address would have, were it another: a year, the longest that caches heed.
FOR_GOOD: Final = "private, max-age=31536000, immutable"
# How an outcome looks: a sign of desk.css.
SIGNS: Final[Mapping[str, str]] = {
    "complete": "good",
    "checked-by-hand": "good",
    "partial": "fair",
    "blocked": "bad",
    "broken": "bad",
    "unreachable": "bad",
    "declined": "none",
    "no-address": "none",
    "none": "none",
}
# of the navigation, in order: where it leads, and by which its word is known
PLACES: Final = (
    ("/", "today"),
    ("/events", "events"),
    ("/outlets", "outlets"),
    ("/newsletters", "newsletters"),
    ("/search", "search"),
    ("/settings", "settings"),
)


def render(visit: Visit, template: str, **values: Any) -> str:
    """A page for one visit."""
    language, zone = visit.language, visit.zone
    told = {
        "visit": visit,
        "say": visit.say,
        "language": language,
        "places": PLACES,
        "path": visit.request.url.path,
        "static": static,
        "tongue": lambda code: words.tongue(code, language),
        "when": lambda moment: forms_of.when(moment, language, zone),
        "day": lambda moment: forms_of.day(moment, language, zone),
        "ago": lambda moment: forms_of.ago(moment, visit.house.clock(), language, zone),
        "clock": lambda moment: forms_of.clock(moment, zone),
        "why": lambda told: forms_of.why(told.reason, told.numbers, language, zone),
        "what_to_do": lambda told, slug: forms_of.what_to_do(told.reason, language, slug),
        "reason": lambda code: forms_of.why(code, {}, language, zone),
        "said": lambda told: words.said(told, language),
        "sign": SIGNS.__getitem__,
        "sentence": lambda failure: words.said(failure, language),
        "number": lambda count: forms_of.number(count, language),
    }
    return _environment().get_template(template).render({**told, **values})


@cache
def static(name: str) -> str:
    """The address of a file of `static/`, which is another when the file is."""
    digest = sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?{digest}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
