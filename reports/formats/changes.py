"""What changed since an earlier version, as Markdown."""

from __future__ import annotations

from crawler.models import Event, Language
from reports.differences import Difference, Differences
from reports.formats.markdown import escape, link
from reports.words import say


def changes_to_markdown(changed: Differences, event: Event, language: Language) -> str:
    """What is told otherwise than in an earlier version, a section a kind."""
    words = {"since": changed.since, "version": changed.version}
    lines = [
        f"# {escape(event.title)}",
        "",
        f"**{escape(say('changed_since', language, **words))}**",
    ]
    if not changed:
        return "\n".join((*lines, "", escape(say("nothing_changed", language)), ""))
    kinds = {
        "changed_new": changed.new,
        "changed_dropped": changed.dropped,
        "changed_redated": changed.redated,
        "changed_retitled": changed.retitled,
    }
    for key, some in kinds.items():
        if some:
            lines += ["", f"## {escape(say(key, language))}", ""]
            lines += [_difference(one, language) for one in some]
    return "\n".join((*lines, ""))


def _difference(one: Difference, language: Language) -> str:
    told = link(one.headline or say("no_headline", language), one.url or "")
    line = f"- {escape(one.outlet)}: {told}"
    if one.old is None and one.new is None:
        return line
    return f"{line} · {escape(one.old or '–')} → {escape(one.new or '–')}"
