"""A drawing of ours as a picture, for papers that hold no SVG: set by Typst, in our own fonts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).resolve().parents[1] / "fonts"
# Pixels an inch: what a printer needs for letters of eight points.
SHARPNESS: Final = 200.0
PAGE: Final = """
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.drawing), format: "svg")
"""


def png_of(drawing: str) -> bytes:
    """The SVG as a PNG; the same drawing gives the same bytes."""
    import typst  # noqa: PLC0415 - 80 MB, only for who asks for a paper with charts

    made = typst.compile(
        PAGE.encode(),
        format="png",
        ppi=SHARPNESS,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
        ),
        sys_inputs={"drawing": drawing},
    )
    assert isinstance(made, bytes)
    return made
