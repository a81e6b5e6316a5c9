"""What a reviewer sees of a hit: some characters around it, on one line (pure)."""

from __future__ import annotations

from typing import Final

AROUND: Final = 60
# characters of a snippet, about a line of a review
LONGEST: Final = 160
# characters of a form: near() can hold many words


def snippet(text: str, start: int, end: int) -> str:
    """About AROUND characters of the hit's own line, cut between words."""
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    high = len(text) if high < 0 else high
    room = max(0, AROUND - (end - start)) // 2
    before = _tail(text[low:start], room)
    after = _head(text[end:high], room)
    return one_line(before + text[start : min(end, start + LONGEST)] + after)


def one_line(text: str) -> str:
    """White space folded; signs that would not print are left out, the Persian joiner stays."""
    plain = " ".join(text.split())
    if plain.isprintable():
        return plain
    shown = (sign for sign in plain if sign.isprintable() or sign == "\u200c")
    return " ".join("".join(shown).split())


def _tail(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    kept = text[len(text) - room :] if room else ""
    return "…" + (kept.partition(" ")[2] if " " in kept else kept)


def _head(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    kept = text[:room]
    return (kept.rpartition(" ")[0] if " " in kept else kept) + "…"
