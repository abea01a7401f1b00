"""Which running jobs need somebody from outside?

Those whose worker died, those that will not end, and those that nobody wants any more. A job is
always taken from its worker before the worker is killed, so that no worker dies that has just
finished it and taken another.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now

from ops.models import FailureCode, Job
from ops.models.jobs import JobQuerySet
from ops.queue import outcomes
from ops.queue.claims import Claim
from ops.queue.crew import Crew
from ops.queue.interrupts import INTERRUPT
from ops.queue.outcomes import Mishap
from ops.queue.rules import rules_of

logger = logging.getLogger(__name__)

WORKER_LOST = Mishap(
    code=FailureCode.WORKER_LOST,
    error="The worker died or fell silent.",
    message="Its worker stopped working.",
)


@dataclass(frozen=True)
class Running:
    claim: Claim
    ran_for: timedelta
    canceled_for: timedelta | None
    """Since when nobody wants it any more; None while somebody does."""


def look_after(crew: Crew, alive: set[int]) -> list[Running]:
    """The host's running jobs, after those that need it were helped."""
    _renew(crew, alive)
    own = _running(Job.objects.running().filter(host=crew.name))
    for job in own:
        if job.claim.pid not in alive:
            _give_up(job)
        elif job.canceled_for is not None:
            _cancel(job, job.canceled_for)
        elif job.ran_for.total_seconds() > rules_of(job.claim.kind).hard_timeout_seconds:
            _cut_off(job)
    return own


def give_up_expired_leases() -> int:
    """Of any host: one that is silent for so long is taken for dead."""
    expired = _running(Job.objects.running().filter(lease_until__lt=Now()))
    return sum(_give_up(job) for job in expired)


def give_up_leftovers(crew: Crew, pid: int) -> None:
    """What an earlier shift or process of this pid left running is running no more."""
    for job in _running(Job.objects.running().filter(host=crew.name, pid=pid)):
        _give_up(job)


def give_back_unheard(crew: Crew, pid: int) -> bool:
    """Claimed for this worker, which never heard of it: no attempt was made."""
    for job in _running(Job.objects.running().filter(host=crew.name, pid=pid)):
        outcomes.release(job.claim)
    return True


def interrupt(jobs: Iterable[Running]) -> None:
    for job in jobs:
        _signal(job, INTERRUPT)


def _running(jobs: JobQuerySet) -> list[Running]:
    return [
        Running(
            claim=Claim.on(job),
            ran_for=job.now - job.started_at if job.started_at else timedelta(0),
            canceled_for=job.now - job.cancel_requested_at if job.cancel_requested_at else None,
        )
        for job in jobs.annotate(now=Now())
    ]


def _renew(crew: Crew, alive: set[int]) -> None:
    """One statement for all jobs of the host, and only when a third of the lease is over."""
    held = Job.objects.running().filter(host=crew.name, pid__in=alive)
    old = held.filter(lease_until__lt=Now() + settings.OPS_LEASE * 2 / 3)
    if old.exists():
        old.update(lease_until=Now() + settings.OPS_LEASE)


def _give_up(job: Running) -> bool:
    claim = job.claim
    logger.warning("job lost its worker", extra={"job": claim.id, "host": claim.host})
    if job.canceled_for is None:
        return outcomes.fail(claim, WORKER_LOST)
    return outcomes.cancel(claim)


def _cancel(job: Running, canceled_for: timedelta) -> None:
    """First the job is asked to end, then its worker is killed."""
    if canceled_for < settings.OPS_CANCEL_GRACE:
        _signal(job, INTERRUPT)
    elif outcomes.cancel(job.claim):
        _signal(job, signal.SIGKILL)


def _cut_off(job: Running) -> None:
    seconds = rules_of(job.claim.kind).hard_timeout_seconds
    mishap = Mishap(
        code=FailureCode.TIMEOUT,
        error=f"Still running after {seconds:g} s; the worker was killed.",
        message=f"It took longer than {seconds:g} seconds.",
    )
    if outcomes.fail(job.claim, mishap):
        _signal(job, signal.SIGKILL)


def _signal(job: Running, number: signal.Signals) -> None:
    try:
        os.kill(job.claim.pid, number)
    except ProcessLookupError:
        logger.info("worker is gone already", extra={"job": job.claim.id})
