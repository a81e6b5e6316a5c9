"""What a look asks, told while it is asked: a line a request in a file that somebody follows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.outcomes import Trouble

if TYPE_CHECKING:
    from crawler.probing.ways import Voice
    from spiders.asking import Answer


@dataclass(frozen=True, slots=True)
class Telling:
    """A voice whose questions are written down."""

    voice: Voice
    file: Path

    @property
    def left(self) -> int:
        """Requests that may still be made."""
        return self.voice.left

    async def get(self, url: str, *, also: Sequence[int] = ()) -> Answer:
        """The answer at `url`. Raises Trouble."""
        self._tell(url=url)
        try:
            answer = await self.voice.get(url, also=also)
        except Trouble as trouble:
            self._tell(url=url, reason=trouble.reason.value)
            raise
        self._tell(url=url, status=answer.status)
        return answer

    def _tell(self, **said: Any) -> None:
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(said, ensure_ascii=False) + "\n")


def telling(voice: Voice, file: Path | None) -> Voice:
    """The voice, with what it asks written to `file` where there is one."""
    return voice if file is None else Telling(voice, file)
