"""The language of a page: what it declares, its path, and its words where those disagree.

Themes declare English for every page: a declaration of English is checked against the words.
Twins in another language stand under /english/ or /en/ with the slug of the original: the path
and the text say it, not the slug.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from crawler.models import Tongue
from crawler.reading.languages import read_language
from crawler.reading.page.facts import Facts
from crawler.reading.page.page_models import Candidate
from crawler.reading.page.structured import ARTICLES, kinds, words

_CODE: Final = re.compile(r"[a-z]{2,3}(?=[-_]|$)")
_SAME: Final = {
    "nb": "no",
    "nn": "no",
    "in": "id",
    "iw": "he",
    "ji": "yi",
    "al": "sq",
    "alb": "sq",
    "sqi": "sq",
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "fre": "fr",
    "ita": "it",
    "spa": "es",
    "por": "pt",
    "hrv": "hr",
    "srp": "sr",
    "mkd": "mk",
    "tl": "fil",
    "cn": "zh",
    "jp": "ja",
    "gr": "el",
    "cz": "cs",
    "ua": "uk",
    "kr": "ko",
}
_NAMES: Final = {
    "english": "en",
    "albanian": "sq",
    "shqip": "sq",
    "deutsch": "de",
    "german": "de",
    "italian": "it",
    "serbian": "sr",
    "macedonian": "mk",
    "srpski": "sr",
    "turkish": "tr",
    "french": "fr",
    "greek": "el",
}
_IN_PATH: Final = frozenset({"en", "sq", "de", "fr", "it", "es", "sr", "mk", "tr", "el", "hr"})
READ: Final = frozenset(
    {"sq", "en", "it", "hr", "sr", "bs", "mk", "de", "fr", "tr", "el", "bg", "ru", "uk"}
)
# languages that `crawler.reading.languages` tells apart
TWO_LETTERS: Final = 2
# ISO 639-1
_SURE: Final = 0.75


def tongue_of(
    facts: Facts, *, url: str, headline: str, lead: str, text: str, usual: Sequence[str]
) -> tuple[Tongue | None, list[Candidate]]:
    """The language and all candidates; `usual` is the outlet's languages, most usual first."""
    said = list(_said(facts, url))
    script = _script(f"{headline} {text[:300]}")
    if script:
        said = [
            (layer, code, raw, weight) for layer, code, raw, weight in said if code in script[1]
        ] or [("script", script[0], "", 5.0)]
    candidates = [
        Candidate(
            field="language",
            value=code,
            layer=f"page:{layer}",
            raw=raw[:60],
            weight=weight,
            why="declared" if layer != "script" else "the letters tell it",
        )
        for layer, code, raw, weight in said
    ]
    votes: dict[str, float] = {}
    for _, code, _, weight in said:
        votes[code] = votes.get(code, 0.0) + weight
    declared = max(votes, key=lambda code: votes[code]) if votes else None
    if declared and not _doubtful(declared, votes, usual):
        return Tongue(code=declared, source="declared", confidence=0.95), candidates
    host = urlsplit(url).hostname or ""
    return _read(declared, usual, host, (headline, f"{lead} {text[:500]}"), candidates)


_SCRIPTS: Final = (
    ("ja", frozenset({"ja"}), re.compile(r"[\u3040-\u30ff]")),
    ("ko", frozenset({"ko"}), re.compile(r"[\uac00-\ud7af]")),
    ("zh", frozenset({"zh", "yue"}), re.compile(r"[\u4e00-\u9fff]")),
    ("th", frozenset({"th"}), re.compile(r"[\u0e00-\u0e7f]")),
    ("he", frozenset({"he", "yi"}), re.compile(r"[\u0590-\u05ff]")),
    ("hy", frozenset({"hy"}), re.compile(r"[\u0530-\u058f]")),
    ("ka", frozenset({"ka"}), re.compile(r"[\u10a0-\u10ff]")),
)


def _script(text: str) -> tuple[str, frozenset[str]] | None:
    """The language that a script tells by itself, and those it leaves possible."""
    if text.isascii():
        return None
    for code, possible, letters in _SCRIPTS:
        if len(letters.findall(text)) > 0.12 * len(text):
            return code, possible
    return None


