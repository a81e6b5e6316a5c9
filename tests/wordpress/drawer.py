"""A keyring of the tests, kept in a file: what a person types into a page lies in it afterwards."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend

PLACE = "JEHONA_TESTS_DRAWER"


class Drawer(KeyringBackend):
    """Chosen by PYTHON_KEYRING_BACKEND."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return self._held().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        held = self._held() | {f"{service} {username}": password}
        self._file().write_text(json.dumps(held), "utf-8")

    def delete_password(self, service: str, username: str) -> None:
        held = self._held()
        del held[f"{service} {username}"]
        self._file().write_text(json.dumps(held), "utf-8")

    def _held(self) -> dict[str, str]:
        file = self._file()
        return dict(json.loads(file.read_text("utf-8"))) if file.exists() else {}

    def _file(self) -> Path:
        return Path(os.environ[PLACE])
