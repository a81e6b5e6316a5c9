"""Pictures and videos of a post: shown from media/ alone, sent once, in their places."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jehona import actions
from jehona.actions.office import Office, open_office
from jehona.actions.publish import Publication
from jehona.actions.roundup import RoundupOptions
from reports.publishing.refusals import Refusal, Refused
from tests.desk.conftest import Desk, Typed
from tests.publishing.pretend import SECRET, USER, Pretend, pretending
from tests.record.pieces import piece

# a picture of one point, a sign of a film
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
FILM = b"\x00\x00\x00\x18ftypmp42" + b"film" * 9
DOCUMENT = f"""\
title = "Dita në media"
slug = "dita"
categories = ["Shqipëri & bota"]
tags = ["libri"]
[picture]
file = "pamja.png"
alt = "Tezgat në “shesh”"
caption = "Mbrëmja e parë"
featured = true
[[block]]
text = "Mediat shkruan:"
[[block]]
chart = "days"
[[block]]
outlet = "gazeta-shembull"
pieces = ["{piece(1).url}", "{piece(25).url}"]
[[block]]
video = "film.mp4"
caption = "Në shesh"
[[block]]
video = "https://www.youtube.com/watch?v=abc"
[[block]]
picture = "pamja.png"
alt = "Salla"
"""
OPTIONS = RoundupOptions(language="sq")


@pytest.fixture
def site() -> Iterator[Pretend]:
    with pretending() as served:
        served.terms["categories"] = {"Shqipëri": 3, "Shqipëri &amp; bota": 4}
        served.terms["tags"] = {"Libri": 8}
        yield served


@pytest.fixture
def arranged(filled: Desk) -> Desk:
    """A document with two pictures, a film, a player and the chart."""
    # of the day before: there is a chart where days can be compared
    filled.keep(piece(25))
    for folder in ("media", "posts"):
        (filled.root / folder).mkdir()
    (filled.root / "media" / "pamja.png").write_bytes(DOT)
    (filled.root / "media" / "film.mp4").write_bytes(FILM)
    document_of(filled).write_text(DOCUMENT, "utf-8")
    return filled


@pytest.fixture
def office(arranged: Desk, site: Pretend, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("JEHONA_SITE_HOUSE_PASSWORD", SECRET)
    toml = arranged.root / "jehona.toml"
    told = f'[sites.house]\nurl = "{site.url}"\nuser = "{USER}"\n'
    toml.write_text(toml.read_text("utf-8") + told, "utf-8")
    return open_office(arranged.root, by="ana")


def document_of(desk: Desk) -> Path:
    return desk.root / "posts" / "festa.sq.toml"


def sent(office: Office, *, dry_run: bool = False) -> Publication:
    return actions.publish.publish(
        office, "festa", to="house", options=OPTIONS, check_links=False, dry_run=dry_run
    )


# --- on a site -----------------------------------------------------------------------------


def test_files_go_up_once_and_stand_in_their_places(office: Office, site: Pretend) -> None:
    made = sent(office)
    assert made.done.notes == ()
    assert [row["alt"] for row in site.media] == ["Tezgat në “shesh”", picture_alt(site), ""]
    content = site.posts[1]["content"]
    assert re.findall(r"<!-- wp:([a-z]+) ", content) == [
        "image", "paragraph", "image", "heading", "list", "video", "embed", "image", "separator",
        "paragraph",
    ]  # fmt: skip
    assert re.findall(r'wp-image-(\d+)"', content) == ["90", "91", "90"]
    assert 'alt="Tezgat në “shesh”"' in content
    assert 'alt="Salla"' in content
    assert ">Mbrëmja e parë</figcaption>" in content
    assert f'<video controls src="{site.media[2]["source_url"]}"></video>' in content
    assert sent(office).done.action == "unchanged"
    assert len(site.media) == 3


def picture_alt(site: Pretend) -> str:
    return str(next(row["alt"] for row in site.media if row["slug"].startswith("jehona-chart")))


def test_what_is_set_once_is_left_alone_afterwards(
    office: Office, arranged: Desk, site: Pretend
) -> None:
    sent(office)
    post = site.posts[1]
    once = [post[name] for name in ("slug", "categories", "tags", "featured_media")]
    assert once == ["dita", [4], [8], 90]
    site.posts[1]["categories"] = []
    told = DOCUMENT.replace("Mediat shkruan", "Shtypi shkroi").replace('["libri"]', '["nuk ka"]')
    document_of(arranged).write_text(told, "utf-8")
    assert sent(office).done.action == "update"
    assert site.posts[1]["categories"] == []
    assert len(site.media) == 3


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("kind", ["categories", "tags"])
def test_an_unknown_name_is_refused_before_anything_is_sent(
    kind: str, dry_run: bool, office: Office, arranged: Desk, site: Pretend
) -> None:
    told = re.sub(rf"{kind} = .*", f'{kind} = ["Diçka"]', DOCUMENT)
    document_of(arranged).write_text(told, "utf-8")
    with pytest.raises(Refused, match=f"no such category or tag \\({kind}: Diçka\\)") as caught:
        sent(office, dry_run=dry_run)
    assert (caught.value.refusal, caught.value.code) == (Refusal.UNKNOWN_TERM, 2)
    assert site.sent == []


def test_who_may_not_upload_sends_words_alone(office: Office, site: Pretend) -> None:
    site.may = {"edit_posts": True}
    made = sent(office)
    assert [note.partition(":")[0] for note in made.done.notes] == [
        "without pamja.png",
        "without chart",
        "without film.mp4",
    ]
    content = site.posts[1]["content"]
    assert "figure" not in content.replace("wp-block-embed", "").split("<figure", 1)[0]
    assert (site.media, "wp:image" in content, "jehona:" in content) == ([], False, False)
    assert sent(office).done.action == "unchanged"


def test_a_dry_run_shows_room_for_files_and_sends_none(office: Office, site: Pretend) -> None:
    made = sent(office, dry_run=True)
    assert site.sent == []
    assert '<img alt="Salla"/>' in made.done.blocks
    assert "jehona:" not in made.done.blocks


def test_what_a_touched_post_lacks_is_offered_in_the_documents_words(
    office: Office, arranged: Desk, site: Pretend
) -> None:
    sent(office)
    site.touch(1, content=site.posts[1]["content"].replace("Mediat", "Të gjitha mediat"))
    told = f'[[block]]\npieces = [{{ article = "{piece(3).url}", headline = "Fjala jonë" }}]\n'
    document_of(arranged).write_text(f"links = false\n{DOCUMENT}{told}", "utf-8")
    left = sent(office)
    assert left.done.action == "touched"
    assert [entry.headline for entry in left.done.more] == ["Fjala jonë"]
    assert "Fjala jonë" in (left.paste or "")
    site.touch(1, content=f"{site.posts[1]['content']}<p>Fjala jonë</p>")
    assert sent(office).done.more == ()


# --- to look at and to paste ---------------------------------------------------------------


def rendered(desk: Desk, form: str, *more: str) -> Typed:
    return desk.type("roundup", "festa", "--format", form, *more)


def test_a_page_holds_its_pictures_and_fetches_nothing(arranged: Desk) -> None:
    page = rendered(arranged, "html").out
    sources = re.findall(r'\ssrc="([^"]+)"', page)
    assert len(sources) == 3
    assert {source.partition(",")[0] for source in sources} == {"data:image/png;base64"}
    assert "<iframe" not in page
    assert "film.mp4" in page
    without = rendered(arranged, "html", "--no-chart", "--without-completeness").out
    assert len(re.findall(r'\ssrc="', without)) == 2
    assert "<hr>" not in without


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("md", "![Salla](<media/pamja.png>)"),
        ("text", "\nMbrëmja e parë\n"),
        ("blocks", '<figure class="wp-block-image"><img alt="Salla"/></figure>'),
    ],
)
def test_a_picture_in_each_form(form: str, shown: str, arranged: Desk) -> None:
    assert shown in rendered(arranged, form).out


def test_a_word_document_with_its_pictures(arranged: Desk, tmp_path: Path) -> None:
    file = tmp_path / "post.docx"
    assert arranged.type("roundup", "festa", "-o", str(file)).code == 0
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as package:
        names = [name for name in package.namelist() if "/media/" in name]
        words = package.read("word/document.xml").decode()
    # the dot twice is one file, beside the chart
    assert len(names) == 2
    for told in ("Dita në media", "Mbrëmja e parë", "film.mp4", "Gazeta Shembull:"):
        assert told in words


def test_a_word_document_is_not_for_a_terminal(arranged: Desk) -> None:
    done = rendered(arranged, "docx")
    assert (done.code, done.out) == (2, "")
    assert "give -o FILE" in done.err


def test_an_ending_that_says_another_form_is_refused(arranged: Desk, tmp_path: Path) -> None:
    done = rendered(arranged, "html", "-o", str(tmp_path / "post.docx"))
    assert done.code == 2
    assert list(tmp_path.glob("*.docx")) == []


# --- hostile -------------------------------------------------------------------------------

SCRIPTED = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "body"),
    [("pamja.png", SCRIPTED), ("pamja.png", FILM), ("pamja.png", b""), ("film.mp4", DOT)],
    ids=["svg", "film", "empty", "picture"],
)
def test_a_file_that_is_not_what_it_says(
    name: str, body: bytes, office: Office, arranged: Desk, site: Pretend
) -> None:
    (arranged.root / "media" / name).write_bytes(body)
    with pytest.raises(actions.errors.Failure, match=re.escape(name)) as caught:
        sent(office)
    assert caught.value.code == 2
    assert site.sent == []


def test_a_link_out_of_media_is_refused(arranged: Desk, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(DOT)
    place = arranged.root / "media" / "pamja.png"
    place.unlink()
    place.symlink_to(secret)
    done = rendered(arranged, "html")
    assert (done.code, done.out) == (2, "")
    assert "leads out of" in done.err


def test_a_picture_is_bounded(arranged: Desk) -> None:
    with (arranged.root / "media" / "pamja.png").open("ab") as file:
        file.truncate(17 * 1024 * 1024)
    done = rendered(arranged, "html")
    assert (done.code, done.out) == (2, "")
    assert "larger than 16 MB" in done.err
