"""Headlines that attack, one for each piece of an invented report."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from reports.models import Report
from tests.reports.full import full

ATTACKS: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://evil.example","kliko")',
    "+355 69 000; @SUM(A1)",
    "-1+1|cmd' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "＝1+1",
    "\t=1+1",
    "\r\n=1+1",
    "një; =1+1",
    "\x00NUL\x07 dhe \x1b[31mngjyrë",
    "gjysma \ud83d e një çifti",
    "\ufffe\uffff pa shkronja",
    "\u202eprapa\u202c dhe \u2066veçmas\u2069",
    "e gjatë " * 625,
    "x" * 5000,
    "😀 🔴 LIVE 👨\u200d👩\u200d👧 panairi",
    '#link("http://evil.example")[kliko] *y* _v_ $x$ `k` // k',
    "@ref <label> ~ \\ -- --- ... #panic()",
    "[kliko](http://evil.example) **y** | q | # t",
    "{{7*7}} {% raw %} ${x} %(x)s {n}",
    "中文 标题",
    "نمایشگاه کتاب شصت ناشر",
    "&lt;b&gt; &#35; &copy;",
)


def attacked() -> Report:
    """The full report, each of its pieces with the next attack as headline."""
    report = full()
    pieces = {
        piece.article: replace(piece, headline=ATTACKS[at % len(ATTACKS)], corrected=None)
        for at, piece in enumerate(report.pieces)
    }
    texts = tuple(
        replace(text, pieces=tuple(pieces[piece.article] for piece in text.pieces))
        for text in report.texts
    )
    return replace(report, pieces=tuple(pieces.values()), texts=texts)
