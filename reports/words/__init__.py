"""Every word that readers see, in Albanian and English: `sq.po` holds both side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from crawler.failure import Told
from reports.words.catalogue import Forms, catalogue

if TYPE_CHECKING:
    from crawler.models import Language


def say(key: str, language: Language, **values: object) -> str:
    """The words of `key`; a value `n` chooses between one and many. Raises KeyError."""
    return _filled(catalogue().words[key][language], values)


def tongue(code: str, language: Language) -> str:
    """A language's name, as it stands after "in"; a code without one stays what it is."""
    name = catalogue().words.get(f"tongue_{code}")
    return _filled(name[language], {}) if name else code


def line(english: Forms, language: Language, **values: object) -> str:
    """A line of a command or an error in the reader's language: its English, filled in.

    Of two forms a value `n` chooses. English asks no catalogue. What has no entry yet is said in
    English rather than not at all.
    """
    if language == "en":
        return _filled(english, values)
    one = english if isinstance(english, str) else english[0]
    return _filled(catalogue().lines.get(one, english), values)


def said(error: Told, language: Language) -> str:
    """The sentence of an error in the reader's language, with those that it quotes."""
    if language == "en":
        return str(error)
    values = {
        name: said(value, language) if isinstance(value, Told) else value
        for name, value in error.values.items()
    }
    return error.shaped(line(error.english, language, **values))


def _filled(forms: Forms, values: Mapping[str, object]) -> str:
    if isinstance(forms, tuple):
        forms = forms[values["n"] != 1]
    return forms.format(**values) if values else forms


def day(when: date, language: Language, *, year: bool = True) -> str:
    """`16 maj 2026`."""
    name = month(when.month, language)
    return f"{when.day} {name} {when.year}" if year else f"{when.day} {name}"


def month(number: int, language: Language) -> str:
    """`maj` for 5."""
    return say(f"month_{number}", language)
