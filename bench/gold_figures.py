"""What the labelled sets share: their rows, and precision, recall and F1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def rows_of(file: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def figures(*, tp: int, fp: int, fn: int, nothing: float | None = 0.0) -> dict[str, float | None]:
    """Precision, recall and F1; `nothing` where there was nothing to find or to expect."""
    named = {"precision": (tp, tp + fp), "recall": (tp, tp + fn), "f1": (2 * tp, 2 * tp + fp + fn)}
    return {
        name: round(part / whole, 4) if whole else nothing for name, (part, whole) in named.items()
    }
