"""The dates that readers see: elements named so, lines beside the headline, the only one there is.

The days of captions, comments, embedded posts and of other pieces are nobody's.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from operator import attrgetter
from typing import Final

from crawler.models import When
from crawler.reading.dates import read_date
from crawler.reading.page.claim import Claim
from crawler.reading.page.class_names import Mark
from crawler.reading.page.date_lines import Named, days_in
from crawler.reading.page.facts import Block, Facts, Spot
from crawler.reading.page.printed_days import first_day, fold, machine_time, may_name_day

CLOSE: Final = 12
# elements after the headline in which nothing can belong to another piece
SURE: Final = 5.0
# weight of a visible date that needs no second opinion
LONGEST_SHOWN: Final = 250
LONG_SHOWN: Final = 80
# characters of an element that shows a date; a longer one shows more than that
LONG_LINE: Final = 110
OPENS: Final = 45
# characters of a line; of a longer one only the opening may be its date
NEAR: Final = 4.0
# weight of a visible date beside the headline
MORE: Final = 0.5
# what a label adds that says that the piece was published then
MOST_BESIDE: Final = 7
# dates beside the headline that are looked at
MOST_PRINTED: Final = 6
# visible dates that are read in the outlet's own words

NOBODYS: Final = Mark.COMMENTS | Mark.FOREIGN
# where days are not the piece's, beside captions
_EDITED: Final = re.compile(
    r"\b(?:updated?|modified|edited|aktualisiert|ge[äa]ndert|mis à jour|modifi[ée]|actualizado"
    r"|aggiornat[oa]|atualizado|bijgewerkt|opdateret|oppdatert|uppdaterad|aktualizov[áa]no"
    r"|zaktualizowan[oa]|përditësuar|ažurirano|обновлено|Stand)\b|更新",
    re.IGNORECASE,
)


def shown(facts: Facts, month_first: bool | None, headline_at: int | None) -> Iterator[Claim]:
    """Dates of <time> and of elements whose names or itemprop promise one."""
    text_at = text_begins(facts, headline_at)
    for spot in facts.dates:
        weight = _worth(spot, facts, headline_at)
        if weight <= 0 or _is_of_another(spot, facts, text_at):
            continue
        role, layer = _role(spot), _place(spot)
        above = not spot.prop and _above(spot.order, headline_at)
        told = machine_time(spot.value) if spot.value else None
        if told:
            more = 2.5 if spot.prop in _OF_PUBLICATION else 0.5
            raw = spot.value or ""
            yield Claim(
                told[0], told[1], layer, raw, weight + more, told[2], role, above,
                node=-1 if spot.prop else spot.node, order=spot.order,
            )  # fmt: skip
        if len(spot.text) < LONGEST_SHOWN:
            less = 0.5 if len(spot.text) > LONG_SHOWN else 0.0
            yield from _seen(spot, month_first, weight - less, "day" if told else role, above)


def _is_of_another(spot: Spot, facts: Facts, text_at: int) -> bool:
    """Whether a date is another piece's: below the text a teaser is, above it names may err."""
    below = spot.order > text_at and not spot.prop
    return below and bool(facts.nodes[spot.node].zone & Mark.TEASER)


def _seen(
    spot: Spot, month_first: bool | None, weight: float, role: str, above: bool
) -> Iterator[Claim]:
    """The days that the text of an element shows, each in the role that its label gives it."""
    first = True
    for seen in days_in(spot.text, month_first=month_first, line=False):
        if seen.role == "other" or not (first or seen.labelled):
            continue
        first = False
        mine = seen.role if seen.labelled and role != "day" else role
        yield Claim(
            seen.moment, seen.clock, f"visible:{_place(spot)}", spot.text[:LONG_LINE],
            weight + MORE * seen.labelled * (mine != "modified"), seen.shape, mine, above,
            labelled=seen.labelled and mine == "published",
            node=-1 if spot.prop else spot.node, order=spot.order,
        )  # fmt: skip


