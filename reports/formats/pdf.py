"""A report as a PDF to print and to send: set by Typst from `paper.typ` beside this file.

The words go to Typst as data and never as markup. Nothing is fetched. The fonts stand in
`reports/fonts`; those of the office and of the machine are looked at only for letters that ours do
not have, so that any other report gives the same bytes everywhere. The document is tagged
(PDF/UA-1) with its language, title and bookmarks.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import typst
from typst import TypstError

from crawler.models import Brand
from reports.brand import BrokenLogo
from reports.document.blocks import Document
from reports.formats.glyphs import letters_in
from reports.formats.paper_data import paper_of

if TYPE_CHECKING:
    import typst

# Noto Sans and its emoji; Amiri for Arabic script: of the free fonts tried it alone gives Persian
# back out of a PDF as it was written (docs/choices.md). Jehona Box comes last: a box for each
# letter that nobody has, which stays itself for who searches, copies or listens.
FONTS: Final = Path(__file__).resolve().parents[1] / "fonts"
BOX: Final = "Jehona Box"
ACCESSIBLE: Final = "ua-1"
# Controls, marks of format and half characters.
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
# Fonts of the office and the machine that one document takes in.
MOST_FONTS: Final = 12
# What a PNG begins with; every other picture of ours is a JPEG.
PNG: Final = b"\x89PNG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pdf:
    """A document, and what could not be set in it."""

    body: bytes
    # the file
    boxes: tuple[str, ...]
    # letters that no font has, in the order of Unicode: they stand as boxes


def set_pdf(
    told: Document,
    brand: Brand,
    logo: bytes | None = None,
    *,
    made: datetime,
    own_fonts: Path | None = None,
) -> Pdf:
    """A document. `logo` is a PNG or JPEG; raises BrokenLogo where it cannot be read.

    `made` is aware. `own_fonts` is a folder of the office's, looked at where a letter is in none
    of our fonts; after it the machine's are. What they lack too is named in the result.
    """
    laid = paper_of(told, brand, logo)
    lacking = _lacking(_letters(laid))
    folders = [str(own_fonts)] if own_fonts is not None and own_fonts.is_dir() else []
    families, boxes = _others(lacking, folders) if lacking else ((), frozenset())
    fonts = _fonts(folders, everywhere=bool(families))
    with TemporaryDirectory(prefix="jehona-") as folder:
        words = json.dumps({**_filed(laid, Path(folder)), "families": families})
        try:
            body = _set(words, folder, made, fonts, [ACCESSIBLE])
        except TypstError as error:
            if logo and "image" in str(error):
                broken = "the logo cannot be read as a picture: save it again as PNG"
                raise BrokenLogo(broken) from None
            # a cluster that no font has whole forbids the standard, not the paper
            body = _set(words, folder, made, fonts, [])
    return Pdf(body=body, boxes=tuple(map(chr, sorted(boxes))))


def _filed(told: Any, folder: Path) -> Any:
    """The same with a file's name where bytes of a picture stood: Typst reads no others fast."""
    if isinstance(told, bytes):
        kind = "png" if told.startswith(PNG) else "jpg"
        name = f"{blake2b(told, digest_size=16).hexdigest()}.{kind}"
        (folder / name).write_bytes(told)
        return f"/{name}"
    if isinstance(told, dict):
        return {name: _filed(value, folder) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [_filed(value, folder) for value in told]
    return told


def _set(
    words: str, folder: str, made: datetime, fonts: typst.Fonts, standards: list[Any]
) -> bytes:
    # its types want the folder to be bytes where the text is
    root: Any = folder
    return typst.compile(
        files("reports.formats").joinpath("paper.typ").read_bytes(),
        root=root,
        format="pdf",
        font_paths=fonts,
        sys_inputs={"paper": words},
        pdf_standards=standards,
        timestamp=int(made.timestamp()),
    )


# --- letters and fonts ----------------------------------------------------------------


def _fonts(folders: Iterable[str], *, everywhere: bool) -> typst.Fonts:
    """Our fonts; with `everywhere` those of these folders and of the machine too."""
    return typst.Fonts(
        include_system_fonts=everywhere,
        include_embedded_fonts=False,
        font_paths=[str(FONTS), *(folders if everywhere else ())],
    )


def _letters(told: object) -> frozenset[int]:
    """Every letter that is seen among the words of a document."""
    letters = {letter for text in _texts(told) for letter in text}
    # what Python does not know yet may be a new emoji: it is seen, and told
    seen = (c for c in letters if not c.isspace() and unicodedata.category(c) not in UNSEEN)
    return frozenset(ord(c) for c in seen if "VARIATION SELECTOR" not in unicodedata.name(c, ""))


def _texts(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for value in told.values():
            yield from _texts(value)
    elif isinstance(told, list | tuple):
        for value in told:
            yield from _texts(value)


def _lacking(letters: frozenset[int]) -> frozenset[int]:
    """Those that none of our own fonts has."""
    for path in sorted(FONTS.glob("*.ttf")):
        if path.stem != BOX.replace(" ", ""):
            letters -= letters_in(path, 0, letters)
    return letters


def _others(lacking: frozenset[int], folders: list[str]) -> tuple[tuple[str, ...], frozenset[int]]:
    """Families of the office's folders and the machine that have these letters; what is left."""
    families: dict[str, None] = {}
    for path, font in _known(folders):
        if not lacking or len(families) == MOST_FONTS:
            break
        if found := letters_in(path, font.index, lacking):
            families[font.family] = None
            lacking -= found
    return tuple(families), lacking


def _known(folders: list[str]) -> list[tuple[Path, typst.FontInfo]]:
    """Fonts that are not ours: the office's own choice first, then upright and ordinary ones."""
    every = _fonts(folders, everywhere=True).fonts()
    placed = [(Path(font.path), font) for font in every if font.path]

    def rank(one: tuple[Path, typst.FontInfo]) -> tuple[bool, bool, int]:
        path, font = one
        elsewhere = not any(path.is_relative_to(folder) for folder in folders)
        return elsewhere, font.style != "normal", abs(font.weight - 400)

    return sorted(((path, font) for path, font in placed if path.parent != FONTS), key=rank)
