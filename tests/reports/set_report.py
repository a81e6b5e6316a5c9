"""A report in one form, as `jehona.actions.report` makes it: laid out as an edition, then set."""

from __future__ import annotations

from typing import Any

from crawler.models import Brand, Language
from reports.document import document
from reports.document.blocks import Document
from reports.formats.docx import set_docx
from reports.formats.html import set_html
from reports.formats.markdown import set_markdown
from reports.formats.pdf import set_pdf
from reports.forms import Edition
from reports.models import Report


def laid(
    report: Report, language: Language, *, edition: Edition = Edition.FULL, **more: Any
) -> Document:
    """The full edition, unless another is asked for; `more` as `document` takes it."""
    return document(report, language, edition, **more)


def to_html(
    report: Report,
    language: Language,
    brand: Brand | None = None,
    logo: bytes | None = None,
    **asked: Any,
) -> str:
    return set_html(laid(report, language, **asked), brand, logo)


def to_markdown(report: Report, language: Language, edition: Edition = Edition.FULL) -> str:
    return set_markdown(laid(report, language, edition=edition))


def to_docx(
    report: Report, language: Language, brand: Brand, logo: bytes | None = None, **asked: Any
) -> bytes:
    told = laid(report, language, **asked)
    return set_docx(told, brand, logo, made=report.made, version=report.version)


def to_pdf(
    report: Report, language: Language, brand: Brand, logo: bytes | None = None, **asked: Any
) -> bytes:
    return set_pdf(laid(report, language, **asked), brand, logo, made=report.made).body