_OF_PUBLICATION: Final = frozenset(("datepublished", "datecreated"))


def _role(spot: Spot) -> str:
    if spot.prop in {"datemodified", "dateupdated"}:
        return "modified"
    edited = spot.mark & Mark.UPDATED and spot.prop != "datepublished"
    return "modified" if edited else "published"


def _place(spot: Spot) -> str:
    return f"{spot.tag}[{spot.prop}]" if spot.prop or spot.tag == "time" else spot.tag


def _worth(spot: Spot, facts: Facts, headline_at: int | None) -> float:
    """How much the place of a date speaks for it; nothing does among comments."""
    zone = facts.nodes[spot.node].zone | (spot.mark & Mark.FOREIGN)
    if zone & NOBODYS or is_caption(facts, spot.node):
        return 0.0
    weight = 4.0 + 0.5 * (spot.tag == "time") + 0.5 * (spot.prop in _OF_PUBLICATION)
    weight -= 2.5 * bool(zone & Mark.TEASER) + 1.0 * bool(zone & Mark.BOILER)
    weight -= 2.0 * (spot.linked and not spot.prop)
    return weight + nearness(spot.order, headline_at)


def nearness(order: int, headline_at: int | None) -> float:
    """What the way from the headline says, in elements; -1 where there is no headline."""
    if headline_at is None:
        return -1.0
    away = order - headline_at
    for first, last, worth in ((-12, 40, 1.5), (-40, 120, 0.0)):
        if first <= away <= last:
            return worth
    return -1.5 if away > 0 else -1.0


def printed(
    facts: Facts, fetched: datetime, zone: str, languages: Sequence[str], headline_at: int | None
) -> Iterator[Claim]:
    """Dates in the outlet's own way of printing them ("Dje në 14:20", "para 2 orësh")."""
    short = [spot for spot in facts.dates if 0 < len(spot.text) < LONG_SHOWN]
    short.sort(key=lambda spot: -_worth(spot, facts, headline_at))
    text_at = text_begins(facts, headline_at)
    short = [spot for spot in short if not _is_of_another(spot, facts, text_at)]
    for spot in short[:MOST_PRINTED]:
        when = read_date(spot.text, base=fetched, zone=zone, languages=languages)
        weight = _worth(spot, facts, headline_at)
        if isinstance(when, When) and weight > 0:
            clock, layer = when.precision == "minute", f"visible:{_place(spot)}"
            above, worth = _above(spot.order, headline_at), weight + 0.2
            role, rule = _role(spot), when.rule
            yield Claim(
                when.instant, clock, layer, spot.text, worth, rule, role, above,
                node=spot.node, order=spot.order,
            )  # fmt: skip


def beside(facts: Facts, month_first: bool | None, headline_at: int | None) -> Iterator[Claim]:
    """Dates in lines around the headline that no name of a class promises."""
    found, told = 0, text_begins(facts, headline_at)
    for block in lines_around(facts, headline_at):
        seen = _in_line(block, month_first)
        if not seen:
            continue
        found += 1
        away = 0 if headline_at is None else block.order - headline_at
        close = -CLOSE / 2 <= away <= 40 and block.order <= told  # noqa: PLR2004 - as in `nearness`
        weight = 4.5 if close else 3.2
        weight -= 0.8 * (len(block.text) > LONG_LINE)
        above, raw = _above(block.order, headline_at), block.text[:LONG_LINE]
        for day in seen:
            worth = weight - (day.role == "modified") + MORE * (day.labelled)
            yield Claim(
                day.moment, day.clock, "beside the headline", raw, worth, day.shape, day.role,
                above, labelled=day.labelled and day.role == "published",
                node=block.node, order=block.order,
            )  # fmt: skip
        if found == MOST_BESIDE:
            return


