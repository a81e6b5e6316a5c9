"""A terminal that takes words for words: nothing an outlet or a person wrote is markup or control.

Rich reads `[red]` and `:smile:` in every string it prints, and lets escape codes through. Names,
titles, notes and paths come from sites and files of others, so here a string is only ever a
string; style is given as a `rich.text.Text` by the one who prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from jehona.cli.common import into_silence, printable

# A pipe has no width: tables are written whole.
PIPED_WIDTH = 160


class Terminal(Console):
    """A console without markup, emoji codes, highlights, or control signs in what it shows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(markup=False, emoji=False, highlight=False, soft_wrap=True, **options)
        if not self.is_terminal:
            self.width = PIPED_WIDTH

    def render_str(self, text: str, **options: Any) -> Text:
        """`text` as it is written, measured without what is not seen."""
        return super().render_str(printable(text), **options)

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """The segments of `renderable`; signs that would steer the terminal are taken out.

        They have no width, so what was measured with them stays as wide.
        """
        for segment in super().render(renderable, options):
            if segment.control or segment.text.isprintable():
                yield segment
            else:
                yield Segment(printable(segment.text, blank=""), segment.style)


class Unheard(Terminal):
    """A terminal of work that does not depend on who reads: without a reader it goes on silently.

    The reader of a pipe may leave (`| head`), a terminal may be closed.
    """

    def on_broken_pipe(self) -> None:
        """Rich's way to say that the reader left: nothing more is shown, nothing ends."""
        self.quiet = True
        into_silence(self.file)

    def print(self, *objects: Any, **options: Any) -> None:
        """As ever, while somebody can read it."""
        try:
            super().print(*objects, **options)
        except OSError:
            self.on_broken_pipe()
