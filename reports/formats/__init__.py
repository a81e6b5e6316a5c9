"""A report in the forms that people and programs read.

    from reports import formats

    formats.docx.set_docx(told, brand, made=report.made)

A form that needs a library of its own is loaded when it is asked for: most reports are no Word.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.formats import docx, newsletter_docx, pdf, roundup_docx, xlsx

__all__ = ["docx", "newsletter_docx", "pdf", "roundup_docx", "xlsx"]


def __getattr__(name: str) -> Any:
    """The module `name` of this folder (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
