"""Finding the list of a page that nobody has described: rows, headlines, days, pages (pure).

`lists_in` looks at one page and proposes selectors, `taught` makes them of two headlines that a
person pointed at, `pager_of` says how the pages are numbered, `data_in` finds rows that are data,
`sections_of` which other pages may hold lists. What is proposed has been read with it.
"""

from crawler.reading.finder.data import data_in
from crawler.reading.finder.endpoints import endpoints_in
from crawler.reading.finder.lists import Shape, lists_in, taught
from crawler.reading.finder.pager import Pager, pager_of
from crawler.reading.finder.sections import Section, sections_of
from crawler.reading.finder.sheet import Sheet, sheet_of

__all__ = [
    "Pager", "Section", "Shape", "Sheet", "data_in", "endpoints_in", "lists_in", "pager_of",
    "sections_of", "sheet_of", "taught",
]  # fmt: skip
