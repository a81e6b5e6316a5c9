"""`jehona demo`: the whole way of one event in an invented newsroom, from the crawl to the post."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from jehona.cli.common import shown, words
from jehona.cli.crawl import crawl_once
from jehona.cli.report import show

if TYPE_CHECKING:
    from jehona.demo.play import Papers


def demo(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Keep the workspace here.")
    ] = None,
    show_papers: Annotated[
        bool, typer.Option("--open", help="Open report, post and newsletter when done.")
    ] = False,
) -> None:
    """Crawl a fictional newsroom on this machine, offline: the whole way of one event."""
    papers = play(output or Path(tempfile.mkdtemp(prefix="jehona-demo-")))
    for paper in (papers.report, papers.post, papers.newsletter) if show_papers else ():
        typer.launch(str(paper))


def play(folder: Path) -> Papers:
    """Serve the newsroom, crawl it, check by hand, review, write every paper, and print it all."""
    from jehona.demo import play as steps  # noqa: PLC0415 - not on the path of --help

    # who only wanted the beginning (`| head`) gets the papers all the same
    out = words(unheard=True)
    with steps.opened(folder) as town:
        served = f": {town.outlets} invented outlets, {town.posts} posts, on loopback"
        out.print(Text.assemble((town.event.title, "bold"), served))
        crawl_once(town.office, steps.plan(town), wait=0)
    for made in steps.check_by_hand(town):
        seen = f"checked by hand by {shown(made.check.by)}, {made.check.read} found"
        out.print(f"{made.outlet.slug}: {seen}")
    accepted, left = steps.review(town)
    doubtful = f", {left} doubtful left" if left else ""
    out.print(f"reviewed by {steps.BY}: {accepted} accepted{doubtful}")
    papers = steps.tell(town)
    out.rule()
    show(papers.words, out, typeset=True)
    out.rule()
    workspace = town.office.workspace
    for what, path in {
        "report": papers.report,
        "post": papers.post,
        "newsletter": papers.newsletter,
        "record": workspace.record,
        "workspace": workspace.root,
    }.items():
        out.print(f"{what:<10} {path}")
    return papers
