"""What events and towns are called in the languages of our outlets' neighbours (pure).

The tables are `glossary.txt` and `towns.txt` beside this module, which say what their columns are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from crawler.language.albanian import stem
from crawler.language.folding import fold, folded_words
from crawler.language.stemming import stems_of_term

TONGUES: Final = 8
# columns of a line
_BY_BEGINNING: Final = (4, 5, 7)
# columns in Cyrillic, Greek, Persian


@cache
def things() -> Mapping[str, frozenset[str]]:
    """Albanian stem of a word -> what must stand for it in another language.

    Folded words and stems; "книг*" is every word that begins so.
    """
    return _read("glossary.txt")


@cache
def towns() -> Mapping[str, frozenset[str]]:
    """The same for towns."""
    return _read("towns.txt")


def _read(name: str) -> Mapping[str, frozenset[str]]:
    table = files(__package__).joinpath(name).read_text(encoding="utf-8")
    found: dict[str, frozenset[str]] = {}
    for line in table.splitlines():
        if not line.startswith("#"):
            known, others = _line(line.split("|"))
            found[known] = found.get(known, frozenset()) | others  # bletar and bletari are one stem
    return found


def _line(columns: Sequence[str]) -> tuple[str, frozenset[str]]:
    albanian, *others = columns
    assert len(columns) == TONGUES, columns
    return stem(fold(albanian)), frozenset(_foreign(others))


def _foreign(columns: Sequence[str]) -> Iterator[str]:
    for number, told in enumerate(columns, start=1):
        for word in folded_words(told):
            if number in _BY_BEGINNING:
                yield f"{word}*"
            else:
                yield word
                yield from stems_of_term(word)
