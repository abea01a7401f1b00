"""On which stores is measured? A private PostgreSQL that flushes to disk, a Redis that logs."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Stores:
    postgresql_url: str
    redis_url: str


@contextlib.contextmanager
def stores() -> Iterator[Stores]:
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        folder.chmod(0o711)
        yield Stores(
            stack.enter_context(_postgresql(folder)),
            stack.enter_context(_redis(folder)),
        )


@contextlib.contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    user = "postgres" if os.geteuid() == 0 else None
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
    data, port = folder / "postgresql", free_port()
    data.mkdir(mode=0o700)
    if user:
        shutil.chown(data, user)
    options = ["-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C"]
    subprocess.run(
        [programs / "initdb", "-D", data, *options],
        user=user, cwd="/", check=True, capture_output=True,
    )  # fmt: skip
    settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [programs / "postgres", "-D", data, *words]
    url = f"postgres://bench@127.0.0.1:{port}/postgres"
    with running(command, user=user, stop=signal.SIGQUIT):
        wait_until(lambda: _accepts(port))
        yield url


@contextlib.contextmanager
def _redis(folder: Path) -> Iterator[str]:
    port = free_port()
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes"]
    with running(["redis-server", *words, "--dir", str(folder)]):
        wait_until(lambda: _accepts(port))
        yield f"redis://127.0.0.1:{port}/1"


@contextlib.contextmanager
def running(
    command: list, *, env: dict[str, str] | None = None, user: str | None = None,
    stop: signal.Signals = signal.SIGTERM,
) -> Iterator[subprocess.Popen]:  # fmt: skip
    """In a session of its own, of which nobody is left afterwards."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        [str(word) for word in command],
        env=env, user=user, cwd="/" if user else None, stdin=quiet, stdout=quiet, stderr=quiet,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.send_signal(stop)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(12)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(ask: Callable[[], object], *, seconds: float = 30, every: float = 0.02) -> bool:
    deadline = time.monotonic() + seconds
    while not ask():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
