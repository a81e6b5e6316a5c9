"""A post's document changed: every order of its blocks keeps every comment, read back as meant."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.config.post_file import Change, changed
from crawler.config.posts import post_in
from crawler.config.refusals import RegistryError
from crawler.models import PostBlock, PostDocument, PostPicture, PostPiece

TEXT = """\
# mine
title        = "Dita"  # the title
headlines    = "both"

# why left
left_out = ["https://z.example/9"] # z

# opening
[[block]]
text = "Hyrja."   # first

[[block]]
outlet = "gazeta"
pieces = [
  "https://a.example/1",  # one
  # above two
  {article = "a_2", headline = "Tonat"}, # two
]
# the list of TV
[[block]]
heading = "TV"
pieces = ["https://a.example/3"]

[picture]
file = "a.png" # pic
[[block]]
new = [
  "https://n.example/1", # n one
  "https://n.example/2", # n two
]
"""
COMMENTS = [line.partition("#")[2].strip() for line in TEXT.splitlines() if "#" in line]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    for folder in ("posts", "media"):
        (tmp_path / folder).mkdir()
    (tmp_path / "media" / "a.png").write_bytes(b"")
    return tmp_path / "posts" / "dita.sq.toml"


def change(post: PostDocument, *origins: int | None) -> Change:
    return Change(post=post, origins=origins, told={"https://b.example/4": "Gazeta: Katër"})


def test_what_nobody_changed_is_not_touched(path: Path) -> None:
    assert changed(TEXT, change(post_in(TEXT, path), 0, 1, 2, 3), path) == TEXT


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.permutations(range(4)),
    st.permutations(range(4)),
    st.integers(0, 4),
)
def test_every_order_keeps_every_comment(
    path: Path, order: list[int], pieces: list[int], cut: int
) -> None:
    post = post_in(TEXT, path)
    blocks = list(post.blocks)
    every = [*blocks[1].pieces, *blocks[2].pieces, PostPiece(name="https://n.example/2")]
    placed = [every[at] for at in pieces]
    first, second = placed[:cut], placed[cut:]
    blocks[1] = replace(blocks[1], pieces=tuple(first))
    blocks[2] = replace(blocks[2], pieces=tuple(second))
    blocks[3] = replace(blocks[3], new=("https://n.example/1",))
    kept = [at for at in order if blocks[at].pieces or at in (0, 3)]
    wanted = replace(post, blocks=tuple(blocks[at] for at in kept))
    text = changed(TEXT, change(wanted, *kept), path)
    assert replace(post_in(text, path), source=path) == replace(wanted, source=path)
    gone = set() if 2 in kept else {"the list of TV"}
    for comment in COMMENTS:
        assert comment in gone or text.count(f"# {comment}") == 1, comment


def test_new_blocks_say_whom_they_name(path: Path) -> None:
    post = post_in(TEXT, path)
    fresh = PostBlock(heading="Të tjera", pieces=(PostPiece(name="https://b.example/4"),))
    film = PostBlock(video="https://www.youtube.com/watch?v=a", caption="Ora 19:30")
    wanted = replace(post, blocks=(fresh, *post.blocks, film))
    text = changed(TEXT, change(wanted, None, 0, 1, 2, 3, None), path)
    assert '"https://b.example/4",  # Gazeta: Katër\n' in text
    assert text.index("Të tjera") < text.index("# opening")


def test_keys_come_change_and_go(path: Path) -> None:
    post = post_in(TEXT, path)
    wanted = replace(
        post,
        title='Titull "tjetër"',
        headlines="translation",
        links=False,
        left_out=(),
        tags=("libri", "dita"),
        slug="dita",
        picture=replace(post.picture or PostPicture(file=""), caption="Salla", featured=True),
    )
    text = changed(TEXT, change(wanted, 0, 1, 2, 3), path)
    assert 'title        = "Titull \\"tjetër\\""  # the title\n' in text
    assert "left_out = [] # z\n" in text
    assert 'file = "a.png" # pic\ncaption = "Salla"\nfeatured = true\n' in text
    bare = replace(wanted, picture=None, slug=None, tags=())
    assert "[picture]" not in changed(text, change(bare, 0, 1, 2, 3), path)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_an_editor_of_windows_is_read_too(path: Path, ends: str) -> None:
    text = TEXT.replace("\n", ends)
    post = post_in(text, path)
    blocks = (post.blocks[2], *post.blocks[:2], post.blocks[3])
    made = changed(text, change(replace(post, blocks=blocks), 2, 0, 1, 3), path)
    assert made.index("the list of TV") < made.index("# opening")


def test_what_would_be_lost_is_refused(path: Path) -> None:
    text = 'title = "x"\nblock = [{ text = "a" }]\n'
    post = post_in(text, path)
    with pytest.raises(RegistryError, match="make it in an editor"):
        changed(text, change(replace(post, slug="dita"), 0), path)
