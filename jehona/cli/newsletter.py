"""`jehona newsletter`: an issue from a selection that one can edit, previewed, then sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from crawler.config.selections import HIGHEST
from crawler.models import Language, OutletKind, Selection, Workspace
from jehona.actions import report as report_action
from jehona.actions.errors import Wrong
from jehona.cli import newsletter_send
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    print_json,
    words,
    workspace_of,
)
from jehona.cli.report import LanguageOption, save_all
from jehona.cli.roundup import TEMPLATES

if TYPE_CHECKING:
    from crawler.record import Record
    from reports.brand import Logo
    from reports.mailing import Letter
    from reports.models import Report
    from reports.newsletter import Known, Newsletter, Part

FOLDER = "newsletters"
# of a workspace: the selections


def newsletter(
    number: Annotated[
        int, typer.Option("--number", "-n", metavar="N", min=1, max=HIGHEST, help="Of the issue.")
    ],
    event: Annotated[
        str | None,
        typer.Option("--event", metavar="EVENT", help="Propose a selection from this event."),
    ] = None,
    pick: Annotated[
        Path | None,
        typer.Option("--pick", metavar="FILE", help="The selection; else newsletters/N.toml."),
    ] = None,
    language: LanguageOption = None,
    send: Annotated[
        bool, typer.Option("--send", help="Send it; without this only a preview is made.")
    ] = False,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="ADDRESS", help="May be given several times."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="With --send: to those who have had it, too.")
    ] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """A numbered newsletter: what is inside, and each piece with headline, excerpt and link."""
    desk = workspace_of(workspace)
    spoken: Language = language.value if language else desk.language
    if again and not send:
        raise Wrong("--again goes with --send: a preview is made anew every time")
    if send and not to:
        raise Wrong("--send needs --to ADDRESS; without --send a preview is made")
    place = pick or desk.root / FOLDER / f"{number}.toml"
    now = datetime.now(UTC)
    if event is not None and pick is None:
        _propose(desk, event, number, place, now)
    issue, logo = _issue(desk, _selection(place, number), spoken, now)
    if send:
        told = newsletter_send.Issue(number=number, letter=letter_of(desk, issue, logo))
        newsletter_send.send(desk, told, to or [], now, again=again, as_json=as_json)
        return
    _preview(desk, issue, logo, place, as_json=as_json)


def _propose(desk: Workspace, event: str, number: int, place: Path, now: datetime) -> None:
    """Write a first selection, unless there is one: what an editor arranged is theirs."""
    from crawler.config.selections import write_selection  # noqa: PLC0415
    from reports.newsletter import proposal  # noqa: PLC0415

    out = words(to_stderr=True)
    if place.exists():
        out.print(f"{place} stands already and is used as it is", markup=False)
        return
    report = report_action.report_of(desk, event, now=now)
    made = proposal(report, _own_posts(desk, report), number)
    every = (*made.selection.picks, *made.others)
    if not every:
        raise Wrong(f"{event}: there is nothing to choose from yet: no piece, no post of your own")
    known = _told(desk, [pick.url for pick in every], report)
    write_selection(made.selection, place, known, others=made.others)
    more = f" ({len(made.others)} more at its end)" if made.others else ""
    out.print(f"wrote {place}{more}: move, delete, add entries, then run this again", markup=False)


def preview(desk: Workspace, event: str, number: int, language: Language, now: datetime) -> Path:
    """Propose an issue from an event and write its preview; gives the page."""
    place = desk.root / FOLDER / f"{number}.toml"
    if not place.exists():
        _propose(desk, event, number, place, now)
    issue, logo = _issue(desk, _selection(place, number), language, now)
    return _write_preview(desk, issue, logo)[0]


def _own_posts(desk: Workspace, report: Report) -> list[str]:
    """Addresses of what the office's own outlets published in the event's window, oldest first."""
    from crawler.config import load_outlets  # noqa: PLC0415
    from crawler.record import open_record, read  # noqa: PLC0415

    own = [o.slug for o in load_outlets(desk).values() if o.kind is OutletKind.OWN]
    if not own:
        return []
    with open_record(desk.record, desk.snapshots, readonly=True) as record:
        found = read.articles(record, window=report.event.window, outlets=own)
        return [article.url for article in found]


def _told(
    desk: Workspace, urls: Sequence[str], report: Report
) -> dict[str, tuple[str, str | None]]:
    """Headline and excerpt of each address, for the comments of a selection."""
    from crawler.record import open_record  # noqa: PLC0415
    from reports.newsletter import shortened  # noqa: PLC0415

    with open_record(desk.record, desk.snapshots, readonly=True) as record:
        know = knower(record, desk, report.event.slug)
        found = {url: one for url in urls if (one := know(url))}
    return {url: (one.headline or "", shortened(one.excerpt or "")) for url, one in found.items()}


def knower(record: Record, desk: Workspace, event: str | None) -> Callable[[str], Known | None]:
    """What the record has of an address, with people's own words first."""
    from crawler.config import load_outlets  # noqa: PLC0415
    from crawler.models import Decided  # noqa: PLC0415
    from crawler.record import decisions, read  # noqa: PLC0415
    from reports.newsletter import Known  # noqa: PLC0415

    outlets = load_outlets(desk)
    decided = decisions.holding(record, event or "")

    def know(url: str) -> Known | None:
        article = read.article(record, url)
        if article is None:
            return None
        said = decided.get(article.key, Decided())
        outlet = outlets.get(article.outlet)
        return Known(
            url=article.url,
            headline=said.headline or article.headline,
            excerpt=said.excerpt or article.lead or article.text,
            outlet=outlet.name if outlet else article.outlet,
            language=article.language,
        )

    return know


