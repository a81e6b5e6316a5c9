"""An issue on a site and in a mail: once, with its pictures; what people decided of its pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.conftest import Desk
from tests.desk.test_post_media import DOT
from tests.mail.conftest import Postbox
from tests.publishing.pretend import SECRET, USER, Pretend, pretending
from tests.record.pieces import piece

ISSUE = f"""\
number = 7
title = "Buletini"
layout = "list"
picture = {{ file = "kopertina.png", alt = "Sheshi", caption = "Në shesh" }}
[[entry]]
url = "{piece(1).url}"
[[entry]]
headline = "Njoftim pa faqe"
excerpt = "Fjalët tona."
picture = "kopertina.png"
"""


@pytest.fixture
def site() -> Iterator[Pretend]:
    with pretending() as served:
        yield served


@pytest.fixture
def office(filled: Desk, site: Pretend, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("JEHONA_SITE_HOUSE_PASSWORD", SECRET)
    toml = filled.root / "jehona.toml"
    told = f'[sites.house]\nurl = "{site.url}"\nuser = "{USER}"\n'
    toml.write_text(toml.read_text("utf-8") + told, "utf-8")
    for folder in ("media", "newsletters"):
        (filled.root / folder).mkdir()
    (filled.root / "media" / "kopertina.png").write_bytes(DOT)
    issue_of(filled).write_text(ISSUE, "utf-8")
    return filled


def issue_of(desk: Desk) -> Path:
    return desk.root / "newsletters" / "7.toml"


def test_an_issue_is_a_draft_once_and_brought_up_to_date(office: Desk, site: Pretend) -> None:
    done = office.type("newsletter", "-n", "7", "--publish", "house")
    assert (done.code, "made post 1 on house (draft)" in done.out) == (0, True), done.err
    post = site.posts[1]
    assert post["title"] == "Buletini, nr. 7"
    assert re.findall(r"<!-- wp:([a-z]+) ", post["content"]) == [
        "image", "paragraph", "paragraph", "image", "paragraph",
    ]  # fmt: skip
    assert [row["alt"] for row in site.media] == ["Sheshi"]
    again = office.type("newsletter", "-n", "7", "--publish", "house")
    assert (again.code, "nothing sent" in again.out) == (0, True)
    issue_of(office).write_text(ISSUE.replace("Fjalët tona", "Fjalë të reja"), "utf-8")
    assert "up to date" in office.type("newsletter", "-n", "7", "--publish", "house").out
    assert "Fjalë të reja" in site.posts[1]["content"]
    assert (len(site.posts), len(site.media)) == (1, 1)


def test_a_touched_issue_is_left_and_what_it_lacks_is_offered(office: Desk, site: Pretend) -> None:
    office.type("newsletter", "-n", "7", "--publish", "house")
    site.touch(1, title="Titull tjetër")
    issue_of(office).write_text(f'{ISSUE}[[entry]]\nheadline = "Edhe kjo"\n', "utf-8")
    done = office.type("newsletter", "-n", "7", "--publish", "house")
    assert done.code == 3
    assert "Edhe kjo" in done.out
    assert "Edhe kjo" not in site.posts[1]["content"]


@pytest.mark.parametrize(
    "words",
    [
        ["--publish", "house", "--send", "--to", "a@b.example"],
        ["--publish", "house", "-o", "x.html"],
        ["--dry-run"],
        ["--publish", "nowhere"],
    ],
)
def test_wrong_use_sends_nothing(words: list[str], office: Desk, site: Pretend) -> None:
    assert office.type("newsletter", "-n", "7", *words).code == 2
    assert site.sent == []


def test_a_dry_run_only_looks(office: Desk, site: Pretend) -> None:
    done = office.type("newsletter", "-n", "7", "--publish", "house", "--dry-run")
    assert (done.code, site.sent) == (0, [])
    assert "would make" in done.out


# --- forms -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("html", 'src="data:image/png;base64,'),
        ("md", "![Sheshi](<media/kopertina.png>)"),
        ("blocks", '<img alt="Sheshi"/><figcaption'),
    ],
)
def test_pictures_in_each_form(form: str, shown: str, office: Desk) -> None:
    assert shown in office.type("newsletter", "-n", "7", "--format", form).out


def test_a_mail_carries_its_pictures_and_every_style_on_its_element(
    office: Desk, postbox: Postbox
) -> None:
    toml = office.root / "jehona.toml"
    told = f'[smtp]\nhost = "127.0.0.1"\nport = {postbox.port}\nfrom = "z@office.example"\n'
    toml.write_text(toml.read_text("utf-8") + told, "utf-8")
    done = office.type("newsletter", "-n", "7", "--send", "--to", "a@b.example")
    assert done.code == 0, done.err
    (mail,) = postbox.mails
    parts = {part.get_content_type(): part for part in mail.walk()}
    html = parts["text/html"].get_content()
    (cid,) = set(re.findall(r'src="cid:([^"]+)"', html))
    assert parts["image/png"]["Content-ID"] == f"<{cid}>"
    assert "max-width: 600px" in html
    assert '<!--[if mso]><table role="presentation" width="600"' in html
    assert "prefers-color-scheme: dark" in html
    # what only <style> says is never what a mail program needs: screens and schemes
    assert all("style=" in tag for tag in re.findall(r"<(?:td|p|h1|h2|h3|img|a) [^>]*>", html))


@pytest.mark.parametrize(
    ("body", "name", "told"),
    [
        (b"RIFF0000WEBP" + b"x" * 9, "foto.webp", "no WebP"),
        (DOT + bytes(7 * 2**20), "foto.png", "MB"),
    ],
    ids=["webp", "large"],
)
def test_a_picture_that_no_mail_should_carry(
    body: bytes, name: str, told: str, office: Desk, postbox: Postbox
) -> None:
    toml = office.root / "jehona.toml"
    smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {postbox.port}\nfrom = "z@office.example"\n'
    toml.write_text(toml.read_text("utf-8") + smtp, "utf-8")
    (office.root / "media" / name).write_bytes(body)
    issue_of(office).write_text(ISSUE.replace("kopertina.png", name), "utf-8")
    done = office.type("newsletter", "-n", "7", "--send", "--to", "a@b.example")
    assert (done.code, postbox.mails) == (2, [])
    assert told in done.err


@pytest.mark.parametrize(
    "told", ['picture = "../jehona.toml"', 'picture = "x.svg"', 'picture = { alt = "pa skedar" }']
)
def test_a_picture_is_a_file_of_media(told: str, office: Desk) -> None:
    issue_of(office).write_text(
        f"{ISSUE}{told}\n".replace('picture = "kopertina.png"\n', ""), "utf-8"
    )
    done = office.type("newsletter", "-n", "7")
    assert done.code == 2
    assert "7.toml" in done.err


# --- pieces of the record ------------------------------------------------------------------


def test_a_broadcast_is_proposed_by_its_key_and_reads_from_the_record(filled: Desk) -> None:
    told = ("--headline", "Kronika", "--published", "10.5.2025", "--no-outlet")
    filled.type("clip", "--event", "festa", *told)
    assert filled.type("newsletter", "-n", "8", "--event", "festa").code == 0
    selection = (filled.root / "newsletters" / "8.toml").read_text("utf-8")
    assert re.search(r'article = "a_[a-z0-9]+"\n# headline = "Kronika"', selection)
    assert "Kronika" in filled.type("newsletter", "-n", "8", "--format", "text").out


def test_what_was_decided_of_a_piece_is_its_genre(office: Desk) -> None:
    office.type("decisions", "set", "festa", piece(1).url, "--genre", "interview")
    issue_of(office).write_text(ISSUE.replace("number = 7", 'number = 7\nevent = "festa"'), "utf-8")
    assert "– Intervistë: Libri 1" in office.type("newsletter", "-n", "7", "--format", "text").out


def test_a_teaser_is_that_of_the_issues_language(office: Desk) -> None:
    url = piece(1).url
    issue_of(office).write_text(ISSUE.replace("number = 7", 'number = 7\nevent = "festa"'), "utf-8")

    def told(language: str) -> str:
        words = ("newsletter", "-n", "7", "--format", "text", "--language", language)
        return office.type(*words).out

    said = ("decisions", "set", "festa", url, "--excerpt", "The fair in figures.")
    assert office.type(*said, "--language", "en").code == 0
    assert "The fair in figures." in told("en")
    assert "The fair in figures." not in told("sq")
    assert (
        office.type("decisions", "set", "festa", url, "--excerpt", "Panairi në shifra.").code == 0
    )
    assert "Panairi në shifra." in told("sq")
    assert "Panairi në shifra." not in told("en")
    office.type("decisions", "set", "festa", url, "--undo", "excerpt", "--language", "en")
    assert "Panairi në shifra." in told("en")


def test_a_language_is_of_an_excerpt_alone(office: Desk) -> None:
    said = ("decisions", "set", "festa", piece(1).url, "--remark", "x", "--language", "en")
    assert office.type(*said).code == 2
