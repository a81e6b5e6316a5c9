"""What an event's keywords find in the record, term by term, before anybody relies on them.

Pure over articles: every form with its count and an example, what a term alone adds, words that
look like misspellings. A likeness only suggests; nothing is ever matched by it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz, process

from crawler.config import outlets_asked
from crawler.config.event_file import set_excluded
from crawler.language.folding import folded_words
from crawler.matching import (
    Advice,
    Matcher,
    Term,
    Told,
    advice,
    find,
    prepare,
    read_term,
    understood,
)
from crawler.matching.judging import NOTHING_REPEATED
from crawler.matching.snippets import snippet
from crawler.models import Article, Event, Keywords, Match
from crawler.record import read
from crawler.run import learn_boilerplate
from jehona.actions.as_json import plain
from jehona.actions.office import Office

MOST: Final = 20_000
# articles that a trial looks at, the newest first
LIKE: Final = 82.0
# of 100 by rapidfuzz's ratio: one wrong letter in six; ours, looked at by eye
SHORTEST: Final = 5
# letters of a word that can be misspelt: shorter ones have too many neighbours
MOST_SUGGESTIONS: Final = 5
# Articles of which a share tells something.
ENOUGH_TO_TELL: Final = 20
TOO_MUCH: Final = 0.2
# share of the window's articles above which a word says nothing
ALL_TOO_MUCH: Final = 0.5
# the same of a phrase: an event's own name may well be the talk of a small record


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFound:
    """One form of a term, as the record has it."""

    form: str
    # folded: "bregasit"
    printed: str
    # as it stands most often: "Bregasit"
    articles: int
    # that hold it
    example: str
    # around it, on one line
    excluded: bool = False
    # a person took it out


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFound:
    """What one term finds."""

    term: str
    # as in the event's file
    understood: str
    # in words
    articles: int
    # of the window in which it stands, alone or not
    adds: int
    # matches that would be lost without it
    share: float
    # of the window's articles
    forms: tuple[FormFound, ...]
    # the most frequent first
    suggestions: tuple[tuple[str, int], ...]
    # words that look like a misspelling of it, with the number of articles
    warnings: tuple[Advice, ...] = ()
    # why it finds too much, where it stands alone in a group
    too_much: bool = False
    # it stands in so many articles that it tells nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the keywords find."""

    looked_at: int
    # articles of the window
    terms: tuple[TermFound, ...]
    # in the order of the file
    matches: tuple[tuple[Article, Match], ...]
    # certain and doubtful ones, the likeliest first
    advice: tuple[Advice, ...]
    # sentences on terms that will find too much


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An event's words on the record's articles, ready to be tried again with other forms."""

    # with the forms that are taken out, whether or not its file has them
    event: Event
    trial: Trial
    # forms that were taken out now, and that nobody printed: they may be mistyped
    strangers: tuple[str, ...] = ()
    articles: Sequence[Article]
    # outlet -> what its pages repeat
    boilerplate: Mapping[str, frozenset[str]]

    @property
    def doubtful(self) -> int:
        """Matches that are only asked about."""
        return sum(match.doubt is not None for _, match in self.trial.matches)

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        matches = [
            {
                "article": article.key,
                "url": article.link,
                "headline": article.headline,
                **plain(match),
                "certainty": "doubtful" if match.doubt else "sure",
            }
            for article, match in self.trial.matches
        ]
        return {
            "event": self.event.slug,
            "looked_at": self.trial.looked_at,
            "terms": self.trial.terms,
            "advice": self.trial.advice,
            "excluded": self.event.keywords.excluded,
            "doubtful": self.doubtful,
            "matches": matches,
        }


def try_words(
    office: Office,
    event: str,
    *,
    exclude: Iterable[str] = (),
    include: Iterable[str] = (),
    keywords: Keywords | None = None,
    most: int = MOST,
) -> Tried:
    """Try an event's keywords on the newest articles of its window; nothing is written.

    Forms are taken out, or counted again, beside those of the file; one may be a whole phrase.
    With `keywords` those are tried in place of the file's; `most` articles are looked at.
    Raises RegistryError for an unknown event, RecordRefused.
    """
    what = office.event(event)
    if keywords is not None:
        what = replace(what, keywords=keywords)
    return try_event(office, what, exclude=exclude, include=include, most=most)


def try_event(
    office: Office,
    what: Event,
    *,
    exclude: Iterable[str] = (),
    include: Iterable[str] = (),
    most: int = MOST,
) -> Tried:
    """The same for an event that may have no file yet. Raises RegistryError, RecordRefused."""
    outlets = [outlet.slug for outlet in outlets_asked(office.outlets(), what, [])]
    with office.to_read() as record:
        found = read.articles(record, window=what.window, outlets=outlets, undated=True)
        # the newest; the others are not held meanwhile
        articles = tuple(deque(found, maxlen=most))
        boilerplate = learn_boilerplate.boilerplate(record, outlets)
    out, back = ([" ".join(folded_words(form)) for form in forms] for forms in (exclude, include))
    changed = with_excluded(what, {*what.keywords.excluded, *filter(None, out)} - set(back))
    made = trial(changed, articles, boilerplate)
    known = {form.form for term in made.terms for form in term.forms}
    known |= {word for form in known for word in form.split()}
    return Tried(
        event=changed,
        trial=made,
        strangers=tuple(form for form in out if form and form not in known),
        articles=articles,
        boilerplate=boilerplate,
    )


def toggled(tried: Tried, forms: Iterable[FormFound]) -> Tried:
    """The same with these forms ticked that were taken out, and taken out that were ticked."""
    excluded = set(tried.event.keywords.excluded)
    for form in forms:
        if form.excluded:
            excluded -= {form.form, *form.form.split()}
        else:
            excluded.add(form.form)
    event = with_excluded(tried.event, excluded)
    made = trial(event, tried.articles, tried.boilerplate)
    return replace(tried, event=event, trial=made, strangers=())


def save(tried: Tried) -> Path:
    """Write the forms that are taken out into the event's file. Raises RegistryError."""
    assert tried.event.source is not None
    set_excluded(tried.event.source, tried.event.keywords.excluded)
    return tried.event.source


