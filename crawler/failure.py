"""One family of errors that are sentences for people, each with its exit code.

Whatever else is raised is a fault of ours and stays loud.
"""

from __future__ import annotations

from typing import ClassVar


class Failure(Exception):
    """What a person is told in one line: what happened, to which outlet or file, what to do next.

    `code` is the exit code of the command (docs/outcomes.md): 1 nothing could be done, 2 wrong use
    or a wrong file, 3 done in part, 4 the record or the disk refuses.
    """

    code: ClassVar[int] = 2
