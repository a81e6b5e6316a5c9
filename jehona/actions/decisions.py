"""What people say of pieces: kept, taken back, listed, exchanged with a colleague."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crawler.config import event_files
from crawler.models import Decision, DecisionKind
from crawler.record import decisions, read
from crawler.record.decisions import Taken
from jehona.actions.errors import Wrong
from jehona.actions.matches import piece_named
from jehona.actions.office import Office

# Kinds that hold for the piece in every event.
EVERYWHERE: Final = frozenset({"headline", "translation", "archive", "excerpt", "genre", "picture"})
# Kinds that are said of one piece, and that can be taken back.
SAID: Final[tuple[DecisionKind, ...]] = (
    *("match", "headline", "tone", "tier", "pin"),
    *("archive", "excerpt", "remark", "genre", "highlight", "picture"),
)
# How a tone may be typed, in small letters, and how it is kept.
TONES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("positive", "pozitiv", "positiv"), "positive"),
    **dict.fromkeys(("neutral", "asnjanës", "asnjanes"), "neutral"),
    **dict.fromkeys(("negative", "negativ"), "negative"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Decisions, the latest last, with what they were made upon."""

    made: tuple[Decision, ...]
    # key -> its headline, else its address, else the key
    headlines: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return {"decisions": self.made}


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What was taken in of a colleague's decisions."""

    taken: Taken
    # events that are decided upon and have no file here
    unknown_events: tuple[str, ...]


def history(office: Office, event: str | None = None) -> History:
    """Every decision ever made, or those upon one event, which may have no file any more.

    Raises RegistryError for a slip.
    """
    with office.to_read() as record:
        made = decisions.history(record, event=event)
        if event and not any(one.event == event for one in made):
            # a title; or a slip, which has no decisions either
            made = decisions.history(record, event=office.event(event).slug)
        keys = {key for one in made for key in (one.article, one.other) if key}
        found = {key: read.article(record, key) for key in keys}
    names = {key: (a.headline or a.handle) if a else key for key, a in found.items()}
    return History(made=made, headlines=names)


def put(
    office: Office,
    *,
    event: str,
    url: str,
    said: Mapping[DecisionKind, str | None],
    note: str | None = None,
    language: str | None = None,
) -> list[Decision]:
    """Say something of a piece, by address or key: all of `said` is kept, or nothing.

    A value of None takes back what was said; `language` is of an excerpt for its readers alone.
    Raises RegistryError, Unknown for a piece that the record does not have, Wrong for a value that
    its kind does not take.
    """
    said = {kind: value and _kept(office, kind, value) for kind, value in said.items()}
    about = office.event(event).slug
    by, now = office.who(), office.clock()
    with office.to_write() as record:
        article = piece_named(record, url, about)
        try:
            with record.transaction():
                return [
                    decisions.decide(
                        record,
                        decisions.fresh(
                            kind,
                            article.key,
                            event=None if kind in EVERYWHERE else about,
                            value=value,
                            by=by,
                            at=now,
                            note=note,
                            language=language if kind in decisions.SPOKEN else None,
                        ),
                    )
                    for kind, value in said.items()
                ]
        except (ValueError, decisions.UnknownArticle) as wrong:
            raise Wrong("{url}: {wrong}", url=url, wrong=wrong) from None


def _kept(office: Office, kind: DecisionKind, value: str) -> str:
    """A value as it is kept: tones by one name, pictures as files of media/. Raises Wrong."""
    if kind == "tone":
        tone = TONES.get(value.strip().casefold())
        if tone is None:
            raise Wrong("--tone {value!r:.60}: one of positive, neutral, negative", value=value)
        return tone
    if kind != "picture":
        return value
    media = (office.workspace.root / "media").resolve()
    # a path that is typed from the workspace's folder, or from media/ itself
    places = (media / value, office.workspace.root / value)
    found = (place.resolve() for place in places if "\0" not in value)
    inside = next((p for p in found if p.is_relative_to(media) and p.is_file()), None)
    if inside is None:
        raise Wrong(
            "--picture {value!r:.200}: no file of {media}: put it there", value=value, media=media
        )
    return inside.relative_to(media).as_posix()


def kinds_of(names: Sequence[str]) -> list[DecisionKind]:
    """Kinds that can be taken back, in the order of `SAID`. Raises Wrong."""
    for name in names:
        if name not in SAID:
            raise Wrong("--undo {name}: one of {said}", name=name, said=", ".join(SAID))
    return [kind for kind in SAID if kind in names]


def export(office: Office) -> list[str]:
    """All decisions, a JSON document a line, for a colleague who has a copy of the record."""
    with office.to_read() as record:
        return list(decisions.export(record))


def take(office: Office, file: Path) -> Import:
    """Add what `export` wrote, each decision once. Raises Wrong for a file that is no text."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text, as `export` writes it"
        raise Wrong("{file}: cannot be read: {why}", file=file, why=why) from None
    with office.to_write() as record:
        taken = decisions.take(record, lines)
    unknown = _events_in(lines) - event_files(office.workspace).keys()
    return Import(taken=taken, unknown_events=tuple(sorted(unknown)))


def _events_in(lines: Sequence[str]) -> set[str]:
    found = set()
    for line in lines:
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict) and isinstance(told.get("event"), str):
            found.add(told["event"])
    return found
