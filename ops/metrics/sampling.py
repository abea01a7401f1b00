"""How full is everything at this moment? Gauges of a process, its host, and the installation."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime

import psutil
from django.conf import settings
from django.db import connection

from ops import queue
from ops.health import probes
from ops.metrics.metric import Kind
from ops.metrics.recorder import current
from ops.models import Job, Priority, WorkerHost

_COUNTED_AT_MOST = 100_000
_process = psutil.Process()


def sample_process() -> None:
    """What only this process knows, and what its host looks like from here."""
    global _process  # noqa: PLW0603 - psutil remembers the last look, and a fork is another one
    if _process.pid != os.getpid():
        _process = psutil.Process()
    role = settings.PROCESS_ROLE
    _gauge("process_memory_bytes", _process.memory_info().rss, role=role)
    _sample_host(settings.OPS_HOSTNAME)
    _sample_pool()


def sample_installation(_now: datetime) -> None:
    """What is the same seen from everywhere: one process of all looks."""
    state = queue.snapshot()
    _gauge("queue_waiting", state.waiting)
    _gauge("queue_running", state.running)
    _gauge("queue_dead", state.dead)
    _gauge("queue_oldest_wait_seconds", state.oldest_wait_seconds)
    _gauge("workers_alive", state.workers_alive)
    _gauge("workers_silent", WorkerHost.objects.silent().count())
    for priority in Priority:
        waiting = Job.objects.claimable().filter(priority=priority)[:_COUNTED_AT_MOST].count()
        _gauge("queue_depth", waiting, priority=priority.name.lower())
    if settings.REDIS_URL:
        _gauge("redis_up", float(_is_well(probes.redis)))


def _sample_host(host: str) -> None:
    _gauge("host_cpu_percent", psutil.cpu_percent(), host=host)
    _gauge("host_memory_percent", psutil.virtual_memory().percent, host=host)
    _gauge("host_load", os.getloadavg()[0], host=host)
    _gauge("host_disk_free_bytes", psutil.disk_usage(str(settings.DATA_DIR)).free, host=host)


def _sample_pool() -> None:
    pool = getattr(connection, "pool", None)
    if pool is None:
        return
    stats = pool.get_stats()
    _gauge("pool_size", stats.get("pool_size", 0))
    _gauge("pool_available", stats.get("pool_available", 0))
    _gauge("pool_requests_waiting", stats.get("requests_waiting", 0))


def _is_well(probe: Callable[[], probes.Finding]) -> bool:
    try:
        return probe().well
    except Exception:  # noqa: BLE001 - whatever a broken part raises is its answer
        return False


def _gauge(name: str, value: float, **labels: str) -> None:
    current().record(Kind.GAUGE, name, value, labels)
