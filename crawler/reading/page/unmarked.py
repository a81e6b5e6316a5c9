"""The headline of a page that marks none: tables, <font>, plain <div>, and a <title> of the site's.

What a reader takes for it is the line above the date, or above the text where no date stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crawler.reading.page.class_names import UNTEXT
from crawler.reading.page.facts import Block, Facts
from crawler.reading.page.labels import leads_elsewhere, of_comments, of_others, offers_sharing
from crawler.reading.page.printed_days import first_day

SHORTEST: Final = 12
LONGEST: Final = 220
# characters of such a line
SENTENCE: Final = 80
# characters of a paragraph
ABOVE: Final = 8
# lines above the text that are looked at
LINKED: Final = 0.3
# share of links in a line of the piece
DATELINE: Final = 110
# characters of a line of date and author
_NO_HEADLINE: Final = re.compile(
    r"^\W*(?:nga|shkruar|shkruan|autor\w*|by|foto|photo|video|kamera|data|ora|publikuar|botuar"
    r"|postuar|dërguar|derguar|përditësuar|perditesuar|burimi|source|пишува|објавено|reklam[ëea]"
    r"|advertisement|kategoria|rubrika|tema|published|updated|posted)\b(?:\s*:|\s)",
    re.IGNORECASE,
)


def line_of(facts: Facts) -> Block | None:
    """The line that is taken for a headline, None where no text stands below one.

    Lines that <br> parts are one, if they stand in one element; `text` is theirs together.
    """
    lines = [block for block in facts.blocks if _is_of_piece(block, facts)]
    first = next((at for at, block in enumerate(lines) if _opens_text(lines, at)), None)
    if first is None:
        return None
    above = lines[max(0, first - ABOVE) : first]
    dated = next((at for at in range(len(above) - 1, -1, -1) if is_dated(above[at].text)), None)
    for group in (above[:dated][::-1] if dated is not None else [], above[::-1]):
        best = next((block for block in group if _may_be(block)), None)
        if best is not None:
            return _joined(best, facts.blocks)
    return None


def is_dated(text: str) -> bool:
    """Whether a short line names a day, as lines of date and author do."""
    return len(text) <= DATELINE and first_day(text, month_first=False) is not None


def _is_of_piece(block: Block, facts: Facts) -> bool:
    size = len(block.text)
    return not facts.nodes[block.node].zone & UNTEXT and block.linked <= LINKED * size


def _opens_text(lines: Sequence[Block], at: int) -> bool:
    """Whether a paragraph begins here: a long line that more text follows."""
    block = lines[at]
    if len(block.text) < SENTENCE or is_dated(block.text):
        return False
    return any(len(other.text) >= SENTENCE for other in lines[at + 1 : at + 6])


def _may_be(block: Block) -> bool:
    text = block.text
    if not SHORTEST <= len(text) <= LONGEST or " " not in text or text.endswith(":"):
        return False
    if _NO_HEADLINE.match(text) or is_dated(text) or leads_elsewhere(text):
        return False
    return not (of_others(text) or of_comments(text) or offers_sharing(text))


def _joined(block: Block, blocks: Sequence[Block]) -> Block:
    """A line with those that <br> parts from it in its own element."""
    same = [o for o in blocks if o.node == block.node and (o is block or not is_dated(o.text))]
    text = " ".join(other.text for other in same)
    if len(same) == 1 or len(text) > LONGEST:
        return block
    return Block(text, block.tag, 0, block.node, block.order)
