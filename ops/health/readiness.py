"""Can this process serve? Every part is asked, none may keep the answer waiting."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from django.db import connections
from django.utils import timezone

from ops.health.probes import IN_THE_DATABASE, Finding, Part, parts

PATIENCE_SECONDS = 1.0
FRESH_SECONDS = 2.0


class Level(IntEnum):
    """Numbered as commands exit."""

    OK = 0
    DEGRADED = 1
    DOWN = 2

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class PartState:
    name: str
    level: Level
    detail: str
    duration_ms: float


@dataclass(frozen=True)
class Readiness:
    level: Level
    parts: tuple[PartState, ...]
    as_of: datetime

    def told(self) -> list[PartState]:
        """Nothing can be said of what is in a database that does not answer."""
        silent = any(part.name == "database" and part.level for part in self.parts)
        return [part for part in self.parts if not (silent and part.name in IN_THE_DATABASE)]

    def unwell(self) -> list[PartState]:
        return [part for part in self.told() if part.level is not Level.OK]


class Asking:
    """One question to one part, in a thread of its own: a frozen part freezes only that."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.finding: Finding | None = None
        self.started = time.perf_counter()
        self.ended = self.started
        self.thread = threading.Thread(target=self._run, daemon=True, name=f"ask-{part.name}")
        self.thread.start()

    def state(self, *, until: float) -> PartState:
        self.thread.join(max(0.0, until - time.perf_counter()))
        waiting = self.thread.is_alive()
        seconds = (time.perf_counter() if waiting else self.ended) - self.started
        finding = self.finding or Finding(False, f"no answer for {seconds:.0f} s")
        return PartState(
            name=self.part.name,
            level=_level(self.part, finding),
            detail=finding.detail,
            duration_ms=round(seconds * 1000, 1),
        )

    def _run(self) -> None:
        try:
            self.finding = self.part.probe()
        except Exception as error:  # noqa: BLE001 - whatever a broken part raises is its answer
            # The class alone: messages of drivers name hosts and users, and this page is public.
            self.finding = Finding(False, type(error).__name__)
        finally:
            connections.close_all()
            self.ended = time.perf_counter()


class Watch:
    """Shared by all threads of a process: asks at most every two seconds, one thread asking."""

    def __init__(self, parts: Callable[[], Sequence[Part]]) -> None:
        self.parts = parts
        self.asking: dict[str, Asking] = {}
        self.lock = threading.Lock()
        self.last: Readiness | None = None
        self.fresh_until = 0.0

    def readiness(self) -> Readiness:
        if self.last is not None and not self._is_due():
            return self.last
        # While one thread asks, the others give the last answer; only the first ever waits.
        if not self.lock.acquire(blocking=self.last is None) and self.last is not None:
            return self.last
        try:
            return self._ask() if self.last is None or self._is_due() else self.last
        finally:
            self.lock.release()

    def _is_due(self) -> bool:
        return time.perf_counter() >= self.fresh_until

    def _ask(self) -> Readiness:
        asked = {part.name: self._asking(part) for part in self.parts()}
        until = time.perf_counter() + PATIENCE_SECONDS
        states = tuple(asking.state(until=until) for asking in asked.values())
        self.asking = {name: asking for name, asking in asked.items() if asking.thread.is_alive()}
        worst = max((state.level for state in states), default=Level.OK)
        self.last = Readiness(level=worst, parts=states, as_of=timezone.now())
        self.fresh_until = time.perf_counter() + FRESH_SECONDS
        return self.last

    def _asking(self, part: Part) -> Asking:
        # A part that never answered is not asked again: threads would pile up behind it.
        unanswered = self.asking.get(part.name)
        return unanswered if unanswered and unanswered.thread.is_alive() else Asking(part)


def _level(part: Part, finding: Finding) -> Level:
    if finding.well:
        return Level.OK
    return Level.DOWN if part.vital else Level.DEGRADED


_watch = Watch(parts)


def readiness() -> Readiness:
    """At most two seconds old."""
    return _watch.readiness()


def readiness_now() -> Readiness:
    """For commands: asked this moment."""
    return Watch(parts).readiness()
