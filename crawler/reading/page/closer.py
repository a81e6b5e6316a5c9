"""A closer reading of the text for pieces that matched: trafilatura, where it is installed."""

from __future__ import annotations

from copy import deepcopy
from importlib import import_module
from importlib.util import find_spec

from lxml import etree


def closer_text(root: etree._Element, url: str) -> str | None:
    """The body as trafilatura reads it, None where it is not installed or finds nothing."""
    if find_spec("trafilatura") is None:
        return None
    library = import_module("trafilatura")
    text = library.extract(deepcopy(root), url=url, include_comments=False, include_tables=True)
    return str(text) if text else None
