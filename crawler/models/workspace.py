"""A workspace, and what its file says: brand, mail, translator, sites, newsletters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Final, Literal

from crawler import __version__
from crawler.models.post import PostPicture

Language = Literal["sq", "en"]
# By which robots.txt knows us (RFC 9309).
ROBOT_NAME: Final = "Jehona"


def user_agent(contact: str | None) -> str:
    """Name, version and the workspace's contact: `Jehona/0.1.0 (+press@office.example)`."""
    named = f"{ROBOT_NAME}/{__version__}"
    return f"{named} (+{contact})" if contact else named


Layout = Literal["list", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One entry that an editor chose for a newsletter (`[[entry]]`)."""

    # of an article of the record, or of any page of the web; absent: an announcement without one
    url: str | None = None
    # the editor's; absent: what the record has
    headline: str | None = None
    # the editor's; absent: the person's excerpt or the lead of the record
    excerpt: str | None = None
    # who published it; absent: what the record has: "Gazeta Shembull"
    outlet: str | None = None
    # a `Genre`: "interview"
    genre: str | None = None
    # what it stands under, where the issue has sections: "Our work"
    section: str | None = None
    # slug of the event whose decisions hold for it; absent: the selection's
    event: str | None = None
    # key of a piece of the record that has no address: "a_7f3k2"
    article: str | None = None
    # beside it
    picture: PostPicture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a newsletter holds, in the order of its file."""

    # of the issue: 109
    number: int
    # of the newsletter; absent: the brand's name
    title: str | None = None
    # opens the issue
    introduction: str | None = None
    # slug of the event it was proposed from
    event: str | None = None
    # of the issue; absent: the reader's of the workspace
    language: Language | None = None
    # list: under "Inside this issue:" each title with its teaser; full: a list of titles, then each
    layout: Layout = "full"
    # where readers leave the list: "mailto:press@office.example", "https://..."
    unsubscribe: str | None = None
    # whether the entries stand under their sections
    sections: bool = False
    # above the entries
    picture: PostPicture | None = None
    # TOML key `entry`, in order
    picks: tuple[Pick, ...] = ()
    # the TOML file it came from
    source: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """How the office's papers look (`[brand]`)."""

    # "Press Office"
    name: str | None = None
    # file beside jehona.toml: "logo.png"
    logo: str | None = None
    # "#7a1f2b"
    colour: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """Where mail goes out (`[smtp]`); the password is never in the file."""

    # "mail.example"
    host: str
    # submission, RFC 6409
    port: int = 587
    # login name
    user: str | None = None
    # TOML key `from`: "press@office.example"
    sender: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translator:
    """A LibreTranslate-compatible server (`[translator]`)."""

    # "http://127.0.0.1:5000"
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A WordPress site that posts go to (`[sites.NAME]`)."""

    # "house"
    name: str
    # "https://office.example"
    url: str
    # login name; the application password is never in the file
    user: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPlace:
    """Where the desk is found (`[desk]`)."""

    # on this machine; absent: 8470, or the next free one
    port: int | None = None
    # origin by which others reach it, behind a proxy of the office: "https://desk.office.example"
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How outlets are watched and who is told (`[watch]`)."""

    # between two looks at an outlet around an event's day; else less often
    every: timedelta = timedelta(hours=1)
    # the hour of the daily digest, of the workspace's zone; None: no digest
    digest: time | None = None
    # mail addresses that are told
    to: tuple[str, ...] = ()
    # where addresses of other channels lie: ("keyring:alerts",)
    urls: tuple[str, ...] = ()
    # told after each round, so that a watch that died is noticed: an address, or "keyring:NAME"
    ping: str | None = None
    # how long accepted pieces are looked at again; None: they are not
    corrections: timedelta | None = None
    # how long nothing new came, before what is new around an event's day is told
    quiet: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """What is done so that others can be shown what stood there (`[evidence]`)."""

    # of an authority that says when a seal was there (RFC 3161): "https://tsa.example"
    stamp: str | None = None
    # file of its root certificates, beside jehona.toml: "tsa.pem"
    stamp_ca: str | None = None
    # whether addresses of accepted pieces are given to a web archive
    archive: bool = False
    # where to, without the address: "https://web.archive.org/save/"
    archive_at: str = "https://web.archive.org/save/"
    # whether pictures are taken of accepted pieces
    screenshots: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolPlace:
    """Where machines that collect together meet (`[pool]`); the password is never in the file."""

    # of PostgreSQL: "postgresql://jehona@db.office.example/pool"
    dsn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A folder with jehona.toml, outlets/, events/ and var/."""

    # the folder that holds jehona.toml
    root: Path
    # goes into the user agent; absent: only loopback is crawled
    contact: str | None = None
    # of what readers see
    language: Language = "sq"
    # of days without a zone of their own
    zone: str = "Europe/Tirane"
    # how papers look
    brand: Brand = Brand()
    # where mail goes out
    smtp: Smtp | None = None
    # where machine words come from
    translator: Translator | None = None
    # where posts go
    sites: tuple[Site, ...] = ()
    # where the desk is found
    desk: DeskPlace = DeskPlace()
    # who watches and is told; None: the file has no [watch]
    watch: Watch | None = None
    # what is done for evidence
    evidence: Attestation = Attestation()
    # where others collect with this machine; None: it collects alone
    pool: PoolPlace | None = None

    @property
    def agent(self) -> str:
        """Who we say we are to whom we ask."""
        return user_agent(self.contact)

    @property
    def var(self) -> Path:
        """Generated files: the record, snapshots, outputs, the run lock."""
        return self.root / "var"

    @property
    def record(self) -> Path:
        """The SQLite record."""
        return self.var / "coverage.db"

    @property
    def snapshots(self) -> Path:
        """The folder of kept bytes, beside the record."""
        return self.var / "snapshots"

    @property
    def out(self) -> Path:
        """Where reports and posts are written."""
        return self.var / "out"

    @property
    def templates(self) -> Path:
        """A person's copies of the templates of roundup and newsletter."""
        return self.root / "templates"

    @property
    def fonts(self) -> Path:
        """Fonts of the office's own, for letters that ours do not have."""
        return self.root / "fonts"


# --- what spiders bring: leads and the pages they stood on ----------------------
