"""Which kept articles are about an event, and what people decided: the second act, offline.

The index narrows (`crawler.record.search`), `crawler.matching` decides and says why, a person's
decision stands beside it and nothing here undoes one. All of it can be done again at any time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from crawler.match_cache import Judge, basis_of_event, fresh
from crawler.matching import Matcher, narrowing, narrowing_abroad, prepare
from crawler.models import Article, Event, Match, Story, Window
from crawler.record import (
    Record,
    decisions,
    kept_matches,
    read,
    report_queries,
    search,
    search_index,
    similarity_cache,
    write,
)
from crawler.record.kept_matches import BY_HAND
from crawler.run import learn_boilerplate

if TYPE_CHECKING:
    from crawler.stories import Related

AT_ONCE: Final = 1_000
# new articles that are held in memory while every event looks at them

_LAST: Final = datetime.max.replace(tzinfo=UTC)


def related(
    record: Record, event: Event, outlets: Collection[str] | None = None
) -> list[tuple[Article, Match]]:
    """The event's articles, each with its match and what people decided; undated ones last.

    Those that its keywords find at `outlets` (slugs; None: at every one), and every piece that a
    person accepted, wherever it stands and though no keyword finds it any more (law 4). Reads only.
    """
    judge = Judge(event, _boilerplate(record, outlets), read.judged(record, event.slug))
    found = search.candidates(
        record,
        asked=narrowing(event),
        abroad=narrowing_abroad(event),
        window=event.window,
        outlets=outlets,
        undated=True,
    )
    judged = {a.key: (a, match) for a in found if (match := judge.judge(a, narrowed=True))}
    held = decisions.holding(record, event.slug)
    accepted = [key for key, decided in held.items() if decided.verdict == "accepted"]
    missing = [key for key in accepted if key not in judged]
    judged |= _accepted(record, event, judge.matcher, missing)
    for key in _taken_away(record, (article for article, _ in judged.values())):
        if key not in accepted:
            del judged[key]
    pairs = (
        (article, replace(match, decision=held[key].verdict) if key in held else match)
        for key, (article, match) in judged.items()
    )
    return sorted(pairs, key=_by_time)


def kept(record: Record, event: Event) -> list[tuple[Article, Match]] | None:
    """What `related` found when the event was last matched, as sketches: without words and reasons.

    What was stored since waits for the end of its crawl. None where the event's words, the rules
    or what outlets' pages repeat have changed: then `match_event` has to look anew.
    """
    if not is_kept(record, event):
        return None
    return sorted(kept_matches.sketches(record, event.slug), key=_by_time)


def is_kept(record: Record, event: Event) -> bool:
    """Whether the event was matched as it is today; what was stored since is not looked at."""
    by_today = basis_of_event(event, _boilerplate(record, None))
    return kept_matches.basis(record, event.slug) == by_today


def _by_time(pair: tuple[Article, Match]) -> tuple[datetime, str]:
    return pair[0].published or _LAST, pair[0].key


def _taken_away(record: Record, articles: Iterable[Article]) -> frozenset[str]:
    """Keys of those that a person brought and took away again: of an outlet's own, gone is news."""
    gone = [article.key for article in articles if article.gone_since]
    return report_queries.by_hand(record, gone) if gone else frozenset()


def keep(record: Record, event: Event, pairs: Iterable[tuple[Article, Match]]) -> None:
    """Keeps what `related` judged anew, so that the next time it is not; a copy stays as it is."""
    if record.readonly:
        return
    new = fresh((match for _, match in pairs), read.bases(record, event.slug))
    if new:
        write.save_matches(record, event.slug, new, among=[match.article for match in new])


def _accepted(
    record: Record, event: Event, matcher: Matcher, keys: Sequence[str]
) -> dict[str, tuple[Article, Match]]:
    """Pieces that a person accepted and the keywords do not find in the window.

    Their reasons are those of today, whenever they were published, else those by which they were
    once found, else none: somebody added them by hand.
    """
    saved = {match.article: match for match in read.matches(record, event.slug)} if keys else {}
    found = {}
    for article in (read.article(record, key) for key in keys):
        if article is not None:
            none = Match(
                article=article.key, event=event.slug, score=0.0, because=(), rules=BY_HAND
            )
            today = matcher.judge(replace(article, published=None))
            found[article.key] = (article, today or saved.get(article.key) or none)
    return found


def _boilerplate(record: Record, outlets: Collection[str] | None) -> dict[str, frozenset[str]]:
    return learn_boilerplate.boilerplate(
        record, read.outlets(record) if outlets is None else outlets
    )


