"""robots.txt in any bytes: the lines that a parser of RFC 9309 understands.

Files of real sites begin with byte order marks, are saved as UTF-16, in a code page or with the
line ends of another age, and are answered behind a notice of PHP. What their owners ask holds all
the same. Where two readings are possible, the one that keeps us out wins.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
import zlib
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from crawler.limits import ROBOTS
from crawler.reading.addresses import printed

# So much of a file shows how many bytes a letter has.
SAMPLE: Final = 400

# The longest first: the mark of UTF-16 begins that of UTF-32.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_GZIP: Final = b"\x1f\x8b"
# zlib's word for "a gzip header comes first"
_GZIP_WINDOW: Final = 31
# A byte order mark that was taken for letters of a code page and saved once more.
_MARK_AS_LETTERS: Final = "\u00ef\u00bb\u00bf"
# The tags that an editor or PHP puts around lines; other words in angle brackets may be a path's.
_TAG: Final = re.compile(
    r"</?(?:html|head|body|title|meta|pre|code|p|div|span|font|b|i|strong|br)\b[^<>]{0,300}>", re.I
)
_LINE: Final = re.compile(r"(?P<field>[^:\uff1a#]{1,60})[:\uff1a](?P<value>.*)", re.DOTALL)
_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212\u00ad]")
_AGENT_FIELDS: Final = frozenset({"user-agent", "useragent", "user agent"})
_DELAY_FIELDS: Final = frozenset({"crawl-delay", "crawl delay"})
# RFC 9309, 2.2.1: the product token is letters, hyphens and underscores; a version is none of it.
_TOKEN: Final = re.compile(r"[A-Za-z_-]+(?=[/ (])")
_COMMENT: Final = re.compile(r"\s#.*")
# behind a value; a "#" without a blank ahead of it is part of an address
_SECONDS: Final = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,3})?")


def robots_text(body: bytes, charset: str | None = None) -> str:
    """The lines of a robots.txt, each field spelled as RFC 9309 does, ended by "\\n".

    `charset` is what the answer declares; bytes that are UTF-8 are that whatever it says. A rule
    in a code page stands twice: as its letters, and as the very bytes, since either may be what
    the site's links are spelled in. At most `ROBOTS` bytes are read, whole lines only.
    """
    text = "\n".join(_decoded(_unzipped(body), charset))
    text = _TAG.sub("\n", text.replace("\x00", "").replace(_MARK_AS_LETTERS, ""))
    return "".join(f"{line}\n" for raw in text.splitlines() for line in _spelled(raw))


def sitemaps_of(text: str, url: str) -> tuple[str, ...]:
    """The addresses that the Sitemap lines of a robots.txt name, absolute, each once.

    `text` is as `robots_text` spells it, `url` its own address; what is no web address is left.
    """
    named: dict[str, None] = {}
    for line in text.splitlines():
        field, _, value = line.partition(":")
        told = printed(_COMMENT.sub("", value).strip("\"'<> "))
        if field.strip().lower() != "sitemap" or not told:
            continue
        try:
            address = urljoin(url, told)
        except ValueError:
            continue
        if address.startswith(("http://", "https://")):
            named[address] = None
    return tuple(named)


# --- bytes to letters ---------------------------------------------------------------


def _unzipped(body: bytes) -> bytes:
    """The file itself where it is kept zipped, within the bound; broken off is as far as it is."""
    if body.startswith(_GZIP):
        try:
            body = zlib.decompressobj(_GZIP_WINDOW).decompress(body, ROBOTS + 1)
        except zlib.error:
            return b""
    if len(body) <= ROBOTS:
        return body
    end = max(body.rfind(end, 0, ROBOTS) for end in (b"\n", b"\r"))
    return body[: end if end > 0 else ROBOTS]


def _decoded(body: bytes, charset: str | None) -> Iterator[str]:
    mark, wide = next(((m, name) for m, name in _MARKS if body.startswith(m)), (b"", _wide(body)))
    body = body.removeprefix(mark)
    if wide not in {None, "utf-8"}:
        yield body.decode(str(wide), "replace")
        return
    page = _code_page(charset)
    for line in body.splitlines():
        told = line.decode("utf-8", "replace")
        if "\ufffd" in told:
            yield line.decode(page, "replace")
        yield told


def _wide(body: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its ASCII is empty."""
    sample = body[:SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample) or not sample:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _code_page(charset: str | None) -> str:
    """The declared code page; Windows' western one for none, an unknown one or Latin-1.

    So browsers read Latin-1 (Encoding Standard, 4.2).
    """
    try:
        name = codecs.lookup(charset or "").name
        b"a".decode(name)
    except (LookupError, ValueError):
        return "cp1252"
    return "cp1252" if name in {"iso8859-1", "ascii", "utf-8"} else name


# --- a line's spelling ----------------------------------------------------------------


def _spelled(raw: str) -> Iterator[str]:
    """A line with its field in normal spelling; of several agents in one, a line each."""
    line = _bare(raw)
    parts = _LINE.match(line)
    if parts is None:
        yield line
        return
    field = _DASHES.sub("-", _visible(parts["field"])).strip()
    value = _bare(parts["value"])
    folded = unicodedata.normalize("NFKC", field).lower()
    if folded in _AGENT_FIELDS:
        yield from (f"User-agent: {agent}" for agent in _agents(value))
    elif folded in _DELAY_FIELDS and (seconds := _SECONDS.match(value)):
        yield f"Crawl-delay: {seconds[0].replace(',', '.')}"
    else:
        yield f"{folded}: {value}"


def _agents(value: str) -> Iterator[str]:
    """Product tokens: "Jehona/0.1.0 (+press@office.example)" is Jehona."""
    named = unicodedata.normalize("NFKC", value.partition("#")[0])
    for part in re.split("[,;](?![^(]*\\))", named):
        agent = _bare(part).strip("\"'` ")
        token = _TOKEN.match(agent)
        yield token[0] if token else agent


def _bare(text: str) -> str:
    """Without space and marks that nobody sees at either end; inside they may belong to a path."""
    first, end = 0, len(text)
    while first < end and _unseen(text[first]):
        first += 1
    while end > first and _unseen(text[end - 1]):
        end -= 1
    return text[first:end]


def _visible(text: str) -> str:
    return "".join(c for c in text if c.isspace() or not _unseen(c))


def _unseen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in {"Cf", "Cc"}
