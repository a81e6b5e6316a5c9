"""The days of a page: which are the piece's, which are nobody's, and what labels make of them."""

from __future__ import annotations

from datetime import datetime

import pytest

from crawler.reading.page import read_page
from crawler.reading.page.date_lines import days_in

FETCHED = datetime.fromisoformat("2025-05-20T09:00:00+02:00")
TEXT = "<p>Banorët u mblodhën në sheshin kryesor të qytetit për festën e librit, që zgjat dy ditë, nga e shtuna.</p>"  # noqa: E501 - one paragraph
HEADLINE = "<h1>Punëtoria e qelqit hap dyert</h1>"


def published(body: str, url: str = "https://gurra.example/punetoria") -> str | None:
    """The moment, a bare day where no clock is told, None for an undated page."""
    page = read_page(
        f"<html lang=sq><title>Gurra</title><body>{body}",
        url=url, charset=None, fetched=FETCHED, outlet=None, zone="Europe/Tirane",
    )  # fmt: skip
    when = page.reading.published
    if when is None:
        return None
    return when.value.instant.isoformat()[: 16 if when.value.precision == "minute" else 10]


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("E premte, 16 Maj 2025 - 14:30", ["2025-05-16T14:30 published"]),
        ("Publikuar më: 16/05/2025 ora 14:30", ["2025-05-16T14:30 published!"]),
        ("Botuar me 16.05.2025, ora 14.30", ["2025-05-16T14:30 published!"]),
        ("Data: 16-05-2025   Ora: 14:30   Autor: A.K.", ["2025-05-16T14:30 published"]),
        ("14:30, 16 maj 2025", ["2025-05-16T14:30 published"]),
        ("14:30 | E premte, 16 maj 2025", ["2025-05-16T14:30 published"]),
        ("16 Maj, 2025 | 1.834 lexime", ["2025-05-16 published"]),
        ("16/05/2025 2:30 MD", ["2025-05-16T14:30 published"]),
        ("16/05/2025 9:30 PD", ["2025-05-16T09:30 published"]),
        ("May 16, 2025 at 12:05 A. M.", ["2025-05-16T00:05 published"]),
        ("Објавено на: 16 мај 2025 во 14:30", ["2025-05-16T14:30 published!"]),
        ("5 يناير 2020", ["2020-01-05 published"]),
        (
            "Përditësuar: 17 maj 2025, 09:05 · Publikuar: 16 maj 2025, 14:30",
            ["2025-05-17T09:05 modified!", "2025-05-16T14:30 published!"],
        ),
        (
            "Written: 2025-05-16 15:03 / Updated: 2025-05-17 15:30",
            ["2025-05-16T15:03 published!", "2025-05-17T15:30 modified!"],
        ),
        ("Faqja u ndryshua më 17.06.2018", ["2018-06-17 modified!"]),
        ("Aktualisiert am 17.06.2018", ["2018-06-17 modified!"]),
        ("Dita e librit mbahet më 24 maj 2025", ["2025-05-24 other"]),
        ("Dita e Qelqit, 24 - 26 maj 2024", ["2024-05-26 other"]),
        ("Hapur deri më 22 maj 2025", ["2025-05-22 other"]),
        ("Bashkia fton të gjithë banorët në sheshin e vogël më 24 maj 2025", ["2025-05-24 other"]),
    ],
)  # fmt: skip
def test_the_days_of_a_line(line: str, days: list[str]) -> None:
    said = []
    for day in days_in(line, month_first=False):
        moment = day.moment.isoformat()[: 16 if day.clock else 10]
        said.append(f"{moment} {day.role}{'!' if day.labelled else ''}")
    assert said == days


@pytest.mark.parametrize(
    ("page", "moment"),
    [
        (f"{HEADLINE}<p>16 Maj 2025 | 14:30</p>{TEXT * 2}", "2025-05-16T14:30"),
        (f"{HEADLINE}<div>Dje në 18:20 | Nga Ana Kodra</div>{TEXT * 2}", "2025-05-19T18:20"),
        (f"{HEADLINE}<div><i>Ana Kodra</i> · <i>para 2 orësh</i></div>{TEXT}", "2025-05-20T07:00"),
        (f"{HEADLINE}<div><span>Ana Kodra</span><span>pardje</span></div>{TEXT}", "2025-05-18"),
        (f"{HEADLINE}<div>16 maj, 14:30</div>{TEXT}", "2025-05-16T14:30"),
        (f"{HEADLINE}<relative-time datetime='2025-05-16T12:30:00Z'>x</relative-time>{TEXT}",
         "2025-05-16T14:30"),
        (f"<div class=e><h2 class=date-header>e premte, 16 maj 2025</h2>{HEADLINE}</div>{TEXT}",
         "2025-05-16"),
        (f"{HEADLINE}<p>Lugjas, 16 maj 2025 – {TEXT[3:]}{TEXT}", "2025-05-16"),
        (f"{HEADLINE}{TEXT * 3}<p>Publikuar më 16.05.2025</p>", "2025-05-16"),
    ],
)  # fmt: skip
def test_a_printed_day_is_the_pieces(page: str, moment: str) -> None:
    assert published(page) == moment


