"""Which level holds for the whole service? Any process may ask: web, worker, command.

    if standing.allows("originality"):

The fullest web process decides, unless staff did. What it said is at most a few seconds old.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import Error as DatabaseError
from django.utils import timezone

from ops.models.overload import GateReport
from ops.overload import stance
from ops.overload.ladder import LADDER, Effects, Level
from ops.overload.stance import Engaged, Forced

Feature = Literal["originality", "waits"]

LOOK_EVERY_SECONDS = 1.0
_FRESH = timedelta(seconds=10)


@dataclass(frozen=True)
class Process:
    """One web process, as it said itself."""

    name: str
    level: Level
    demand: float
    """Of its capacity: 1 fills it."""
    share_shed: float
    in_flight: int
    slots: int
    heard_at: datetime


@dataclass(frozen=True)
class Situation:
    """All there is to show about overload."""

    level: Level
    automatic: Level
    forced: Forced | None
    emergency: Engaged | None
    processes: tuple[Process, ...]

    @property
    def effects(self) -> Effects:
        return LADDER[self.level]


def situation(now: datetime | None = None) -> Situation:
    """As it is at this moment: a query."""
    at = now or timezone.now()
    found = _processes(at)
    automatic = max((process.level for process in found), default=Level.NORMAL)
    decided = stance.current()
    return Situation(
        level=decided.level(automatic, now=at),
        automatic=automatic,
        forced=decided.forced_now(at),
        emergency=decided.engaged(at),
        processes=found,
    )


def level() -> Level:
    """At most a query a second, however often it is asked."""
    return stance.level_now(_automatic.level())


def effects() -> Effects:
    return LADDER[level()]


def allows(feature: Feature) -> bool:
    """Whether the service does at present what it leaves out first."""
    return bool(getattr(effects(), feature))


def look() -> None:
    """Sees what the web processes say now."""
    _automatic.look()


class _Automatic:
    """The last look is believed for a moment, and as long as the database is silent."""

    def __init__(self) -> None:
        self._level = Level.NORMAL
        self._looked_at = -LOOK_EVERY_SECONDS
        self._looking = threading.Lock()

    def level(self) -> Level:
        is_old = time.monotonic() - self._looked_at >= LOOK_EVERY_SECONDS
        if is_old and self._looking.acquire(blocking=False):
            try:
                self.look()
            except DatabaseError:
                self._looked_at = time.monotonic()
            finally:
                self._looking.release()
        return self._level

    def look(self) -> None:
        found = _processes(timezone.now())
        self._level = max((process.level for process in found), default=Level.NORMAL)
        self._looked_at = time.monotonic()


def _processes(now: datetime) -> tuple[Process, ...]:
    rows = GateReport.objects.filter(beat_at__gte=now - _FRESH).order_by("process")
    return tuple(
        Process(
            name=row.process,
            level=Level(row.level),
            demand=row.demand,
            share_shed=row.share_shed,
            in_flight=row.in_flight,
            slots=row.limit,
            heard_at=row.beat_at,
        )
        for row in rows
    )


_automatic = _Automatic()
