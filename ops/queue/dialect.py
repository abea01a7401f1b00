"""How do PostgreSQL and SQLite say the same thing?

Times come from the database's clock, so that a host whose clock is wrong steals no lease.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Dialect:
    now: str
    in_seconds: str
    """A moment as many seconds from now as the parameter says."""
    greatest: str
    skip_locked: str
    unflushed: str
    """A named subquery; a statement that reads from it commits without waiting for the disk."""


POSTGRESQL = Dialect(
    now="STATEMENT_TIMESTAMP()",
    in_seconds="STATEMENT_TIMESTAMP() + %s * INTERVAL '1 second'",
    greatest="GREATEST",
    skip_locked="FOR UPDATE SKIP LOCKED",
    unflushed="unflushed AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))",
)
SQLITE = Dialect(
    now="STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'now')",
    in_seconds="STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'now', %s || ' seconds')",
    greatest="MAX",
    skip_locked="",
    unflushed="",
)


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def dialect() -> Dialect:
    return POSTGRESQL if is_postgresql() else SQLITE