_BY_COUNTRY: Final = {
    "al": "sq", "xk": "sq", "mk": "mk", "rs": "sr", "me": "sr", "hr": "hr", "si": "sl", "gr": "el",
    "it": "it", "de": "de", "at": "de", "fr": "fr", "es": "es", "pt": "pt", "br": "pt", "tr": "tr",
    "bg": "bg", "ro": "ro", "hu": "hu", "pl": "pl", "cz": "cs", "sk": "sk", "nl": "nl", "dk": "da",
    "se": "sv", "no": "no", "fi": "fi", "ru": "ru", "ua": "uk", "tz": "sw", "ke": "sw", "id": "id",
    "vn": "vi", "mx": "es", "ar": "es", "cl": "es", "co": "es", "pe": "es",
}  # fmt: skip
# the language that most pages under a country's domain are in


def _doubtful(declared: str, votes: dict[str, float], usual: Sequence[str]) -> bool:
    return len(votes) > 1 or declared in READ or (bool(usual) and declared not in usual)


def _read(
    declared: str | None,
    usual: Sequence[str],
    host: str,
    said: tuple[str, str],
    candidates: list[Candidate],
) -> tuple[Tongue | None, list[Candidate]]:
    headline, lead = said
    prior = tuple(dict.fromkeys(code for code in (*usual, declared) if code and code in READ))
    heard = read_language(headline, lead, prior=prior) if headline or lead else None
    if heard is not None:
        candidates.append(
            Candidate(
                field="language",
                value=heard.code,
                layer="page:words",
                raw=heard.source,
                weight=6 * heard.confidence,
                why=f"the headline and the text, by {heard.source}",
            )
        )
    if declared == "en" and not usual and (heard is None or heard.source != "words"):
        native = _of_country(host, headline, lead)
        if native is not None:
            return native, candidates
    if heard is not None and _believed(heard, declared, usual):
        return heard, candidates
    if declared:
        return Tongue(code=declared, source="declared", confidence=0.7), candidates
    return heard, candidates


def _of_country(host: str, headline: str, lead: str) -> Tongue | None:
    """The country's language where the words are in it: themes declare English everywhere."""
    code = _BY_COUNTRY.get(host.rpartition(".")[2])
    heard = read_language(headline, lead, prior=(code,)) if code else None
    return heard if heard and heard.code == code and heard.source != "prior" else None


def _believed(heard: Tongue, declared: str | None, usual: Sequence[str]) -> bool:
    """Whether the words outweigh what the page declares."""
    if heard.code == declared or heard.source == "script":
        return True
    if declared is not None and declared not in READ:
        return False
    if heard.source == "words":
        return heard.confidence >= _SURE
    known = declared is None or heard.code in usual
    return known and heard.source == "langdetect" and heard.confidence >= _SURE


_METAS: Final = (
    "content-language", "language", "dc.language", "dcterms.language", "inlanguage",
)  # fmt: skip


def _said(facts: Facts, url: str) -> Iterator[tuple[str, str, str, float]]:
    """Layer, code, raw and weight of everything that declares a language."""
    pieces = (words(t.get("inLanguage")) for t in facts.things if kinds(t) & ARTICLES)
    for layer, raw, weight in (
        ("html lang", facts.lang, 3.0),
        ("og:locale", facts.meta("og:locale"), 2.0),
        ("meta", facts.meta(*_METAS), 2.0),
        ("json-ld", next(filter(None, pieces), None), 2.5),
    ):
        code = code_of(raw)
        if code and raw:
            yield layer, code, raw, weight
    for step in urlsplit(url).path.lower().split("/")[1:3]:
        code = _NAMES.get(step) or (step if step in _IN_PATH else None)
        if code:
            yield "path", code, step, 2.6
            return


def code_of(raw: str | None) -> str | None:
    """ISO 639-1 of "sq-AL", "en_US", "English"."""
    if not raw:
        return None
    name = raw.strip().lower()
    if name in _NAMES:
        return _NAMES[name]
    found = _CODE.match(name)
    if found is None:
        return None
    code = _SAME.get(found[0], found[0])
    return code if len(code) == TWO_LETTERS or found[0] in _SAME else None
