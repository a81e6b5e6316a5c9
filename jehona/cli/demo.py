"""`jehona demo`: the whole way of one event in an invented newsroom, from the crawl to the post."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.models import Event, Workspace
from jehona.actions import report as report_action
from jehona.cli import newsletter
from jehona.cli import report as report_cli
from jehona.cli import roundup as roundup_cli
from jehona.cli.common import words

if TYPE_CHECKING:
    from rich.console import Console

    from reports.models import Report

BY = "Ardita, zyra e shtypit"
# who decides in the demo
ISSUE = 1
# number of its newsletter


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What a demo left behind."""

    code: int
    # the crawl's exit code
    papers: tuple[Path, ...]
    # what `--open` opens: report, post, newsletter


def demo(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Keep the workspace here.")
    ] = None,
    show: Annotated[
        bool, typer.Option("--open", help="Open report, post and newsletter when done.")
    ] = False,
) -> None:
    """Crawl a fictional newsroom on this machine, offline: the whole way of one event."""
    folder = output or Path(tempfile.mkdtemp(prefix="jehona-demo-"))
    played = play(folder)
    for paper in played.papers if show else ():
        typer.launch(str(paper))
    raise typer.Exit(played.code)


def play(folder: Path) -> Played:
    """Serve the newsroom, crawl it, check by hand, review, and write every paper."""
    from rich.text import Text  # noqa: PLC0415

    from crawler.config import load_events, load_workspace  # noqa: PLC0415
    from jehona.demo import Newsroom  # noqa: PLC0415
    from jehona.demo.town import demo_desks, write_demo_workspace  # noqa: PLC0415

    newsroom = Newsroom(demo_desks(), clock=lambda: datetime.now(UTC))
    with newsroom.open() as addresses:
        desk = load_workspace(write_demo_workspace(folder, addresses))
        event = next(iter(load_events(desk).values()))
        out = words()
        desks = newsroom.desks.values()
        posts = sum(len(each.listed()) for each in desks)
        said = f": {len(desks)} invented outlets, {posts} posts, on loopback"
        out.print(Text.assemble((event.title, "bold"), said))
        _crawl(desk, event)
    _check_by_hand(desk, event)
    _review(desk, event)
    return Played(code=0, papers=_tell(desk, event, out))


def _crawl(desk: Workspace, event: Event) -> None:
    from crawler.config import load_outlets, outlets_asked  # noqa: PLC0415
    from crawler.run.conductor import Plan  # noqa: PLC0415
    from jehona.cli.crawl import crawl_once  # noqa: PLC0415

    outlets = outlets_asked(load_outlets(desk), event, [])
    plan = Plan(workspace=desk, outlets=outlets, event=event, window=event.window)
    crawl_once(plan, wait=0, as_json=False)


def _check_by_hand(desk: Workspace, event: Event) -> None:
    """What a person found where no machine can look."""
    from crawler.record import write  # noqa: PLC0415
    from jehona.cli.crawl import hand_record  # noqa: PLC0415
    from jehona.demo.town import demo_checks  # noqa: PLC0415

    with hand_record(desk) as record:
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


def _review(desk: Workspace, event: Event) -> None:
    """What a person would do with the queue: accept what is certain, leave the doubtful ones."""
    from crawler import event_matches  # noqa: PLC0415
    from crawler.record import open_record  # noqa: PLC0415
    from jehona.actions.review import decide, queue_of  # noqa: PLC0415

    with open_record(desk.record, desk.snapshots) as record, record.transaction():
        queue = queue_of(event_matches.match_event(record, event))
        sure = [article for article, match in queue if match.doubt is None]
        for article in sure:
            decide(record, event.slug, article.key, "accepted", by=BY, at=datetime.now(UTC))
    left = len(queue) - len(sure)
    doubtful = f", {left} doubtful left" if left else ""
    words().print(f"reviewed by {BY}: {len(sure)} accepted{doubtful}", markup=False)


def _tell(desk: Workspace, event: Event, out: Console) -> tuple[Path, ...]:
    """Write the report in its forms, the post and the newsletter; say where everything is."""
    made = report_action.kept_report(desk, event.slug, now=datetime.now(UTC))
    desk.out.mkdir(parents=True, exist_ok=True)
    papers = {
        desk.out / f"{event.slug}.{form.value}": report_cli.written(desk, made, form, desk.language)
        for form in report_cli.Format
    }
    report_cli.save_all({**papers, **dict(_post(desk, made))})
    issue = newsletter.preview(desk, event.slug, ISSUE, desk.language, datetime.now(UTC))
    out.rule()
    report_cli.show((desk.out / f"{event.slug}.md").read_text("utf-8"), out, typeset=True)
    out.rule()
    report, post = desk.out / f"{event.slug}.html", desk.out / f"{event.slug}-post.html"
    shown = {"report": report, "post": post, "newsletter": issue, "record": desk.record}
    for what, path in {**shown, "workspace": desk.root}.items():
        out.print(f"{what:<10} {path}", markup=False)
    return report, post, issue


def _post(desk: Workspace, made: Report) -> Iterator[tuple[Path, str]]:
    """The roundup as a page and as Markdown."""
    from reports.roundup import Form, roundup  # noqa: PLC0415

    post = roundup(made, desk.language)
    for form in (Form.HTML, Form.MD):
        place = desk.out / f"{made.event.slug}-post.{form.value}"
        yield place, roundup_cli.typeset_roundup(desk, post, form)
