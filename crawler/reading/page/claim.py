"""One place of a page that names a date, and what the readers of dates know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Claim:
    """One place that names a date."""

    moment: datetime
    # aware, or naive where no offset stands with it
    clock: bool
    # whether it tells the time of the day
    layer: str
    # "json-ld:datePublished"
    raw: str
    # as printed
    weight: float
    # how much speaks for it
    rule: str
    # what read it: "iso"
    role: str = "published"
    # or "modified", or "day": a local day (address, text of a <time>)
    above: bool = False
    # stands well above the headline, where mastheads print today's date
    masthead: bool = False
    # is the site's own header's
    labelled: bool = False
    # visible, and a word beside it says that the piece was published then
    why: str = ""
    # in words, where it was changed
    node: int = -1
    # around it on the page, -1 for what stands nowhere
    order: int = 0
    # its place on the page

    @property
    def utc(self) -> bool:
        """Whether it is a moment in UTC, of which the local day is not known."""
        return self.clock and self.moment.tzinfo is not None and not self.moment.utcoffset()
