"""Which processes did this run of the tests start? They end with it, however it ends.

Each is started in a session of its own and noted in a folder. The keeper (tests/services.py)
outlives the tests, and kills whoever of the noted sessions is left.
"""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

import psutil

from tests import bed


def note(session: int) -> None:
    _notes(bed.shared_folder()).joinpath(str(session)).touch()


def forget(session: int) -> None:
    _notes(bed.shared_folder()).joinpath(str(session)).unlink(missing_ok=True)


def members(session: int) -> list[int]:
    """Everybody alive in it, children whose parent died included."""
    return [pid for pid in psutil.pids() if _session(pid) == session]


def kill(session: int) -> None:
    """As the kernel does when memory runs out: all of them, without a warning."""
    for pid in members(session):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def kill_noted(folder: Path) -> None:
    for noted in _notes(folder).iterdir():
        kill(int(noted.name))


def _notes(folder: Path) -> Path:
    notes = folder / "sessions"
    notes.mkdir(exist_ok=True)
    return notes


def _session(pid: int) -> int | None:
    try:
        if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return None
        return os.getsid(pid)
    except (psutil.NoSuchProcess, ProcessLookupError):
        return None