@dataclass(slots=True)
class _Counting:
    """One term while articles pass by."""

    term: Term
    written: str
    articles: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    printed: dict[str, Counter[str]] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)

    def look(self, told: Told) -> None:
        """Count the forms of one article, each once."""
        here: dict[str, str] = {}
        for part in told.parts:
            for hit in find(self.term, part):
                there = part.words[hit.first : hit.last + 1]
                form = " ".join(word.folded for word in there)
                if form not in here:
                    start, end = there[0].start, there[-1].end
                    here[form] = part.text[start:end]
                    self.examples.setdefault(form, snippet(part.text, start, end))
        self.articles += bool(here)
        self.forms.update(here.keys())
        for form, printed in here.items():
            self.printed.setdefault(form, Counter())[printed] += 1


def trial(
    event: Event,
    articles: Iterable[Article],
    boilerplate: Mapping[str, frozenset[str]] = NOTHING_REPEATED,
) -> Trial:
    """Try an event's keywords on the articles of its window (others match nothing).

    Raises BadTerm for a keyword that cannot be read.
    """
    matcher = Matcher(event, boilerplate)
    counted = [_Counting(read_term(written), written) for written in _terms(event.keywords)]
    vocabulary: Counter[str] = Counter()
    matched: list[tuple[Told, Match]] = []
    looked_at = 0
    for told in _inside(event, articles):
        looked_at += 1
        for each in counted:
            each.look(told)
        vocabulary.update(_vocabulary(told))
        if found := matcher.judge(told):
            matched.append((told, found))
    return Trial(
        looked_at=looked_at,
        terms=tuple(
            _term(
                each,
                event,
                looked_at,
                vocabulary,
                adds=_adds(each, event, matched, boilerplate),
                matched=sum(_holds(each.term, told) for told, _ in matched),
            )
            for each in counted
        ),
        matches=tuple(
            (told.article, match) for told, match in sorted(matched, key=lambda p: -p[1].score)
        ),
        advice=advice(event.keywords),
    )


