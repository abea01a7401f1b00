"""Is this dependency worth calling now? Opens when too many calls fail or are slow.

Pure: the clock and the dice come from outside, and nothing is held while the call runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    CLOSED = "closed"  # calls go through and are counted
    OPEN = "open"  # calls are refused until its time is over
    HALF_OPEN = "half_open"  # exactly so many calls may find out


@dataclass(frozen=True)
class Rules:
    failure_share: float = 0.5
    slow_share: float = 1.0
    slow_seconds: float = 5.0
    minimum_calls: int = 10
    """Fewer calls than this in the window prove nothing."""
    window_seconds: float = 10.0
    probes: int = 1
    """How many calls may try a dependency that was given up; all of them must succeed."""
    probe_patience_seconds: float = 30.0
    """A probe that is not heard of for so long is given to another call."""
    open_seconds: float = 2.0
    open_growth: float = 2.0
    open_seconds_at_most: float = 300.0
    jitter: float = 0.1


@dataclass(frozen=True)
class Permit:
    """Leave to call. Reported under the period in which it was given, or it counts no more."""

    period: int
    is_probe: bool = False


@dataclass(frozen=True)
class Refusal:
    retry_after_seconds: float


BUCKETS = 10
"""Into how many parts the window is counted."""


@dataclass
class Breaker:
    rules: Rules = field(default_factory=Rules)
    dice: Callable[[], float] = lambda: 0.5
    """Between 0 and 1."""

    def __post_init__(self) -> None:
        self.state = State.CLOSED
        self.period = 0
        """Counts the changes of state."""
        self.openings = 0
        """In a row, without a closed period between them."""
        self._open_until = 0.0
        self._buckets: dict[int, list[int]] = {}
        self._probes_given: list[float] = []
        self._probes_well = 0

    def allow(self, *, now: float) -> Permit | Refusal:
        if self.state is State.CLOSED:
            return Permit(self.period)
        if self.state is State.OPEN:
            if now < self._open_until:
                return Refusal(self._open_until - now)
            self._become(State.HALF_OPEN)
        return self._probe(now)

    def report(self, permit: Permit, *, failed: bool, seconds: float, now: float) -> None:
        if permit.period != self.period:
            return  # news from before the last change
        if permit.is_probe:
            self._learn(failed or seconds >= self.rules.slow_seconds, now)
        elif self.state is State.CLOSED:
            self._count(failed, seconds >= self.rules.slow_seconds, now)
            if self._is_too_bad(now):
                self._open(now)

    def calls_failed_slow(self, *, now: float) -> tuple[int, int, int]:
        """What the window holds."""
        current = self._buckets_of(now)
        oldest = current - BUCKETS
        counts = [counts for bucket, counts in self._buckets.items() if oldest < bucket <= current]
        return (
            sum(count[0] for count in counts),
            sum(count[1] for count in counts),
            sum(count[2] for count in counts),
        )

    def _probe(self, now: float) -> Permit | Refusal:
        patience = self.rules.probe_patience_seconds
        self._probes_given = [given for given in self._probes_given if now - given < patience]
        if len(self._probes_given) + self._probes_well >= self.rules.probes:
            oldest = min(self._probes_given, default=now)
            return Refusal(max(0.0, min(oldest + patience - now, self.rules.open_seconds)))
        self._probes_given.append(now)
        return Permit(self.period, is_probe=True)

    def _learn(self, is_bad: bool, now: float) -> None:
        if is_bad:
            self._open(now)
            return
        self._probes_well += 1
        if self._probes_given:
            self._probes_given.pop(0)
        if self._probes_well >= self.rules.probes:
            self.openings = 0
            self._become(State.CLOSED)

    def _count(self, failed: bool, slow: bool, now: float) -> None:
        current = self._buckets_of(now)
        counts = self._buckets.setdefault(current, [0, 0, 0])
        counts[0] += 1
        counts[1] += failed
        counts[2] += slow
        for bucket in [bucket for bucket in self._buckets if bucket <= current - BUCKETS]:
            del self._buckets[bucket]

    def _is_too_bad(self, now: float) -> bool:
        calls, failed, slow = self.calls_failed_slow(now=now)
        if calls < self.rules.minimum_calls:
            return False
        return failed >= self.rules.failure_share * calls or slow >= self.rules.slow_share * calls

    def _open(self, now: float) -> None:
        growth = self.rules.open_growth**self.openings
        seconds = min(self.rules.open_seconds * growth, self.rules.open_seconds_at_most)
        self._open_until = now + seconds * (1 + self.rules.jitter * self.dice())
        self.openings = min(self.openings + 1, 32)
        self._become(State.OPEN)

    def _become(self, state: State) -> None:
        self.state = state
        self.period += 1
        self._buckets.clear()
        self._probes_given.clear()
        self._probes_well = 0

    def _buckets_of(self, now: float) -> int:
        return int(now * BUCKETS / self.rules.window_seconds)
