"""`jehona demo`: the whole way of one event in an invented newsroom, from the crawl to the post."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.text import Text

from jehona.cli.asking import at_terminal
from jehona.cli.common import shown, words
from jehona.cli.crawl import crawl_once
from jehona.cli.desk import run
from jehona.cli.report import show
from jehona.cli.speech import tell

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.models import Workspace
    from jehona.demo.play import Papers, Town

# Lines of the report that are shown: what it says at a glance, and its first headlines.
BEGINNING: Final = 16


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
    """Crawl a fictional newsroom on this machine, offline: the whole way of one event.

    At a terminal the newsroom is served until you end it, so that the links of the papers lead.
    """
    folder = output or Path(tempfile.mkdtemp(prefix="jehona-demo-"))
    if desk:
        at_desk(folder)
        return
    with played(folder) as papers:
        for paper in (papers.report, papers.post, papers.newsletter) if show_papers else ():
            typer.launch(str(paper))
        if at_terminal():
            words().print(tell("\nits links lead while the newsroom is served: Enter ends it"))
            with suppress(KeyboardInterrupt):
                sys.stdin.readline()


def at_desk(folder: Path) -> None:
    """Serve the newsroom, crawl it, check by hand, and open the desk there until Ctrl-C."""
    with _crawled(folder, words(unheard=True)) as (steps, town):
        for _ in steps.check_by_hand(town):
            pass
        run(folder, port=None, show=True)


def play(folder: Path) -> Papers:
    """The demo, played and over."""
    with played(folder) as papers:
        return papers


@contextmanager
def played(folder: Path) -> Iterator[Papers]:
    """Serve the newsroom, crawl it, check by hand, review, write every paper; served meanwhile."""
    # who only wanted the beginning (`| head`) gets the papers all the same
    out = words(unheard=True)
    with _crawled(folder, out) as (steps, town):
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
        show("\n".join(papers.words.splitlines()[:BEGINNING]), out, typeset=True)
        out.rule()
        _say_places(papers, town.office.workspace, out)
        yield papers


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
        "folder": workspace.root,
    }.items():
        out.print(f"{tell(what):<10} {path}")
