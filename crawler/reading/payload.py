"""What an outlet meant to send, without what its system printed around it (pure, bounded).

PHP prints notices ahead of an answer, WordPress the errors of its database, caches sign an answer
with a comment, editors save files with a byte order mark, and scripts begin with blank lines. Such
dirt has no end of forms, so it is not described here: the document is looked for instead. JSON
is the longest value that begins near the start; XML goes from its root element to that element's
last end tag; a list of lines is what is left without tags and comments.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from crawler.limits import AHEAD, JSON_STARTS
from crawler.reading import Unreadable

_GAP: Final = "\ufeff\0 \t\r\n\f\v"


# --- characters ---------------------------------------------------------------------------

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL: Final = bytes(code for code in range(0x20) if code not in b"\t\n\r")
# which no XML may hold, NUL among them
_NO_CHARACTERS: Final = (b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"\xef\xbb\xbf")
# U+FFFE and U+FFFF, which no XML may hold either, and byte order marks inside a text
_PIECE: Final = 1024 * 1024
# bytes that are decoded at once to see whether they are UTF-8
_DECLARED: Final = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_WESTERN: Final = frozenset({"iso8859-1", "ascii"})
# what calls itself so is windows-1252 (the Encoding Standard says the same)
_SINGLE_BYTE: Final = ("cp125", "iso8859", "koi8", "mac", "cp437", "cp85", "cp866")
# codecs that feeds may name; Python has others that are no character sets


def utf8(body: bytes, charset: str | None = None) -> bytes:
    """A text in UTF-8, without byte order marks and control characters.

    The mark tells, then UTF-8 where it is that, then what the XML declares, then `charset`, the
    Content-Type header's word. Outlets declare what they are not; bytes that are valid UTF-8 by
    chance do not exist in prose.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            body = body[len(mark) :]
            whole = name == "utf-8" and _is_utf8(body)
            return _legal(body if whole else body.decode(name, errors="replace").encode())
    if wide := _wide(body[:4]):
        return _legal(body.decode(wide, errors="replace").encode())
    if _is_utf8(body):
        return _legal(body)
    return _legal(_by_declaration(body, charset).encode())


def _legal(text: bytes) -> bytes:
    text = text.translate(None, _CONTROL)
    for character in _NO_CHARACTERS:
        if character in text:
            text = text.replace(character, b"")
    return text


def _is_utf8(body: bytes) -> bool:
    """Whether all of it is; a large body is not held twice for the answer."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(body), _PIECE):
            decoder.decode(body[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _by_declaration(body: bytes, charset: str | None) -> str:
    """UTF-8 with a few broken letters, or a code page."""
    text = body.decode("utf-8", errors="replace")
    whole = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
    if text.count("\ufffd") * 4 <= whole:
        return text
    declared = _DECLARED.search(body[:AHEAD])
    names = [declared[1].decode("ascii") if declared else None, charset]
    return body.decode(next(_codecs(names), "cp1252"), errors="replace")


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its "<?" is zero."""
    if start[1::2] == b"\0\0" and start[0]:
        return "utf-16-le"
    return "utf-16-be" if start[::2] == b"\0\0" and start[1:2] != b"\0" else None


def _codecs(names: Iterable[str | None]) -> Iterator[str]:
    """The single-byte encodings among declared names, as Python calls them."""
    for name in names:
        try:
            codec = codecs.lookup(name or "utf-8").name
        except LookupError:
            continue
        if codec.startswith(_SINGLE_BYTE) or codec in _WESTERN:
            yield "cp1252" if codec in _WESTERN else codec


# --- web pages ------------------------------------------------------------------------------

_DOCTYPE: Final = re.compile(rb"<!doctype\s+html\b", re.IGNORECASE)
_PAGE: Final = re.compile(rb"<(?:html|head|body|title|meta|link)\b", re.IGNORECASE)
# elements that only a page begins with; notices are made of others
_END_OF_PAGE: Final = re.compile(rb"</html\s*>|<\?xml\s", re.IGNORECASE)
# the declaration of another document ends a page as well


def page_start(body: bytes) -> int | None:
    """Where the HTML page of an answer begins, None where it is none.

    Ahead of a page may stand what is no element of a head: notices, comments, an XML declaration.
    """
    start = _uncommented(body[:AHEAD])
    found = [m.start() for m in (_DOCTYPE.search(start), _PAGE.search(start)) if m]
    if not found or _JSON.match(start):
        return None
    other = _DOCUMENT.search(start, 0, min(found))
    return None if other else min(found)


_DOCUMENT: Final = re.compile(
    rb"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:rss|rdf|feed|urlset|sitemapindex)(?=[\s>/])", re.IGNORECASE
)
# a document of another kind, whose own elements (<title>, <link>) are no page's
_JSON: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*\"|\[\s*\{)")


def _is_page_before(text: bytes, root: int) -> bool:
    """Whether an HTML page begins ahead of `root` and goes on there.

    A doctype alone is no page: some systems write one ahead of their feeds. A page that has ended
    is what a script printed before it came to its answer.
    """
    page = _PAGE.search(text, 0, root)
    return bool(page and not _END_OF_PAGE.search(text, page.start(), root))


