"""What outlets changed of accepted pieces since: which edits are told, with both wordings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from crawler.models import Event
from crawler.reading.merge import BEST_FIRST
from crawler.record import Record, read, second_looks
from crawler.record.second_looks import FieldEdit, Standing
from crawler.watching.corrections import Stretch, What, Wording, shortened, side_by_side, weigh
from jehona.actions.office import Office
from reports.notice import Edited

FIELDS: Final = ("headline", "lead", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An edit of an accepted piece that is worth telling."""

    # key
    article: str
    # slug
    outlet: str
    # where it leads
    url: str
    # as it stands
    headline: str | None
    # aware, when we noticed
    at: datetime
    # weightiest first
    what: tuple[What, ...]
    before: Wording
    after: Wording
    # of its last revision
    number: int

    @property
    def fields(self) -> Iterator[tuple[str, tuple[Stretch, ...], tuple[Stretch, ...]]]:
        """Field, earlier and later words side by side, of the fields that changed."""
        for name in FIELDS:
            was, now = getattr(self.before, name), getattr(self.after, name)
            if was != now:
                left, right = side_by_side(was, now)
                yield name, shortened(left), shortened(right)

    def as_json(self) -> dict[str, Any]:
        """One edit of the document."""
        return {
            "article": self.article,
            "outlet": self.outlet,
            "url": self.url,
            "headline": self.headline,
            "at": self.at,
            "what": self.what,
            "before": {name: getattr(self.before, name) for name in FIELDS},
            "after": {name: getattr(self.after, name) for name in FIELDS},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What the outlets changed of an event's accepted pieces."""

    event: Event
    # the latest first
    every: tuple[Correction, ...]

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return {"event": self.event.slug, "corrections": [one.as_json() for one in self.every]}


def of_event(office: Office, event: str) -> Corrections:
    """Every edit worth telling of an event's accepted pieces since each was accepted.

    Read only. Raises RegistryError, RecordRefused, NoRecord.
    """
    what = office.event(event)
    with office.to_read() as record:
        found = corrections(record, event)
    return Corrections(event=what, every=tuple(reversed(found)))


# --- what is told of it ---------------------------------------------------------------


def untold(office: Office, record: Record, length: timedelta | None) -> dict[str, list[Correction]]:
    """Event -> the edits of its accepted pieces that no notice told yet; none without a length.

    Those older than the length are no news.
    """
    if length is None:
        return {}
    first = office.clock() - length - timedelta(days=1)
    found: dict[str, list[Correction]] = {}
    for slug in office.events():
        known = second_looks.told(record, slug)
        if new := corrections(record, slug, since=first, known=known):
            found[slug] = new
    return found


def for_notice(office: Office, edits: Mapping[str, Sequence[Correction]]) -> tuple[Edited, ...]:
    """The same as a notice says it: each piece once, the weightiest first."""
    outlets = office.outlets()
    of_piece: dict[str, list[Correction]] = {}
    for one in (one for some in edits.values() for one in some):
        of_piece.setdefault(one.article, []).append(one)
    told = [(_kinds(some), some[-1]) for some in of_piece.values()]
    return tuple(
        Edited(
            headline=" ".join((one.headline or one.url).split()),
            outlet=(outlets[one.outlet].name if one.outlet in outlets else "") or one.outlet,
            url=one.url,
            what=tuple(each.value for each in kinds),
        )
        for kinds, one in sorted(told, key=lambda pair: list(What).index(pair[0][0]))
    )


def _kinds(edits: Sequence[Correction]) -> list[What]:
    return [what for what in What if any(what in one.what for one in edits)]


# --- what was changed -----------------------------------------------------------------


def corrections(
    record: Record,
    event: str,
    *,
    since: datetime | None = None,
    known: Collection[int] = (),
) -> list[Correction]:
    """The edits worth telling of an event's accepted pieces, oldest first.

    Only those noticed from `since` on, and without the revisions `known`.
    """
    accepted = second_looks.accepted(record, event)
    found = [
        one
        for key, standing in second_looks.standing(record, accepted).items()
        for one in _of_piece(record, key, standing, max(accepted[key], since or accepted[key]))
        if one.number not in known
    ]
    return sorted(found, key=lambda one: (one.at, one.number))


def _of_piece(
    record: Record, key: str, standing: Standing, since: datetime
) -> Iterator[Correction]:
    article = None
    for edits, before, after in _steps(standing):
        if edits[0].at <= since:
            continue
        what = weigh(before, after, across=_is_across(standing, edits))
        if not what:
            continue
        article = article or read.article(record, key)
        if article is not None:
            yield Correction(
                article=key,
                outlet=article.outlet,
                url=article.url,
                headline=article.headline,
                at=edits[0].at,
                what=what,
                before=before,
                after=after,
                number=edits[-1].number,
            )


def _steps(standing: Standing) -> list[tuple[Sequence[FieldEdit], Wording, Wording]]:
    """Each edit with the words before and after it: from how they stand, backwards."""
    steps: list[tuple[Sequence[FieldEdit], Wording, Wording]] = []
    now = Wording(
        headline=standing.headline or "",
        lead=standing.lead or "",
        text=standing.text or "",
        gone=standing.gone,
    )
    for _, group in groupby(reversed(standing.edits), key=lambda edit: edit.at):
        edits = list(group)
        was = now
        for edit in edits:
            was = _taken_back(was, edit)
        steps.append((edits[::-1], was, now))
        now = was
    return steps[::-1]


def _taken_back(now: Wording, edit: FieldEdit) -> Wording:
    if edit.field == "gone_since":
        return replace(now, gone=edit.old is not None)
    words: dict[str, Any] = {edit.field: edit.old or ""}
    return replace(now, **words)


def _is_across(standing: Standing, edits: Collection[FieldEdit]) -> bool:
    """Whether the text before an edit was said by another layer than the text after it."""
    return any(
        _layer_before(standing, edit) != edit.layer for edit in edits if edit.field == "text"
    )


def _layer_before(standing: Standing, edit: FieldEdit) -> str | None:
    """Whose word stood in the field: the layer of the edit before, else the most trusted."""
    earlier = [
        one for one in standing.edits if one.field == edit.field and one.number < edit.number
    ]
    if earlier:
        return earlier[-1].layer
    said = {
        layer
        for layer, fields, first in standing.speaking
        if edit.field in fields and first < edit.at
    }
    return next((layer.value for layer in BEST_FIRST if layer.value in said), None)