def text_begins(facts: Facts, headline_at: int | None) -> int:
    """Where the second paragraph below the headline stands: behind it come notes and comments."""
    second = bisect_right(facts.paragraphs, headline_at or 0) + 1
    return facts.paragraphs[second] if second < len(facts.paragraphs) else facts.elements + 1


def _in_line(block: Block, month_first: bool | None) -> list[Named]:
    """The days of a line that is mostly a date, or of the dateline that opens a text."""
    if not may_name_day(block.text if block.tag in _HEADINGS else block.text[:LONG_LINE]):
        return []
    text = block.apart or block.text
    if len(block.text) > LONG_LINE:
        dateline = _DATELINE.match(block.text[:OPENS])
        text = dateline[0] if dateline else _statement(block.text, month_first)
    if block.tag in _HEADINGS and len(text) > LONG_HEADING and not _BEGINS.match(text):
        text = " | ".join(part for part in block.apart.split(" | ") if len(part) <= LONG_HEADING)
    named = days_in(text, month_first=month_first) if text and not _CAPTION.match(text) else []
    return [day for at, day in enumerate(named) if day.role != "other" and (not at or day.labelled)]


def _statement(text: str, month_first: bool | None) -> str:
    """The opening of a sentence that says when the piece was published, "" for any other."""
    opening = text[:LONG_LINE]
    named = days_in(opening, month_first=month_first)
    return opening if len(named) == 1 and named[0].labelled else ""


def told_ago(
    facts: Facts, fetched: datetime, zone: str, languages: Sequence[str], headline_at: int | None
) -> Iterator[Claim]:
    """Days told by how long ago they were, or without a year, in lines right beside the headline.

    "para 2 orësh", "Dje në 18:20", "16 maj, 14:30": what stands between bars must be that alone.
    """
    tried = 0
    for block in lines_around(facts, headline_at):
        text = block.apart or block.text
        away = block.order - (headline_at or 0)
        if len(text) > LONG_LINE or not -CLOSE <= away <= 2 * CLOSE or block.tag in _HEADINGS:
            continue
        if not _AGO.search(fold(text)) or _SPAN.search(text) or first_day(text, month_first=False):
            continue
        for part in _PARTS.split(text):
            tried += 1
            bare = _LABEL.sub("", part).strip(" .,;:-–—")
            when = read_date(bare, base=fetched, zone=zone, languages=languages) if bare else None
            if isinstance(when, When):
                clock, above = when.precision == "minute", _above(block.order, headline_at)
                yield Claim(
                    when.instant, clock, "beside the headline", text[:LONG_LINE], 4.5, when.rule,
                    "modified" if _EDITED.search(part) else "published", above,
                    node=block.node, order=block.order,
                )  # fmt: skip
                return
        if tried > MOST_PRINTED:
            return


