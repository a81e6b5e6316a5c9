"""An office whose event names a release, a statement and two messages; four pieces about it."""

from __future__ import annotations

import pytest

from tests.desk.conftest import EVENT, Desk, desk, filled, postbox
from tests.record.pieces import piece

__all__ = ["desk", "filled", "postbox"]

RELEASE = """# Libra në shesh

Shoqata Shembull hap të shtunën, më 10 maj, në Tiranë festën e librit me 40 botues.
Në shesh do të ngrihen 12 tenda dhe hyrja është pa pagesë.

„Një libër në shesh është një libër që i takon të gjithëve”, tha zëdhënësja e shoqatës.
"""
OWN = """
[release]
files = ["releases/2025-05-08.md"]
statements = ["releases/statements.txt"]
[[message]]
name = "Libra për çdo shkollë"
name_en = "Books for every school"
any = [["libër", "shkollë"]]
[[message]]
name = "Hyrja pa pagesë"
any = [["hyrje", "pagesë"]]
"""


@pytest.fixture
def own(desk: Desk) -> Desk:
    """The office with its own texts and four pieces: three take something over, one nothing."""
    (desk.root / "events" / "festa.toml").write_text(EVENT + OWN, "utf-8")
    (desk.root / "releases").mkdir()
    (desk.root / "releases" / "2025-05-08.md").write_text(RELEASE, "utf-8")
    statements = "- Leximi është e vetmja pasuri që shtohet kur ndahet\n"
    (desk.root / "releases" / "statements.txt").write_text(statements, "utf-8")
    desk.keep(
        piece(
            1,
            headline="Festa e librit në shesh",
            lead="",
            text="Në shesh do të ngrihen 12 tenda dhe hyrja është pa pagesë. Moti pritet i mirë.",
        ),
        piece(
            2,
            headline="Libri në shesh",
            lead="",
            text="„Një libër në shesh është një libër që i takon të gjithëve”, tha zëdhënësja. "
            "Librat shkojnë në çdo shkollë të qytetit.",
        ),
        piece(
            3,
            headline="Libri del në shesh",
            lead="",
            text="Në shesh do të ngrihen 15 tenda dhe hyrja është pa pagesë. Kështu ishte vjet.",
        ),
        piece(
            4,
            headline="Libra në shesh",
            lead="",
            text="Drejtori tha: „Leximi është e vetmja pasuri që shtohet kur ndahet.” "
            "Libri ishte i shtrenjtë. Një shkollë mungonte.",
        ),
    )
    return desk
