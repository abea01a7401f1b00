"""How does django-q2 meet our queue?

To its pusher the queue always holds one more work shift; to `async_task` it takes packages as
jobs; to its sentinel it is where heartbeats go, and the sentinel's beat keeps the leases.
"""

from __future__ import annotations

import time
import uuid
from functools import cache

from django.db import Error as DatabaseError
from django.db import connections
from django.utils import timezone
from django_q.brokers import Broker
from django_q.conf import Conf
from django_q.signing import SignedPackage
from django_q.status import Stat

from ops import lineage
from ops.models import Job, Priority, WorkerHost
from ops.queue.crew import Crew
from ops.queue.heart import ClusterStat, Heart
from ops.queue.kinds import PLAIN_TASK
from ops.queue.submit import Order, place

# Between two looks of the pusher while the cluster stops.
DISMISSED_SECONDS = 0.05


class ShiftBroker(Broker):
    # --- What the pusher sees -------------------------------------------------------------

    def dequeue(self) -> list[tuple[None, str]]:
        """A ticket for one shift. No database: the pusher has nothing to fail at."""
        if Crew.gathered().is_dismissed():
            time.sleep(DISMISSED_SECONDS)
            return []
        name = uuid.uuid4().hex
        ticket = {
            "id": name,
            "name": f"shift {name[:8]}",
            "func": "ops.queue.shift.run_shift",
            "args": (),
            "kwargs": {},
            "started": timezone.now(),
            "timeout": -1,
            "save": False,
            "ack_failure": True,
        }
        return [(None, SignedPackage.dumps(ticket))]

    # --- What async_task and Schedule see -------------------------------------------------

    def enqueue(self, task: str) -> int:
        order = Order(
            kind=PLAIN_TASK,
            key=f"{PLAIN_TASK}:{uuid.uuid4().hex}",
            payload={"pack": task},
            priority=Priority.FREE,
        )
        return int(place(order).pk)

    def queue_size(self) -> int:
        return Job.objects.claimable().count()

    def lock_size(self) -> int:
        return Job.objects.running().count()

    def ping(self) -> bool:
        return True

    def info(self) -> str:
        return "Leased jobs in the database"

    # --- What the sentinel and the monitors see -------------------------------------------

    def set_stat(self, key: str, value: str, timeout: int) -> None:
        """In the sentinel, every guard cycle, and for the first time before it forks."""
        crew = _crew(key)
        stat = SignedPackage.loads(value)
        if stat.status in {Conf.STOPPING, Conf.STOPPED}:
            crew.dismiss()
        heart = _heart(crew)
        try:
            if stat.status == Conf.STOPPED:
                heart.stop()
            else:
                heart.beat(_in_our_words(stat, value))
        except DatabaseError as error:
            connections.close_all()
            heart.missed(error)

    def get_stat(self, key: str) -> str | None:
        return (
            WorkerHost.objects.filter(cluster_id=_cluster_id(key))
            .values_list("stat", flat=True)
            .first()
        )

    def get_stats(self, pattern: str) -> list[str]:
        return list(WorkerHost.objects.alive().values_list("stat", flat=True))


def _crew(key: str) -> Crew:
    if Crew.here is None:
        lineage.die_with_parent()
        lineage.children_die_with_parent()
    return Crew.gathered(_cluster_id(key))


@cache
def _heart(crew: Crew) -> Heart:
    return Heart(crew)


def _cluster_id(key: str) -> str:
    """django-q2's key ends with it."""
    return key.rsplit(":", 1)[-1]


def _in_our_words(stat: Stat, package: str) -> ClusterStat:
    return ClusterStat(
        pid=stat.pid,
        worker_pids=list(stat.workers),
        status=str(stat.status),
        is_stopping=stat.status == Conf.STOPPING,
        started_at=stat.tob,
        package=package,
    )
