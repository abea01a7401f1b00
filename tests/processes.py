"""How does a real installation behave? Its processes, on stores of its own, for tests to use."""

from __future__ import annotations

import contextlib
import fcntl
import http.client
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests import bed, sessions
from tests.services import free_port

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30
STOP_SECONDS = 10
TEMPLATE = "installation_template"
SQLITE_FILE = "contentcreate.sqlite3"


class PairMaker:
    """Makes pairs of stores with empty tables, and drops their databases in the end."""

    def __init__(self) -> None:
        self._names = (f"installation_{os.getpid()}_{number}" for number in itertools.count(1))
        self._databases: list[str] = []

    def new(self, kind: str) -> bed.Pair:
        return bed.EMBEDDED if kind == bed.EMBEDDED.name else self._production()

    def _production(self) -> bed.Pair:
        name = next(self._names)
        _made_once("postgresql", _migrate_a_database)
        administer(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"')
        self._databases.append(name)
        return bed.production_pair(name)

    def __enter__(self) -> PairMaker:
        return self

    def __exit__(self, *_: object) -> None:
        for name in self._databases:
            administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def administer(sql: str) -> None:
    import psycopg

    url = f"{os.environ[bed.POSTGRESQL]}/postgres"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.encode())


@dataclass(frozen=True)
class Process:
    """One process of the Procfile with all its children, in a session of its own."""

    name: str
    popen: subprocess.Popen
    log: Path

    @property
    def pid(self) -> int:
        return self.popen.pid

    def pids(self) -> list[int]:
        return sessions.members(self.pid)

    def kill(self) -> None:
        """As the kernel does when memory runs out: all of them, without a warning."""
        sessions.kill(self.pid)
        self.popen.wait(STOP_SECONDS)
        sessions.forget(self.pid)

    def stop(self) -> None:
        """Asks the first process to end, and kills whoever is left."""
        if self.popen.poll() is None:
            self.popen.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(STOP_SECONDS - 2)
        self.kill()

    def output(self) -> str:
        return self.log.read_text(errors="replace")


@dataclass
class Installation:
    """This tree on a pair of stores, with its own data folder and port."""

    pair: bed.Pair
    data_dir: Path
    port: int = field(default_factory=free_port)
    processes: list[Process] = field(default_factory=list)

    @classmethod
    @contextlib.contextmanager
    def on(cls, pair: bed.Pair) -> Iterator[Installation]:
        with tempfile.TemporaryDirectory(prefix="installation-", dir=bed.shared_folder()) as folder:
            installed = cls(pair, Path(folder))
            (installed.data_dir / "static").symlink_to(_made_once("static", _collect_static))
            if pair.name == bed.EMBEDDED.name:
                shutil.copy(_made_once("sqlite", _migrate_a_file) / SQLITE_FILE, installed.data_dir)
            try:
                yield installed
            finally:
                installed.stop()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        return _environment(self.data_dir) | self.pair.environment | {"PORT": str(self.port)}

    def manage(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs a management command on this installation's stores."""
        return _manage(self.env, *words, check=check)

    def start_web(self, **environment: str) -> Process:
        web = self._start("web", environment)
        self._wait_until_it_answers(web)
        return web

    def start_worker(self, **environment: str) -> Process:
        """Returns at once: jobs wait until the worker is ready."""
        return self._start("worker", environment)

    def stop(self) -> None:
        # All are asked before one is waited for: together they take as long as the slowest.
        for process in self.processes:
            if process.popen.poll() is None:
                process.popen.terminate()
        for process in self.processes:
            process.stop()
        self.processes.clear()

    def _start(self, name: str, environment: dict[str, str]) -> Process:
        log = self.data_dir / f"{name}-{len(self.processes)}.log"
        with log.open("wb") as output:
            popen = subprocess.Popen(
                ["/bin/sh", "-c", f"exec {procfile()[name]}"],
                cwd=ROOT,
                env=self.env | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        sessions.note(popen.pid)
        process = Process(name, popen, log)
        self.processes.append(process)
        return process

    def _wait_until_it_answers(self, web: Process) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and web.popen.poll() is None:
            if _answers(self.base_url):
                return
            time.sleep(0.05)
        raise AssertionError(f"The web server does not answer:\n{web.output()}")


def procfile() -> dict[str, str]:
    """The commands an installation runs, by name."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    named = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {name: command.strip() for name, _, command in named}


def _answers(base_url: str) -> bool:
    """Whatever it answers: that the process is up is all that is asked."""
    address = urlsplit(base_url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=2)
    try:
        connection.request("GET", "/livez")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


def _environment(data_dir: Path) -> dict[str, str]:
    """What an installation sees: the programs of this environment, and nothing of the tests."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(data_dir),
        "DATA_DIR": str(data_dir),
        "SECRET_KEY": "only-for-installations-of-tests-" * 2,
        "PYTHONDONTWRITEBYTECODE": "1",
        "RATE_LIMIT_FACTOR": "1000",
        # Receivers of webhooks, and pages to fetch, are on this machine; some of them hang.
        "OUTBOUND_ALLOWED_NETWORKS": "127.0.0.1/32",
        "WEBHOOK_DEADLINE_SECONDS": "1",
        # A web process that is told to end while it starts up does not hear it (granian 2.8).
        "WEB_STOP_SECONDS": "1",
    }


def _made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder in which the first process of this test run that needs something made it."""
    folder = bed.shared_folder() / "once" / name
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            make(folder)
            (folder / "done").touch()
    return folder / "data"


def _collect_static(folder: Path) -> None:
    _manage(_environment(folder), "collectstatic", "--noinput", "--verbosity=0")
    (folder / "static").rename(folder / "data")


def _migrate_a_file(folder: Path) -> None:
    (folder / "data").mkdir()
    _manage(_environment(folder / "data"), "migrate", "--verbosity=0")


def _migrate_a_database(folder: Path) -> None:
    administer(f'CREATE DATABASE "{TEMPLATE}"')
    pair = bed.production_pair(TEMPLATE)
    _manage(_environment(folder) | pair.environment, "migrate", "--verbosity=0")


def _manage(
    env: dict[str, str], *words: str, check: bool = True
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise AssertionError(f"{' '.join(words)} ended with {done.returncode}:\n{done.stderr}")
    return done
