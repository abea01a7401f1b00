"""Which ended jobs are forgotten? A small table keeps its indexes in memory."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now

from ops.models import Job, WorkerHost

# A batch is one transaction: short, so that nobody waits for its locks.
BATCH = 500
BATCHES_AT_MOST = 100
HOSTS_KEPT_FOR = timedelta(hours=1)


def prune() -> None:
    for state in (Job.State.DONE, Job.State.CANCELED):
        _prune(state, settings.OPS_KEEP_ENDED_JOBS)
    _prune(Job.State.DEAD, settings.OPS_KEEP_DEAD_JOBS)
    WorkerHost.objects.filter(beat_at__lt=Now() - HOSTS_KEPT_FOR).delete()


def _prune(state: Job.State, kept_for: timedelta) -> None:
    old = Job.objects.filter(state=state, finished_at__lt=Now() - kept_for)
    for _ in range(BATCHES_AT_MOST):
        batch = list(old.order_by("finished_at").values_list("pk", flat=True)[:BATCH])
        if not batch:
            return
        Job.objects.filter(pk__in=batch, state=state).delete()