def _selection(place: Path, number: int) -> Selection:
    from crawler.config.selections import read_selection  # noqa: PLC0415

    if not place.exists():
        raise Wrong(f"{place}: there is no such selection: --event EVENT proposes one")
    selection = read_selection(place)
    if selection.number != number:
        raise Wrong(f"{place}: number: it says {selection.number}, the command says {number}")
    return selection


def _issue(
    desk: Workspace, selection: Selection, language: Language, now: datetime
) -> tuple[Newsletter, Logo | None]:
    from crawler.record import open_record  # noqa: PLC0415
    from reports.brand import logo_of  # noqa: PLC0415
    from reports.newsletter import NothingKnown, newsletter  # noqa: PLC0415

    today = now.astimezone(ZoneInfo(desk.zone)).date()
    try:
        logo = logo_of(desk)
        with open_record(desk.record, desk.snapshots, readonly=True) as record:
            know = knower(record, desk, selection.event)
            return newsletter(selection, know, language, desk.brand, today), logo
    except NothingKnown as unknown:
        raise Wrong(f"{selection.source}: {unknown}") from None


def _preview(
    desk: Workspace, issue: Newsletter, logo: Logo | None, place: Path, *, as_json: bool
) -> None:
    """The issue as files to look at; nothing leaves the machine."""
    out, paths = words(), _write_preview(desk, issue, logo)
    if as_json:
        print_json({"number": issue.number, "entries": len(issue.entries), "preview": paths})
        return
    for path in paths:
        out.print(f"wrote {path}", markup=False)
    out.print(f"{len(issue.entries)} entries in the order of {place}; --send --to sends it")


def _write_preview(desk: Workspace, issue: Newsletter, logo: Logo | None) -> list[Path]:
    """The page first, then Markdown and plain text."""
    from reports.newsletter import Part  # noqa: PLC0415

    endings = {Part.HTML: "html", Part.MD: "md", Part.TEXT: "txt"}
    papers: dict[Path, str | bytes] = {
        desk.out / f"newsletter-{issue.number}.{ending}": _part(
            desk, issue, part, logo.data_uri if logo else ""
        )
        for part, ending in endings.items()
    }
    desk.out.mkdir(parents=True, exist_ok=True)
    save_all(papers)
    return list(papers)


def _part(desk: Workspace, issue: Newsletter, part: Part, logo: str) -> str:
    from reports.newsletter import written  # noqa: PLC0415

    return written(issue, part, own=desk.root / TEMPLATES, logo=logo)


def letter_of(desk: Workspace, issue: Newsletter, logo: Logo | None) -> Letter:
    """The issue as it is mailed. Raises Wrong where jehona.toml does not say by whom."""
    from reports.mailing import LOGO, Letter  # noqa: PLC0415
    from reports.newsletter import Part  # noqa: PLC0415

    if desk.smtp is None or desk.smtp.sender is None:
        raise Wrong(f"{desk.root / 'jehona.toml'}: [smtp] host and from are needed to send")
    return Letter(
        sender=desk.smtp.sender,
        name=desk.brand.name,
        subject=issue.subject,
        html=_part(desk, issue, Part.HTML, f"cid:{LOGO}" if logo else ""),
        text=_part(desk, issue, Part.TEXT, ""),
        logo=logo,
    )
