"""How does an idle worker learn at once that there is work?

A lost call costs nothing but time: idle workers look again every second by themselves.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string


class Bell(Protocol):
    """One way to call idle workers."""

    bears_a_pooler: bool
    """Whether it works, and is there for, workers that reach PostgreSQL through a pooler."""

    def ring(self) -> None:
        """Call every idle worker, outside of the caller's transaction."""

    def wait(self, *, stop_fd: int, seconds: float) -> None:
        """Return when somebody rang, when `stop_fd` can be read, or when the time is over."""


BELLS = {
    "postgresql": "ops.queue.wake.notify.NotifyBell",
    "sqlite": "ops.queue.wake.watch.WatchBell",
}


def bell() -> Bell:
    return _bell(settings.OPS_QUEUE_BELL or BELLS[connection.vendor])


@cache
def _bell(path: str) -> Bell:
    return import_string(path)()


def ring_on_commit() -> None:
    """Once per transaction, and after it: a bell must not hold up, or undo, a submission."""
    last = connection.run_on_commit[-1:]
    if not (last and last[0][1] is _ring):
        transaction.on_commit(_ring, robust=True)


def _ring() -> None:
    bell().ring()
