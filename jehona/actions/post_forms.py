"""A post in the form that was asked for, with its pictures: to look at, to paste, to send."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from crawler.config.media import MEDIA
from jehona.actions import roundup
from jehona.actions.office import Office
from jehona.actions.papers import Body
from jehona.actions.roundup import Composed
from reports import formats
from reports.forms import Form
from reports.media import CHART, Medium, media
from reports.models import Report
from reports.publishing.chart import chart
from reports.publishing.insets import Inset, token
from reports.publishing.post import Picture
from reports.roundup import Block, Roundup

Shown = Callable[[Block], str]


def body(office: Office, composed: Composed, form: Form) -> Body:
    """The post in one form, pictures of media/ with it. Raises TemplateBroken, BrokenMedium."""
    made, looks = _with_chart(office, composed, form)
    pictures = _pictures(office, made, form)
    if form is Form.DOCX:
        return _docx(office, composed, made, {**pictures, **looks})
    shown = {
        Form.HTML: _as_source({**pictures, **looks}),
        Form.MD: lambda block: f"{MEDIA}/{block.file}" if block.file else "",
        Form.BLOCKS: _as_room,
    }.get(form)
    return roundup.text(office, made, form, shown=shown)


def _with_chart(
    office: Office, composed: Composed, form: Form
) -> tuple[Roundup, dict[str, Medium]]:
    """The roundup with the chart's words, and the chart, in the forms that show pictures."""
    picture = None
    if composed.chart and form in (Form.HTML, Form.DOCX):
        picture = drawn(office, composed.report, composed)
    made = charted(composed.roundup, picture)
    if picture is None:
        return made, {}
    return made, {CHART: Medium(name=CHART, body=picture.png, media_type="image/png")}


def drawn(office: Office, report: Report, composed: Composed) -> Picture | None:
    """Pieces per day as a picture; None where there is nothing to compare."""
    return chart(report, composed.roundup.language, office.workspace.brand.colour)


def charted(made: Roundup, picture: Picture | None) -> Roundup:
    """The roundup whose chart says its numbers in words; without the chart where there is none."""
    blocks = (
        replace(block, alt=picture.alt) if block.chart and picture else block
        for block in made.blocks
        if picture or not block.chart
    )
    return replace(made, blocks=tuple(blocks))


def _pictures(office: Office, made: Roundup, form: Form) -> dict[str, Medium]:
    """The pictures that a form holds. Raises BrokenMedium."""
    if form not in (Form.HTML, Form.DOCX):
        return {}
    names = [block.picture for block in made.blocks if block.picture]
    return media(office.workspace.root / MEDIA, names)


def _as_source(files: dict[str, Medium]) -> Shown:
    """Pictures inside the page: nothing is fetched where it is opened."""

    def source(block: Block) -> str:
        file = files.get(CHART if block.chart else block.picture or "")
        return file.data_uri if file else ""

    return source


def _as_room(block: Block) -> str:
    """To paste: an empty block with its words, into which the editor drops the file."""
    if block.file is None:
        return ""
    media_type = "image/png" if block.picture else "video/mp4"
    room = Inset(
        name=block.file,
        body=b"",
        media_type=media_type,
        alt=block.alt or "",
        caption=block.caption,
    )
    return room.block(None)


def _docx(office: Office, composed: Composed, made: Roundup, files: dict[str, Medium]) -> bytes:
    brand, report = office.workspace.brand, composed.report.made
    return formats.roundup_docx.to_docx(made, brand, report, files)


# --- to send ---------------------------------------------------------------------------------


def placed(office: Office, made: Roundup, picture: Picture | None) -> tuple[str, tuple[Inset, ...]]:
    """The post as WordPress blocks with the places of its files, and the files.

    Raises TemplateBroken, BrokenMedium.
    """
    said = charted(made, picture)
    blocks = [block for block in said.blocks if block.file or block.chart]
    shown = dict.fromkeys(blocks)
    insets = tuple(_inset(office, block, picture) for block in shown)
    numbers = {block: number for number, block in enumerate(shown)}

    def place(block: Block) -> str:
        return token(numbers[block]) if block in numbers else ""

    return roundup.text(office, said, Form.BLOCKS, shown=place), insets


def _inset(office: Office, block: Block, picture: Picture | None) -> Inset:
    if block.chart and picture:
        return Inset(name=CHART, body=picture.png, media_type="image/png", alt=picture.alt)
    return inset(office, block.file or "", block.alt, block.caption)


def inset(office: Office, name: str, alt: str | None, caption: str | None = None) -> Inset:
    """A file of media/ to go along. Raises BrokenMedium."""
    (file,) = media(office.workspace.root / MEDIA, [name]).values()
    return Inset(
        name=name, body=file.body, media_type=file.media_type, alt=alt or "", caption=caption
    )


def shown_nowhere(blocks: str, insets: Sequence[Inset]) -> tuple[Inset, ...]:
    """What a person's own template has no place for."""
    return tuple(one for at, one in enumerate(insets) if token(at) not in blocks)
