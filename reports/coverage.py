"""What a report says, as numbers and rows: no SQL, no markup, no words for readers.

    report = coverage(event, asked, matches(event, candidates), checks, made=now, software="1.0")

The outlets asked are the denominator. Silence is never "no coverage": each of them stands in
`completeness` with its outcome, or with none where nobody has asked it yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypedDict

from crawler.models import (
    UNNAMED,
    Article,
    Check,
    Decided,
    Event,
    Language,
    Match,
    Outcome,
    Outlet,
    OutletKind,
    Story,
    Way,
)
from crawler.outcomes import FRUITFUL, best
from reports.models import (
    Brought,
    Change,
    Completeness,
    Edit,
    Method,
    Piece,
    Precisely,
    Report,
    Summary,
    Text,
)
from reports.words import say

# Decisions below which a share says nothing; the same bar as `jehona events quality`.
ENOUGH_DECIDED: Final = 30


# Tones that are counted; any other word is of an earlier release.
TONES: Final = ("positive", "neutral", "negative")


class _Place(TypedDict):
    """Where a piece stands in its story."""

    story: str | None
    copy_of: str | None
    lag_minutes: int | None


class _Said(TypedDict):
    """What people said of a piece."""

    corrected: str | None
    translation: str | None
    translation_by: str | None
    note: str | None
    by: str | None
    tone: str | None
    tier: int | None
    pin: int | None
    archive: str | None
    excerpt: str | None
    remark: str | None
    genre: str | None
    highlight: bool
    picture: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the record holds beside matches and checks: people's words, texts, edits."""

    decided: Mapping[str, Decided] = field(default_factory=dict)
    # by article key
    stories: Sequence[Story] = ()
    # over the articles that count; a piece in none of them is a text of its own
    changes: Mapping[str, Sequence[Change]] = field(default_factory=dict)
    # headlines that outlets replaced, by article key
    edits: Mapping[str, Sequence[Edit]] = field(default_factory=dict)
    # what outlets changed of accepted pieces, by article key
    by_hand: Collection[str] = frozenset()
    # keys of articles that a person added
    order: Mapping[str, int] = field(default_factory=dict)
    # by article key: which of two of one moment the record had first
    keywords: tuple[str, ...] = ()
    # each term as it was understood, in words
    agent: str | None = None
    # the user agent that outlets saw
    outside: Collection[str] = frozenset()
    # slugs of outlets that are not in the denominator, and whose pieces count all the same


def counted(
    outlets: Iterable[Outlet], matched: Iterable[tuple[Article, Match]]
) -> list[tuple[Article, Match]]:
    """The matches that a report counts: at the outlets asked, neither rejected nor doubtful.

    What a person accepted counts whatever the keywords doubt. An outlet of kind `own` is the
    office itself.
    """
    asked = _asked(outlets)
    return [
        (article, match) for article, match in matched if article.outlet in asked and match.counts
    ]


def _asked(outlets: Iterable[Outlet]) -> dict[str, Outlet]:
    return {outlet.slug: outlet for outlet in outlets if outlet.kind is not OutletKind.OWN}


def coverage(
    event: Event,
    outlets: Iterable[Outlet],
    matched: Iterable[tuple[Article, Match]],
    checks: Mapping[str, Sequence[Check]],
    *,
    made: datetime,
    software: str,
    language: Language = "sq",
    version: int = 1,
    beside: Beside | None = None,
) -> Report:
    """The report of `event`, with headlines translated into `language` where somebody did.

    `outlets` are those asked, and those of `beside.outside`: these are no part of the denominator.
    One of kind `own` is never counted, neither as an outlet nor
    with its pieces. `checks` are what the ledger says of each, by slug. `made` is aware.
    """
    asked, found = _asked(outlets), list(matched)
    making = _Making(asked, beside or Beside(), language)
    ours = counted(asked.values(), found)
    pieces = tuple(sorted((making.piece(*pair) for pair in ours), key=_when))
    waiting = [pair for pair in found if pair[0].outlet in asked and pair[1].asks]
    doubtful = tuple(sorted((making.piece(*pair) for pair in waiting), key=_when))
    outside = making.beside.outside
    rows = tuple(
        _completeness(outlet, checks, pieces)
        for slug, outlet in asked.items()
        if slug not in outside
    )
    texts = making.texts(pieces)
    return Report(
        event=event,
        made=made,
        version=version,
        summary=_summary(pieces, len(texts), len(doubtful)),
        completeness=rows,
        pieces=pieces,
        texts=texts,
        doubtful=doubtful,
        brought=tuple(_brought((asked[slug] for slug in outside if slug in asked), pieces)),
        method=_method(rows, found, asked, making.beside, software),
    )


