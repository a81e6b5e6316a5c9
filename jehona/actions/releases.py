"""Press releases of ours: read from what was pasted, kept under `releases/`, and what they say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from crawler.config.refusals import RegistryError
from crawler.files import write_whole
from crawler.matching.proposing import Proposed, proposed
from crawler.record import NoRecord, read, search
from jehona.actions.errors import Wrong
from jehona.actions.office import Office
from jehona.actions.own_texts import LONGEST

__all__ = ["Proposed", "cleaned", "keep", "propose", "text_of", "there"]

FOLDER: Final = "releases"
# Files of one day and event that are tried: nobody sends out more.
MOST: Final = 50
# What a text may hold beside what is printed.
BLANK: Final = "\n\t "


def text_of(body: bytes) -> str:
    """The text of a file. Raises Wrong for what is none: a program, a picture, a Word document."""
    if len(body) > LONGEST:
        raise Wrong("longer than {longest:,} bytes: no press release", longest=LONGEST)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    return cleaned(text)


def cleaned(text: str) -> str:
    """What was pasted, with line ends of ours. Raises Wrong where it is too long or no text."""
    told = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    if len(told.encode()) > LONGEST:
        raise Wrong("longer than {longest:,} bytes: no press release", longest=LONGEST)
    if any(not sign.isprintable() and sign not in BLANK and sign < "\xa0" for sign in told):
        raise Wrong("that is no text in UTF-8: open the release, copy its words and paste them")
    return told


def propose(office: Office, text: str) -> Proposed:
    """Title, day, place and words of a release, weighed against the record where there is one.

    Raises Wrong where it is no text, RecordRefused.
    """
    told, now, zone = cleaned(text), office.clock(), office.workspace.zone
    try:
        with office.to_read() as record:
            total = read.counts(record).articles
            return proposed(
                told,
                now=now,
                zone=zone,
                frequency=lambda group: search.frequency(record, group),
                total=total,
            )
    except NoRecord:
        return proposed(told, now=now, zone=zone, frequency=None, total=0)


def keep(office: Office, text: str, *, day: date, slug: str) -> str:
    """Write a release into `releases/`, over nothing: what `[release] files` calls it.

    Raises Wrong where it is no text, RegistryError.
    """
    told = cleaned(text)
    folder = office.workspace.root / FOLDER
    for number in range(1, MOST + 1):
        name = f"{day.isoformat()}-{slug}{f'-{number}' if number > 1 else ''}.md"
        try:
            write_whole(folder / name, f"{told}\n")
        except FileExistsError:
            if (folder / name).read_text("utf-8") == f"{told}\n":
                return f"{FOLDER}/{name}"
            continue
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise RegistryError("{path}: {reason}", path=folder / name, reason=reason) from error
        return f"{FOLDER}/{name}"
    raise Wrong("{folder}: too many releases of this day", folder=folder)


def there(office: Office) -> tuple[str, ...]:
    """The texts of `releases/`, as an event's file calls them."""
    folder: Path = office.workspace.root / FOLDER
    files = (*folder.glob("*.md"), *folder.glob("*.txt"))
    return tuple(sorted(f"{FOLDER}/{file.name}" for file in files))
