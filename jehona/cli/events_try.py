"""`jehona events try|quality`: keywords that a press officer can try and trust."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from crawler.models import Article, Event, Workspace
from jehona.actions.as_json import plain
from jehona.cli.common import (
    MOST_TYPED,
    JsonOption,
    WorkspaceOption,
    counted,
    print_json,
    shown,
    who,
    words,
    workspace_of,
)

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.record import Record
    from jehona.actions.keyword_quality import Quality, Share
    from jehona.actions.keyword_trial import TermFound, Trial

MOST: Final = 20_000
# articles that a trial looks at, the newest first
SHOWN: Final = 12
# matches and forms in a table; --json has them all

TICK: Final = "numbers to tick or exclude (3 or 3 5), s saves, q leaves"

SlugArgument = Annotated[str, typer.Argument(metavar="EVENT")]


def try_event(
    slug: SlugArgument,
    exclude: Annotated[
        list[str] | None,
        typer.Option("--exclude", metavar="FORM", help="Never count this form. Give it often."),
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option("--include", metavar="FORM", help="Count an excluded form again."),
    ] = None,
    save: Annotated[
        bool, typer.Option("--save", help="Write the excluded forms into the event's file.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try an event's keywords on the record: forms found, what each term adds, misspellings.

    At a terminal forms are ticked and excluded by number, and the list changes before you save.
    """
    from crawler.config import load_event  # noqa: PLC0415
    from jehona.actions.keyword_trial import trial, with_excluded  # noqa: PLC0415

    desk = workspace_of(workspace)
    event = load_event(desk, slug)
    articles, boilerplate = _window_of(desk, event)
    forms = {*event.keywords.excluded, *_folded(exclude)} - {*_folded(include)}
    event = with_excluded(event, forms)
    made = trial(event, articles, boilerplate)
    _warn_of_strangers(made, _folded(exclude))
    if as_json:
        print_json(_trial_json(event, made))
    elif sys.stdin.isatty() and not (save or exclude or include):
        _ticked(event, made, articles, boilerplate)
    else:
        _show_trial(event, made, words())
    if save:
        _save(event, to_stderr=as_json)
    elif exclude or include:
        words(to_stderr=True).print("nothing was written: --save writes it", markup=False)


def _folded(forms: Iterable[str] | None) -> list[str]:
    """Forms as the event's file has them; one may be a whole phrase."""
    from crawler.language.folding import folded_words  # noqa: PLC0415

    return [folded for form in forms or () if (folded := " ".join(folded_words(form)))]


def _warn_of_strangers(made: Trial, excluded: Sequence[str]) -> None:
    """A form that nobody printed may be mistyped; it is taken out all the same."""
    known = {form.form for term in made.terms for form in term.forms}
    known |= {word for form in known for word in form.split()}
    for form in excluded:
        if form not in known:
            line = f"{shown(form)}: no form that the keywords find in the record"
            words(to_stderr=True).print(line, markup=False)


def _window_of(desk: Workspace, event: Event) -> tuple[list[Article], Mapping[str, frozenset[str]]]:
    """The newest articles of the window at the outlets asked, and what those outlets repeat."""
    from crawler.config import load_outlets, outlets_asked  # noqa: PLC0415
    from crawler.record import open_record, read  # noqa: PLC0415
    from crawler.run import learn_boilerplate  # noqa: PLC0415

    outlets = [outlet.slug for outlet in outlets_asked(load_outlets(desk), event, [])]
    with open_record(desk.record, desk.snapshots, readonly=True) as record:
        found = list(read.articles(record, window=event.window, outlets=outlets, undated=True))
        return found[-MOST:], learn_boilerplate.boilerplate(record, outlets)


def _save(event: Event, *, to_stderr: bool = False) -> None:
    from crawler.config.event_file import set_excluded  # noqa: PLC0415

    assert event.source is not None
    set_excluded(event.source, event.keywords.excluded)
    words(to_stderr=to_stderr).print(f"wrote {event.source}", markup=False)


def _trial_json(event: Event, made: Trial) -> dict[str, Any]:
    matches = [
        {
            "article": article.key,
            "url": article.url,
            "headline": article.headline,
            **plain(match),
            "certainty": "doubtful" if match.doubt else "sure",
        }
        for article, match in made.matches
    ]
    return {
        "event": event.slug,
        "looked_at": made.looked_at,
        "terms": made.terms,
        "advice": made.advice,
        "excluded": event.keywords.excluded,
        "doubtful": sum(match.doubt is not None for _, match in made.matches),
        "matches": matches,
    }


def _show_trial(event: Event, made: Trial, out: Console, numbers: bool = False) -> None:
    """Term by term, then the list."""
    at = 0
    for term in made.terms:
        at = _show_term(term, out, at, numbers=numbers)
    told = {sentence for term in made.terms for sentence in term.warnings}
    for sentence in made.advice:
        if sentence not in told:
            out.print(f"advice: {shown(sentence)}", style="yellow", markup=False)
    _show_matches(event, made, out)