_AGO: Final = re.compile(
    r"\b(?:para|dje|sot|pardje|me pare|ago|yesterday|today|пред|вчера|денес|pre|juce|danas)\b"
    r"|\b\d{1,2}\.?\s(?:janar|shkurt|mars|prill|maj|qershor|korrik|gusht|shtator|tetor|nentor"
    r"|dhjetor)\b"
)
# folded words of lines that tell a day without its year
_SPAN: Final = re.compile(r"\d\s*(?:[-–—]|deri|dhe)\s*\d")
# "24 - 26 maj"
_PARTS: Final = re.compile(r"\s*[|•·]\s*|\s+[-–—/]\s+")
_LABEL: Final = re.compile(
    r"^\W*(?:publikuar|botuar|postuar|përditësuar|perditesuar|data|koha|ora|published|posted"
    r"|updated|објавено)(?:\s+(?:më|me|në|ne|on|на))?\s*:?\s+",
    re.IGNORECASE,
)
_A_DAY: Final = (
    r"\d{1,2}(?:\.\s?|[\s/-])(?:\d{1,2}|[^\W\d]{3,10})[\s./-]{1,2}(?:19|20)\d\d\b"
    r"|[^\W\d]{3,10}\s\d{1,2},?\s(?:19|20)\d\d\b"
)
_BEGINS: Final = re.compile(rf"(?:{_A_DAY})\s*[|•·]")
_DATELINE: Final = re.compile(
    rf"^(?:[^\W\d][^\d,(]{{0,24}}[,(]\s*)?(?:{_A_DAY})\)?\s*(?=[-–—:/|)]|\Z)"
    rf"|^\(?(?:{_A_DAY})\)?\s+(?=[„“\"«A-ZÀ-ÝËÇ])|^[^\d]{{1,32}}(?:{_A_DAY})\s*(?=\|)"
)
# "Lugjas, 16 maj 2025 – ", "16.05.2025 Punëtoria ...", "Njoftim i datës 16 maj 2025 | "
_CAPTION: Final = re.compile(
    r"^\W*(?:foto\w*|photo\w*|video|kamera|pamje|ilustrim\w*|image|picture|слика|фото)\b",
    re.IGNORECASE,
)
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LONG_HEADING: Final = 40
# characters of a heading that is a date and nothing else


def alone(facts: Facts, month_first: bool | None, headline_at: int | None) -> Iterator[Claim]:
    """The only day that short lines of the whole page name: a last resort."""
    found: dict[date, Claim] = {}
    foreign = [spot.text for spot in facts.dates if spot.mark & Mark.FOREIGN and spot.text]
    for block in facts.blocks:
        text = block.text
        if len(text) > LONG_LINE or "©" in text or facts.nodes[block.node].zone & _OTHERS:
            continue
        if is_caption(facts, block.node) or _is_foreign(block, foreign):
            continue
        for seen in _in_line(block, month_first)[:1]:
            claim = Claim(
                seen.moment, seen.clock, "only date on the page", text, 1.8, seen.shape, seen.role
            )
            claim.above = _above(block.order, headline_at)
            claim.node, claim.order = block.node, block.order
            found.setdefault(seen.moment.date(), claim)
    if len(found) == 1:
        yield from found.values()


_OTHERS: Final = NOBODYS | Mark.TEASER


def _is_foreign(block: Block, foreign: Sequence[str]) -> bool:
    """Whether a line holds the day of an event that a class inside of it tells."""
    return any(text in block.text for text in foreign)


def is_caption(facts: Facts, at: int) -> bool:
    """Whether an element or the one around it is a caption: "item-caption" wraps whole pages."""
    node = facts.nodes[at]
    around = facts.nodes[node.parent] if node.parent >= 0 else node
    return bool((node.mark | around.mark) & Mark.CAPTION) or "figcaption" in {node.tag, around.tag}


def _above(order: int, headline_at: int | None) -> bool:
    """Whether a place stands well above the headline, as a masthead does."""
    return headline_at is None or order < headline_at - CLOSE


_order: Final = attrgetter("order")


def lines_around(facts: Facts, headline_at: int | None) -> Iterator[Block]:
    """Lines around the headline that may speak of the piece."""
    first, last = (-1, 60) if headline_at is None else (headline_at - 60, headline_at + 90)
    text_at = text_begins(facts, headline_at)
    foreign = [spot.text for spot in facts.dates if spot.mark & Mark.FOREIGN and spot.text]
    for block in islice(facts.blocks, bisect_left(facts.blocks, first, key=_order), None):
        if block.order > last:
            return
        zone = facts.nodes[block.node].zone
        close = headline_at is not None and 0 < block.order - headline_at <= CLOSE
        elsewhere = zone & Mark.TEASER or block.linked > 0.5 * len(block.text)
        if zone & NOBODYS or (elsewhere and not close):
            continue
        if zone & Mark.TEASER and block.order > text_at:
            continue
        if not is_caption(facts, block.node) and not _is_foreign(block, foreign):
            yield block
