"""The catalogue: gettext's own format, read as it stands, so that nothing is compiled or stale.

Only what we write is read: entries apart by an empty line, strings in double quotes, one or two
plural forms. Babel reads the same file in the tests, where both must find the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from crawler.models import Language


FOLDER: Final = Path(__file__).parent

# One form, or the form for one and the form for all other numbers.
Forms = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What one file of translations says."""

    # by key (msgctxt): the words in both languages
    words: Mapping[str, Mapping[Language, Forms]]
    # of the lines of commands and errors, by the English of one: the Albanian
    lines: Mapping[str, Forms]


@cache
def catalogue() -> Catalogue:
    """The words of the house, read once. Raises ValueError for an entry that is not whole."""
    words: dict[str, Mapping[Language, Forms]] = {}
    lines: dict[str, Forms] = {}
    for entry in _entries((FOLDER / "sq.po").read_text("utf-8")):
        english, albanian = _forms(entry, "msgid", "msgid_plural"), _forms(entry, *_STRINGS)
        if key := entry.get("msgctxt"):
            words[key] = {"en": english, "sq": albanian}
        elif one := entry["msgid"]:
            lines[one] = albanian
    return Catalogue(words=words, lines=lines)


_STRINGS: Final = ("msgstr[0]", "msgstr[1]")


def _forms(entry: Mapping[str, str], one: str, many: str) -> Forms:
    if "msgid_plural" in entry:
        return entry[one], entry[many]
    return entry[one.removesuffix("[0]")]


def _entries(text: str) -> Iterator[Mapping[str, str]]:
    """Each entry as its fields; comments and what is commented out are not there."""
    for block in text.split("\n\n"):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if line.startswith('"'):
                fields[name] += _unquoted(line)
                continue
            name, _, told = line.partition(" ")
            fields[name] = _unquoted(told)
        if fields:
            yield fields


def _unquoted(told: str) -> str:
    if "\\" in told:
        # gettext's escapes that we use (\" \\ \n \t) are those of JSON
        return str(json.loads(told))
    return told[1:-1]