def _brought(outside: Iterable[Outlet], pieces: Sequence[Piece]) -> Iterator[Brought]:
    """The outlets of pieces that nobody asked for, by name; none stands for one not named."""
    for outlet in sorted(outside, key=lambda outlet: (outlet.name.casefold(), outlet.slug)):
        matched = sum(piece.outlet == outlet.slug for piece in pieces)
        if matched and outlet.slug != UNNAMED:
            yield Brought(outlet=outlet.slug, outlet_name=outlet.name, matched=matched)


def piece_of(
    article: Article, match: Match, outlet: Outlet, beside: Beside, language: Language
) -> Piece:
    """One article as readers are shown it, outside of any report."""
    return _Making({outlet.slug: outlet}, beside, language).piece(article, match)


def _method(
    rows: Sequence[Completeness],
    found: Sequence[tuple[Article, Match]],
    asked: Collection[str],
    beside: Beside,
    software: str,
) -> Method:
    ours = [match for article, match in found if article.outlet in asked]
    brought = {way for row in rows if row.outcome in FRUITFUL for way in row.how}
    return Method(
        ways=tuple(way for way in Way if way in brought),
        rules=tuple(sorted({match.rules for match in ours})),
        software=software,
        elsewhere=sum(article.outlet not in asked and match.counts for article, match in found),
        keywords=beside.keywords,
        precision=_precision(ours),
        agent=beside.agent,
    )


def _precision(ours: Iterable[Match]) -> Precisely | None:
    """How right the keywords were, once people have decided on enough of what they found."""
    verdicts = [match.decision for match in ours if match.because and match.decision]
    if len(verdicts) < ENOUGH_DECIDED:
        return None
    return Precisely(accepted=verdicts.count("accepted"), decided=len(verdicts))


class _Making:
    """Pieces and texts of one report."""

    __slots__ = ("asked", "beside", "language", "places")

    def __init__(self, asked: Mapping[str, Outlet], beside: Beside, language: Language) -> None:
        self.asked = asked
        self.beside = beside
        self.language: Language = language
        self.places = {
            piece.article: (story, piece) for story in beside.stories for piece in story.pieces
        }

    def piece(self, article: Article, match: Match) -> Piece:
        """One article as readers are shown it, with what people said of it."""
        outlet = self.asked[article.outlet]
        return Piece(
            article=article.key,
            url=article.url,
            outlet=outlet.slug,
            outlet_name=outlet.name or say("outlet_unnamed", self.language),
            owner=outlet.owner,
            kind=outlet.kind,
            headline=article.headline,
            published=article.published,
            precision=article.precision,
            language=article.language,
            byline=article.byline,
            lead=article.lead,
            score=match.score,
            because=match.because,
            signals=match.signals,
            decision=match.decision,
            gone_since=article.gone_since,
            changes=tuple(self.beside.changes.get(article.key, ())),
            edits=tuple(self.beside.edits.get(article.key, ())),
            by_hand=article.key in self.beside.by_hand,
            order=self.beside.order.get(article.key, 0),
            named_picture=article.picture,
            **self._place(article),
            **self._said(article, outlet),
        )

    def _said(self, article: Article, outlet: Outlet) -> _Said:
        """What people said of it."""
        decided = self.beside.decided.get(article.key, Decided())
        translation, translator = decided.translations.get(self.language, (None, None))
        return _Said(
            corrected=decided.headline,
            translation=translation,
            translation_by=translator,
            note=decided.note,
            by=decided.by,
            tone=decided.tone,
            tier=outlet.tier if decided.tier is None else decided.tier,
            pin=decided.pin,
            archive=decided.archive,
            excerpt=decided.excerpt,
            remark=decided.remark,
            genre=decided.genre,
            highlight=decided.highlight,
            picture=decided.picture,
        )

    def _place(self, article: Article) -> _Place:
        if article.key not in self.places:
            return _Place(story=None, copy_of=None, lag_minutes=None)
        story, piece = self.places[article.key]
        first = story.pieces[0].article
        is_first = first == article.key
        return _Place(
            story=story.key,
            copy_of=None if is_first else first,
            lag_minutes=None if is_first else piece.lag_minutes,
        )

    def texts(self, pieces: Sequence[Piece]) -> tuple[Text, ...]:
        """Every piece in exactly one text, in the order of first publication."""
        by_key = {piece.article: piece for piece in pieces}
        told = []
        for story in self.beside.stories:
            ours = tuple(by_key.pop(p.article) for p in story.pieces if p.article in by_key)
            if ours:
                told.append(Text(key=story.key, pieces=ours, possibly=story.possibly))
        alone = [Text(key=f"s_{key}", pieces=(piece,)) for key, piece in by_key.items()]
        return tuple(sorted((*told, *alone), key=lambda text: _when(text.first)))


