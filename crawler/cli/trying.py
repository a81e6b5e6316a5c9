"""`jehona events add|try|quality`: keywords that a press officer can write, try and trust."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from crawler.cli.desk import (
    JsonOption,
    WorkspaceOption,
    Wrong,
    day,
    plain,
    print_json,
    shown,
    who,
    words,
    workspace_of,
)
from crawler.models import Article, Event, Keywords, Workspace

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.quality import Quality, Share
    from crawler.record import Record
    from crawler.workbench import TermFound, Trial

BEFORE, AFTER = timedelta(days=7), timedelta(days=14)
# a week of announcements, two weeks of echo: what the shipped events have
MOST: Final = 20_000
# articles that a trial looks at, the newest first
CLOSING: Final = {'"': '"', "“": "”“", "„": "”“", "«": "»"}
# quotes that open, and what may close them: Albanian prints „so” and “so”
SHOWN: Final = 12
# matches and forms in a table; --json has them all

SlugArgument = Annotated[str, typer.Argument(metavar="EVENT")]


def mount(app: typer.Typer) -> None:
    """Add the commands to `jehona events`."""
    app.command("add")(add_event)
    app.command("try")(try_event)
    app.command("quality")(event_quality)


# --- add -----------------------------------------------------------------------------------


def add_event(
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT")] = None,
    slug: Annotated[
        str | None, typer.Option("--slug", metavar="SLUG", help="Else made of the title.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--date", metavar="DAY", help="Of the event itself: 2025-05-10.")
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="Else a week before.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="Else two weeks after.")
    ] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="TEXT")] = None,
    organiser: Annotated[str | None, typer.Option("--organiser", metavar="TEXT")] = None,
    any_of: Annotated[
        list[str] | None,
        typer.Option("--any", metavar="TERMS", help="'bletar konferencë': both. Give it often."),
    ] = None,
    all_of: Annotated[list[str] | None, typer.Option("--all", metavar="TERM")] = None,
    none_of: Annotated[list[str] | None, typer.Option("--not", metavar="TERM")] = None,
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="NAME", help="Helps, never decides.")
    ] = None,
    outlet: Annotated[
        list[str] | None, typer.Option("--outlet", metavar="SLUG", help="Else all in use.")
    ] = None,
    introduction: Annotated[
        str | None, typer.Option("--introduction", metavar="TEXT", help="Opens the roundup.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write an event's file: asks for what no option tells."""
    from crawler.registry import load_outlets  # noqa: PLC0415
    from crawler.registry.event_writing import write_event  # noqa: PLC0415

    desk = workspace_of(workspace)
    ask = _Asking(silent=yes or as_json)
    called = ask.needed("--title", "Title", title)
    held, begin, end = _days(ask, on, first, last)
    where, host = ask.wanted("Place", place), ask.wanted("Organiser", organiser)
    groups = any_of or ask.many("Words of a piece about it (one group a line, empty ends)")
    event = Event(
        slug=slug or _slug(called),
        title=called,
        date=held,
        first_day=begin,
        last_day=end,
        zone=desk.zone,
        place=where,
        organiser=host,
        expected_outlets=tuple(outlet or ()),
        introduction=introduction,
        keywords=_keywords(groups, all_of, none_of, name),
    )
    path = write_event(event, desk.root / "events", outlets=load_outlets(desk))
    if as_json:
        print_json({"event": event.slug, "file": path})
        return
    _say_added(desk, event.slug)


def _days(
    ask: _Asking, on: str | None, first: str | None, last: str | None
) -> tuple[date | None, date, date]:
    """The day itself and the window. Raises Wrong where nothing tells them."""
    held = _day(ask.wanted("Date of the event (2025-05-10)", on), "--date")
    begin = _day(ask.wanted("First day of coverage", first, _iso(held, -BEFORE)), "--from")
    end = _day(ask.wanted("Last day", last, _iso(held, AFTER)), "--to")
    if begin is None or end is None:
        raise Wrong("--date is needed, or --from and --to")
    return held, begin, end


