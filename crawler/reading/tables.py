"""A table that a person brings, whichever spreadsheet saved it (pure)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _csv import Reader


def table_rows(text: str) -> Reader:
    """The rows of a CSV with or without a byte order mark; what its head has most of parts it.

    Comma, semicolon or tab. The reader raises csv.Error, and knows its `line_num`.
    """
    head = text.partition("\n")[0]
    return csv.reader(
        io.StringIO(text.removeprefix("\ufeff")), delimiter=max(",;\t", key=head.count)
    )
