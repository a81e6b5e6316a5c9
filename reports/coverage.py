"""What a report says, as numbers and rows: no SQL, no markup, no words for readers.

    report = coverage(event, asked, matches(event, candidates), checks, made=now, software="1.0")

The outlets asked are the denominator. Silence is never "no coverage": each of them stands in
`completeness` with its outcome, or with none where nobody has asked it yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from crawler.folding import words
from crawler.models import (
    Article,
    Check,
    Event,
    Match,
    Outcome,
    Outlet,
    OutletKind,
    Way,
)
from crawler.outcomes import FRUITFUL, best
from reports.nouns import Completeness, Method, Piece, Report, Summary


def coverage(
    event: Event,
    outlets: Iterable[Outlet],
    matched: Iterable[tuple[Article, Match]],
    checks: Mapping[str, Sequence[Check]],
    *,
    made: datetime,
    software: str,
    version: int = 1,
) -> Report:
    """The report of `event`.

    `outlets` are those asked; one of kind `own` is never counted, neither as an outlet nor
    with its pieces. `checks` are what the ledger says of each, by slug. `made` is aware.
    """
    asked = {outlet.slug: outlet for outlet in outlets if outlet.kind is not OutletKind.OWN}
    found = [pair for pair in matched if pair[1].decision != "rejected"]
    ours = [(article, match) for article, match in found if article.outlet in asked]
    pieces = tuple(sorted((_piece(*pair, asked) for pair in ours), key=_when))
    rows = tuple(_completeness(outlet, checks, pieces) for outlet in asked.values())
    return Report(
        event=event,
        made=made,
        version=version,
        summary=_summary(pieces, [article for article, _ in ours]),
        completeness=rows,
        pieces=pieces,
        method=Method(
            ways=_ways(rows),
            rules=tuple(sorted({match.rules for _, match in ours})),
            software=software,
            elsewhere=len(found) - len(ours),
        ),
    )


def _piece(article: Article, match: Match, asked: Mapping[str, Outlet]) -> Piece:
    outlet = asked[article.outlet]
    return Piece(
        article=article.key,
        url=article.url,
        outlet=outlet.slug,
        outlet_name=outlet.name,
        owner=outlet.owner,
        headline=article.headline,
        published=article.published,
        precision=article.precision,
        language=article.language,
        byline=article.byline,
        lead=article.lead,
        score=match.score,
        because=match.because,
        decision=match.decision,
        gone_since=article.gone_since,
    )


def _when(piece: Piece) -> tuple[bool, float, str]:
    """Earliest first, undated last; the key keeps equal moments in one order."""
    if piece.published is None:
        return True, 0.0, piece.article
    return False, piece.published.timestamp(), piece.article


def _summary(pieces: Sequence[Piece], articles: Sequence[Article]) -> Summary:
    dated = [piece.published for piece in pieces if piece.published is not None]
    return Summary(
        pieces=len(pieces),
        texts=len({_text(article) for article in articles}),
        outlets=len({piece.outlet for piece in pieces}),
        owners=len({piece.owner or piece.outlet for piece in pieces}),
        languages=tuple(sorted({piece.language for piece in pieces if piece.language})),
        first=min(dated, default=None),
        last=max(dated, default=None),
        unreviewed=sum(piece.decision is None for piece in pieces),
        undated=len(pieces) - len(dated),
    )


def _text(article: Article) -> str:
    """What makes two pieces one text, for now: the same folded words of lead and text."""
    told = words(f"{article.lead or ''} {article.text or ''}")
    return " ".join(word.folded for word in told) or article.key


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
        reached=speaks.reached if speaks else None,
        how=_how(made),
        note=speaks.note if speaks else outlet.declined,
        next_step=speaks.next_step if speaks else None,
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


def _ways(rows: Iterable[Completeness]) -> tuple[Way, ...]:
    brought = {way for row in rows if row.outcome in FRUITFUL for way in row.how}
    return tuple(way for way in Way if way in brought)
