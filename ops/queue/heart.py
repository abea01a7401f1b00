"""What does a sentinel do at every beat? It says that its host lives, and looks after its jobs."""

from __future__ import annotations

import logging
import os
import signal
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models.functions import Now

from ops.models import WorkerHost
from ops.queue import guard, line, schedules
from ops.queue.crew import Crew
from ops.queue.watchdog import Watchdog, leave

logger = logging.getLogger(__name__)

SAY_ALIVE_SECONDS = 2.0
TICK_SECONDS = 1.0
# What is left of the grace period for workers to give back what they could not finish.
GIVE_BACK_SECONDS = 2.0


@dataclass(frozen=True)
class ClusterStat:
    """What django-q2's sentinel says of its cluster, in our words."""

    pid: int
    worker_pids: list[int]
    status: str
    is_stopping: bool
    started_at: datetime
    package: str


class Heart:
    """Beats in the sentinel, twice a second; while the cluster stops, ten times."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew
        self.watchdog = Watchdog(crew)
        self._said: ClusterStat | None = None
        self._said_at = 0.0
        self._stopping_since: float | None = None
        self._blind_since: float | None = None
        self._ticked_at = 0.0

    def missed(self, error: Exception) -> None:
        """The database could not be reached: workers wait, leases run, nothing can be guarded."""
        logger.warning("heartbeat failed", extra={"error": str(error)})
        self._blind_since = self._blind_since or time.monotonic()
        if time.monotonic() - self._blind_since > settings.OPS_BLIND.total_seconds():
            leave(self.crew, "the database is away")

    def beat(self, stat: ClusterStat) -> None:
        if self._is_news(stat):
            self._say_alive(stat)
        running = guard.look_after(self.crew, set(stat.worker_pids))
        guard.give_up_expired_leases()
        line.advance()
        self._tick()
        self._blind_since = None
        if stat.is_stopping:
            self._hurry(running)
        else:
            self.watchdog.look(stat.worker_pids, busy_pids={job.claim.pid for job in running})

    def stop(self) -> None:
        WorkerHost.objects.filter(name=self.crew.name).delete()

    def _is_news(self, stat: ClusterStat) -> bool:
        said = self._said
        return (
            said is None
            or (said.worker_pids, said.status) != (stat.worker_pids, stat.status)
            or time.monotonic() - self._said_at > SAY_ALIVE_SECONDS
        )

    def _say_alive(self, stat: ClusterStat) -> None:
        host = _write(self.crew, stat)
        self._said, self._said_at = stat, time.monotonic()
        if host.stopping and not stat.is_stopping:
            os.kill(self.crew.supervisor_pid or stat.pid, signal.SIGTERM)

    def _tick(self) -> None:
        if time.monotonic() - self._ticked_at > TICK_SECONDS:
            self._ticked_at = time.monotonic()
            schedules.start_due_jobs()

    def _hurry(self, running: list[guard.Running]) -> None:
        """What cannot be finished within the grace period is given back, not lost."""
        self._stopping_since = self._stopping_since or time.monotonic()
        patience = settings.OPS_GRACE.total_seconds() - GIVE_BACK_SECONDS
        if time.monotonic() - self._stopping_since > patience:
            guard.interrupt(running)


def _write(crew: Crew, stat: ClusterStat) -> WorkerHost:
    said: dict[str, Any] = {
        "hostname": settings.OPS_HOSTNAME,
        "region": settings.OPS_REGION,
        "pid": stat.pid,
        "worker_pids": stat.worker_pids,
        "status": stat.status,
        "stat": stat.package,
        "started_at": stat.started_at,
        "beat_at": Now(),
    }
    host, _ = WorkerHost.objects.update_or_create(
        name=crew.name, defaults=said, create_defaults={"cluster_id": crew.cluster_id, **said}
    )
    return host
