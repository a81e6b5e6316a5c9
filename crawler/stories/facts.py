"""What the conflict guard compares: numbers, weekdays, months, seasons, directions, girls and boys.

Two texts of one template differ in little else, and that little is what they tell. Words and
digits of one number are one fact: "12 mijë", "12.000" and "dymbëdhjetë mijë". Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from crawler.stories.fact_words import (
    AFTER_ARTICLE,
    AND,
    ARTICLES,
    BESIDE_NUMBER,
    FIRST,
    FIRST_ALONE,
    FORMS,
    IN,
    NUMBERS,
    ONE,
    PERSIAN_DAYS,
    POWERS,
    SATURDAY,
    STARTS,
    UNITS,
    WEEKDAYS,
)

Fact: TypeAlias = tuple[str, str]
# kind and value: ("numbers", "12000"), ("weekdays", "Friday")
Placed: TypeAlias = tuple[int, Fact]
# the place of its first word, from 0

_TOKEN = re.compile(r"\d+(?:[.,:٫٬]\d+)*|[^\W\d_]+")
# of a folded text: a number with its inner signs, or letters
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,٬]\d{3})+")
_SIGNS = str.maketrans({",": ".", ":": ".", "٫": ".", "٬": "."})
_TOLD: Final = frozenset({*FORMS, *STARTS})
# words that a fact may begin with
LONGEST_NUMBER: Final = 15
# digits; what is longer is a telephone's or an account's and told as it stands


def tokens_of(folded: str) -> list[str]:
    """The words of a folded text, a number with its inner signs as one."""
    return _TOKEN.findall(folded)


def facts_of(folded: str) -> tuple[Placed, ...]:
    """Every fact of a folded text with the place of its first word, in order."""
    tokens = tokens_of(folded)
    told = [at for at, token in enumerate(tokens) if token in _TOLD or not token.isalpha()]
    return tuple(sorted({*_named(tokens, told), *_counted(tokens, told)}))


def clash(mine: Iterable[Fact], theirs: Iterable[Fact], known: Sequence[frozenset[Fact]]) -> str:
    """What both sides hold and the other does not, kind by kind: "numbers: 12 / 14"; "" for none.

    `known` is what each side holds at all, farther than it is compared: a number that stands
    there, though later, is no news to it.
    """
    own = frozenset(mine) - known[1], frozenset(theirs) - known[0]
    if not own[0] or not own[1]:
        return ""
    both = {kind for kind, _ in own[0]} & {kind for kind, _ in own[1]}
    sides = ([(min(v for k, v in side if k == kind)) for side in own] for kind in sorted(both))
    kinds = zip(sorted(both), sides, strict=True)
    return "; ".join(f"{kind}: {one} / {two}" for kind, (one, two) in kinds)


def _named(tokens: Sequence[str], told: Iterable[int]) -> Iterator[Placed]:
    """Weekdays, months, seasons, directions, girls and boys."""
    for at in [at for at in told if tokens[at] in FORMS]:
        token = tokens[at]
        fact = FORMS[token]
        before = tokens[at - 1] if at else ""
        if token == SATURDAY and before in PERSIAN_DAYS:
            yield at - 1, (WEEKDAYS, PERSIAN_DAYS[before])
        elif _counts(token, before, tokens[at + 1] if at + 1 < len(tokens) else ""):
            yield at, fact


def _counts(token: str, before: str, after: str) -> bool:
    """Whether an ambiguous word stands where it can only be what the guard means."""
    if token in AFTER_ARTICLE:
        return before in ARTICLES
    if token in BESIDE_NUMBER:
        return before in IN or before[:1].isdigit() or after[:1].isdigit()
    return True


def _counted(tokens: Sequence[str], told: Iterable[int]) -> Iterator[Placed]:
    """Numbers, in digits and in words."""
    ended = 0
    for at in [at for at in told if tokens[at] in STARTS or tokens[at][0].isdigit()]:
        if at < ended:
            continue
        end, value = _number(tokens, at)
        if value and not (end - at == 1 and _part_of_a_day(tokens, at)):
            yield at, (NUMBERS, value)
        ended = end


def _part_of_a_day(tokens: Sequence[str], at: int) -> bool:
    follows = tokens[at + 1] if at + 1 < len(tokens) else ""
    return follows == SATURDAY and tokens[at] in PERSIAN_DAYS


def _number(tokens: Sequence[str], at: int) -> tuple[int, str]:
    """The number that begins at a token: where it ends, and its value; "" where none begins."""
    token = tokens[at]
    if token[0].isdigit():
        return _multiplied(tokens, at + 1, _digits(token))
    if token in FIRST_ALONE or (token in FIRST and _ordinal(tokens, at)):
        return at + 1, "1"
    if token in UNITS or token in ONE:
        return _spelled(tokens, at)
    return at + 1, ""


def _ordinal(tokens: Sequence[str], at: int) -> bool:
    """ "e parë", but not "për të parë", to see."""
    return at > 0 and tokens[at - 1] in ARTICLES and (at < 2 or tokens[at - 2] not in {"per", "me"})  # noqa: PLR2004


def _digits(token: str) -> str:
    """Digits in one writing: "12.000" and "۱۲۰۰۰" are "12000", "98,40" and "98.4" are "98.4"."""
    plain = "".join(str(int(c)) if c.isdecimal() else c for c in token)
    if _THOUSANDS.fullmatch(plain):
        plain = re.sub(r"\D", "", plain)
    whole, _, part = plain.translate(_SIGNS).partition(".")
    whole = whole.lstrip("0") or "0"
    part = part if "." in part else part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def _multiplied(tokens: Sequence[str], at: int, value: str) -> tuple[int, str]:
    """ "12 mijë" after its digits, "2,5 milionë"."""
    power = POWERS.get(tokens[at]) if at < len(tokens) else None
    whole, _, part = value.partition(".")
    if power is None or len(value) > LONGEST_NUMBER or "." in part:
        return at, value
    scaled = int(whole + part) * power
    exact, rest = divmod(scaled, 10 ** len(part))
    return at + 1, value if rest else str(exact)


def _spelled(tokens: Sequence[str], at: int) -> tuple[int, str]:
    """A number in words, as far as its parts go on getting smaller: "njëqind e dyzet e tre"."""
    total, current, end = 0, 0, at
    while end < len(tokens):
        step = end + 1 if end > at and tokens[end] in AND else end
        word = tokens[step] if step < len(tokens) else ""
        value, power = UNITS.get(word, 1 if word in ONE else None), POWERS.get(word)
        if power and end == step and _fits(power, total):
            total, current = _raised(total, current, power)
        elif value is not None and (current == 0 or value < _lowest(current)):
            current += value
        else:
            break
        end = step + 1
    found = total + current
    alone = end == at + 1 and tokens[at] in ONE
    return end, "" if alone else str(found)


def _raised(total: int, current: int, power: int) -> tuple[int, int]:
    raised = max(1, current) * power
    return (total, raised) if power == min(POWERS.values()) else (total + raised, 0)


def _fits(power: int, total: int) -> bool:
    """Powers fall: millions, then thousands."""
    return total == 0 or power < _lowest(total)


def _lowest(value: int) -> int:
    """The place of the last digit that is not 0: 10 of 130, 1 of 12."""
    place = 1
    while value and value % (place * 10) == 0:
        place *= 10
    return place
