"""A private PostgreSQL on loopback, in a folder of its own, with a password."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "fjalekalim-prove"
QUIET = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=60")


@dataclass(frozen=True, slots=True)
class Server:
    """It listens on 127.0.0.1."""

    port: int

    def dsn(self, database: str) -> str:
        return f"postgresql://jehona@127.0.0.1:{self.port}/{database}"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].parent if places else None


def missing() -> str | None:
    """What this machine lacks, in words; None when it has all."""
    if os.name == "nt":
        return "the tests start a server as Unix does"
    if programs() is None:
        return "initdb is not installed (tests/pool/install-packages.sh)"
    try:
        import procrastinate  # noqa: F401, PLC0415 - of an extra
        import psycopg  # noqa: F401, PLC0415 - the same
    except ImportError as error:
        return f"{error} (pip install 'jehona[pool]')"
    return None


@contextmanager
def server() -> Iterator[Server]:
    """Started in a folder of its own; root cannot run one, so it is somebody else's then."""
    bin_folder = programs()
    assert bin_folder
    with tempfile.TemporaryDirectory(prefix="jehona-pg-") as name:
        folder, port = Path(name), _free_port()
        secret = folder / "password"
        secret.write_text(PASSWORD, "ascii")
        as_whom = _as_somebody(folder)
        data, log = folder / "data", folder / "log"
        made = ["--auth=scram-sha-256", f"--pwfile={secret}", "--username=jehona", "-D", str(data)]
        _run([*as_whom, str(bin_folder / "initdb"), *made, "-E", "UTF8", "--locale=C", "-N"])
        options = f"-p {port} -k {folder} -h 127.0.0.1 {' '.join(QUIET)}"
        control = [*as_whom, str(bin_folder / "pg_ctl"), "-D", str(data), "-w", "-l", str(log)]
        _run([*control, "-o", options, "start"])
        try:
            yield Server(port)
        finally:
            _run([*control, "-m", "immediate", "stop"])


def _as_somebody(folder: Path) -> list[str]:
    if getpass.getuser() != "root":
        return []
    user = "postgres" if _known("postgres") else "nobody"
    shutil.chown(folder, user)
    for file in folder.iterdir():
        shutil.chown(file, user)
    return ["setpriv", f"--reuid={user}", "--clear-groups"]


def _known(user: str) -> bool:
    return subprocess.run(["id", user], capture_output=True, check=False).returncode == 0


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
