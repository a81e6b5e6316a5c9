"""A report as a PDF to print and to send: set by Typst from `paper.typ` beside this file.

The words go to Typst as data and never as markup. Nothing is fetched: the fonts stand in
`reports/fonts`, those of the machine are not looked at, so that the same report gives the same
bytes everywhere. The document is tagged (PDF/UA-1) with its language, title and bookmarks.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from crawler.models import Brand, Language
from reports.brand import BrokenLogo
from reports.document import paper
from reports.formats.colours import on_paper, readable
from reports.formats.plain import capital, plain
from reports.models import Report
from reports.readers_edition import for_readers
from reports.words import say

# Noto Sans and its emoji; Amiri for Arabic script: of the free fonts tried it alone gives Persian
# back out of a PDF as it was written (docs/choices.md).
FONTS: Final = Path(__file__).resolve().parents[1] / "fonts"
ACCESSIBLE: Final = "ua-1"


def to_pdf(report: Report, language: Language, brand: Brand, logo: bytes | None = None) -> bytes:
    """The document. `logo` is a PNG or JPEG; raises BrokenLogo where it cannot be read.

    Letters that none of our fonts has, such as Chinese ones, are empty boxes; the document is
    then tagged all the same, but cannot claim PDF/UA.
    """
    from typst import TypstError  # noqa: PLC0415 - 80 MB, only for who asks for a PDF

    told = json.dumps(_told(report, language, brand, logo))
    try:
        return _set(told, report, [ACCESSIBLE])
    except TypstError:
        # a letter without a glyph forbids the standard
        pass
    try:
        return _set(told, report, [])
    except TypstError as error:
        if logo and "image" in str(error):
            raise BrokenLogo("the logo cannot be read as a picture: save it again as PNG") from None
        raise


def _set(told: str, report: Report, standards: list[Any]) -> bytes:
    import typst  # noqa: PLC0415

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(FONTS)],
    )
    return typst.compile(
        files("reports.formats").joinpath("paper.typ").read_bytes(),
        format="pdf",
        font_paths=fonts,
        sys_inputs={"paper": told},
        pdf_standards=standards,
        timestamp=int(report.made.timestamp()),
    )


def _told(report: Report, language: Language, brand: Brand, logo: bytes | None) -> dict[str, Any]:
    """What the template reads; the logo as numbers, since JSON knows no bytes."""
    laid = paper(for_readers(report), language)
    head_ink, head_paint = readable(brand.colour)
    named = (brand.name, say("page_kind", language))
    changes = ("col_outlet", "before", "after", "noticed")
    return {
        "paper": asdict(laid),
        "words": _words(language),
        "language": language,
        "author": plain(brand.name or "", 250),
        "kicker": plain(" · ".join(name for name in named if name)),
        "foot": plain(laid.title, 80),
        "columns": [capital(name) for name in laid.columns],
        "change-columns": [capital(say(name, language)) for name in changes],
        "ink": on_paper(brand.colour),
        "head-ink": head_ink,
        "head-paint": head_paint,
        "logo": list(logo) if logo else None,
        "logo-words": plain(brand.name or "logo", 250),
    }


def _words(language: Language) -> dict[str, str]:
    keys = {
        "summary": "paper_summary",
        "completeness": "completeness",
        "unchecked": "unchecked",
        "published": "published",
        "undated": "undated",
        "waiting": "doubtful",
        "waiting-why": "doubtful_note",
        "changes": "changes",
        "method": "method",
        "also-in": "also_in",
    }
    told = {name: capital(say(key, language)) for name, key in keys.items()}
    return {**told, "page": say("paper_page_of", language, n="{n}", total="{total}")}
