"""What is told otherwise than in an earlier version."""

from __future__ import annotations

from typing import Any

from reports.differences import differences


def row(article: str, **more: Any) -> dict[str, Any]:
    told = {
        "article": article,
        "url": f"http://a.example/{article}",
        "outlet": "a",
        "outlet_name": "Gazeta A",
        "headline": f"Lajmi {article}",
        "published": "2026-05-16T09:30:00+02:00",
    }
    return {**told, **more}


def document(version: int, *rows: dict[str, Any]) -> dict[str, Any]:
    return {"version": version, "pieces": list(rows)}


def test_the_same_pieces_are_no_difference() -> None:
    one = document(1, row("x"), row("y"))
    assert not differences(one, document(2, row("y"), row("x")))


def test_each_kind_of_change_is_told_once_by_article() -> None:
    moved = "2026-05-17T09:30:00+02:00"
    before = document(1, row("gone"), row("dated"), row("titled"), row("both"))
    after = document(
        4,
        row("new"),
        row("dated", published=moved),
        row("titled", headline="Tjetër"),
        row("both", published=None, headline="Krejt tjetër", url="http://a.example/both-2"),
    )
    told = differences(before, after)
    assert (told.since, told.version) == (1, 4)
    assert [one.url for one in told.new] == ["http://a.example/new"]
    assert [one.url for one in told.dropped] == ["http://a.example/gone"]
    assert [(one.url, one.old, one.new) for one in told.redated] == [
        ("http://a.example/dated", "2026-05-16T09:30:00+02:00", moved),
        ("http://a.example/both-2", "2026-05-16T09:30:00+02:00", None),
    ]
    assert [(one.old, one.new) for one in told.retitled] == [
        ("Lajmi titled", "Tjetër"),
        ("Lajmi both", "Krejt tjetër"),
    ]
    assert {one.outlet for one in told.new} == {"Gazeta A"}
