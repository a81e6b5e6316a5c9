"""Translations of headlines: which are wanted, a table for people, and a machine that is asked.

A person's words come first and stay; a machine's are kept under its name, so that every paper
marks them. The machine is a server that speaks the protocol of LibreTranslate
(docs.libretranslate.com: POST /translate).
"""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import urlsplit

from crawler.failure import Failure
from crawler.models import Brand, Language, Translator
from crawler.reading.table_heads import Asked, Sheet, read_sheet
from crawler.reading.tables import WrongTable
from crawler.urls import is_loopback
from reports.credentials import Password
from reports.formats.csv import BOM, guarded, unguarded
from reports.formats.sheets import Table, book_of
from reports.models import Piece, Report
from reports.publishing.refusals import saying

if TYPE_CHECKING:
    import requests

COLUMNS: Final = ("url", "outlet", "published", "language", "headline", "translation", "by")
AT_ONCE: Final = 25
# headlines in one request; servers bound both their number and their length
PATIENCE: Final = (10.0, 120.0)
# seconds for a connection and for an answer: a small server thinks long
DEADLINE: Final = 300.0
# seconds for a whole answer
LARGEST: Final = 1_000_000
# bytes of an answer
LONGEST: Final = 1_000
# characters of a translation; a headline is never so long


class NotTranslated(Failure):
    """A machine that did not answer usefully: one line, what happened and what to do."""

    code: ClassVar[int] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A person's translation out of a table."""

    line: int
    # of the file, the header is 1
    url: str
    # of the piece
    words: str
    # the translation; empty takes nothing back
    by: str | None
    # who wrote it; None: whoever brings the table


def wanting(report: Report, language: Language, *, machine_too: bool = False) -> list[Piece]:
    """Pieces whose headline is in another language and has no translation yet, each text's once.

    With `machine_too` also those that only a machine translated. Those of an unknown language
    are among them: a person will see.
    """
    return [
        piece
        for piece in report.pieces
        if piece.headline
        and piece.language != language
        and (piece.translation is None or (machine_too and piece.by_machine))
    ]


