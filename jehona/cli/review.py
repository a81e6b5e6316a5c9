"""`jehona review`: the queue of an event, one key a piece; or verdicts by option, for scripts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer

from crawler.models import Article, Because, Event, Match, Outlet, Verdict
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    print_json,
    shown,
    who,
    words,
    workspace_of,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from crawler.record import Record
    from jehona.actions.review import Key

Pair = tuple[Article, Match]
PANEL: Final = "Relate"
KEYS: Final = "accept reject skip why open note undo quit"
REASONS: Final = 2
# shown before anybody asks why


def review(
    event: Annotated[str, typer.Argument(metavar="EVENT")],
    accept: Annotated[
        list[str] | None, typer.Option("--accept", metavar="URL", help="May be given often.")
    ] = None,
    reject: Annotated[
        list[str] | None, typer.Option("--reject", metavar="URL", help="May be given often.")
    ] = None,
    accept_all: Annotated[
        bool, typer.Option("--accept-all", help="All that wait, but for the doubtful ones.")
    ] = False,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help="With --accept-all: the doubtful ones too.")
    ] = False,
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="Beside these decisions.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who decides. Else JEHONA_USER.")
    ] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Decide which pieces are about an event: one after the other, or by option.

    Every decision is kept at once, with who and when; nothing undoes it but a person.
    """
    from crawler.config import load_event, load_outlets  # noqa: PLC0415
    from crawler.record import open_existing  # noqa: PLC0415

    desk = workspace_of(workspace)
    found, outlets = load_event(desk, event), load_outlets(desk)
    name = who(by)
    # a typed event of an empty workspace must not make a record
    with open_existing(desk.record, desk.snapshots) as record:
        said = {"accepted": accept or [], "rejected": reject or []}
        _one_verdict_each(said)
        if accept or reject or accept_all:
            made = _by_option(
                record, found, outlets, said, name, note, everything=accept_all, doubtful=doubtful
            )
            _tell(found, made, as_json=as_json)
            return
        if doubtful:
            raise Wrong("--doubtful goes with --accept-all")
        if as_json:
            raise Wrong("--json goes with --accept, --reject or --accept-all")
        _walk(record, found, outlets, name)


def _one_verdict_each(said: dict[str, list[str]]) -> None:
    """Raises Wrong for an address with two verdicts at once."""
    for url in said["accepted"]:
        if url in said["rejected"]:
            raise Wrong(f"{shown(url)}: --accept and --reject at once: which?")


def _by_option(
    record: Record,
    event: Event,
    outlets: dict[str, Outlet],
    said: dict[str, list[str]],
    by: str,
    note: str | None,
    *,
    everything: bool,
    doubtful: bool,
) -> list[tuple[str, str]]:
    """Verdicts by address, all of them or none; gives address and verdict."""
    from jehona.actions.review import decide  # noqa: PLC0415

    made: list[tuple[str, str]] = []
    now = datetime.now(UTC)
    with record.transaction():
        for verdict in ("accepted", "rejected"):
            for url in said[verdict]:
                article = _article(record, event, url)
                decide(record, event.slug, article.key, _verdict(verdict), by=by, at=now, note=note)
                made.append((article.url, verdict))
        if everything:
            for article, match in _queue(record, event, outlets):
                if doubtful or match.doubt is None:
                    decide(record, event.slug, article.key, "accepted", by=by, at=now, note=note)
                    made.append((article.url, "accepted"))
    return made


def _verdict(text: str) -> Verdict:
    return "accepted" if text == "accepted" else "rejected"


def _article(record: Record, event: Event, url: str) -> Article:
    """The article of an address or key. Raises Wrong with the way on."""
    from crawler.record import read  # noqa: PLC0415

    article = read.article(record, url)
    if article is None:
        raise Wrong(
            f"{shown(url)}: the record has no such piece: "
            f"`jehona clip URL --event {event.slug}` adds one by hand"
        )
    return article


def _queue(record: Record, event: Event, outlets: dict[str, Outlet]) -> list[Pair]:
    """What waits at the outlets of the event's list."""
    from crawler import event_matches  # noqa: PLC0415
    from crawler.config import outlets_asked  # noqa: PLC0415
    from jehona.actions.review import queue_of  # noqa: PLC0415

    asked = {outlet.slug for outlet in outlets_asked(outlets, event, [])}
    return queue_of(
        [pair for pair in event_matches.match_event(record, event) if pair[0].outlet in asked]
    )


def _tell(event: Event, made: Sequence[tuple[str, str]], *, as_json: bool) -> None:
    if as_json:
        rows = [{"url": url, "decision": verdict} for url, verdict in made]
        print_json({"event": event.slug, "decisions": rows})
        return
    for url, verdict in made:
        words().print(f"{verdict:<9} {url}", markup=False)
    if not made:
        words().print(f"{event.slug}: nothing waits", markup=False)


