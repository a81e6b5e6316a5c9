"""The parts of the page reader, each alone: charset, JSON-LD, days, names, rules, habits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crawler.models import Alias, Layer, Outlet, Reading, ReadRules, Said, When
from crawler.reading import Unreadable
from crawler.reading.page import Habits, PageReading, read_page
from crawler.reading.page.class_names import Mark, marks_of
from crawler.reading.page.html import decoded
from crawler.reading.page.page_language import code_of
from crawler.reading.page.people import names_in
from crawler.reading.page.printed_days import day_in_address, first_day, machine_time
from crawler.reading.page.site_names import is_name, likeness, parts_of, squeezed
from crawler.reading.page.structured import kinds, things_of, words

FETCHED = datetime(2026, 3, 23, 9, tzinfo=UTC)
TEXT = "Banorët u mblodhën në sheshin kryesor të qytetit për festën e librit, që zgjat dy ditë."


def read(html: str | bytes, outlet: Outlet | None = None, **given: Any) -> PageReading:
    """One page of an outlet."""
    url = given.pop("url", "https://gazeta.example/kulture/festa-i4")
    given = {"fetched": FETCHED, **given}
    return read_page(html, url=url, charset=None, outlet=outlet, **given)


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        ("Pëllumbi".encode(), None, "Pëllumbi"),
        ("Pëllumbi".encode(), "iso-8859-1", "Pëllumbi"),
        ("Pëllumbi çan".encode("cp1252"), None, "Pëllumbi çan"),
        ("Pëllumbi".encode("cp1252"), "utf-8", "Pëllumbi"),
        ("Књига".encode("cp1251"), "windows-1251", "Књига"),
        (
            b'<meta charset="windows-1251">' + "Књига".encode("cp1251"),
            "iso-8859-1",
            '<meta charset="windows-1251">Књига',
        ),
        ("Libri".encode("utf-16"), None, "Libri"),
        (b"\xef\xbb\xbfLibri", "windows-1251", "Libri"),
        (b"caf\xe9", "no-such-charset", "café"),
        (b"caf\xe9", "idna", "café"),
        (
            "Pëllumbi ëndërron çdo ditë këtë".encode() + b"\xff",
            "utf-8",
            "Pëllumbi ëndërron çdo ditë këtë\ufffd",
        ),
    ],
    ids=[
        "utf-8",
        "header-lies",
        "silent",
        "header-says-utf-8",
        "header",
        "page-knows-better",
        "utf-16",
        "mark",
        "unknown",
        "no-text-codec",
        "one-broken-byte",
    ],
)
def test_bytes_become_text(body: bytes, charset: str | None, text: str) -> None:
    assert decoded(body, charset) == text


@pytest.mark.parametrize(
    ("script", "headline"),
    [
        ('{"@type":"NewsArticle","headline":"Libri"}', "Libri"),
        ('[{"@type":"WebSite"},{"@type":"NewsArticle","headline":"Libri"}]', "Libri"),
        ('{"@graph":[{"@type":["Article","NewsArticle"],"headline":"Libri"}]}', "Libri"),
        ('{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"Libri"}}', "Libri"),
        ('<!-- {"@type":"Article","headline":"Libri"} -->', "Libri"),
        ('//<![CDATA[\n{"@type":"Article","headline":"Libri"}\n//]]>', "Libri"),
        ('{"@type":"Article","headline":"Li\nbri",}', "Li bri"),
        ("{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;Libri&quot;}", "Libri"),
        ('{"@type":"Article","description":"a "b" c","headline":"Libri"}', "Libri"),
        ('{"@type":"Article","headline":"Libri","description":"a\n"b" c"}', "Libri"),
        ('{"@type":"http://schema.org/NewsArticle","headline":{"@value":"Libri"}}', "Libri"),
    ],
    ids=[
        "plain",
        "array",
        "graph",
        "main-entity",
        "comment",
        "cdata",
        "newline-and-comma",
        "entities",
        "broken",
        "broken-behind",
        "value-object",
    ],
)
def test_json_ld_is_found_and_mended(script: str, headline: str) -> None:
    found = [thing for thing in things_of([script]) if "headline" in thing]
    assert words(found[0]["headline"]) == headline
    assert any(kind.endswith("article") for kind in kinds(found[0]))


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('{"@type":"Person","name":"Ana Kodra"}', ["Ana Kodra"]),
        ('{"@type":"Person","name":["Ana Kodra","Ben Lisi"]}', ["Ana Kodra", "Ben Lisi"]),
        ('["Ana Kodra","Ben Lisi"]', ["Ana Kodra", "Ben Lisi"]),
        ('"Ana Kodra; Ben Lisi"', ["Ana Kodra", "Ben Lisi"]),
    ],
    ids=["person", "list-in-a-name", "list", "text"],
)
@pytest.mark.parametrize("broken", [False, True], ids=["whole", "unescaped-quotes"])
def test_authors_are_found_in_json_ld(author: str, names: list[str], broken: bool) -> None:
    inner = 'rresht "me thonjëza" brenda' if broken else "rresht"
    script = (
        f'{{"@type":"NewsArticle","headline":"Libri","description":"{inner}",'
        f'"datePublished":"2026-03-22T15:25:00+01:00","author":{author}}}'
    )
    page = read(f"<script type='application/ld+json'>{script}</script><h1>Libri</h1><p>{TEXT}</p>")
    assert page.reading.byline is not None
    assert list(page.reading.byline.value) == names


@pytest.mark.parametrize("void", ["<embed src=x>", "<source src=x>", "<track src=x>", "<wbr>"])
def test_an_empty_element_does_not_swallow_what_follows(void: str) -> None:
    page = read(f"<h1>Libri</h1><div><p>{TEXT}</p>{void}<p>{TEXT} Sot.</p></div>")
    assert page.reading.text is not None
    assert page.reading.text.value == f"{TEXT}\n{TEXT} Sot."


def test_a_declared_body_inside_a_card_is_the_text() -> None:
    others = "".join(f"<div class='bb-card-item'><p>Lajm {n}. {TEXT}</p></div>" for n in range(2))
    body = f"<div itemprop='articleBody'><p>{TEXT} {TEXT} {TEXT}</p></div>"
    long = f"<div class='more'><p>{TEXT} {TEXT} {TEXT} {TEXT} {TEXT}</p></div>"
    page = read(f"<h1>Libri</h1>{others}<div class='bb-card-item bb-main'>{body}</div>{long}")
    assert page.reading.text is not None
    assert page.reading.text.value == f"{TEXT} {TEXT} {TEXT}"


@pytest.mark.parametrize(
    "label", ["Komente (3)", "3 komente", "Lini një koment", "Readers say", "Коментари"]
)
def test_what_stands_under_comments_is_no_text(label: str) -> None:
    said = "<div class='km'><b>anonim</b><p>Bravo, edhe te ne duhet bërë kështu që nesër.</p></div>"
    page = read(f"<h1>Libri</h1><div><p>{TEXT} {TEXT}</p><div>{label}</div>{said}</div>")
    assert page.reading.text is not None
    assert "Bravo" not in page.reading.text.value


@pytest.mark.parametrize(
    "label",
    ["Lajme të ngjashme", "Te ngjashme", "Më të lexuarat", "LEXO EDHE", "Lajme te tjera",
     "Mund t'ju pelqeje", "Поврзани вести", "More from Lugjas", "Artikulli paraprak"],
)  # fmt: skip
def test_what_stands_under_other_pieces_is_no_text(label: str) -> None:
    said = (
        "<a href='/x'>Mulliri i Qelmasit kthehet në muze</a><span>Pesë salla dhe një oborr</span>"
    )
    page = read(f"<h1>Libri</h1><div><p>{TEXT} {TEXT}</p><div>{label}</div><div>{said}</div></div>")
    assert page.reading.text is not None
    assert page.reading.text.value == f"{TEXT} {TEXT}"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("<p>Lexo edhe: <a>Mulliri kthehet në muze</a></p>", False),
        ("<p><b>LEXONI GJITHASHTU:</b> <a>Mulliri kthehet në muze</a></p>", False),
        ("<p><a>Mulliri kthehet në muze</a></p>", False),
        ("<p>Sipas <a>Gazetës së Lugjasit</a>:</p>", True),
        ("<p><a>Njoftimi i bashkisë së qytetit</a> thotë:</p>", True),
        ("<p>Shpërndaje me miqtë</p>", False),
        ("<p>2.318 lexime</p>", False),
        ("<p>Ndajnë bukën me miqtë.</p>", True),
    ],
)  # fmt: skip
def test_a_line_inside_the_text_is_kept_where_it_says_something(line: str, kept: bool) -> None:
    page = read(f"<h1>Libri</h1><article><p>{TEXT}</p>{line}<p>{TEXT} Sot.</p></article>")
    assert page.reading.text is not None
    assert (page.reading.text.value.count("\n") == 2) is kept


@pytest.mark.parametrize(
    ("text", "moment", "clock"),
    [
        ("22 Mars 2026, 15:25", "2026-03-22T15:25", True),
        ("E diel, 22 mars 2026 ora 15.25", "2026-03-22T15:25", True),
        ("Publikuar më: 22/03/2026", "2026-03-22", False),
        ("22.3.26", "2026-03-22", False),
        ("2026-03-22 15:25", "2026-03-22T15:25", True),
        ("March 22nd, 2026 at 3:25 p.m.", "2026-03-22T15:25", True),
        ("22 de marzo de 2026", "2026-03-22", False),
        ("22. März 2026", "2026-03-22", False),
        ("22 марта 2026", "2026-03-22", False),
        ("2026年03月22日", "2026-03-22", False),
        ("2026년 3월 22일 12:30", "2026-03-22T12:30", True),
        ("Nga Ana | 22 Nëntor 2025 | 5 komente", "2025-11-22", False),
    ],
)  # fmt: skip
def test_a_day_is_found_by_its_shape(text: str, moment: str, clock: bool) -> None:
    found = first_day(text, month_first=False)
    assert found is not None
    assert found[0].isoformat().startswith(moment)
    assert found[1] is clock


@pytest.mark.parametrize(
    "text",
    ["3-1", "Mars", "32.13.2024", "tel. 042 22 33 44", "v1.2.3", "99/99/99", "22 libra 2026", ""],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert first_day(text, month_first=False) is None


@pytest.mark.parametrize(
    ("american", "day"), [(True, date(2026, 3, 4)), (False, date(2026, 4, 3)), (None, None)]
)
def test_a_day_that_may_be_two_needs_the_language(american: bool | None, day: date | None) -> None:
    found = first_day("03/04/2026", month_first=american)
    assert (found[0].date() if found else None) == day


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-03-22T15:25:00+01:00", "2026-03-22T15:25:00+01:00"),
        ("2026-03-22T14:25:00.000Z", "2026-03-22T14:25:00+00:00"),
        ("2026-03-22 15:25", "2026-03-22T15:25:00"),
        ("20260322", "2026-03-22T00:00:00"),
        ("1774189500", "2026-03-22T14:25:00+00:00"),
        ("1774189500000", "2026-03-22T14:25:00+00:00"),
        ("Sun, 22 Mar 2026 15:25:00 +0100", "2026-03-22T15:25:00+01:00"),
        ("2026-02-30", None),
        ("2026-03-22T15:25:00+99:99", None),
        ("sot", None),
    ],
)  # fmt: skip
def test_a_machines_date(text: str, iso: str | None) -> None:
    found = machine_time(text)
    assert (found[0].isoformat() if found else None) == iso


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2026/03/22/festa/", date(2026, 3, 22)),
        ("/2026/3/22/festa", date(2026, 3, 22)),
        ("/2026/mar/22/festa", date(2026, 3, 22)),
        ("/festa-20260322.html", date(2026, 3, 22)),
        ("/festa-22-03-2026", date(2026, 3, 22)),
        ("/festa-i20261399", None),
        ("/2026/03/festa", None),
        ("/1926/03/22/festa", None),
    ],
)  # fmt: skip
def test_a_day_in_an_address(path: str, day: date | None) -> None:
    assert day_in_address(path) == day


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("Nga Besa Kulmaku", ["Besa Kulmaku"]),
        ("Nga: Besa Kulmaku", ["Besa Kulmaku"]),
        ("By BESA KULMAKU and Arben Lisi", ["Besa Kulmaku", "Arben Lisi"]),
        ("Von Anna Beispiel und Jan Muster", ["Anna Beispiel", "Jan Muster"]),
        ("Besa Kulmaku, Tiranë", ["Besa Kulmaku", "Tiranë"]),
        ("Kulmaku, Besa", ["Kulmaku", "Besa"]),
        ("Besa Kulmaku (Tiranë)", ["Besa Kulmaku"]),
        ("Besa Kulmaku 22 Mars 2026", ["Besa Kulmaku"]),
        ("22 Mars 2026 15:25 nga Besa Kulmaku", ["Besa Kulmaku"]),
        ("Foto: Arben Lisi", []),
        ("besa.kulmaku@gazeta.example", []),
        ("https://gazeta.example/besa", []),
        ("besa-kulmaku", ["Besa Kulmaku"]),
        ("Interview: Anna Beispiel", ["Anna Beispiel"]),
        ("Besa Kulmaku Staff Writer", ["Besa Kulmaku"]),
        ("Zëri i Shembullit", ["Zëri i Shembullit"]),
        ("Redaksia e Lajmeve", ["Redaksia e Lajmeve"]),
        ("Instituti i Statistikave", ["Instituti i Statistikave"]),
        ("Arben i Ri", ["Arben i Ri"]),
        ("Ana Shembulli, PhD", ["Ana Shembulli, PhD"]),
        ("Ana Shembulli para 2 orësh", ["Ana Shembulli"]),
        ("Ana Shembulli dje në 18:20", ["Ana Shembulli"]),
        ("Anna Beispiel vor 5 Stunden", ["Anna Beispiel"]),
        ("Nga A.Sh.", ["A.Sh."]),
        ("AUTORI: A.K.", ["A.K."]),
        ("By A.Sh. May 12, 2026 at 2:35 pm", ["A.Sh."]),
        ("T. V. Raman", ["T. V. Raman"]),
        ("Newsroom Saturday", ["Newsroom"]),
        ("Shkruar nga: Lira Modeli dhe Ben Lisi", ["Lira Modeli", "Ben Lisi"]),
        ("Пишува: Ана Кодра", ["Ана Кодра"]),
        ("admin", []),
        ("Administrator", []),
        ("e diel", []),
    ],
)  # fmt: skip
def test_names_out_of_bylines(raw: str, names: list[str]) -> None:
    found = list(names_in([raw]))
    if raw == "Kulmaku, Besa":  # the right way round
        names = ["Besa Kulmaku"]
    assert found == names


def test_and_is_what_the_language_of_the_page_says() -> None:
    assert list(names_in(["Ana Rossi e Bea Verdi"], "it")) == ["Ana Rossi", "Bea Verdi"]
    assert list(names_in(["Ana Rossi e Bea Verdi"], "sq")) == ["Ana Rossi e Bea Verdi"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<p>Data: 22.03.2026 &nbsp; Ora: 15:25 &nbsp; Nga: Lira Modeli</p>", ["Lira Modeli"]),
        ("<p>22.03.2026 / 15:25 Gazetare: Lira Modeli Kamera: Ilir Pamja</p>", ["Lira Modeli"]),
        ("<div><span>E diel, 15:25</span> <span>AGJ</span></div>", ["AGJ"]),
        ("<div>22.03.2026 15:25 Redaksia</div>", ["Redaksia"]),
        ("<div><i>22.03.2026</i> <i>Nora Faqeza</i></div>", ["Nora Faqeza"]),
        ("<p>AUTORI: A.Sh.</p>", ["A.Sh."]),
        ("<p>Postuar nga <b>Redaksia</b> ne 22 Mars 2026 ora 14:30</p>", ["Redaksia"]),
        ("<p><time>22.03.2026 14:30</time> Agjencia e Lumit</p>", ["Agjencia e Lumit"]),
        ("<p>Zëri i Gurrës, 22.03.2026 14:30</p>", ["Zëri i Gurrës"]),
        ("<p>22.03.2026, ora 14:30 / ATSH</p>", ["ATSH"]),
        ("<p>A.Sh. | 22.03.2026 - 14:30</p>", ["A.Sh."]),
        ("<p>22.03.2026, 14:30 | Пишува: А.К.</p>", ["А.К."]),
        ("<p>Shkruar nga Shoqata e Mjeshtërve | 22.03.2026</p>", ["Shoqata e Mjeshtërve"]),
        ("<p>Postuar më 22 mars 2026 @ 14:30:12 CEST nga <b>Ben Lisi</b> (18 lexime)</p>",
         ["Ben Lisi"]),
        ("<p>Пишува: Ана Кодра Објавено на: 22 март 2026</p>", ["Ана Кодра"]),
        ("<p>Foto: Ilir Pamja</p>", None),
        ("<p>Burimi: ATSH</p>", None),
        ("<p>Ura u ndreq nga dora e mjeshtrave të fshatit</p>", None),
    ],
)  # fmt: skip
def test_who_signed_is_read_in_a_line_beside_the_headline(
    line: str, names: list[str] | None
) -> None:
    page = read(f"<html lang=sq><h1>Libri hapet</h1>{line}<p>{TEXT}</p><p>{TEXT} Sot.</p>")
    said = page.reading.byline
    assert (list(said.value) if said else None) == names


def test_a_login_gives_way_to_the_name_as_printed() -> None:
    head = "<meta name='sailthru.author' content='anakodra'>"
    page = read(f"{head}<h1>Libri</h1><p>Nga Ana Kodra</p><p>{TEXT}</p>")
    assert page.reading.byline is not None
    assert list(page.reading.byline.value) == ["Ana Kodra"]


@pytest.mark.parametrize("author", ["Gazeta Lugjas", "admin"])
def test_the_outlet_in_its_own_metadata_has_signed_nothing(author: str) -> None:
    site = "<meta property='og:site_name' content='Gazeta Lugjas'>"
    page = read(
        f"<html lang=sq>{site}<meta name=author content='{author}'><h1>Libri</h1><p>{TEXT}</p>"
    )
    assert page.reading.byline is None


@pytest.mark.parametrize(
    ("names", "marks"),
    [
        ("entry-content", Mark.BODY),
        ("articleBody", Mark.BODY),
        ("post-date", Mark.DATE),
        ("author vcard", Mark.BYLINE),
        ("jp-relatedposts", Mark.TEASER),
        ("comment-list", Mark.COMMENTS),
        ("standfirst", Mark.LEAD),
        ("adress-box", Mark.NONE),
        ("update", Mark.UPDATED),
        ("post-7 post type-post hentry tag-newsletter category-sport", Mark.NONE),
        ("post hentry " + "category-lajme " * 12 + "tag-festivali-i-madh", Mark.NONE),
        ("x" * 190 + " tag-festivali", Mark.NONE),
        ("field field--name-body field--label-hidden", Mark.NONE),
        ("overflow-hidden", Mark.NONE),
        ("field--type-text-with-summary", Mark.NONE),
        ("has-sidebar no-comments", Mark.NONE),
        ("no-print", Mark.BOILER),
        ("hidden md:block", Mark.NONE),
        ("hidden", Mark.BOILER),
        ("is-hidden", Mark.BOILER),
        ("ctl00_ContentPlaceHolder1_lblTitulli", Mark.HEADLINE),
        ("Article_nentitulli__3c", Mark.LEAD),
    ],
)  # fmt: skip
def test_names_of_classes_promise(names: str, marks: int) -> None:
    assert marks_of(names) & marks == marks
    assert bool(marks_of(names)) is bool(marks)


@pytest.mark.parametrize(
    ("part", "ours"),
    [
        ("Gazeta Lugjas", True),
        ("gazetalugjas.example", True),
        ("GL", True),
        ("Lugjasi sot në festë", False),
        ("–", True),
    ],
)
def test_a_name_of_the_site_is_known(part: str, ours: bool) -> None:
    assert is_name(part, frozenset({"gazetalugjas", "gazetalugjasexample", "gl"})) is ours


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Panairi - Gazeta", ["Panairi", "Gazeta"]),
        ("Panairi «Mjalti i ri»", ["Panairi «Mjalti i ri»"]),
        ("Panairi «Mjalti i ri» - Gazeta", ["Panairi «Mjalti i ri»", "Gazeta"]),
        ("« Mjalti i ri » - Gazeta", ["« Mjalti i ri »", "Gazeta"]),
        ("Gazeta » Panairi", ["Gazeta", "Panairi"]),
    ],
)
def test_quotation_marks_part_no_title(title: str, parts: list[str]) -> None:
    ends = parts_of(title)
    starts = [0, *(start for _, start in ends)]
    stops = [*(end for end, _ in ends), len(title)]
    assert [title[a:b] for a, b in zip(starts, stops, strict=True)] == parts


MENU = "".join(
    f"<h3 class='entry-title'><a href='/{n}'>Lajm tjetër numër {n}</a></h3>" for n in range(40)
)


@pytest.mark.parametrize(
    "heading",
    ["<h1>{}</h1>", "<h2 class='entry-title'>{}</h2>", "<div class='titulli'>{}</div>",
     "<div itemprop='headline'>{}</div>"],
)  # fmt: skip
def test_a_menu_of_headings_hides_no_headline(heading: str) -> None:
    head = "<title>Gazeta Lugjas</title>"
    page = read(f"{head}{MENU}{heading.format('Rruga e fshatit mbyllet dy javë')}<p>{TEXT}</p>")
    assert page.reading.headline is not None
    assert page.reading.headline.value == "Rruga e fshatit mbyllet dy javë"


@pytest.mark.parametrize(
    "line",
    [
        "<table><tr><td><font size=5><b>{}</b></font></td></tr><tr><td>Data: 22.03.2026</td></tr>",
        "<p><font size='+2'>{}</font></p><p>Nga Ana Kodra | 22.03.2026 15:25</p>",
        "<div>{}</div><div>22/03/2026</div>",
        "<div><b>{}</b></div>",
    ],
)
def test_the_line_above_date_or_text_is_a_headline_where_none_is_marked(line: str) -> None:
    head = "<title>Gazeta Lugjas, faqja e lajmeve</title><a href='/'>Kreu</a>"
    body = f"<p>{TEXT}</p><p>{TEXT} Sot.</p>"
    page = read(f"{head}{line.format('Rruga e fshatit mbyllet: dy javë')}{body}")
    assert page.reading.headline is not None
    assert page.reading.headline.value == "Rruga e fshatit mbyllet: dy javë"


@pytest.mark.parametrize(
    "logo",
    [
        "<h1><a href='/'>Shtegu Daily</a></h1>",
        "<div class='logo'><h1>Shtegu Daily</h1></div>",
        "<h1>Shtegu Daily</h1>",
    ],
)
def test_the_name_of_all_pages_in_an_h1_is_no_headline(logo: str) -> None:
    head = "<title>Shtegu Daily</title>"
    page = read(f"{head}{logo}<h1>Rruga e fshatit mbyllet dy javë</h1><p>{TEXT}</p>")
    assert page.reading.headline is not None
    assert page.reading.headline.value == "Rruga e fshatit mbyllet dy javë"


@pytest.mark.parametrize("dated", [True, False])
def test_the_next_piece_below_ends_the_text_where_it_has_a_day_of_its_own(dated: bool) -> None:
    day = "<div>21.03.2026</div>" if dated else ""
    first = f"<div class=art><h1>Libri hapet</h1><div>22.03.2026</div><p>{TEXT} {TEXT} {TEXT}</p>"
    more = f"</div><div class=art><h2>Mulliri kthehet në muze</h2>{day}<p>{TEXT} Sot.</p></div>"
    text = read(first + more).reading.text
    assert text is not None
    assert ("Sot." in text.value) is not dated


def test_squeezing_drops_accents_and_marks() -> None:
    assert squeezed("Gazetë – Shqip’s!") == "gazeteshqips"
    assert likeness("Festa e librit", "festa e librit!") == 1.0


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("sq-AL", "sq"),
        ("en_US", "en"),
        ("English", "en"),
        ("nb-NO", "no"),
        ("x", None),
        (None, None),
        ("utf-8", None),
        ("deu", "de"),
    ],
)
def test_a_language_code(raw: str | None, code: str | None) -> None:
    assert code_of(raw) == code


def outlet(**more: Any) -> Outlet:
    """An outlet of ours."""
    return Outlet(
        slug="gazeta", name="Gazeta", zone="Europe/Tirane", country="AL", languages=("sq",), **more
    )


def test_selectors_of_the_outlet_decide() -> None:
    aside = "<aside>Reklama e ditës</aside>"
    body = f"<div class='b'><p>{TEXT}</p>{aside}</div>"
    html = f"<h1>Kreu</h1><div class='t'>Libri hapet</div>{body}"
    rules = ReadRules(headline="div.t", text="div.b", skip=("aside",))
    page = read(html, outlet(read=rules))
    assert page.reading.headline is not None
    assert page.reading.headline.value == "Libri hapet"
    assert page.reading.headline.layer == "page:[read]"
    assert page.reading.text is not None
    assert page.reading.text.value == TEXT


def test_a_selector_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(Unreadable, match="selector"):
        read("<h1>Libri</h1>", outlet(read=ReadRules(text="div[")))


PRINTED = "<h1>Panairi i librit</h1><p>Publikuar: 06.05.2026, ora {}</p>" + f"<p>{TEXT}</p>"


@pytest.mark.parametrize(
    ("clock", "zone", "of_outlet", "iso"),
    [
        ("23:40", "Europe/Tirane", None, "2026-05-06T23:40:00+02:00"),
        ("00:10", "Europe/Tirane", None, "2026-05-06T00:10:00+02:00"),
        ("23:40", "Europe/Tirane", "Europe/London", "2026-05-06T23:40:00+01:00"),
        ("23:40", None, "Europe/Athens", "2026-05-06T23:40:00+03:00"),
        ("23:40", None, None, "2026-05-06T23:40:00+00:00"),
    ],
)
def test_a_printed_clock_is_the_outlets_else_the_offices(
    clock: str, zone: str | None, of_outlet: str | None, iso: str
) -> None:
    whose = replace(outlet(), zone=of_outlet) if of_outlet else None
    said = read(PRINTED.format(clock), whose, zone=zone, fetched=datetime(2026, 5, 8, tzinfo=UTC))
    assert said.reading.published is not None
    assert said.reading.published.value.instant.isoformat() == iso


def test_a_page_of_nobody_is_read_by_the_offices_clock() -> None:
    html = f"<h1>Panairi i librit</h1><time>para 2 orësh</time><p>{TEXT}</p>"
    said = read(html, zone="Europe/Tirane", fetched=datetime(2026, 5, 6, 23, 30, tzinfo=UTC))
    assert said.reading.published is not None
    assert said.reading.published.value.instant.isoformat() == "2026-05-06T23:30:00+02:00"


def listed(headline: str) -> Reading:
    """What a listing said."""
    when = When(instant=datetime(2026, 3, 22, 14, 25, tzinfo=UTC), precision="minute", rule="iso")
    return Reading(
        layer=Layer.LISTING,
        url="https://gazeta.example/x",
        aliases=(Alias(kind="url", value="gazeta.example/x"),),
        headline=Said(value=headline, layer="listing:h2"),
        published=Said(value=when, layer="listing:time"),
    )  # fmt: skip


def test_the_listing_is_one_voice_among_others() -> None:
    html = f"<title>Kreu</title><div><div>Libri hapet në qytet</div><p>{TEXT}</p></div>"
    page = read(html, outlet(), listed=listed("Libri hapet në qytet"))
    assert page.reading.headline is not None
    assert page.reading.headline.value == "Libri hapet në qytet"
    assert page.reading.published is not None
    assert page.reading.published.value.instant == datetime(2026, 3, 22, 14, 25, tzinfo=UTC)


def test_habits_mark_boilerplate_and_cut_repeated_endings() -> None:
    line = "Lexoni edhe lajmet e tjera të ditës në faqen tonë kryesore, që përditësohet çdo orë."
    habits = Habits(suffixes=("Zëri i Qytetit",), boilerplate=frozenset({line}))
    title = "<title>Libri hapet në qytet – Zëri i Qytetit</title>"
    html = f"{title}<article><p>{TEXT}</p><p>{line}</p></article>"
    page = read(html, habits=habits)
    assert page.reading.headline is not None
    assert page.reading.headline.value == "Libri hapet në qytet"
    assert page.boilerplate == (line,)
    assert page.reading.text is not None
    assert line in page.reading.text.value


def test_disagreement_lowers_the_confidence_and_is_noted() -> None:
    meta = '<meta property="article:published_time" content="2026-03-22T15:25:00+01:00">'
    agreed = f"{meta}<h1>Libri hapet</h1>"
    sure = read(agreed + '<p class="date">22 Mars 2026</p>', outlet())
    unsure = read(agreed + '<p class="date">2 Mars 2026</p>', outlet())
    assert sure.confidence["published"] == 1.0
    assert unsure.confidence["published"] < 1.0
    assert any("2 Mars 2026" in note for note in unsure.reading.notes)


def test_every_field_says_its_layer_and_raw_form() -> None:
    page = read(
        "<title>Libri hapet në qytet - Gazeta</title>"
        f"<article><p class='date'>22 Mars 2026</p><p>{TEXT}</p></article>",
        outlet(),
    )
    assert page.reading.headline is not None
    assert page.reading.headline.layer == "page:title"
    assert page.reading.headline.raw == "Libri hapet në qytet - Gazeta"
    assert page.reading.published is not None
    assert page.reading.published.raw == "22 Mars 2026"
    assert page.reading.published.layer.startswith("page:")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Sht, 05/10/2025 - 14:30", "2025-05-10T14:30:00"),
        ("Sht, 10/05/2025 - 14:30", "2025-05-10T14:30:00"),
        ("Publikuar: e shtunë 05/10/2025", "2025-05-10T00:00:00"),
        ("Hën, 05/10/2025 - 14:30", "2025-10-05T14:30:00"),
        ("Saturday, May 10, 2025 - 14:30", "2025-05-10T14:30:00"),
        ("10.05.2025 24:00", "2025-05-11T00:00:00"),
        ("31 dhjetor 2025, ora 24:00", "2026-01-01T00:00:00"),
        ("10.05.2025 24:30", "2025-05-10T00:00:00"),
    ],
)
def test_a_weekday_and_the_end_of_a_day_in_a_line(text: str, moment: str) -> None:
    found = first_day(text, month_first=False)
    assert found is not None
    assert found[0].isoformat() == moment


@pytest.mark.parametrize(
    ("meta", "beside", "day"),
    [
        ("03/04/2026", "", date(2026, 4, 3)),
        ("03/04/2026", "<time>03/14/2026</time>", date(2026, 3, 4)),
        ("03/04/2026", "<time>14/03/2026</time>", date(2026, 4, 3)),
        ("20260304T101500Z", "", date(2026, 3, 4)),
        ("1772619300", "", date(2026, 3, 4)),
        ("Wed Mar 04 2026 11:15:00 GMT+0100 (CET)", "", date(2026, 3, 4)),
        ("/Date(1772619300000)/", "", date(2026, 3, 4)),
        ("2026-03-04T11:15:00+01:00[Europe/Tirane]", "", date(2026, 3, 4)),
        ("2026-03-03T24:00:00+01:00", "", date(2026, 3, 4)),
        ("2026-03-04T11:15:00+99:00", "", None),
    ],
)
def test_what_metadata_prints_for_a_date(meta: str, beside: str, day: date | None) -> None:
    head = f'<meta property="article:published_time" content="{meta}">'
    aside = f"<aside class='teaser'>{beside}</aside>"
    html = f"<head>{head}</head><h1>Libri</h1><p>{TEXT}</p><p>{TEXT}</p>{aside}"
    said = read(html, outlet(), fetched=datetime(2026, 6, 1, tzinfo=UTC)).reading.published
    local = said and said.value.instant.astimezone(ZoneInfo("Europe/Tirane")).date()
    assert local == day
