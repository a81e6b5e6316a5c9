"""`jehona review`: the queue of an event, one key a piece; or verdicts by option, for scripts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer
from rich.text import Text

from crawler.models import Article, Because
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    ByOption,
    EventArgument,
    EventOption,
    JsonOption,
    WorkspaceOption,
    office_of,
    one_event,
    print_json,
    shown,
    words,
)
from jehona.cli.speech import reader, tell
from jehona.cli.unasked import said_unasked

if TYPE_CHECKING:
    from jehona.actions.office import Office
    from jehona.actions.review import Piece, Queue, Verdicts

KEYS: Final = ("accept", "reject", "skip", "why", "open", "note", "undo", "quit")
# What people press for them: yes, po, no (jo).
MEANT: Final = {"y": "a", "p": "a", "j": "r"}
# Reasons that are shown before anybody asks why.
REASONS: Final = 2


def review(
    event: EventArgument = None,
    named: EventOption = None,
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
    by: ByOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Decide which pieces are about an event: one after the other, or by option.

    Every decision is kept at once, with who and when; nothing undoes it but a person.
    """
    office = office_of(workspace, by)
    slug = one_event(office, event, named)
    office.who()
    if accept or reject or accept_all:
        made = actions.review.decide(
            office,
            slug,
            accept=accept or [],
            reject=reject or [],
            waiting=("all" if doubtful else "sure") if accept_all else None,
            note=note,
        )
        _tell(made, as_json=as_json)
        return
    if doubtful:
        raise Wrong("--doubtful goes with --accept-all")
    if as_json:
        raise Wrong("--json goes with --accept, --reject or --accept-all")
    queue = actions.review.queue(office, slug)
    if queue.pieces:
        words().print(f"\n{slug}: {Walk(office, queue).through()}")
    elif not said_unasked(office, slug):
        words().print(
            tell("{slug}: nothing waits for review\nnext: jehona report {slug}", slug=slug)
        )


def _tell(made: Verdicts, *, as_json: bool) -> None:
    if as_json:
        print_json(made.as_json())
        return
    for url, one in made.made:
        words().print(f"{tell(one.value or 'taken back'):<9} {url}")
    if not made.made:
        words().print(tell("{event}: nothing waits", event=made.event))


