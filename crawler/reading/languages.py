"""The language of a headline with its lead: script, then common words, then langdetect's profiles.

langdetect's own `detect` draws letter groups at random until it is sure of itself: slow, and
unsteady on headlines even when seeded. Here every letter group of the text is weighed against its
profiles (naive Bayes, no chance in it, so there is nothing to seed): of 180 texts in Latin script
178 right by profiles alone, 180 with common words (measured 2026-11). Only the profiles of the
candidate languages are loaded. There is none for Serbian: it is weighed as Croatian.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import exp, log
from operator import add
from pathlib import Path
from typing import Any, Final

from crawler.models import Tongue
from crawler.reading.language_words import ARABIC, CYRILLIC, LATIN, PLAIN

LOOKED_AT: Final = 600
# characters: the headline and the beginning of the lead
CANDIDATES: Final = ("sq", "en", "it", "hr")
# what outlets around Albania publish in, in Latin script
FURTHER: Final = ("de", "fr", "tr")
# weighed only where a text shows their letters; their common words are known all the same
SLAVIC: Final = ("mk", "sr", "bg", "ru", "uk")
# the same in Cyrillic
SERBIAN: Final = ("sr", "hr", "bs", "sh", "cnr")
# read as one language in Latin script: the outlet says which

_WORD: Final = re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*")
_NOT_LATIN: Final = re.compile(r"[\u0370-\u1dff\u1f00-\u1fff\u2c00-\ufaff\ufb50-\ufefc]")
_GREEK: Final = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
_ARABIC: Final = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_OTHER: Final = re.compile(r"[\u0530-\u05ff\u0700-\u074f\u0780-\u1dff\u2c00-\ufaff]")

_ENOUGH: Final = 2.0
# weight of common words that decides, when the next language has less than half of it
_SMOOTH: Final = 3e-6
# probability of a letter group that a profile lacks; 1e-6 and 1e-5 decide alike
_COMMON_WORD: Final = 4.0
# nats that a common word of one language alone is worth beside the profiles
_PRIOR: Final = 6.0
# nats that the outlet's first language is worth, two less for each further one
_AROUND: Final = {"sq": 2.0, "en": 2.0, "mk": 2.0, "sr": 2.0}
# nats that the languages of the region's outlets are worth before a word is read
_TIE: Final = 2.0
# nats: less is a tie, and the outlet's language wins it
_GROUPS_OF: Final = 40
# words whose letter groups are weighed
_SHORTEST: Final = 4
# letters; fewer say nothing


def read_language(headline: str, lead: str, *, prior: Sequence[str]) -> Tongue | None:
    """The language of both texts together; None where nothing can be told and `prior` is empty.

    `prior` is the outlet's languages, most usual first (ISO 639-1): it decides ties, texts of a
    word or two, and what Serbian, Croatian or Bosnian is called.
    """
    text = f"{headline}. {lead}"[:LOOKED_AT] if lead else headline[:LOOKED_AT]
    return _by_script(text, prior) or _usual(prior)


def _usual(prior: Sequence[str]) -> Tongue | None:
    return Tongue(code=prior[0], source="prior", confidence=0.3) if prior else None


# --- script --------------------------------------------------------------------------


def _by_script(text: str, prior: Sequence[str]) -> Tongue | None:
    if not _NOT_LATIN.search(text):
        return _latin(text, prior)
    counts = {
        "greek": len(_GREEK.findall(text)),
        "cyrillic": len(_CYRILLIC.findall(text)),
        "arabic": len(_ARABIC.findall(text)),
        "other": len(_OTHER.findall(text)),
    }
    script = max(counts, key=counts.__getitem__)
    letters = sum(map(len, _WORD.findall(text)))
    if counts[script] * 2 <= letters:
        return _latin(text, prior)
    if script == "greek":
        return Tongue(code="el", source="script", confidence=0.99)
    if script == "arabic":
        return _arabic(text.lower())
    return _cyrillic(text.lower(), prior) if script == "cyrillic" else None


_ARABIC_LETTERS: Final = (
    ("ur", re.compile("[ٹڈڑںے]")),
    ("ku", re.compile("[ێۆڕڵڤ]")),
    ("ps", re.compile("[ښځڅډړږڼ]")),
)
_PERSIAN: Final = re.compile("[پچژگکی]")
_ARABIAN: Final = re.compile(r"[ةيكىإ]|(?<!\w)(?:وال|بال|لل|ال)(?=\w)")


def _arabic(text: str) -> Tongue:
    """Persian has four letters of its own and writes yeh and kaf as its keyboards do."""
    for code, letters in _ARABIC_LETTERS:
        if letters.search(text):
            return Tongue(code=code, source="script", confidence=0.8)
    words = _common(text, ARABIC)
    persian = len(_PERSIAN.findall(text)) + 2 * words["fa"]
    arabian = len(_ARABIAN.findall(text)) + 2 * words["ar"]
    sure = 1 - exp(-abs(persian - arabian))
    return Tongue(code="fa" if persian >= arabian else "ar", source="script", confidence=sure)


_CYRILLIC_LETTERS: Final = (
    ("mk", re.compile("[ѓќѕ]")),
    ("sr", re.compile("[ђћ]")),
    ("uk", re.compile("[іїєґ]")),
    ("ru", re.compile("[ыэё]")),
    ("bg", re.compile("[щъ]")),
)
# letters that only this language has, or that only the languages above it share
_SOUTHERN: Final = re.compile("[јљњџ]")
# letters of Serbian and Macedonian alone
_MACEDONIAN_START: Final = re.compile(r"\W*(?:се|го|ги|ја|му|им)(?!\w)")
# a clitic opens no sentence in the languages around
_MACEDONIAN_END: Final = re.compile(r"\w{3}(?:от|та|то|те|ата|ите|ото|аат|еа)(?!\w)")
# the article stands behind the noun, which Serbian lacks
_TO_LATIN: Final = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "đ", "е": "e", "ж": "ž", "з": "z",
    "и": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "ć", "у": "u", "ф": "f", "х": "h", "ц": "c",
    "ч": "č", "џ": "dž", "ш": "š",
})  # fmt: skip


def _cyrillic(text: str, prior: Sequence[str]) -> Tongue:
    for code, letters in _CYRILLIC_LETTERS:
        if letters.search(text):
            return Tongue(code=code, source="script", confidence=0.95)
    languages = ("mk", "sr") if _SOUTHERN.search(text) else SLAVIC
    scores = _common(text, CYRILLIC)
    scores["mk"] += 2.0 * bool(_MACEDONIAN_START.match(text))
    scores["mk"] += 0.5 * len(_MACEDONIAN_END.findall(text))
    ranked = sorted(languages, key=scores.__getitem__, reverse=True)
    lead = scores[ranked[0]] - scores[ranked[1]]
    if lead >= _ENOUGH:
        return Tongue(code=ranked[0], source="words", confidence=round(1 - 0.5**lead, 3))
    for code in languages:
        scores[code] += (code in prior) * _PRIOR / _COMMON_WORD
    code, lead = _likeliest(_slavic_totals(text, languages), languages, scores)
    return Tongue(code=code, source="langdetect", confidence=_sure(lead))


def _slavic_totals(text: str, languages: Sequence[str]) -> list[float]:
    """Serbian is weighed in Latin letters, as Croatian: it has no profile of its own."""
    totals = []
    for code in languages:
        profile, spelt = ("hr", text.translate(_TO_LATIN)) if code == "sr" else (code, text)
        pair = (profile, "en" if profile != "en" else "it")  # langdetect loads no single one
        totals.append(_weighed(spelt, pair)[0])
    return totals


# --- common words --------------------------------------------------------------------


def _common(lowered: str, index: Mapping[str, tuple[str, ...]]) -> defaultdict[str, float]:
    """How much each language's common words weigh: 1 for a word of its own, less for shared."""
    scores: defaultdict[str, float] = defaultdict(float)
    for languages in filter(None, map(index.get, _WORD.findall(lowered))):
        weight = 1 / len(languages)
        for language in languages:
            scores[language] += weight
    return scores


