"""Outlet files: what they say, and how a wrong one is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crawler.config import RegistryError, read_outlet, slug_from
from crawler.config.files import LARGEST, toml_files
from crawler.models import Evidence, Expect, Find, Outlet, OutletKind, ReadRules, Way

HERE = Path(__file__).parent
CONTRACT = HERE / "contract" / "outlets" / "gazeta-shembull.toml"  # contract.md's own sample
KEYS = (
    "Known keys: name, home, kind, languages, country, zone, owner, tier, use, delay, hosts,"
    " private, declined, find, read, expect, evidence"
)


def wrong_outlets() -> dict[str, tuple[str, str]]:
    """The cases of wrong_outlets.txt: text and refusal by what is wrong."""
    cases = (HERE / "wrong_outlets.txt").read_text(encoding="utf-8").split("\n== ")[2:]
    found = {}
    for case in cases:
        name, _, rest = case.partition("\n")
        text, _, refusal = rest.partition("\n-> ")
        found[name] = (text, refusal.strip())
    return found


WRONG = wrong_outlets()
assert len(WRONG) > 60, "wrong_outlets.txt has lost its cases"


def written(folder: Path, text: str | bytes, name: str = "gazeta-shembull.toml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def refusal(path: Path) -> str:
    """The one line that a wrong file gives, without the file's folder."""
    with pytest.raises(RegistryError) as refused:
        read_outlet(path)
    text = str(refused.value)
    assert text.startswith(str(path))
    assert text.isprintable()
    assert len(text) < 600
    return text.removeprefix(str(path)).removeprefix(": ")


def test_the_contracts_own_outlet() -> None:
    assert read_outlet(CONTRACT) == Outlet(
        slug="gazeta-shembull",
        name="Gazeta Shembull",
        home="https://gazeta.example/",
        kind=OutletKind.PORTAL,
        languages=("sq",),
        country="AL",
        zone="Europe/Tirane",
        owner="Shembull Media",
        tier=2,
        use=True,
        delay=1.5,
        hosts=("cdn.gazeta.example",),
        declined=None,
        find=(
            Find(way=Way.WORDPRESS, url="https://gazeta.example/wp-json/"),
            Find(
                way=Way.LISTING,
                url="https://gazeta.example/kategoria/aktualitet?faqja={page}",
                row="article",
                link="h2 a",
                headline="h2",
                date="time",
            ),
        ),
        read=ReadRules(headline="h1.title", text="div.body", skip=("aside",)),
        expect=Expect(per_week=(20, 400)),
        evidence=(Evidence(what="feed", grade="A", seen=date(2026, 9, 28), note="10 rows"),),
        source=CONTRACT,
    )


def test_a_name_is_enough(tmp_path: Path) -> None:
    path = written(tmp_path, 'name = "Gazeta Shembull"')
    assert read_outlet(path) == Outlet(slug="gazeta-shembull", name="Gazeta Shembull", source=path)


def test_a_declined_outlet(tmp_path: Path) -> None:
    path = written(tmp_path, 'name = "G"\ndeclined = "asked us not to, 2026-05-02"')
    assert read_outlet(path).declined == "asked us not to, 2026-05-02"


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG)
def test_a_wrong_outlet_is_refused_in_one_line(tmp_path: Path, text: str, expected: str) -> None:
    line = refusal(written(tmp_path, f'name = "G"\n{text}\n'))
    assert expected in line
    assert "fshehte" not in line


def test_the_second_of_two_tables_is_named_by_its_own_line(tmp_path: Path) -> None:
    way = '[[find]]\nway = "feed"\nurl = "https://g.example/{}"\n'
    text = f'name = "G"\n{way.format(1)}{way.format(2)}pages = 4\n[read]\nurl = "x"\n'
    assert refusal(written(tmp_path, text)).startswith('line 8: [[find]] 2: unknown key "pages"')


def test_an_outlet_needs_a_name(tmp_path: Path) -> None:
    line = refusal(written(tmp_path, 'home = "https://gazeta.example/"'))
    assert line == f'the key "name" is missing. {KEYS}'


@pytest.mark.parametrize("delay", ["0", "0.25"])
def test_on_loopback_a_delay_may_be_short(tmp_path: Path, delay: str) -> None:
    feed = '[[find]]\nway = "feed"\nurl = "http://localhost:8062/feed/"'
    text = f'name = "G"\nhome = "http://127.0.0.1:8061/"\ndelay = {delay}\n{feed}'
    assert read_outlet(written(tmp_path, text)).delay == float(delay)


# --- files before any meaning -------------------------------------------------------

