"""The office's own texts: press releases and statements, as the files of `releases/` have them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from crawler.pickup.copying import Text
from crawler.pickup.sentences import Sentence, sentence, sentences_of
from crawler.reading.languages import read_language
from jehona.actions.errors import Wrong
from jehona.actions.office import Office
from reports.prose import plain_words, prose

LONGEST: Final = 200_000
# bytes of a text of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One of our own texts, as its file has it."""

    # as the event's file names it
    file: str
    # "sq"; None where it has no words
    language: str | None
    # its sentences
    text: Text


def release_of(office: Office, file: str) -> Release:
    """One text of ours: Markdown or plain. Raises Wrong where it cannot be read."""
    lines = plain_words(prose(_without_marks(_text(office, file))))
    told = tuple(each for line in lines for each in sentences_of(line))
    whole = " ".join(line.raw for line in told)
    tongue = read_language("", whole, prior=(office.workspace.language,)) if told else None
    return Release(file=file, language=tongue.code if tongue else None, text=Text(sentences=told))


def statement_lines(office: Office, file: str) -> tuple[Sentence, ...]:
    """A statement a line; list marks and quotation marks around it do not count. Raises Wrong."""
    lines = (line.strip(' \t-*•„“”«»"') for line in _text(office, file).splitlines())
    return tuple(sentence(line) for line in lines if any(map(str.isalnum, line)))


def _without_marks(text: str) -> str:
    """Marks of headings go; each heading is a paragraph of its own."""
    lines = (
        f"\n{line.lstrip('# ')}\n" if line.startswith("#") else line for line in text.splitlines()
    )
    return "\n".join(lines)


def _text(office: Office, file: str) -> str:
    """A file of releases/. Raises Wrong where it is none, too long or not UTF-8."""
    root = (office.workspace.root / "releases").resolve()
    path = (office.workspace.root / PurePosixPath(file)).resolve()
    if not path.is_relative_to(root):
        raise Wrong("{file}: leads out of {root}", file=file, root=root)
    try:
        if path.stat().st_size > LONGEST:
            raise Wrong(
                "{path}: longer than {longest:,} bytes: no press release",
                path=path,
                longest=LONGEST,
            )
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise Wrong(
            "{path}: {reason}: put the release there", path=path, reason=error.strerror or error
        ) from None
    except UnicodeDecodeError:
        raise Wrong("{path}: not UTF-8: save it as a text in UTF-8", path=path) from None
