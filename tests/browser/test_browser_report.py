"""The report in a real browser, from a file and without a network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from crawler.models import Brand
from reports.comparison import compared, of_period
from reports.document.comparison_document import comparison_document
from reports.formats.html import set_html
from reports.forms import Edition
from reports.models import Report
from reports.pictures import Image
from tests.reports.full import full, hostile, many, settled, silent
from tests.reports.pictures import PNG
from tests.reports.set_report import to_html

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Open, Opened

pytestmark = pytest.mark.real

BRAND = Brand(name="Zyra e Shtypit", colour="#7a1f2b")
PHOTOGRAPHS = {
    piece.article: Image(body=PNG, width=8, height=4, alt=piece.shown, source=piece.outlet_name)
    for piece in full().pieces[::2]
}


def pictured() -> Report:
    """Two highlights, one with a picture, and pictures beside the half of the list."""
    report = full()
    pieces = [replace(piece, highlight=at < 2) for at, piece in enumerate(report.pieces)]
    return replace(report, pieces=tuple(pieces), texts=())


REPORTS = {"full": full(), "hostile": hostile(), "silent": silent(), "settled": settled()}
PAGES = {name: to_html(report, "sq", BRAND) for name, report in REPORTS.items()} | {
    f"readers-{name}": to_html(report, "sq", BRAND, edition=Edition.READERS)
    for name, report in {**REPORTS, "one": many(1, outlets=1)}.items()
}
PAGES |= {
    "readers-pictured": to_html(
        pictured(), "sq", BRAND, edition=Edition.READERS, pictures=PHOTOGRAPHS
    ),
    "comparison": set_html(comparison_document(compared([full(), silent()], "sq"), "sq"), BRAND),
    "year": set_html(comparison_document(of_period("2026", [full()], "sq"), "sq"), BRAND),
}
PALE = to_html(full(), "en", Brand(name="Pale", colour="#ffef9f"))


def column(page: Page, name: str) -> list[str]:
    """The first line of a column, top to bottom, rows of folded copies left out."""
    found: list[str] = page.eval_on_selector_all(
        "#list tbody tr[data-t]",
        """(rows, name) => rows.filter(row => row.checkVisibility())
             .map(row => row.querySelector("." + name).innerText.split("\\n")[0])""",
        name,
    )
    return found


def visible(page: Page) -> list[str]:
    """The headlines on the page."""
    return column(page, "what")


def count(page: Page) -> str:
    return page.inner_text("#count")


def settle(page: Page) -> None:
    """Typed words are waited for."""
    page.wait_for_timeout(200)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_it_opens_asking_nobody_and_without_a_complaint(
    open_page: Open, name: str, scheme: str
) -> None:
    opened = open_page(PAGES[name], color_scheme=scheme)
    assert opened.complaints == []
    assert [url for url in opened.asked if not url.startswith("file:")] == []
    assert len(opened.asked) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: Open, name: str, width: int, scheme: str) -> None:
    opened = open_page(PAGES[name], width=width, color_scheme=scheme)
    assert found_by_axe(opened) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("group", ["o", "d", "-"], ids=["outlet", "day", "flat"])
def test_axe_finds_nothing_in_groups_either(open_page: Open, group: str, scheme: str) -> None:
    opened = open_page(PALE, behind=f"#g={group}&f=1", color_scheme=scheme)
    assert found_by_axe(opened) == []


def test_axe_would_find_something(open_page: Open) -> None:
    faulty = PAGES["full"].replace('<label for="f-q">', "<label>")
    assert any(told.startswith("label") for told in found_by_axe(open_page(faulty)))


def found_by_axe(opened: Opened) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - not on a bare machine

    told: dict[str, Any] = Axe().run(opened.page).response
    return [
        f"{rule['id']}: {node['html'][:90]} {node.get('failureSummary', '')[:200]}"
        for rule in told["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_runs_out_of_the_screen(open_page: Open, name: str, width: int) -> None:
    page = open_page(PAGES[name], width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") == width


# --- folding -------------------------------------------------------------------------


def test_copies_are_folded_and_open_with_a_key(open_page: Open) -> None:
    page = open_page(PAGES["full"]).page
    assert len(visible(page)) == 17
    page.locator("details.fold summary").first.focus()
    page.keyboard.press("Enter")
    assert len(visible(page)) == 17 + 8


def test_without_a_script_everything_can_be_read(open_page: Open) -> None:
    page = open_page(PAGES["full"], java_script_enabled=False).page
    assert page.locator(".filters").is_hidden()
    page.locator("details.fold summary").first.click()
    assert page.locator("#list tr.copy").first.is_visible()
    assert page.locator("#list tr.first").count() == 17


def test_a_link_from_below_opens_the_fold(open_page: Open) -> None:
    page = open_page(PAGES["full"], behind="#v=a").page
    page.locator('#waiting a[href="#p4"]').first.click()
    page.wait_for_timeout(100)
    assert page.locator("#p4").is_visible()


# --- filters -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("control", "value", "left"),
    [
        ("#f-o", "Gazeta Shembull", 6),
        ("#f-l", "persisht", 1),
        ("#f-l", "anglisht", 3),
        ("#f-d", "17 maj", 7),
        ("#f-d", "Pa datë", 2),
        ("#f-v", "ende pa u parë", 2),
        ("#f-v", "i pranuar", 38),
    ],
)
def test_a_filter_leaves_its_rows(open_page: Open, control: str, value: str, left: int) -> None:
    page = open_page(PAGES["full"]).page
    page.select_option(control, label=value)
    settle(page)
    assert count(page) == f"{left} nga 40 shkrime"
    assert len(visible(page)) == left


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("femijet", 5), ("FËMIJËT", 5), ("نمایشگاه", 1), ("tv kodra", 2), ("sixty", 2), ("zzz", 0),
        ("machine", 0), ("botuesve", 1),
    ],
)  # fmt: skip
def test_searching_needs_no_diacritics(open_page: Open, typed: str, left: int) -> None:
    page = open_page(PAGES["full"]).page
    page.fill("#f-q", typed)
    settle(page)
    assert len(visible(page)) == left
    assert page.locator(".nothing").is_visible() == (left == 0)


def test_filters_add_up_and_are_cleared_at_once(open_page: Open) -> None:
    page = open_page(PAGES["full"]).page
    page.select_option("#f-o", label="Gazeta Shembull")
    page.check("#f-f")
    settle(page)
    assert count(page) == "2 nga 40 shkrime"
    page.click("button[type=reset]")
    settle(page)
    assert count(page) == "40 nga 40 shkrime"
    assert page.locator("button[type=reset]").is_hidden()
    assert "=" not in page.url


def test_only_firsts(open_page: Open) -> None:
    page = open_page(PAGES["full"]).page
    page.check("#f-f")
    settle(page)
    assert count(page) == "17 nga 40 shkrime"


# --- sorting and grouping --------------------------------------------------------------


@pytest.mark.parametrize("group", ["", "-"], ids=["texts", "flat"])
@pytest.mark.parametrize("name", ["outlet", "headline", "spoken"])
def test_columns_of_words_sort_both_ways(open_page: Open, name: str, group: str) -> None:
    page = open_page(PAGES["full"]).page
    page.select_option("#f-g", group)
    page.click(f'th[data-by="{name}"] button')
    column_of = "what" if name == "headline" else name
    up = column(page, column_of)
    collated = page.evaluate("words => words.toSorted(new Intl.Collator('sq').compare)", up)
    assert up == collated
    assert page.get_attribute(f'th[data-by="{name}"]', "aria-sort") == "ascending"
    page.click(f'th[data-by="{name}"] button')
    assert column(page, column_of) == list(
        page.evaluate(
            "words => words.toSorted((a, b) => new Intl.Collator('sq').compare(b, a))", up
        )
    )
    assert page.locator("th[aria-sort]").count() == 1


def test_time_sorts_with_undated_ones_last(open_page: Open) -> None:
    page = open_page(PAGES["full"], behind="#g=-").page
    times = page.eval_on_selector_all("#list tr[data-t]", "rows => rows.map(r => +r.dataset.t)")
    assert times == sorted(times)
    assert column(page, "when")[-1] == "Pa datë"


def test_undecided_ones_can_be_brought_to_the_top_by_keyboard(open_page: Open) -> None:
    page = open_page(PAGES["full"], behind="#g=-").page
    page.focus('th[data-by="decision"] button')
    page.keyboard.press("Enter")
    assert [one.strip() for one in column(page, "decision")[:3]] == [
        "ende pa u parë", "ende pa u parë", "i pranuar",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("group", "number", "first"),
    [("o", 14, "Agjencia e Lajmeve Lumi 3"), ("d", 10, "13 maj 6"), ("-", 0, None)],
    ids=["outlet", "day", "flat"],
)
def test_groups_hold_every_row_once(
    open_page: Open, group: str, number: int, first: str | None
) -> None:
    page = open_page(PAGES["full"]).page
    page.select_option("#f-g", group)
    settle(page)
    heads = page.locator("#list .group")
    assert heads.count() == number
    if first:
        assert heads.first.inner_text() == first
    assert len(visible(page)) == 40
    page.select_option("#f-g", "")
    settle(page)
    assert len(visible(page)) == 17
    assert page.locator("#list tr[data-t]").count() == 40


def test_undated_ones_are_the_last_day(open_page: Open) -> None:
    page = open_page(PAGES["full"], behind="#g=d").page
    assert page.locator("#list .group").last.inner_text() == "Pa datë 2"


# --- state and paper ---------------------------------------------------------------------


def test_the_state_survives_a_reload(open_page: Open) -> None:
    page = open_page(PAGES["full"]).page
    page.select_option("#f-g", "o")
    page.fill("#f-q", "panairi")
    page.click('th[data-by="headline"] button')
    settle(page)
    before, left = visible(page), count(page)
    page.reload()
    assert (visible(page), count(page)) == (before, left)
    assert page.input_value("#f-q") == "panairi"


@pytest.mark.parametrize("behind", ["#s=constructor&g=x&o=999", "#q=%E0%A4", "#=&=", "#p999"])
def test_nonsense_behind_the_hash_does_no_harm(open_page: Open, behind: str) -> None:
    opened = open_page(PAGES["full"], behind=behind)
    assert opened.complaints == []
    assert opened.page.locator("#list tr[data-t]").count() == 40


def test_it_prints_and_keeps_its_state(open_page: Open) -> None:
    page = open_page(PAGES["full"]).page
    page.select_option("#f-o", label="Gazeta Shembull")
    settle(page)
    before = visible(page)
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    assert visible(page) == before


def test_paper_is_light_and_holds_every_piece(open_page: Open) -> None:
    page = open_page(PAGES["full"], color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    assert len(visible(page)) == 40
    assert page.locator(".filters").is_hidden()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"


def test_a_filtered_list_says_so_on_paper(open_page: Open) -> None:
    page = open_page(PAGES["full"], behind="#l=fa").page
    page.emulate_media(media="print")
    assert page.locator("#count").is_visible()
    assert count(page) == "1 nga 40 shkrime"


# --- what attacks it ---------------------------------------------------------------------


def test_hostile_headlines_are_text(open_page: Open) -> None:
    opened = open_page(PAGES["hostile"])
    page = opened.page
    page.select_option("#f-g", "o")
    page.fill("#f-q", "alert")
    settle(page)
    assert opened.complaints == []
    assert page.evaluate("document.scripts.length") == 1
    assert page.locator("img").count() == 0
    assert "<script>alert(1)</script>" in page.inner_text("#list")
    assert "<script>alert(1)</script>" in page.inner_text("h1")


def test_the_policy_stops_what_would_slip_through(open_page: Open) -> None:
    page = open_page(PAGES["full"]).page
    stopped = page.evaluate(
        """() => new Promise(done => {
          const names = [];
          addEventListener("securitypolicyviolation", event => {
            names.push(event.effectiveDirective);
            if (names.length === 3) done(names.sort());
          });
          const script = document.createElement("script");
          script.textContent = "window.slipped = true";
          const image = document.createElement("img");
          image.src = "http://127.0.0.1:9/x.png";
          document.body.append(script, image);
          document.body.setAttribute("onclick", "window.slipped = true");
          setTimeout(() => done(names.sort()), 1500);
        })"""
    )
    assert stopped == ["img-src", "script-src-attr", "script-src-elem"]
    assert page.evaluate("window.slipped") is None


def test_ten_thousand_rows_can_be_filtered(open_page: Open) -> None:
    opened = open_page(to_html(many(10_000), "en"))
    page = opened.page
    page.select_option("#f-g", "o")
    page.select_option("#f-o", label="Media 7")
    settle(page)
    told = count(page)
    assert told.endswith("of 10000 pieces")
    assert len(visible(page)) == int(told.split()[0]) > 100
    assert opened.complaints == []
