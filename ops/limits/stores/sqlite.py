"""Counting in a file, for all processes of one machine: exact without any server."""

from __future__ import annotations

import contextlib
import sqlite3
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ops.limits.algorithms.growth import ban_ms
from ops.limits.algorithms.rolling import BUCKETS, RollingCount
from ops.limits.algorithms.spending import Answer, Charge, spend
from ops.limits.stores.memory import now_ms
from ops.limits.stores.store import StoreUnavailableError

_PATIENCE_SECONDS = 2.0
_SWEEP_EVERY_MS = 60_000
# Nothing here must survive a power cut, so nothing waits for the disk.
_SCHEMA = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=OFF;
CREATE TABLE IF NOT EXISTS counts (
  key TEXT PRIMARY KEY, count BLOB NOT NULL, ends_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS leases (
  key TEXT, holder TEXT, ends_ms INTEGER NOT NULL, PRIMARY KEY (key, holder)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bans (
  key TEXT PRIMARY KEY, until_ms INTEGER NOT NULL, strikes INTEGER NOT NULL,
  ends_ms INTEGER NOT NULL) WITHOUT ROWID;
"""
_SELECT = {
    n: f"SELECT key, count FROM counts WHERE key IN ({','.join('?' * n)})" for n in range(1, 17)
}
_UPSERT = {
    n: f"INSERT INTO counts VALUES {','.join(['(?, ?, ?)'] * n)}"
    " ON CONFLICT(key) DO UPDATE SET count = excluded.count, ends_ms = excluded.ends_ms"
    for n in range(1, 17)
}


class SqliteStore:
    name = "sqlite"

    def __init__(self, path: Path, clock_ms: Callable[[], int] = now_ms) -> None:
        self._path = path
        self._clock_ms = clock_ms
        # Threads wait here; SQLite's own way of waiting is to sleep and try again.
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._swept_at_ms = clock_ms()

    def spend(self, charges: Sequence[Charge], *, commit: bool = True, ban_key: str = "") -> Answer:
        with self._transaction() as run:
            now = self._clock_ms()
            if ban_key and (banned := _banned_ms(run, ban_key, now)):
                return Answer(False, now, (), banned)
            counts = _read(run, charges, now)
            sizes = [count.bucket_ms for count in counts]
            answer = spend(counts, charges, now, commit=commit)
            spent = answer.allowed and commit
            row: list[object] = []
            for charge, count, reading, size in zip(
                charges, counts, answer.readings, sizes, strict=True
            ):
                # A count that moved to another window is kept also by a refusal: moved again
                # later, it would end later than the refused were told.
                if (spent and reading.fits) or size != count.bucket_ms:
                    row += (charge.key, _pack(count), now + count.lasts_ms())
            if row:
                run(_UPSERT[len(row) // 3], row)
                self._sweep(run, now)
            return answer

    def give_back(self, charges: Sequence[Charge], *, spent_at_ms: int) -> None:
        with self._transaction() as run:
            for charge in charges:
                row = run("SELECT count FROM counts WHERE key = ?", (charge.key,)).fetchone()
                if row:
                    count = _unpack(row[0])
                    count.take_back(charge.price, spent_at_ms=spent_at_ms)
                    run("UPDATE counts SET count = ? WHERE key = ?", (_pack(count), charge.key))

    def lease(self, key: str, holder: str, *, places: int, lasts_ms: int) -> tuple[bool, int]:
        with self._transaction() as run:
            now = self._clock_ms()
            run("DELETE FROM leases WHERE key = ? AND ends_ms <= ?", (key, now))
            held = {row[0] for row in run("SELECT holder FROM leases WHERE key = ?", (key,))}
            if len(held) >= places and holder not in held:
                return False, len(held)
            run("INSERT OR REPLACE INTO leases VALUES (?, ?, ?)", (key, holder, now + lasts_ms))
            return True, len(held | {holder})

    def release(self, key: str, holder: str) -> None:
        with self._transaction() as run:
            run("DELETE FROM leases WHERE key = ? AND holder = ?", (key, holder))

    def leases(self, key: str) -> int:
        with self._transaction() as run:
            held = "SELECT COUNT(*) FROM leases WHERE key = ? AND ends_ms > ?"
            return int(run(held, (key, self._clock_ms())).fetchone()[0])

    def ban(self, key: str, *, first_ms: int, longest_ms: int, memory_ms: int) -> int:
        with self._transaction() as run:
            now = self._clock_ms()
            before = "SELECT strikes FROM bans WHERE key = ? AND ends_ms > ?"
            row = run(before, (key, now)).fetchone()
            strikes = row[0] + 1 if row else 1
            length = ban_ms(strikes, first_ms=first_ms, longest_ms=longest_ms)
            values = (key, now + length, strikes, now + length + memory_ms)
            run("INSERT OR REPLACE INTO bans VALUES (?, ?, ?, ?)", values)
            return length

    def forget(self, keys: Sequence[str]) -> None:
        with self._transaction() as run:
            for key in keys:
                run("DELETE FROM counts WHERE key = ?", (key,))
                run("DELETE FROM leases WHERE key = ?", (key,))
                run("DELETE FROM bans WHERE key = ?", (key,))

    def clear(self) -> None:
        with self._transaction() as run:
            for table in ("counts", "leases", "bans"):
                run(f"DELETE FROM {table}")

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Callable[..., sqlite3.Cursor]]:
        with self._lock:
            try:
                run = self._open().cursor().execute  # a new one for each statement takes longer
                run("BEGIN IMMEDIATE")
                try:
                    yield run
                except BaseException:
                    run("ROLLBACK")
                    raise
                run("COMMIT")
            except (sqlite3.Error, OSError) as error:
                raise StoreUnavailableError(str(error)) from error

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            connection = sqlite3.connect(
                self._path,
                timeout=_PATIENCE_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            _prepare(connection)
            self._connection = connection
        return self._connection

    def _sweep(self, run: Callable[..., sqlite3.Cursor], now: int) -> None:
        if now - self._swept_at_ms < _SWEEP_EVERY_MS:
            return
        self._swept_at_ms = now
        for table in ("counts", "leases", "bans"):
            run(f"DELETE FROM {table} WHERE ends_ms <= ?", (now,))


def _prepare(connection: sqlite3.Connection) -> None:
    """SQLite waits for every lock but this: beside another process a switch to WAL just fails."""
    patient_until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            connection.executescript(_SCHEMA)
            return
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() > patient_until:
                raise
            time.sleep(0.001)


def _read(
    run: Callable[..., sqlite3.Cursor], charges: Sequence[Charge], now: int
) -> list[RollingCount]:
    keys = [charge.key for charge in charges]
    kept = dict(run(_SELECT[len(keys)], keys).fetchall()) if keys else {}
    return [
        _unpack(blob)
        if (blob := kept.get(charge.key))
        else RollingCount.starting(charge.window_ms, now)
        for charge in charges
    ]


def _banned_ms(run: Callable[..., sqlite3.Cursor], key: str, now: int) -> int:
    row = run("SELECT until_ms FROM bans WHERE key = ?", (key,)).fetchone()
    return max(0, row[0] - now) if row else 0


_FORMATS = [struct.Struct(f"<Iq{n}I") for n in range(BUCKETS + 2)]


def _pack(count: RollingCount) -> bytes:
    costs = count.costs
    return _FORMATS[len(costs)].pack(count.bucket_ms, count.newest, *costs)


def _unpack(blob: bytes) -> RollingCount:
    size, newest, *costs = _FORMATS[(len(blob) - 12) // 4].unpack(blob)
    return RollingCount(size, newest, costs)
