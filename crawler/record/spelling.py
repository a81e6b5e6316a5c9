"""Words that the search index would cut or spell otherwise than `crawler.matching` does.

FTS5's `unicode61` knows the letters of Unicode 6.1: to it every later sign, an emoji of 2014
too, is a letter of the word it touches, and "ﬁ", "𝐅" or "ª" are letters of their own. What it
finds must be a superset of what matching accepts, so words that touch such a sign are indexed
once more, as matching spells them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.folding import words

AGREED = (
    "\0-\u00a9\u00ab-\u00b1\u00b4-\u00b8\u00bb\u00bf-\u00de\u00e0-\u0131\u0134-\u013e"
    "\u0141-\u01c3\u01cd-\u01df\u01e2-\u01f0\u01f4-\u024f\u0300-\u0304\u0306-\u030c\u0323-\u0328"
    "\u0384-\u038a\u038e-\u03a1\u03a3-\u03ff\u0400-\u0482\u0600-\u0604\u0606-\u060f\u061b"
    "\u061e-\u064a\u0660-\u066f\u0671-\u06d5\u06ee-\u06ff\u1e00-\u1e99\u1e9f-\u1eff"
    "\u2000-\u2064\u20a0-\u20b9\u2103-\u2109\u2116-\u2118\u211e-\u2123\u2190-\u21ff"
    "\u2500-\u26ff\u2701-\u27bf\u3000-\u303f"
)
# signs on which both agree, Latin, Greek, Cyrillic and Arabic script and what stands between
# words; a test compares every one of them
_STRANGE = re.compile(f"[^{AGREED}]")


def spelled(*texts: str | None) -> str | None:
    """The words of `texts` to be indexed once more, folded; None for nearly every article."""
    found = [word for text in texts if text for word in _strange_words(text)]
    return " ".join(dict.fromkeys(found)) or None


def _strange_words(text: str) -> Iterable[str]:
    if text.isascii() or not _STRANGE.search(text):
        return
    for chunk in text.split():
        if _STRANGE.search(chunk):
            yield from (word.folded for word in words(chunk))
