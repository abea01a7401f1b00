"""When does the store hear of what was counted? Every few seconds, and when the process ends.

A thread of its own does it, with a database connection of its own that it closes each time: no
request ever waits for it, and it holds no place in the pool. The same thread does what is due.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
from collections.abc import Callable
from multiprocessing import util as multiprocessing_util

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string

from ops.metrics.metric import Kind
from ops.metrics.tally import Cells, Minute, Tally

logger = logging.getLogger("contentcreate.metrics")

Save = Callable[[Minute, Cells], None]

# Held while a thread has a connection open: a fork waits for it, or the child would share it.
_at_work = threading.Lock()
_PATIENCE_SECONDS = 2.0


def start(tally: Tally, every_seconds: float) -> None:
    ended = threading.Event()
    thread = threading.Thread(
        target=_run, args=(tally, every_seconds, ended), name="metrics", daemon=True
    )
    thread.start()
    _when_the_process_ends(lambda: _last_flush(tally, ended))


def flush(tally: Tally, save: Save) -> bool:
    """Stores what was counted; whatever the store does not take is kept for the next time."""
    minutes = tally.take()
    _tell_dropped(tally)
    started = time.perf_counter()
    try:
        for minute in sorted(minutes):
            save(minute, minutes[minute])
            del minutes[minute]
    except Exception as error:  # noqa: BLE001 - telemetry never breaks the product
        tally.give_back(minutes)
        logger.info("metrics wait for their store", extra={"error": repr(error)[:200]})
        return False
    _tell_duration(tally, time.perf_counter() - started)
    return True


def _run(tally: Tally, every_seconds: float, ended: threading.Event) -> None:
    while not ended.wait(every_seconds):
        with _at_work:
            try:
                if flush(tally, import_string(settings.OPS_METRICS_STORE)):
                    import_string(settings.OPS_METRICS_BEAT)()
            except Exception:
                logger.exception("the metrics thread stumbled")
            finally:
                connections.close_all()


def _last_flush(tally: Tally, ended: threading.Event) -> None:
    ended.set()
    if not _at_work.acquire(timeout=_PATIENCE_SECONDS):
        return
    try:
        flush(tally, import_string(settings.OPS_METRICS_STORE))
    finally:
        connections.close_all()
        _at_work.release()


def _when_the_process_ends(act: Callable[[], None]) -> None:
    """Children of multiprocessing end without atexit, the others without the finalizers."""
    process, done = os.getpid(), threading.Lock()

    def once() -> None:
        if os.getpid() == process and done.acquire(blocking=False):
            act()

    atexit.register(once)
    multiprocessing_util.Finalize(None, once, exitpriority=100)


def _tell_dropped(tally: Tally) -> None:
    if dropped := tally.take_dropped():
        _tell(tally, Kind.COUNTER, "metrics_dropped", dropped, {"reason": "overflow"})


def _tell_duration(tally: Tally, seconds: float) -> None:
    _tell(tally, Kind.HISTOGRAM, "metrics_flush_seconds", seconds, {})


def _tell(tally: Tally, kind: Kind, name: str, value: float, labels: dict[str, str]) -> None:
    tally.add(kind, name, value, labels, int(time.time() // 60))


def _wait_for_work() -> None:
    global _fork_holds  # noqa: PLW0603 - the two hooks of a fork know nothing else in common
    _fork_holds = _at_work.acquire(timeout=_PATIENCE_SECONDS)


def _resume() -> None:
    if _fork_holds:
        _at_work.release()


def _begin_anew() -> None:
    global _at_work  # noqa: PLW0603
    _at_work = threading.Lock()


_fork_holds = False
os.register_at_fork(before=_wait_for_work, after_in_parent=_resume, after_in_child=_begin_anew)
