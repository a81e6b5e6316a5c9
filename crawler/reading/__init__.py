"""Bytes to what they say: pure readers, one a kind of snapshot (`crawler.reading.snapshots`)."""

from __future__ import annotations


class Unreadable(ValueError):
    """The bytes are not what they should be; the text is one line for people.

    `code` is the machine's word for it where there is one: "rest_no_route".
    """

    def __init__(self, reason: str, *, code: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
