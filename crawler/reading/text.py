"""Markup to plain text, as a reader sees it: headlines and excerpts in one line, bodies in many.

Everything here is bounded and linear in the length of its input; hostile nesting, floods of
brackets or of combining marks are only long. Output is NFC, free of control characters,
invisible marks and half characters; U+200C stays between Arabic letters, where it is spelling.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from html import unescape
from typing import Final
from unicodedata import normalize

from crawler.limits import LINE_MARKUP, TEXT_MARKUP

_SIMPLE_TAG = re.compile(
    r"</?(?:(p|br|div|h[1-6]|li|ul|ol|blockquote)|a|abbr|b|bdi|cite|em|font|i|mark|q|s|small|span"
    r"|strong|sub|sup|u)\s*/?>",
    re.IGNORECASE,
)
# tags without attributes, blocks in group 1: what WordPress writes into titles and excerpts
_TAG_LEFT = re.compile(r"<[A-Za-z/!?]")
# an opening bracket that starts a tag: "3 < 5" is text
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_ESCAPED_BODY = re.compile(r"&lt;/?(?:p|br|div|a|img|strong|em|h[1-6])\b", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<\?[^<>]{0,2000}>?")
# "<?xml ... ?>" pasted into a body: not text, whatever the parser takes it for
_CAPTION = re.compile(r"\[caption\b[^\[\]]{0,500}\]")
_CAPTION_END: Final = "[/caption]"
_LONGEST_CAPTION: Final = 2_500
# characters of markup of the two and what stands between
_SHORTCODE = re.compile(
    r"\[/?(?:vc|et_pb|fusion|av|tie|td)_\w{1,40}[^\[\]]{0,2000}\]"
    r"|\[/?(?:caption|gallery|embed|video|audio|playlist)\b[^\[\]]{0,500}\]"
)
# WordPress shortcodes that nobody rendered: captions with their text, page builders without
_FOOTER = re.compile(
    r"\b(?:appeared first on|first appeared on|was originally published (?:on|at)"
    r"|u (?:shfaq|publikua|botua) (?:së pari|se pari|fillimisht|për herë të parë)"
    r"|proviene da|erschien zuerst auf|est apparu en premier sur|apareció primero en"
    r"|εμφανίστηκε πρώτα)\b",
    re.IGNORECASE,
)
# the last paragraph that SEO plugins add to feeds ("The post X appeared first on Y.")
_FOOTER_WORDS: Final = (
    "appeared", "published", "shfaq", "publikua", "botua", "proviene", "erschien", "apparu",
    "apareció", "εμφανίστηκε",
)  # fmt: skip
# one of them stands in every footer: looked for before the pattern, at a fifth of its cost
_LONGEST_FOOTER: Final = 600
_MORE = re.compile(r"(?:\[\s*(?:…|\.\.\.)\s*\]|…)\Z")
# WordPress's " […]" at the end of an excerpt, its themes' " …"
_LONGEST_MORE: Final = 9

BREAK: Final = "\x1e"
LINE: Final = "\x1f"
# end a paragraph, a line while text is gathered; white space to `str.split`, so none survives

_CONTROL = (
    r"\x00-\x08\x0b\x0c\x0e-\x1d\x7f-\x9f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u2064\u2066-\u206f\ufeff\ufff0-\ufffc\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"
)
_MAYBE_DIRT = re.compile(f"[{_CONTROL}\u200c\u200d]")
_DIRT = re.compile(
    f"[{_CONTROL}]"
    r"|(?<![\u0600-\u06ff])\u200c|\u200c(?![\u0600-\u06ff])"
    r"|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
# U+200C stays between Arabic letters, U+200D inside emoji
_NOT_NFC_SURE = re.compile(r"[^\x00-\u02ff\u2000-\u2121\u2190-\u21ff]")
# what may need composing; Latin, punctuation and currency never do
_SURE: Final = r" -\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2070-\u2121\u2190-\u21ff"
_SURELY_CLEAN = re.compile(rf"[\t\n\r\x1e\x1f\xa0{_SURE}]*")
_SURE_LINE = re.compile(rf"[{_SURE}]*")
# neither dirt nor to be composed, and the blank the only white space of a line: to match a run of
# one class takes a fifth of looking for what is not in it
_WORD = re.compile(r"\S{1,64}")
# composing is quadratic in a run of combining marks: no word is this long, no run longer
_C1: Final = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}
# windows-1252 taken for latin-1, as HTML reads it too: \x93 is “


def plain(markup: str) -> str:
    """One line of text: tags, entities (also escaped twice, as in feeds) and dirt resolved.

    Blocks and line breaks part words, inline tags do not. Reads at most LINE_MARKUP characters.
    """
    text = markup[:LINE_MARKUP]
    for _ in range(2):
        if "<" in text:
            text = _without_tags(text)
        if "&" not in text or not _ENTITY.search(text):
            break
        text = unescape(text)
    if "<" in text:
        text = _without_tags(text)
    return _single_spaced(clean(text).strip())


def _without_tags(text: str) -> str:
    simple = _SIMPLE_TAG.sub(_word_gap, text)
    return _heard(text) if _TAG_LEFT.search(simple) else simple


def _word_gap(tag: re.Match[str]) -> str:
    return " " if tag[1] else ""


def text_of(html: str) -> str:
    """The body of a row: paragraphs by newline; scripts, pictures, captions, forms left out.

    The paragraph that plugins add to feeds ("appeared first on") goes too. Reads at most
    TEXT_MARKUP characters: `bounded` says so for the record.
    """
    html = html[:TEXT_MARKUP]
    if "<" not in html and _ESCAPED_BODY.search(html):
        html = unescape(html)
    text = clean(_heard(html) if "<" in html else unescape(html).replace("\n", BREAK))
    if "[" in text:
        text = _SHORTCODE.sub(" ", _without_captions(text))
    lines = (_single_spaced(line.strip()) for line in text.replace(LINE, BREAK).split(BREAK))
    return "\n".join(_without_footer([line for line in lines if line]))


def _single_spaced(line: str) -> str:
    if "  " not in line and _SURE_LINE.fullmatch(line):
        return line
    return " ".join(line.split())


def _without_captions(text: str) -> str:
    """Without what stands between [caption ...] and the end of it, where that is near."""
    kept, at = [], 0
    while (end := text.find(_CAPTION_END, at)) >= 0:
        near = max(at, end - _LONGEST_CAPTION)
        opened = _CAPTION.search(text, near, end)
        kept += [text[at : opened.start()], " "] if opened else [text[at:end]]
        at = end + len(_CAPTION_END)
    return "".join((*kept, text[at:]))


def unbroken_words(html: str) -> str:
    """The text of a body as PHP's `strip_tags` sees it: a <br> parts no words, blocks do."""
    return clean(_heard(html[:TEXT_MARKUP]).replace(LINE, ""))


