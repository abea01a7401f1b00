"""Calling workers through SQLite's own files: a commit writes to the write-ahead log.

The kernel tells who watches the folder (inotify), so waiting costs nothing. Where it cannot,
workers ask SQLite for its data version, often enough to be quick and seldom enough to be idle.
"""

from __future__ import annotations

import ctypes
import os
import select
import sys
import time
from pathlib import Path

from django.db import connection

POLL_SECONDS = 0.02
# The kernel tells of the write, not of the commit that follows it: look a second time soon.
COMMITTED_SECONDS = 0.01
_IN_MODIFY = 0x2
_ENOUGH_BYTES = 65536


class WatchBell:
    bears_a_pooler = False

    def __init__(self) -> None:
        self._watch_fd: int | None = None
        self._version: int | None = None
        self._look_again = True

    def ring(self) -> None:
        """The commit itself is the bell."""

    def wait(self, *, stop_fd: int, seconds: float) -> None:
        if self._watch_fd is None:
            self._watch_fd = _watch_fd(Path(connection.settings_dict["NAME"]).parent)
        if self._watch_fd is None:
            self._poll(stop_fd, seconds)
        else:
            self._listen(self._watch_fd, stop_fd, seconds)

    def _listen(self, watch_fd: int, stop_fd: int, seconds: float) -> None:
        patience = COMMITTED_SECONDS if self._look_again else seconds
        written, _, _ = select.select([watch_fd, stop_fd], [], [], patience)
        self._look_again = watch_fd in written
        if self._look_again:
            os.read(watch_fd, _ENOUGH_BYTES)

    def _poll(self, stop_fd: int, seconds: float) -> None:
        ends_at = time.monotonic() + seconds
        while not self._has_changed() and time.monotonic() < ends_at:
            if select.select([stop_fd], [], [], POLL_SECONDS)[0]:
                return

    def _has_changed(self) -> bool:
        connection.ensure_connection()
        version = connection.connection.execute("PRAGMA data_version").fetchone()[0]
        changed = version != self._version
        self._version = version
        return changed


def _watch_fd(folder: Path) -> int | None:
    """The folder, not the log: the log is deleted and made anew as connections come and go."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    watch_fd = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    if watch_fd < 0:
        return None
    if libc.inotify_add_watch(watch_fd, os.fsencode(folder), _IN_MODIFY) < 0:
        os.close(watch_fd)
        return None
    return int(watch_fd)
