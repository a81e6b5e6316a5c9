"""From nothing to a posted roundup in the terminal: how many signs a person types.

Three outlets, ten matches, one clip, one check by hand, eleven titles in the readers' language. The
first release took 1,730 signs and two files in an editor. Addresses and the site's password are
pasted, as people do: two signs each; everything else counts, each Enter too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from jehona import cli
from jehona.demo import Desk as NewsDesk
from jehona.demo import Newsroom, Post
from tests.desk.conftest import Desk
from tests.publishing.pretend import SECRET, USER, Pretend, pretending

MOST: Final = 865
PASTED: Final = 2
TEXT: Final = (
    "Qindra veta u mblodhën dje në shesh, ku u hap festa e ullirit. Prodhuesit sollën vaj, "
    "dhe kryetari tha se festa do të mbahet edhe vitin tjetër në të njëjtin vend."
)
NAMES: Final = {"bregu": "Bregu 24", "zeri": "Zëri i Kodrës", "kodra": "Kodra Sot"}
TITLES: Final = (
    "Olive festival opens", "Olive growers in the square", "A good year for olives",
    "The mayor and the olives", "Olive oil for every table", "Music at the olive feast",
    "Schools at the festival", "The olive feast in figures", "What growers ask for",
    "Olive festival ends", "Report from the feast",
)  # fmt: skip


def newsroom() -> Newsroom:
    """Three outlets with ten pieces about the event, and one about something else."""
    desks, number = [], 0
    for slug, name in NAMES.items():
        posts = [
            Post(
                headline=f"Festa e ullirit, dita {number + n}: {name}",
                at=f"2026-05-{15 + n}T1{n}:00:00",
                text=f"{TEXT} {name}, {number + n}.",
                id=number + n,
            )
            for n in range(1, 4 if slug != "kodra" else 5)
        ]
        number += len(posts)
        rain = Post(headline="Moti", at="2026-05-17T08:00:00", text="Shi dhe erë.", id=90 + number)
        desks.append(NewsDesk(slug=slug, name=name, posts=[*posts, rain]))
    return Newsroom(desks, clock=lambda: datetime.now(UTC))


class Keyboard:
    """One person's keyboard, which counts."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.signs = desk, 0

    def type(self, *words: str, pasted: str = "", lines: tuple[str, ...] = ()) -> str:
        """A command, what is pasted behind it, and lines for what it asks."""
        line = " ".join(f'"{word}"' if " " in word else word for word in ("jehona", *words))
        self.signs += len(line) + 1 + (1 + PASTED if pasted else 0)
        self.signs += sum((PASTED if "://" in each else len(each)) + 1 for each in lines)
        typed = self.desk.type(
            *words, *filter(None, [pasted]), keys="".join(f"{each}\n" for each in lines),
            at_terminal=words[0] != "review",
        )  # fmt: skip
        assert typed.code == 0, (words, typed.out, typed.err)
        return typed.out


@pytest.fixture
def site() -> Iterator[Pretend]:
    with pretending() as served:
        yield served


def test_from_nothing_to_a_posted_roundup(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    site: Pretend,
) -> None:
    monkeypatch.setenv("JEHONA_USER", "ana")
    monkeypatch.setenv("JEHONA_SITE_HOUSE_PASSWORD", SECRET)
    monkeypatch.setattr("jehona.cli.sites_login._password", lambda _: SECRET)
    monkeypatch.setattr("jehona.actions.sites.keep_password", lambda *_, **__: None)
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path / "zyra", capsys, monkeypatch)
    ana = Keyboard(desk)
    with newsroom().open() as addresses:
        words = ["init", "zyra", "--contact", "ana@zyra.example"]
        assert cli.run(lambda: cli.build()(words, prog_name="jehona", standalone_mode=False)) == 0
        ana.signs += len("jehona init zyra --contact ana@zyra.example\ncd zyra\n")
        for address in addresses.values():
            ana.type("outlets", "add", pasted=address, lines=("po",))
        answers = ("Festa e Ullirit", "16.5.2026", "", "", "Kodra", "", "festë ulli", "", "")
        more = ("1-3", "", "Olive Festival", "", "po")
        ana.type("events", "add", "--slug", "ulliri", lines=(*answers, *more))
        assert "3 of 3 outlets checked completely" in ana.type("crawl", "ulliri")
        reviewed = ana.type("review", "ulliri", lines=("a",) * 10)
        ana.signs -= 10  # one key each, and no Enter
        assert "10 accepted, 0 rejected, 0 still wait" in reviewed
        told = ("--headline", "Kronika e festës", "--published", "16.5.2026 19:30")
        ana.type("clip", "-e", "ulliri", "--outlet", "Zëri i Kodrës", *told)
        noted = ("--found", "4", "--note", "faqja e parë")
        ana.type("checked", "Zëri i Kodrës", "-e", "ulliri", *noted)
        ana.type("translate", "ulliri", "--language", "en", lines=TITLES)
        ana.type("sites", "login", "house", lines=(site.url, USER))
        ana.signs += PASTED + 1
        ana.type("publish", "ulliri", "--to", "house", "--language", "en")
    (post,) = site.posts.values()
    text = str(post)
    assert all(title in text for title in TITLES)
    assert "Olive Festival" in text
    assert ana.signs <= MOST, ana.signs
