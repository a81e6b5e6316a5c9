"""How WordPress 6.1 prints what people typed: curly quotes, paragraphs, excerpts (pure).

Measured against a real site (`tests/newsroom/recorded/`); only what news texts use.
"""

from __future__ import annotations

import html
import re
from typing import Final

# `excerpt_length` of WordPress.
EXCERPT_WORDS: Final = 55

_TAG = re.compile(r"(<[^>]*>)")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w*);)")
_SIGNS: Final = (
    (re.compile(r"\.\.\."), "&#8230;"),
    (re.compile(r"---| -- "), "&#8212;"),
    (re.compile(r"--"), "&#8211;"),
    (re.compile(r"(?<=\s)-(?=\s)"), "&#8211;"),
    (re.compile(r'(?:(?<=^)|(?<=[\s(\[{<-]))"'), "&#8220;"),
    (re.compile(r'"'), "&#8221;"),
    (re.compile(r"(?:(?<=^)|(?<=[\s(\[{<-]))'"), "&#8216;"),
    (re.compile(r"'"), "&#8217;"),
)


def texturize(markup: str) -> str:
    """`wptexturize`: typographic signs as entities, outside tags."""
    return "".join(
        part if part.startswith("<") else _signs(part) for part in _TAG.split(markup) if part
    )


def _signs(text: str) -> str:
    for pattern, sign in _SIGNS:
        text = pattern.sub(sign, text)
    return _BARE_AMPERSAND.sub("&#038;", text)


def paragraphs(text: str) -> str:
    """Plain text, paragraphs parted by an empty line, as the block editor keeps it."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(f"\n<p>{html.escape(part, quote=False)}</p>\n" for part in parts if part)


def without_tags(markup: str) -> str:
    """`wp_strip_all_tags`, on one line."""
    return " ".join(_TAG.sub(" ", markup).split())


def excerpt(content: str) -> str:
    """The excerpt WordPress makes where nobody wrote one: the first 55 words."""
    told = without_tags(content).split(" ")
    if len(told) <= EXCERPT_WORDS:
        return " ".join(told)
    return " ".join(told[:EXCERPT_WORDS]) + " [&hellip;]"


def feed_text(markup: str) -> str:
    """A title or excerpt as feeds carry it: no tags, the rest escaped once (`esc_html`)."""
    bare = _BARE_AMPERSAND.sub("&amp;", _TAG.sub("", markup))
    return bare.replace("<", "&lt;").replace(">", "&gt;")