def stories_of(record: Record, event: Event, articles: Iterable[Article]) -> tuple[Story, ...]:
    """The texts that these articles carry, each with who had it first: `texts_of`."""
    return texts_of(record, event, articles).stories


def texts_of(record: Record, event: Event, articles: Iterable[Article]) -> Related:
    """The stories of these articles, and what a person should look at; people's word wins.

    The caller leaves out outlets of kind `own`. What was compared is kept where the record may be
    written, so that the next time only new texts are.
    """
    from crawler.stories import RULE, relate_texts  # noqa: PLC0415 - rapidfuzz

    every = list(articles)
    lines = learn_boilerplate.boilerplate(record, sorted({article.outlet for article in every}))
    said = decisions.same_text(record, event.slug)
    found = relate_texts(
        every,
        same=[(pair.one, pair.two) for pair in said if pair.same],
        apart=[(pair.one, pair.two) for pair in said if not pair.same],
        recall=partial(similarity_cache.known, record, rule=RULE),
        boilerplate=lines,
    )
    similarity_cache.keep(record, found.compared, rule=RULE)
    return found


def match_event(record: Record, event: Event) -> list[tuple[Article, Match]]:
    """Bring the search index up, match the event against everything, keep it: `related`."""
    bring_up(record)
    return match_again(record, event)


def match_again(record: Record, event: Event) -> list[tuple[Article, Match]]:
    """`match_event` with the index as it is: what waits for it is looked at whole, and waits on.

    For one event alone, beside a crawl too: its end matches what waits against every event.
    """
    if record.readonly:
        return related(record, event)
    with record.transaction():  # what a crawl matches meanwhile comes before it or after
        found = related(record, event)
        write.save_matches(record, event.slug, (match for _, match in found))
        by_today = basis_of_event(event, _boilerplate(record, None))
        kept_matches.keep_basis(record, event.slug, by_today)
    return found


def bring_up(record: Record) -> None:
    """Index what waits; each event is matched anew at its next look, for none has seen it yet."""
    if search_index.bring_up(record):
        kept_matches.forget_basis(record)


def match_waiting(record: Record, events: Sequence[Event]) -> int:
    """Index what was stored since the last time, and keep what of it matches any of the events.

    For the end of a crawl, whose new and edited pieces are what waits. How many pieces that were.
    """
    done = 0
    if kept_matches.something_waits(record):
        kept_matches.begin_taking_up(record)
    while numbers := search_index.waiting(record, AT_ONCE):
        search_index.bring_up(record, AT_ONCE)
        match_new(record, events, read.articles_of(record, numbers))
        done += len(numbers)
    search_index.bring_up(record)
    if done:
        kept_matches.taken_up(record, [event.slug for event in events])
    return done


def match_new(record: Record, events: Iterable[Event], articles: Iterable[Article]) -> int:
    """Match these articles against every event whose window holds them, and keep the matches.

    What waits to be indexed is looked at whole. How many matches that were.
    """
    new = {article.key: article for article in articles}
    lines = learn_boilerplate.boilerplate(
        record, sorted({article.outlet for article in new.values()})
    )
    judges = [(event, Judge(event, lines)) for event in events]
    found: dict[str, list[Match]] = {event.slug: [] for event, _ in judges}
    for key, judges_of in _may_concern(record, judges, new).items():
        told = prepare(new[key])  # once, and gone before the next: it is large
        for match in filter(None, (one.judge(told, narrowed=True) for one in judges_of)):
            found[match.event].append(match)
    with record.transaction():
        for slug, matches in found.items():
            write.save_matches(record, slug, matches, among=new)
    return sum(map(len, found.values()))


def _may_concern(
    record: Record, judges: Iterable[tuple[Event, Judge]], new: Mapping[str, Article]
) -> dict[str, list[Judge]]:
    """The judges that each of the new articles is to be shown to, by key."""
    asked: dict[str, list[Judge]] = {}
    numbered = {number: new[key] for key, number in search.ids(record, new).items()}
    for event, judge in judges:
        window = event.window  # worked out from days and zone at every look
        inside = {number: one for number, one in numbered.items() if _concerns(window, one)}
        standing = search.standing(
            record, asked=narrowing(event), abroad=narrowing_abroad(event), articles=inside
        )
        for key in sorted(numbered[number].key for number in standing):
            asked.setdefault(key, []).append(judge)
    return asked


def _concerns(window: Window, article: Article) -> bool:
    return article.published is None or window.holds(article.published)
