"""An event: what we look for, and in which days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from crawler.models.workspace import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Keywords:
    """What makes an article one about the event, in dictionary forms."""

    # OR of AND-groups: (("libër", "festë"),)
    any: tuple[tuple[str, ...], ...] = ()
    # each must stand: ("Tiranë",)
    all: tuple[str, ...] = ()
    # TOML key `not`; none may stand: ("recetë",)
    none: tuple[str, ...] = ()
    # names that belong to the event: ("Shoqata Shembull",)
    names: tuple[str, ...] = ()
    # TOML key `except`: forms that are never a form of a keyword: ("Bregasaj",)
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of time, half open: start <= published < end."""

    # aware: 2025-05-05T00:00:00+02:00
    start: datetime
    # aware, not included: 2025-05-21T00:00:00+02:00
    end: datetime
    # the zone whose days people mean: "Europe/Tirane"
    zone: str

    @classmethod
    def of_days(cls, first: date, last: date, zone: str) -> Window:
        """Whole local days, both included."""
        tz = ZoneInfo(zone)
        after = last + timedelta(days=1)
        return cls(
            start=datetime.combine(first, time(), tz),
            end=datetime.combine(after, time(), tz),
            zone=zone,
        )

    def holds(self, instant: datetime) -> bool:
        """Whether the aware `instant` lies inside."""
        return self.start <= instant < self.end

    @property
    def first_day(self) -> date:
        """The first local day."""
        return self.start.astimezone(ZoneInfo(self.zone)).date()

    @property
    def last_day(self) -> date:
        """The last local day that has a moment inside."""
        last = self.end - timedelta(microseconds=1)
        return last.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """What readers of the other language are told of an event; None: as it is in its own."""

    # of these words
    language: Language
    # "Book Fair"
    title: str | None = None
    # opens the roundup post
    introduction: str | None = None
    # "Tirana"
    place: str | None = None
    # "Example Society"
    organiser: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMessage:
    """What the office wanted to be said: `[[message]]` of an event's file."""

    # "Libra për çdo shkollë"
    name: str
    # OR of AND-groups, as of keywords: (("libër", "shkollë"),)
    any: tuple[tuple[str, ...], ...]
    # for readers of English: "Books for every school"
    name_en: str | None = None

    def told_in(self, language: Language) -> str:
        """Its name for readers of `language`."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTexts:
    """Texts of ours whose way into the press is measured: `[release]` of an event's file."""

    # paths in the workspace's releases/: ("releases/2026-05-16.md",)
    files: tuple[str, ...] = ()
    # the same; each line of these is a statement of the organisation
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What the office did and when coverage of it is expected: one TOML file."""

    # the file's name: "festa-e-librit"
    slug: str
    # "Festa e Librit"
    title: str
    # TOML `from`, a local day, included: 2025-05-05
    first_day: date
    # TOML `to`, a local day, included: 2025-05-20
    last_day: date
    # IANA: "Europe/Tirane"
    zone: str
    # the day of the event itself: 2025-05-10
    date: date | None = None
    # "Tiranë"
    place: str | None = None
    # "Shoqata Shembull"
    organiser: str | None = None
    # slugs; the denominator of the report when not empty
    expected_outlets: tuple[str, ...] = ()
    # opens the roundup post
    introduction: str | None = None
    # what makes a match
    keywords: Keywords = Keywords()
    # of title, introduction, place and organiser; None: not told, it serves every reader
    language: Language | None = None
    # the same in other languages: [en], [sq]
    translations: tuple[EventWords, ...] = ()
    # what we wanted to be said
    messages: tuple[KeyMessage, ...] = ()
    # our own texts
    release: OwnTexts = OwnTexts()
    # the TOML file it came from
    source: Path | None = None

    @property
    def window(self) -> Window:
        """The event's window: whole local days, both included."""
        return Window.of_days(self.first_day, self.last_day, self.zone)

    def told_in(self, language: Language) -> Event:
        """The event in the words of readers of `language`; what they lack stays as it is.

        `untranslated` names what that is.
        """
        words = self._words(language)
        return replace(
            self,
            title=words.title or self.title,
            introduction=words.introduction or self.introduction,
            place=words.place or self.place,
            organiser=words.organiser or self.organiser,
        )

    def untranslated(self, language: Language) -> tuple[str, ...]:
        """The keys with words that readers of `language` get in the event's own language.

        Only of `title` and `introduction`: places and names may be the same in both.
        """
        if self.language in (None, language):
            return ()
        words = self._words(language)
        return tuple(
            key
            for key in ("title", "introduction")
            if getattr(self, key) and not getattr(words, key)
        )

    def _words(self, language: Language) -> EventWords:
        found = (words for words in self.translations if words.language == language)
        return next(found, EventWords(language=language))
