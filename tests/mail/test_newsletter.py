"""The newsletter: the editor's order and words, what the record adds, and a mail that arrives."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pytest
from docx import Document
from lxml.html import fragment_fromstring, fromstring

from crawler.config import RegistryError
from crawler.config.selections import read_selection, write_selection
from crawler.models import Brand, Decided, Language, Pick, Selection, Smtp
from reports.brand import Logo
from reports.coverage import Beside
from reports.credentials import Password
from reports.excerpts import shortened
from reports.formats.newsletter_docx import to_docx
from reports.forms import Part
from reports.mailing import Letter, NotSent, Sending, WrongAddress, message, send
from reports.newsletter import (
    MOST,
    Known,
    Newsletter,
    NothingKnown,
    newsletter,
    proposal,
    proposal_of_events,
    written,
)
from tests.mail.conftest import PASSWORD, USER, Postbox
from tests.reports.made import MADE, outlet, piece, report
from tests.reports.test_coverage import story

NOW = datetime(2026, 5, 25, 6, tzinfo=UTC)
KNOWN = {
    "http://zyra.example/1/": Known(
        url="http://zyra.example/1/",
        headline="Faleminderit për Ditën e Bregut",
        excerpt="Zyra falënderon të gjithë ata që erdhën.",
        outlet="Zyra e Shtypit",
        language="sq",
    ),
    "http://radio.example/2/": Known(
        url="http://radio.example/2/",
        headline="جشن روز ساحل",
        excerpt="در این روز ...",
        outlet="Radio Shkëmbi",
        language="fa",
    ),
}
FORMS = (Part.TEXT, Part.MD, Part.HTML)
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


def known(pick: Pick) -> Known | None:
    return KNOWN.get(pick.url or "")


def issue(*picks: Pick, brand: Brand | None = None) -> Newsletter:
    chosen = picks or tuple(Pick(url=url) for url in KNOWN)
    selection = Selection(number=109, introduction="Të dashur lexues.", picks=chosen)
    told = brand or Brand(name="Zyra e Shtypit", colour="#7a1f2b")
    return newsletter(selection, known, "sq", told, date(2026, 5, 25))


def test_what_the_selection_leaves_open_comes_from_the_record() -> None:
    own = Pick(url="http://radio.example/2/", headline="Festa", excerpt="Me pak fjalë.")
    (first, second) = issue(Pick(url="http://zyra.example/1/"), own).entries
    assert first.headline == "Faleminderit për Ditën e Bregut"
    assert (first.outlet, first.language) == ("Zyra e Shtypit", "sq")
    assert (second.headline, second.excerpt, second.language) == ("Festa", "Me pak fjalë.", None)


def test_any_page_may_be_added_with_a_headline() -> None:
    page = Pick(url="https://library.example/libri", headline="Libri i vitit")
    (entry,) = issue(page).entries
    assert (entry.address, entry.outlet) == ("https://library.example/libri", None)


def test_an_entry_that_nobody_can_name_is_refused_by_its_number() -> None:
    there = Pick(url="http://zyra.example/1/")
    with pytest.raises(NothingKnown, match=r"\[\[entry\]\] 2: .*https://x.example/"):
        issue(there, Pick(url="https://x.example/"))


@pytest.mark.parametrize(
    ("text", "told"),
    [("", ""), ("Një dy", "Një dy"), ("fjalë, " * 60, "fjalë, " * 44 + "fjalë …")],
    ids=["nothing", "short", "long"],
)
def test_an_excerpt_is_short(text: str, told: str) -> None:
    assert shortened(text) == told


def test_a_proposal_has_the_offices_posts_first_then_each_text_once() -> None:
    matched = [piece("a", 1), piece("b", 2), piece("b", 3)]
    beside = Beside(stories=[story("s_1", "a_a_1", "a_b_2")])
    told = report([outlet("a"), outlet("b")], matched, beside=beside)
    made = proposal(told, ["http://zyra.example/9/"], 110)
    assert [pick.url for pick in made.selection.picks] == [
        "http://zyra.example/9/",
        "http://a.example/1/",
        "http://b.example/3/",
    ]
    assert made.others == ()


def test_a_proposal_is_short_and_the_rest_stands_by() -> None:
    told = report([outlet("a")], [piece("a", at) for at in range(20)])
    made = proposal(told, [], 110)
    urls = [pick.url for pick in (*made.selection.picks, *made.others)]
    assert (len(made.selection.picks), len(made.others)) == (MOST, 20 - MOST)
    assert urls == [f"http://a.example/{at}/" for at in range(20)]


def test_a_proposal_goes_by_place_then_tier_then_copies_then_time() -> None:
    outlets = [outlet("a"), outlet("b", tier=1), outlet("c"), outlet("d")]
    early, late = MADE - timedelta(days=9), MADE - timedelta(days=2)
    matched = [
        piece("a", 1, published=early),
        piece("b", 1, published=late),
        piece("c", 1, published=late),
        piece("d", 1, published=late),
        piece("a", 2, published=late),
    ]
    beside = Beside(decided={"a_d_1": Decided(pin=1)}, stories=[story("s_1", "a_c_1", "a_a_2")])
    made = proposal(report(outlets, matched, beside=beside), [], 110)
    assert [pick.url.split("/")[2] for pick in made.selection.picks] == [
        "d.example",
        "b.example",
        "c.example",
        "a.example",
    ]


def test_what_has_no_address_is_proposed_by_its_key() -> None:
    matched = [piece("a", 1, url="urn:jehona:clip:1f"), piece("a", 2)]
    told = proposal(report([outlet("a")], matched), ["javascript:1"], 110)
    named = [(pick.url, pick.article) for pick in told.selection.picks]
    assert named == [(None, "a_a_1"), ("http://a.example/2/", None)]


def test_a_selection_file_keeps_its_order_and_is_never_overwritten(tmp_path: Path) -> None:
    place = tmp_path / "newsletters" / "109.toml"
    picks = (Pick(url="http://b.example/"), Pick(url="http://a.example/"))
    chosen = Selection(number=109, event="dita", introduction='Një "fjalë"\n\ndhe dy', picks=picks)
    write_selection(chosen, place, {"http://b.example/": ("T\u2028 [[entry]]\nurl = 1", "…")})
    read = read_selection(place)
    assert (read.picks, read.introduction, read.event) == (picks, chosen.introduction, "dita")
    with pytest.raises(RegistryError, match="exists"):
        write_selection(chosen, place, {})


def test_what_else_there_is_wants_only_its_first_sign_taken_away(tmp_path: Path) -> None:
    place, all_of_it = tmp_path / "109.toml", tmp_path / "all.toml"
    urls = [f"http://a.example/{at}/" for at in range(5)]
    picks = tuple(Pick(url=url) for url in urls)
    known = {url: (f'Titulli "i" {url}\n[[entry]]', "Fjalë\nurl = 1") for url in urls}
    chosen = Selection(number=109, picks=picks[:2])
    write_selection(chosen, place, known, others=picks[2:])
    assert read_selection(place).picks == picks[:2]
    begun, mark, rest = place.read_text("utf-8").partition("# 3 more to choose from")
    assert mark
    lines = rest.splitlines()[1:]
    all_of_it.write_text(begun + "\n".join(line.removeprefix("# ") for line in lines), "utf-8")
    assert read_selection(all_of_it).picks == picks


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("number = 0\nentry = []", "number", id="no such number"),
        pytest.param("number = 9\nentry = []", "there is no [[entry]]", id="empty"),
        pytest.param(
            "number = 9\n[[entry]]\nexcerpt = 'x'", "[[entry]] 1: an entry has a url", id="url"
        ),
        pytest.param("number = 9\n[[entry]]\nurl = 'javascript:1'", "[[entry]] 1 url", id="scheme"),
        pytest.param(
            "number = 9\n[[entry]]\nurl = 'http://a.example'\nhedline = 'x'",
            'did you mean "headline"',
            id="a typo",
        ),
    ],
)
def test_a_wrong_selection_is_one_line_with_file_and_key(
    tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "9.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(RegistryError) as wrong:
        read_selection(file)
    assert says in str(wrong.value)
    assert str(file) in str(wrong.value)


@pytest.mark.parametrize("part", FORMS)
def test_every_form_has_what_is_inside_and_each_entry(part: Part) -> None:
    text = written(issue(), part)
    inside = text.index("Në këtë numër")
    for one in KNOWN.values():
        assert text.count(one.headline or "") >= 2
        assert text.index(one.headline or "", inside) > inside
        assert one.url in text
    assert "109" in text
    assert "Të dashur lexues." in text


def made_of(
    *picks: Pick, language: Language = "en", brand: Brand | None = None, **keys: Any
) -> Newsletter:
    selection = Selection(number=108, picks=picks, **keys)
    return newsletter(selection, known, language, brand or Brand(), date(2023, 11, 28))


def lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


SHAPE = [
    ("The Shore Society congratulates on Flag Day", "On behalf of our readers, we wish joy to all"),
    (
        "Shore Newsletter No.108",
        "The people of the shore celebrate their day. We thank all..",
    ),
    ("The Society’s Meeting in Lugjas, We are equal", "On Sunday it was titled: “We are equal”"),
    ("oncluding Statement of The great gathering", "The Shore (SHR, SHO) moved about 7 years ago."),
    ("The Kristal TV report on the meeting", "A meeting on hu man rights was held last Sunday.."),
    ("Readers should be informed about the harbour", "Mira Deti has not seen it for many years."),
    ("The News 42 TV Channel interviews Gent Deti", "Gent Deti is a member of the office."),
    ("How the harbour works according to Ana Leka", "If you think that shores are small, look."),
    ("Two towns should take action, ex-member", "who published her book a few months ago.."),
    ("Famous author visited the Society", "Members received the author at their office."),
    ("Why the shore was parted (August 3-7, 1988)", "After the storm (aka the Eternal Wave)…"),
    ("Researcher: no 'widespread' backing", "While it claims that its so-called “units” stat ed"),
]


@pytest.mark.parametrize("part", FORMS)
def test_an_issue_of_titles_and_teasers_stands_line_by_line(part: Part) -> None:
    picks = [Pick(headline=title, excerpt=teaser) for title, teaser in SHAPE]
    made = made_of(*picks, layout="list", title="Shore Newsletter No.108")
    text = written(made, part)
    if part is Part.HTML:
        main = fromstring(text).find(".//main")
        assert main is not None
        nodes = main.xpath(".//h1|.//h2|.//h3|.//p[not(ancestor::header)]")
        lines = [" ".join(node.text_content().split()) for node in nodes]
    else:
        lines = lines_of(text)
    begun = {Part.MD: "## ", Part.TEXT: "", Part.HTML: ""}[part] + "Inside this issue:"
    dash, indent = ("-", "  ") if part is Part.MD else ("–", "")
    at = lines.index(begun)
    wanted = [line for title, teaser in SHAPE for line in (f"{dash} {title}", f"{indent}{teaser}")]
    assert lines[at + 1 : at + 25] == wanted
    assert text.count("Inside this issue") == 1
    for title, teaser in SHAPE[2:3] + SHAPE[11:] if part is not Part.HTML else ():
        assert (text.count(title), text.count(teaser)) == (1, 1)


def test_an_issue_in_word_and_in_blocks_stands_line_by_line() -> None:
    picks = [Pick(headline=title, excerpt=teaser) for title, teaser in SHAPE]
    made = made_of(*picks, layout="list", title="Shore Newsletter No.108")
    wanted = ["Inside this issue:"]
    wanted += [line for title, teaser in SHAPE for line in (f"– {title}", teaser)]
    told = Document(BytesIO(to_docx(made, Brand(), date(2023, 11, 28))))
    assert [line.text for line in told.paragraphs][2:] == wanted
    blocks = fragment_fromstring(written(made, Part.BLOCKS), create_parent=True)
    assert ["".join(p.itertext()) for p in blocks.iter("p")] == [
        wanted[0], *(f"– {title}{teaser}" for title, teaser in SHAPE)
    ]  # fmt: skip


def test_word_and_blocks_link_what_has_a_page_and_run_nothing() -> None:
    page = Pick(url="https://x.example/", headline=HOSTILE, excerpt="[gallery]", genre="video")
    made = made_of(page, Pick(headline="B2"), sections=True)
    blocks = written(made, Part.BLOCKS)
    assert "<script" not in blocks
    assert "[gallery]" not in blocks
    assert blocks.count("<a href") == 1
    told = Document(BytesIO(to_docx(made, Brand(), date(2023, 11, 28))))
    (link,) = [rel for rel in told.part.rels.values() if rel.is_external]
    assert link.target_ref == "https://x.example/"
    assert to_docx(made, Brand(), date(2023, 11, 28)) == to_docx(made, Brand(), date(2023, 11, 28))


@pytest.mark.parametrize("part", FORMS)
def test_a_list_says_nothing_twice_and_links_what_has_a_page(part: Part) -> None:
    text = written(made_of(*(Pick(url=url) for url in KNOWN), layout="list"), part)
    for one in KNOWN.values():
        assert [text.count(told or "") for told in (one.headline, one.url)] == [1, 1]
        assert one.outlet not in text


@pytest.mark.parametrize("part", FORMS)
@pytest.mark.parametrize("layout", ["list", "full"])
def test_sections_have_headings_in_the_order_of_their_first_entry(
    part: Part, layout: Literal["list", "full"]
) -> None:
    picks = (
        Pick(headline="A1", section="Ours"),
        Pick(headline="B2", section="Theirs", genre="interview"),
        Pick(headline="C3"),
        Pick(headline="D4", section="Ours"),
        Pick(headline="E5", genre="video"),
    )
    made = made_of(*picks, layout=layout, sections=True)
    assert [(section.heading, [entry.headline for entry in section.entries])
            for section in made.sections] == [
        (None, ["C3"]), ("Ours", ["A1", "D4"]), ("Theirs", ["B2"]), ("Video", ["E5"]),
    ]  # fmt: skip
    text = written(made, part)
    places = [text.rindex(told) for told in ("C3", "Ours", "D4", "Theirs", "B2", "Video", "E5")]
    assert places == sorted(places)
    assert text.count("Interview:") == 1
    assert "Video:" not in text


def test_without_sections_the_order_is_the_files_and_a_genre_stands_before_its_title() -> None:
    picks = (Pick(headline="A1", section="Ours", genre="opinion"), Pick(headline="B2"))
    text = written(made_of(*picks, layout="list"), Part.TEXT)
    assert "– Opinion: A1" in text
    assert "Ours" not in text


def test_a_machines_translation_is_marked_in_every_form() -> None:
    told = replace(KNOWN["http://radio.example/2/"], headline="Shore Day", by_machine=True)
    selection = Selection(number=1, picks=(Pick(url=told.url),))
    made = newsletter(selection, lambda _: told, "en", Brand(), date(2026, 5, 25))
    for part in FORMS:
        assert "(machine translation)" in written(made, part)
    own = replace(selection, picks=(Pick(url=told.url, headline="Our words"),))
    made = newsletter(own, lambda _: told, "en", Brand(), date(2026, 5, 25))
    assert made.entries[0].note is None


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Shore Newsletter No.108", "Shore Newsletter No.108"),
        ("Buletini nr. 108", "Buletini nr. 108"),
        ("Issue #108: spring", "Issue #108: spring"),
        ("Shore 108", "Shore 108"),
        ("108 books", "108 books, No. 108"),
        ("Shore 1108", "Shore 1108, No. 108"),
        ("Shore", "Shore, No. 108"),
        (None, "Newsletter, No. 108"),
    ],
)
def test_the_number_is_said_once(title: str | None, subject: str) -> None:
    made = made_of(Pick(headline="A1"), title=title)
    assert made.subject == subject
    for part in FORMS:
        assert ("No. 108" in written(made, part)) is made.numbered


@pytest.mark.parametrize("language", ["sq", "en"])
def test_the_foot_of_a_mail_names_the_office_and_never_the_issue(language: Language) -> None:
    title = "Shore Newsletter No.108"
    made = made_of(Pick(headline="A1"), title=title, language=language)
    assert title not in made.why_mail
    named = made_of(Pick(headline="A1"), brand=Brand(name="Zyra"), language=language)
    assert "Zyra" in named.why_mail


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('layout = "lst"', "layout: unknown: 'lst'; did you mean"),
        ('language = "de"', "language: unknown: 'de'. Known: sq, en"),
        ('sections = "yes"', "sections"),
        ('layuot = "list"', 'unknown key "layuot"; did you mean "layout"? Known keys: number'),
        ("[[entry]]\nheadline = 'x'\ngenre = 'intervew'", "[[entry]] 1 genre: unknown"),
        ("[[entry]]\nheadline = 'x'\nsecton = 'y'", "Known keys: url, headline"),
    ],
)
def test_a_wrong_key_is_refused_with_file_key_and_the_known_ones(
    tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "9.toml"
    file.write_text(f"number = 9\n{text}\n[[entry]]\nheadline = 'x'\n", "utf-8")
    with pytest.raises(RegistryError) as wrong:
        read_selection(file)
    assert says in str(wrong.value)
    assert str(file) in str(wrong.value)


def test_several_events_share_an_issue_and_each_entry_names_its_own() -> None:
    first = report([outlet("a")], [piece("a", at) for at in range(20)])
    second = replace(first, event=replace(first.event, slug="dita-tjeter"))
    other = report([outlet("b")], [piece("b", at) for at in range(3)])
    third = replace(other, event=replace(other.event, slug="dita-e-trete"))
    made = proposal_of_events([first, second, third], {}, 110)
    assert made.selection.event is None
    counted = Counter(pick.event for pick in made.selection.picks)
    assert counted == {first.event.slug: 4, "dita-e-trete": 3}
    urls = [pick.url for pick in (*made.selection.picks, *made.others)]
    assert len(urls) == len(set(urls)) == 23


def test_what_was_printed_is_text_in_the_mail() -> None:
    page = Pick(url="https://x.example/", headline=HOSTILE, excerpt=HOSTILE, outlet=HOSTILE)
    html = written(issue(page, brand=Brand(name=HOSTILE)), Part.HTML)
    assert "<script" not in html
    assert "<img" not in html


def letter(logo: Logo | None = None) -> Letter:
    made = issue()
    return Letter(
        sender="zyra@office.example",
        name="Zyra e Shtypit për Çështje",
        subject=made.subject,
        html=written(made, Part.HTML, logo="cid:logo@jehona" if logo else ""),
        text=written(made, Part.TEXT),
        logo=logo,
    )


def sent(postbox: Postbox, *to: str, user: str | None = USER, password: str = PASSWORD) -> Sending:
    smtp = Smtp(host="127.0.0.1", port=postbox.port, user=user, sender="zyra@office.example")
    return send(letter(), to or ("ana@reader.example",), smtp, Password(password), NOW)


def test_it_arrives_with_its_letters(postbox: Postbox) -> None:
    assert sent(postbox).sent == ("ana@reader.example",)
    (mail,) = postbox.mails
    assert mail["Subject"] == "Zyra e Shtypit, nr. 109"
    assert mail["From"].addresses[0].display_name == "Zyra e Shtypit për Çështje"
    assert (mail["To"], mail["Date"].datetime) == ("ana@reader.example", NOW)
    plain = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "Faleminderit për Ditën e Bregut" in plain.get_content()
    assert "جشن روز ساحل" in html.get_content()


def test_diacritics_stand_in_the_subject(postbox: Postbox) -> None:
    smtp = Smtp(host="127.0.0.1", port=postbox.port, sender="zyra@office.example")
    made = letter()
    strange = Letter(
        sender=made.sender,
        name=made.name,
        subject="Buletini për ë dhe ç — جشن",
        html=made.html,
        text=made.text,
        logo=None,
    )
    send(strange, ["ana@reader.example"], smtp, None, NOW)
    assert postbox.mails[0]["Subject"] == "Buletini për ë dhe ç — جشن"


def test_the_logo_comes_along_and_is_named_by_the_html() -> None:
    mail = message(letter(Logo(body=b"\x89PNG", media_type="image/png")), "a@b.example", NOW)
    parts = {part.get_content_type(): part for part in mail.walk()}
    assert parts["image/png"]["Content-ID"] == "<logo@jehona>"
    assert "cid:logo@jehona" in parts["text/html"].get_content()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("leave", "header", "click"),
    [
        (None, "<mailto:zyra@office.example?subject=unsubscribe>", None),
        ("mailto:dal@office.example", "<mailto:dal@office.example>", None),
        ("https://x.example/dal?a=" + "z" * 300, None, "List-Unsubscribe=One-Click"),
    ],
)
def test_how_to_leave_stands_in_the_headers_as_it_is(
    postbox: Postbox, leave: str | None, header: str | None, click: str | None
) -> None:
    smtp = Smtp(host="127.0.0.1", port=postbox.port, sender="zyra@office.example")
    send(replace(letter(), unsubscribe=leave), ["ana@reader.example"], smtp, None, NOW)
    (mail,) = postbox.mails
    raw = message(replace(letter(), unsubscribe=leave), "a@b.example", NOW).as_bytes()
    assert (header or f"<{leave}>").encode() in raw
    assert "".join(mail["List-Unsubscribe"].split()) == (header or f"<{leave}>")
    assert mail["List-Unsubscribe-Post"] == click


@pytest.mark.parametrize("leave", ["https://x.example/dal", "mailto:dal@office.example"])
def test_how_to_leave_stands_at_the_foot(leave: str) -> None:
    made = made_of(Pick(headline="A1"), unsubscribe=leave)
    for part in (Part.TEXT, Part.HTML):
        text = written(made, part)
        assert leave.removeprefix("mailto:") in text
        assert "answer this mail" not in text


@pytest.mark.parametrize(
    "leave",
    ["http://x.example/", "javascript:1", "mailto:", "mailto:x", "https://x.example/a>b", "dal"],
)
def test_no_way_to_leave_is_refused(tmp_path: Path, leave: str) -> None:
    file = tmp_path / "9.toml"
    file.write_text(f'number = 9\nunsubscribe = "{leave}"\n[[entry]]\nheadline = "x"\n', "utf-8")
    with pytest.raises(RegistryError, match="unsubscribe"):
        read_selection(file)


def test_each_recipient_sees_only_their_own_address(postbox: Postbox) -> None:
    assert len(sent(postbox, "ana@reader.example", "ben@reader.example").sent) == 2
    assert [mail["To"] for mail in postbox.mails] == ["ana@reader.example", "ben@reader.example"]


def test_one_refused_recipient_does_not_stop_the_others(postbox: Postbox) -> None:
    postbox.refused = {"ben@reader.example"}
    went = sent(postbox, "ana@reader.example", "ben@reader.example", "cen@reader.example")
    assert went.sent == ("ana@reader.example", "cen@reader.example")
    assert went.refused == (("ben@reader.example", "550 no such user"),)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        pytest.param("gabim", "check [smtp] user and JEHONA_SMTP_PASSWORD", id="wrong"),
        pytest.param("çelës", "can only be told in ASCII", id="letters"),
    ],
)
def test_what_the_server_refuses_is_one_line_without_the_password(
    postbox: Postbox, password: str, says: str
) -> None:
    with pytest.raises(NotSent) as failed:
        sent(postbox, password=password)
    said = str(failed.value)
    assert says in said
    assert "\n" not in said
    assert PASSWORD not in said
    assert password not in said


@pytest.mark.parametrize("fault", ["554 too long", f"554 {PASSWORD}"])
def test_a_refused_message_is_told_without_the_password(postbox: Postbox, fault: str) -> None:
    postbox.fault = fault
    went = sent(postbox)
    assert went == Sending(
        sent=(), refused=(("ana@reader.example", fault.replace(PASSWORD, "***")),)
    )


@pytest.mark.parametrize("to", ["ana", "ana@", "a\nBcc: b@c.example", ""])
def test_a_recipient_that_is_no_address_sends_nothing(postbox: Postbox, to: str) -> None:
    with pytest.raises(WrongAddress, match="is no mail address"):
        sent(postbox, "ben@reader.example", to)
    assert postbox.mails == []


def test_no_server_is_one_line() -> None:
    smtp = Smtp(host="127.0.0.1", port=9, sender="zyra@office.example")
    with pytest.raises(NotSent, match="cannot be reached"):
        send(letter(), ["ana@reader.example"], smtp, None, NOW)
