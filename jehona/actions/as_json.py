"""A result as one JSON document: what `--json` prints and the desk answers programs with."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from crawler.failure import Told


def text(document: Any) -> str:
    """A result as one JSON document."""
    return json.dumps(plain(document), ensure_ascii=False, indent=1)


def plain(value: Any) -> Any:
    """Dataclasses, dates and enums as JSON has them; instants keep their offset, sentences are
    English.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(value) if isinstance(value, date | Path | Told) else value
