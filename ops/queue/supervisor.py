"""Who starts the cluster again when it dies, and ends it when it will not?

The cluster lives in a session of its own: a signal to the supervisor's process group, as terminals
and process managers send it, must not kill workers in the middle of their jobs.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import time
from types import FrameType

from django.conf import settings
from django.db import connections
from django_q.cluster import Cluster
from django_q.conf import Conf

from ops import lineage
from ops.queue.crew import Crew
from ops.queue.politeness import give_way
from ops.queue.reserve import Reserve

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.1
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
# A cluster that lived as long as this starts again without a longer pause.
HEALTHY_SECONDS = 60.0


class Supervisor:
    def __init__(self) -> None:
        self._asked_to_stop_at: float | None = None
        self._pause_seconds = FIRST_PAUSE_SECONDS
        more = settings.OPS_WORKERS_AT_MOST - settings.Q_CLUSTER["workers"]
        self._reserve = Reserve(lambda: _start_cluster(more), workers=more)

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask_to_stop)
        Crew.supervisor_pid = os.getpid()
        while not self._asked_to_stop_at:
            started = time.monotonic()
            self._run_one_cluster()
            if not self._asked_to_stop_at:
                self._pause(lived_seconds=time.monotonic() - started)
        self._let_the_reserve_go()

    def _run_one_cluster(self) -> None:
        pid = _start_cluster()
        told = False
        while not _has_ended(pid):
            self._reserve.tend(may_stay=not self._asked_to_stop_at)
            if self._asked_to_stop_at and not told:
                told = True
                os.kill(pid, signal.SIGTERM)
            if self._is_out_of_grace():
                break
            time.sleep(LOOK_SECONDS)
        _end_session(pid)

    def _let_the_reserve_go(self) -> None:
        self._reserve.tend(may_stay=False)
        while self._reserve.is_here and not self._is_out_of_grace():
            time.sleep(LOOK_SECONDS)
            self._reserve.tend(may_stay=False)
        self._reserve.end()

    def _is_out_of_grace(self) -> bool:
        asked_at = self._asked_to_stop_at
        return bool(asked_at and time.monotonic() - asked_at > settings.OPS_GRACE.total_seconds())

    def _pause(self, *, lived_seconds: float) -> None:
        if lived_seconds > HEALTHY_SECONDS:
            self._pause_seconds = FIRST_PAUSE_SECONDS
        logger.error("cluster ended, starting again", extra={"in_seconds": self._pause_seconds})
        ends_at = time.monotonic() + self._pause_seconds
        while time.monotonic() < ends_at and not self._asked_to_stop_at:
            time.sleep(LOOK_SECONDS)
        self._pause_seconds = min(2 * self._pause_seconds, LONGEST_PAUSE_SECONDS)

    def _ask_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked_to_stop_at = self._asked_to_stop_at or time.monotonic()


def _start_cluster(workers: int | None = None) -> int:
    """Of as many workers as the settings say, or of so many."""
    connections.close_all()
    if pid := os.fork():
        return pid
    os.setsid()
    give_way(settings.OPS_WORKER_NICE)
    lineage.die_with_parent(signal.SIGTERM)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    if workers is not None:
        Conf.WORKERS = workers
    try:
        _run_cluster()
    finally:
        # The fork must not go on as a second supervisor, whatever happened.
        os._exit(0)


def _run_cluster() -> None:
    """As `manage.py qcluster` does, which leaves the waiting to the end of its process."""
    cluster = Cluster()
    cluster.start()
    cluster.sentinel.join()


def _has_ended(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    return True


def _end_session(pid: int) -> None:
    """Whoever is left: the cluster's first process led the group, and may be dead already."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
