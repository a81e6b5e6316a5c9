"""Who may come to the desk: one-time links, sessions of a browser, tokens that read."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from crawler.record.desk_keys import DeskKeys, Session
from crawler.record.lock import DeskLock
from jehona.actions.errors import Unknown, Wrong
from jehona.actions.office import Office, now_utc

__all__ = ["NOTED_EVERY", "Access", "DeskKeys", "DeskLock", "Session", "access_of"]

# A link is opened at once; one that lies in a terminal's history opens nothing.
LINK_LIVES: Final = timedelta(minutes=15)
IDLE: Final = timedelta(hours=8)
# A session's last look is written down this often: a page is not a write.
NOTED_EVERY: Final = timedelta(minutes=1)
# of a secret
BYTES: Final = 32
LONGEST_NAME: Final = 80


@dataclass(slots=True, kw_only=True)
class Access:
    """The door of one desk. What people hold are secrets; what is kept are their digests."""

    keys: DeskKeys
    # the moment, with a zone
    clock: Callable[[], datetime] = now_utc

    def link(self, address: str) -> str:
        """A fresh link that opens the desk at `address` once. Raises RecordRefused."""
        key = secrets.token_urlsafe(BYTES)
        self.keys.add_link(_digest(key), self.clock())
        return f"{address}/enter?key={key}"

    def enter(self, key: str) -> str | None:
        """What the cookie of a new session holds; None for a key that opens nothing, or no more.

        The session is of whoever was here last: on a machine of one's own that is oneself.
        """
        now = self.clock()
        if not self.keys.use_link(_digest(key), now, LINK_LIVES):
            return None
        held, name = secrets.token_urlsafe(BYTES), self.keys.latest_name()
        self.keys.end_idle(now - timedelta(days=30))
        self.keys.begin_session(_digest(held), name, now)
        return held

    def session(self, held: str) -> Session | None:
        """The session of a cookie; None where it has none, left, or was idle too long."""
        session = self.keys.session(_digest(held))
        if session is None:
            return None
        now = self.clock()
        if now - session.seen > IDLE:
            return None
        # a clock that was set back is noted too: idle counts from here
        if abs(now - session.seen) >= NOTED_EVERY:
            self.keys.seen(session.digest, now)
        return session

    def introduce(self, session: Session, name: str) -> str:
        """Keep who sits there: the name as it is kept. Raises Wrong for none, or no name."""
        said = " ".join(name.split())
        if not said or len(said) > LONGEST_NAME or not said.isprintable():
            raise Wrong(
                "a name has 1 to {longest_name} letters: decisions carry it",
                longest_name=LONGEST_NAME,
            )
        self.keys.name_session(session.digest, said)
        return said

    def leave(self, session: Session) -> None:
        """End a session: its cookie opens nothing any more."""
        self.keys.end_session(session.digest)

    def new_token(self, name: str) -> str:
        """A token that reads, shown this once. Raises Wrong where the name has one already."""
        token = secrets.token_urlsafe(BYTES)
        if not self.keys.add_token(_token_name(name), _digest(token), self.clock()):
            raise Wrong(
                "{name}: has a token already: --revoke ends it, then make another", name=name
            )
        return token

    def revoke_token(self, name: str) -> None:
        """End a token: it reads nothing any more. Raises Unknown."""
        if not self.keys.end_token(_token_name(name)):
            known = ", ".join(self.keys.tokens()) or "there are none"
            raise Unknown("{name}: no such token; known: {known}", name=name, known=known)

    def reads(self, token: str) -> str | None:
        """Whose token this is; None where it reads nothing."""
        return self.keys.token(_digest(token))


def access_of(office: Office) -> Access:
    """The door of a workspace's desk, open or not."""
    return Access(keys=DeskKeys(office.workspace.var), clock=office.clock)


def _token_name(name: str) -> str:
    said = " ".join(name.split())
    if not said or len(said) > LONGEST_NAME or not said.isprintable():
        raise Wrong(
            "a token's name has 1 to {longest_name} letters: who it is for",
            longest_name=LONGEST_NAME,
        )
    return said


def _digest(secret: str) -> str:
    """What is kept of a secret of 32 random bytes: no slow hash is needed for such."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
