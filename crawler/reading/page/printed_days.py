"""Days in the visible text of pages of any language, found by shape.

For pages of languages that `crawler.reading.dates` does not speak, and for dates with other
words around them. Reads digits and the names of months; refuses what may mean two days unless
the page's language settles it. Names of months: CLDR 46, folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from unicodedata import category, normalize

from crawler.reading.date_words import WORDS
from crawler.reading.machine_dates import LONGEST, written

NOON: Final = 12
MONTHS_OF_YEAR: Final = 12
CENTURY: Final = 100
# a year below is written short
EARLIEST: Final = 1995
# no news page is older

_NAMES: Final = """
1 january januar janvier enero gennaio janeiro januari styczen stycznia leden ledna januara
  sijecanj sijecnja tammikuu tammikuuta ianuarie ocak января январь janar janari tháng1
  jaanuar janvaris sausio jan janv ene gen sty led tam oca янв ιανουαριου януари јануари
  јануар јануара січня janner jaenner
2 february februar fevrier febrero febbraio fevereiro februari luty lutego unor unora februara
  veljaca veljace helmikuu helmikuuta februarie subat февраля февраль shkurt shkurti feb fev
  febr lut uno hel fevr фев φεβρουαριου февруари фебруари фебруар фебруара лютого
3 march marz marzo mars marco maart marzec marca brezen brezna marta ozujak ozujka maaliskuu
  maaliskuuta martie mart марта март mar mrz mrt maa bre μαρτιου березня marts maerz
4 april avril abril aprile kwiecien kwietnia duben dubna aprila travanj travnja huhtikuu
  huhtikuuta aprilie nisan апреля апрель prill prilli apr abr avr kwi dub huh апр απριλιου
  април априла квітня
5 may mai mayo maggio maio mei maj maja kveten kvetna svibanj svibnja toukokuu toukokuuta
  mayis мая май maji mag kve tou μαιου мај маја травня
6 june juni juin junio giugno junho czerwiec czerwca cerven cervna juna lipanj lipnja kesakuu
  kesakuuta iunie haziran июня июнь qershor qershori jun giu cze lip kes haz июн ιουνιου јуни
  јуна червня
7 july juli juillet julio luglio julho lipiec lipca cervenec cervence jula srpanj srpnja
  heinakuu heinakuuta iulie temmuz июля июль korrik korriku jul lug juil hei tem июл ιουλιου
  јули јула липня
8 august aout agosto sierpien sierpnia srpen srpna augusta kolovoz kolovoza elokuu elokuuta
  agustos августа август gusht gushti aug ago sie srp elo avg авг αυγουστου серпня augustus
  augusti
9 september septembre septiembre settembre setembro wrzesien wrzesnia zari septembra rujan
  rujna syyskuu syyskuuta septembrie eylul сентября сентябрь shtator shtatori sep sept set wrz
  syy eyl сен σεπτεμβριου септември септембра вересня septemberi
10 october oktober octobre octubre ottobre outubro pazdziernik pazdziernika rijen rijna
  oktobra listopad listopada lokakuu lokakuuta octombrie ekim октября октябрь tetor tetori oct
  okt ott out paz rij lok eki окт οκτωβριου октомври октобра жовтня
11 november novembre noviembre novembro november novembra studeni studenoga marraskuu
  marraskuuta noiembrie kasim ноября ноябрь nentor nentori nov lis kas ноя νοεμβριου ноември
  новембра листопада
12 december dezember decembre diciembre dicembre dezembro grudzien grudnia prosinec prosince
  decembra prosinac prosinca joulukuu joulukuuta decembrie aralik декабря декабрь dhjetor
  dhjetori dec dez dic gru pro jou ara дек δεκεμβριου декември децембра грудня
