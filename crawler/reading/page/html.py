"""Bytes to a tree: charset, bounds and the one lxml parse.

libxml2 stops at 255 levels of nesting unless it is asked for more; nothing here recurses.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from lxml import etree

from crawler.limits import ATTRIBUTES, PAGE
from crawler.reading import Unreadable

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,80}encoding=["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEAD_BYTES: Final = 4_096
# where a declaration may stand; the HTML standard says 1,024, pages know better
_SERVER_DEFAULTS = frozenset({"iso8859-1", "latin-1", "cp1252", "ascii"})
# what servers claim for every file: the page's own word is better
_ON_THE_WEB = re.compile(
    r"ascii|cp(?:125\d|866|874|932|949)|iso8859-\d+|koi8-[ru]|mac-(?:roman|cyrillic)|gbk|gb2312|gb18030"
    r"|big5|big5hkscs|euc_jp|iso2022_jp|shift_jis|euc_kr|utf-(?:8|16|32)(?:-[bl]e)?"
)
# what browsers read (WHATWG Encoding); Python knows codecs that are none, as "idna"
_RUN: Final = 30_000
# bytes without a bracket, as a tag of 5,000 attributes or a script has
_LONG_TAG = re.compile(rb"<[^<>]{60000,}>?")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_XML_START = re.compile(rb"\s{0,200}<\?xml[^>]{0,200}\?>")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKED = tuple(mark for mark, _ in _BOMS)
_FEW_BROKEN: Final = 0.02
# share of the non-ASCII bytes that may be broken in a page that is UTF-8 all the same


def tree_of(body: bytes | str, charset: str | None) -> tuple[etree._Element, tuple[str, ...]]:
    """The parsed page and notes ("page of 50,000,000 bytes cut ..."). Parses once.

    Raises Unreadable for an empty body and for what is not HTML.
    """
    notes: tuple[str, ...] = ()
    if len(body) > PAGE:
        notes = (f"page of {len(body):,} bytes cut to {PAGE:,}",)
        body = body[:PAGE]
    raw = _utf8(body, charset).replace(b"\x00", b"")
    start = _XML_START.match(raw)
    raw = raw[start.end() :] if start else raw
    _refuse_other_kinds(raw)
    if _has_long_runs(raw):
        raw = _LONG_TAG.sub(_bearable, raw)
    return _parsed(raw), notes


def _utf8(body: bytes | str, charset: str | None) -> bytes:
    """A page as UTF-8 without BOM: most are, and are only looked through."""
    if isinstance(body, str):
        return body.encode("utf-8", "replace")
    if not body.startswith(_MARKED):
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return body
    return decoded(body, charset).encode("utf-8", "replace")


def decoded(body: bytes, charset: str | None) -> str:
    """`body` as text: BOM, valid UTF-8, then what header and page declare, then windows-1252."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(body):
        return body.decode("utf-8", "replace")
    for name in _declared(body, charset):
        try:
            return body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    names = _declared(body, charset)
    return body.decode(names[0] if names else "cp1252", "replace")


def _nearly_utf8(body: bytes) -> bool:
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond = sum(1 for byte in body if byte > 0x7F) if broken < 2_000 else 0  # noqa: PLR2004
    return broken <= max(1, beyond * _FEW_BROKEN) and beyond > 2  # noqa: PLR2004


def _declared(body: bytes, charset: str | None) -> list[str]:
    """Codec names that header and page claim, the better first, unknown ones left out."""
    found = _DECLARED.search(body[:_HEAD_BYTES])
    own = (found[1] or found[2]).decode("ascii", "replace") if found else None
    header, page = _codec(charset), _codec(own)
    names = [page, header] if header in _SERVER_DEFAULTS else [header, page]
    return [name for name in names if name and name not in {"utf-8", "utf-16", "utf-32"}]


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not _ON_THE_WEB.fullmatch(found.name):
        return None
    # browsers read latin-1 as windows-1252 (WHATWG Encoding)
    return "cp1252" if found.name in {"iso8859-1", "ascii"} else found.name


def _has_long_runs(raw: bytes) -> bool:
    """Whether somewhere no bracket stands for long: ten times as fast as looking for tags."""
    starts = range(0, len(raw) - _RUN, _RUN)
    return any(raw.find(b"<", at, at + _RUN) < 0 for at in starts)


def _bearable(tag: re.Match[bytes]) -> bytes:
    """A long tag as it is, nothing for one with more attributes than any page has."""
    bare = _QUOTED.sub(b"", tag[0])
    return b"" if len(bare.split()) + bare.count(b"=") > ATTRIBUTES else tag[0]


_OTHER = (
    (b"%PDF-", "a PDF"),
    (b"{", "JSON"),
    (b"[", "JSON"),
    (b"<rss", "a feed"),
    (b"<feed", "a feed"),
    (b"<urlset", "a sitemap"),
    (b"<sitemapindex", "a sitemap"),
    ("\x89PNG".encode(), "a picture"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"PK\x03\x04", "an archive"),
)


def _refuse_other_kinds(raw: bytes) -> None:
    start = raw[:2_000].lstrip()
    if not start:
        raise Unreadable("an empty page")
    for mark, what in _OTHER:
        if start.startswith(mark):
            raise Unreadable(f"not HTML but {what}")
    if b"<" not in raw:
        raise Unreadable("not HTML: no tag in it")


def _parsed(raw: bytes) -> etree._Element:
    # nobody asks for an element by its id: a table of them is a tenth of a parse
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("not HTML: nothing to read in it") from error
    if root is None:
        raise Unreadable("not HTML: nothing to read in it")
    return root
