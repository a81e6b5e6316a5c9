"""What is kept of an event as an archive that other programs open, for the office's own proof."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from crawler import __version__
from crawler.evidence import wacz
from crawler.files import whole_file
from crawler.record import Record, sealing
from crawler.record.kept_answers import KeptAnswer, answers_of, sealed_columns
from crawler.record.sealing import leaves_of
from crawler.record.stamps import stamps_over
from jehona.actions.errors import Wrong
from jehona.actions.matches import matches_in
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


def evidence(office: Office, event: str, file: Path) -> Archive:
    """Write what is kept of an event's pieces into one WACZ, with seal and report.

    Raises RegistryError for an unknown event, Wrong for another ending and where the extra is not
    installed, RecordRefused.
    """
    if file.suffix.lower() != ".wacz":
        raise Wrong("{file}: the name has to end in .wacz", file=file)
    if warc is None:
        raise Wrong("evidence wants an extra: pip install 'jehona[evidence]'")
    what, made = office.event(event), report_of(office, event)
    with office.to_read() as record:
        counted = matches_in(record, what, office.outlets()).counted
        kept = list(answers_of(record, [article.key for article, _ in counted]))
        seal, stamps = _seal(record, kept)
    answers = [_answer(one) for one in kept]
    records, index = warc.records(answers)
    with whole_file(file) as into:
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
    pages = sum(one.title is not None for one in answers)
    return Archive(file=file, pages=pages, answers=len(answers))


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