def _leader(scores: Mapping[str, float]) -> tuple[float, float, str]:
    """The highest score, the next one, and whose the highest is."""
    ranked = sorted(((score, code) for code, score in scores.items()), reverse=True)
    (best, code), (second, _) = (*ranked, (0.0, ""), (0.0, ""))[:2]
    return best, second, code


def _latin(text: str, prior: Sequence[str]) -> Tongue | None:
    lowered = text.lower()
    scores = _common(lowered, LATIN)
    best, second, code = _leader(scores)
    if best >= _ENOUGH and best >= 2 * second:
        return _named(code, "words", 1 - 0.5 ** (best - second), lowered, prior)
    if sum(map(len, _WORD.findall(lowered))) < _SHORTEST:
        return None
    for place, usual in enumerate(prior):
        scores["hr" if usual in SERBIAN else usual] += max(_PRIOR - 2 * place, 0) / _COMMON_WORD
    languages = _candidates(tuple(prior), further=bool(_FURTHER_LETTERS.search(lowered)))
    code, lead = _likeliest(_weighed(_without_names(text), languages), languages, scores)
    if lead < _TIE:
        return _usual(prior)
    return _named(code, "langdetect", _sure(lead), lowered, prior)


_FURTHER_LETTERS: Final = re.compile("[äöüßğışâêîôûœæñåø]")
_CROATIAN: Final = re.compile(r"ije|tjed|tko\b|općin|opcin|tisuć|tisuc|siječ|veljač")


