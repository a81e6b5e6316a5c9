"""Values of a TOML file: each reader takes a value and its place, and answers or refuses."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from typing import Final, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from cssselect import SelectorError, parse

from crawler.config.files import SLUG
from crawler.config.refusals import Place, nearest, shown
from crawler.urls import canonical, is_loopback, normal_host

T = TypeVar("T")
Reader = Callable[[object, Place], T]

LONGEST_LINE = 500
LONGEST_TEXT = 20_000
# characters; an introduction has some hundred
SLOWEST = 3_600
# seconds between two requests
LONGEST_LOCAL = 64
# characters before the @ (RFC 5321, 4.5.3.1.1)
# atext of RFC 5322, 3.2.3
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_MAIL_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
COLOUR = re.compile("#[0-9a-fA-F]{6}")
COUNTRY = re.compile("[A-Z]{2}")
# ISO 639-1, as the Library of Congress lists it (183 codes)
LANGUAGES = frozenset(
    re.findall(
        "[a-z]{2}",
        """aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv
        cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr
        ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw
        ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv
        ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr
        ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi
        yo za zh zu""",
    )
)
KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (str, "a text in quotes"),
    (int, "a number"),
    (float, "a number"),
    (datetime, "a date with a time"),
    (date, "a date without quotes"),
    (time, "a time"),
    (list, "a list"),
    (dict, "a table"),
)


def expected(what: str, value: object, place: Place) -> Exception:
    """The refusal of a value of the wrong type."""
    got = next((name for kind, name in KINDS if isinstance(value, kind)), "something else")
    return place.refusal(
        "expected {what}, got {got}: {value}", what=what, got=got, value=shown(value)
    )


# Letters of Persian are joined and parted by signs that Python does not call printable.
_JOINERS = {0x200C: None, 0x200D: None}

# --- words ------------------------------------------------------------------------


def line(value: object, place: Place) -> str:
    """A text on one line."""
    text = words(value, place)
    if not text.translate(_JOINERS).isprintable() or len(text) > LONGEST_LINE:
        raise place.refusal(
            "one line of at most {longest_line} characters: {text}",
            longest_line=LONGEST_LINE,
            text=shown(text),
        )
    return text


def words(value: object, place: Place) -> str:
    """A text of any number of lines."""
    if not isinstance(value, str):
        raise expected("a text in quotes", value, place)
    if not value.strip():
        raise place.refusal("empty; leave the key out where nothing is known")
    if len(value) > LONGEST_TEXT:
        raise place.refusal("at most {longest_text:,} characters", longest_text=LONGEST_TEXT)
    return value.strip()


def one_of(known: Collection[str]) -> Reader[str]:
    """A word from a closed list."""

    def read(value: object, place: Place) -> str:
        word = line(value, place)
        if word not in known:
            guess = nearest(word, known) or "."
            raise place.refusal(
                "unknown: {word}{guess} Known: {known}",
                word=shown(word),
                guess=guess,
                known=", ".join(known),
            )
        return word

    return read


def beside(value: object, place: Place) -> str:
    """The name of a file that lies beside the TOML or below it: "tsa.pem"."""
    name = line(value, place)
    parts = name.split("/")
    if "\\" in name or ":" in name or any(part in {"", ".", ".."} for part in parts):
        raise place.refusal('a file beside this one, as "tsa.pem", not {name}', name=shown(name))
    return name


def slug(value: object, place: Place) -> str:
    """A slug."""
    word = line(value, place)
    if not SLUG.fullmatch(word):
        raise place.refusal("a slug has only a-z, 0-9 and hyphens, not {word}", word=shown(word))
    return word


def language(value: object, place: Place) -> str:
    """A language code of ISO 639-1."""
    code = line(value, place)
    if code not in LANGUAGES:
        hint = "; Albanian is sq" if code.lower() in {"al", "alb", "sqi"} else ""
        raise place.refusal(
            "no two-letter language code of ISO 639-1: {code}{hint}", code=shown(code), hint=hint
        )
    return code


def country(value: object, place: Place) -> str:
    """A country code of ISO 3166-1, and XK."""
    code = line(value, place)
    if not COUNTRY.fullmatch(code) or code == "SQ":
        hint = "; Albania is AL" if code.lower() in {"sq", "alb"} else ""
        raise place.refusal(
            "two capital letters of ISO 3166-1, not {code}{hint}", code=shown(code), hint=hint
        )
    return code


def zone(value: object, place: Place) -> str:
    """A time zone of the IANA database."""
    name = line(value, place)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        guess = nearest(name, available_timezones())
        raise place.refusal(
            "no time zone of the IANA database: {name}{guess}", name=shown(name), guess=guess
        ) from error
    return name


def colour(value: object, place: Place) -> str:
    """A colour."""
    text = line(value, place)
    if not COLOUR.fullmatch(text):
        raise place.refusal('a colour is written "#7a1f2b", not {text}', text=shown(text))
    return text


def contact(value: object, place: Place) -> str:
    """What goes into the user agent: a mail address or a page. ASCII, for it is a header."""
    text = line(value, place)
    if not text.isascii() or not ("@" in text or text.startswith(("http://", "https://"))):
        raise place.refusal(
            "a mail address or a page where outlets reach you, not {text}", text=shown(text)
        )
    return text


def mail(value: object, place: Place) -> str:
    """A mail address."""
    text = line(value, place)
    try:
        return mail_address(text)
    except ValueError:
        raise place.refusal("a mail address, not {text}", text=shown(text)) from None


def mail_address(text: str) -> str:
    """`text` where it is one mail address alone: "press@office.example".

    Dot-atoms of ASCII before the @ (RFC 5321, 4.1.2), a host name behind it, which is given back
    in ASCII. No quoted names, comments or angle brackets: no newsletter goes there. Raises
    ValueError.
    """
    local, _, domain = text.strip().rpartition("@")
    if len(local) > LONGEST_LOCAL or not _LOCAL.fullmatch(local) or domain.endswith("."):
        raise ValueError("no mail address")
    name = normal_host(domain)
    if not _MAIL_DOMAIN.fullmatch(name) or not re.search("[a-z]", name):
        raise ValueError("no host name behind the @")
    return f"{local}@{name}"


# --- addresses ----------------------------------------------------------------------


def web(value: object, place: Place) -> str:
    """An http(s) address, kept as typed."""
    text = line_of_address(value, place)
    if "{" in text:
        raise place.refusal("only a listing's address may hold {page}")
    return _checked(text, text, place)


def origin(value: object, place: Place) -> str:
    """Scheme, host and port of an http(s) address, in one spelling: "https://desk.office.example"."""
    parts = urlsplit(web(value, place))
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise place.refusal("only scheme and host, as in https://desk.office.example")
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def postgresql(value: object, place: Place) -> str:
    """An address of a PostgreSQL database, without a password."""
    text = line_of_address(value, place)
    parts = urlsplit(text)
    if parts.scheme not in ("postgresql", "postgres") or not parts.hostname:
        raise place.refusal("expected postgresql://user@host/database")
    return text


def web_pages(value: object, place: Place) -> str:
    """The same, where {page} may stand for a page's number."""
    text = line_of_address(value, place)
    return _checked(text, text.replace("{page}", "1"), place)


