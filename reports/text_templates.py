"""Words into markup by templates that a person may copy and change.

A template is a plain file: Jinja2 in a sandbox, so that a template that came by mail reads
nothing and runs nothing (jinja.palletsprojects.com, "Sandbox"). Whatever it prints is escaped for
its form unless it says `| safe`; a name that does not exist is an error and not a hole.
"""

from __future__ import annotations

import html
import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from crawler.failure import Failure
from crawler.files import write_whole
from crawler.models import Language
from reports.formats.markdown import escape_long
from reports.formats.plain import plain
from reports.publishing.gutenberg import attributes
from reports.words import say

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_BLANK_LINES: Final = re.compile(r"\n{3,}")
SHIPPED: Final = Path(__file__).resolve().parent / "templates"
# right-to-left scripts that outlets of our catalogue print in
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})


class TemplateBroken(Failure):
    """A template that cannot be used: one line with file and line."""


def typeset(name: str, noun: DataclassInstance, own: Path | None, **further: object) -> str:
    """The template `name` ("roundup.html") filled with the fields of `noun`, and what is `further`.

    `noun.language` is the reader's. `own` is the folder of a person's copies; the shipped one
    serves where it has none. Raises TemplateBroken, one line that names file and line.
    """
    place = template_file(name, own)
    words = {field.name: getattr(noun, field.name) for field in fields(noun)}
    try:
        template = _environment(place, words["language"]).get_template(place.name)
        return _BLANK_LINES.sub("\n\n", template.render({**words, **further})).strip() + "\n"
    except TemplateError as error:
        raise TemplateBroken(_sentence(error, place)) from None
    except (TypeError, ValueError, LookupError, AttributeError, OverflowError) as error:
        # what a template's own expressions raise: 1 + "x", a loop over a number, a word we lack
        raise TemplateBroken(_sentence(error, place)) from None


def template_file(name: str, own: Path | None) -> Path:
    """The file that serves: a person's copy, else the shipped one."""
    file = f"{name}.jinja"
    if own is not None and (own / file).is_file():
        return own / file
    return SHIPPED / file


def own_template(name: str, own: Path | None) -> Path | None:
    """A person's copy of a template ("roundup.html"), where there is one."""
    file = None if own is None else own / f"{name}.jinja"
    return file if file is not None and file.is_file() else None


def copy_template(name: str, own: Path) -> Path:
    """Puts the shipped template into a person's folder, unless one is there. Gives its place."""
    target = own / f"{name}.jinja"
    if not target.exists():
        write_whole(target, (SHIPPED / target.name).read_text("utf-8"))
    return target


def _environment(place: Path, language: Language) -> ImmutableSandboxedEnvironment:
    form = place.name.split(".")[-2]
    escape = FINALS.get(form)
    made = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(place.parent), FileSystemLoader(SHIPPED)]),
        autoescape=form not in PLAIN,
        finalize=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals = {
        "say": partial(say, language=language),
        "direction": direction,
        "attribute": _attribute,
    }
    return made


def direction(code: str | None) -> str:
    """How a line of that language runs, for `dir`; the browser decides where it is not known."""
    if code is None:
        return "auto"
    return "rtl" if code in _RIGHT_TO_LEFT else "ltr"


def _attribute(value: str) -> Any:
    """A text as the comment of a WordPress block may hold it."""

    return Markup(attributes({"_": value})[len('{"_":') : -1])  # noqa: S704


def _markdown(value: Any) -> Any:
    """What a Markdown template prints is text, except for `| safe`."""
    return value if hasattr(value, "__html__") else escape_long(str(value))


def _line(value: Any) -> Any:
    """What a plain template prints stays on its line and holds no invisible signs."""
    return value if hasattr(value, "__html__") else plain(str(value))


def _block(value: Any) -> Any:
    """What a template of blocks prints is text, and no shortcode: WordPress would run [gallery]."""
    if hasattr(value, "__html__"):
        return value
    return Markup(str(escape(value)).replace("[", "&#091;").replace("]", "&#093;"))  # noqa: S704


FINALS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "md": _markdown,
    "text": _line,
    "blocks": _block,
}
# by the form in a template's name
PLAIN: Final = frozenset({"md", "text"})
# forms without HTML's entities; the others are escaped by Jinja2 too


def _sentence(error: Exception, place: Path) -> str:
    """`templates/roundup.html.jinja, line 7: 'outlt' is undefined: ...`"""
    where = getattr(error, "filename", None) or str(place)
    line = getattr(error, "lineno", None) or _line_of(error)
    told = re.sub(r"\s+", " ", html.unescape(str(error) or type(error).__name__))
    return f"{where}{f', line {line}' if line else ''}: {told}: mend the template, or take it away"


def _line_of(error: Exception) -> int | None:
    """The line of the template that was running: Jinja2 puts it into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename.endswith(".jinja")]
    return lines[-1] if lines else None
