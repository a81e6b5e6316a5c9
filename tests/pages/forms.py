"""The form of a page as a browser would send it: every field as it stands, buttons apart."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class Typed(dict[str, str]):
    """Fields by name; those that stand several times are in `rows`, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[str] = []

    def sent(self, **further: str) -> dict[str, Any]:
        """What is sent when a button is pressed."""
        return {**self, "row": self.rows, **further}


class _Reader(HTMLParser):
    """Fields of the first form with this class."""

    def __init__(self, of: str) -> None:
        super().__init__()
        self.of, self.inside = of, False
        self.typed = Typed()
        self.area: str | None = None
        self.select: str | None = None
        self.option: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = self.of in given.get("class", "").split()
        if not self.inside:
            return
        name = given.get("name", "")
        if tag == "input" and given.get("type") not in ("file",):
            self._input(name, given)
        elif tag == "textarea":
            self.area, self.typed[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option":
            self._option(given)

    def _input(self, name: str, given: dict[str, str]) -> None:
        if given.get("type") == "checkbox" and "checked" not in given:
            return
        if name == "row":
            self.typed.rows.append(given.get("value", ""))
        elif name:
            self.typed[name] = given.get("value", "")

    def _option(self, given: dict[str, str]) -> None:
        if self.select and ("selected" in given or self.select not in self.typed):
            self.typed[self.select] = given.get("value", "")
            self.option = None if "value" in given else self.select

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.typed[self.area] += data
        elif self.option is not None:
            self.typed[self.option] = data
            self.option = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False


def form_of(page: str, of: str = "post") -> Typed:
    """The fields of the form of this class."""
    reader = _Reader(of)
    reader.feed(page)
    return reader.typed
