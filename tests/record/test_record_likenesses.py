"""Comparisons are kept by what was compared, of one rule at a time."""

from __future__ import annotations

from dataclasses import replace

from crawler.models import Likeness
from crawler.record import Record, open_record, similarity_cache

ALIKE = Likeness(one="aa", two="bb", likeness=97, conflict=None, rule="r-1")
GUARDED = Likeness(one="aa", two="cc", likeness=99, conflict="numbers: 12 / 14", rule="r-1")


def known(record: Record, *digests: str, rule: str = "r-1") -> set[Likeness]:
    return set(similarity_cache.known(record, digests, rule=rule).values())


def test_what_was_kept_is_known(record: Record) -> None:
    similarity_cache.keep(record, [ALIKE, GUARDED], rule="r-1")
    assert known(record, "cc", "bb", "aa") == {ALIKE, GUARDED}
    assert list(similarity_cache.known(record, ["bb", "aa"], rule="r-1")) == [("aa", "bb")]
    assert known(record, "aa") == known(record) == known(record, "bb", "cc") == set()


def test_another_rule_compares_anew(record: Record) -> None:
    similarity_cache.keep(record, [ALIKE], rule="r-1")
    assert known(record, "aa", "bb", rule="r-2") == set()
    later = replace(ALIKE, likeness=50, rule="r-2")
    similarity_cache.keep(record, [later, replace(GUARDED, rule="r-2")], rule="r-2")
    assert known(record, "aa", "bb") == set()
    assert known(record, "aa", "bb", rule="r-2") == {later}


def test_many_at_once(record: Record) -> None:
    many = [replace(ALIKE, two=f"b{n:04}") for n in range(1_000)]
    similarity_cache.keep(record, many, rule="r-1")
    similarity_cache.keep(record, [], rule="r-2")
    assert known(record, "aa", *(each.two for each in many)) == set(many)


def test_a_reader_keeps_nothing(record: Record) -> None:
    with open_record(record.path, record.store.folder, readonly=True) as reader:
        similarity_cache.keep(reader, [ALIKE], rule="r-1")
    assert known(record, "aa", "bb") == set()