def _keywords(
    groups: Sequence[str],
    all_of: Sequence[str] | None,
    none_of: Sequence[str] | None,
    names: Sequence[str] | None,
) -> Keywords:
    """The keywords as typed. Raises Wrong where nothing must stand."""
    if not groups and not all_of:
        raise Wrong("--any is needed: which words stand in a piece about it?")
    return Keywords(
        any=tuple(map(terms_in, groups)),
        all=tuple(all_of or ()),
        none=tuple(none_of or ()),
        names=tuple(names or ()),
    )


def _say_added(desk: Workspace, slug: str) -> None:
    from crawler.registry import load_event  # noqa: PLC0415

    event = load_event(desk, slug)
    out = words()
    out.print(f"wrote {event.source}", markup=False)
    show_keywords(event, out)
    tried = "events try" if desk.record.exists() else "crawl --event"
    out.print(f"next: jehona {tried} {slug}", markup=False)


def _slug(title: str) -> str:
    from crawler.registry import slug_from  # noqa: PLC0415

    return slug_from(title)


def _day(text: str | None, option: str) -> date | None:
    return day(text, option) if text else None


def _iso(held: date | None, away: timedelta) -> str | None:
    return (held + away).isoformat() if held else None


def terms_in(group: str) -> tuple[str, ...]:
    """The terms of a group as typed: blanks part them, but not inside quotes and brackets.

    `bletar "rruga e liqeneve" near(a, b, 5)` are three.
    """
    terms, term, ends, depth = [], "", "", 0
    for sign in group.strip():
        if ends:
            ends = "" if sign in ends else ends
        else:
            ends = CLOSING.get(sign, "")
            depth += (sign == "(") - (sign == ")")
        if sign.isspace() and not ends and depth <= 0:
            terms.append(term)
            term = ""
            continue
        term += sign
    return tuple(each for each in (*terms, term) if each)


class _Asking:
    """Questions for what no option told; none where nobody can answer."""

    def __init__(self, *, silent: bool) -> None:
        self.silent = silent or not sys.stdin.isatty()

    def needed(self, option: str, question: str, told: str | None) -> str:
        if told:
            return told
        if self.silent:
            raise Wrong(f"{option} is needed")
        return str(typer.prompt(question))

    def wanted(self, question: str, told: str | None, usual: str | None = None) -> str | None:
        if told or self.silent:
            return told or usual
        return typer.prompt(question, default=usual or "", show_default=bool(usual)) or None

    def many(self, question: str) -> list[str]:
        if self.silent:
            return []
        found: list[str] = []
        while line := typer.prompt(question, default="", show_default=False).strip():
            found.append(line)
        return found


def show_keywords(event: Event, out: Console) -> None:
    """How each term was understood, and advice."""
    from crawler.matching import advice, read_term, understood  # noqa: PLC0415

    keywords = event.keywords
    for group in keywords.any:
        parts = [understood(read_term(term)) for term in group]
        out.print(f"  any  {shown(' AND '.join(parts))}", markup=False)
    for name, terms in (("all", keywords.all), ("not", keywords.none), ("name", keywords.names)):
        for term in terms:
            out.print(f"  {name:<4} {shown(understood(read_term(term)))}", markup=False)
    if keywords.excluded:
        out.print(f"  except {', '.join(map(shown, keywords.excluded))}", markup=False)
    for sentence in advice(keywords):
        out.print(f"  advice: {shown(sentence)}", style="yellow", markup=False)


