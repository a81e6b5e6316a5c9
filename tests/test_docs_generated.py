"""The generated parts of the docs say what the code says: `make docs` writes them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WRITERS = ("catalogue", "schema", "docs")


@pytest.mark.parametrize("writer", WRITERS)
def test_a_generated_page_is_fresh(writer: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"scripts.{writer}", "--check"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stderr}run: make docs"


def test_every_writer_is_asked() -> None:
    written = {
        path.stem for path in (ROOT / "scripts").glob("*.py") if "--check" in path.read_text()
    }
    assert written == set(WRITERS)
