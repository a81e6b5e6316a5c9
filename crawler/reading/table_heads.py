"""Which row of a table is its head, and what its columns are asked for as (pure)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from crawler.language.folding import folded_words
from crawler.reading.table_files import tables_in
from crawler.reading.tables import HEAD_WITHIN, Row, Table, WrongTable

# What each column may be called, folded, in Albanian and English.
COLUMNS: Final[Mapping[str, str]] = {
    "outlet": "outlet|media|medium|mediumi|mediat|mediumet|gazeta|portali|burimi|organi|kanali"
    "|emri i medias|emri i mediumit|media outlet|news outlet|outlet name|source|publication"
    "|publisher|newspaper|channel",
    "url": "url|link|linku|links|linqet|lidhja|lidhja e lajmit|adresa|adresa e lidhjes|vegza|vegeza"
    "|linku i lajmit|linku i shkrimit|linku i artikullit|address|web address|hyperlink|web link",
    "headline": "headline|headlines|title|titulli|titujt|titull|titulli i lajmit"
    "|titulli i shkrimit|titulli i artikullit|kryetitulli|article|article title|news title"
    "|artikulli|shkrimi|lajmi",
    "published": "published|published on|published at|date|data|datat|data e botimit"
    "|data e publikimit|data e lajmit|botuar|botuar me|publikuar|publikuar me|dita|day"
    "|publication date|publish date|date published|date of publication|pub date",
    "time": "time|ora|koha|hour|ora e botimit|ora e publikimit|clock",
    "byline": "byline|author|authors|autori|autoret|autor|gazetari|journalist|reporter|by line",
    "lead": "lead|hyrja|excerpt|summary|permbledhja|description|pershkrimi|teaser|fjalia e pare",
    "text": "text|tekst|teksti|teksti i plote|permbajtja|body|full text|content",
    "language": "language|gjuha|lang",
    "translation": "translation|perkthimi|perkthim|titulli i perkthyer|perkthimi i titullit"
    "|translated headline|translated title|headline translation",
    "by": "by|translated by|translator|perktheu|perkthyesi|nga",
}
# Columns that lists have and that nobody needs: numbers, remarks.
NEVER_MIND: Final = frozenset(("nr", "no", "numri", "number", "rreshti", "row", "id", ""))
# How near a word must be to one that is known, to be a slip of the finger.
_SLIP: Final = 0.8
# Headings that only tables of ours have, by which one is known.
_OURS: Final = 3
_BRACKETS: Final = re.compile(r"\(([^)]*)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a head."""

    # from 0
    at: int
    # as it stands there
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table whose columns were understood."""

    table: Table
    # the line of its head
    head: int
    # by what they are asked for
    columns: Mapping[str, Column]
    # columns with a name that nobody asked for
    left_out: tuple[Column, ...]
    # below the head
    rows: tuple[Row, ...]
    # names of further sheets that hold something
    others: tuple[str, ...] = ()

    def told(self, row: Row) -> dict[str, str]:
        """What a row says, by column; nothing for an empty cell."""
        cells = {
            name: row.cells[column.at].strip()
            for name, column in self.columns.items()
            if column.at < len(row.cells)
        }
        return {name: cell for name, cell in cells.items() if cell}

    def place(self, line: int, name: str | None = None) -> str:
        """Where a row or a cell is, for people: `line 3: headline`, `Lista!C3: headline`."""
        column = self.columns.get(name or "")
        said = self.table.place(line, column.at if column else None)
        return f"{said}: {name}" if name else said


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for in a table."""

    # what columns are asked for as, those that must be there first
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    # folded headings that mean another thing here than elsewhere; None: it is left out unsaid
    own: Mapping[str, str | None] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every column that is asked for."""
        return (*self.needed, *self.optional)

    def columns(self, cells: Sequence[str]) -> dict[str, Column]:
        """The columns that a row names, the first of each."""
        meant, found = self._words(cells), dict[str, Column]()
        for at, cell in enumerate(cells):
            name = meant.get(heading_words(cell))
            if name:
                found.setdefault(name, Column(at=at, heading=" ".join(cell.split())))
        return found

    def left_out(self, cells: Sequence[str]) -> list[Column]:
        """The columns with a name that was not understood."""
        meant, named = self._words(cells), {one.at for one in self.columns(cells).values()}
        return [
            Column(at=at, heading=" ".join(cell.split()))
            for at, cell in enumerate(cells)
            if at not in named
            and cell.strip()
            and heading_words(cell) not in meant
            and heading_words(cell) not in NEVER_MIND
        ]

    def count(self, cells: Sequence[str]) -> int:
        """How many of its columns a row names."""
        return len(self.columns(cells))

    def _words(self, cells: Sequence[str]) -> Mapping[str, str | None]:
        """What headings mean in a table with this head: those of our own tables in ours."""
        usual: dict[str, str | None] = {
            word: name for name in self.names for word in COLUMNS.get(name, name).split("|")
        }
        own = self.own or {}
        unsaid = sum(own.get(heading_words(cell), "") is None for cell in cells)
        return {**usual, **own} if unsaid >= _OURS else usual


def heading_words(text: str) -> str:
    """A heading as it is compared: without capitals, accents, signs, and what brackets say."""
    return " ".join(folded_words(_BRACKETS.sub(" ", text)))


def in_brackets(heading: str) -> str | None:
    """What a heading says in brackets: `botuar (Europe/Tirane)`."""
    found = _BRACKETS.search(heading)
    return found[1].strip() if found else None


def read_sheet(body: bytes, asked: Asked) -> Sheet:
    """The table of a file that has most of what is asked for. Raises WrongTable with the place.

    A word of the head that is nearly one that is known is refused as a slip of the finger.
    """
    tables = tables_in(body, asked.count)
    if not any(table.rows for table in tables):
        told = "line 1: the column {name} is missing; known: {known}"
        raise WrongTable(told, name=asked.needed[0], known=_list(asked))
    heads = [(table, *_head(table, asked)) for table in tables]
    table, at, columns = max(heads, key=lambda one: len(one[2]))
    head, rows = table.rows[at], table.rows[at + 1 :]
    place = table.place(head.line)
    for name in asked.needed:
        if name not in columns:
            told = "{place}: the column {name} is missing; known: {known}"
            raise WrongTable(told, place=place, name=name, known=_list(asked))
    strangers = asked.left_out(head.cells)
    for one in strangers:
        _want_no_slip(table, head.line, one, asked)
    sheet = Sheet(
        table=table,
        head=head.line,
        columns=columns,
        left_out=tuple(one for one in strangers if _holds(rows, one.at)),
        rows=rows,
        others=tuple(one.sheet for one in tables if one.sheet and one is not table),
    )
    _want_named(sheet, head)
    return sheet


def _list(asked: Asked) -> str:
    return ", ".join(asked.names)


def _head(table: Table, asked: Asked) -> tuple[int, dict[str, Column]]:
    """The row that names most columns, the first of equals, and what it names."""
    found = [asked.columns(row.cells) for row in table.rows[:HEAD_WITHIN]]
    at = max(range(len(found)), key=lambda at: len(found[at]))
    return at, found[at]


def _holds(rows: Iterable[Row], at: int) -> bool:
    return any(at < len(row.cells) and row.cells[at].strip() for row in rows)


def _want_no_slip(table: Table, line: int, column: Column, asked: Asked) -> None:
    """Raises WrongTable for a heading that is nearly one that is known."""
    words = [word for name in asked.names for word in COLUMNS.get(name, name).split("|")]
    near = difflib.get_close_matches(heading_words(column.heading), words, 1, _SLIP)
    if near:
        raise WrongTable(
            "{place}: unknown column {heading!r:.60}: did you mean {near}? known: {known}",
            place=table.place(line, column.at if table.sheet else None),
            heading=column.heading,
            near=near[0],
            known=_list(asked),
        )


def _want_named(sheet: Sheet, head: Row) -> None:
    """Raises WrongTable for a cell that stands under no heading: which column is it of?

    In a CSV a comma that nobody quoted pushes cells to the right.
    """
    named = {at for at, cell in enumerate(head.cells) if cell.strip()}
    for row in sheet.rows:
        if sheet.table.sheet is None and len(row.cells) > len(head.cells):
            raise WrongTable(
                "{place}: {n} cells under {n2} columns: put a cell that holds a comma into quotes",
                place=sheet.place(row.line),
                n=len(row.cells),
                n2=len(head.cells),
            )
        for at, cell in enumerate(row.cells):
            if cell.strip() and at not in named:
                place = sheet.table.place(row.line, at)
                raise WrongTable(
                    "{place}: {strip!r:.60} stands under no heading",
                    place=place,
                    strip=cell.strip(),
                )
