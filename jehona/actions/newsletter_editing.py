"""An issue of the newsletter arranged by a person: taken in hand, looked at, written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from crawler.config.files import toml_text
from crawler.config.posts import write_post
from crawler.config.selection_file import Change, changed, made
from crawler.config.selections import read_selection, selection_in
from crawler.failure import Failure
from crawler.models import Language, Pick, PostPicture, Selection
from jehona.actions import newsletter, papers
from jehona.actions.editing import digest_of, saving, sound, unchanged
from jehona.actions.errors import Unknown, Wrong
from jehona.actions.newsletter import Issue
from jehona.actions.office import Office
from reports.newsletter import Known

# digits of an issue's number
LONGEST: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryInHand:
    """An entry, as a form has it."""

    # of the form: "e7"
    id: str
    pick: Pick
    # which one of the file it was, counted from 0; None: it is new
    origin: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueInHand:
    """A selection that is not written yet."""

    # without its entries
    selection: Selection
    entries: tuple[EntryInHand, ...]
    # to choose from
    tray: tuple[EntryInHand, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A selection in somebody's hand, and by which its file is known again."""

    hand: IssueInHand
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An issue that has a file."""

    number: int
    title: str | None
    entries: int
    # why its file cannot be read
    wrong: Failure | None = None


# --- the issues ------------------------------------------------------------------------------


def numbers(office: Office) -> list[int]:
    """The numbers of the issues that have a file, the highest first."""
    folder = newsletter.place_of(office, 1).parent
    names = [file.stem for file in folder.glob("*.toml")] if folder.is_dir() else []
    known = (name for name in names if name.isdecimal() and len(name) <= LONGEST)
    return sorted(map(int, known), reverse=True)


def number_named(office: Office, told: str) -> int:
    """The number of an issue that has a file. Raises Unknown."""
    known = told.isascii() and told.isdecimal() and len(told) <= LONGEST
    if not known or int(told) not in numbers(office):
        raise Unknown("{told:.20}: no issue of this number has a file", told=told)
    return int(told)


def listed(office: Office) -> list[Listed]:
    """Every issue that has a file, the newest first."""
    return [_listed(newsletter.place_of(office, number), number) for number in numbers(office)]


def _listed(place: Path, number: int) -> Listed:
    try:
        said = read_selection(place)
    except Failure as wrong:
        return Listed(number=number, title=None, entries=0, wrong=wrong)
    return Listed(number=number, title=said.title, entries=len(said.picks))


def events_within(
    office: Office, first: date | None, last: date | None, also: Sequence[str] = ()
) -> tuple[str, ...]:
    """The events that are `also` meant, and those of a period: their own days touch it.

    Raises Wrong where none is.
    """
    found = []
    for slug, event in office.events().items():
        days = (event.date or event.first_day, event.date or event.last_day)
        within = (first or last) and days[0] <= (last or days[0]) and days[1] >= (first or days[1])
        if slug in also or within:
            found.append(slug)
    if not found:
        raise Wrong("an issue wants at least one event: tick one, or name a period that has some")
    return tuple(found)


# --- in hand ---------------------------------------------------------------------------------


def take_up(office: Office, number: int) -> Taken:
    """The selection as its file stands; what its events have beside it, in the tray.

    Raises Unknown, RegistryError, RecordRefused.
    """
    place = newsletter.place_of(office, number)
    stands = place.read_bytes()
    selection = read_selection(place)
    entries = [
        EntryInHand(id=f"e{at}", pick=pick, origin=at) for at, pick in enumerate(selection.picks)
    ]
    hand = IssueInHand(selection=replace(selection, picks=()), entries=tuple(entries))
    named = dict.fromkeys((selection.event, *(pick.event for pick in selection.picks)))
    known = office.events()
    events = [slug for slug in named if slug and slug in known]
    return Taken(hand=with_offered(office, hand, events), digest=digest_of(stands))


def with_offered(office: Office, hand: IssueInHand, events: Sequence[str]) -> IssueInHand:
    """With what these events have, and the issue has not yet, in the tray."""
    if not events:
        return hand
    there = {_name(one.pick) for one in (*hand.entries, *hand.tray)}
    more = newsletter.offered(office, events, language=hand.selection.language)
    alone = events[0] if len(events) == 1 and events[0] != hand.selection.event else None
    said = [replace(pick, event=pick.event or alone) for pick in more if _name(pick) not in there]
    start = _next(hand)
    laid = [EntryInHand(id=f"e{start + at}", pick=pick) for at, pick in enumerate(said)]
    return replace(hand, tray=(*hand.tray, *laid))


def known_of(office: Office, hand: IssueInHand) -> Mapping[str, Known]:
    """What the record has of each entry, by its address or key. Raises RecordRefused."""
    picks = [one.pick for one in (*hand.entries, *hand.tray)]
    return newsletter.known_of(office, hand.selection, picks)


def moved(hand: IssueInHand, name: str, by: int) -> IssueInHand:
    """An entry one place up (-1) or down (1). Raises Wrong where there is none such."""
    at = _place(hand.entries, name)
    left = [*hand.entries[:at], *hand.entries[at + 1 :]]
    left.insert(min(max(at + by, 0), len(left)), hand.entries[at])
    return replace(hand, entries=tuple(left))


def put(hand: IssueInHand, name: str) -> IssueInHand:
    """An entry of the tray at the end of the issue."""
    at = _place(hand.tray, name)
    left = (*hand.tray[:at], *hand.tray[at + 1 :])
    return replace(hand, entries=(*hand.entries, hand.tray[at]), tray=left)


def taken(hand: IssueInHand, name: str) -> IssueInHand:
    """An entry out of the issue, into the tray."""
    at = _place(hand.entries, name)
    left = (*hand.entries[:at], *hand.entries[at + 1 :])
    return replace(hand, entries=left, tray=(hand.entries[at], *hand.tray))


def announced(hand: IssueInHand) -> IssueInHand:
    """With an entry of one's own at the end, empty yet."""
    entry = EntryInHand(id=f"e{_next(hand)}", pick=Pick())
    return replace(hand, entries=(*hand.entries, entry))


