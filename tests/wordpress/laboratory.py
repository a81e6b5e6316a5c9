"""Real WordPress on loopback: a private MariaDB, one copy of the code, `php -S` per site.

Each laboratory lives in a short temporary folder of its own (a socket's path is bounded), so
several test workers may each have one. Every site has an address of its own (127.x.y.z), since
limits of a crawler are per host. POSIX only, like the servers it starts: elsewhere the tests
skip with a reason.
"""

from __future__ import annotations

import getpass
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).parent / "lab"
WORDPRESS = Path("/usr/share/wordpress")
SECONDS_TO_START = 30.0
SERVER_WORKERS = "3"


def missing() -> str | None:
    """What this machine lacks for a laboratory, in words; None when it has all."""
    programs = [
        name for name in ("php", "mariadbd", "mariadb-install-db") if not shutil.which(name)
    ]
    if programs:
        return f"{', '.join(programs)} not installed (tests/wordpress/install-packages.sh)"
    if not (WORDPRESS / "wp-load.php").exists():
        return f"no WordPress in {WORDPRESS} (tests/wordpress/install-packages.sh)"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post to seed."""

    slug: str
    # "festa-12"
    title: str
    # "Festa e dymbëdhjetë"
    at: datetime
    # aware: when it was published
    html: str = "<p>Tekst prove.</p>"
    # the body
    excerpt: str = ""
    # the hand-written excerpt
    type: str = "post"
    # post type
    sticky: bool = False
    # kept on top of the front page
    status: str = "publish"
    # "publish", "draft", "private"
    categories: tuple[str, ...] = ()
    # names


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """What a site is and what it has published."""

    title: str
    # "Gazeta Provë"
    posts: tuple[Post, ...]
    # in the order of their ids
    zone: str = "Europe/Tirane"
    # the site's own zone
    locale: str = "sq"
    # "sq" or "en_US"
    seo: str = "none"
    # "none", "og-only", "yoast"
    feed_excerpts: bool = False
    # whether feeds carry excerpts only
    types: tuple[str, ...] = ()
    # further public post types
    permalinks: str = "/%year%/%monthnum%/%postname%/"
    # WordPress' own notation

    def as_json(self) -> str:
        """The seed as `seed.php` reads it."""
        posts = [{**asdict(p), "gmt": in_gmt(p.at), "at": None} for p in self.posts]
        return json.dumps({**asdict(self), "posts": posts})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One line of a site's server log."""

    method: str
    # "GET"
    uri: str
    # "/wp-json/wp/v2/posts?per_page=100"
    status: int
    # 200
    agent: str
    # the User-Agent header
    at: float
    # seconds since the epoch


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One row the site really has, from its own database."""

    id: int
    # 12
    type: str
    # "post"
    title: str
    # as an editor typed it
    slug: str
    # "festa-12"
    at: datetime
    # aware, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One post that we have sent, as the site's own database has it."""

    id: int
    # 12
    status: str
    # "draft", "trash"
    title: str
    # raw
    content: str
    # raw


def in_gmt(instant: datetime) -> str:
    """An aware instant as WordPress stores it: `2025-03-30 01:30:00`, UTC."""
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