def to_table(pieces: Iterable[Piece]) -> str:
    """The table for people: a row a piece, what a machine wrote under its name.

    Cells are never formulas, as in every other table of ours. It begins with the mark by which
    Excel knows UTF-8.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([guarded(cell) for cell in _cells(piece)] for piece in pieces)
    return BOM + out.getvalue()


def to_workbook(pieces: Iterable[Piece], brand: Brand, made: datetime) -> bytes:
    """The same table as an Excel workbook; `made` is when, in UTC."""
    table = Table(
        name="translation",
        headings=COLUMNS,
        widths=(30, 20, 22, 10, 60, 60, 20),
        wraps=(False, False, False, False, True, True, False),
        rows=(_cells(piece) for piece in pieces),
    )
    return book_of(table, brand, made)


def _cells(piece: Piece) -> list[str]:
    published = piece.published.isoformat(timespec="minutes") if piece.published else ""
    said = (piece.translation, piece.translation_by)
    told = (piece.handle, piece.outlet_name, published, piece.language, piece.shown, *said)
    return [cell or "" for cell in told]


def from_table(body: bytes) -> list[Words]:
    """The translations of a table, CSV or XLSX, rows without one left out.

    Columns are found by name, Albanian or English, in any order. Raises WrongTable for a missing
    column and for words that are none, naming the place.
    """
    sheet = read_sheet(body, Asked(needed=("url", "translation"), optional=("by", "headline")))
    return list(_translations(sheet))


def _translations(sheet: Sheet) -> Iterator[Words]:
    for row in sheet.rows:
        told = {name: unguarded(cell) for name, cell in sheet.told(row).items()}
        words = " ".join(told.get("translation", "").split())
        if not words:
            continue
        if len(words) > LONGEST:
            place = sheet.place(row.line, "translation")
            raise WrongTable(
                "{place}: longer than {longest:,} characters", place=place, longest=LONGEST
            )
        if not told.get("url"):
            place = sheet.place(row.line, "url")
            raise WrongTable(
                "{place}: it is empty, so nobody knows which piece is meant", place=place
            )
        yield Words(line=row.line, url=told["url"], words=words, by=told.get("by"))


def machine_name(translator: Translator) -> str:
    """Under what its words are kept: "machine: 127.0.0.1:5000"."""
    return f"machine: {urlsplit(translator.url).netloc.rpartition('@')[2]}"


def ask_machine(
    headlines: Sequence[str],
    source: str | None,
    target: Language,
    translator: Translator,
    key: Password | None,
) -> list[str]:
    """The headlines in `target`, by the server; `source` None lets it guess.

    Raises NotTranslated, one line, and never half a list.
    """
    found: list[str] = []
    for at in range(0, len(headlines), AT_ONCE):
        some = headlines[at : at + AT_ONCE]
        found += _translated(some, source, target, translator, key)
    return found


def _translated(
    headlines: Sequence[str],
    source: str | None,
    target: Language,
    translator: Translator,
    key: Password | None,
) -> list[str]:
    asked: dict[str, Any] = {
        "q": list(headlines),
        "source": source or "auto",
        "target": target,
        "format": "text",
    }
    if key is not None:
        asked["api_key"] = key.tell()
    told = _answer(translator, asked, key)
    words = told.get("translatedText") if isinstance(told, dict) else None
    if not isinstance(words, list) or len(words) != len(headlines):
        raise NotTranslated(
            "{url}: it does not answer as LibreTranslate: check [translator] url",
            url=translator.url,
        )
    if not all(isinstance(one, str) and 0 < len(one.strip()) <= LONGEST for one in words):
        raise NotTranslated(
            "{url}: it gave back no words for a headline: nothing was kept", url=translator.url
        )
    return [" ".join(one.split()) for one in words]


def _answer(translator: Translator, asked: dict[str, Any], key: Password | None) -> object:
    import requests  # noqa: PLC0415 - only where a machine is asked

    url = f"{translator.url.rstrip('/')}/translate"
    if key is not None:
        _want_closed_line(translator, url)
    try:
        with requests.Session() as session:
            # a proxy of the environment is right for the web, and wrong for this machine
            session.trust_env = not is_loopback(urlsplit(url).hostname or "")
            with session.post(
                url, json=asked, timeout=PATIENCE, allow_redirects=False, stream=True
            ) as response:
                return _document(translator, response.status_code, _body(response), key)
    except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
        raise NotTranslated(
            "{url}: its answer broke off: nothing was kept, start it again", url=translator.url
        ) from None
    except requests.exceptions.ProxyError:
        raise NotTranslated(
            "{url}: the proxy of this computer is in the way: check no_proxy", url=translator.url
        ) from None
    except requests.exceptions.RequestException as error:
        why = type(error).__name__
        raise NotTranslated(
            "{url}: it does not answer ({why}): is the server running?", url=translator.url, why=why
        ) from None


def _want_closed_line(translator: Translator, url: str) -> None:
    """Raises NotTranslated where a key would go over the web for all to read."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        told = "{url}: a key does not go over an open line: write https"
        raise NotTranslated(told, url=translator.url)


def _body(response: requests.Response) -> bytes:
    """The answer, unpacked, up to a bound; requests names what breaks off in between.

    Raises NotTranslated for one that never comes to its end.
    """
    body, end = b"", time.monotonic() + DEADLINE
    for part in response.iter_content(65_536):
        body += part
        if len(body) > LARGEST:
            break
        if time.monotonic() > end:
            raise NotTranslated(
                "{url}: no whole answer in {deadline:.0f} seconds",
                url=response.url,
                deadline=DEADLINE,
            )
    return body


def _document(translator: Translator, status: int, body: bytes, key: Password | None) -> object:
    try:
        told = json.loads(body[: LARGEST + 1])
    except (ValueError, RecursionError):
        told = None
    if status == 200 and told is not None:  # noqa: PLR2004 - HTTP's OK
        return told
    said = told.get("error") if isinstance(told, dict) else None
    line = saying(said or f"status {status}", key.hidden_in if key else str)
    step = "check JEHONA_TRANSLATOR_KEY" if status in (401, 403) else "check [translator] url"
    raise NotTranslated("{url}: {line}: {step}", url=translator.url, line=line, step=step)
