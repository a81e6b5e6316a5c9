"""`jehona demo`: the whole way of one event in an invented newsroom, from the crawl to the post."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from jehona.cli.common import shown, words
from jehona.cli.crawl import crawl_once
from jehona.cli.desk import run
from jehona.cli.report import show
from jehona.cli.speech import tell

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.models import Workspace
    from jehona.demo.play import Papers, Town


def demo(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Keep the workspace here.")
    ] = None,
    show_papers: Annotated[
        bool, typer.Option("--open", help="Open report, post and newsletter when done.")
    ] = False,
    desk: Annotated[
        bool, typer.Option("--desk", help="Only crawl, and open the desk: the review is yours.")
    ] = False,
) -> None:
    """Crawl a fictional newsroom on this machine, offline: the whole way of one event."""
    if desk:
        at_desk(output or Path(tempfile.mkdtemp(prefix="jehona-demo-")))
        return
    papers = play(output or Path(tempfile.mkdtemp(prefix="jehona-demo-")))
    for paper in (papers.report, papers.post, papers.newsletter) if show_papers else ():
        typer.launch(str(paper))


def at_desk(folder: Path) -> None:
    """Serve the newsroom, crawl it, check by hand, and open the desk there until Ctrl-C."""
    with _crawled(folder, words(unheard=True)) as (steps, town):
        for _ in steps.check_by_hand(town):
            pass
        run(folder, port=None, show=True)


def play(folder: Path) -> Papers:
    """Serve the newsroom, crawl it, check by hand, review, write every paper, and print it all."""
    # who only wanted the beginning (`| head`) gets the papers all the same
    out = words(unheard=True)
    with _crawled(folder, out) as (steps, town):
        pass
    for made in steps.check_by_hand(town):
        who, found = shown(made.check.by), made.check.read
        told = "{name}: checked by hand by {by}, {found} found"
        out.print(tell(told, name=made.outlet.slug, by=who, found=found))
    accepted, left = steps.review(town)
    doubtful = tell(", {left} doubtful left", left=left) if left else ""
    told = "reviewed by {by}: {accepted} accepted{doubtful}"
    out.print(tell(told, by=steps.BY, accepted=accepted, doubtful=doubtful))
    papers: Papers = steps.tell(town)
    out.rule()
    show(papers.words, out, typeset=True)
    out.rule()
    _say_places(papers, town.office.workspace, out)
    return papers


@contextmanager
def _crawled(folder: Path, out: Console) -> Iterator[tuple[ModuleType, Town]]:
    """The newsroom, served and crawled, and what can be done there."""
    from jehona.demo import play as steps  # noqa: PLC0415 - not on the path of --help

    with steps.opened(folder) as town:
        served = tell(
            ": {outlets} invented outlets, {posts} posts, on loopback",
            outlets=town.outlets,
            posts=town.posts,
        )
        out.print(Text.assemble((town.event.title, "bold"), served))
        crawl_once(town.office, steps.plan(town), wait=0)
        yield steps, town


def _say_places(papers: Papers, workspace: Workspace, out: Console) -> None:
    """Where everything is now, a line each."""
    for what, path in {
        "report": papers.report,
        "post": papers.post,
        "newsletter": papers.newsletter,
        "record": workspace.record,
        "workspace": workspace.root,
    }.items():
        out.print(f"{tell(what):<10} {path}")