class Site:
    """One running WordPress: what it has, what it was asked, and the faults it can have."""

    def __init__(self, lab: Laboratory, name: str, address: tuple[str, int]) -> None:
        self.lab = lab
        self.name = name
        self.folder = lab.folder / name
        self.url = f"http://{address[0]}:{address[1]}"
        self.address = address
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def database(self) -> str:
        """The name of the site's database."""
        return f"wp_{self.name.replace('-', '_')}"

    def install(self, seed: Seed) -> None:
        """Creates the database, installs WordPress, publishes what `seed` says."""
        (self.folder / "faults").mkdir(parents=True)
        facts = {"name": self.name, "url": self.url, "database": self.database}
        (self.folder / "site.json").write_text(
            json.dumps({**facts, "socket": str(self.lab.socket)})
        )
        self.lab.sql(f"CREATE DATABASE {self.database} CHARACTER SET utf8mb4")
        (self.folder / "seed.json").write_text(seed.as_json())
        self.php("seed.php", str(self.folder / "seed.json"))

    def serve(self) -> None:
        """Starts the web server and waits until it answers."""
        where = f"{self.address[0]}:{self.address[1]}"
        options = ["-d", "memory_limit=256M", "-d", "opcache.enable_cli=1"]
        with (self.folder / "server.log").open("wb") as log:
            self._server = subprocess.Popen(
                [
                    "php",
                    *options,
                    "-S",
                    where,
                    "-t",
                    str(self.lab.code),
                    str(SCRIPTS / "router.php"),
                ],
                env={**self.environment, "PHP_CLI_SERVER_WORKERS": SERVER_WORKERS},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(lambda: answers(self.address), f"{self.name} did not start: {log.name}")

    @property
    def environment(self) -> dict[str, str]:
        """What tells the one copy of the code which site it is."""
        return {**os.environ, "WPLAB_SITE": str(self.folder), "WPLAB_CODE": str(self.lab.code)}

    def stop(self) -> None:
        """Ends the web server, its workers too."""
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            self._server = None

    def php(self, script: str, *arguments: str) -> Any:
        """Runs a script of the laboratory inside this site; gives its JSON line."""
        done = subprocess.run(
            ["php", "-d", "memory_limit=512M", str(SCRIPTS / script), *arguments],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(f"{script} in {self.name}: {done.stderr or done.stdout}")
        return json.loads(done.stdout.splitlines()[-1])

    # what an editor does

    def add(self, post: Post) -> int:
        """Publishes one more post; gives its id."""
        given = {"title": post.title, "html": post.html, "excerpt": post.excerpt, "slug": post.slug}
        return int(
            self.php(
                "change.php",
                "add",
                json.dumps({**given, "type": post.type, "gmt": in_gmt(post.at)}),
            )
        )

    def edit(self, post: int, **changes: str) -> None:
        """Changes what is named: title, html, excerpt, slug, status, gmt."""
        self.php("change.php", "edit", str(post), json.dumps(changes))

    def trash(self, post: int) -> None:
        """Puts a post into the bin."""
        self.php("change.php", "trash", str(post))

    def delete(self, post: int) -> None:
        """Deletes a post for good."""
        self.php("change.php", "delete", str(post))

    def password(self, login: str, role: str) -> str:
        """An application password of a user, who is made where there is none."""
        return str(self.php("change.php", "password", login, role))

    # what is true

    def written(self, event: str) -> tuple[Written, ...]:
        """Every post, in the bin too, that carries a marker of this event, oldest first."""
        rows = self.lab.sql(
            "SELECT ID, post_status, HEX(post_title), HEX(post_content) FROM wp_posts"
            f" WHERE post_type = 'post' AND post_content LIKE '%jehona-{event}-%' ORDER BY ID",
            self.database,
        )
        return tuple(as_written(row.split("\t")) for row in rows.splitlines())

    def blocks(self, post: int) -> Any:
        """How the editor understands a post: `names` and what it would save, `saved`."""
        return self.php("change.php", "blocks", str(post))

    def login(self, login: str) -> Any:
        """Cookies of a user who has logged in: `name`, `value`."""
        return self.php("change.php", "login", login)

    def terms(self, category: str, tag: str) -> Any:
        """The ids of a category and a tag, made."""
        return self.php("change.php", "terms", category, tag)

    def once(self, post: int) -> Any:
        """What a post got when it was made: `slug`, `categories`, `tags`, `featured`."""
        return self.php("change.php", "set", str(post))

    def pictures(self) -> Any:
        """Every picture: `slug`, `alt`, `url`."""
        return self.php("change.php", "pictures")

    def published(self, types: Iterable[str] = ("post",)) -> tuple[Published, ...]:
        """Every published row of these post types, oldest first, from the site's own database."""
        among = ",".join(f"'{name}'" for name in types)
        rows = self.lab.sql(
            "SELECT ID, post_type, post_date_gmt, post_name, HEX(post_title) FROM wp_posts"
            f" WHERE post_status = 'publish' AND post_type IN ({among}) ORDER BY post_date_gmt, ID",
            self.database,
        )
        return tuple(as_published(row.split("\t")) for row in rows.splitlines())

    # what happened

    def requests(self) -> tuple[Request, ...]:
        """The server log since the last `forget`, oldest first."""
        log = self.folder / "requests.log"
        if not log.exists():
            return ()
        return tuple(Request(**json.loads(line)) for line in log.read_text().splitlines())

    def forget(self) -> None:
        """Empties the server log."""
        (self.folder / "requests.log").unlink(missing_ok=True)

    # faults

    def fault(self, name: str, value: str = "1") -> None:
        """Switches a fault on (`lab/faults.php` lists them)."""
        (self.folder / "faults" / name).write_text(value)

    def heal(self) -> None:
        """Switches every fault off."""
        for fault in (self.folder / "faults").iterdir():
            fault.unlink()


def as_published(cells: list[str]) -> Published:
    """One row of `Site.published`."""
    post, kind, gmt, slug, title = cells
    return Published(
        id=int(post),
        type=kind,
        title=bytes.fromhex(title).decode(),
        slug=slug,
        at=datetime.fromisoformat(gmt).replace(tzinfo=UTC),
    )


def as_written(cells: list[str]) -> Written:
    """One row of `Site.written`."""
    post, status, title, content = cells
    words = [bytes.fromhex(cell).decode() for cell in (title, content)]
    return Written(id=int(post), status=status, title=words[0], content=words[1])


class Laboratory:
    """A private database and the sites on it; a context manager that leaves nothing behind."""

    def __init__(self, number: int = 0) -> None:
        self.number = number
        self.folder = Path(tempfile.mkdtemp(prefix="wplab-"))
        self.code = self.folder / "code"
        self.socket = self.folder / "db.sock"
        self.sites: dict[str, Site] = {}
        self._database: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Laboratory:
        try:
            self._copy_code()
            self._start_database()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def site(self, name: str, seed: Seed) -> Site:
        """Installs, fills and serves one more site."""
        host = f"127.77.{self.number + 1}.{len(self.sites) + 1}"
        site = Site(self, name, (host, free_port(host)))
        self.sites[name] = site
        site.install(seed)
        site.serve()
        return site

    def sql(self, statement: str, database: str = "") -> str:
        """Runs one statement as the database's owner; gives tab-separated rows without names."""
        login = ["mariadb", "--no-defaults", f"--socket={self.socket}", "-uroot"]
        plain = ["--default-character-set=utf8mb4", "-N", "-B"]
        done = subprocess.run(
            [*login, *plain, "-e", statement, *filter(None, [database])],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(f"{statement[:80]}: {done.stderr}")
        return done.stdout

    def stop(self) -> None:
        """Ends what was started here and removes the folder."""
        for site in self.sites.values():
            site.stop()
        if self._database is not None:
            self._database.kill()
            self._database.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _copy_code(self) -> None:
        """One writable copy serves all sites: Debian's own may stand anywhere and be linked."""
        shutil.copytree(WORDPRESS, self.code, symlinks=False, ignore_dangling_symlinks=True)
        (self.code / "wp-config.php").unlink(missing_ok=True)
        shutil.copy(SCRIPTS / "config.php", self.code / "wp-config.php")
        shutil.copytree(SCRIPTS / "mu-plugins", self.code / "wp-content" / "mu-plugins")

    def _start_database(self) -> None:
        """A MariaDB that listens on a socket only; nothing here must survive a power cut."""
        data, owner = self.folder / "mysql", getpass.getuser()
        common = ["--no-defaults", f"--datadir={data}", f"--user={owner}"]
        subprocess.run(
            ["mariadb-install-db", *common, "--auth-root-authentication-method=normal"],
            capture_output=True, check=True,
        )  # fmt: skip
        quick = ["--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync"]
        with (self.folder / "mysql.log").open("wb") as log:
            self._database = subprocess.Popen(
                ["mariadbd", *common, f"--socket={self.socket}", "--skip-networking", *quick],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(self._database_answers, f"MariaDB did not start: {log.name}")

    def _database_answers(self) -> bool:
        try:
            return self.sql("SELECT 1") == "1\n"
        except RuntimeError:
            return False


def free_port(host: str) -> int:
    """A port nobody listens on at `host` right now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def answers(address: tuple[str, int]) -> bool:
    """Whether something accepts a connection."""
    try:
        with socket.create_connection(address, timeout=1):
            return True
    except OSError:
        return False


def wait_until(holds: Any, complaint: str) -> None:
    """Polls until `holds()`; raises RuntimeError with the complaint after SECONDS_TO_START."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.03)
    raise RuntimeError(complaint)


def within(rows: Iterable[Published], start: datetime, end: datetime) -> tuple[Published, ...]:
    """The rows of a half-open stretch of time."""
    return tuple(row for row in rows if start <= row.at < end)


def tally(requests: Iterable[Request]) -> Mapping[str, int]:
    """How many requests of each sort: robots, rest, feed, page."""
    counts: dict[str, int] = {"robots": 0, "rest": 0, "feed": 0, "other": 0}
    for sort in sorts(requests):
        counts[sort] += 1
    return counts


def sorts(requests: Iterable[Request]) -> Iterator[str]:
    """What each request asked for."""
    for request in requests:
        if request.uri == "/robots.txt":
            yield "robots"
        elif "/wp-json" in request.uri or "rest_route=" in request.uri:
            yield "rest"
        elif "/feed" in request.uri or "feed=" in request.uri:
            yield "feed"
        else:
            yield "other"
