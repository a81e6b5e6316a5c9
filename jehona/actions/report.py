"""The report of an event from the record: as it is, as a version that is kept, in any form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from crawler import __version__, event_matches
from crawler.models import Event, Language
from crawler.record import Record, decisions, read, report_queries, sealing, versions
from crawler.record.versions import Version
from jehona.actions import as_json, how_sure, own_words
from jehona.actions.errors import Unknown
from jehona.actions.later_edits import corrections
from jehona.actions.matches import matches_in
from jehona.actions.office import Office
from jehona.actions.papers import Body
from reports import formats
from reports.brand import logo_of
from reports.coverage import Beside, coverage
from reports.differences import differences
from reports.document import document
from reports.document.blocks import Document
from reports.formats import csv, html, json, markdown, text
from reports.formats.changes import changes_to_markdown
from reports.formats.scripts import font_for
from reports.forms import Edition, ReportForm, edition_of
from reports.keyword_words import all_understood
from reports.models import Change, Edit, Report
from reports.picture_files import BrokenPicture, picture_in
from reports.pictures import Image
from reports.sentences import silence

# Forms that are no document.
TABLES: Final = (ReportForm.JSON, ReportForm.CSV, ReportForm.XLSX, ReportForm.TEXT)
# Of these, those that hold rows of pieces and outlets alone.
ROWS: Final = (ReportForm.CSV, ReportForm.XLSX)
# Forms that show the office's own pictures of pieces.
PICTURED: Final = (ReportForm.HTML, ReportForm.PDF, ReportForm.DOCX)
# Letters that a line names one by one.
MOST_LETTERS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A report in one form."""

    body: Body
    # what whoever made it should know, in words
    note: str | None = None


# --- made of the record --------------------------------------------------------------------


def report_of(office: Office, event: str, *, language: Language | None = None) -> Report:
    """The report of an event, with the version it has or would have: nothing is kept.

    Raises RegistryError for an unknown event, RecordRefused where there is no record yet.
    """
    what = office.event(event)
    with office.to_read() as record:
        return _numbered(record, _made(office, record, what, language))


def kept_report(office: Office, event: str, *, language: Language | None = None) -> Report:
    """The same, kept as a version where it says something new: for those that go out.

    From a copy that cannot be written it is made all the same: `Report.kept` tells.
    """
    what = office.event(event)
    with office.existing() as record:
        event_matches.bring_up(record)
        made = _made(office, record, what, language)
        if record.readonly:
            return _numbered(record, made)
        number = versions.keep(record, what.slug, json.document(made), made.made)
        return replace(made, version=number, kept=True)


def _made(office: Office, record: Record, event: Event, language: Language | None) -> Report:
    """The report of an event from an open record, not numbered yet."""
    language = language or office.workspace.language
    matched = matches_in(record, event, office.outlets())
    event_matches.keep(record, event, matched.every)
    outlets = tuple(matched.asked.values())
    articles = [article for article, _ in matched.counted]
    keys = [article.key for article in articles]
    slugs = [outlet.slug for outlet in outlets]
    beside = Beside(
        decided=decisions.holding(record, event.slug),
        stories=event_matches.stories_of(record, event, articles),
        changes=_changes(record, keys),
        edits=_edits(record, event.slug),
        by_hand=report_queries.by_hand(record, keys),
        order=report_queries.order(record, keys),
        keywords=all_understood(event.keywords, language),
        agent=office.workspace.agent,
        outside=matched.asked.keys() - matched.expected,
    )
    made = coverage(
        event.told_in(language),
        outlets,
        matched.every,
        read.latest_checks(record, event=event.slug, window=event.window, outlets=slugs),
        made=office.clock(),
        software=__version__,
        language=language,
        beside=beside,
    )
    seal = sealing.latest(record)
    return replace(made, seal=seal.digest if seal else None)


