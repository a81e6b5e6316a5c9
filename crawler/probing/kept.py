"""The raw answers of a look, on the disk: for the person who wonders, and for fixtures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.config import RegistryError
from crawler.config.files import reason

if TYPE_CHECKING:
    from spiders.asking import Answer

ENDINGS = (("json", "json"), ("html", "html"), ("xml", "xml"), ("rss", "xml"), ("atom", "xml"))
# what a Content-Type holds, and the file's ending


def keep_answers(answers: Sequence[Answer], folder: Path) -> Path:
    """Write each answer as it came, and `answers.json` which says what they are.

    An earlier look's answers are replaced. Raises RegistryError where the disk refuses.
    """
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        listed = [_keep(answer, number, folder) for number, answer in enumerate(answers, 1)]
        text = json.dumps(listed, ensure_ascii=False, indent=1)
        (folder / "answers.json").write_text(text + "\n", "utf-8", newline="\n")
    except OSError as error:
        raise RegistryError("{folder}: {reason}", folder=folder, reason=reason(error)) from error
    return folder


def _keep(answer: Answer, number: int, folder: Path) -> dict[str, object]:
    name = f"{number:02d}.{ending_of(answer.headers.get('content-type', ''))}"
    (folder / name).write_bytes(answer.body)
    return {
        "file": name,
        "url": answer.url,
        "landed": answer.landed,
        "status": answer.status,
        "content-type": answer.headers.get("content-type", ""),
        "charset": answer.charset,
        "fetched": answer.fetched.isoformat(timespec="seconds"),
    }


def ending_of(content_type: str) -> str:
    """A file's ending for a Content-Type."""
    kind = content_type.lower()
    return next((ending for word, ending in ENDINGS if word in kind), "txt")