def _walk(record: Record, event: Event, outlets: dict[str, Outlet], by: str) -> None:
    from jehona.actions.review import Walk  # noqa: PLC0415

    queue = _queue(record, event, outlets)
    out = words()
    if not queue:
        out.print(f"{event.slug}: nothing waits for review", markup=False)
        out.print(f"next: jehona report {event.slug}", markup=False)
        return
    names = {slug: outlet.name for slug, outlet in outlets.items()}
    voice = Terminal(out, event, names)
    walk = Walk(
        record=record, event=event.slug, by=by, clock=lambda: datetime.now(UTC), voice=voice
    )
    done = walk.through(queue)
    line = f"{done.accepted} accepted, {done.rejected} rejected, {done.left} still wait"
    out.print(f"\n{event.slug}: {line}", markup=False)


class Terminal:
    """A person at a terminal, or lines that a script writes."""

    def __init__(self, out: Console, event: Event, names: dict[str, str]) -> None:
        self.out = out
        self.event = event
        self.names = names

    def show(self, pair: Pair, at: int, of: int) -> None:
        """One piece: who, when, what, and the best reasons."""
        from rich.text import Text  # noqa: PLC0415

        article, match = pair
        when = _when(article, self.event)
        self.out.print()
        self.out.print(
            Text.assemble(
                (f"{at}/{of}  ", "dim"),
                (shown(self.names.get(article.outlet, article.outlet)), "bold"),
                (f"  {when}  score {match.score:.2f}", "dim"),
            )
        )
        self.out.print(Text(shown(article.headline) or shown(article.url), style="bold"))
        for why in match.because[:REASONS]:
            self.out.print(_reason(why))
        if match.doubt:
            self.out.print(Text(f"  doubtful: {match.doubt}", style="yellow"))

    def why(self, pair: Pair) -> None:
        """Every reason, what helped and hurt, and the address."""
        from rich.text import Text  # noqa: PLC0415

        article, match = pair
        for reason in match.because:
            self.out.print(_reason(reason))
        for sign in match.signals:
            style = "green" if sign.worth > 0 else "yellow"
            line = f"  {sign.worth:+.2f} {sign.kind}: {shown(sign.words)}"
            self.out.print(Text(line, style=style))
        self.out.print(Text(f"  {shown(article.url)}", style="dim"))

    def key(self) -> Key:
        """One key on a terminal, the first sign of a line from elsewhere; end of input quits."""
        from jehona.actions.review import Key  # noqa: PLC0415

        while True:
            self.out.print(_keys(), end="  ")
            try:
                sign = self._sign()
            except (KeyboardInterrupt, EOFError):
                self.out.print()
                raise KeyboardInterrupt from None
            if sign in tuple(Key):
                self.out.print(sign)
                return Key(sign)
            self.out.print(
                f"{shown(sign)}: no such key" if sign.isprintable() else "", markup=False
            )

    def _sign(self) -> str:
        if sys.stdin.isatty():
            return typer.getchar().lower()
        line = sys.stdin.readline()
        return line.strip()[:1].lower() if line else "q"

    def note(self) -> str | None:
        """A line of words."""
        self.out.print("note (goes with your next decision): ", end="", markup=False)
        return sys.stdin.readline().strip() or None

    def open(self, url: str) -> None:
        """The browser, for addresses of the web only."""
        if url.startswith(("http://", "https://")):
            typer.launch(url)

    def say(self, line: str) -> None:
        """One line."""
        self.out.print(line, markup=False)


def _when(article: Article, event: Event) -> str:
    if article.published is None:
        return "undated"
    local = article.published.astimezone(ZoneInfo(event.zone))
    return f"{local:%Y-%m-%d}" if article.precision == "day" else f"{local:%Y-%m-%d %H:%M}"


def _keys() -> Text:
    """What may be pressed, its letter in bold."""
    from rich.text import Text  # noqa: PLC0415

    line = Text()
    for word in KEYS.split():
        line.append(word[0], "bold").append(f"{word[1:]} ")
    line.rstrip()
    return line


def _reason(why: Because) -> Text:
    """`  headline  …hapet Festa e Librit në…` with the words found made bold."""
    from rich.text import Text  # noqa: PLC0415 - words of others are never markup

    line = Text(f"  {why.place or why.field:<14} ", style="dim")
    snippet, form = shown(why.snippet), shown(why.form)
    before, found, after = snippet.partition(form)
    line.append(before, style="not dim")
    line.append(found, style="bold cyan not dim")
    line.append(after, style="not dim")
    return line
