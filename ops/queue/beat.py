"""What does a sentinel do at every beat? It says that its host lives, and looks after its jobs."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from ops.models import FailureCode, Job, WorkerHost
from ops.queue import outcomes, wake
from ops.queue.claims import Claim
from ops.queue.crew import Crew
from ops.queue.dialect import dialect
from ops.queue.outcomes import Mishap
from ops.queue.rules import rules_of
from ops.queue.shift import WORKER_LOST

logger = logging.getLogger(__name__)

READY_AT_ONCE = 500
SAY_ALIVE_SECONDS = 2.0


@dataclass(frozen=True)
class ClusterStat:
    """What django-q2's sentinel says of its cluster, in our words."""

    pid: int
    worker_pids: list[int]
    status: str
    started_at: datetime
    package: str


class Heart:
    """Beats in the sentinel, twice a second."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew
        self._said: ClusterStat | None = None
        self._said_at = 0.0

    def beat(self, stat: ClusterStat) -> None:
        self._say_alive(stat)
        _look_after_own(self.crew, set(stat.worker_pids))
        _reap(Job.objects.running().filter(lease_until__lt=Now()))
        make_ready()

    def stop(self) -> None:
        WorkerHost.objects.filter(name=self.crew.name).delete()

    def _say_alive(self, stat: ClusterStat) -> None:
        if self._is_news(stat):
            _write(self.crew, stat)
            self._said, self._said_at = stat, time.monotonic()

    def _is_news(self, stat: ClusterStat) -> bool:
        said = self._said
        return (
            said is None
            or (said.worker_pids, said.status) != (stat.worker_pids, stat.status)
            or time.monotonic() - self._said_at > SAY_ALIVE_SECONDS
        )


def _write(crew: Crew, stat: ClusterStat) -> None:
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
    if not WorkerHost.objects.filter(name=crew.name).update(**said):
        WorkerHost.objects.create(name=crew.name, cluster_id=crew.cluster_id, **said)


def _look_after_own(crew: Crew, alive: set[int]) -> None:
    own = Job.objects.running().filter(host=crew.name).annotate(ran_for=Now() - F("started_at"))
    for job in own:
        if job.pid not in alive:
            _give_up(job)
        elif job.ran_for.total_seconds() > rules_of(job.kind).hard_timeout_seconds:
            _cut_off(job)
    _renew(crew, alive)


def _renew(crew: Crew, alive: set[int]) -> None:
    """One statement for all jobs of the host, and only when a third of the lease is over."""
    lease = settings.OPS_LEASE
    held = Job.objects.running().filter(host=crew.name, pid__in=alive)
    old = held.filter(lease_until__lt=Now() + lease * 2 / 3)
    if old.exists():
        old.update(lease_until=Now() + lease)


def _reap(lost: Iterable[Job]) -> None:
    for job in lost:
        _give_up(job)


def _give_up(job: Job) -> None:
    logger.warning("job lost its worker", extra={"job": job.pk, "host": job.host, "pid": job.pid})
    outcomes.fail(Claim.on(job), WORKER_LOST)


def _cut_off(job: Job) -> None:
    """First the job is taken away, then its worker killed: never a worker that just finished."""
    seconds = rules_of(job.kind).hard_timeout_seconds
    mishap = Mishap(
        code=FailureCode.TIMEOUT,
        error=f"Still running after {seconds:g} s; the worker was killed.",
        message=f"It took longer than {seconds:g} seconds.",
    )
    if job.pid and outcomes.fail(Claim.on(job), mishap):
        os.kill(job.pid, signal.SIGKILL)


def make_ready() -> int:
    """Lets jobs whose time has come into the line, at the place whose turn it is now."""
    due = Job.objects.waiting().filter(ready=False, available_at__lte=Now())
    if not due.exists():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH due AS MATERIALIZED (SELECT id FROM ops_job WHERE state = 'waiting'"
            f" AND NOT ready AND available_at <= {dialect().now} ORDER BY available_at"
            f" LIMIT {READY_AT_ONCE} {dialect().skip_locked})"
            " UPDATE ops_job SET ready = TRUE, fair_tag = COALESCE((SELECT MIN(line.fair_tag)"
            " FROM ops_job line WHERE line.state = 'waiting' AND line.ready"
            " AND line.region = ops_job.region AND line.priority = ops_job.priority), 0)"
            " WHERE id IN (SELECT id FROM due) RETURNING id",
            [],
        )
        made_ready = len(cursor.fetchall())
    wake.ring_on_commit()
    return made_ready
