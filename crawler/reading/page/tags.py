"""Tags of HTML by what they mean to the walk over a page."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """A set of names, written as one text."""
    return frozenset(text.split())


SKIPPED = words("""
    script style noscript svg template iframe select option button input textarea object video audio
    canvas rt rp map head link meta img picture datalist dialog math progress meter
""")
# <embed>, <source>, <track> and <wbr> are not here: libxml2 does not know that they are empty, so
# without an end tag they hold what follows them
BLOCKS = words("""
    p div section article main header footer aside nav ul ol li dl dt dd table tbody thead tfoot tr
    td th blockquote pre h1 h2 h3 h4 h5 h6 figure figcaption form fieldset details summary hr body
    center address hgroup
""")
HEADINGS = words("h1 h2 h3")
PARTING = BLOCKS | {"br"}
STACKED = PARTING | {"a", "span"}
MAY_SWALLOW = words("noscript svg iframe object video")
# unclosed ones swallow the page: the headline stands inside
MAY_SKIP = words("nav footer")
NEVER_TEXT = words("nav footer aside figcaption address figure")
IN_FIGURES = words("table blockquote ul ol pre")
# what is text in a <figure> too: WordPress puts tables and quotations into figures
# elements that hold no running text of the piece
TRUSTED = words("html body main")
# elements whose names speak of the whole page
