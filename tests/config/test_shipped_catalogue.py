"""What we ship: every file loads, every address has evidence, and none stands without a proof."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from crawler import limits
from crawler.config import load_events, load_outlets, load_workspace, read_outlet
from crawler.models import ROBOT_NAME, Outcome, Outlet, OutletKind, Workspace
from crawler.run import settings

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
DOCS = ROOT / "docs"
OUTLETS = load_outlets(Workspace(root=ROOT / "no-such-workspace"))
EVENTS = load_events(load_workspace(DATA))

# Addresses that the survey of 2026-11 has on record, by outlet: domains, then feeds and sitemaps.
# A new address is written here only by somebody who saw it; the file says how (grade, note).
PROVEN: dict[str, tuple[str, ...]] = {
    "a2-cnn": ("a2news.com",),
    "abc-news": ("abcnews.al", "https://abcnews.al/feed/"),
    "albanian-daily-news": ("albaniandailynews.com",),
    "alfa-press": ("alfapress.al",),
    "alsat": ("alsat.mk", "https://alsat.mk/feed/"),
    "ata": ("ata.gov.al", "https://ata.gov.al/feed/"),
    "balkanweb": (
        "www.balkanweb.com",
        "https://www.balkanweb.com/feed/",
        "https://www.balkanweb.com/wp-sitemap.xml",
    ),
    "bota-sot": ("www.botasot.info", "https://www.botasot.info/rss/"),
    "cna": ("www.cna.al",),
    "crystal-media": (),
    "dosja": ("dosja.al",),
    "euronews-albania": (
        "euronews.al",
        "https://euronews.al/feed/",
        "https://euronews.al/en/feed/",
    ),
    "exit": ("exit.al",),
    "fax-news": ("faxweb.al", "https://www.faxweb.al/feed/"),
    "gazeta-express": ("www.gazetaexpress.com", "https://www.gazetaexpress.com/feed/"),
    "gazeta-shqip": ("gazeta-shqip.com", "https://gazeta-shqip.com/feed/"),
    "gazeta-shqiptare": ("gazetashqiptare.al", "https://gazetashqiptare.al/feed/"),
    "gazeta-tema": ("www.gazetatema.net",),
    "hashtag": (),
    "indeksonline": ("indeksonline.net", "https://indeksonline.net/feed/"),
    "joq-albania": ("joq-albania.com",),
    "kallxo": ("kallxo.com", "https://kallxo.com/feed/"),
    "klan-kosova": ("klankosova.tv", "https://klankosova.tv/feed/"),
    "koha": ("www.koha.net", "https://www.koha.net/rss"),
    "koha-skopje": ("koha.mk", "https://koha.mk/feed/"),
    "kristal-tv": (),
    "lajmi-net": ("lajmi.net", "https://lajmi.net/feed/"),
    "lapsi": ("lapsi.al",),
    "mcn-tv": ("mcntv.al",),
    "monitor": (
        "www.monitor.al",
        "https://monitor.al/feed/",
        "https://www.monitor.al/sitemap.xml",
    ),
    "news-24": ("www.news24.al", "https://www.news24.al/feed/"),
    "noa": ("noa.al",),
    "ora-news": ("www.oranews.tv", "https://www.oranews.tv/sitemap.xml"),
    "pamfleti": ("pamfleti.net",),
    "panorama": ("www.panorama.com.al", "https://www.panorama.com.al/feed/"),
    "politiko": ("politiko.al",),
    "portalb": ("portalb.mk", "https://portalb.mk/feed/"),
    "report-tv": ("report-tv.al",),
    "reporter-al": ("www.reporter.al", "https://www.reporter.al/feed/"),
    "reporteri-net": ("reporteri.net", "https://reporteri.net/feed/"),
    "rfe-rl-albanian": ("www.evropaelire.org", "https://www.evropaelire.org/api/"),
    "rtk-live": ("www.rtklive.com", "https://www.rtklive.com/rss"),
    "rtsh": ("rtsh.al", "https://rtsh.al/feed/"),
    "shqiptarja": ("shqiptarja.com",),
    "sot": ("sot.com.al", "https://sot.com.al/rss"),
    "syri": ("www.syri.net",),
    "telegrafi": (
        "telegrafi.com",
        "https://telegrafi.com/feed/",
        "https://telegrafi.com/feeds/feed.rss",
    ),
    "tirana-post": ("tiranapost.al", "https://tiranapost.al/feed/"),
    "tirana-times": ("www.tiranatimes.com", "https://www.tiranatimes.com/feed/"),
    "tirana-tv": (),
    "top-channel": (
        "top-channel.tv",
        "https://top-channel.tv/feed/",
        "https://top-channel.tv/sitemap.xml",
    ),
    "tv-klan": ("tvklan.al", "https://tvklan.al/feed/"),
    "versus": ("versus.al",),
    "vizion-plus": ("www.vizionplus.tv", "https://www.vizionplus.tv/feed/"),
    "voal": ("www.voal.ch",),
    "voxnews": ("www.voxnews.al",),
}
# tried, and answered 404 or with no feed: never declared
DEAD = (
    "https://a2news.com/feed/",
    "https://exit.al/feed/",
    "https://lapsi.al/feed/",
    "https://shqiptarja.com/rss",
    "https://shqiptarja.com/feed",
    "https://albaniandailynews.com/rss",
    "https://albaniandailynews.com/feed",
    "https://joq-albania.com/feed/instant-articles",
)

every_outlet = pytest.mark.parametrize("slug", sorted(OUTLETS))


def test_the_survey_is_all_there() -> None:
    assert set(OUTLETS) == set(PROVEN)
    assert len({outlet.name for outlet in OUTLETS.values()}) == len(OUTLETS)


@every_outlet
def test_no_address_without_a_proof(slug: str) -> None:
    outlet = OUTLETS[slug]
    domain, *addresses = PROVEN[slug] or (None,)
    assert outlet.home == (domain and f"https://{domain}/")
    assert [find.url for find in outlet.find] == addresses
    assert not outlet.hosts


@every_outlet
def test_every_address_has_evidence(slug: str) -> None:
    outlet = OUTLETS[slug]
    proofs = [proof.what for proof in outlet.evidence if proof.grade in {"A", "B"}]
    declared = [find.way.value for find in outlet.find] + ["home"] * bool(outlet.home)
    for what in declared:
        assert proofs.count(what) == declared.count(what)
    assert all(proof.note for proof in outlet.evidence)


@every_outlet
def test_an_outlet_without_an_address_says_where_to_write_it(slug: str) -> None:
    source = OUTLETS[slug].source
    assert source is not None
    hint = '# home = "https://..."  # jehona outlets add URL'
    homeless = OUTLETS[slug].home is None
    assert (hint in source.read_text(encoding="utf-8").splitlines()) is homeless


@every_outlet
def test_all_of_them_keep_tirana_time(slug: str) -> None:
    assert OUTLETS[slug].zone == "Europe/Tirane"


def test_nothing_dead_is_declared() -> None:
    declared = {find.url.rstrip("/") for outlet in OUTLETS.values() for find in outlet.find}
    assert not declared & {url.rstrip("/") for url in DEAD}


def test_one_house_is_one_owner() -> None:
    assert OUTLETS["news-24"].owner == OUTLETS["balkanweb"].owner == "BalkanWeb / News 24"


def test_names_of_the_reference_have_slugs() -> None:
    named = {"alfa-press", "crystal-media", "tirana-tv", "kristal-tv", "news-24"}
    expected = {slug for event in EVENTS.values() for slug in event.expected_outlets}
    assert expected == named


@pytest.mark.parametrize("slug", sorted(EVENTS))
def test_a_shipped_event_holds_its_day(slug: str) -> None:
    event = EVENTS[slug]
    assert event.date is not None
    assert event.first_day < event.date < event.last_day
    assert event.title.endswith(f"of {event.date.day} {event.date:%B %Y}")
    assert event.keywords.any


def test_the_checkout_is_a_workspace_without_a_contact() -> None:
    workspace = load_workspace(DATA)
    assert workspace == Workspace(root=DATA)


# --- the docs that speak of it -----------------------------------------------------------


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """scripts/catalogue.py, which belongs to no package."""
    spec = importlib.util.spec_from_file_location("catalogue", ROOT / "scripts" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_generated_docs_are_fresh() -> None:
    check = [sys.executable, "-m", "scripts.catalogue", "--check"]
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one outlet and a page that waits for its key tables."""
    (tmp_path / "data" / "outlets").mkdir(parents=True)
    (tmp_path / "data" / "outlets" / "a-tv.toml").write_text('name = "A TV"\nkind = "tv"')
    (tmp_path / "docs").mkdir()
    page = "before\n<!-- keys -->\nold\n<!-- end of keys -->\nafter\n"
    (tmp_path / "docs" / "adding-an-outlet.md").write_text(page)
    return tmp_path


