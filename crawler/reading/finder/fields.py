"""What stands in rows: their link, headline and day, each by the simplest selector that serves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crawler.reading.finder.css import OLD, PLAIN, names_of, selects, step
from crawler.reading.finder.sheet import Sheet, is_headline, squeezed, text_of
from crawler.reading.row_selectors import chosen, following, lines_behind, said

if TYPE_CHECKING:
    from lxml import etree

MOST: Final = 0.8
# share of the rows in which a selector must serve
HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLED: Final = re.compile(
    r"tit(?:le|ull?i?|r)|head(?:line|ing)?|naslov|naziv|titolo|kryefjal", re.IGNORECASE
)
_CUT: Final = ("…", "...")
_CLOCK: Final = re.compile(r"(?:ora\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*h)?")
SIMPLE: Final = 3
# elements inside a heading of a day
_INLINE: Final = frozenset(
    {"b", "strong", "em", "i", "br", "img", "u", "mark", "small", "sup", "wbr"}
)
# elements that stand inside a headline
_MACHINE: Final = (
    "title", "datetime", "content", "data-date", "data-time", "data-published", "data-timestamp"
)  # fmt: skip
# attributes in which a date may stand
_ALIKE: Final = 8
# characters with which every headline begins where they are no headlines: "Lexo më shumë: "
_LONG: Final = 170
# characters; longer, it is headline and teaser in one

Rows = Sequence["etree._Element"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a group, and the link that is its piece's."""

    element: etree._Element
    link: etree._Element
    url: str


def inner_paths(row: etree._Element, target: etree._Element) -> Iterator[str]:
    """Selectors of an element inside its row, the plainest first."""
    tag = str(target.tag)
    if target is row:
        yield tag
        return
    above = [one for one in target.iterancestors() if one is not row and row in one.iterancestors()]
    yield from (f"{one.tag} {tag}" for one in above if one.tag in HEADINGS)
    yield from (f"{tag}.{name}" for name in names_of(target))
    yield tag
    yield from (f"{one.tag}.{name} {tag}" for one in above for name in names_of(one))
    yield from (f"{one.tag} {tag}" for one in above)
    told = ((key, target.get(key)) for key in OLD)
    yield from (
        f'{tag}[{key}="{value}"]' for key, value in told if value and PLAIN.fullmatch(value)
    )
    yield from _by_place(target, tag)


def _by_place(target: etree._Element, tag: str) -> Iterator[str]:
    """Selectors by the place among its like."""
    parent = target.getparent()
    if parent is not None:
        same = [one for one in parent if one.tag == tag]
        yield f"{tag}:nth-of-type({same.index(target) + 1})"
        if same[-1] is target:
            yield f"{tag}:last-of-type"
        yield f"{step(parent)} > {tag}:nth-of-type({same.index(target) + 1})"


def link_selector(rows: Sequence[Row]) -> str | None:
    """The selector whose first match in each row is its piece's link."""
    return _best(
        rows, lambda row: row.link, lambda row, one: one.get("href") == row.link.get("href")
    )


def _best(
    rows: Sequence[Row],
    target: Callable[[Row], etree._Element | None],
    serves: Callable[[Row, etree._Element], bool],
) -> str | None:
    """The selector whose first match serves in most rows, the plainest of equals."""
    targets = [(row, found) for row in rows[:3] if (found := target(row)) is not None]
    candidates = dict.fromkeys(
        path for row, found in targets for path in inner_paths(row.element, found)
    )
    among = frozenset(row.element for row in rows)
    best = (0, "")
    for selector in candidates:
        firsts = [(row, chosen(row.element, selector, "link", among)) for row in rows]
        good = sum(one is not None and serves(row, one) for row, one in firsts)
        if good > best[0]:
            best = (good, selector)
    return best[1] if best[0] >= MOST * len(rows) else None


# --- headlines ---------------------------------------------------------------------------


