"""The seal of a run, stamped by the authority that the office names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawler.models import Workspace
from crawler.record import Record, sealing
from crawler.record.stamps import Stamp, keep_stamp, latest_stamp
from jehona.actions.errors import Wrong
from reports.stamp_authority import NotStamped, stamp_answer

try:
    from crawler.evidence import stamp as stamping
except ImportError:
    # an extra that is not there
    stamping = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from crawler.evidence.stamp import Judge

EXTRA: Final = "stamps want an extra: pip install 'jehona[evidence]'"


def stamp_seal(record: Record, workspace: Workspace) -> Stamp | None:
    """Have the latest line of the seal stamped, and keep the answer; None where no authority is
    named or nothing new was sealed.

    It covers every line before it, too. Raises NotStamped and Wrong, in one line: the seal holds
    without it, and the next run's stamp covers it.
    """
    url = workspace.evidence.stamp
    line, last = sealing.latest(record), latest_stamp(record)
    if url is None or line is None or (last and last.seal == line.number):
        return None
    if stamping is None:
        raise NotStamped(EXTRA)
    judge = judge_of(workspace)
    roots = judge.roots if judge else None
    asked = stamping.ask(line)
    answer = stamp_answer(url, asked.body)
    try:
        at = stamping.check(answer, line.digest, roots, nonce=asked.nonce)
    except stamping.NoStamp as why:
        raise NotStamped("{url}: what it gave {why}", url=url, why=why) from None
    made = Stamp(seal=line.number, at=at, authority=url, answer=answer)
    keep_stamp(record, made)
    return made


def judge_of(workspace: Workspace) -> Judge | None:
    """Who looks stamps over with the certificates that jehona.toml names; None: it names none.

    Raises Wrong as `judge_by`.
    """
    name = workspace.evidence.stamp_ca
    return judge_by(workspace.root / name) if name else None


def judge_by(path: Path) -> Judge:
    """The same with those of a file. Raises Wrong where it cannot be read, or none is in it."""
    if stamping is None:
        raise Wrong(EXTRA)
    try:
        return stamping.Judge(roots=stamping.roots_in(path.read_bytes()))
    except OSError as error:
        raise Wrong("{path}: cannot be read ({reason})", path=path, reason=error.strerror) from None
    except stamping.NoStamp as why:
        raise Wrong("{path}: {reason}", path=path, reason=why) from None
