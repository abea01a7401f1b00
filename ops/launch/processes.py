"""Does every process of the Procfile live? Starts them together, ends them together."""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from ops import lineage
from ops.launch import ending
from ops.launch.refusal import LaunchRefusedError

STOP_SECONDS = 8
LOG_LIMIT_BYTES = 20_000_000
_LAST_WORDS_BYTES = 1500


@dataclass(frozen=True)
class Running:
    """One process of the Procfile, with its children, in a session of its own.

    So Ctrl-C at the terminal reaches the launcher alone. A signal to all of them would kill the
    worker's children in the middle of their jobs; its first process ends them in good order.
    """

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def last_words(self) -> str:
        with self.log.open("rb") as file:
            file.seek(max(0, self.log.stat().st_size - _LAST_WORDS_BYTES))
            return file.read().decode(errors="replace").strip()

    def trim_log(self) -> None:
        """Writers append, so an emptied file goes on from its beginning."""
        if self.log.stat().st_size > LOG_LIMIT_BYTES:
            shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
            os.truncate(self.log, 0)

    def ask_to_end(self) -> None:
        if self.is_alive():
            self.process.terminate()

    def end_by(self, deadline: float) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)  # whoever of its children is left
        self.process.wait()


class Crew:
    """All processes of the Procfile, ended with this block at the latest."""

    def __init__(
        self,
        home: Path,
        environment: dict[str, str],
        logs: Path,
        *,
        stop_seconds: float = STOP_SECONDS,
    ) -> None:
        self._home = home
        self._environment = environment
        self._logs = logs
        self._stop_seconds = stop_seconds
        self._running: list[Running] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        deadline = time.monotonic() + self._stop_seconds
        for running in self._running:
            running.ask_to_end()
        for running in self._running:
            running.end_by(deadline)

    def start(self) -> None:
        self._logs.mkdir(exist_ok=True)
        for name, command in read_procfile(self._home / "Procfile").items():
            with ending.unheard():
                self._running.append(self._start(name, command))

    def wait_until_it_answers(self, host: str, port: int, *, patience_seconds: float) -> None:
        deadline = time.monotonic() + patience_seconds
        while not _answers(host, port):
            self.check()
            if time.monotonic() > deadline:
                raise LaunchRefusedError(
                    f"The service does not answer after {patience_seconds:.0f} seconds;"
                    f" its logs lie in {self._logs}."
                )
            time.sleep(0.05)

    def check(self) -> None:
        """One that ends takes the others with it: half a service answers nobody."""
        for running in self._running:
            running.trim_log()
            if not running.is_alive():
                raise LaunchRefusedError(
                    f"The process `{running.name}` ended with exit code"
                    f" {running.process.returncode}. Its last words, from {running.log}:\n"
                    f"{running.last_words()}"
                )

    def _start(self, name: str, command: str) -> Running:
        log = self._logs / f"{name}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603  the Procfile is ours
                ["/bin/sh", "-c", f"exec {command}"],
                cwd=self._home,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509  still one thread
            )
        return Running(name, process, log)


def read_procfile(path: Path) -> dict[str, str]:
    lines = (line.partition(":") for line in path.read_text().splitlines())
    return {
        name.strip(): command.strip()
        for name, _, command in lines
        if command and not name.startswith("#")
    }


def _end_with_parent() -> None:
    """Even a launcher that is killed leaves no process, on Linux."""
    ending.as_usual()
    lineage.die_with_parent(signal.SIGTERM)


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=1)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