def _show_matches(event: Event, made: Trial, out: Console) -> None:
    from rich.text import Text  # noqa: PLC0415

    doubtful = sum(match.doubt is not None for _, match in made.matches)
    line = f"{len(made.matches) - doubtful} matches among {made.looked_at} articles of the window"
    more = f", {doubtful} doubtful" if doubtful else ""
    out.print(Text.assemble("\n", (event.slug, "bold"), f": {line}{more}"))
    for article, match in made.matches[:SHOWN]:
        why = f" ({shown(match.doubt)})" if match.doubt else ""
        told = f"  {match.score:.2f}  {_piece(article)}{why}"
        out.print(told, style="dim" if match.doubt else None, markup=False)
    if len(made.matches) > SHOWN:
        out.print(f"  {len(made.matches) - SHOWN} more: --json has them all", markup=False)


def _piece(article: Article) -> str:
    return shown(f"{article.outlet}: {article.headline or article.url}")


def _show_change(before: Trial, now: Trial, out: Console) -> None:
    """What ticking or excluding took off the list and put onto it."""
    old, new = ({article.key: article for article, _ in made.matches} for made in (before, now))
    for key in [key for key in old if key not in new]:
        out.print(f"  - {_piece(old[key])}", style="red", markup=False)
    for key in [key for key in new if key not in old]:
        out.print(f"  + {_piece(new[key])}", style="green", markup=False)
    if old.keys() == new.keys():
        out.print("  the list stays as it was", style="dim", markup=False)


def _show_term(term: TermFound, out: Console, at: int, *, numbers: bool) -> int:
    """One term; gives the number of its last form."""
    from rich.text import Text  # noqa: PLC0415

    head = Text(shown(term.term), style="bold")
    head.append(f"  {term.understood}", style="not bold dim")
    out.print(head)
    share = f" ({term.share:.0%} of all: too many to tell anything)" if term.too_much else ""
    many = "article" if term.articles == 1 else "articles"
    out.print(f"  in {term.articles} {many}{share}; alone adds {term.adds}", markup=False)
    for form in term.forms[: None if numbers else SHOWN]:
        at += 1
        mark = f"{at:>3} " if numbers else "    "
        box = "✗" if form.excluded else "✓"
        line = Text(f"{mark}{box} {shown(form.printed):<20} {form.articles:>4}  ")
        line.append(shown(form.example), style="dim")
        if form.excluded:
            line.stylize("strike dim")
        out.print(line)
    if term.suggestions:
        told = ", ".join(f"{word} ({count})" for word, count in term.suggestions)
        out.print(f"  looks alike, not matched: {shown(told)}", style="dim", markup=False)
    for sentence in term.warnings:
        out.print(f"  {shown(sentence)}", style="yellow", markup=False)
    return at


def _ticked(
    event: Event,
    made: Trial,
    articles: Sequence[Article],
    boilerplate: Mapping[str, frozenset[str]],
) -> None:
    """A person ticks and excludes forms by number until they save or leave it."""
    from jehona.actions.keyword_trial import trial, with_excluded  # noqa: PLC0415

    out = words()
    _show_trial(event, made, out, numbers=True)
    while True:
        typed = str(typer.prompt(TICK, default="q")).strip().lower()
        if typed in ("q", "s"):
            if typed == "s":
                _save(event)
            return
        changed = _toggled(made, set(event.keywords.excluded), typed, out)
        if changed is None:
            continue
        event, before = with_excluded(event, changed), made
        made = trial(event, articles, boilerplate)
        _show_trial(event, made, out, numbers=True)
        _show_change(before, made, out)


def _toggled(made: Trial, excluded: set[str], typed: str, out: Console) -> set[str] | None:
    """The excluded forms after these numbers were typed; None where one of them is none."""
    forms = [form for term in made.terms for form in term.forms]
    for number in typed.replace(",", " ").split():
        if not number.isdecimal() or not 0 < int(number) <= len(forms):
            out.print(f"{shown(number)}: no number from 1 to {len(forms)}", markup=False)
            return None
        form = forms[int(number) - 1]
        if form.excluded:
            excluded -= {form.form, *form.form.split()}
        else:
            excluded.add(form.form)
    return excluded


# --- quality -------------------------------------------------------------------------------