def line_of_address(value: object, place: Place) -> str:
    """An address before it is judged: never shown in an error, for it may hold a password."""
    return words(value, place)


def _checked(text: str, example: str, place: Place) -> str:
    if "{" in example:
        raise place.refusal("the only word in braces is {page}")
    try:
        canonical(example)
    except ValueError as error:
        raise place.refusal(str(error)) from error
    return text


def host(value: object, place: Place) -> str:
    """A host name in normal spelling, without scheme, port and path."""
    text = line(value, place)
    try:
        name = normal_host(text)
    except ValueError as error:
        raise place.refusal(
            'a host name alone, as "cdn.gazeta.example"; {error}', error=error
        ) from error
    if not re.search("[a-z]", name) or ":" in name:
        raise place.refusal("a host name, not the IP address {text}", text=shown(text))
    return name


def server(value: object, place: Place) -> str:
    """A host name or an IP address, in normal spelling."""
    text = line(value, place)
    try:
        return normal_host(text)
    except ValueError as error:
        raise place.refusal("{error}; the port has a key of its own", error=error) from error


def on_loopback(hosts: Collection[str]) -> bool:
    """Whether all of at least one host are this machine."""
    return bool(hosts) and all(map(is_loopback, hosts))


def selector(value: object, place: Place) -> str:
    """A CSS selector."""
    text = line(value, place)
    try:
        parse(text)
    except SelectorError as error:
        raise place.refusal(
            "no CSS selector: {text} ({error})", text=shown(text), error=error
        ) from error
    return text


