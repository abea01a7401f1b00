"""What does somebody meet who typed `make run` in a fresh copy of this tree?"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil

from tests import sessions
from tests.processes import ROOT
from tests.services import free_port

PATIENCE_SECONDS = 60
LAST_LINE = "curl -sS"


@dataclass
class Copy:
    """This tree in a folder of its own, whose name holds a space, with this environment."""

    home: Path
    port: int = field(default_factory=free_port)
    starts: list[Start] = field(default_factory=list)

    @classmethod
    def at(cls, folder: Path) -> Self:
        home = folder / "a fresh copy"
        ignored = shutil.ignore_patterns(".*", "__pycache__", "bench", "tests")
        shutil.copytree(ROOT, home, ignore=ignored)
        (home / ".venv").symlink_to(sys.prefix)
        return cls(home)

    def make_run(self, **environment: str) -> Start:
        popen = subprocess.Popen(
            ["make", "run"],
            cwd=self.home,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        sessions.note(popen.pid)
        start = Start(popen)
        self.starts.append(start)
        return start

    def close(self) -> list[str]:
        """Ends what a failed test left running, and says what that was."""
        left = self.processes_left(within_seconds=1)
        for start in self.starts:
            start.kill()
        self.starts.clear()
        return left

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.defpath,
            "HOME": str(self.home),
            "PORT": str(self.port),
        }

    @property
    def data(self) -> Path:
        return self.home / ".data"

    def processes(self) -> list[str]:
        """Whoever works in this folder: nobody else knows of it."""
        return [_line(process) for process in psutil.process_iter() if self._works_here(process)]

    def processes_left(self, *, within_seconds: float) -> list[str]:
        """What is left of them when this time is over, or none as soon as none is left."""
        deadline = time.monotonic() + within_seconds
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return left

    def _works_here(self, process: psutil.Process) -> bool:
        try:
            return process.cwd() == str(self.home)
        except psutil.Error:
            return False


@dataclass
class Start:
    """One `make run`, as seen from its terminal."""

    popen: subprocess.Popen[str]

    def banner(self) -> str:
        """Read until the line that is promised to work when pasted."""
        assert self.popen.stdout
        lines: list[str] = []
        for line in self.popen.stdout:
            lines.append(line)
            if LAST_LINE in line:
                return "".join(lines)
        raise AssertionError(f"No banner: {''.join(lines)}{self.refusal()}")

    def refusal(self) -> str:
        """What it says when it does not start, without make's own last line."""
        _, errors = self.popen.communicate(timeout=PATIENCE_SECONDS)
        return "".join(line for line in errors.splitlines(True) if not line.startswith("make:"))

    def ctrl_c(self) -> float:
        """As a terminal does: to make and all that stayed in its group. Returns the seconds."""
        return self._end(lambda: os.killpg(self.popen.pid, signal.SIGINT))

    def terminate(self) -> float:
        """As a supervisor does: to make alone."""
        return self._end(self.popen.terminate)

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()
        for pipe in (self.popen.stdout, self.popen.stderr):
            if pipe:
                pipe.close()

    def _end(self, signal_it) -> float:
        begun = time.monotonic()
        signal_it()
        self.popen.communicate(timeout=PATIENCE_SECONDS)
        return time.monotonic() - begun


def _line(process: psutil.Process) -> str:
    try:
        return " ".join([str(process.pid), process.status(), *process.cmdline()])
    except psutil.Error:
        return str(process.pid)
