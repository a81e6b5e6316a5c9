"""What may stand in an attribute: addresses of the web, codes of languages."""

from __future__ import annotations

import re
from typing import Final

from reports.formats.markdown import web_address

_CODE: Final = re.compile(r"[a-z]{2,3}")


def address(url: str | None) -> str | None:
    """`url` where it may be a link: http and https only."""
    return web_address(url) if url else None


def code(language: str | None) -> str | None:
    """A language for the `lang` attribute, None where it is no code."""
    return language if language and _CODE.fullmatch(language) else None
