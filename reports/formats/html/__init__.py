"""A report as one page: a single file, no network, light and dark, on paper and on a telephone."""

from __future__ import annotations

from reports.formats.html.page import set_html

__all__ = ["set_html"]