@pytest.mark.parametrize(
    "page",
    [
        f"<div class=top-bar><span>E hënë, 19 maj 2025</span></div>{HEADLINE}{TEXT * 2}",
        f"<div>E martë, 20 maj 2025</div><a href='/'>Kreu</a>{HEADLINE}{TEXT * 2}",
        f"{HEADLINE}<figure><img><figcaption>Furra, 2 prill 2025</figcaption></figure>{TEXT * 2}",
        f"{HEADLINE}<div class=wp-caption-text>Furra, 2 prill 2025</div>{TEXT * 2}",
        f"{HEADLINE}<p>Foto: Furra e re, 2 prill 2025</p>{TEXT * 2}",
        f"{HEADLINE}{TEXT}<blockquote class=twitter-tweet><a>15 maj 2025</a></blockquote>{TEXT}",
        f"{HEADLINE}{TEXT}<div class=fb-post><time datetime='2025-05-15'>15 maj</time></div>{TEXT}",
        f"{HEADLINE}{TEXT * 2}<div>Komente</div><div><b>Gurra</b> 18.05.2025 08:00</div>",
        f"{HEADLINE}{TEXT * 2}<h3>Të ngjashme</h3><ul><li><a>Fiqtë</a> 12.05.2025</li></ul>",
        f"{HEADLINE}<p>Më 24 maj 2024 hapet festa në sheshin e vogël, me këngë.</p>{TEXT * 2}",
        f"{HEADLINE}<p>Festa mbahet më 16 maj 2025.</p>{TEXT * 2}",
        f"<h1>Dita e Qelqit, 24 - 26 maj 2024</h1>{TEXT * 2}",
        f"<h1>Dita e Qelqit</h1><abbr class='published dtstart' title='2025-05-14'>14 maj 2025</abbr>{TEXT}",  # noqa: E501
        f"<script type='application/ld+json'>{{\"@type\":\"VideoObject\",\"uploadDate\":\"2025-05-18\"}}</script>{HEADLINE}{TEXT * 2}",  # noqa: E501
        f"{HEADLINE}<p>Përditësuar më</p>{TEXT * 2}<p>© 2025 Gurra</p>",
    ],
    ids=[
        "header-bar", "header-today", "figcaption", "caption", "caption-words", "tweet", "post",
        "comment", "related", "event-in-a-sentence", "event-in-a-line", "event-in-the-headline",
        "event-in-a-class", "video", "copyright",
    ],
)  # fmt: skip
def test_other_days_are_nobodys(page: str) -> None:
    assert published(page) is None


def test_a_weekday_with_a_clock_belongs_to_the_day_of_the_address() -> None:
    page = f"{HEADLINE}<div><span>E premte, 14:30</span> <span>ATSH</span></div>{TEXT * 2}"
    assert published(page, "https://gurra.example/2025/05/16/punetoria") == "2025-05-16T14:30"
    assert published(page, "https://gurra.example/2025/05/15/punetoria") == "2025-05-15"
    assert published(page) is None


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Publikuar më 16.05.2025, ora 14:30", "2025-05-16T14:30"),
        ("Përditësuar: 19.05.2025 04:11 · Publikuar: 16.05.2025 14:30", "2025-05-16T14:30"),
        ("19.05.2025 04:11", "2025-05-19T04:11"),
        ("Publikuar më 21.03.2026", "2025-05-19T04:11"),
    ],
)
def test_what_is_printed_as_published_goes_before_a_later_declaration(
    line: str, moment: str
) -> None:
    declared = "<meta property='article:published_time' content='2025-05-19T02:11:00+00:00'>"
    assert published(f"{declared}{HEADLINE}<div class=meta>{line}</div>{TEXT * 2}") == moment
