"""How does a real cluster behave? Its processes, on the database of the test itself."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import psutil
import psycopg
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django_q.models import Schedule, Task

from ops import queue
from ops.models import Job, Priority, WorkerHost
from tests.ops.queue.jobs import RAN

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 60.0
Answer = TypeVar("Answer")


def eventually(
    ask: Callable[[], Answer], *, within_seconds: float = PATIENCE_SECONDS, what: str = ""
) -> Answer:
    """The first true answer: a cluster has no other way to tell a test that it has done it."""
    deadline = time.monotonic() + within_seconds
    while not (answer := ask()):
        if time.monotonic() > deadline:
            jobs = list(Job.objects.values("kind", "state", "attempts", "error_message")[:20])
            raise AssertionError(f"not within {within_seconds:g} s: {what}; jobs: {jobs}")
        time.sleep(0.02)
    return answer


@dataclass
class Cluster:
    hostname: str
    popen: subprocess.Popen
    log: Path

    @property
    def host(self) -> WorkerHost | None:
        return WorkerHost.objects.filter(hostname=self.hostname).order_by("-id").first()

    @property
    def worker_pids(self) -> list[int]:
        host = self.host
        return host.worker_pids if host else []

    @property
    def sentinel_pid(self) -> int:
        return psutil.Process(self.worker_pids[0]).ppid()

    def is_ready(self) -> bool:
        return "ops.queue.shift" in self.log.read_text() and bool(self.worker_pids)

    def wait_until_ready(self) -> None:
        eventually(self.is_ready, what=f"{self.hostname} is ready: {self.output()[-2000:]}")

    def processes(self) -> list[psutil.Process]:
        """All that live in its session, orphans included."""
        return [process for process in psutil.process_iter() if self._owns(process)]

    def _owns(self, process: psutil.Process) -> bool:
        try:
            alive = process.status() != psutil.STATUS_ZOMBIE
            return alive and os.getsid(process.pid) == self.popen.pid
        except (psutil.NoSuchProcess, ProcessLookupError):
            return False

    def kill(self) -> None:
        """The whole session and all its descendants, without a warning."""
        for process in {*self._descendants(), *self.processes()}:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.popen.wait(10)

    def _descendants(self) -> list[psutil.Process]:
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(self.popen.pid).children(recursive=True)
        return []

    def stop(self) -> float:
        """Asks it to end; how many seconds that took."""
        started = time.monotonic()
        self.popen.terminate()
        self.popen.wait(20)
        return time.monotonic() - started

    def output(self) -> str:
        return self.log.read_text(errors="replace")


@dataclass
class Clusters:
    folder: Path
    running: list[Cluster] = field(default_factory=list)

    def start(self, hostname: str = "one", command: str = "qcluster", **env: str) -> Cluster:
        log = self.folder / f"{hostname}-{len(self.running)}.log"
        with log.open("wb") as output:
            popen = subprocess.Popen(
                [sys.executable, "manage.py", command],
                cwd=ROOT,
                env=_environment(hostname) | env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        cluster = Cluster(hostname, popen, log)
        self.running.append(cluster)
        return cluster

    def start_ready(self, hostname: str = "one", command: str = "qcluster", **env: str) -> Cluster:
        cluster = self.start(hostname, command, **env)
        cluster.wait_until_ready()
        return cluster

    def kill(self) -> None:
        for cluster in self.running:
            cluster.kill()
            for pid in WorkerHost.objects.filter(hostname=cluster.hostname).values_list("pid"):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid[0], signal.SIGKILL)
            print(cluster.output())  # noqa: T201 - pytest shows it when the test fails


def _environment(hostname: str) -> dict[str, str]:
    name = str(connection.settings_dict["NAME"])
    return dict(os.environ) | {
        "DJANGO_SETTINGS_MODULE": "tests.ops.queue.settings",
        "QUEUE_TESTS_DATABASE": name,
        "DATABASE_URL": settings.DATABASE_URL,
        "WORKER_HOSTNAME": hostname,
        "LEASE_SECONDS": "3",
        "LOG_FORMAT": "json",
    }


def runs() -> list[str]:
    """The names of all jobs that ran to their end, once for every time they did."""
    return sorted(name for name, _, _ in _notes())


def moments() -> list[tuple[float, int]]:
    """When each of them ended, by the clock of its process, and which process that was."""
    return [(int(at) / 1e9, int(pid)) for _, at, pid in _notes()]


def _notes() -> list[list[str]]:
    notes = Group.objects.filter(name__startswith=RAN).values_list("name", flat=True)
    return [note.removeprefix(RAN).split() for note in notes]


# --- Jobs ----------------------------------------------------------------------------------


def submit(kind: str, key: str = "job", **payload: object) -> Job:
    return queue.enqueue(kind, key=key, payload=payload, priority=Priority.FREE)


def note_many(number: int) -> list[str]:
    names = [f"job-{index:03d}" for index in range(number)]
    for name in names:
        submit("note", name, name=name)
    return names


def all_ended() -> bool:
    return not Job.objects.unfinished().exists()


def ended(job: Job) -> Job:
    eventually(lambda: not Job.objects.unfinished().filter(pk=job.pk).exists())
    return Job.objects.get(pk=job.pk)


def cut_all_other_connections() -> None:
    """What a restart of the server does to whoever is connected."""
    base, name = settings.DATABASE_URL.rsplit("/", 1)[0], connection.settings_dict["NAME"]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as administrator:
        administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> ALL(%s)",
            [name, [connection.connection.info.backend_pid]],
        )


def forget_jobs() -> None:
    for model in (Job, Task, Schedule):
        model.objects.all().delete()
    Group.objects.filter(name__startswith=RAN).delete()


def forget_hosts() -> None:
    WorkerHost.objects.all().delete()
