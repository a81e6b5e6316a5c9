"""The table of readers: a field that a reader never tells is a dash, corpora that lack are said."""

from __future__ import annotations

from pathlib import Path

from bench import pages


def tally(*given: str, right: int) -> pages.Tally:
    """One page of one corpus, with a headline label."""
    made = pages.Tally(parses=[2.0], given=set(given))
    made.rows["letters"].append({"title_exact": right, "body_f1": 0.5, "lang_ok": None})
    return made


def test_a_field_that_is_never_told_is_a_dash() -> None:
    section = pages.tabled(
        {"jehona": tally("title", "body", right=1), "other": tally("body", right=0)}
    )
    cells = {row[0]: dict(zip(section.columns, row, strict=True)) for row in section.rows}
    assert list(cells) == ["jehona, letters", "jehona, pooled", "other, pooled"]
    assert (cells["jehona, pooled"]["exact"], cells["other, pooled"]["exact"]) == ("1.000", "-")
    assert cells["other, pooled"]["text"] == "0.500"
    assert cells["jehona, pooled"]["lang"] == "-"
    assert [cells[name]["parses"] for name in cells] == ["", "2.0", "2.0"]
    assert section.data["figures"]["other, pooled"]["headline exact"] is None


def test_without_corpora_the_table_says_what_it_lacks(tmp_path: Path) -> None:
    (section,) = pages.section(tmp_path, 5)
    assert section.rows == ()
    assert "--corpora" in section.notes[0]