def _when(piece: Piece) -> tuple[bool, float, int, str]:
    """Earliest first, undated last; of one moment as they were brought."""
    if piece.published is None:
        return True, 0.0, piece.order, piece.article
    return False, piece.published.timestamp(), piece.order, piece.article


def _summary(pieces: Sequence[Piece], texts: int, doubtful: int) -> Summary:
    dated = [piece.published for piece in pieces if piece.published is not None]
    tones = [piece.tone for piece in pieces]
    named = [piece for piece in pieces if piece.outlet != UNNAMED]
    return Summary(
        pieces=len(pieces),
        texts=texts,
        outlets=len({piece.outlet for piece in named}),
        owners=len({piece.owner or piece.outlet for piece in named}),
        languages=tuple(sorted({piece.language for piece in pieces if piece.language})),
        first=min(dated, default=None),
        last=max(dated, default=None),
        unreviewed=sum(piece.decision is None for piece in pieces),
        undated=len(pieces) - len(dated),
        tones={tone: tones.count(tone) for tone in TONES},
        unnamed=len(pieces) - len(named),
        doubtful=doubtful,
    )


def _completeness(
    outlet: Outlet, checks: Mapping[str, Sequence[Check]], pieces: Sequence[Piece]
) -> Completeness:
    made = checks.get(outlet.slug, ())
    speaks = best(made) if made else None
    return Completeness(
        outlet=outlet.slug,
        outlet_name=outlet.name,
        outcome=speaks.outcome if speaks else _unasked(outlet),
        listed=speaks.listed if speaks else None,
        read=speaks.read if speaks else 0,
        matched=sum(piece.outlet == outlet.slug for piece in pieces),
        by_hand=sum(piece.outlet == outlet.slug and piece.by_hand for piece in pieces),
        reached=speaks.reached if speaks else None,
        how=_how(made),
        note=speaks.note if speaks else outlet.declined,
        next_step=speaks.next_step if speaks else None,
        reason=speaks.reason if speaks else None,
        numbers=speaks.numbers if speaks else {},
        by=speaks.by if speaks else None,
        at=speaks.at if speaks else None,
    )


def _unasked(outlet: Outlet) -> Outcome | None:
    """What an outlet's own file says where no check has been made."""
    if outlet.declined:
        return Outcome.DECLINED
    return None if outlet.home or outlet.find else Outcome.NO_ADDRESS


def _how(made: Sequence[Check]) -> tuple[Way, ...]:
    """The ways that brought the outcome, where it brought something; else all that were tried."""
    if not made:
        return ()
    outcome = best(made).outcome
    chosen = [c.way for c in made if outcome not in FRUITFUL or c.outcome is outcome]
    return tuple(dict.fromkeys(chosen))
