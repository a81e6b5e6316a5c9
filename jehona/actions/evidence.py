"""What is kept of an event as an archive that other programs open, for the office's own proof."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from crawler import __version__
from crawler.evidence import wacz
from crawler.files import whole_file
from crawler.record import Record, sealing
from crawler.record.kept_answers import KeptAnswer, answers_of, sealed_columns
from crawler.record.sealing import leaves_of
from crawler.record.stamps import latest_stamp, stamps_over
from jehona.actions.errors import Wrong
from jehona.actions.matches import kept_in, matches_in
from jehona.actions.office import Office
from jehona.actions.report import report_of, written
from reports.forms import Edition, ReportForm
from reports.models import Report

try:
    from crawler.evidence import warc
except ImportError:
    # an extra that is not there
    warc = None  # type: ignore[assignment]

MIMES: Final = {"html": "text/html", "feed-entry": "application/xml", "sitemap": "application/xml"}
# of answers whose header was not kept, by kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive that was written."""

    file: Path
    # pages of pieces
    pages: int
    # kept answers, these among them
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """How the record's seal stands, and what of an event could be shown."""

    # digest of the latest line; None: nothing was sealed yet
    seal: str | None
    # aware, of the first line and of the latest
    since: datetime | None
    at: datetime | None
    # of the chain
    lines: int
    # aware, when an authority had a line last, by its own clock; None: it has none
    stamped: datetime | None
    # pieces of the event that somebody accepted
    accepted: int


def evidence(office: Office, event: str, file: Path) -> Archive:
    """Write what is kept of an event's pieces into one WACZ, with seal and report.

    Raises RegistryError for an unknown event, Wrong for another ending and where the extra is not
    installed, RecordRefused.
    """
    if file.suffix.lower() != ".wacz":
        raise Wrong("{file}: the name has to end in .wacz", file=file)
    with whole_file(file) as into:
        pages, answers = archive(office, event, into)
    return Archive(file=file, pages=pages, answers=answers)


def archive(office: Office, event: str, into: BinaryIO) -> tuple[int, int]:
    """The same into an open file; how many pages of pieces and kept answers it holds."""
    if warc is None:
        raise Wrong("evidence wants an extra: pip install 'jehona[evidence]'")
    what, made = office.event(event), report_of(office, event)
    with office.to_read() as record:
        counted = matches_in(record, what, office.outlets()).counted
        kept = list(answers_of(record, [article.key for article, _ in counted]))
        seal, stamps = _seal(record, kept)
    answers = [_answer(one) for one in kept]
    records, index = warc.records(answers)
    wacz.write(
        into,
        answers,
        warc=records,
        index=index,
        title=what.title,
        created=f"{made.made:%Y-%m-%dT%H:%M:%SZ}",
        software=f"jehona {__version__}",
        beside={wacz.SEAL: seal, wacz.REPORT: _paper(office, made), **stamps},
    )
    return sum(one.title is not None for one in answers), len(answers)


def sealed(office: Office, event: str) -> Sealed:
    """How the seal stands. Raises RegistryError for an unknown event, RecordRefused."""
    what = office.event(event)
    with office.to_read() as record:
        chain = list(sealing.lines(record.conn))
        stamp = latest_stamp(record)
        accepted = kept_in(record, what, office.outlets()).accepted
    first, last = (chain[0], chain[-1]) if chain else (None, None)
    return Sealed(
        seal=last.digest if last else None,
        since=datetime.fromisoformat(first.at) if first else None,
        at=datetime.fromisoformat(last.at) if last else None,
        lines=len(chain),
        stamped=datetime.fromisoformat(stamp.at) if stamp else None,
        accepted=len(accepted),
    )


def _paper(office: Office, made: Report) -> bytes:
    """The report as a page, with all that the office knows."""
    form, language = ReportForm.HTML, office.workspace.language
    paper = written(office, made, [form], language=language, edition=Edition.FULL)
    page = paper[form].body
    return page.encode() if isinstance(page, str) else page


def _answer(one: KeptAnswer) -> wacz.Answer:
    told = one.headers.get("content-type", "").partition(";")[0].strip().lower()
    return wacz.Answer(
        url=one.url,
        fetched=one.fetched,
        body=one.body,
        mime=told or MIMES.get(one.kind, "application/json"),
        status=one.status if one.whole else None,
        headers=one.headers,
        title=(one.headline or one.url) if one.kind == "html" else None,
    )


def _seal(record: Record, kept: list[KeptAnswer]) -> tuple[bytes, dict[str, bytes]]:
    """The chain, what each answer's digest in it is made of, and the stamps over it as members."""
    answers = [
        {
            "page": one.number,
            "line": one.seal,
            "digest": one.leaf,
            "body": one.sha256,
            "said": sealed_columns(record, one.number),
        }
        for one in kept
    ]
    covering = sorted({one.seal for one in kept if one.seal is not None})
    leaves = {
        str(number): [(leaf.kind, leaf.row, leaf.digest) for leaf in leaves_of(record, number)]
        for number in covering
    }
    stamps = stamps_over(record.conn, covering)
    members = {f"{wacz.STAMPS}/{one.seal}.tsr": one.answer for one in stamps}
    told = {
        "notice": wacz.NOTICE,
        "lines": [asdict(line) for line in sealing.lines(record.conn)],
        "answers": answers,
        "leaves": leaves,
        "stamps": [
            {"line": one.seal, "at": one.at, "authority": one.authority, "file": member}
            for one, member in zip(stamps, members, strict=True)
        ],
    }
    return (json.dumps(told, ensure_ascii=False) + "\n").encode(), members
