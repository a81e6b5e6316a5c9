"""What must hold of a post: line by line from clips, untouched by thirty crawls, never hostile."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from jehona import actions
from jehona.actions.office import open_office
from jehona.actions.roundup import RoundupOptions
from tests.desk.conftest import Desk
from tests.desk.test_post_media import DOT
from tests.record.pieces import piece

# invented, of the shape of a real post: five bare titles, three under their outlets
TITLES = (
    (None, "Meeting of the Shore Society on the harbour and what became of it"),
    (None, "Reading in Lugjas, a meeting on the harbour"),
    (None, "The readers of Lugjas are happy to have come"),
    ("Alfa Shtyp", "The meeting on the harbour, the great evening"),
    ("Media Kristal", "The grand meeting of the Shore – Waves of the sea"),
    (None, "Meeting of the Shore on the harbour"),
    ("Lugjas TV", "Meeting of the Shore Society"),
    (None, "The grand meeting of the Shore – Waves of the sea and the wind of the hills"),
)
PARAGRAPHS = (
    "On 10 May 2025 the Shore Society held a meeting in Lugjas.",
    "As a society of readers it received many (RDR) in the “old” hall.",
    "The media that reported are the below-mentioned ones with the following titles:",
)


@pytest.fixture
def clipped(desk: Desk, tmp_path: Path) -> dict[str, str]:
    """Eight clips of one day, five without an outlet: their keys by headline."""
    rows = [f'"{outlet or ""}","{title}",2025-05-10' for outlet, title in TITLES]
    file = tmp_path / "old.csv"
    file.write_text("\n".join(["outlet,headline,published", *rows]) + "\n", "utf-8")
    done = desk.type("clip", "--csv", str(file), "--event", "festa", "--new-outlets", "--json")
    assert done.code == 0, done.err
    told = json.loads(desk.type("report", "festa", "--json").out)
    return {one["headline"]: one["article"] for one in told["pieces"]}


def test_a_post_from_eight_clips_stands_line_by_line(desk: Desk, clipped: dict[str, str]) -> None:
    (desk.root / "media").mkdir()
    (desk.root / "media" / "hall.png").write_bytes(DOT)
    lines = [
        'title = "Reflections on the Shore’s meeting in the media"',
        'headlines = "translation"\nlinks = false\ncompleteness = false',
        '[picture]\nfile = "hall.png"\ncaption = "The great meeting"',
        '[[block]]\ntext = """\n{}\n"""'.format("\n\n".join(PARAGRAPHS)),
    ]
    for outlet, title in TITLES:
        slug = outlet and outlet.lower().replace(" ", "-")
        head = f'outlet = "{slug}"\n' if slug else ""
        lines.append(f'[[block]]\n{head}pieces = ["{clipped[title]}"]')
    arrange(desk, "\n".join(lines), "en")
    done = desk.type("roundup", "festa", "--language", "en", "--format", "text")
    assert done.code == 0, done.err
    under = [line for o, title in TITLES for line in ((f"{o}:",) if o else ()) + (title,)]
    assert [line for line in done.out.splitlines() if line] == [
        "Reflections on the Shore’s meeting in the media",
        "The great meeting",
        *PARAGRAPHS,
        *under,
    ]


def test_of_one_moment_pieces_stand_as_the_list_had_them(
    desk: Desk, clipped: dict[str, str]
) -> None:
    out = desk.type("roundup", "festa", "--format", "text").out
    bare = [title for outlet, title in TITLES if outlet is None]
    assert [line for line in out.splitlines() if line in bare] == bare
    assert out.startswith("Festa e Librit në media\n")
    assert len(clipped) == len(TITLES)


def arrange(desk: Desk, text: str, language: str = "sq") -> Path:
    file = desk.root / "posts" / f"festa.{language}.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_thirty_crawls_leave_order_and_words_and_show_each_new_piece_once(filled: Desk) -> None:
    mine = (
        f'# e jona\ntitle = "Titulli ynë"\nleft_out = ["{piece(3).url}"]\n'
        '[[block]]\ntext = "Fjalët tona."\n'
        f'[[block]]\npieces = ["{piece(2).url}", "{piece(1).url}"]\n'
    )
    file = arrange(filled, mine)
    office = open_office(filled.root, by="ana")
    options = RoundupOptions(language="sq")
    first = filled.type("roundup", "festa", "--format", "text", "--without-completeness").out
    for turn in range(30):
        filled.keep(piece(100 + turn))
        if turn % 10 == 9:
            # and some go, of those that were arranged too
            judged = piece(1 if turn == 9 else 90 + turn).url
            filled.type("review", "festa", "--reject", judged)
        composed = actions.roundup.compose(office, "festa", options)
        assert actions.roundup.keep(office, composed) is False
        actions.roundup.append(office, composed)
    text = file.read_text("utf-8")
    assert text.startswith(mine.rstrip())
    shown = re.findall(r'"(https://gazeta\.example/2025/05/libri-1\d\d/)"', text)
    assert sorted(shown) == sorted(piece(100 + turn).url for turn in range(30))
    again = filled.type("roundup", "festa", "--format", "text", "--without-completeness")
    assert again.out == first
    told = json.loads(filled.type("roundup", "festa", "--json").out)
    assert len(told["new"]) == 30
    assert len(told["lost"]) == 1


HOSTILE = r"""
title = "<script>alert(1)</script> [gallery] & -->"
[[block]]
text = '''
<script>alert(1)</script> <img src=x onerror=alert(1)> <iframe src="https://e.example/"></iframe>

![pixel](https://tracker.example/p.png) [x](javascript:alert(1)) [y](data:text/html,1)

[z](file:///etc/passwd) <!-- wp:html --><b onclick=alert(1)>w</b><!-- /wp:html --> [embed]x[/embed]
'''
[[block]]
heading = "<svg onload=alert(1)>"
pieces = [{ article = "URL", headline = "</a><script>1</script>" }]
[[block]]
video = "https://www.youtube.com/watch?v=a&b=%22%3E%3Cscript%3E"
caption = "<!-- /wp:embed --><script>1</script>"
"""


@pytest.mark.parametrize("form", ["html", "blocks", "md", "text"])
def test_a_hostile_document_runs_and_fetches_nothing(form: str, filled: Desk) -> None:
    arrange(filled, HOSTILE.replace("URL", piece(1).url))
    done = filled.type("roundup", "festa", "--format", form, "--no-chart")
    assert done.code == 0, done.err
    if form in ("md", "text"):
        # words, whatever they say; what would be a link has its brackets escaped
        assert form == "text" or not re.search(r"(?<!\\)\]\((?!https://)", done.out)
        assert form == "text" or "\\<script\\>" in done.out
        return
    tags = re.findall(r"<[a-z][^>]*>", re.sub(r"<style>.*?</style>", "", done.out, flags=re.S))
    assert not [t for t in tags if re.match(r"<(?:script|img|iframe|svg|b)\b", t)]
    assert not [t for t in tags if re.search(r"\son\w+\s*=|src=", t)]
    links = re.findall(r'href="([^"]*)"', done.out)
    assert all(link.startswith("https://") for link in links)
    assert form != "blocks" or "[" not in re.sub(r"<!--.*?-->", "", done.out, flags=re.S)
    assert form != "blocks" or "wp:html" not in re.findall(r"<!-- (wp:[a-z]+)", done.out)


@pytest.mark.parametrize(
    "wrong",
    [
        '[[block]]\npicture = "../jehona.toml"',
        '[[block]]\npicture = "/etc/passwd"',
        '[[block]]\npicture = "a\\\\..\\\\b.png"',
        '[[block]]\npicture = "logo.svg"',
        '[[block]]\nvideo = "https://evil.example/youtube.com/x.mp4"',
        '[[block]]\nvideo = "https://youtube.com.evil.example/watch"',
        '[[block]]\nvideo = "javascript://youtube.com/%0aalert(1)"',
        '[picture]\nfile = "https://tracker.example/p.png"',
    ],
)
def test_nothing_outside_media_is_named(wrong: str, filled: Desk) -> None:
    file = arrange(filled, f'title = "A"\n{wrong}\n')
    (filled.root / "media").mkdir()
    (filled.root / "media" / "logo.svg").write_text("<svg/>", "utf-8")
    done = filled.type("roundup", "festa", "--format", "html")
    assert (done.code, done.out) == (2, "")
    assert f"{file}: line" in done.err


def test_an_untranslated_headline_of_a_translated_post_is_told(filled: Desk) -> None:
    arrange(
        filled,
        f'title = "A"\nheadlines = "translation"\n[[block]]\npieces = ["{piece(1).url}",'
        f' {{ article = "{piece(2).url}", headline = "Ours" }}]\n',
        "en",
    )
    told = filled.type("roundup", "festa", "--language", "en").err
    assert "1 headline of the post without a translation: Gazeta Shembull: Libri 1" in told
    filled.type(
        "translate", "festa", "--language", "en", "--url", piece(1).url, "--words", "The first book"
    )
    told = filled.type("roundup", "festa", "--language", "en")
    assert "without a translation" not in told.err
    assert "The first book" in told.out
