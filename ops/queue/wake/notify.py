"""Calling workers through PostgreSQL's LISTEN and NOTIFY."""

from __future__ import annotations

import select

from django.db import connection

CHANNEL = "ops_jobs"


class NotifyBell:
    def ring(self) -> None:
        # A statement of its own, not flushed to disk: NOTIFY takes a lock on the whole database
        # until its commit is through, and the submission's commit would make that milliseconds.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('synchronous_commit', 'off', true), pg_notify(%s, '')",
                [CHANNEL],
            )

    def wait(self, *, stop_fd: int, seconds: float) -> None:
        if not _listening():
            # What was submitted before LISTEN rings no bell: let the caller look once more.
            _listen()
            return
        raw = connection.connection
        select.select([raw.fileno(), stop_fd], [], [], seconds)
        for _ in raw.notifies(timeout=0):
            pass


def _listening() -> bool:
    connection.ensure_connection()
    return getattr(connection.connection, "hears_the_bell", False)


def _listen() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    connection.connection.hears_the_bell = True
