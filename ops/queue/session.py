"""On which connection does a worker speak with the queue?

On PostgreSQL on one of its own, beside the one its jobs use: whatever they do to theirs, the
queue's goes on, and the few statements of the queue are planned once instead of once per job.
On SQLite workers stand in line for the write lock. Everybody else, and workers behind
a transaction pooler, speak on Django's connection and no other.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import IO, Any, Protocol

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]

# A plan that is kept was made for the table as it was: a short table would be read whole and
# sorted, which costs a thousand times more an hour later. Along the index is never far off.
_PLANS = (
    "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;"
    " SET enable_bitmapscan = off; SET enable_sort = off"
)


class Session(Protocol):
    def ask(self, sql: str, params: Sequence[Any]) -> list[Row]:
        """The rows that the statement returns."""

    def turn(self) -> AbstractContextManager[object]:
        """Inside, several statements are one where that is cheaper: on SQLite."""

    def raw(self) -> Any:
        """The driver's connection, open."""

    def close(self) -> None:
        """Until the next question."""


class SharedSession:
    """Django's own connection of this thread: takes part in the caller's transaction."""

    def ask(self, sql: str, params: Sequence[Any]) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    def turn(self) -> AbstractContextManager[object]:
        return transaction.atomic() if connection.vendor == "sqlite" else nullcontext()

    def raw(self) -> Any:
        connection.ensure_connection()
        return connection.connection

    def close(self) -> None:
        connection.close()


class LineSession(SharedSession):
    """Workers on SQLite, one behind the other.

    SQLite lets whom it locks out sleep, up to a tenth of a second, before they try again. A lock
    on a file beside the database wakes the next worker at once, and ends with its holder.
    """

    def __init__(self) -> None:
        self._path = Path(f"{connection.settings_dict['NAME']}-workers")
        self._file: IO[bytes] | None = None

    def ask(self, sql: str, params: Sequence[Any]) -> list[Row]:
        with connection.wrap_database_errors:
            return self.raw().execute(_for_sqlite(sql), params).fetchall()

    @contextmanager
    def turn(self) -> Iterator[None]:
        self._file = self._file or self._path.open("wb")
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            with connection.wrap_database_errors:
                self.raw().execute("BEGIN IMMEDIATE")
                with self.raw():  # commits, or rolls back
                    yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        super().close()
        if self._file:
            self._file.close()
        self._file = None


@cache
def _for_sqlite(sql: str) -> str:
    """As Django does, but once for each statement."""
    return sql.replace("%s", "?").replace("%%", "%")


class OwnSession:
    """A second connection to PostgreSQL, where statements stay prepared."""

    def __init__(self) -> None:
        self._wrapper: BaseDatabaseWrapper = connections.create_connection(DEFAULT_DB_ALIAS)
        self._cursor: Any = None

    def ask(self, sql: str, params: Sequence[Any]) -> list[Row]:
        with self._wrapper.wrap_database_errors:
            return self._opened().execute(sql, params).fetchall()

    def turn(self) -> AbstractContextManager[object]:
        return nullcontext()

    def raw(self) -> Any:
        return self._opened().connection

    def close(self) -> None:
        self._wrapper.close()

    def _opened(self) -> Any:
        if self._wrapper.connection is None:
            self._cursor = self._open()
        return self._cursor

    def _open(self) -> Any:
        from psycopg import Cursor

        self._wrapper.connect()
        raw: Any = self._wrapper.connection
        raw.execute(_PLANS)
        raw.prepare_threshold = 0
        # Not Django's cursor: that one writes parameters into the statement.
        return Cursor(raw)


_shared = SharedSession()
_own: Session | None = None


def current() -> Session:
    return _own or _shared


def open_own(*, through_a_pooler: bool = False) -> None:
    """From now on this process speaks with the queue as a worker."""
    global _own  # noqa: PLW0603 - a process has one, like Django's connections
    if _own is None and connection.vendor == "sqlite":
        _own = LineSession()
    elif _own is None and not through_a_pooler:
        _own = OwnSession()


def close_own() -> None:
    global _own  # noqa: PLW0603
    if _own:
        _own.close()
    _own = None
