"""An event as the TOML file that a press officer would have written, and small changes to it.

What is written is read back before it counts. Changes keep what a person wrote around them,
comments and order too (tomlkit).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import tomlkit

from crawler.config.edited import Table, edit, part, put
from crawler.config.events import READERS, WORDS, read_event
from crawler.config.files import reason
from crawler.config.outlet_file import Pair, aligned, quoted
from crawler.config.refusals import RegistryError
from crawler.files import write_whole
from crawler.models import Event, EventWords, KeyMessage, Keywords, Language, OwnTexts

_LINE: Final = re.compile(r"\Aline \d+: ")


def event_text(event: Event) -> str:
    """The TOML of an event."""
    top = "\n".join(aligned(_top(event)))
    told = "".join(_translation(words) for words in event.translations)
    own = _release(event.release) + "".join(map(_message, event.messages))
    return f"{top}\n\n{told}[keywords]\n{_keywords(event.keywords)}\n{own}"


def write_event(event: Event, folder: Path, *, outlets: Collection[str]) -> Path:
    """Write `folder`/SLUG.toml and return it.

    Raises RegistryError where the file exists (nothing is overwritten), cannot be written, or
    would not be read back: a bad term, a window that ends before it begins, a stranger's outlet.
    """
    path = folder / f"{event.slug}.toml"
    try:
        write_whole(path, event_text(event))
    except FileExistsError:
        raise RegistryError(
            "{path}: exists, and is never overwritten; --slug names another", path=path
        ) from None
    except OSError as error:
        raise RegistryError("{path}: {reason}", path=path, reason=reason(error)) from error
    try:
        read_event(path, zone_of_office=event.zone, outlets=outlets)
    except RegistryError as refused:
        path.unlink()
        # nobody can look at a line of a file that is not there
        why = _LINE.sub("", str(refused).removeprefix(f"{path}: "))
        raise RegistryError("{name} was not written: {why}", name=path.name, why=why) from None
    return path


def set_expected(path: Path, outlets: Sequence[str]) -> None:
    """Writes `expected_outlets` into an event's file and leaves everything else as it stands.

    Raises RegistryError where the file cannot be written.
    """
    document = tomlkit.parse(path.read_text("utf-8-sig"))
    document["expected_outlets"] = list(outlets)
    try:
        write_whole(path, tomlkit.dumps(document), replace=True)
    except OSError as error:
        raise RegistryError("{path}: {reason}", path=path, reason=reason(error)) from error


def set_excluded(path: Path, forms: Sequence[str]) -> None:
    """Writes `[keywords] except` into an event's file and leaves everything else as it stands.

    Raises RegistryError where the file cannot be written.
    """
    document = tomlkit.parse(path.read_text("utf-8-sig"))
    keywords = document.setdefault("keywords", tomlkit.table())
    if forms:
        keywords["except"] = list(forms)
    else:
        keywords.pop("except", None)
    try:
        write_whole(path, tomlkit.dumps(document), replace=True)
    except OSError as error:
        raise RegistryError("{path}: {reason}", path=path, reason=reason(error)) from error


def set_keywords(
    path: Path,
    keywords: Keywords,
    *,
    zone: str,
    outlets: Collection[str],
    digest: str | None = None,
) -> None:
    """Writes `[keywords]` into an event's file and leaves everything else as it stands.

    Keys that say the same already are not touched. Raises ChangedMeanwhile where the file is not
    the one of `digest`; RegistryError where it cannot be written or would not be read back.
    """

    def change(document: Table) -> None:
        _keywords_into(part(document, "keywords"), keywords)

    edit(
        path,
        change,
        read_back=lambda: read_event(path, zone_of_office=zone, outlets=outlets),
        digest=digest,
    )


TOP: Final = {
    "title": "title",
    "date": "date",
    "from": "first_day",
    "to": "last_day",
    "place": "place",
    "organiser": "organiser",
    "introduction": "introduction",
    "language": "language",
}
# keys of the file, with the noun's own names


def set_event(
    path: Path, event: Event, *, zone: str, outlets: Collection[str], language: Language,
    digest: str | None = None,
) -> None:  # fmt: skip
    """Makes an event's file say what `event` says, but for its keywords.

    Only what is another than the file says is written. Raises as `set_keywords`.
    """
    read_back = partial(read_event, path, zone_of_office=zone, outlets=outlets, language=language)
    before = read_back()

    def change(document: Table) -> None:
        for key, name in TOP.items():
            if getattr(event, name) != getattr(before, name):
                put(document, key, getattr(event, name))
        put(document, "expected_outlets", list(event.expected_outlets))
        _translations_into(document, event)
        _messages_into(document, event.messages)
        if event.release.files != before.release.files:
            put(part(document, "release"), "files", list(event.release.files))
        if not document.get("release", True):
            document.pop("release")

    edit(path, change, read_back=read_back, digest=digest)


def _translations_into(document: Table, event: Event) -> None:
    told = {words.language: words for words in event.translations}
    for code in READERS:
        if code in told:
            table = part(document, code)
            for key in WORDS:
                put(table, key, getattr(told[code], key))
        else:
            document.pop(code, None)


def _messages_into(document: Table, messages: Sequence[KeyMessage]) -> None:
    """Each message keeps its table, which its name finds; where as many names went as came, the
    messages are the same, renamed.
    """
    tables = document.get("message", tomlkit.aot())
    there, names = [str(table.get("name")) for table in tables], [one.name for one in messages]
    gone = [at for at, name in enumerate(there) if name not in names]
    come = [name for name in names if name not in there]
    if len(gone) == len(come):
        for at, name in zip(gone, come, strict=True):
            there[at] = name
    else:
        for at in reversed(gone):
            del tables[at]
            del there[at]
    for message in messages:
        if message.name not in there:
            tables.append(tomlkit.table())
            there.append(message.name)
        table = tables[there.index(message.name)]
        put(table, "name", message.name)
        put(table, "name_en", message.name_en)
        put(table, "any", _a_group_a_line(message.any))
    if not messages:
        document.pop("message", None)
    elif "message" not in document:
        document["message"] = tables


def _keywords_into(table: Table, keywords: Keywords) -> None:
    put(table, "any", _a_group_a_line(keywords.any))
    for key, terms in (
        ("all", keywords.all),
        ("not", keywords.none),
        ("names", keywords.names),
        ("except", keywords.excluded),
    ):
        put(table, key, list(terms))


def _a_group_a_line(groups: Sequence[Sequence[str]]) -> Table:
    lines = tomlkit.array()
    lines.extend(list(group) for group in groups)
    return lines.multiline(multiline=True)


def _top(event: Event) -> Iterator[Pair]:
    yield "title", quoted(event.title)
    if event.date:
        yield "date", event.date.isoformat()
    yield "from", event.first_day.isoformat()
    yield "to", event.last_day.isoformat()
    yield "zone", quoted(event.zone)
    for key in ("place", "organiser", "introduction", "language"):
        if value := getattr(event, key):
            yield key, quoted(value)
    if event.expected_outlets:
        yield "expected_outlets", _list(event.expected_outlets)


def _translation(words: EventWords) -> str:
    keys = ("title", "introduction", "place", "organiser")
    told = [(key, quoted(value)) for key in keys if (value := getattr(words, key))]
    body = "\n".join(aligned(told)) if told else ""
    return f"[{words.language}]\n{body}\n\n"


def _keywords(keywords: Keywords) -> str:
    lines = [_groups(keywords.any)]
    named = {
        "all": keywords.all,
        "not": keywords.none,
        "names": keywords.names,
        "except": keywords.excluded,
    }
    lines += [f"{key:<5} = {_list(terms)}" for key, terms in named.items() if terms]
    return "\n".join(lines)


def _groups(groups: Sequence[Sequence[str]]) -> str:
    body = "".join(f"  {_list(group)},\n" for group in groups)
    return f"any   = [\n{body}]"


def _message(message: KeyMessage) -> str:
    names = {"name": message.name, "name_en": message.name_en}
    told = aligned([(key, quoted(value)) for key, value in names.items() if value])
    return "\n".join(["\n[[message]]", *told, _groups(message.any), ""])


def _release(own: OwnTexts) -> str:
    named = {"files": own.files, "statements": own.statements}
    told = [(key, _list(paths)) for key, paths in named.items() if paths]
    return "\n".join(["\n[release]", *aligned(told), ""]) if told else ""


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, values))}]"