# --- try -----------------------------------------------------------------------------------


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
    from crawler.registry import load_event  # noqa: PLC0415
    from crawler.workbench import trial, with_excluded  # noqa: PLC0415

    desk = workspace_of(workspace)
    event = load_event(desk, slug)
    articles, boilerplate = _window_of(desk, event)
    forms = {*event.keywords.excluded, *_folded(exclude)} - {*_folded(include)}
    event = with_excluded(event, forms)
    made = trial(event, articles, boilerplate)
    if as_json:
        print_json(_trial_json(event, made))
    else:
        _show_trial(event, made, words())
        if sys.stdin.isatty() and not (save or exclude or include):
            event = _ticked(event, made, articles, boilerplate)
    if save:
        _save(event, to_stderr=as_json)


def _folded(forms: Iterable[str] | None) -> list[str]:
    from crawler.folding import folded_words  # noqa: PLC0415

    return [word for form in forms or () for word in folded_words(form)]


def _window_of(desk: Workspace, event: Event) -> tuple[list[Article], Mapping[str, frozenset[str]]]:
    """The newest articles of the window at the outlets asked, and what those outlets repeat."""
    from crawler import habits  # noqa: PLC0415
    from crawler.record import open_record, read  # noqa: PLC0415
    from crawler.registry import load_outlets, outlets_asked  # noqa: PLC0415

    outlets = [outlet.slug for outlet in outlets_asked(load_outlets(desk), event, [])]
    with open_record(desk.record, desk.snapshots, readonly=True) as record:
        found = list(read.articles(record, window=event.window, outlets=outlets, undated=True))
        return found[-MOST:], habits.boilerplate(record, outlets)


def _save(event: Event, *, to_stderr: bool = False) -> None:
    from crawler.registry.event_writing import set_excluded  # noqa: PLC0415

    assert event.source is not None
    set_excluded(event.source, event.keywords.excluded)
    words(to_stderr=to_stderr).print(f"wrote {event.source}", markup=False)


def _trial_json(event: Event, made: Trial) -> dict[str, Any]:
    matches = [
        {"article": article.key, "url": article.url, "headline": article.headline, **plain(match)}
        for article, match in made.matches
    ]
    return {
        "event": event.slug,
        "looked_at": made.looked_at,
        "terms": made.terms,
        "advice": made.advice,
        "excluded": event.keywords.excluded,
        "matches": matches,
    }


def _show_trial(event: Event, made: Trial, out: Console, numbers: bool = False) -> None:
    """Term by term, then the list."""
    at = 0
    for term in made.terms:
        at = _show_term(term, out, at, numbers=numbers)
    for sentence in made.advice:
        out.print(f"advice: {shown(sentence)}", style="yellow", markup=False)
    doubtful = sum(match.doubt is not None for _, match in made.matches)
    line = f"{len(made.matches) - doubtful} matches among {made.looked_at} articles of the window"
    out.print(f"\n[bold]{event.slug}[/]: {line}" + (f", {doubtful} doubtful" if doubtful else ""))
    for article, match in made.matches[:SHOWN]:
        told = f"  {match.score:.2f}  {article.outlet}: {article.headline or article.url}"
        out.print(shown(told), style="dim" if match.doubt else None, markup=False)
    if len(made.matches) > SHOWN:
        out.print(f"  {len(made.matches) - SHOWN} more: --json has them all", markup=False)


def _show_term(term: TermFound, out: Console, at: int, *, numbers: bool) -> int:
    """One term; gives the number of its last form."""
    from rich.text import Text  # noqa: PLC0415

    head = Text(shown(term.term), style="bold")
    head.append(f"  {term.understood}", style="not bold dim")
    out.print(head)
    share = f" ({term.share:.0%} of all: too many to tell anything)" if term.too_much else ""
    out.print(f"  in {term.articles} articles{share}; alone adds {term.adds}", markup=False)
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
) -> Event:
    """A person ticks and excludes forms by number until they save or leave it."""
    from crawler.workbench import trial, with_excluded  # noqa: PLC0415

    out = words()
    _show_trial(event, made, out, numbers=True)
    while True:
        typed = str(typer.prompt("numbers to tick or exclude, s saves, q leaves", default="q"))
        if typed.strip().lower() in ("q", "s"):
            if typed.strip().lower() == "s":
                _save(event)
            return event
        forms = [form for term in made.terms for form in term.forms]
        excluded = set(event.keywords.excluded)
        for number in typed.replace(",", " ").split():
            if not number.isdigit() or not 0 < int(number) <= len(forms):
                out.print(f"{shown(number)}: no such number", markup=False)
                continue
            excluded ^= set(forms[int(number) - 1].form.split()[-1:])
        event = with_excluded(event, excluded)
        made = trial(event, articles, boilerplate)
        _show_trial(event, made, out, numbers=True)


