"""Calling workers through PostgreSQL's LISTEN and NOTIFY."""

from __future__ import annotations

import select
from typing import Any

from django.db import connection

from ops.queue import session

CHANNEL = "ops_jobs"


class NotifyBell:
    bears_a_pooler = False

    def __init__(self) -> None:
        self._heard_on: Any = None
        self._rung = False

    def ring(self) -> None:
        # A statement of its own, not flushed to disk: NOTIFY takes a lock on the whole database
        # until its commit is through, and the submission's commit would make that milliseconds.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('synchronous_commit', 'off', true), pg_notify(%s, '')",
                [CHANNEL],
            )

    def wait(self, *, stop_fd: int, seconds: float) -> None:
        line = session.current().raw()
        if line is not self._heard_on:
            # What was submitted before LISTEN rings no bell: let the caller look once more.
            line.add_notify_handler(self._hear)
            with connection.wrap_database_errors:
                line.execute(f"LISTEN {CHANNEL}")
            self._heard_on = line
        elif not self._rung:
            # What arrives is read by the caller's next statement, which sets the flag below.
            select.select([line.fileno(), stop_fd], [], [], seconds)
        self._rung = False

    def _hear(self, _notice: object) -> None:
        # It may have come with the answer to the claim that found nothing: do not wait then.
        self._rung = True
