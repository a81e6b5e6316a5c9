"""Names out of bylines as they are printed: without "Nga", roles, places, dates, networks.

Words of several languages stand side by side: a page does not say in which it names its authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from crawler.reading.page.printed_days import MONTHS, fold
from crawler.reading.page.site_names import squeezed
from crawler.reading.text import plain

LONGEST_NAME: Final = 60
# characters
MOST_WORDS: Final = 5
# of a name
FULL: Final = 2
# words of a name that may lose a role behind it
CAPITAL: Final = r"(?:[A-ZÀ-ÝŠŽČĆĐА-ЯË][\w.'’-]*\.?)"
# a word that starts as names do
ROLE: Final = re.compile(
    r"\b(?:editors?|reporters?|correspondents?|writers?|contributors?|columnists?|"
    r"journalists?|producers?|staff|desk|team|newsroom|"
    r"redaktion|redakteur(?:in)?|redaktor(?:in)?|korrespondent(?:in)?|volont[äa]r(?:in)?|"
    r"reporterin|journaliste?n?|chef|leiter(?:in)?|"
    r"redacci[óo]n|redazione|r[ée]daction|redaksia|redakcia|redakce|redakcja|redactie|"
    r"redaksjonen|director|professor|"
    r"news|agency|agence|agentur|press|media|magazine|tv|radio|online|updated?|published|"
    r"last|min read|minutes?|"
    r"published|photo|photography|foto|bild|image|source|quelle|via|follow|share|email|"
    r"twitter|view|more|all|posts?|"
    r"comment|comments|uhr|subscribe|read|gazetar[ei]?|kryeredaktor[ei]?|special|senior|"
    r"chief|freelance|opinion|sponsored|"
    r"january|february|march|april|june|july|august|september|october|november|december|"
    r"januar|februar|märz|juni|juli|oktober|dezember)\b",
    re.IGNORECASE,
)
# words of roles, agencies and page furniture: a line with one is not a name alone
_BY: Final = re.compile(
    r"^(?:(?:written|posted|published|reported|reviewed|story|text|words|analysis|"
    r"article|interview|photos?|opinion|review)\s+)?"
    r"(?:by|von|par|por|di|da|av|af|door|od|autor(?:in|en|a|es|i)?|authors?|auteurs?|"
    r"author:|nga|text|texte|texto|"
    r"testo|tekst|shkroi|përgatiti|pergatiti|gazetar(?:i|ja|e)?|autor(?:ja|ët)|postuar nga|"
    r"botuar nga|dërguar nga|пишува|од|escribe|publicado por|erstellt von|beitrag von|verfasst von|"
    r"geschrieben von|gastbeitrag von|shkruar nga|shkruan|geschreven door|escrito por|"
    r"scritto da|écrit par|ein gastbeitrag von|ein artikel von|eine analyse von|"
    r"ein kommentar von|автор|από|του)\s*[:：]?\s+",
    re.IGNORECASE,
)
DOMAIN: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}")
_BARS: Final = (
    r"\s*(?:[;|•·/\n]|\s[–—-]\s|,(?!\s*(?i:jr|sr|phd|md|m\.d|ph\.d|dr\.?\s?sc|ii|iii)\b)"
    r"|\s&\s|\s\+\s)\s*"
)
_BEFORE_NAME: Final = r"\s+(?=[A-ZÀ-ÝÄÖÜŠŽČĆĐА-ЯËÇ])"
_AND: Final = "and|und|et|y|dhe|og|och|en|и|with|mit|avec|con"
_SPLIT: Final = re.compile(rf"{_BARS}|\s+(?:{_AND}){_BEFORE_NAME}")
_SPLIT_SHORT: Final = re.compile(rf"{_BARS}|\s+(?:{_AND}|e|i){_BEFORE_NAME}")
_SHORT_AND: Final = frozenset(("it", "pt", "gl", "pl", "hr", "sr", "bs", "sl", "ca"))
# languages whose "and" is "e" or "i"; in Albanian these link: "Zëri i Shembullit"
_INITIALS: Final = re.compile(r"(?:[A-ZÇËА-Я][a-zçëа-я]{0,2}\.\s?){2,4}")
# "A.Sh.": the last full stop is part of it
ACCOUNTS: Final = frozenset(
    ("admin", "administrator", "administratori", "root", "webmaster", "superuser", "user")
)
# logins that sign nothing, squeezed
_WEEKDAYS: Final = frozenset(
    """
    hene marte merkure enjte premte shtune diel monday tuesday wednesday thursday friday saturday
    sunday montag dienstag mittwoch donnerstag freitag samstag sonntag
    """.split()  # noqa: SIM905
)
_TITLE: Final = re.compile(
    r"(?:staff|writer|reporter|correspondent|editor|contributor|columnist|journalist|"
    r"producer|freelance|senior|lifestyle|author|"
    r"redakteur(?:in)?|redaktor(?:in)?|korrespondent(?:in)?|reporterin|journalistin|"
    r"volont[äa]r(?:in)?|autor(?:in)?|gazetar[ei]?|novinar(?:ka)?)",
    re.IGNORECASE,
)
_ORGANISATION: Final = re.compile(
    r"\b(?:redaktion|redacci[óo]n|redazione|r[ée]daction|redaksia|redakcia|redakce|"
    r"redakcja|redactie|redaksjonen|staff|desk|team|newsroom|"
    r"news|agency|agence|agentur|press|media|magazine|magazin|tv|radio|online|gmbh|ag|"
    r"inc|ltd|llc|e\.v|verlag|"
    r"association|institute?|universit\w+|ministry|ministerium|verband|verein|associated|"
    r"reuters|afp|dpa|ap|apa|sda|ansa|efe|"
    r"editors?|editorial|admin|administrator|webmaster|contributors?|guest|company|"
    r"corporation|group|zeitung|times|post|daily|gazeta|journal|shoqata|shoqëria|instituti|bashkia|"
    r"komuna|ministria|agjencia|fondacioni|qendra|universiteti|federata|redaksi[ae]|www)\b",
    re.IGNORECASE,
)
_JUNK: Final = re.compile(
    r"https?:|www\.|\w@[\w.-]+\.\w|[{}<>=_#\[\]]|\d{3,}|\bundefined\b|\bnull\b", re.IGNORECASE
)
_TAIL: Final = re.compile(
    r"(?:\s*\([^)]{0,80}\)|\s+(?:para|vor|hace|pred|przed|пред)\s+\d.*"
    r"|\s+(?:dje|sot|pardje|më|në)(?:\s.*|$)|\s+(?:in|im|aus|für|for|at|of|på|na|on|en|am|vom|sagt|a|is|"
    r"ist|updated|hat|has|el|le|hace)\s.*|\s+(?:in|im|on|am|el|le)"
    r"|\s*@\w+|\s+\d.*|\s기자|\s*記者)$"
)
_INSIDE: Final = re.compile(
    r"^.{2,60}?\d.{0,20}?(?:[\s·|•]|^)(?:by|von|par|por|nga|di|door|av)\s+(?=[A-ZÀ-ÝŠŽČĆĐА-Я])"
)
_PICTURE: Final = re.compile(
    r"^\W*(?:foto|photo|image|bild|picture|getty|credit|zdj[ęe]cie|снимка|"
    r"illustration)s?\b(?!\s+(?:by|und|and|editor))",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"^(?:interview|text|texte|texto|testo|foto|photo|story|words|autor(?:in|en)?|"
    r"authors?|redaktion|著者|作者|文|記者)\s*[:：]\s*",
    re.IGNORECASE,
)
_SLUG: Final = re.compile(r"([a-zà-ÿ]{3,14})[.-]([a-zà-ÿ]{4,16})")
DATED: Final = re.compile(r"\s+\d")
_STOP: Final = frozenset(
    """
    posted publicado published zuletzt geändert aktualisiert geschrieben written autor autoren
    author authors autores auteur name email erforderlich facebook twitter linkedin instagram
    whatsapp about über anonymous unknown guest gast no stand veröffentlicht red agenturen
    agentur publiziert published: politik second monday tuesday wednesday thursday friday
    saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag staff afficher
    voir publié advertisement anzeige share teilen kommentare kommentieren kontakt contact see
    bio profile profil follow mehr more von by nga
    """.split()  # noqa: SIM905
)
_ENDS: Final = frozenset("follow contactar von by bearbeiten par".split())  # noqa: SIM905
# words that no name ends with


def names_in(raws: Iterable[str], language: str | None = None) -> Iterator[str]:
    """Names out of raw bylines, people and organisations, in their order.

    `language` of the page, two letters: what "and" is.
    """
    short_and = language in _SHORT_AND
    for raw in raws:
        yield from _names_of(raw, short_and)


@lru_cache(maxsize=512)
def _names_of(raw: str, short_and: bool, /) -> tuple[str, ...]:
    """The names of one byline; a page prints its own in several places."""
    text = plain(raw)
    if _PICTURE.match(text) or text.startswith(("http:", "https:")):
        return ()
    split = _SPLIT_SHORT if short_and else _SPLIT
    named = filter(None, map(name_of, split.split(_turned(_opened(text)))))
    return tuple(name for name in named if squeezed(name) not in ACCOUNTS)


def _opened(text: str) -> str:
    """What follows "By", at the start or after a date."""
    inside = _INSIDE.search(text)
    text = text[inside.end() :] if inside else text
    for _ in range(2):
        text = _BY.sub("", text).strip(" ,:;–—-|•")
    return text


def _turned(text: str) -> str:
    """ "Shembulli, Ana" the right way round."""
    last, comma, first = (part.strip() for part in text.partition(","))
    alone = comma and first and last and not {" ", ",", ";"} & set(last + first)
    return f"{first} {last}" if alone and not ROLE.search(text) else text


def name_of(part: str) -> str | None:
    """The name that a part of a byline holds, None where it is something else."""
    text = _LABEL.sub("", _BY.sub("", part.strip() + " ").strip())
    initials = _INITIALS.match(text)
    if initials and _is_no_name(text[initials.end() :]):
        return initials[0].strip()
    dated = DATED.search(text) is not None
    for _ in range(2):
        text = _TAIL.sub("", text).strip(" ,:;–—-|•.»\"'“”")
    listed = text.split()
    if dated and len(listed) > 1 and fold(listed[-1]).strip(".") in MONTHS:
        listed.pop()
    while len(listed) > 1 and fold(listed[-1]).strip(".,") in _WEEKDAYS:
        listed.pop()
    while len(listed) > FULL and _TITLE.fullmatch(listed[-1]):
        listed.pop()
    if not listed or not _is_name(listed):
        return None
    text = " ".join(listed)
    slug = _SLUG.fullmatch(text)
    if slug:
        return f"{slug[1]} {slug[2]}".title()
    return text.title() if text.isupper() and len(listed) > 1 else text


def _is_no_name(rest: str) -> bool:
    """Whether what follows initials is nothing, a day or its month: no surname."""
    word = fold(rest.split(" ", 1)[0]).strip(".,")
    return not word or word[0].isdigit() or word in MONTHS or word in _WEEKDAYS


def _is_name(listed: list[str]) -> bool:
    text = " ".join(listed)
    if len(text) > LONGEST_NAME or len(listed) > MOST_WORDS or listed[0][0].isdigit():
        return False
    if _JUNK.search(text) or not any(map(str.isalpha, text)):
        return False
    if text.islower() and (len(listed) > 1 or len(text) == 1):
        return False
    month = fold(text).strip(".") in MONTHS
    return not (month or listed[0].casefold() in _STOP or listed[-1].casefold() in _ENDS)


def is_organisation(name: str, site: frozenset[str]) -> bool:
    """Whether a name is a newsroom's, an agency's or the site's own; `site` is squeezed."""
    if squeezed(name) in site or _ORGANISATION.search(name) or ROLE.search(name):
        return True
    return " " not in name and (name.isupper() or "." in name)


def without_site(name: str, site: frozenset[str]) -> str:
    """ "Ana Shembulli Gazeta" without the site's own name at the end."""
    listed = name.split()
    while len(listed) > FULL and squeezed(listed[-1]) in site:
        listed.pop()
    return " ".join(listed)


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names once each, whatever their capitals and accents."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(squeezed(name), name)
    return tuple(found.values())
