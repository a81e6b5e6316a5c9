"""A stamp authority of our own on loopback: `openssl ts` behind HTTP."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

CONFIG = """
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamper]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
signer_cert = {folder}/stamper.pem
signer_key = {folder}/stamper.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
"""


def missing() -> str | None:
    """What this machine lacks for it."""
    return None if shutil.which("openssl") else "there is no openssl"


@dataclass
class Authority:
    """One authority, and how it answers."""

    folder: Path
    url: str = ""
    asked: int = 0
    fault: bytes | None = None
    # answered in the stamp's place
    kind: str = "application/timestamp-reply"
    status: int = 200
    seen: list[bytes] = field(default_factory=list)
    # questions as they came

    @property
    def root(self) -> Path:
        """Its root certificate."""
        return self.folder / "root.pem"

    def reply(self, question: bytes) -> bytes:
        """The stamp of a question."""
        self.seen.append(question)
        if self.fault is not None:
            return self.fault
        query, answer = self.folder / "q.tsq", self.folder / "a.tsr"
        query.write_bytes(question)
        openssl(
            self.folder, "ts", "-reply", "-config", "ts.cnf", "-queryfile", "q.tsq", "-out", "a.tsr"
        )
        return answer.read_bytes()


def openssl(folder: Path, *words: str) -> str:
    """What openssl says."""
    done = subprocess.run(
        ["openssl", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def founded(folder: Path) -> Authority:
    """Keys and certificates of an authority, valid from 2020 on as the clock of a test may say."""
    folder.mkdir()
    (folder / "ts.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "ts.cnf")
    openssl(
        folder, "req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-days", "3650",
        "-subj", "/CN=Rrenja e proves", "-extensions", "root",
    )  # fmt: skip
    openssl(
        folder, "req", *key, "-keyout", "stamper.key", "-out", "stamper.csr",
        "-subj", "/CN=Vula e kohes",
    )  # fmt: skip
    openssl(
        folder, "x509", "-req", "-in", "stamper.csr", "-CA", "root.pem", "-CAkey", "root.key",
        "-CAcreateserial", "-days", "3650", "-out", "stamper.pem", "-extfile", "ts.cnf",
        "-extensions", "stamper",
    )  # fmt: skip
    return Authority(folder)


@contextmanager
def at_work(authority: Authority) -> Iterator[Authority]:
    """Serves an authority on loopback."""

    class Counter(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            body = authority.reply(question)
            self.send_response(authority.status)
            self.send_header("Content-Type", authority.kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    authority.url = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
