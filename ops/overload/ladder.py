"""What does the service leave out when it is busy? Five levels, and what each of them means."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from ops.overload.importance import Importance

SERVICE_LEVEL = "service-level"
"""The name under which problem documents and /limits speak of it."""


class Level(IntEnum):
    NORMAL = 0
    BUSY = 1
    SAVING = 2
    SHEDDING = 3
    LOCKDOWN = 4

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Effects:
    """What holds at a level. Each level keeps what the one below it left out."""

    summary: str
    waits: bool = True
    """Whether requests may wait for their report (`Prefer: wait`)."""
    cache_factor: float = 1.0
    """How much longer answers may be kept by caches."""
    profiles: frozenset[str] | None = None
    """Which profiles new work may ask for; None: all."""
    originality: bool = True
    refused: frozenset[Importance] = frozenset()
    """Whose new work is refused at the door."""
    refuses_reads: bool = False
    """Whether those are refused altogether, not only with new work."""


_STANDARD = frozenset({"quick", "standard"})

LADDER: dict[Level, Effects] = {
    Level.NORMAL: Effects("Everything is on."),
    Level.BUSY: Effects(
        "Requests do not wait for their report; caches keep answers longer.",
        waits=False,
        cache_factor=5.0,
    ),
    Level.SAVING: Effects(
        "New work is analysed in the standard profile at most, without originality.",
        waits=False,
        cache_factor=5.0,
        profiles=_STANDARD,
        originality=False,
    ),
    Level.SHEDDING: Effects(
        "New work of anonymous clients and batches is refused.",
        waits=False,
        cache_factor=10.0,
        profiles=_STANDARD,
        originality=False,
        refused=frozenset({Importance.LOW}),
    ),
    Level.LOCKDOWN: Effects(
        "Only premium clients, staff and reads of own results are served.",
        waits=False,
        cache_factor=10.0,
        profiles=_STANDARD,
        originality=False,
        refused=frozenset({Importance.LOW, Importance.NORMAL}),
        refuses_reads=True,
    ),
}


@dataclass(frozen=True)
class Demand:
    """What arrives, as a part of what can be served: 1 fills the service."""

    total: float
    without_low: float = 0.0
    important: float = 0.0
    """Of premium clients and critical requests."""


@dataclass(frozen=True)
class Steps:
    up: tuple[float, float, float, float] = (0.8, 1.1, 0.95, 0.95)
    """The demand from which on each level above normal holds.

    A class is given up only where more important ones would fill the service without it.
    """
    down_factor: float = 0.8
    """A level is left when the demand falls below this part of what led to it."""
    up_after_seconds: float = 0.6
    down_after_seconds: float = 1.5


@dataclass
class Climber:
    """The automatic level: one step at a time, up quickly, down slowly, never to and fro.

    Demand counts refused requests too: what a level refuses does not make it look unneeded.
    """

    steps: Steps = field(default_factory=Steps)
    level: Level = Level.NORMAL

    def __post_init__(self) -> None:
        self._above_since: float | None = None
        self._below_since: float | None = None

    def observe(self, demand: Demand, *, now: float) -> Level:
        self._above_since = _since(self._above_since, self._wants_up(demand), now)
        self._below_since = _since(self._below_since, self._wants_down(demand), now)
        if _lasted(self._above_since, self.steps.up_after_seconds, now):
            self._move(+1)
        elif _lasted(self._below_since, self.steps.down_after_seconds, now):
            self._move(-1)
        return self.level

    def _wants_up(self, demand: Demand) -> bool:
        if self.level is Level.LOCKDOWN:
            return False
        return _measure(demand, self.level) >= self.steps.up[self.level]

    def _wants_down(self, demand: Demand) -> bool:
        if self.level is Level.NORMAL:
            return False
        below = Level(self.level - 1)
        return _measure(demand, below) < self.steps.up[below] * self.steps.down_factor

    def _move(self, step: int) -> None:
        self.level = Level(self.level + step)
        self._above_since = self._below_since = None


def _measure(demand: Demand, leaving: Level) -> float:
    """Which demand decides whether this level is left upwards."""
    if leaving is Level.SAVING:
        return demand.without_low
    return demand.important if leaving is Level.SHEDDING else demand.total


def _since(since: float | None, is_so: bool, now: float) -> float | None:
    return (now if since is None else since) if is_so else None


def _lasted(since: float | None, seconds: float, now: float) -> bool:
    return since is not None and now - since >= seconds
