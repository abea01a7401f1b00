"""Is a worker stuck that is neither on shift nor busy?

django-q2's own queue dies with a worker that held its lock: everybody waits for it for ever, while
all processes look alive. A stuck worker is replaced; when all are stuck the cluster has to go.
"""

from __future__ import annotations

import logging
import os
import signal
import time

from django.conf import settings

from ops.queue.crew import Crew

logger = logging.getLogger(__name__)

EXIT_WEDGED = 70


class Watchdog:
    def __init__(self, crew: Crew) -> None:
        self.crew = crew
        self._first_seen: dict[int, float] = {}

    def look(self, pids: list[int], *, busy_pids: set[int]) -> None:
        now = time.monotonic()
        self._first_seen = {pid: self._first_seen.get(pid, now) for pid in pids}
        stuck = [pid for pid in pids if pid not in busy_pids and self._is_stuck(pid, now)]
        if stuck and len(stuck) == len(pids):
            leave(self.crew, "all workers are stuck")
        for pid in stuck:
            logger.error("worker is stuck", extra={"pid": pid})
            os.kill(pid, signal.SIGKILL)

    def _is_stuck(self, pid: int, now: float) -> bool:
        silent_for = self.crew.seconds_since_pulse(pid)
        if silent_for is None:
            silent_for = now - self._first_seen[pid]
        return silent_for > settings.OPS_STUCK.total_seconds()


def leave(crew: Crew, reason: str) -> None:
    """The supervisor starts a new cluster; without one a wedged cluster is all there is."""
    logger.critical("cluster gives up", extra={"reason": reason})
    if crew.supervisor_pid:
        os._exit(EXIT_WEDGED)
