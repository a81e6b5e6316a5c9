"""What stands between quotation marks, of every hand and country. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

MOST: Final = 200
# quotations of one text that are looked at

# Longer than a title, shorter than an article. An opening sign, what stands in it, a closing one;
# straight signs open and close alike; »so« is written too, where the first follows a blank.
_DOUBLE = re.compile(
    r"[“„«‟]([^“”„«»‟\"]{12,1500})[”“»\"]"
    r"|\"([^“”„«»‟\"]{12,1500})\""
    r"|(?<!\S)»([^«»]{12,1500})«(?!\w)"
)
# Alone, or inside of the others; the closing one is an apostrophe where a letter follows.
_SINGLE = re.compile(r"(?<!\w)[‘‚‹]([^‘‚‹›“”„«»\"]{12,1500}?)[’‘›](?!\w)")


def quotations_in(text: str) -> Iterator[str]:
    """Each quotation as it is printed, without its marks; one inside of another is one too."""
    found = 0
    for pattern in (_DOUBLE, _SINGLE):
        for match in pattern.finditer(text):
            if found == MOST:
                return
            found += 1
            yield next(filter(None, match.groups())).strip()
