"""A stand-in until the branch `language` is merged."""

from __future__ import annotations

from typing import Final

from crawler.folding import words

RULES: Final = "stand-in-1"


def index_words(language: str | None, *texts: str) -> str:
    """The different folded words of the texts."""
    del language
    return " ".join(dict.fromkeys(word.folded for text in texts for word in words(text)))
