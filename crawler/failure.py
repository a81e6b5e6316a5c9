"""One family of errors that are sentences for people, each with its exit code.

Whatever else is raised is a fault of ours and stays loud.
"""

from __future__ import annotations

from typing import ClassVar


class Told(Exception):
    """An error that keeps its sentence as English with {names}, and what stands for these.

    So it can be said in another language (`reports.words.said`); as a string it is English. What
    stands for a name may be such an error itself.
    """

    def __init__(self, english: str, /, **values: object) -> None:
        self.english = english
        self.values = values
        super().__init__(self.shaped(english.format(**values) if values else english))

    def shaped(self, sentence: str) -> str:
        """The sentence, in whatever language, as this kind of error prints it."""
        return sentence


class Failure(Told):
    """What a person is told in one line: what happened, to which outlet or file, what to do next.

    `code` is the exit code of the command (docs/outcomes.md): 1 nothing could be done, 2 wrong use
    or a wrong file, 3 done in part, 4 the record or the disk refuses.
    """

    code: ClassVar[int] = 2