def headline_selector(rows: Sequence[Row], link: str, reads: Callable[[str], object]) -> str | None:
    """What tells each row's headline whole: a heading, the link's words, a picture's."""
    among = frozenset(row.element for row in rows)
    best: tuple[float, int, str] | None = None
    for at, selector in enumerate(dict.fromkeys(_headlines(rows, link))):
        texts = [_says(row.element, selector, among) for row in rows]
        dates = sum(reads(text) is not None for text in texts)
        value = _worth(texts) if dates * 2 < len(texts) else 0.0
        value -= 0.3 * _mixed([chosen(row.element, selector, "headline", among) for row in rows])
        if value > 0 and (best is None or value > best[0]):
            best = (value, at, selector)
    if best is None:
        return None
    return _uncut(rows, best[2], among) or best[2]


def _mixed(elements: Sequence[etree._Element | None]) -> bool:
    """Whether headlines stand in elements that hold other texts besides, as whole cards do."""
    some = [one for one in elements if one is not None]
    mixed = 0
    for one in some:
        parts = [text_of(inner) for inner in one if isinstance(inner.tag, str)]
        told = [part for part in (*parts, squeezed(one.text)) if part]
        mixed += (
            len(told) > 1
            and any(map(is_headline, told))
            and any(inner.tag not in _INLINE for inner in one if isinstance(inner.tag, str))
        )
    return mixed * 2 > len(some)


def _headlines(rows: Sequence[Row], link: str) -> Iterator[str]:
    """Selectors that may tell the headline, the likeliest first."""
    some = [row.element for row in rows[:3]]
    yield from (tag for tag in HEADINGS if any(selects(row, tag) for row in some))
    for one in (inner for row in some for inner in row.iter("*")):
        yield from (f"{one.tag}.{name}" for name in names_of(one) if _TITLED.search(name))
    yield link
    for row in rows[:3]:
        for one in row.link.iterdescendants("*"):
            if is_headline(text_of(one)):
                yield from inner_paths(row.element, one)
    yield from (tag for tag in ("strong", "b") if any(selects(row, tag) for row in some))
    for each in some:
        for one in each.iter("*"):
            if not len(one) and is_headline(text_of(one)):
                yield from inner_paths(each, one)
    yield f"{link}::text"
    yield f"{link}::attr(title)"
    yield "img::attr(alt)"


def _says(row: etree._Element, selector: str, among: frozenset[object]) -> str:
    one = chosen(row, selector, "headline", among)  # type: ignore[arg-type]
    return said(one, selector) if one is not None else ""


def _worth(texts: Sequence[str]) -> float:
    """How well texts serve as headlines; 0 where they do not."""
    good = [text for text in texts if is_headline(text)]
    if len(good) < MOST * len(texts) or len(set(good)) < MOST * len(good):
        return 0.0
    if len(good) > 2 and _begin_alike(good):  # noqa: PLR2004
        return 0.1
    length = sum(map(len, good)) / len(good)
    cut = sum(text.endswith(_CUT) for text in good) / len(good)
    return len(good) / len(texts) - (0.5 if length > _LONG else 0) - 0.2 * cut


def _begin_alike(texts: Sequence[str]) -> bool:
    first = texts[0][:_ALIKE].lower()
    return all(text[:_ALIKE].lower() == first for text in texts)


def _uncut(rows: Sequence[Row], selector: str, among: frozenset[object]) -> str | None:
    """The attribute that holds whole what a row prints cut: a picture's alt, a link's title."""
    texts = [_says(row.element, selector, among) for row in rows]
    if not any(text.endswith(_CUT) for text in texts):
        return None
    for other in ("img::attr(alt)", "a::attr(title)", f"{selector}::attr(title)"):
        whole = [_says(row.element, other, among) for row in rows]
        pairs = zip(whole, texts, strict=True)
        if all(long and long.startswith(cut.rstrip("….").rstrip()[:20]) for long, cut in pairs):
            return other
    return None


# --- days ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Where the rows' days stand."""

    date: str | None = None
    day: str | None = None
    told: str = "nowhere in the list"
    # for the person who compares


def days_of(sheet: Sheet, rows: Sequence[Row], headline: str | None) -> Days:
    """Inside the rows, behind them, above them; nowhere."""
    inside = _inside(sheet, rows)
    if inside:
        return Days(date=inside, told="in each row")
    headed = _above(sheet, rows)
    if headed:
        return Days(date=_clock(rows), day=headed, told="in the headings above")
    behind = _behind(sheet, rows)
    return Days(date=behind, told="behind each row") if behind else Days()