def with_picture(hand: IssueInHand, picture: PostPicture) -> IssueInHand:
    """With a picture above the entries."""
    return replace(hand, selection=replace(hand.selection, picture=picture))


def _next(hand: IssueInHand) -> int:
    used = [int(one.id[1:]) for one in (*hand.entries, *hand.tray) if one.id[1:].isdecimal()]
    return max(used, default=-1) + 1


def _place(some: Sequence[EntryInHand], name: str) -> int:
    at = next((n for n, one in enumerate(some) if one.id == name), None)
    if at is None:
        raise Wrong("the entry is there no more: look at the issue again")
    return at


def _name(pick: Pick) -> str:
    return pick.url or pick.article or pick.headline or ""


# --- looked at, written ------------------------------------------------------------------------


def look(office: Office, hand: IssueInHand) -> Issue:
    """The issue as it is in hand; nothing is written. Raises RegistryError, Wrong."""
    place = newsletter.place_of(office, hand.selection.number)
    text = as_text(hand)
    return newsletter.made_of(office, selection_in(text, place))


def as_text(hand: IssueInHand) -> str:
    """The selection in hand as a file would have it, for people to read; it need not be right."""
    picks = tuple(one.pick for one in _kept(hand))
    selection = replace(hand.selection, picks=picks)
    return made("", Change(selection=selection, origins=(None,) * len(picks)))


def save(office: Office, hand: IssueInHand, digest: str, *, over: bool = False) -> Path:
    """Write the selection where the file is still the one of `digest`.

    With `over`, what somebody else wrote meanwhile is written over, and kept in `var/replaced`.
    Raises ChangedMeanwhile, RegistryError for what no selection may hold.
    """
    place = newsletter.place_of(office, hand.selection.number)
    with saving(office):
        stands = place.read_bytes()
        unchanged(place, stands, digest)
        text = toml_text(place)
        kept, count = _kept(hand), len(selection_in(text, place).picks)
        selection = replace(hand.selection, picks=tuple(one.pick for one in kept), source=place)
        change = Change(selection=selection, origins=sound([e.origin for e in kept], count))
        text = changed(text, change, place)
        newsletter.made_of(office, selection_in(text, place))
        if over:
            papers.lay_aside(office, place, stands)
        write_post(place, text, replace=True)
    return place


def upon(office: Office, hand: IssueInHand) -> Taken:
    """The same in hand, upon the file as it is now: an entry is the one of its address."""
    now = take_up(office, hand.selection.number)
    left = [(one.origin, _name(one.pick)) for one in now.hand.entries]
    entries = []
    for one in hand.entries:
        found = next((pair for pair in left if pair[1] == _name(one.pick)), None)
        if found:
            left.remove(found)
        entries.append(replace(one, origin=found[0] if found else None))
    return Taken(hand=replace(hand, entries=tuple(entries)), digest=now.digest)


def theirs(office: Office, number: int) -> str:
    """The file as it stands, for people to read. Raises RegistryError."""
    return toml_text(newsletter.place_of(office, number))


def new_issue(
    office: Office, number: int, events: Sequence[str], *, language: Language | None = None
) -> Path:
    """Write a first selection of a new issue.

    Raises Wrong where the number has one already, and as `newsletter.propose`.
    """
    done = newsletter.propose(office, events, number, language=language)
    if done is None:
        raise Wrong(
            "newsletters/{number}.toml stands already: choose another number", number=number
        )
    return done.place


def _kept(hand: IssueInHand) -> list[EntryInHand]:
    """The entries that say something."""
    return [one for one in hand.entries if one.pick != Pick()]
