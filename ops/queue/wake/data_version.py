"""Calling workers through SQLite: any commit of another connection changes its data version."""

from __future__ import annotations

import select
import time

from django.db import connection

POLL_SECONDS = 0.01


class DataVersionBell:
    _seen: int | None = None

    def ring(self) -> None:
        """The commit itself is the bell."""

    def wait(self, *, stop_fd: int, seconds: float) -> None:
        connection.ensure_connection()
        ends_at = time.monotonic() + seconds
        while not self._changed() and time.monotonic() < ends_at:
            if select.select([stop_fd], [], [], POLL_SECONDS)[0]:
                return

    def _changed(self) -> bool:
        version = connection.connection.execute("PRAGMA data_version").fetchone()[0]
        changed = version != DataVersionBell._seen
        DataVersionBell._seen = version
        return changed
