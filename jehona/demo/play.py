"""The demo's way of one event: crawl, checks by hand, review, every paper, in an invented town."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from typing import Final

from crawler.config import load_workspace, outlets_asked
from crawler.models import Event
from crawler.run.conductor import Plan
from jehona import actions
from jehona.actions.checks import HandCheck
from jehona.actions.office import Office
from jehona.actions.roundup import RoundupOptions
from jehona.demo.server import Newsroom
from jehona.demo.town import demo_checks, demo_desks, write_demo_workspace
from reports.forms import Form, ReportForm

# Who decides in the demo.
BY: Final = "Ardita, zyra e shtypit"
# Number of its newsletter.
ISSUE: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The office of the demo, while its outlets are served."""

    office: Office
    event: Event
    # how many of each are served
    outlets: int
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What the demo wrote."""

    # the report as Markdown
    words: str
    report: Path
    post: Path
    newsletter: Path


@contextmanager
def opened(folder: Path) -> Iterator[Town]:
    """Serves the newsroom on loopback, with a workspace in `folder` that points at it."""
    newsroom = Newsroom(demo_desks(), clock=lambda: datetime.now(UTC))
    with newsroom.open() as addresses:
        workspace = load_workspace(write_demo_workspace(folder, addresses))
        office = Office(workspace=workspace, name=BY)
        served = newsroom.desks.values()
        yield Town(
            office=office,
            event=next(iter(office.events().values())),
            outlets=len(served),
            posts=sum(len(each.listed()) for each in served),
        )


def plan(town: Town) -> Plan:
    """The crawl of the event at the outlets it expects."""
    event = town.event
    outlets = outlets_asked(town.office.outlets(), event, [])
    workspace = town.office.workspace
    return Plan(workspace=workspace, outlets=outlets, event=event, window=event.window)


def check_by_hand(town: Town) -> Iterator[HandCheck]:
    """What people found where no machine can look."""
    for seen in demo_checks():
        there = replace(town.office, name=seen.by, clock=repeat(seen.at).__next__)
        yield actions.checks.by_hand(
            there, seen.outlet, event=town.event.slug, found=seen.found, note=seen.note
        )


def review(town: Town) -> tuple[int, int]:
    """What a person would do with the queue: accept what is certain, leave the doubtful ones.

    How many were accepted, and how many are left.
    """
    office, event = town.office, town.event.slug
    made = actions.review.accept_all(office, event).made
    return len(made), len(actions.review.queue(office, event).pieces)


def tell(town: Town) -> Papers:
    """Write the report in its forms, the post and the newsletter into the workspace's `out`."""
    office, slug = town.office, town.event.slug
    language = office.workspace.language
    made = actions.report.kept_report(office, slug)
    report = actions.report.written(office, made, list(ReportForm), language=language)
    names = {f"{slug}.{form.ending}": paper.body for form, paper in report.items()}
    roundup = actions.roundup.made_of(made, RoundupOptions(language=language))
    for form in (Form.HTML, Form.MD):
        names[f"{slug}-post.{form.value}"] = actions.roundup.text(office, roundup, form)
    actions.papers.save_out(office, names)
    actions.newsletter.propose(office, [slug], ISSUE)
    place = actions.newsletter.place_of(office, ISSUE)
    issue = actions.newsletter.issue_of(office, ISSUE, place, language)
    out = office.workspace.out
    return Papers(
        words=str(report[ReportForm.MD].body),
        report=out / f"{slug}.html",
        post=out / f"{slug}-post.html",
        newsletter=actions.newsletter.preview(office, issue).paths[0],
    )