# --- quality -------------------------------------------------------------------------------


def event_quality(
    slug: SlugArgument,
    sample: Annotated[
        int,
        typer.Option("--sample", metavar="N", min=0, help="Review so many unmatched pieces first."),
    ] = 0,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """How right an event's keywords are, and what they miss: from decisions, with counts.

    What they miss is told from a sample by lot of the window's other pieces, offered for review.
    """
    from crawler.record import open_existing  # noqa: PLC0415
    from crawler.registry import load_event  # noqa: PLC0415

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
    from crawler import relate  # noqa: PLC0415
    from crawler.quality import sample  # noqa: PLC0415
    from crawler.record import read  # noqa: PLC0415
    from crawler.registry import load_outlets, outlets_asked  # noqa: PLC0415

    outlets = [outlet.slug for outlet in outlets_asked(load_outlets(desk), event, [])]
    pairs = relate.related(record, event, outlets)
    found = [a.key for a, match in pairs if match.because and match.rules != relate.BY_HAND]
    others = read.articles(record, window=event.window, outlets=outlets)
    return found, sample(event.slug, (one for one in others if one.key not in set(found)))


def _quality(record: Record, desk: Workspace, event: Event) -> Quality:
    from crawler.quality import quality  # noqa: PLC0415
    from crawler.record import decisions  # noqa: PLC0415

    found, others = _split(record, desk, event)
    held = decisions.holding(record, event.slug)
    verdicts = {key: said.verdict for key, said in held.items() if said.verdict}
    return quality(verdicts, found, [article.key for article in others])


def _review_sample(record: Record, desk: Workspace, event: Event, number: int, by: str) -> None:
    """Walk the next pieces of the sample that nobody has looked at."""
    from crawler.cli.reviewing import Terminal  # noqa: PLC0415
    from crawler.models import Match  # noqa: PLC0415
    from crawler.record import decisions  # noqa: PLC0415
    from crawler.registry import load_outlets  # noqa: PLC0415
    from crawler.reviewing import Walk  # noqa: PLC0415

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
    from crawler.quality import ENOUGH  # noqa: PLC0415

    out.print(f"[bold]{event.slug}[/]: {told.matched} matches, {told.decided} decided")
    if told.precision:
        out.print(f"right      {_share(told.precision)} of what the keywords found", markup=False)
    else:
        wait = ENOUGH - told.decided
        out.print(f"right      not said before {ENOUGH} decisions: {wait} more", markup=False)
    if told.missed and told.missed_in_all:
        low, high = told.missed_in_all
        out.print(f"missed     {_share(told.missed)} of the sample were about it", markup=False)
        out.print(
            f"           so {low} to {high} of {told.unmatched} other pieces may be", markup=False
        )
        return
    wait = min(ENOUGH, told.unmatched) - told.sampled
    line = f"missed     not said before {ENOUGH} of the sample were seen: "
    out.print(f"{line}jehona events quality {event.slug} --sample {max(wait, 1)}", markup=False)


def _share(told: Share) -> str:
    """`37 of 40 (93 %, 80 to 97 %)`."""
    low, high = round(100 * told.low), round(100 * told.high)
    return f"{told.found} of {told.of} ({round(100 * told.value)} %, {low} to {high} %)"
