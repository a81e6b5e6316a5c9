"""What outlets wrote, fit for the page: short lines, addresses of the web, codes of languages."""

from __future__ import annotations

import re
from typing import Final

from reports.formats.plain import LONGEST, plain, web_address

_CODE: Final = re.compile(r"[a-z]{2,3}")


def short(text: str) -> str:
    """A name or a headline on one line, without invisible signs, cut where it is none."""
    return plain(text, LONGEST)


def address(url: str | None) -> str | None:
    """`url` where it may be a link: http and https only."""
    return web_address(url) if url else None


def code(language: str | None) -> str | None:
    """A language for the `lang` attribute, None where it is no code."""
    return language if language and _CODE.fullmatch(language) else None
