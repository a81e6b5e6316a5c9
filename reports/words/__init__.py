"""Every word that readers see, in Albanian and English: `sq.po` holds both side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from crawler.models import Language
from reports.words.catalogue import Forms, catalogue

MONTHS: Final[Mapping[Language, Sequence[str]]] = {
    "sq": (
        *("janar", "shkurt", "mars", "prill", "maj", "qershor"),
        *("korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
# Names of languages as they stand after "in"; others show their code.
TONGUES: Final[Mapping[str, Mapping[Language, str]]] = {
    "sq": {"sq": "shqip", "en": "Albanian"},
    "en": {"sq": "anglisht", "en": "English"},
    "it": {"sq": "italisht", "en": "Italian"},
    "el": {"sq": "greqisht", "en": "Greek"},
    "mk": {"sq": "maqedonisht", "en": "Macedonian"},
    "sr": {"sq": "serbisht", "en": "Serbian"},
    "hr": {"sq": "kroatisht", "en": "Croatian"},
    "de": {"sq": "gjermanisht", "en": "German"},
    "fr": {"sq": "frëngjisht", "en": "French"},
    "tr": {"sq": "turqisht", "en": "Turkish"},
    "fa": {"sq": "persisht", "en": "Persian"},
    "ar": {"sq": "arabisht", "en": "Arabic"},
}


def say(key: str, language: Language, **values: object) -> str:
    """The words of `key`; a value `n` chooses between one and many. Raises KeyError."""
    return _filled(catalogue().words[key][language], values)


def tongue(code: str, language: Language) -> str:
    """A language's name for readers."""
    return TONGUES[code][language] if code in TONGUES else code


def line(english: str, language: Language, **values: object) -> str:
    """A line of a command or an error in the reader's language: its English, filled in.

    English asks no catalogue. What has no entry yet is said in English rather than not at all.
    """
    told = english if language == "en" else catalogue().lines.get(english, english)
    return _filled(told, values)


def _filled(forms: Forms, values: Mapping[str, object]) -> str:
    if isinstance(forms, tuple):
        forms = forms[values["n"] != 1]
    return forms.format(**values)


def day(when: date, language: Language, *, year: bool = True) -> str:
    """`16 maj 2026`."""
    name = MONTHS[language][when.month - 1]
    return f"{when.day} {name} {when.year}" if year else f"{when.day} {name}"