1 يناير
2 فبراير
3 مارس
4 ابريل نيسان
5 مايو ايار
6 يونيو حزيران يونيه
7 يوليو تموز يوليه
8 اغسطس اب
9 سبتمبر ايلول
10 اكتوبر
11 نوفمبر
12 ديسمبر
"""
MONTHS: dict[str, int] = {}
_number = 0
for _word in _NAMES.split():
    if _word.isdigit():
        _number = int(_word)
    else:
        MONTHS.setdefault(_word, _number)

_CLOCK = (
    r"(?:\D{0,12}?\b(?P<hour>[01]?\d|2[0-3]|24(?=[:.h]00))[:.h](?P<minute>[0-5]\d)(?!\d)"
    r"(?::[0-5]\d)?(?:\s*(?:(?P<half>[ap])\.?\s?m\b|(?P<day>[pm])d\b))?)?"
)
_SHAPES: Final = (
    (
        "iso",
        re.compile(
            r"\b(?P<y>(?:19|20)\d\d)(?:[-/]|\.\s?)(?P<m>0?[1-9]|1[0-2])(?:[-/]|\.\s?)"
            r"(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)" + _CLOCK
        ),
    ),
    (
        "cjk",
        re.compile(
            r"(?P<y>(?:19|20)\d\d)\s*[年년]\s*(?P<m>1[0-2]|0?[1-9])\s*[月월]\s*(?P<d>[12]\d|"
            r"3[01]|0?[1-9])(?!\d)" + _CLOCK
        ),
    ),
    (
        "day month year",
        re.compile(
            r"\b(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|\.|º|ª)?[\s\-–./,]*(?:de\s+|"
            r"of\s+|d['’]\s*|am\s+)?(?P<name>[^\W\d_]{3,14})\.?[\s\-–./,]*(?:de\s+|del\s+)?"
            r"(?P<y>(?:19|20)\d\d)\b" + _CLOCK
        ),
    ),
    (
        "month day year",
        re.compile(
            r"\b(?P<name>[^\W\d_]{3,14})\.?\s+(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\.?,"
            r"?\s+(?P<y>(?:19|20)\d\d)\b" + _CLOCK
        ),
    ),
    (
        "dotted",
        re.compile(
            r"(?<![\d.,])(?P<d>0?[1-9]|[12]\d|3[01])\s?(?P<sep>[./-])\s?(?P<m>0?[1-9]|[12]\d|"
            r"3[01])\s?(?P=sep)\s?(?P<y>(?:19|20)?\d\d)(?!\d|[.,]\d)" + _CLOCK
        ),
    ),
)
_CLOCK_BEFORE = re.compile(r"(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?=\D{0,24}\Z)")
MOST_DAYS: Final = 4
# dates of one line that are looked at
DIGIT: Final = re.compile(r"\d")
# what every day has
_WORDS = re.compile(r"[^\W\d_]+")
BESIDE: Final = 24
# characters ahead of a date in which its weekday stands
MIDNIGHT_AT_END: Final = 24
# hours
_WIDE = re.compile(r"[^\x00-\x7f\W\D]|[\uff00-\uffef]")
# digits and signs that only folding makes ASCII: full-width ones
_YEAR = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|\s?[./-]\s?\d\d?\s?[./-]\s?\d)")
# what every shape has: most lines with digits have none, and are not tried against each; begins
# with one class, so that `re` looks for that alone


_MARKS = re.compile("[\u0300-\u036f]+")
# combining marks of Latin, Greek and Cyrillic: most texts have no others


def fold(text: str) -> str:
    """Lower-case without diacritics; German and Nordic letters lose their dots."""
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", normalize("NFKD", text.casefold()))
    if bare.isascii():
        return bare
    return normalize("NFC", "".join([c for c in bare if c < "\u0300" or category(c) != "Mn"]))


def may_name_day(text: str) -> bool:
    """Whether a text has what every shape of a day has: most lines have not."""
    if _YEAR.search(text):
        return True
    return not text.isascii() and _WIDE.search(text) is not None


def first_day(text: str, *, month_first: bool | None) -> tuple[datetime, bool, str] | None:
    """(naive local time, whether it has a clock, shape) of the first date in a short text.

    `month_first` settles 03/04/2020: True as Americans write, False as others do, None refuses
    what may mean two days.
    """
    text = text[:300]
    if not DIGIT.search(text) or not may_name_day(text):
        return None
    folded = fold(text)
    best = _first(folded, 0) if _YEAR.search(folded) else None
    return None if best is None else _moment(*best, month_first)


def days_of(
    text: str, *, month_first: bool | None
) -> Iterator[tuple[int, int, datetime, bool, str]]:
    """(start, end, naive local time, whether it has a clock, shape) of the dates in a short text.

    Places are those of the folded text. Reads as `first_day` does; a clock may stand before the
    first date too: "14:30, 16 maj 2025".
    """
    text = text[:300]
    if DIGIT.search(text) and may_name_day(text):
        yield from _days_of(text, month_first)


@lru_cache(maxsize=256)
def _days_of(
    text: str, month_first: bool | None, /
) -> tuple[tuple[int, int, datetime, bool, str], ...]:
    """The dates of a text: a page prints its own in several elements around each other."""
    return tuple(_every_day(text, month_first))


def _every_day(
    text: str, month_first: bool | None
) -> Iterator[tuple[int, int, datetime, bool, str]]:
    folded, at = fold(text), 0
    for _ in range(MOST_DAYS):
        best = _first(folded, at) if _YEAR.search(folded, at) else None
        if best is None:
            return
        found, shape = best
        moment = _moment(found, shape, month_first)
        if moment is not None:
            start = found.start()
            clock = None if moment[1] else _CLOCK_BEFORE.search(folded, at, start)
            if clock is not None and not at:
                when = moment[0].replace(hour=int(clock[1]), minute=int(clock[2]))
                yield start, found.end(), when, True, shape
            else:
                yield start, found.end(), *moment
        at = found.end()


def _first(folded: str, at: int) -> tuple[re.Match[str], str] | None:
    """The first match of any shape from a place on."""
    best: tuple[re.Match[str], str] | None = None
    for shape, pattern in _SHAPES:
        for found in pattern.finditer(folded, at):
            if "name" in pattern.groupindex and found["name"] not in MONTHS:
                continue
            if best is None or found.start() < best[0].start():
                best = (found, shape)
            break
    return best


def _moment(
    found: re.Match[str], shape: str, month_first: bool | None
) -> tuple[datetime, bool, str] | None:
    parts = found.groupdict()
    name = parts.get("name")
    pair: tuple[int, int] | None = (int(parts["d"]), MONTHS[name] if name else int(parts["m"]))
    year = int(parts["y"])
    year = year if year > CENTURY else 2000 + year
    if shape == "dotted" and pair is not None:
        by_weekday = _weekday_says(found, *pair, year)
        pair = by_weekday or _day_and_month(*pair, parts["sep"], month_first)
    if pair is None:
        return None
    hour, minute = _clock(parts)
    try:
        moment = datetime(year, pair[1], pair[0], hour % MIDNIGHT_AT_END, minute)  # noqa: DTZ001
        moment += timedelta(days=hour // MIDNIGHT_AT_END)
    except (ValueError, OverflowError):
        return None
    return moment, parts.get("hour") is not None, shape


def _weekday_says(
    found: re.Match[str], first: int, second: int, year: int
) -> tuple[int, int] | None:
    """Day and month, where a weekday beside them fits one reading only: "Sht, 05/10/2025"."""
    ahead = _WORDS.findall(found.string, max(0, found.start() - BESIDE), found.start())
    if not ahead or first == second or max(first, second) > MONTHS_OF_YEAR:
        return None

    weekday = WORDS.get(ahead[-1], {}).get("weekday")
    readings = ((first, second), (second, first))
    fits = [pair for pair in readings if date(year, pair[1], pair[0]).weekday() == weekday]
    return fits[0] if len(fits) == 1 else None


def _day_and_month(
    first: int, second: int, separator: str, month_first: bool | None
) -> tuple[int, int] | None:
    """Day and month of 03/04: by size, by the separator, else as the page's language has it."""
    if second > MONTHS_OF_YEAR >= first:
        return second, first
    if first > MONTHS_OF_YEAR or first == second or separator == ".":
        return first, second
    if month_first is None:
        return None
    return (second, first) if month_first else (first, second)


