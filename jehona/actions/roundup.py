"""The roundup post of an event: what goes into it, whether it can go out, and its forms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.models import Language
from jehona.actions.office import Office
from jehona.actions.report import report_of
from reports.forms import Form, Group
from reports.models import Report
from reports.readiness import Readiness, State, readiness
from reports.roundup import Roundup, roundup, written
from reports.text_templates import copy_template


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundupOptions:
    """What of a report goes into the post, and how."""

    # of what readers see
    language: Language
    # what the headlines stand under
    group: Group = Group.OUTLET
    # without what nobody accepted
    accepted_only: bool = False
    # how complete the list is, at its foot
    completeness: bool = True
    # pieces per day, as a picture: of a post on a site
    chart: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A roundup, and whether it can be posted."""

    report: Report
    roundup: Roundup
    readiness: Readiness

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        can = self.readiness
        ready = can.state is State.NOW
        left = [obstacle.told for obstacle in can.obstacles] or [can.why]
        return {
            "event": self.report.event.slug,
            "ready": ready,
            "before_posting": [] if ready else left,
            "roundup": self.roundup,
        }


def compose(office: Office, event: str, options: RoundupOptions) -> Composed:
    """The roundup of an event as the record is; nothing is kept.

    Raises RegistryError for an unknown event, RecordRefused where there is no record yet.
    """
    report = report_of(office, event, language=options.language)
    return Composed(
        report=report,
        roundup=made_of(report, options),
        readiness=readiness(report, options.language),
    )


def made_of(report: Report, options: RoundupOptions) -> Roundup:
    """The roundup of a report."""
    return roundup(
        report,
        options.language,
        group=options.group,
        accepted_only=options.accepted_only,
        footnote=options.completeness,
    )


def text(office: Office, made: Roundup, form: Form) -> str:
    """The roundup in one form, by the workspace's own template. Raises TemplateBroken."""
    return written(made, form, own=office.workspace.templates)


def template(office: Office, form: Form) -> Path:
    """Puts a copy of the form's template where a person may change it; gives its place."""
    return copy_template(f"roundup.{form.value}", office.workspace.templates)
