"""jehona.toml: what it says, how a wrong one is refused, where it is found, how it begins."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler.config import (
    NoWorkspace,
    RegistryError,
    find_workspace,
    init_workspace,
    load_events,
    load_outlets,
    load_workspace,
    read_outlet,
)
from crawler.config.events import EVENT, KEYWORDS
from crawler.config.outlets import OUTLET
from crawler.config.workspaces import BRAND, SITE, SMTP, TRANSLATOR, WORKSPACE
from crawler.models import Attestation, Brand, Site, Smtp, Translator, Workspace

CONTRACT = Path(__file__).parent / "contract"  # contract.md's own samples
SECRET = "a secret does not belong in this file"
KEYS = "Known keys: contact, language, zone, brand, smtp, translator, sites, desk"


def written(folder: Path, text: str) -> Path:
    path = folder / "jehona.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_contracts_own_workspace() -> None:
    workspace = load_workspace(CONTRACT)
    assert workspace == Workspace(
        root=CONTRACT,
        contact="press@office.example",
        language="sq",
        zone="Europe/Tirane",
        brand=Brand(name="Press Office"),
        smtp=Smtp(host="mail.example"),
        translator=Translator(url="http://127.0.0.1:5000"),
        sites=(Site(name="house", url="https://office.example"),),
    )
    assert workspace.record == CONTRACT / "var" / "coverage.db"


def test_an_empty_file_is_a_workspace(tmp_path: Path) -> None:
    written(tmp_path, "")
    assert load_workspace(tmp_path) == Workspace(root=tmp_path)


def test_everything_said(tmp_path: Path) -> None:
    written(
        tmp_path,
        """
        contact = "https://office.example/press"
        language = "en"
        brand = {logo = "logo.png", colour = "#7a1f2b"}
        smtp = {host = "127.0.0.1", port = 2525, user = "press", from = "press@office.example"}
        sites.house-2 = {url = "https://office.example", user = "press"}
        [evidence]
        stamp = "https://tsa.example"
        stamp_ca = "keys/tsa.pem"
        archive = true
        screenshots = true
        """,
    )
    assert load_workspace(tmp_path) == Workspace(
        root=tmp_path,
        contact="https://office.example/press",
        language="en",
        brand=Brand(logo="logo.png", colour="#7a1f2b"),
        smtp=Smtp(host="127.0.0.1", port=2525, user="press", sender="press@office.example"),
        sites=(Site(name="house-2", url="https://office.example", user="press"),),
        evidence=Attestation(
            stamp="https://tsa.example", stamp_ca="keys/tsa.pem", archive=True, screenshots=True
        ),
    )


WRONG = {
    "unknown key": ('contakt = "a@b"', f'unknown key "contakt"; did you mean "contact"? {KEYS}'),
    "unknown key in brand": (
        '[brand]\ncolor = "#7a1f2b"',
        '[brand]: unknown key "color"; did you mean "colour"? Known keys: name, logo, colour',
    ),
    "unknown key in smtp": (
        '[smtp]\nhost = "mail.example"\nprot = 25',
        '[smtp]: unknown key "prot"; did you mean "port"? Known keys: host, port, user, from',
    ),
    "unknown key in translator": (
        '[translator]\nulr = "x"',
        '[translator]: unknown key "ulr"; did you mean "url"? Known keys: url',
    ),
    "unknown key in a site": (
        '[sites.house]\nurl = "https://office.example"\nusr = "x"',
        '[sites.house]: unknown key "usr"; did you mean "user"? Known keys: url, user',
    ),
    "stamps that nobody could check": (
        '[evidence]\nstamp = "https://tsa.example"',
        '[evidence] stamp: a stamp that nobody can check is none: stamp_ca = "tsa.pem" names the',
    ),
    "certificates elsewhere": (
        '[evidence]\nstamp_ca = "../tsa.pem"',
        '[evidence] stamp_ca: a file beside this one, as "tsa.pem", not ',
    ),
    "an authority that is no address": (
        '[evidence]\nstamp = "tsa.example"\nstamp_ca = "tsa.pem"',
        "[evidence] stamp: ",
    ),
    "a password in an authority's address": (
        '[evidence]\nstamp = "https://a:fshehte@tsa.example"\nstamp_ca = "tsa.pem"',
        "[evidence] stamp: an address may not carry a user name or password",
    ),
    "archive that is no choice": (
        '[evidence]\narchive = "po"',
        "[evidence] archive: expected true or false, got a text in quotes",
    ),
    "unknown key in evidence": (
        "[evidence]\nscreenshot = true",
        (
            '[evidence]: unknown key "screenshot"; did you mean "screenshots"? Known keys: stamp, '
            "stamp_ca, archive, archive_at, screenshots"
        ),
    ),
    "missing host": (
        "[smtp]\nport = 25",
        '[smtp]: the key "host" is missing. Known keys: host, port, user, from',
    ),
    "missing url": ("[translator]", '[translator]: the key "url" is missing. Known keys: url'),
    "missing url of a site": (
        '[sites.house]\nuser = "x"',
        '[sites.house]: the key "url" is missing. Known keys: url, user',
    ),
    "smtp password": (
        '[smtp]\nhost = "mail.example"\npassword = "fshehte"',
        (
            f"[smtp] password: {SECRET}; set JEHONA_SMTP_PASSWORD or use the system keyring: "
            'keyring set "jehona smtp mail.example" USER'
        ),
    ),
    "translator key": (
        '[translator]\nurl = "http://127.0.0.1:5000"\nkey = "fshehte"',
        "[translator] key: a secret does not belong in this file; set JEHONA_TRANSLATOR_KEY",
    ),
    "password of a site": (
        '[sites.my-house]\nurl = "https://office.example"\nPassword = "fshehte"',
        f"[sites.my-house] Password: {SECRET}; set JEHONA_SITE_MY_HOUSE_PASSWORD or use the",
    ),
    "password at the top": (
        'password = "fshehte"',
        "password: a secret does not belong in this file; it comes from JEHONA_SMTP_PASSWORD,",
    ),
    "password in an address": (
        '[sites.house]\nurl = "https://press:fshehte@office.example"',
        (
            "[sites.house] url: an address may not carry a user name or password; set "
            "JEHONA_SITE_HOUSE_PASSWORD or use the system keyring: keyring set jehona-house USER"
        ),
    ),
    "password in a mail server": (
        '[smtp]\nhost = "smtp://press:fshehte@mail.example"',
        (
            "[smtp] host: an address may not carry a user name or password; set "
            "JEHONA_SMTP_PASSWORD "
            'or use the system keyring: keyring set "jehona smtp HOST" USER'
        ),
    ),
    "password in a mail server without a scheme": (
        '[smtp]\nhost = "press:fshehte@mail.example"',
        "[smtp] host: an address may not carry a user name or password; set JEHONA_SMTP_PASSWORD",
    ),
    "password in a translator's address": (
        '[translator]\nurl = "https://x:fshehte@translate.example"',
        (
            "[translator] url: an address may not carry a user name or password; set "
            'JEHONA_TRANSLATOR_KEY or use the system keyring: keyring set "jehona translator" URL'
        ),
    ),
    "token in a translator's address": (
        '[translator]\nurl = "https://translate.example/?api_key=fshehte-fshehte"',
        "[translator] url: a token does not belong in this file; set JEHONA_TRANSLATOR_KEY",
    ),
    "application password as a user": (
        '[sites.house]\nurl = "https://office.example"\nuser = "aB1c fshe hteX 2kl3 Qrst UvWx"',
        (
            "[sites.house] user: a token does not belong in this file; set "
            "JEHONA_SITE_HOUSE_PASSWORD or use the system keyring: keyring set jehona-house USER"
        ),
    ),
    "contact without an address": (
        'contact = "Zyra e shtypit"',
        "contact: a mail address or a page where outlets reach you, not 'Zyra e shtypit'",
    ),
    "contact that breaks the header": (
        'contact = "a@b.example\\r\\nHost: c"',
        "contact: one line of at most 500 characters",
    ),
    "contact that is no header": (
        'contact = "zëri@office.example"',
        "contact: a mail address or a page where outlets reach you",
    ),
    "contact that is empty": (
        'contact = ""',
        "contact: empty; leave the key out where nothing is known",
    ),
    "language": ('language = "de"', "language: unknown: 'de'. Known: sq, en"),
    "zone": (
        'zone = "Europe/Tirana"',
        "zone: no time zone of the IANA database: 'Europe/Tirana'; did you mean",
    ),
    "colour": (
        '[brand]\ncolour = "red"',
        "[brand] colour: a colour is written \"#7a1f2b\", not 'red'",
    ),
    "host with a port": ('[smtp]\nhost = "mail.example:25"', "[smtp] host: not a host name: "),
    "port": (
        '[smtp]\nhost = "mail.example"\nport = 0',
        "[smtp] port: a whole number from 1 to 65535, not 0",
    ),
    "sender": (
        '[smtp]\nhost = "mail.example"\nfrom = "press"',
        "[smtp] from: a mail address, not 'press'",
    ),
    "site without a name": (
        '[sites]\nurl = "https://office.example"',
        'sites: "url" stands outside a site; begin the site with [sites.NAME]',
    ),
    "site with a strange name": (
        '[sites."My House"]\nurl = "https://office.example"',
        "sites: a slug has only a-z, 0-9 and hyphens, not 'My House'",
    ),
    "sites as a list": ("sites = []", "sites: expected tables that begin with [sites.NAME], got"),
    "brand as a text": ('brand = "x"', "[brand]: expected a table, got a text in quotes: 'x'"),
    "syntax": ("language = sq", "not TOML: Invalid value (at line 1, column 12)"),
}


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG)
def test_a_wrong_workspace_is_refused_in_one_line(tmp_path: Path, text: str, expected: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(RegistryError) as refused:
        load_workspace(tmp_path)
    line = str(refused.value)
    assert expected in line.removeprefix(f"{path}: ")
    assert line.isprintable()
    assert "fshehte" not in line


def test_a_folder_named_like_the_file(tmp_path: Path) -> None:
    (tmp_path / "jehona.toml").mkdir()
    assert find_workspace(explicit=None, environ={}, start=tmp_path) == tmp_path
    with pytest.raises(RegistryError, match="a folder where a file should be"):
        load_workspace(tmp_path)


# --- finding it -----------------------------------------------------------------------


def test_by_the_option(tmp_path: Path) -> None:
    written(tmp_path / "office", "")
    written(tmp_path / "other", "")
    environ = {"JEHONA_WORKSPACE": str(tmp_path / "other")}
    found = find_workspace(explicit=tmp_path / "office", environ=environ, start=tmp_path / "other")
    assert found == tmp_path / "office"


def test_by_the_option_naming_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    assert find_workspace(explicit=path, environ={}, start=Path("/")) == tmp_path


def test_by_the_variable(tmp_path: Path) -> None:
    written(tmp_path / "office", "")
    written(tmp_path / "here", "")
    environ = {"JEHONA_WORKSPACE": str(tmp_path / "office")}
    found = find_workspace(explicit=None, environ=environ, start=tmp_path / "here")
    assert found == tmp_path / "office"


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    written(tmp_path, "")
    environ = {"JEHONA_WORKSPACE": ""}
    assert find_workspace(explicit=None, environ=environ, start=tmp_path) == tmp_path


@pytest.mark.parametrize("start", [".", "events", "var/out"])
def test_by_walking_up(tmp_path: Path, start: str) -> None:
    written(tmp_path, "")
    (tmp_path / start).mkdir(parents=True, exist_ok=True)
    assert find_workspace(explicit=None, environ={}, start=tmp_path / start) == tmp_path


@pytest.mark.parametrize("start", [".", "crawler/registry", "data/events"])
def test_in_a_checkout_it_is_data(tmp_path: Path, start: str) -> None:
    written(tmp_path / "data", "")
    (tmp_path / start).mkdir(parents=True, exist_ok=True)
    assert find_workspace(explicit=None, environ={}, start=tmp_path / start) == tmp_path / "data"


def test_the_nearest_wins(tmp_path: Path) -> None:
    written(tmp_path, "")
    written(tmp_path / "inner", "")
    assert find_workspace(explicit=None, environ={}, start=tmp_path / "inner") == tmp_path / "inner"


def test_a_checkout_named_by_the_option(tmp_path: Path) -> None:
    written(tmp_path / "data", "")
    assert find_workspace(explicit=tmp_path, environ={}, start=Path("/")) == tmp_path / "data"


NOWHERE = {
    "walking up": (None, {}, "No workspace: there is no jehona.toml in {here} or above it."),
    "the option": (
        "empty",
        {},
        "No workspace: there is no jehona.toml in {empty}, which -w names.",
    ),
    "the variable": (
        None,
        {"JEHONA_WORKSPACE": "{empty}"},
        "No workspace: there is no jehona.toml in {empty}, which JEHONA_WORKSPACE names.",
    ),
}


@pytest.mark.parametrize(("option", "environ", "sentence"), NOWHERE.values(), ids=NOWHERE)
def test_without_one_the_next_three_commands(
    tmp_path: Path, option: str | None, environ: dict[str, str], sentence: str
) -> None:
    places = {"here": tmp_path, "empty": tmp_path / "empty"}
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoWorkspace) as refused:
        find_workspace(
            explicit=tmp_path / option if option else None,
            environ={name: value.format(**places) for name, value in environ.items()},
            start=tmp_path,
        )
    first, *commands = str(refused.value).splitlines()
    assert first == f"{sentence.format(**places)} Three ways on:"
    typed = [command.strip().split("  ")[0] for command in commands]
    assert typed == [
        "jehona demo",
        "jehona init my-press-office --contact you@office",
        "cd my-press-office && jehona crawl",
    ]


# --- beginning one ----------------------------------------------------------------------


def test_a_new_workspace_is_found_and_read(tmp_path: Path) -> None:
    office = tmp_path / "a" / "my-press-office"
    files = init_workspace(office, contact="press@office.example")
    assert [path.relative_to(office).as_posix() for path in files] == [
        "jehona.toml",
        "events/example.toml.txt",
        "outlets/example.toml.txt",
        "WORKSPACE.txt",
        "var/.gitignore",
    ]
    root = find_workspace(explicit=None, environ={}, start=office / "var")
    workspace = load_workspace(root)
    assert workspace == Workspace(root=office, contact="press@office.example")
    assert load_events(workspace) == {}
    assert "example" not in load_outlets(workspace)
    assert (office / "var" / ".gitignore").read_text().endswith("\n*\n")


def test_without_a_contact_the_line_is_there_to_fill_in(tmp_path: Path) -> None:
    init_workspace(tmp_path, contact=None)
    assert load_workspace(tmp_path).contact is None
    assert '\n# contact = "press@office.example"\n' in (tmp_path / "jehona.toml").read_text()


def test_a_contact_is_quoted(tmp_path: Path) -> None:
    contact = '"Zyra\\Shtypi" <press@office.example>'
    init_workspace(tmp_path, contact=contact)
    assert load_workspace(tmp_path).contact == contact


def test_a_wrong_contact_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"^jehona.toml: contact: a mail address or a page"):
        init_workspace(tmp_path / "office", contact="press")
    assert not (tmp_path / "office").exists()


@pytest.mark.parametrize("name", ["jehona.toml", "events/example.toml.txt", "var/.gitignore"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    mine = tmp_path / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    with pytest.raises(RegistryError) as refused:
        init_workspace(tmp_path, contact=None)
    assert str(refused.value) == f"{mine}: exists already, and nothing was written"
    assert mine.read_text() == "mine"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]


def test_an_init_that_was_killed_is_gone_on_with(tmp_path: Path) -> None:
    written = init_workspace(tmp_path, contact=None)
    (tmp_path / "jehona.toml").unlink()
    (tmp_path / "outlets/example.toml.txt").unlink()
    assert init_workspace(tmp_path, contact=None) == written
    assert all(path.exists() for path in written)
    with pytest.raises(RegistryError, match=r"jehona\.toml: exists already"):
        init_workspace(tmp_path, contact=None)


def test_the_map_names_every_folder_and_the_events_next_commands(tmp_path: Path) -> None:
    init_workspace(tmp_path, contact=None)
    said = (tmp_path / "WORKSPACE.txt").read_text(encoding="utf-8")
    named = re.findall(r"^(\S+?)/? {2,}\S", said, re.MULTILINE)
    made = {path.name for path in tmp_path.iterdir()} - {"WORKSPACE.txt"}
    assert set(named) == made | {"newsletters", "templates"}
    example = (tmp_path / "events" / "example.toml.txt").read_text(encoding="utf-8")
    for command in ("events add", "crawl", "events try", "review", "report", "roundup"):
        assert f"jehona {command}" in example


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "office").write_text("mine")
    with pytest.raises(RegistryError) as refused:
        init_workspace(tmp_path / "office", contact=None)
    assert str(refused.value).isprintable()


def test_the_examples_are_true(tmp_path: Path) -> None:
    """Renamed as they say, the example files load; what is switched off in them loads too."""
    init_workspace(tmp_path, contact=None)
    for folder, slug in [("events", "festa-e-librit"), ("outlets", "gazeta-shembull")]:
        example = tmp_path / folder / "example.toml.txt"
        assert f"{slug}.toml" in example.read_text(encoding="utf-8")
        example.rename(tmp_path / folder / f"{slug}.toml")
    workspace = load_workspace(tmp_path)
    assert load_events(workspace)["festa-e-librit"].title == "Festa e Librit"
    assert load_outlets(workspace)["gazeta-shembull"].name == "Gazeta Shembull"


def switched_on(path: Path) -> dict[str, Any]:
    """A TOML file with every line read that is switched off."""
    lines = path.read_text(encoding="utf-8").splitlines()
    on = [line.removeprefix("# ") if "=" in line or "[" in line else line for line in lines]
    return tomllib.loads("\n".join(line for line in on if not is_prose(line)))


def is_prose(line: str) -> bool:
    return not line.startswith("[") and "=" not in line.partition("#")[0]


def test_the_examples_name_every_key(tmp_path: Path) -> None:
    init_workspace(tmp_path, contact=None)
    office = switched_on(tmp_path / "jehona.toml")
    assert set(office) == set(WORKSPACE)
    for name, keys in [("brand", BRAND), ("smtp", SMTP), ("translator", TRANSLATOR)]:
        assert set(office[name]) == set(keys)
    assert set(office["sites"]["house"]) == set(SITE)
    event = switched_on(tmp_path / "events" / "example.toml.txt")
    assert set(event) == set(EVENT) - {"sq"}  # its own language is above
    assert set(event["keywords"]) == set(KEYWORDS)
    outlet = switched_on(tmp_path / "outlets" / "example.toml.txt")
    assert set(outlet) == set(OUTLET) - {"read"}  # for pages, which listings seldom need


def test_the_examples_load_with_everything_switched_on(tmp_path: Path) -> None:
    init_workspace(tmp_path, contact=None)
    example = tmp_path / "outlets" / "example.toml.txt"
    off = ("# tier", "# hosts", "# [expect", "# per_week")
    lines = [
        line.removeprefix("# ") if line.startswith(off) else line
        for line in example.read_text(encoding="utf-8").splitlines()
    ]
    path = tmp_path / "outlets" / "gazeta.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert read_outlet(path).expect.per_week == (20, 400)
