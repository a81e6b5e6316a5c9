"""A post's document: what it may say, and how a wrong one is refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.config import RegistryError
from crawler.config.media import player_of
from crawler.config.posts import post_text, read_post, with_new
from crawler.models import PostBlock, PostDocument, PostPicture, PostPiece

TITLE = 'title = "The fair in the media"\n'
WHOLE = """\
title        = "Reflections on the Book Fair"
headlines    = "translation"
links        = false
completeness = false
left_out     = ["https://gazeta.example/9"]
categories   = ["Albania"]
tags         = ["fair"]
slug         = "reflections"
[picture]
file = "fair.jpg"
alt  = "Stalls"
featured = true
[[block]]
text = \"\"\"One.

Two.\"\"\"
[[block]]
outlet = "gazeta"
pieces = [
  "https://gazeta.example/1",
  { article = "a_9k2f1", headline = "Ours", genre = "interview" },
]
[[block]]
video = "https://www.youtube.com/watch?v=abc"
caption = "TV, 19:30"
[[block]]
picture = "fair.jpg"
[[block]]
chart = "days"
[[block]]
new = ["a_5d1x0"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    for folder in ("posts", "media/in"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "media" / "fair.jpg").write_bytes(b"jpg")
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    (tmp_path / "media" / "way-out.jpg").symlink_to(tmp_path / "secret.jpg")
    return tmp_path / "posts" / "festa.en.toml"


def test_everything_that_a_document_may_say(file: Path) -> None:
    file.write_text(WHOLE, "utf-8")
    post = read_post(file)
    assert post.picture == PostPicture(file="fair.jpg", alt="Stalls", featured=True)
    assert post.blocks[1].pieces[1] == PostPiece(name="a_9k2f1", headline="Ours", genre="interview")
    assert set(post.names()) == {
        *("https://gazeta.example/1", "a_9k2f1", "a_5d1x0", "https://gazeta.example/9")
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", 'the key "title" is missing'),
        (TITLE + 'headline = "both"', 'line 2: unknown key "headline"; did you mean "headlines"'),
        (TITLE + 'headlines = "none"', "line 2: headlines: unknown"),
        (TITLE + "[[block]]\ntext = 'a'\npieces = ['a_1']", "a block has one of"),
        (TITLE + "[[block]]\nheading = 'a'", "a block has one of"),
        (TITLE + "[[block]]\noutlet = 'a'\nheading = 'b'\npieces = ['a_1']", "not both"),
        (TITLE + "[[block]]\ntext = 'a'\ncaption = 'b'", "line 4: [[block]] 1 caption"),
        (TITLE + "[[block]]\npieces = []", "expected a list of addresses"),
        (TITLE + "[[block]]\npieces = [{ artikull = 'a_1' }]", 'unknown key "artikull"'),
        (TITLE + "[[block]]\npieces = [{ article = 'a_1', genre = 'song' }]", "Known: news"),
        (TITLE + "[[block]]\npicture = '../secret.jpg'", "without a way out"),
        (TITLE + "[[block]]\npicture = '/etc/hosts.jpg'", "without a way out"),
        (TITLE + "[[block]]\npicture = 'in\\..\\fair.jpg'", "without a way out"),
        (TITLE + "[[block]]\npicture = 'way-out.jpg'", "leads out of"),
        (TITLE + "[[block]]\npicture = 'none.jpg'", 'there is no'),
        (TITLE + "[[block]]\npicture = 'fair.svg'", "ends with .jpg"),
        (TITLE + "[[block]]\npicture = 'https://x.example/a.jpg'", "without a way out"),
        (TITLE + "[[block]]\nvideo = 'https://evil.example/youtube.com'", "no address of YouTube"),
        (TITLE + "[[block]]\nvideo = 'javascript://youtube.com/%0aalert(1)'", "no address of"),
        (TITLE + "[[block]]\nchart = 'pie'", "Known: days"),
    ],
)  # fmt: skip
def test_a_wrong_document_is_refused_in_one_line(file: Path, text: str, told: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(RegistryError) as refused:
        read_post(file)
    assert str(refused.value).startswith(f"{file}: ")
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=abc", "youtube"),
        ("https://youtu.be/abc", "youtube"),
        ("https://m.facebook.com/tv/videos/1", "facebook"),
        ("https://fb.watch/x/", "facebook"),
        ("https://vimeo.com/1", "vimeo"),
        ("https://www.dailymotion.com/video/x1", "dailymotion"),
        ("https://dai.ly/x1", "dailymotion"),
        ("https://notyoutube.com/x", None),
        ("https://youtube.com.evil.example/", None),
        ("https://youtube.com@evil.example/", None),
        ('https://youtube.com/"onload=', None),
        ("https://youtube.com/[gallery]", None),
        ("ftp://youtube.com/x", None),
    ],
)
def test_players_are_known_by_their_hosts(address: str, player: str | None) -> None:
    assert player_of(address) == player


def test_a_proposal_is_read_as_it_was_meant(file: Path) -> None:
    post = PostDocument(
        title='A "fair"',
        blocks=(
            PostBlock(text='One \\* "two"\n\nthree\\'),
            PostBlock(outlet="gazeta", pieces=(PostPiece(name="https://gazeta.example/1"),)),
            PostBlock(heading="16 maj", pieces=(PostPiece(name="a_1"),)),
            PostBlock(chart="days"),
        ),
    )
    file.write_text(post_text(post, {"a_1": "Radio: a\nb # c"}), "utf-8")
    read = read_post(file)
    assert (read.title, read.blocks) == (post.title, post.blocks)


def test_what_is_new_is_appended_and_nothing_else_changes(file: Path) -> None:
    text = with_new(WHOLE + "# mine\n", ("https://radio.example/1",), {})
    assert text.startswith(WHOLE + "# mine\n")
    file.write_text(text, "utf-8")
    assert read_post(file).blocks[-1].new == ("https://radio.example/1",)