def _heard(markup: str) -> str:
    """The text that lxml tells of in markup, BREAK between its blocks."""
    from crawler.reading.row_html import heard  # noqa: PLC0415 - lxml only when there is markup

    return heard(_parsable(markup))


def _parsable(markup: str) -> bytes:
    """In UTF-8, without what lxml stumbles over: NUL, half characters, a BOM, "<?xml"."""
    try:
        written = markup.encode()
    except UnicodeEncodeError:
        markup = clean(markup)
        written = markup.encode()
    if b"<?" in written:
        written = _INSTRUCTION.sub("", markup).encode()
    return written.removeprefix(BOM_UTF8).replace(b"\x00", b"")


def _without_footer(lines: list[str]) -> list[str]:
    while lines and _is_footer(lines[-1]):
        lines.pop()
    return lines


def _is_footer(line: str) -> bool:
    if len(line) > _LONGEST_FOOTER:
        return False
    lowered = line.lower()
    return any(word in lowered for word in _FOOTER_WORDS) and bool(_FOOTER.search(line))


def excerpt_of(markup: str) -> str:
    """One line of an excerpt: a feed's footer and a theme's "read more" are not part of it.

    WordPress's closing " […]" becomes "…".
    """
    line = _SIMPLE_TAG.sub(_word_gap, markup[:LINE_MARKUP])
    line = plain(text_of(markup) if _TAG_LEFT.search(line) else line)
    # a single line, whose white space is single: the dots' beginning is near
    found = _MORE.search(line, max(0, len(line) - _LONGEST_MORE))
    return f"{line[: found.start()].rstrip()}…" if found else line


def clean(text: str) -> str:
    """`text` in NFC, without control characters, invisible marks and half characters."""
    if _SURELY_CLEAN.fullmatch(text):
        return text
    if _MAYBE_DIRT.search(text):
        text = _DIRT.sub(_washed, text)
    if _NOT_NFC_SURE.search(text):
        text = _WORD.sub(lambda word: normalize("NFC", word[0]), text)
    return text


def _washed(dirt: re.Match[str]) -> str:
    return _C1.get(ord(dirt[0]), "")


def bounded(text: str, longest: int, what: str) -> tuple[str, str | None]:
    """`text` of at most `longest` characters, cut at a word, and the note that says so."""
    if len(text) <= longest:
        return text, None
    start, _, _ = text[: longest + 1].rpartition(" ")
    whole = (start or text)[:longest].strip()
    return whole, f"{what} of {len(text):,} characters cut to {len(whole):,}"