def _clock(parts: dict[str, str | None]) -> tuple[int, int]:
    """Hour and minute; 0:00 where none stand."""
    hour, minute = int(parts.get("hour") or 0), int(parts.get("minute") or 0)
    # Albanian: PD is before noon, MD after it
    half = parts.get("half") or {"p": "a", "m": "p"}.get(parts.get("day") or "")
    if half == "p" and hour < NOON:
        hour += NOON
    elif half == "a" and hour == NOON:
        hour = 0
    return hour, minute


_BEGINS = re.compile(
    r"\s*(\d{4}-?\d\d-?\d\d(?!\d)(?:[T\s]+\d\d:?\d\d(?::?\d\d)?(?:[.,]\d{1,9})?"
    r"(?:\s*(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?)?)"
)
# an ISO date that other words follow


def machine_time(text: str) -> tuple[datetime, bool, str] | None:
    """(time, whether it has a clock, rule) of a machine's date; naive where it tells no zone.

    In metadata other words may follow an ISO date; elsewhere the whole is read, as of rows.
    """
    text = text[:LONGEST].strip()
    found = written(text, None)
    if found is None and (begins := _BEGINS.match(text)):
        found = written(begins[1], None)
    if found is None or isinstance(found, str):
        return None
    return found.moment, found.clock, found.rule


def no_such_time(text: str) -> bool:
    """Whether a machine's date is clear, and no calendar, clock or zone has it."""
    text = text[:LONGEST].strip()
    return text[:4].isdigit() and written(text, None) == "impossible"


_IN_PATH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/\-_.]?(0[1-9]|1[0-2])[/\-_.]?(0[1-9]|[12]\d|3[01])(?!\d)"
)
_LOOSE_PATH = re.compile(r"/((?:19|20)\d\d)/(\d{1,2}|[a-z]{3,9})/(\d{1,2})(?=/|-|$)", re.IGNORECASE)
_DAY_FIRST_PATH = re.compile(
    r"(?<!\d)(0?[1-9]|[12]\d|3[01])[-_./](0?[1-9]|1[0-2])[-_./]((?:19|20)\d\d)(?!\d)"
)


def day_in_address(path: str) -> date | None:
    """The day that an address names: /2020/03/04/, 2020-03-04, 20200304, /2020/mar/04/."""
    loose = _LOOSE_PATH.search(path)
    if loose:
        name = loose[2].lower()
        month = int(name) if name.isdigit() else MONTHS.get(name, 0)
        found = _day(int(loose[1]), month, int(loose[3]))
        if found:
            return found
    strict = _IN_PATH.search(path)
    if strict:
        found = _day(int(strict[1]), int(strict[2]), int(strict[3]))
        if found:
            return found
    other = _DAY_FIRST_PATH.search(path)
    return _day(int(other[3]), int(other[2]), int(other[1])) if other else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if year >= EARLIEST else None
