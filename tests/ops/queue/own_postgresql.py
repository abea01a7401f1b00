"""A PostgreSQL server of a test's own, to be stopped and started again."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg

from tests import services
from tests.ops.queue.clusters import eventually


class OwnPostgreSQL:
    def __init__(self, url: str, data: Path) -> None:
        self.url = url
        self._data = data
        self._process = psutil.Process(self._pid())
        self._command = self._process.cmdline()
        self._user = services._unprivileged_user()
        self._again: subprocess.Popen | None = None

    def copy_tables(self, programs: str, url: str) -> None:
        """The schema of another database, as it is."""
        dump = subprocess.run(
            [f"{programs}/pg_dump", "--schema-only", "--no-owner", _psql(url)],
            check=True, capture_output=True,
        )  # fmt: skip
        words = ["-q", "-v", "ON_ERROR_STOP=1", _psql(self.url)]
        subprocess.run([f"{programs}/psql", *words], input=dump.stdout, check=True)

    def ask(self, sql: str) -> Any:
        with psycopg.connect(_psql(self.url), autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchone()[0] if cursor.description else None

    def stop(self) -> None:
        """At once, as when its machine fails: it recovers from its log when it starts again."""
        self._process.send_signal(signal.SIGQUIT)
        eventually(lambda: not self._process.is_running() or self._is_zombie(), what="it ends")

    def start(self) -> None:
        quiet = subprocess.DEVNULL
        self._again = subprocess.Popen(
            self._command, user=self._user, cwd="/", stdin=quiet, stdout=quiet, stderr=quiet
        )
        eventually(self._answers, what="PostgreSQL answers again")

    def end(self) -> None:
        if self._again:
            self._again.send_signal(signal.SIGQUIT)
            self._again.wait(10)

    def _pid(self) -> int:
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def _is_zombie(self) -> bool:
        return self._process.status() == psutil.STATUS_ZOMBIE

    def _answers(self) -> bool:
        try:
            return self.ask("SELECT 1") == 1
        except psycopg.Error:
            return False


@contextmanager
def own_postgresql() -> Iterator[tuple[OwnPostgreSQL, str]]:
    """The server, and the folder of its programs."""
    with services._own_folder() as folder, services._postgresql(Path(folder)) as (programs, url):
        server = OwnPostgreSQL(f"{url}/postgres", Path(folder) / "postgresql")
        try:
            yield server, programs
        finally:
            server.end()


def _psql(url: str) -> str:
    return url.replace("postgres://", "postgresql://")
