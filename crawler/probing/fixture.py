"""A look's answers as an offline fixture: their shape, and none of their words.

`answers.json` lists what was asked, in order; beside it lies what came. A test serves the folder
again, or reads it with the pure readers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.config import RegistryError
from crawler.config.files import reason
from crawler.probing.kept import ending_of
from crawler.reading.anonymize import HOST, Scrubber, words_of
from crawler.reading.packing import ungzipped
from crawler.reading.page.html import decoded
from crawler.reading.sitemaps import UNPACKED
from crawler.urls import host_of

if TYPE_CHECKING:
    from spiders.asking import Answer


def write_fixture(answers: Sequence[Answer], folder: Path, *, home: str, name: str) -> Path:
    """Write the scrubbed answers and return the folder.

    Raises RegistryError where the folder exists (a person has perhaps reviewed it) or the disk
    refuses.
    """
    if folder.exists():
        raise RegistryError(
            "{folder}: exists, and is never overwritten; move it away first", folder=folder
        )
    texts = [_text(answer) for answer in answers]
    vocabulary = set().union(*map(words_of, texts))
    scrubber = Scrubber(vocabulary, names=(name, host_of(home).rpartition(".")[0]))
    try:
        folder.mkdir(parents=True)
        rows = [
            _write(answer, scrubber.document(text), number, folder, scrubber)
            for number, (answer, text) in enumerate(zip(answers, texts, strict=True), 1)
        ]
        listed = json.dumps({"host": HOST, "answers": rows}, ensure_ascii=False, indent=1)
        (folder / "answers.json").write_text(listed + "\n", "utf-8", newline="\n")
    except OSError as error:
        raise RegistryError("{folder}: {reason}", folder=folder, reason=reason(error)) from error
    return folder


def _text(answer: Answer) -> str:
    """The answer in letters: gzip undone, the charset that it declares, else its best guess."""
    return decoded(ungzipped(answer.body, most=UNPACKED).body, answer.charset)


def _write(
    answer: Answer, text: str, number: int, folder: Path, scrubber: Scrubber
) -> dict[str, object]:
    kind = answer.headers.get("content-type", "")
    name = f"{number:02d}.{ending_of(kind)}"
    (folder / name).write_text(text, "utf-8", newline="\n")
    return {
        "file": name,
        "url": scrubber.url(answer.url),
        "status": answer.status,
        "content-type": kind.partition(";")[0].strip(),
        "fetched": answer.fetched.isoformat(timespec="seconds"),
    }
