"""The floor with pages and ours bring the same; generated pages are alike and say what they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from bench import page_floor, page_ours
from bench.around import REAL, made_up, means
from bench.ours import crawl, write_workspace
from bench.papers import papers_served
from bench.reading import extract
from bench.whole import Run, paper
from crawler.record import open_record, read
from tests.bench.test_bench_same_rows import _of_ours

PAGES, NEW = 20, 1
HOST = "http://shtypi.example"


def test_both_bring_the_same_and_the_second_crawl_only_the_new(tmp_path: Path) -> None:
    with papers_served(pages=PAGES, warm=1) as (address, _):
        bare = page_floor.crawl(address, tmp_path / "floor.db")
        write_workspace(tmp_path / "desk", "sitemap", {"shtypi": address})
        asked = ("--way", "sitemap", "--since", "2023-12-01")
        first = crawl(tmp_path / "desk", "shtypi", *asked)
        page_ours.listed(address, PAGES + NEW)
        second = crawl(tmp_path / "desk", "shtypi", *asked)
    assert (bare.read, first.read, first.new, second.new) == (PAGES, PAGES, PAGES, NEW)
    assert second.requests < PAGES
    ours = _of_ours(tmp_path / "desk")
    with closing(sqlite3.connect(tmp_path / "floor.db")) as conn:
        floor = dict(conn.execute("SELECT url, headline FROM articles").fetchall())
    assert len(ours) == PAGES + NEW
    assert {url: ours[url] for url in floor} == floor


def test_the_pages_of_ours_are_kept(tmp_path: Path) -> None:
    with papers_served(pages=3, warm=1) as (address, _):
        write_workspace(tmp_path / "desk", "sitemap", {"shtypi": address})
        crawl(tmp_path / "desk", "shtypi", "--way", "sitemap", "--since", "2023-12-01")
    var = tmp_path / "desk" / "var"
    with open_record(var / "coverage.db", var / "snapshots", readonly=True) as record:
        assert all(read.has_page(record, article.url) for article in read.articles(record))


def test_generated_pages_are_read_right_and_have_their_size() -> None:
    pages = [paper(number, HOST) for number in range(1, 21)]
    assert pages[3] == paper(4, HOST)
    sizes = [len(page.html.encode()) for page in pages]
    assert 85 * 1024 < sum(sizes) / len(sizes) < 105 * 1024
    for page in pages:
        said = extract(page.html, HOST + page.path)
        assert said["title"] == page.headline
        assert datetime.fromisoformat(said["date"]).date() == page.at.date()
    assert sum("ld+json" in page.html for page in pages) == 14


@pytest.mark.parametrize("what", REAL)
def test_generated_pages_have_what_real_ones_have(what: str) -> None:
    made = means(made_up(paper(number, HOST).html) for number in range(1, 11))
    assert made[what] == pytest.approx(REAL[what], rel=0.25, abs=0.5)


def test_the_peak_is_that_of_a_python_process() -> None:
    assert 10 < page_ours.peak() < 100_000
    assert Run(crawls=()).peak == 0
