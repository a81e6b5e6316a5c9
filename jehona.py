"""The front door: one command line mounted from the two sides, and the demo that needs both."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler import __version__, cli
from crawler.cli.desk import WorkspaceOption, words
from crawler.models import Event, Workspace
from crawler.registry import load_events, load_outlets, load_workspace, outlets_asked
from reports import cli as telling

if TYPE_CHECKING:
    from rich.console import Console

USAGE, REFUSED, INTERRUPTED = 2, 4, 130
CUT_SHORT = "interrupted; what was read is kept, start again to go on"


def build() -> typer.Typer:
    """The whole command line."""
    app = typer.Typer(
        name="jehona",
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback(invoke_without_command=True)(front_door)
    cli.mount(app)
    telling.mount(app)
    app.command("demo", rich_help_panel="Begin")(demo)
    return app


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"jehona {__version__}")
        raise typer.Exit


def front_door(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Name and version.")
    ] = False,
) -> None:
    """What did the listed media publish about our event, how sure are we that this is all,
    and can we post the roundup now?
    """
    cli.desk.NAMED_FIRST.set(workspace)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def demo(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Keep the workspace here.")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the report when it is done.")] = False,
) -> None:
    """Crawl a fictional newsroom on this machine, offline: the whole way of one event."""
    folder = output or Path(tempfile.mkdtemp(prefix="jehona-demo-"))
    code, report = play(folder)
    if show:
        typer.launch(str(report))
    raise typer.Exit(code)


def play(folder: Path) -> tuple[int, Path]:
    """Serve the newsroom, crawl it, check by hand, report. The crawl's code, the report's file."""
    from crawler.newsroom import Newsroom  # noqa: PLC0415
    from crawler.newsroom.demo import demo_desks, write_demo_workspace  # noqa: PLC0415

    newsroom = Newsroom(demo_desks(), clock=lambda: datetime.now(UTC))
    with newsroom.open() as addresses:
        desk = load_workspace(write_demo_workspace(folder, addresses))
        event = next(iter(load_events(desk).values()))
        out = words()
        desks = newsroom.desks.values()
        posts = sum(len(d.listed()) for d in desks)
        out.print(
            f"[bold]{event.title}[/]: {len(desks)} invented outlets, {posts} posts, on loopback"
        )
        code = _crawl(desk, event)
    _check_by_hand(desk, event)
    return code, _tell(desk, event, out)


def _crawl(desk: Workspace, event: Event) -> int:
    from crawler.cli.crawling import crawl_once  # noqa: PLC0415
    from crawler.gather import Plan  # noqa: PLC0415

    outlets = outlets_asked(load_outlets(desk), event, [])
    plan = Plan(workspace=desk, outlets=outlets, event=event, window=event.window)
    crawl_once(plan, wait=0, as_json=False)
    return 0


def _check_by_hand(desk: Workspace, event: Event) -> None:
    """What a person found where no machine can look."""
    from crawler.cli.crawling import locked_record  # noqa: PLC0415
    from crawler.newsroom.demo import demo_checks  # noqa: PLC0415
    from crawler.record import write  # noqa: PLC0415

    with locked_record(desk, wait=0) as record:
        for seen in demo_checks():
            write.checked_by_hand(
                record,
                event=event.slug,
                outlet=seen.outlet,
                found=seen.found,
                note=seen.note,
                by=seen.by,
                at=seen.at,
            )
            line = f"{seen.outlet}: checked by hand by {seen.by}, {seen.found} found"
            words().print(line, markup=False)


def _tell(desk: Workspace, event: Event, out: Console) -> Path:
    """Write the report in its forms, show it, and say where everything is."""
    made = telling.report_of(desk, event.slug, now=datetime.now(UTC))
    desk.out.mkdir(parents=True, exist_ok=True)
    for form in telling.Format:
        text = telling.written(made, form, desk.language)
        telling.save(text, desk.out / f"{event.slug}.{form.value}")
    out.rule()
    telling.show((desk.out / f"{event.slug}.md").read_text("utf-8"), out, typeset=True)
    out.rule()
    for what, path in (("report", desk.out), ("record", desk.record), ("workspace", desk.root)):
        out.print(f"{what:<10} {path}", markup=False)
    return desk.out / f"{event.slug}.md"


def main() -> None:
    """The command `jehona`: exit codes as in the docs, one line for a person's mistake."""
    sys.exit(run(lambda: build()(prog_name="jehona", standalone_mode=False)))


def run(command: Callable[[], object]) -> int:
    """Run a command, turn what it raises into a line and an exit code."""
    try:
        ended = command()
    except typer.TyperException as wrong:
        return _say(" ".join(wrong.format_message().split()), USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return _say(CUT_SHORT, INTERRUPTED)
    except Exception as error:
        code = _code(error)
        if code is None:
            raise
        return _say(str(error), code)
    if ended == INTERRUPTED:
        return _say(CUT_SHORT, INTERRUPTED)
    return ended if isinstance(ended, int) else 0


def _code(error: Exception) -> int | None:
    """The exit code of an error that is a sentence for people; None: a fault of ours."""
    from crawler.cli.desk import Wrong  # noqa: PLC0415
    from crawler.record import RecordRefused  # noqa: PLC0415
    from crawler.registry import NoWorkspace, RegistryError  # noqa: PLC0415

    if isinstance(error, RecordRefused):
        return REFUSED
    return USAGE if isinstance(error, Wrong | RegistryError | NoWorkspace) else None


def _say(line: str, code: int) -> int:
    typer.echo(line, err=True)
    return code


if __name__ == "__main__":
    main()