def _uncommented(start: bytes) -> bytes:
    """The same with blanks in place of comments: what stands in them begins nothing."""
    parts, at = [], 0
    while (opened := start.find(b"<!--", at)) >= 0 and (end := start.find(b"-->", opened)) >= 0:
        parts += [start[at:opened], b" " * (end + 3 - opened)]
        at = end + 3
    return b"".join(parts) + start[at:] if parts else start


# --- XML --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlPayload:
    """A document of XML."""

    root: str
    # local name of its root element as written: "rss", "urlset"
    text: bytes
    # in UTF-8, from the root element's start tag to its end tag, or as far as it came
    whole: bool
    # whether its end tag came


_SUBSET: Final = re.compile(rb"<!DOCTYPE[^\[>]{0,500}\[.{0,65536}?\]\s*>", re.DOTALL)
# declarations of a document's own; only the first one is looked at


def xml_payload(text: bytes, roots: Sequence[str]) -> XmlPayload | None:
    """The document of `text` (UTF-8) whose root is one of `roots`; None: there is none.

    Names are compared without regard to case and prefix. Everything ahead of the root goes: the
    entities that a DOCTYPE declares do not exist.
    """
    names = "|".join(roots).encode()
    pattern = re.compile(rb"<((?:[A-Za-z_][\w.-]{0,40}:)?(" + names + rb"))(?=[\s>/])", re.I)
    start = _uncommented(text[: 2 * AHEAD])
    declared = start.find(b"<!DOCTYPE", 0, AHEAD)
    subset = _SUBSET.match(start, declared) if declared >= 0 else None
    ahead = subset.end() if subset and not pattern.search(start, 0, declared) else 0
    root = pattern.search(start, ahead, ahead + AHEAD)
    if root is None or _is_page_before(start, root.start()):
        return None
    end = _end_of(text, root)
    return XmlPayload(
        root=root[2].decode(),
        text=text[root.start() : end] if end else text[root.start() :],
        whole=bool(end),
    )


def _end_of(text: bytes, root: re.Match[bytes]) -> int:
    """Behind the last end tag of a root element, 0 where there is none."""
    opened = text.find(b">", root.end())
    last = text.rfind(b"</" + root[1], root.end())
    closed = text.find(b">", last) if last >= 0 else -1
    if closed >= 0:
        return closed + 1
    return opened + 1 if opened > 0 and text[opened - 1 : opened] == b"/" else 0


# --- JSON ---------------------------------------------------------------------------------------

_DECODER: Final = json.JSONDecoder(strict=False)
_STARTS: Final = re.compile(r'\{(?=\s*["}])|\[(?=\s*(?:[\]\[{"]|null|true|false))')
# an object, or an array but of numbers: "[01-Dec-2026 ...] PHP Notice" and "[1]" are none


def json_payload(body: bytes) -> str:
    """The text of an answer from its JSON document on, whatever stands around it.

    Without such a document it is the whole text, so that an error can say what it is. What stands
    behind the document is left: `json.JSONDecoder.raw_decode` tells where it ends. Raises
    Unreadable for an empty body.
    """
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = utf8(body).decode()
    if _wide(body[:4]):
        text = utf8(body).decode()
    text = text.replace("\0", "").strip(_GAP)
    if not text:
        raise Unreadable("an empty body, not JSON")
    return text if _STARTS.match(text) else text[_json_start(text) :]


def _json_start(text: str) -> int:
    """Where the longest JSON value begins; 0 where none does, or a web page begins ahead of it."""
    longest = start = tried = 0
    broken, at = None, 0
    for _ in range(JSON_STARTS):
        found = _STARTS.search(text, at, AHEAD)
        if found is None or (not tried and _is_page_before(text[: found.start()].encode(), AHEAD)):
            break
        at, tried = found.end(), tried + 1
        try:
            _, end = _DECODER.raw_decode(text, found.start())
        except (ValueError, RecursionError) as error:
            broken = found.start() if broken is None else broken
            if getattr(error, "pos", 0) > found.start() + AHEAD:
                # no notice is so long: it is the document, and it breaks off
                break
            continue
        if end - found.start() > longest:
            longest, start = end - found.start(), found.start()
        at = end
    return start if longest else broken or 0


def json_value(body: bytes) -> Any:
    """The JSON value of an answer. Raises Unreadable where there is none, or it breaks off."""
    text = json_payload(body)
    if text[0] not in "[{":
        raise Unreadable(f"not JSON: {text[:60]!a}")
    try:
        return _DECODER.raw_decode(text)[0]
    except (ValueError, RecursionError) as error:
        raise Unreadable("the JSON breaks off") from error


# --- lines --------------------------------------------------------------------------------------

_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,300}>")


def text_lines(text: bytes) -> tuple[str, ...]:
    """The lines of `text` (UTF-8) that say anything, without tags and comments."""
    words = _TAG.sub("\n", _COMMENT.sub("\n", text.decode("utf-8", errors="replace")))
    return tuple(line for raw in words.splitlines() if (line := raw.strip()))