CP1252 = 'name = "G"\nowner = "Zëri"'.encode("cp1252")
UTF_16 = 'name = "G"'.encode("utf-16")
UNREADABLE = {
    "syntax": (b'name = "G"\nhome =\n', "not TOML: Invalid value (at line 2, column 7)"),
    "no quotes": (
        b"name = Gazeta\n",
        "not TOML: Invalid value (at line 1, column 8); text stands in quotes",
    ),
    "cut short": (
        b'name = "G"\nhome = "https',
        "not TOML: Unterminated string (at line 2, the end)",
    ),
    "a key twice": (b'name = "G"\nname = "H"\n', "not TOML: Cannot overwrite a value (at line 2"),
    "not UTF-8": (CP1252, "line 2: not UTF-8 (byte 0xeb at 21); save the file as UTF-8"),
    "UTF-16": (UTF_16, "line 1: not UTF-8 (byte 0xff at 0); save the file as UTF-8"),
    "NUL": (b'name = "G\x00"', "not TOML: Illegal character '\\x00' (at line 1"),
    "nothing": (b"", 'the key "name" is missing'),
    "too large": (b"#" * (LARGEST + 1), "more than 1 MiB"),
    "too deep": (b"a = " + b"[" * 200_000, "not TOML: "),
    "a number too long": (b"a = " + b"1" * 10_000, "not TOML: too deep or a number too long"),
}


@pytest.mark.parametrize(("raw", "expected"), UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_file_is_refused_in_one_line(
    tmp_path: Path, raw: bytes, expected: str
) -> None:
    assert refusal(written(tmp_path, raw)).startswith(expected)


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    assert read_outlet(written(tmp_path, b'\xef\xbb\xbfname = "G"')).name == "G"


def test_line_ends_of_windows(tmp_path: Path) -> None:
    assert read_outlet(written(tmp_path, b'name = "G"\r\nuse = false\r\n')).use is False


def test_a_folder_where_a_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "gazeta.toml").mkdir()
    assert refusal(tmp_path / "gazeta.toml").startswith("a folder where a file should be")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gazeta.toml") == "No such file or directory"


# --- slugs ------------------------------------------------------------------------------

BAD_NAMES = {
    "Gazeta Shembull.toml": 'rename it to "gazeta-shembull.toml"',
    "zëri.toml": 'rename it to "zeri.toml"',
    "gazeta_1.toml": 'rename it to "gazeta-1.toml"',
    "GAZETA.TOML": 'rename it to "gazeta.toml"',
    "con.toml": 'Windows keeps the name "con" for a device; rename the file',
    "nul.toml": 'Windows keeps the name "nul" for a device; rename the file',
    "lpt1.toml": 'Windows keeps the name "lpt1" for a device; rename the file',
}


@pytest.mark.parametrize(("name", "advice"), BAD_NAMES.items(), ids=BAD_NAMES)
def test_a_files_name_is_its_slug(tmp_path: Path, name: str, advice: str) -> None:
    written(tmp_path, 'name = "G"', name)
    with pytest.raises(RegistryError) as refused:
        toml_files(tmp_path)
    assert str(refused.value).startswith(str(tmp_path / name))
    assert str(refused.value).endswith(advice)


def test_only_toml_files_that_show_themselves(tmp_path: Path) -> None:
    for name in ["b.toml", "a-1.toml", "._b.toml", ".b.toml", "example.toml.txt", "README.md"]:
        written(tmp_path, "", name)
    assert toml_files(tmp_path) == {"a-1": tmp_path / "a-1.toml", "b": tmp_path / "b.toml"}
    assert list(toml_files(tmp_path)) == ["a-1", "b"]


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "outlets").write_text("")
    with pytest.raises(RegistryError, match=r"outlets: \w"):
        toml_files(tmp_path / "outlets")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Gazeta Shembull", "gazeta-shembull"),
        ("Zëri i Çamërisë", "zeri-i-camerise"),
        ("24/7 - Lajme!", "24-7-lajme"),
        ("CON", "con-1"),
        ("خبر", "outlet"),
        ("a" * 300, "a" * 100),
    ],
)
def test_a_slug_for_a_name(name: str, slug: str) -> None:
    assert slug_from(name) == slug


def test_a_file_that_changed_is_read_anew(tmp_path: Path) -> None:
    """What a text means is kept, what a file says is looked up each time."""
    file = tmp_path / "gazeta.toml"
    said = []
    for name in ("Një", "Dy!", "Një"):
        file.write_text(f'name = "{name}"\n', "utf-8")
        said.append(read_outlet(file).name)
    assert said == ["Një", "Dy!", "Një"]