# --- numbers, days, lists -------------------------------------------------------------


def truth(value: object, place: Place) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise expected("true or false", value, place)
    return value


def whole(low: int, high: int) -> Reader[int]:
    """A whole number between two, both included."""

    def read(value: object, place: Place) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise expected("a whole number", value, place)
        if not low <= value <= high:
            raise place.refusal(
                "a whole number from {low} to {high}, not {value}",
                low=low,
                high=high,
                value=shown(value),
            )
        return value

    return read


def seconds(value: object, place: Place) -> float:
    """Seconds, with a fraction or without."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise expected("a number of seconds", value, place)
    if not math.isfinite(value) or not 0 <= value <= SLOWEST:
        raise place.refusal(
            "from 0 to {slowest:,} seconds, not {value}", slowest=SLOWEST, value=shown(value)
        )
    return float(value)


def day(value: object, place: Place) -> date:
    """A day: 2025-05-10 without quotes, or in quotes as people write it ("10 maj 2025")."""
    from crawler.reading.typed_dates import YEARS, WrongDate, written_day  # noqa: PLC0415

    if isinstance(value, str):
        try:
            return written_day(value)
        except WrongDate as error:
            raise place.refusal("{value}: {error}", value=shown(value), error=error) from None
    if isinstance(value, datetime) or not isinstance(value, date):
        raise expected("a day without quotes, as 2025-05-10", value, place)
    if value.year not in YEARS:
        raise place.refusal(
            "a year from {first} to {last}, not {year}",
            first=YEARS[0],
            last=YEARS[-1],
            year=value.year,
        )
    return value


def many(read: Reader[T]) -> Reader[tuple[T, ...]]:
    """A list of such values, none of them twice."""

    def read_all(value: object, place: Place) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise expected("a list in square brackets", value, place)
        values = tuple(read(item, place) for item in value)
        for number, item in enumerate(values):
            if item in values[:number]:
                raise place.refusal("twice in the list: {item}", item=shown(item))
        return values

    return read_all


def low_and_high(value: object, place: Place) -> tuple[int, int]:
    """Two whole numbers, the lower first."""
    numbers = value if isinstance(value, list) else []
    if len(numbers) != 2:  # noqa: PLR2004  (low and high)
        raise expected("a list of two numbers, [low, high]", value, place)
    low, high = (whole(0, 100_000)(number, place) for number in numbers)
    if low > high:
        raise place.refusal("low before high, not {value}", value=shown(value))
    return low, high


_LENGTH = re.compile(r"(\d{1,4})\s*(m|h|d)")
_UNITS: Final = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_KEYRING = re.compile(r"keyring:[\w.-]{1,60}")


def length(value: object, place: Place) -> timedelta:
    """A length of time: "30m", "1h", "14d"."""
    text = line(value, place)
    found = _LENGTH.fullmatch(text)
    if not found or not int(found[1]):
        raise place.refusal('a length of time, as "30m", "1h" or "14d": {text}', text=shown(text))
    return int(found[1]) * _UNITS[found[2]]


def clock(value: object, place: Place) -> time:
    """A time of day: "08:00"."""
    text = line(value, place)
    found = _CLOCK.fullmatch(text)
    if not found:
        raise place.refusal('a time of day, as "08:00": {text}', text=shown(text))
    return time(int(found[1]), int(found[2]))


def keyring_name(value: object, place: Place) -> str:
    """Where a secret lies: "keyring:NAME"; the secret itself is no value of a file."""
    text = words(value, place)
    if not _KEYRING.fullmatch(text):
        raise place.refusal('only "keyring:NAME" stands here; the secret lies in the keyring')
    return text


def web_or_keyring(value: object, place: Place) -> str:
    """A bare https address, or where one with a secret in it lies: "keyring:NAME"."""
    text = line_of_address(value, place)
    if text.startswith("keyring:"):
        return keyring_name(value, place)
    if not text.startswith("https://"):
        raise place.refusal('an https address, or "keyring:NAME"')
    return web(value, place)
