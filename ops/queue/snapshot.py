"""How full is the queue, and is anybody working?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from ops.models import Job, WorkerHost

# Counting a million rows would cost more than knowing that there are so many.
COUNTED_AT_MOST = 100_000


@dataclass(frozen=True)
class QueueSnapshot:
    waiting: int
    running: int
    dead: int
    oldest_wait_seconds: float
    hosts_alive: int
    workers_alive: int


def snapshot() -> QueueSnapshot:
    return QueueSnapshot(
        waiting=Job.objects.waiting()[:COUNTED_AT_MOST].count(),
        running=Job.objects.running().count(),
        dead=Job.objects.dead()[:COUNTED_AT_MOST].count(),
        oldest_wait_seconds=_oldest_wait_seconds(),
        hosts_alive=WorkerHost.objects.alive().count(),
        workers_alive=WorkerHost.objects.workers_alive(),
    )


def _oldest_wait_seconds() -> float:
    since = Job.objects.claimable().aggregate(oldest=Min("available_at"))["oldest"]
    return max(0.0, (timezone.now() - since).total_seconds()) if since else 0.0
