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
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from crawler.models import Brand, Outcome
from reports import charts
from reports.brand import logo_in
from reports.charts import PAGE, Palette
from reports.document.blocks import OURS, Chart, Checked, Document, Pieces, Tiles
from reports.formats.colours import palettes
from reports.formats.plain import LONGEST, plain
from reports.forms import Edition
from reports.words import say

TEMPLATES: Final = Path(__file__).resolve().parents[2] / "templates"


def set_html(told: Document, brand: Brand | None = None, logo: bytes | None = None) -> str:
    """A document as one HTML file.

    `logo` is a PNG or JPEG; the brand's own `logo` is only its file's name. Raises BrokenLogo
    (one line) for other bytes, ValueError for a colour that is none.
    """
    own = brand or Brand()
    style, script = _style(own.colour), _file("report.js")
    return (
        _environment()
        .get_template("report.html")
        .render(
            say=lambda key, **values: say(key, told.language, **values),
            policy=_policy(style, script),
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            language=told.language,
            brand=plain(own.name, LONGEST) if own.name else None,
            logo=logo_in(logo).data_uri if logo is not None else None,
            told=told,
            office=told.edition is Edition.FULL,
            listed=any(isinstance(b, Pieces) for s in told.sections for b in s.blocks),
        )
    )


# --- drawings escape every word themselves ------------------------------------------------


def _drawn(block: Chart | Tiles, width: int) -> Markup:
    return Markup(block.draw(width=width, colours=PAGE))  # noqa: S704


def _sign(outcome: Outcome | None) -> Markup:
    return Markup(charts.mark(outcome))  # noqa: S704 - holds no words


def _gauge(row: Checked) -> Markup:
    return Markup(row.gauge(PAGE))  # noqa: S704 - holds no words


def _kind(block: object) -> str:
    return type(block).__name__


@cache
def _environment() -> Environment:
    """No sandbox, which costs a third: the page's template is ours alone, nobody's copy serves."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        drawn=_drawn, sign=_sign, gauge=_gauge, kind=_kind,
        OURS=OURS, WIDE=charts.WIDE, NARROW=charts.NARROW,
    )  # fmt: skip
    return made


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