def event_quality(
    slug: SlugArgument,
    sample: Annotated[
        int,
        typer.Option(
            "--sample",
            metavar="N",
            min=0,
            max=MOST_TYPED,
            help="Review so many unmatched pieces first.",
        ),
    ] = 0,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """How right an event's keywords are, and what they miss: from decisions, with counts.

    What they miss is told from a sample by lot of the window's other pieces, offered for review.
    """
    from crawler.config import load_event  # noqa: PLC0415
    from crawler.record import open_existing  # noqa: PLC0415

    desk = workspace_of(workspace)
    event = load_event(desk, slug)
    with open_existing(desk.record, desk.snapshots) as record:
        if sample:
            _review_sample(record, desk, event, sample, who(by))
        told = _quality(record, desk, event)
    if as_json:
        print_json({"event": slug, **plain(told), "missed_in_all": told.missed_in_all})
        return
    _show_quality(event, told, words())


def _split(record: Record, desk: Workspace, event: Event) -> tuple[list[str], list[Article]]:
    """Keys that the keywords find, and the window's other articles in the order of the sample."""
    from crawler import event_matches  # noqa: PLC0415
    from crawler.config import load_outlets, outlets_asked  # noqa: PLC0415
    from crawler.record import read  # noqa: PLC0415
    from jehona.actions.keyword_quality import sample  # noqa: PLC0415

    outlets = [outlet.slug for outlet in outlets_asked(load_outlets(desk), event, [])]
    pairs = event_matches.related(record, event, outlets)
    found = [a.key for a, match in pairs if match.because and match.rules != event_matches.BY_HAND]
    others = read.articles(record, window=event.window, outlets=outlets)
    return found, sample(event.slug, (one for one in others if one.key not in set(found)))


def _quality(record: Record, desk: Workspace, event: Event) -> Quality:
    from crawler.record import decisions  # noqa: PLC0415
    from jehona.actions.keyword_quality import quality  # noqa: PLC0415

    found, others = _split(record, desk, event)
    held = decisions.holding(record, event.slug)
    verdicts = {key: said.verdict for key, said in held.items() if said.verdict}
    return quality(verdicts, found, [article.key for article in others])


def _review_sample(record: Record, desk: Workspace, event: Event, number: int, by: str) -> None:
    """Walk the next pieces of the sample that nobody has looked at."""
    from crawler.config import load_outlets  # noqa: PLC0415
    from crawler.models import Match  # noqa: PLC0415
    from crawler.record import decisions  # noqa: PLC0415
    from jehona.actions.review import Walk  # noqa: PLC0415
    from jehona.cli.review import Terminal  # noqa: PLC0415

    held = decisions.holding(record, event.slug)
    _, others = _split(record, desk, event)
    waiting = [one for one in others if one.key not in held or held[one.key].verdict is None]
    none = {"event": event.slug, "score": 0.0, "because": (), "rules": "sample"}
    queue = [(one, Match(article=one.key, **none)) for one in waiting[:number]]  # type: ignore[arg-type]
    names = {slug: outlet.name for slug, outlet in load_outlets(desk).items()}
    Walk(
        record=record,
        event=event.slug,
        by=by,
        clock=lambda: datetime.now(UTC),
        voice=Terminal(words(), event, names),
    ).through(queue)


def _show_quality(event: Event, told: Quality, out: Console) -> None:
    from rich.text import Text  # noqa: PLC0415

    matches = counted(told.matched, "match", "matches")
    out.print(Text.assemble((event.slug, "bold"), f": {matches}, {told.decided} decided"))
    out.print(f"right      {_right(event, told)}", markup=False)
    for line in _missed(event, told):
        out.print(line, markup=False)


def _right(event: Event, told: Quality) -> str:
    """A share of enough decisions, the plain count of all, or what to do next."""
    from jehona.actions.keyword_quality import ENOUGH  # noqa: PLC0415

    if told.precision:
        return f"{_share(told.precision)} of what the keywords found"
    if not told.matched:
        return f"the keywords find nothing: jehona events try {event.slug}"
    if told.matched == told.decided:
        return f"{told.accepted} of all {told.matched} that the keywords found"
    wait = min(ENOUGH, told.matched) - told.decided
    least = f"{ENOUGH} decisions" + " or all of them" * (told.matched <= ENOUGH)
    return f"not said before {least}, {wait} more: jehona review {event.slug}"


def _missed(event: Event, told: Quality) -> Iterator[str]:
    from jehona.actions.keyword_quality import ENOUGH  # noqa: PLC0415

    if told.missed and told.missed_in_all:
        low, high = told.missed_in_all
        yield f"missed     {_share(told.missed)} of the sample were about it"
        yield f"           so {low} to {high} of {counted(told.unmatched, 'other piece')} may be"
    elif told.sampled == told.unmatched:
        others = counted(told.unmatched, "other piece")
        yield f"missed     {told.about} of all {others} in the window"
    else:
        wait = min(ENOUGH, told.unmatched) - told.sampled
        yield (
            f"missed     not said before {ENOUGH} of the sample were seen: "
            f"jehona events quality {event.slug} --sample {wait}"
        )


def _share(told: Share) -> str:
    """`37 of 40 (93 %, 80 to 97 %)`."""
    low, high = round(100 * told.low), round(100 * told.high)
    return f"{told.found} of {told.of} ({round(100 * told.value)} %, {low} to {high} %)"
