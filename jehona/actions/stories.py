"""Which pieces of an event carry the same text, and what people say to that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from crawler.event_matches import texts_of
from crawler.models import Article, Event, Story, StoryPiece, link_of
from crawler.record import Record, decisions
from crawler.stories import Related
from jehona.actions.errors import NothingDone, Wrong
from jehona.actions.matches import matches_in, piece_named
from jehona.actions.office import Office

SameText = Literal["same", "other"]
# What a pair is made of, and where it is told.
KNOWN: Final = "piece of this address: `jehona match EVENT --json` has them all"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStories:
    """The texts that an event's pieces carry, and what a person should look at."""

    event: Event
    # stories and questions
    found: Related
    # key -> piece
    articles: Mapping[str, Article]
    # slug -> name, of every outlet
    names: Mapping[str, str]
    # what people said of pairs, oldest first
    said: tuple[decisions.SameText, ...] = ()

    def headline(self, key: str) -> str:
        """The headline of a piece, else its address; the key of one that is not counted."""
        article = self.articles.get(key)
        return (article.headline or article.handle) if article else key

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md; moments in the event's zone."""
        return {
            "event": self.event.slug,
            "stories": [self._story(story) for story in self.found.stories],
            "possibly": [
                {
                    "urls": [self._handle(pair.earlier), self._handle(pair.later)],
                    "likeness": pair.likeness,
                    "conflict": pair.conflict,
                }
                for pair in self.found.possibly
            ],
            "overruled": [
                [self.articles[key].handle for key in pair] for pair in self.found.overruled
            ],
        }

    def _story(self, story: Story) -> dict[str, Any]:
        return {
            "story": story.key,
            "first": link_of(story.first),
            "pieces": [self._piece(piece) for piece in story.pieces],
            "possibly": [[self._handle(url) for url in pair] for pair in story.possibly],
        }

    def _handle(self, url: str) -> str:
        """The address of a piece, or the key of one that has none."""
        if link := link_of(url):
            return link
        return next(key for key, article in self.articles.items() if article.url == url)

    def _piece(self, piece: StoryPiece) -> dict[str, Any]:
        article = self.articles[piece.article]
        published = article.published and article.published.astimezone(ZoneInfo(self.event.zone))
        return {
            "article": piece.article,
            "url": link_of(piece.url),
            "outlet": piece.outlet or None,
            "headline": article.headline,
            "published": published,
            "precision": article.precision,
            "lag_minutes": piece.lag_minutes,
            "likeness": piece.likeness,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a person said of two pieces, as it was kept."""

    one: str
    two: str
    # their addresses
    value: SameText
    by: str


def stories(office: Office, event: str) -> EventStories:
    """The stories of what a report of the event would count.

    Raises RegistryError for an unknown event, RecordRefused where there is no record.
    """
    what = office.event(event)
    with office.existing() as record:
        return _stories(office, record, what)


def judge(
    office: Office, event: str, pair: tuple[str, str], *, value: SameText, note: str | None = None
) -> Judged:
    """Keep whether two pieces, by address or key, carry the same text: it holds from now on.

    Raises Unknown for a piece that the record does not have, Wrong for one piece named twice, and
    where what was said before would be contradicted.
    """
    what, by = office.event(event), office.who()
    with office.existing() as record:
        one, two = (piece_named(record, name, what.slug, known=KNOWN) for name in pair)
        if one.key == two.key:
            raise Wrong("both name one piece: {handle}", handle=one.handle)
        decision = decisions.fresh(
            "same-text",
            one.key,
            other=two.key,
            event=what.slug,
            value=value,
            note=note,
            by=by,
            at=office.clock(),
        )
        try:
            decisions.decide(record, decision)
        except ValueError as wrong:
            raise Wrong(str(wrong)) from None
    return Judged(one=one.handle, two=two.handle, value=value, by=by)


def withdraw(office: Office, event: str, pair: tuple[str, str]) -> None:
    """Take back what was said of two pieces: the texts themselves decide again.

    Raises as `judge`, and NothingDone where nothing was said of them.
    """
    what, by = office.event(event), office.who()
    with office.existing() as record:
        one, two = (piece_named(record, name, what.slug, known=KNOWN) for name in pair)
        known = {frozenset((said.one, said.two)) for said in decisions.same_text(record, what.slug)}
        if frozenset((one.key, two.key)) not in known:
            raise NothingDone("{piece}: nothing was said of these two", piece=one.handle)
        decisions.undo(
            record,
            kind="same-text",
            article=one.key,
            other=two.key,
            event=what.slug,
            by=by,
            at=office.clock(),
        )


def _stories(office: Office, record: Record, event: Event) -> EventStories:
    matched = matches_in(record, event, office.outlets())
    articles = {article.key: article for article, _ in matched.counted}
    return EventStories(
        event=event,
        found=texts_of(record, event, articles.values()),
        articles=articles,
        names={slug: outlet.name for slug, outlet in matched.outlets.items()},
        said=decisions.same_text(record, event.slug),
    )