def _inside(sheet: Sheet, rows: Sequence[Row]) -> str | None:
    ranked: list[tuple[float, int, str]] = []
    among = frozenset(row.element for row in rows)
    candidates: dict[str, None] = {}
    for row in [*rows[:3], *rows[-2:]]:
        for selector in _dated(sheet, row):
            candidates.setdefault(selector)
    for at, selector in enumerate(candidates):
        good = sum(_reads(sheet, row.element, selector, among) for row in rows)
        ranked.append((-good / len(rows), at, selector))
    value, _, selector = min(ranked, default=(0.0, 0, ""))
    return selector if -value >= MOST else None


def _dated(sheet: Sheet, row: Row) -> Iterator[str]:
    """Selectors of what reads as a date in a row: <time> first, then the innermost."""
    inner = list(row.element.iter("*"))[::-1]
    timed = [one for one in inner if one.tag == "time"]
    if any(sheet.reads(one.get("datetime") or text_of(one)) for one in timed):
        yield "time"
    for one in (*timed, *inner):
        if sheet.reads(text_of(one)):
            yield from inner_paths(row.element, one)
    for one in inner:
        if (one is row.element or len(one)) and sheet.reads(said(one, "*::text")):
            yield from (f"{each}::text" for each in inner_paths(row.element, one))
    for one, key in ((one, key) for one in inner for key in _MACHINE):
        if (value := one.get(key)) and sheet.reads(value):
            yield from (f"{each}::attr({key})" for each in inner_paths(row.element, one))


def _reads(sheet: Sheet, row: etree._Element, selector: str, among: frozenset[object]) -> bool:
    one = chosen(row, selector, "date", among)  # type: ignore[arg-type]
    if one is None:
        return False
    timed = one if one.tag == "time" else next(one.iter("time"), None)
    if timed is not None and timed.get("datetime") and "::" not in selector:
        return sheet.reads(timed.get("datetime") or "") is not None
    return sheet.reads(said(one, selector)) is not None


def _behind(sheet: Sheet, rows: Sequence[Row]) -> str | None:
    """Between a row and the next one: in an element, else in a bare line."""
    among = frozenset(row.element for row in rows)
    counted: Counter[str] = Counter()
    for row in rows:
        found: set[str] = set()
        for beside in following(row.element, among):
            for one in beside.iter():
                if isinstance(one.tag, str) and sheet.reads(text_of(one)):
                    found.update((f"~ {step(one)}", f"~ {one.tag}"))
        counted.update(found)
    for selector, count in counted.most_common():
        if count >= MOST * len(rows):
            good = sum(_reads(sheet, row.element, selector, among) for row in rows)
            if good >= MOST * len(rows):
                return selector
    bare = sum(any(map(sheet.reads, lines_behind(row.element, among))) for row in rows)
    return "~" if bare >= MOST * len(rows) else None


def _above(sheet: Sheet, rows: Sequence[Row]) -> str | None:
    """Headings of days: two at least, between the rows, one above the first."""
    held = {above for row in rows for above in row.element.iterancestors()}
    inside = {one for row in rows for one in row.element.iter()}
    first, last = (sheet.order[row.element] for row in (rows[0], rows[-1]))
    counted: dict[str, list[int]] = {}
    for one, at in sheet.order.items():
        if at > last:
            break
        if one in held or one in inside or not isinstance(one.tag, str) or len(one) > SIMPLE:
            continue
        if sheet.reads(text_of(one)):
            counted.setdefault(step(one), []).append(at)
    for selector, places in counted.items():
        between = [at for at in places if at > first]
        if between and min(places) < first:
            return selector
    return None


def _clock(rows: Sequence[Row]) -> str | None:
    """The selector of the hour that rows print below the heading of their day."""

    def shown(row: Row) -> etree._Element | None:
        texts = (one for one in row.element.iter() if isinstance(one.tag, str))
        return next((one for one in texts if _CLOCK.fullmatch(text_of(one))), None)

    found = [row for row in rows if shown(row) is not None]
    if len(found) < MOST * len(rows):
        return None
    return _best(found, shown, lambda _, one: _CLOCK.fullmatch(text_of(one)) is not None)