def _edits(record: Record, event: str) -> dict[str, tuple[Edit, ...]]:
    found: dict[str, tuple[Edit, ...]] = {}
    for one in corrections(record, event):
        edit = Edit(at=one.at, what=tuple(what.value for what in one.what))
        found[one.article] = (*found.get(one.article, ()), edit)
    return found


def _changes(record: Record, keys: Sequence[str]) -> dict[str, tuple[Change, ...]]:
    return {
        key: tuple(Change(old=one.old, new=one.new, at=one.at) for one in changed)
        for key, changed in report_queries.headlines(record, keys).items()
    }


def _numbered(record: Record, made: Report) -> Report:
    slug = made.event.slug
    number = versions.next_number(record, slug, json.document(made))
    stands = any(one.number == number for one in versions.versions(record, slug))
    return replace(made, version=number, kept=stands)


def kept_versions(office: Office, event: str) -> list[Version]:
    """The versions of an event's report that are kept, the first one first.

    Raises RegistryError for an unknown event, RecordRefused.
    """
    slug = office.event(event).slug
    with office.to_read() as record:
        return versions.versions(record, slug)


# --- in a form -----------------------------------------------------------------------------


def written(
    office: Office,
    made: Report,
    forms: Sequence[ReportForm],
    *,
    language: Language,
    bom: bool = False,
    edition: Edition | None = None,
    cover: Path | None = None,
    copies: Mapping[str, Image] | None = None,
) -> dict[ReportForm, Paper]:
    """The report in each of these forms; `bom` is for CSV. Raises BrokenLogo.

    Without `edition` each form is the one that it is by itself (`reports.forms.edition_of`).
    `cover` is a picture of the office's, of media/ or anywhere; `copies` are pictures of others,
    by article, that a person chose to show (`picture_copies.shown_in`). Raises BrokenPicture for
    the cover, and Wrong for a text of ours that cannot be read.
    """
    above = _cover(office, cover, made) if cover else None
    made = _with_further(
        office, made, {(form, edition_of(form, edition)) for form in forms}, language
    )
    papers: dict[ReportForm, Paper] = {}
    for form in forms:
        kind = edition_of(form, edition)
        if form in TABLES:
            body = _table(office, made, form, language, bom=bom, edition=kind)
            papers[form] = Paper(body=body)
        else:
            papers[form] = _paper(
                office, made, form, language, edition=kind, cover=above, copies=copies or {}
            )
    return papers


def with_own_words(office: Office, made: Report, language: Language) -> Report:
    """A report with what the press took over of ours, where the event names something of ours.

    Raises Wrong for a text of ours that cannot be read.
    """
    found = own_words.own_words(office, made.event.slug, language)
    return replace(made, own_words=found)


def _with_further(
    office: Office,
    made: Report,
    asked: Collection[tuple[ReportForm, Edition]],
    language: Language,
) -> Report:
    """What costs a look through the record, only where a form of these tells it."""
    if any(form not in ROWS for form, _ in asked):
        made = with_own_words(office, made, language)
    if any(edition is Edition.FULL and form not in ROWS for form, edition in asked):
        slugs = [row.outlet for row in made.completeness]
        made = replace(made, how_sure=how_sure.how_sure(office, made.event.slug, slugs))
    return made


def _cover(office: Office, named: Path, made: Report) -> Image:
    ours = office.workspace.root / "media" / named
    return picture_in(ours if ours.is_file() else named, made.event.title)


def _paper(
    office: Office,
    made: Report,
    form: ReportForm,
    language: Language,
    *,
    edition: Edition,
    cover: Image | None,
    copies: Mapping[str, Image],
) -> Paper:
    pictures, lost = _pictures(office, made) if form in PICTURED else ({}, None)
    shown = {**copies, **pictures} if form in PICTURED else {}
    laid = document(made, language, edition, pictures=shown, cover=cover)
    paper = set_in(office, laid, form, made.made, made.version)
    return replace(paper, note="\n".join(filter(None, (paper.note, lost))) or None)


