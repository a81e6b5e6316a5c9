"""The page put together: template, style and script in one file that asks nobody for anything.

A Content-Security-Policy in the page lets exactly this style and this script run, by their
hashes, and nothing load; a headline that slipped through as markup could still do nothing.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from crawler.models import Brand, Event, Language
from reports.brand import logo_in
from reports.charts import Palette
from reports.formats.colours import palettes
from reports.formats.html.answer import cards, hurdles
from reports.formats.html.figures import figures, tiles
from reports.formats.html.links import short
from reports.formats.html.rows import Block, blocks, outlets_of
from reports.formats.html.sections import (
    apart,
    changes,
    checked,
    told_of_method,
    unchecked,
    waiting,
)
from reports.formats.plain import plain
from reports.models import Report
from reports.readers_edition import for_readers
from reports.readiness import readiness
from reports.sentences import silence, statement
from reports.words import day, say, tongue

TEMPLATES: Final = Path(__file__).resolve().parents[2] / "templates"


def to_html(
    report: Report, language: Language, brand: Brand | None = None, logo: bytes | None = None
) -> str:
    """The whole report for a reader of `language`, as one HTML file (`reports.readers_edition`).

    `logo` is a PNG or JPEG; the brand's own `logo` is only its file's name. Raises BrokenLogo
    (one line) for other bytes, ValueError for a colour that is none.
    """
    own = brand or Brand()
    style, script = _style(own.colour), _file("report.js")
    report = for_readers(report)
    rows = blocks(report, language)
    return (
        _environment()
        .get_template("report.html")
        .render(
            say=lambda key, **values: say(key, language, **values),
            policy=_policy(style, script),
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            language=language,
            brand=short(own.name) if own.name else None,
            logo=logo_in(logo).data_uri if logo is not None else None,
            blocks=rows,
            **_head(report, language),
            **_around(report, rows, language),
            **_choices(report, language),
        )
    )


def _head(report: Report, language: Language) -> dict[str, Any]:
    """Title and answer."""
    spoken = plain(silence(report, language)) if not report.pieces else None
    can = readiness(report, language)
    return {
        "title": short(report.event.title),
        "about": _about(report.event, language),
        "statement": plain(statement(report, language)),
        "silence": _parted(spoken) if spoken else None,
        "apart": apart(report, language),
        "can": can,
        "hurdles": hurdles(can),
        "tiles": tiles(report, language) if report.completeness else None,
        "cards": tuple(cards(report, language)) if report.pieces else (),
    }


def _parted(told: str) -> tuple[str, str]:
    """The first sentence, and the rest."""
    first, stop, rest = told.partition(". ")
    return first + stop.strip(), rest


def _about(event: Event, language: Language) -> tuple[str, ...]:
    """Day, place, organiser and window, as far as they are known."""
    first, last = (day(when, language) for when in (event.first_day, event.last_day))
    told = (day(event.date, language) if event.date else None, event.place, event.organiser)
    return (*(short(part) for part in told if part), f"{first} – {last}")


def _around(report: Report, rows: tuple[Block, ...], language: Language) -> dict[str, Any]:
    """What stands around the list."""
    paragraphs = (report.event.introduction or "").split("\n\n")
    return {
        "owned": any(row.ours or row.tier for block in rows for row in block.rows),
        "figures": tuple(figures(report, language)),
        "waiting": waiting(report, rows, language),
        "changes": tuple(changes(report, language)),
        "unchecked": tuple(unchecked(report, language)),
        "checked": tuple(checked(report, language)),
        "introduction": tuple(plain(part) for part in paragraphs if part.strip()),
        "method": tuple(told_of_method(report, language)),
        "understood": tuple(plain(term) for term in report.method.keywords),
    }


def _choices(report: Report, language: Language) -> dict[str, Any]:
    """What the filters of the list offer."""
    codes = sorted({piece.language for piece in report.pieces if piece.language})
    return {
        "outlets": tuple(outlets_of(report).values()),
        "languages": tuple((short(code), short(tongue(code, language))) for code in codes),
        "days": tuple(
            (when.isoformat(), day(when, language, year=when.year != report.event.first_day.year))
            for when, _ in report.by_day()
        ),
        "total": len(report.pieces),
    }


@cache
def _environment() -> Environment:
    """No sandbox, which costs a third: the page's template is ours alone, nobody's copy serves."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _file(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def _style(colour: str | None) -> str:
    """The style sheet with the brand's colours for both papers; print is always light."""
    light, dark = palettes(colour)
    night = f"@media screen and (prefers-color-scheme:dark){{:root{{{_properties(dark)}}}}}"
    return f":root{{{_properties(light)}}}\n{night}\n{_file('report.css')}"


def _properties(colours: Palette) -> str:
    return ";".join(f"--{name.name}:{getattr(colours, name.name)}" for name in fields(colours))


def _policy(style: str, script: str) -> str:
    """Only this style and this script, images only from the page itself, nothing else at all."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"