def _inside(event: Event, articles: Iterable[Article]) -> Iterator[Told]:
    """The articles of the window and the undated ones, cut into words; in one order, whichever
    outlet was asked first.
    """
    window = event.window
    for article in sorted(articles, key=_by_time):
        if article.published is None or window.holds(article.published):
            yield prepare(article)


def _by_time(article: Article) -> tuple[float, str, str]:
    when = article.published.timestamp() if article.published else float("inf")
    return when, article.outlet, article.headline or article.handle


def with_excluded(event: Event, forms: Iterable[str]) -> Event:
    """The event with these forms taken out, in one order."""
    excluded = tuple(sorted(set(forms)))
    return replace(event, keywords=replace(event.keywords, excluded=excluded))


def _terms(keywords: Keywords) -> list[str]:
    """Every term once; names help and are not looked for alone."""
    groups = [term for group in keywords.any for term in group]
    return list(dict.fromkeys((*groups, *keywords.all, *keywords.none)))


def _vocabulary(told: Told) -> set[str]:
    """Words of headline and lead: there the names stand, and there are few of them."""
    return {
        word.folded
        for part in told.parts
        if part.name != "text"
        for word in part.words
        if len(word.folded) >= SHORTEST
    }


def _term(
    counted: _Counting,
    event: Event,
    looked_at: int,
    vocabulary: Counter[str],
    *,
    adds: int,
    matched: int,
) -> TermFound:
    """`matched`: how many of its articles the keywords find."""
    alone = (counted.written,) in event.keywords.any
    share = counted.articles / looked_at if looked_at else 0.0
    helps = not alone and 2 * matched > counted.articles
    most = ALL_TOO_MUCH if helps or _words_in(counted.term) > 1 else TOO_MUCH
    return TermFound(
        term=counted.written,
        understood=understood(counted.term),
        articles=counted.articles,
        adds=adds,
        share=share,
        forms=_forms(counted, frozenset(event.keywords.excluded)),
        suggestions=_misspelt(counted, vocabulary),
        warnings=advice(Keywords(any=((counted.written,),))) if alone else (),
        too_much=looked_at >= ENOUGH_TO_TELL and share > most,
    )


def _words_in(term: Term) -> int:
    return sum(len(run.forms) for run in term.runs)


def _holds(term: Term, told: Told) -> bool:
    return any(True for part in told.parts for _ in find(term, part))


def _forms(counted: _Counting, excluded: frozenset[str]) -> tuple[FormFound, ...]:
    """The forms of a term, the most frequent first."""
    return tuple(
        FormFound(
            form=form,
            printed=counted.printed[form].most_common(1)[0][0],
            articles=count,
            example=counted.examples[form],
            excluded=form in excluded or not excluded.isdisjoint(form.split()),
        )
        for form, count in sorted(counted.forms.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _adds(
    counted: _Counting,
    event: Event,
    matched: Sequence[tuple[Told, Match]],
    boilerplate: Mapping[str, frozenset[str]],
) -> int:
    """Matches that only stand because of a group with this term; all of them for an `all` term."""
    keywords, term = event.keywords, counted.written
    if term in keywords.all:
        return len(matched)
    groups = tuple(group for group in keywords.any if term not in group)
    if len(groups) == len(keywords.any):
        return 0
    if not groups:
        return len(matched)
    without = replace(event, keywords=replace(keywords, any=groups))
    matcher = Matcher(without, boilerplate)
    return sum(matcher.judge(told) is None for told, _ in matched)


def _misspelt(counted: _Counting, vocabulary: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Words of the record that are nearly a word of the term, and are none of its forms."""
    known = {word for form in counted.forms for word in form.split()}
    wanted = {form.letters for run in counted.term.runs for form in run.forms}
    found: dict[str, int] = {}
    for letters in sorted(word for word in wanted if len(word) >= SHORTEST):
        near = process.extract(
            letters, vocabulary.keys() - known - wanted, scorer=fuzz.ratio, score_cutoff=LIKE,
            limit=MOST_SUGGESTIONS,
        )  # fmt: skip
        found |= {word: vocabulary[word] for word, _, _ in near}
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_SUGGESTIONS])