class Walk:
    """One person's way through a queue; every decision is kept at once."""

    def __init__(self, office: Office, queue: Queue) -> None:
        self.office, self.queue, self.out = office, queue, words()
        # place in the queue and key, the latest last: what undo takes back
        self.made: list[tuple[int, str]] = []
        # the latest word upon each piece that this person knows of, by key
        self.seen = {piece.article.key: piece.seen for piece in queue.pieces}

    def through(self) -> str:
        """Walk until the queue or the person ends; gives what it brought, in words."""
        at, note = 0, None
        pieces = self.queue.pieces
        while at < len(pieces):
            self._show(at)
            key = self._asked(pieces[at])
            if key == "q":
                break
            if key == "n":
                self.out.print(tell("note (goes with your next decision): "), end="")
                note = sys.stdin.readline().strip() or None
                continue
            at = self._undo(at) if key == "u" else self._step(key, at, note)
            note = None
        verdicts = [verdict for _, verdict in self.made]
        accepted, rejected = verdicts.count("a"), verdicts.count("r")
        left = len(pieces) - len(verdicts)
        return tell(
            "{accepted} accepted, {rejected} rejected, {left} still wait",
            accepted=accepted,
            rejected=rejected,
            left=left,
        )

    def _step(self, key: str, at: int, note: str | None) -> int:
        """Keep a verdict, but for a skip; where the walk goes on."""
        article = self.queue.pieces[at].article.key
        if key != "s":
            made = actions.review.decide(
                self.office,
                self.queue.event.slug,
                accept=[article] if key == "a" else [],
                reject=[article] if key == "r" else [],
                note=note,
                seen={article: self.seen[article]},
            )
            for one in made.overruled:
                said = tell(one.value or "took the verdict back")
                self.out.print(
                    tell("  {by} {said} in the meantime; yours holds", by=one.by, said=said),
                    style="yellow",
                )
            self.made.append((at, key))
            self.seen[article] = made.made[0][1].uid
        return at + 1

    def _undo(self, at: int) -> int:
        """Take the last one back; where it stands."""
        if not self.made:
            self.out.print(tell("there is nothing to undo in this walk"))
            return at
        before, _ = self.made.pop()
        key = self.queue.pieces[before].article.key
        self.seen[key] = actions.review.undo(self.office, self.queue.event.slug, key).uid
        return before

    def _show(self, at: int) -> None:
        """One piece: who, when, what, and the best reasons."""
        piece, event = self.queue.pieces[at], self.queue.event
        article, match = piece.article, piece.match
        head = (f"{at + 1}/{len(self.queue.pieces)}  ", "dim")
        tail = (
            f"  {_when(article, ZoneInfo(event.zone))}  {tell('score')} {match.score:.2f}",
            "dim",
        )
        self.out.print()
        self.out.print(Text.assemble(head, (shown(piece.outlet_name), "bold"), tail))
        self.out.print(Text(shown(article.headline) or shown(article.handle), style="bold"))
        for why in match.because[:REASONS]:
            self.out.print(_reason(why))
        if doubt := actions.matches.doubt_in(match, reader().language):
            self.out.print(Text(tell("  doubtful: {doubt}", doubt=doubt), style="yellow"))

    def _asked(self, piece: Piece) -> str:
        """The next key that moves on; looking closer does not. Asks again for what is none."""
        while True:
            self.out.print(_keys(), end="  ")
            try:
                sign = self._sign()
            except (KeyboardInterrupt, EOFError):
                self.out.print()
                raise KeyboardInterrupt from None
            sign = MEANT.get(sign, sign)
            if sign not in {word[0] for word in KEYS}:
                self._explain(sign)
                continue
            self.out.print(sign)
            if sign == "w":
                self._why(piece)
            elif sign != "o":
                return sign
            elif piece.article.url.startswith(("http://", "https://")):
                typer.launch(piece.article.url)

    def _sign(self) -> str:
        """One key on a terminal, the first sign of a line from elsewhere; end of input quits."""
        if sys.stdin.isatty():
            return typer.getchar().lower()
        line = sys.stdin.readline()
        return line.strip()[:1].lower() if line else "q"

    def _explain(self, sign: str) -> None:
        """What the keys do, where one was pressed that is none: `?` asks for it."""
        if sign != "?" and sign.isprintable():
            self.out.print(tell("{key}: no such key", key=shown(sign)))
        self.out.print(
            tell(
                "a, y or p (po): it is about the event; r or j (jo): it is not; s: later; w: why "
                "it is here; o: in the browser; n: a private note; u: back to the last one; q: "
                "stop"
            )
        )

    def _why(self, piece: Piece) -> None:
        """Every reason, what helped and hurt, and the address."""
        for reason in piece.match.because:
            self.out.print(_reason(reason))
        for sign in piece.match.signals:
            style = "green" if sign.worth > 0 else "yellow"
            line = f"  {sign.worth:+.2f} {tell(sign.kind)}: {shown(sign.words)}"
            self.out.print(Text(line, style=style))
        self.out.print(Text(f"  {shown(piece.article.handle)}", style="dim"))


def _when(article: Article, zone: ZoneInfo) -> str:
    if article.published is None:
        return tell("undated")
    local = article.published.astimezone(zone)
    return f"{local:%Y-%m-%d}" if article.precision == "day" else f"{local:%Y-%m-%d %H:%M}"


def _keys() -> Text:
    """What may be pressed, its letter in bold."""
    line = Text()
    for word in KEYS:
        told = tell(word)
        rest = told[1:] if told[0] == word[0] else f" {told}"
        line.append(word[0], "bold").append(f"{rest} ")
    line.rstrip()
    return line


def _reason(why: Because) -> Text:
    """`  headline  …hapet Festa e Librit në…` with the words found made bold."""
    line = Text(f"  {tell(why.place or why.field):<14} ", style="dim")
    snippet, form = shown(why.snippet), shown(why.form)
    before, found, after = snippet.partition(form)
    line.append(before, style="not dim")
    line.append(found, style="bold cyan not dim")
    line.append(after, style="not dim")
    return line