def _pictures(office: Office, made: Report) -> tuple[dict[str, Image], str | None]:
    """The office's own pictures of pieces, by article; which of them cannot be shown, and why."""
    if not any(piece.picture for piece in made.pieces):
        return {}, None
    found: dict[str, Image] = {}
    lost: list[str] = []
    media = office.workspace.root / "media"
    for piece in made.pieces:
        if piece.picture is None:
            continue
        try:
            path = (media / piece.picture).resolve()
            if path.is_relative_to(media.resolve()):
                found[piece.article] = picture_in(path, f"{piece.outlet_name}: {piece.shown}")
        except BrokenPicture as broken:
            lost.append(str(broken))
    return found, "\n".join(lost) or None


def _table(
    office: Office,
    made: Report,
    form: ReportForm,
    language: Language,
    *,
    bom: bool,
    edition: Edition,
) -> Body:
    brand = office.workspace.brand
    if form is ReportForm.XLSX:
        # no workbook shows it, but who declared one that is broken is told
        logo_of(office.workspace)
    writers: dict[ReportForm, Callable[[], Body]] = {
        ReportForm.JSON: lambda: json.to_json(made, edition),
        ReportForm.CSV: lambda: csv.to_csv(made, language, bom, edition),
        ReportForm.XLSX: lambda: formats.xlsx.to_xlsx(made, language, brand, edition),
        ReportForm.TEXT: lambda: text.to_text(made, language),
    }
    return writers[form]()


def set_in(
    office: Office, told: Document, form: ReportForm, made: datetime, version: int = 1
) -> Paper:
    """A document set as md, html, docx or pdf, with the office's colours. Raises BrokenLogo."""
    brand = office.workspace.brand
    if form is ReportForm.MD:
        return Paper(body=markdown.set_markdown(told))
    found = logo_of(office.workspace)
    logo = found.body if found else None
    if form is ReportForm.HTML:
        return Paper(body=html.set_html(told, brand, logo))
    if form is ReportForm.DOCX:
        return Paper(body=formats.docx.set_docx(told, brand, logo, made=made, version=version))
    fonts = office.workspace.fonts
    paper = formats.pdf.set_pdf(told, brand, logo, made=made, own_fonts=fonts)
    return Paper(body=paper.body, note=_boxes(office, paper.boxes) if paper.boxes else None)


def _boxes(office: Office, letters: Sequence[str]) -> str:
    """Which letters are boxes in a PDF, and what helps."""
    shown = " ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:MOST_LETTERS])
    more = f" and {len(letters) - MOST_LETTERS} more" if len(letters) > MOST_LETTERS else ""
    helps = ", ".join(dict.fromkeys(map(font_for, letters)))
    return (
        f"pdf: no font has {shown}{more}: boxes stand there; install {helps}, or put a font that "
        f"has them into {office.workspace.fonts}, and make it again"
    )


def since(
    office: Office, made: Report, number: int, forms: Sequence[ReportForm], *, language: Language
) -> dict[ReportForm, Paper]:
    """What changed since version `number`, as Markdown or JSON.

    Raises Unknown, naming the versions that are kept.
    """
    slug = made.event.slug
    with office.to_read() as record:
        earlier = versions.load(record, slug, number)
        kept = versions.versions(record, slug)
    if earlier is None:
        known = ", ".join(str(one.number) for one in kept) or "none is kept yet"
        raise Unknown(
            "{slug}: there is no version {number} of its report; kept: {known}",
            slug=slug,
            number=number,
            known=known,
        )
    changed = differences(earlier, json.document(made))
    papers = {
        ReportForm.JSON: Paper(body=as_json.text(changed)),
        ReportForm.MD: Paper(body=changes_to_markdown(changed, made.event, language)),
    }
    return {form: papers[form] for form in forms}


def silence_of(made: Report, language: Language) -> str | None:
    """Why a report without a piece may be believed, or not; None where it has some."""
    return None if made.pieces else silence(made, language)
