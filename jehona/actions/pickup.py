"""Our words in their pieces: sentences taken over, messages carried, statements quoted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from crawler.event_matches import texts_of
from crawler.models import Article, Event, KeyMessage
from crawler.pickup.copying import Copy, Text, copies
from crawler.pickup.messages import Message
from crawler.pickup.quotations import quoted, statements_of
from crawler.pickup.sentences import Sentence
from crawler.pickup.taking import Piece, Taken, piece_of, taken
from crawler.record import Record, decisions, search
from crawler.run import learn_boilerplate
from jehona.actions.errors import Wrong
from jehona.actions.matches import Pairs, matches_in, piece_named
from jehona.actions.office import Office
from jehona.actions.own_texts import Release, release_of, statement_lines

WORDS_ASKED: Final = 5
# of a sentence, by which an outlet's other days are searched for it
OTHER_DAYS: Final = 50
# pieces of other days that are compared with a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecePickup:
    """One piece beside the release that it was held against."""

    article: Article
    # the outlet's name; "" where it is not named
    outlet_name: str
    # None where the event has none
    release: Release | None
    found: Taken
    # the piece as it was looked at
    looked: Piece
    # minutes behind the first piece that carries the same text; 0 for that one; None: its own text
    lag_minutes: int | None
    # that first piece, where it is another
    first: Article | None

    @property
    def copied_from(self) -> str | None:
        """The address or key of the first piece that carries the same text."""
        return self.first.handle if self.first else None

    def words_of(self, copy: Copy) -> str:
        """The piece's own sentences in which one of ours stands."""
        lines = (*self.looked.headline, *self.looked.body)[copy.at : copy.at + copy.count]
        return " ".join(line.raw for line in lines)

    def as_json(self, zone: ZoneInfo) -> dict[str, Any]:
        """The piece of docs/json.md; moments in `zone`."""
        published = self.article.published
        return {
            "article": self.article.key,
            "url": self.article.link,
            "outlet": self.article.outlet or None,
            "headline": self.article.headline,
            "published": published and published.astimezone(zone),
            "release": self.release and self.release.file,
            "share_of_release": self.found.share_of_release,
            "share_of_piece": self.found.share_of_piece,
            "copied": [
                {
                    "sentence": copy.sentence,
                    "piece": self.words_of(copy),
                    "likeness": copy.likeness,
                }
                for copy in self.found.copies
            ],
            "lag_minutes": self.lag_minutes,
            "copied_from": self.copied_from,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePickup:
    """A message, the pieces that carry it and the sentence in which each does."""

    message: KeyMessage
    # found by its words, in the order of the pieces
    found: tuple[tuple[Article, Sentence], ...]
    # keys of the pieces in which a person ticked it, found or not
    ticked: tuple[str, ...]

    @property
    def outlets(self) -> frozenset[str]:
        """Slugs of the outlets of the pieces found; one that is not named is none."""
        return frozenset(article.outlet for article, _ in self.found if article.outlet)

    def as_json(self) -> dict[str, Any]:
        """The message of docs/json.md."""
        return {
            "name": self.message.name,
            "pieces": [article.key for article, _ in self.found],
            "sentences": [
                {"article": article.key, "sentence": line.raw} for article, line in self.found
            ],
            "ticked": len(self.ticked),
            "ticked_pieces": self.ticked,
            "outlets": len(self.outlets),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Pickup:
    """What the counted pieces of an event took over of what the office said."""

    event: Event
    releases: tuple[Release, ...]
    # every counted piece, oldest first, undated last
    pieces: tuple[PiecePickup, ...]
    messages: tuple[MessagePickup, ...]
    # each statement with the keys of the pieces that quote it; those that none quotes too
    quoted: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def taking(self) -> tuple[PiecePickup, ...]:
        """The pieces that took something over, the first to publish first."""
        return tuple(piece for piece in self.pieces if piece.found.copies)

    def warmth(self, release: Release) -> tuple[int, ...]:
        """How many pieces took each sentence of a release over."""
        counts = [0] * len(release.text.sentences)
        for piece in self.taking:
            for copy in piece.found.copies if piece.release is release else ():
                counts[copy.sentence] += 1
        return tuple(counts)

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md; moments in the event's zone."""
        zone = ZoneInfo(self.event.zone)
        return {
            "event": self.event.slug,
            "releases": [
                {
                    "file": release.file,
                    "language": release.language,
                    "sentences": len(release.text.sentences),
                    "text": [line.raw for line in release.text.sentences],
                    "taken_by": self.warmth(release),
                }
                for release in self.releases
            ],
            "pieces": [piece.as_json(zone) for piece in self.pieces],
            "messages": [message.as_json() for message in self.messages],
            "quoted": [
                {"statement": statement, "pieces": pieces}
                for statement, pieces in self.quoted
                if pieces
            ],
            "not_quoted": [statement for statement, pieces in self.quoted if not pieces],
        }


def pickup(office: Office, event: str) -> Pickup:
    """Hold the counted pieces of an event against our own texts, messages and statements.

    Raises RegistryError; Wrong where the event names nothing of ours, or a file that is not
    there, too long or no text; RecordRefused.
    """
    what = office.event(event)
    if not (what.release.files or what.release.statements or what.messages):
        raise Wrong(
            "{source}: names nothing of ours: write [release] files = "
            '["releases/NAME.md"] or a [[message]] into it',
            source=what.source,
        )
    releases = tuple(release_of(office, file) for file in what.release.files)
    listed = [line for file in what.release.statements for line in statement_lines(office, file)]
    with office.to_read() as record:
        counted = matches_in(record, what, office.outlets()).counted
        pieces = tuple(_pieces(office, record, what, counted, releases))
        return Pickup(
            event=what,
            releases=releases,
            pieces=pieces,
            messages=_messages(record, what, pieces),
            quoted=_quoted(releases, listed, counted),
        )


def tick(office: Office, event: str, piece: str, message: str, *, ticked: bool = True) -> bool:
    """Keep that a person finds a message in a piece, or no longer; whether that is news.

    Raises RegistryError, Unknown for a piece that the record does not have, Wrong for a message
    that the event does not name.
    """
    what, by = office.event(event), office.who()
    names = [one.name for one in what.messages]
    if message not in names:
        known = "; ".join(names) or "none yet: write a [[message]] into its file"
        raise Wrong(
            "{message!r:.80}: no message of {slug}; it has: {known}",
            message=message,
            slug=what.slug,
            known=known,
        )
    with office.to_write() as record:
        article = piece_named(record, piece, what.slug)
        held = decisions.holding(record, what.slug, {article.key}).get(article.key)
        before = held.messages if held else ()
        after = [n for n in names if (ticked if n == message else n in before)]
        if tuple(after) == before:
            return False
        decisions.decide(
            record,
            decisions.fresh(
                "message",
                article.key,
                event=what.slug,
                value="\n".join(after) or None,
                by=by,
                at=office.clock(),
            ),
        )
    return True


# --- pieces --------------------------------------------------------------------------


def _pieces(
    office: Office, record: Record, event: Event, counted: Pairs, releases: Sequence[Release]
) -> Iterator[PiecePickup]:
    articles = [article for article, _ in counted]
    lags = _lags(record, event, articles)
    outlets = office.outlets()
    lines = learn_boilerplate.boilerplate(record, sorted({one.outlet for one in articles}))
    stock = Stock(record, event)
    for article in articles:
        looked = piece_of(_without(article, lines.get(article.outlet, frozenset())))
        release, took = _best(article, looked, releases)
        if release and (known := stock.of(article.outlet, release, took.copies)):
            took = taken(release.text, looked, known)
        lag, first = lags.get(article.key, (None, None))
        outlet = outlets.get(article.outlet)
        yield PiecePickup(
            article=article,
            outlet_name=outlet.name if outlet else "",
            release=release,
            found=took,
            looked=looked,
            lag_minutes=lag,
            first=first,
        )


def _without(article: Article, repeated: frozenset[str]) -> Article:
    """A piece without the lines that every page of its outlet repeats."""
    if not article.text or not repeated:
        return article
    own = (line for line in article.text.split("\n") if line not in repeated)
    return replace(article, text="\n".join(own))


def _best(
    article: Article, looked: Piece, releases: Sequence[Release]
) -> tuple[Release | None, Taken]:
    """The release of the piece's language of which it took most, else of any language."""
    same = [release for release in releases if release.language == article.language]
    tried = [(release, taken(release.text, looked)) for release in same or releases]
    if not tried:
        return None, taken(Text(sentences=()), looked)
    return max(tried, key=lambda pair: pair[1].share_of_release)


def _lags(
    record: Record, event: Event, articles: Sequence[Article]
) -> Mapping[str, tuple[int | None, Article | None]]:
    """Of pieces that share their text with others: the lag, and whom they follow."""
    known = {article.url: article for article in articles}
    return {
        piece.article: (piece.lag_minutes, None if at == 0 else known.get(story.first))
        for story in texts_of(record, event, articles).stories
        if len(story.pieces) > 1
        for at, piece in enumerate(story.pieces)
    }


class Stock:
    """What outlets print on other days too: each sentence and outlet is looked up once."""

    def __init__(self, record: Record, event: Event) -> None:
        self._record = record
        self._window = event.window
        self._known: dict[tuple[str, Sentence], bool] = {}

    def of(self, outlet: str, release: Release, copies: Sequence[Copy]) -> frozenset[int]:
        """The sentences among these copies that the outlet prints on days outside the event's."""
        numbers = (copy.sentence for copy in copies)
        return frozenset(n for n in numbers if self._is_stock(outlet, release.text.sentences[n]))

    def _is_stock(self, outlet: str, line: Sentence) -> bool:
        if not outlet:
            return False
        if (outlet, line) not in self._known:
            self._known[outlet, line] = self._look_up(outlet, line)
        return self._known[outlet, line]

    def _look_up(self, outlet: str, line: Sentence) -> bool:
        longest = sorted(set(line.words), key=lambda word: (-len(word), word))
        words = [word for word in longest if word.isalpha()][:WORDS_ASKED]
        if not words:
            return False
        asked = [[frozenset({word}) for word in words]]
        found = search.candidates(self._record, asked=asked, outlets=[outlet])
        others = (one for one in found if one.published and not self._window.holds(one.published))
        alone = Text(sentences=(line,))
        return any(
            not copy.clash
            for one in islice(others, OTHER_DAYS)
            for copy in copies(alone, (piece_of(one).body,))
        )


# --- messages and statements -----------------------------------------------------------


def _messages(
    record: Record, event: Event, pieces: Sequence[PiecePickup]
) -> tuple[MessagePickup, ...]:
    held = decisions.holding(record, event.slug)
    return tuple(
        MessagePickup(
            message=told,
            found=tuple(
                (piece.article, line)
                for piece in pieces
                if (line := message.sentence_of(piece.looked, piece.article.language))
            ),
            ticked=tuple(key for key, said in held.items() if told.name in said.messages),
        )
        for told in event.messages
        for message in (Message(told=told),)
    )


def _quoted(
    releases: Sequence[Release], listed: Sequence[Sentence], counted: Pairs
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    ours = [line for release in releases for line in statements_of(release.text.sentences)]
    statements = (*listed, *ours)
    pieces: list[list[str]] = [[] for _ in statements]
    for article, _ in counted:
        text = "\n".join(filter(None, (article.headline, article.lead, article.text)))
        for number in quoted(statements, text):
            pieces[number].append(article.key)
    told: dict[str, list[str]] = {}
    for line, keys in zip(statements, pieces, strict=True):
        told.setdefault(line.raw, []).extend(keys)
    return tuple((raw, tuple(dict.fromkeys(keys))) for raw, keys in told.items())
