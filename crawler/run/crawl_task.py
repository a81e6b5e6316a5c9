"""What a spider is sent out with, and what it brings home besides pages.

An `Assignment` holds everything a way of finding may know: the outlet, where to
start, the window, what the record already has. A spider never sees the record.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from crawler.models import Find, Layer, Lead, ListingPage, Outlet, Reading, Window
from crawler.outcomes import Trouble

if TYPE_CHECKING:
    from protego import Protego

    from crawler.reading.page.page_models import Habits


# what becomes of a page that a spider brings
Keep: TypeAlias = Callable[[ListingPage], Awaitable[None]]


def refusal_of(url: str) -> str:
    """Under which name the memory keeps why a page was refused."""
    return f"refused:{url}"


class Stored(Protocol):
    """What keeping a page did."""

    @property
    def articles(self) -> Mapping[int, int]:
        """Position on the page -> article id."""
        ...

    @property
    def new(self) -> frozenset[int]:
        """Article ids that the record did not have."""
        ...

    @property
    def changed(self) -> frozenset[int]:
        """Article ids that became a revision."""
        ...


class Told(Protocol):
    """What the record has of a piece whose page need not be asked."""

    @property
    def article(self) -> int:
        """Its id."""
        ...

    @property
    def published(self) -> datetime | None:
        """Aware, None: undated."""
        ...


class Memory(Protocol):
    """What the record knows of this outlet, as far as finding needs it."""

    def known(self, layer: Layer, leads: Sequence[Lead]) -> frozenset[int]:
        """Positions of the leads whose articles the record had before this run."""
        ...

    def told(self, leads: Sequence[Lead]) -> Mapping[int, Told]:
        """Position -> what the record has, for leads whose text or page it has."""
        ...

    def missing(
        self, layer: Layer, window: Window, types: Collection[str]
    ) -> Mapping[int, str | None]:
        """Articles dated in the window that this check has not seen: id -> "posts:5"."""
        ...

    def unchanged(self, page: ListingPage) -> Mapping[int, int]:
        """Position -> article id of the rows whose bytes the record has."""
        ...

    def store(self, page: ListingPage, readings: Sequence[tuple[Lead, Reading]]) -> Stored:
        """Keep a page and what its rows say."""
        ...

    def settle(self) -> None:
        """Commit what was kept since the last time."""
        ...

    def give_way(self) -> bool:
        """`settle` where somebody waits to write; whether anything waits for it still."""
        ...

    def covered(self, start: datetime, end: datetime) -> bool:
        """Whether earlier checks answer for every moment from start to end."""
        ...

    def usual_per_day(self, layer: Layer) -> float | None:
        """Pieces a day by the record's own history, None where it is too short to tell."""
        ...

    def recall(self, name: str, *, ever: bool = False) -> Any:
        """A fact kept from an earlier run, None where there is none or, unless `ever`, stale."""
        ...

    def remember(self, name: str, value: Any) -> None:
        """Keep a fact for the next run."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a second look at a piece found."""

    etag: str | None = None
    # of its page as it came
    modified: str | None = None
    # what its Last-Modified said
    missing: datetime | None = None
    # aware; since when its page is not there


@dataclass(slots=True, kw_only=True)
class Tally:
    """What one check has counted so far; spider and page store write it, the conductor reads it."""

    requests: int = 0
    # everything sent to the outlet
    listed: int | None = None
    # the outlet's own count inside the window
    types: tuple[str, ...] = ()
    # post types counted in full
    reached: datetime | None = None
    # aware; how far back the walk got
    delivered: int = 0
    # pages that the spider made of answers
    seen: set[int] = field(default_factory=set)
    # article ids met in the window
    new: set[int] = field(default_factory=set)
    # article ids that the record did not have
    changed: set[int] = field(default_factory=set)
    # article ids that became a revision
    gone: set[int] = field(default_factory=set)
    # article ids that the outlet no longer lists
    dated: dict[str, datetime | None] = field(default_factory=dict)
    # address -> when published, of the pages that were read in this check; None: undated
    unread: list[str] = field(default_factory=list)
    # rows that could not be read, by address and reason
    broken_off: list[str] = field(default_factory=list)
    # addresses of listings that did not come to their end
    trouble: Trouble | None = None
    # what ended the walk early
    holes: bool = False
    # what came may have holes: the check answers for no stretch of time
    fault: BaseException | None = None
    # our own failure: the record refused, a bug
    notes: list[str] = field(default_factory=list)
    # what a reader of the ledger should know
    noticed: list[Find] = field(default_factory=list)
    # ways that the outlet's pages name
    looked: dict[int, Looked] = field(default_factory=dict)
    # article id -> what a second look found


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One check to make: this outlet, by this way, for this stretch of time."""

    outlet: Outlet
    # whose listing
    find: Find
    # by which way, from which address
    section: bool = False
    # one of several lists of this outlet by this way: what another holds is not missing here
    silence_is_ours: bool = True
    # no other section follows, and none before met a piece: silence is the outlet's
    window: Window
    # rows outside are not ours
    now: datetime
    # aware, when the check began
    routine: bool = False
    # True: no window was named; the walk ends where what is known begins
    last: datetime | None = None
    # aware; where the last stretch that was covered by any way ended
    edited_since: datetime | None = None
    # aware; when this way was last checked completely
    budget: int = 400
    # requests that this check may cost
    memory: Memory
    # what the record knows
    tally: Tally = field(default_factory=Tally)
    # what is brought home besides pages
    robots: dict[str, Protego] = field(default_factory=dict)
    # rules of robots.txt by origin, shared by the checks of one outlet in one run
    pieces: tuple[Lead, ...] = ()
    # of a proof and of a second look: whose pages are wanted
    habits: Habits | None = None
    # what its pages were seen to repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A look at an outlet that is no check: a few answers, nothing is stored."""

    outlet: Outlet
    # who is asked; may be no more than an address that a person typed
    go: Callable[[Any], Awaitable[None]]
    # what to do there; is given the spider's `Asking`
    budget: int = 12
    # requests that it may cost, robots.txt and redirects too: never one more
    tally: Tally = field(default_factory=Tally)
    # what it did cost, and our own faults
    robots: dict[str, Protego] = field(default_factory=dict)
    # rules of robots.txt by origin