def test_a_stale_page_fails_the_check_and_is_not_written(
    script: ModuleType, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main(["--check"], root=checkout) == 1
    assert not (checkout / "docs" / "outlets.md").exists()
    assert "is stale: python -m scripts.catalogue" in capsys.readouterr().err


def test_writing_makes_the_check_pass(script: ModuleType, checkout: Path) -> None:
    assert script.main([], root=checkout) == 0
    assert script.main(["--check"], root=checkout) == 0
    table = (checkout / "docs" / "outlets.md").read_text(encoding="utf-8")
    assert "| A TV | `a-tv` | – | – | no address | tv |" in table
    page = (checkout / "docs" / "adding-an-outlet.md").read_text(encoding="utf-8")
    assert page.startswith("before\n<!-- keys -->\nAt the top of the file:")
    assert page.endswith("<!-- end of keys -->\nafter\n")
    assert "| `way` (needed) | which spider: `wordpress`, `feed`," in page


def test_the_key_tables_say_what_the_files_may_hold(script: ModuleType) -> None:
    page = (DOCS / "adding-an-outlet.md").read_text(encoding="utf-8")
    for _, _, keys in script.TABLES:
        for key in keys:
            assert f"\n| `{key}`" in page


def toml_blocks(name: str) -> list[str]:
    text = (DOCS / name).read_text(encoding="utf-8")
    return re.findall(r"^```toml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("block", toml_blocks("adding-an-outlet.md"))
def test_the_examples_of_the_docs_load(tmp_path: Path, block: str) -> None:
    path = tmp_path / "gazeta.toml"
    path.write_text(block, encoding="utf-8")
    outlet: Outlet = read_outlet(path)
    proofs = {proof.what for proof in outlet.evidence}
    declared = {find.way.value for find in outlet.find} | ({"home"} if outlet.home else set())
    assert declared == proofs
    assert outlet.kind is OutletKind.PORTAL


def test_the_docs_explain_every_outcome() -> None:
    page = (DOCS / "adding-an-outlet.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| `([a-z-]+)` \|", page.partition("| outcome |")[2], re.MULTILINE)
    assert explained[: len(Outcome)] == [outcome.value for outcome in Outcome]


def test_etiquette_says_what_the_guest_does() -> None:
    page = " ".join((DOCS / "etiquette.md").read_text(encoding="utf-8").split())
    for promise in (
        f"`{ROBOT_NAME}/VERSION (+CONTACT)`",
        f"User-agent: {ROBOT_NAME} ",
        f"is kept, up to {limits.CRAWL_DELAY:g} seconds",
        f"up to {limits.WAIT:g} seconds, twice",
        f"{settings.DOWNLOAD_DELAY:g} seconds, or what `delay`",
        f"{settings.DOWNLOAD_MAXSIZE >> 20} MiB, take {settings.DOWNLOAD_TIMEOUT} seconds",
        f"and redirect {settings.REDIRECT_MAX_TIMES} times",
    ):
        assert promise in page
    assert limits.WAITS == 2
    assert Outlet(slug="a", name="A").delay == settings.DOWNLOAD_DELAY
