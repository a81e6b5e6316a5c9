"""A page, feed, sitemap or JSON with its shape kept and every word invented (pure).

Deterministic: the same word becomes the same invented word everywhere, so that addresses still
join rows and pages. Tags, attribute names, classes, dates, numbers and the paths of machines
(`/wp-json/wp/v2/posts`) stay; text, names, addresses, scripts and comments do not. Scripts but
JSON-LD, styles and comments are emptied.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from html import escape, unescape
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

HOST: Final = "gazeta.example"
# every address's host
SHORTEST: Final = 3
# letters; shorter words tell nothing and are the grammar that reading a language needs
WORD: Final = re.compile(r"[^\W\d_]{3,}", re.UNICODE)
DATE: Final = re.compile(
    r"\s*(?:\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?"
    r"|(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} [\d:]+ (?:GMT|[+-]\d{4}))\s*"
)
NEAR: Final = 2
# characters between a month and its day


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


SYLLABLES: Final = _listed(
    "ba be bo da de do fa fe go ka ke ko la le lo ma me mo na ne no pa pe po ra re ro sa se so ta "
    "te to va ve vo za ze zo"
)
MONTHS: Final = frozenset(
    _listed(
        "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor janarit "
        "shkurtit marsit prillit majit qershorit korrikut gushtit shtatorit tetorit nëntorit "
        "dhjetorit january february march april may june july august september october november "
        "december"
    )
)
# stay where they stand beside a number
MACHINE: Final = frozenset(
    _listed(
        "wp json posts pages media feed rss atom xml html php txt robots category tag author "
        "sitemap index news content uploads english www page faqja http https rest route comments "
        "includes api org com net example gazeta users types taxonomies post"
    )
)
# words of addresses that machines read
KEPT_ATTRIBUTES: Final = frozenset(
    _listed(
        "class id rel type name property itemprop lang charset datetime http-equiv version "
        "encoding ispermalink standalone media role itemtype itemscope width height xml:lang"
    )
)
KEPT_KEYS: Final = frozenset(
    _listed(
        "type status format ping_status comment_status methods namespace namespaces "
        "timezone_string enum default @type @context taxonomy rel"
    )
)
KEPT_ELEMENTS: Final = frozenset(
    _listed(
        "pubdate dc:date lastmod published updated news:publication_date lastbuilddate generator "
        "language news:language priority changefreq sy:updateperiod sy:updatefrequency"
    )
)
NAMING: Final = re.compile(r"\b(category|tag|author|tax|term)-([\w-]+)")
# WordPress writes rubrics and tags into classes
TOKEN: Final = re.compile(
    r"<!--.*?-->|<!\[CDATA\[(?P<cdata>.*?)\]\]>|<\?.*?\?>|<![^>]*>"
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z][\w:.-]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^'\">])*)>",
    re.DOTALL,
)
ATTRIBUTE: Final = re.compile(r"([\w:.@-]+)(\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
LOUD: Final = frozenset({"script", "style"})
ADDRESS: Final = re.compile(r"(?:https?:)?(?://|\\/\\/)[^\s\"'<>]+|[\w.+-]+@[\w-]+\.[\w.]+")
MOST: Final = 4_000_000
# characters


class Scrubber:
    """Words to invented words, of one site's answers."""

    def __init__(self, vocabulary: Collection[str], *, names: Iterable[str] = ()) -> None:
        """`vocabulary`: folded words that no invented one may be; `names`: never kept."""
        self.vocabulary = frozenset(vocabulary)
        self.names = frozenset(word for name in names for word in words_of(name))
        self.invented: dict[str, str] = {}

    # --- words

    def word(self, word: str) -> str:
        """The invented word: as long as the first, capitals where it had them."""
        folded = word.casefold()
        if folded not in self.invented:
            self.invented[folded] = self._invent(folded)
        new = self.invented[folded]
        if word.isupper():
            return new.upper()
        return new.capitalize() if word[:1].isupper() else new

    def _invent(self, folded: str) -> str:
        for attempt in range(1000):
            seed = blake2b(f"{attempt}:{folded}".encode(), digest_size=16).digest()
            size = max(len(folded) + attempt // 10, SHORTEST)
            new = "".join(SYLLABLES[byte % len(SYLLABLES)] for byte in seed * (size // 16 + 1))
            if new[:size] not in self.vocabulary:
                return new[:size]
        raise ValueError("no invented word is left")

    def text(self, text: str) -> str:
        """Plain text: dates, numbers and signs stay."""
        if DATE.fullmatch(text):
            return text
        parts = ADDRESS.split(text)
        addresses = [self.url(found) for found in ADDRESS.findall(text)] + [""]
        return "".join(self._plain(part) + url for part, url in zip(parts, addresses, strict=True))

    def _plain(self, text: str) -> str:
        return WORD.sub(self._spoken, text)

    def _spoken(self, found: re.Match[str]) -> str:
        """A month beside a number is a date's; elsewhere it is a word like others."""
        around = found.string[max(0, found.start() - NEAR) : found.end() + NEAR]
        dated = found[0].casefold() in MONTHS and any(c.isdigit() for c in around)
        return found[0] if dated else self.word(found[0])

    def url(self, url: str) -> str:
        """An address with the same path shape on the example host."""
        if "@" in url and "//" not in url:
            return f"redaksia@{HOST}"
        parts = _split(url.replace("\\/", "/")) if _is_address(url) else None
        if parts is None:
            return self._path(url)
        scheme = f"{parts.scheme}:" if parts.scheme else ""
        tail = f"{parts.path}{'?' if parts.query else ''}{parts.query}"
        return f"{scheme}//{HOST}{self._path(tail)}"

    def _path(self, path: str) -> str:
        return WORD.sub(lambda found: self._machine(found[0]), path)

    def _machine(self, word: str) -> str:
        folded = word.casefold()
        return word if folded in MACHINE and folded not in self.names else self.word(word)

    # --- documents

    def document(self, body: str) -> str:
        """JSON or markup."""
        plain = body[:MOST]
        if not plain.lstrip("\ufeff \t\r\n").startswith(("<", "{", "[")):
            return "".join(map(self._line, plain.splitlines(keepends=True)))
        try:
            data = json.loads(plain)
        except (ValueError, RecursionError):
            return self.markup(plain)
        return json.dumps(self.json(data), ensure_ascii=False, indent=1) + "\n"

    def _line(self, line: str) -> str:
        """A line of robots.txt: what stands before the colon is the protocol's."""
        key, colon, value = line.partition(":")
        known = key.strip().lower() in {"sitemap", "user-agent", "disallow", "allow", "crawl-delay"}
        if not colon or not known:
            return self.text(line)
        stripped = value.strip()
        return f"{key}:{value.replace(stripped, self.url(stripped))}" if stripped else line

    def json(self, value: Any, key: str = "") -> Any:
        """JSON's strings scrubbed; keys are names of machines, but for addresses."""
        if isinstance(value, Mapping):
            return {self._key(name): self.json(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [self.json(item, key) for item in value]
        if not isinstance(value, str) or key in KEPT_KEYS:
            return value
        if _is_address(value):
            return self.url(value)
        return self.markup(value) if "<" in value else self._escaped(value)

    def _key(self, name: str) -> str:
        return self.url(name) if _is_address(name) else name

    def _escaped(self, text: str) -> str:
        """Text whose entities are letters too."""
        plain = unescape(text)
        return self.text(plain) if plain == text else escape(self.text(plain), quote=False)

    def markup(self, markup: str) -> str:
        """HTML or XML, tag by tag; malformed stays malformed."""
        made: list[str] = []
        at, element = 0, ""
        for token in TOKEN.finditer(markup):
            made.append(self._between(markup[at : token.start()], element))
            made.append(self._token(token, element))
            at = token.end()
            if token["tag"]:
                element = "" if token["close"] else token["tag"].lower()
        made.append(self._between(markup[at:], element))
        return "".join(made)

    def _between(self, text: str, element: str) -> str:
        """What stands between two tags."""
        if not text.strip() or element in KEPT_ELEMENTS:
            return text
        if element in LOUD:
            return self._script(text)
        if "&lt;" in text:
            return escape(self.markup(unescape(text)), quote=False)
        stripped = text.strip()
        if _is_address(stripped):
            return text.replace(stripped, escape(self.url(unescape(stripped)), quote=False))
        return self._escaped(text)

    def _script(self, text: str) -> str:
        """JSON-LD stays JSON; everything else is emptied."""
        try:
            return json.dumps(self.json(json.loads(text)), ensure_ascii=False)
        except (ValueError, RecursionError):
            return ""

    def _token(self, token: re.Match[str], element: str) -> str:
        if token["cdata"] is not None:
            inner = token["cdata"]
            kept = element in KEPT_ELEMENTS
            scrubbed = inner if kept else self.markup(inner) if "<" in inner else self.text(inner)
            return f"<![CDATA[{scrubbed}]]>"
        if token["tag"] is None:
            whole = token[0]
            return whole if whole.startswith(("<?xml", "<!DOCTYPE", "<!doctype")) else ""
        rest = ATTRIBUTE.sub(self._attribute, token["rest"])
        return f"<{token['close']}{token['tag']}{rest}>"

    def _attribute(self, found: re.Match[str]) -> str:
        name, equals, raw = found[1], found[2], found[3]
        quote = raw[0] if raw[0] in "\"'" else ""
        value = raw.strip(quote) if quote else raw
        return f"{name}{equals}{quote}{self._value(name.lower(), value)}{quote}"

    def _value(self, name: str, value: str) -> str:
        if name in KEPT_ATTRIBUTES or name.startswith("xmlns"):
            return self._without_names(value)
        if name == "style" or name.startswith("on"):
            return ""
        plain = unescape(value)
        if _is_address(plain) or plain.startswith(("/", "?", "#")):
            return escape(self.url(plain))
        return escape(self.text(plain))

    def _without_names(self, value: str) -> str:
        """Classes may be called after the outlet, a rubric or a tag."""
        if _is_address(value):
            return value
        value = NAMING.sub(lambda found: f"{found[1]}-{self._path(found[2])}", value)
        return WORD.sub(
            lambda found: self.word(found[0]) if found[0].casefold() in self.names else found[0],
            value,
        )


def words_of(text: str) -> set[str]:
    """The folded words of a text."""
    return {word.casefold() for word in WORD.findall(text)}


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "//", "http:\\/\\/", "https:\\/\\/"))


def _split(url: str) -> SplitResult | None:
    """None for an address that is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return None