def _named(code: str, source: str, sure: float, lowered: str, prior: Sequence[str]) -> Tongue:
    """What the outlet calls its Serbian, Croatian or Bosnian; else by its vowels."""
    if code == "hr":
        usual = next((language for language in prior if language in SERBIAN), None)
        code = usual or ("hr" if _CROATIAN.search(lowered) else "sr")
    return Tongue(code=code, source=source, confidence=round(sure, 3))


def _sure(lead: float) -> float:
    """A confidence of ours from a lead in nats: 0.5 at none, 0.9 at some eleven."""
    return round(1 / (1 + exp(-lead / 5)), 3)


_NAME: Final = re.compile(r"(?<=[\w,:;)\"“”»] )[A-ZÇË][\w-]*")


def _without_names(text: str) -> str:
    """`text` without its capitalised words behind the first, where enough others are left.

    Names follow no language; a text in capitals stays whole.
    """
    bare = _NAME.sub(" ", text)
    return bare if len(bare.split()) * 2 > len(text.split()) else text


# --- langdetect's profiles ---------------------------------------------------------------


def _weighed(text: str, languages: tuple[str, ...]) -> list[float]:
    """The log-likelihood of `text` in each language, in its spelling with or without diacritics."""
    profiles = _profiles(languages)
    unseen = (log(_SMOOTH),) * (2 * len(languages))
    found = [profiles.get(group, unseen) for group in _groups(text.lower())]
    # column by column: a language's chances are summed at once
    totals = [sum(chances) for chances in zip(*found, strict=True)] or [0.0] * len(unseen)
    return list(map(max, totals[: len(languages)], totals[len(languages) :]))


def _likeliest(
    totals: Sequence[float], languages: Sequence[str], scores: Mapping[str, float]
) -> tuple[str, float]:
    """The likeliest language, common words counted in, and its lead in nats."""
    sums = [
        (total + _COMMON_WORD * scores.get(code, 0) + _AROUND.get(code, 0), code)
        for total, code in zip(totals, languages, strict=True)
    ]
    (best, code), (second, _) = sorted(sums, reverse=True)[:2]
    return code, best - second


def _groups(lowered: str) -> Iterator[str]:
    """Groups of one to three letters with the word's edges, as langdetect's profiles have them."""
    for word in _WORD.findall(lowered)[:_GROUPS_OF]:
        edged = f" {word} "
        for length in (1, 2, 3):
            yield from [edged[at : at + length] for at in range(len(edged) - length + 1)]


@lru_cache(maxsize=64)
def _candidates(prior: tuple[str, ...], *, further: bool) -> tuple[str, ...]:
    """The usual candidates and those of the outlet's languages that have a profile."""
    usual = CANDIDATES + (FURTHER if further else ())
    more = [code for code in prior if code not in {*usual, *SERBIAN, *SLAVIC}]
    return usual + tuple(code for code in more if _profile_file(code).is_file())


def _profile_file(code: str) -> Path:
    return Path(_langdetect().PROFILES_DIRECTORY) / code


def _langdetect() -> Any:
    from langdetect import detector_factory  # noqa: PLC0415 - only when undecided

    return detector_factory


@lru_cache(maxsize=8)
def _profiles(languages: tuple[str, ...]) -> Mapping[str, tuple[float, ...]]:
    """Letter group -> its log-probability in each language, then in each without diacritics."""
    factory = _langdetect().DetectorFactory()
    factory.load_json_profile(
        [_profile_file(code).read_text(encoding="utf-8") for code in languages]
    )
    known: Mapping[str, Sequence[float]] = factory.word_lang_prob_map
    plain: dict[str, list[float]] = {}
    for group, chances in known.items():
        bare = group.translate(PLAIN)
        plain[bare] = list(map(add, plain.get(bare, [0.0] * len(languages)), chances))
    none = [0.0] * len(languages)
    return {
        group: tuple(
            log(chance + _SMOOTH) for chance in (*known.get(group, none), *plain.get(group, none))
        )
        for group in {*known, *plain}
    }
