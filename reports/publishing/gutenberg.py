"""Blocks as WordPress' editor keeps them: HTML between comments that name the block.

https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/ (the shape),
@wordpress/blocks serializer (how attributes are escaped inside a comment). Text is escaped for
HTML, and brackets too: `[gallery]` in a headline would be run as a shortcode.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from reports.formats.plain import plain

_DELIMITER = re.compile(
    r"<!--\s++(?P<end>/)?wp:(?P<name>[a-z][a-z0-9/-]*+)\s++(?P<given>\{.*\}\s+)?(?P<void>/)?-->",
    re.DOTALL,
)
# a whole comment; attributes hold no "<" and no "--" as they are (`_UNSAFE`)
_TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\s++[a-z-]++=\"[^\"]*+\")*+)\s*+>", re.IGNORECASE)
_CLASS = re.compile(r"(\sclass=\")([^\"]*)(\")", re.IGNORECASE)
USUAL_LEVEL = 2
# of a heading inside a post; the editor leaves it unsaid
_UNSAFE = {
    "\\\\": "\\u005c",
    '\\"': "\\u0022",
    "--": "\\u002d\\u002d",
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
}
# inside a comment: what would end it, or what a filter would take for markup


def text(words: str) -> str:
    """Words as they would be read, whatever they hold, on one line."""
    shown = escape(plain(words))
    return shown.replace("[", "&#091;").replace("]", "&#093;")


def link(words: str, url: str) -> str:
    """A link; only its words where the address is not one of the web."""
    if not url.startswith(("http://", "https://")):
        return text(words)
    return f'<a href="{text(url)}">{text(words)}</a>'


def block(name: str, html: str, given: Mapping[str, object] | None = None) -> str:
    """One block; `html` is markup."""
    told = f"{attributes(given)} " if given else ""
    return f"<!-- wp:{name} {told}-->\n{html}\n<!-- /wp:{name} -->"


def attributes(given: Mapping[str, object]) -> str:
    """A block's attributes as its comment may hold them."""
    told = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    for sign, spelled in _UNSAFE.items():
        told = told.replace(sign, spelled)
    return told


def paragraph(html: str) -> str:
    """A paragraph of markup."""
    return block("paragraph", f"<p>{html}</p>")


def heading(html: str, level: int = USUAL_LEVEL) -> str:
    """A heading of markup."""
    given = None if level == USUAL_LEVEL else {"level": level}
    return block("heading", f'<h{level} class="wp-block-heading">{html}</h{level}>', given)


def items(rows: Iterable[str]) -> str:
    """A list; each row is markup."""
    inside = "\n".join(block("list-item", f"<li>{row}</li>") for row in rows)
    return block("list", f"<ul>{inside}</ul>")


def image(number: int | None, url: str | None, alt: str, caption: str | None = None) -> str:
    """A picture of the site's own library, as wide as the text; without one, room for it."""
    under = _caption(caption)
    if number is None or url is None:
        figure = f'<figure class="wp-block-image"><img alt="{text(alt)}"/>{under}</figure>'
        return block("image", figure)
    given = {"id": number, "sizeSlug": "full", "linkDestination": "none"}
    shown = f'<img src="{text(url)}" alt="{text(alt)}" class="wp-image-{number}"/>'
    figure = f'<figure class="wp-block-image size-full">{shown}{under}</figure>'
    return block("image", figure, given)


def video(number: int | None, url: str | None, caption: str | None = None) -> str:
    """A video of the site's own library, with controls; without one, room for it."""
    under = _caption(caption)
    if number is None or url is None:
        return block("video", f'<figure class="wp-block-video">{under}</figure>')
    shown = f'<video controls src="{text(url)}"></video>'
    figure = f'<figure class="wp-block-video">{shown}{under}</figure>'
    return block("video", figure, {"id": number})


def _caption(words: str | None) -> str:
    if not words:
        return ""
    return f'<figcaption class="wp-element-caption">{text(words)}</figcaption>'


def marked(blocks: str, marker: str) -> str:
    """The blocks with a class in the first one, in its comment and its first tag.

    Blocks whose first is no block of markup get a paragraph of the marker's own, which shows
    nothing, before them.
    """
    delimiters = _delimiters(blocks)
    first, second = next(delimiters, None), next(delimiters, None)
    if first is not None and first.start():
        first = None
    tag = _TAG.search(blocks, first.end()) if first and not first["void"] else None
    if first is None or tag is None or (second and second.end() <= tag.start()):
        given = {"className": marker}
        empty = block("paragraph", f'<p class="{marker}"></p>', given)
        return f"{empty}\n\n{blocks}"
    told = json.loads(first["given"] or "{}")
    told["className"] = f"{told.get('className', '')} {marker}".strip()
    opening = f"<!-- wp:{first['name']} {attributes(told)} -->"
    between = blocks[first.end() : tag.start()]
    return f"{opening}{between}{_classed(tag[0], marker)}{blocks[tag.end() :]}"


def _delimiters(blocks: str) -> Iterator[re.Match[str]]:
    """The comments that begin and end blocks, each looked at once."""
    at = 0
    while (end := blocks.find("-->", at)) >= 0:
        end += len("-->")
        start = blocks.rfind("<!--", at, end)
        found = _DELIMITER.fullmatch(blocks, start, end) if start >= 0 else None
        if found:
            yield found
        at = end


def _classed(tag: str, marker: str) -> str:
    if _CLASS.search(tag):
        return _CLASS.sub(lambda had: f"{had[1]}{had[2]} {marker}{had[3]}", tag, count=1)
    return f'{tag[:-1]} class="{marker}">'


def after_first(blocks: str, more: str) -> str:
    """The blocks with `more` behind the first."""
    end = next(_ends(blocks), 0)
    return "\n\n".join(part for part in (blocks[:end].strip(), more, blocks[end:].strip()) if part)


def _ends(blocks: str) -> Iterator[int]:
    """Where each block of the outermost level ends."""
    depth = 0
    for found in _delimiters(blocks):
        if not found["void"]:
            depth += -1 if found["end"] else 1
        if depth == 0:
            yield found.end()
