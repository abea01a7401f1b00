"""How many requests may be worked on at once? As many as do not make each other slower.

The gradient family of adaptive limits: the latency of now is compared with the latency of calm,
which is measured anew from time to time with as few requests at once as there may be. Requests
that share one interpreter slow each other down, so the limit settles near the number that keeps
it busy; requests that wait for others do not, so the limit grows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Bounds:
    minimum: int = 2
    maximum: int = 8


@dataclass(frozen=True)
class Tuning:
    tolerance: float = 1.25
    """How much slower than in calm a request may get before the limit shrinks."""
    headroom: float = 1.0
    """How many more than seems right are tried, or the limit would never grow."""
    smoothing: float = 0.3
    """The part of each step that is taken at once."""
    window_seconds: float = 0.25
    window_samples: int = 10
    calm_every_seconds: float = 30.0
    """How long a measured calm is believed."""
    calm_growth: float = 1.25
    """By how much a calm may be longer than the one before: what is measured in the middle of a
    spike is none."""


@dataclass
class GradientLimit:
    bounds: Bounds = field(default_factory=Bounds)
    tuning: Tuning = field(default_factory=Tuning)

    def __post_init__(self) -> None:
        self._limit = float(self.bounds.minimum)
        self._calm_seconds = math.inf
        self._calm_measured_at: float | None = None
        self._computing_seconds = 0.0
        self._samples: list[float] = []
        self._most_in_flight = 0
        self._window_began: float | None = None

    @property
    def limit(self) -> int:
        return self.bounds.minimum if self._calm_measured_at is None else int(self._limit)

    @property
    def keeps_busy(self) -> int:
        """With so many there is always one that computes while the others wait, and never a second
        one (Little's law): what takes 10 ms in calm and computes for 5 of them needs two."""
        if not self._computing_seconds or math.isinf(self._calm_seconds):
            return self.limit
        needed = int(self._calm_seconds / self._computing_seconds)
        return min(self.limit, max(self.bounds.minimum, needed))

    def observe(
        self, seconds: float, *, in_flight: int, now: float, computing_seconds: float = 0.0
    ) -> None:
        """One request took so long, and computed for so long, while so many were worked on."""
        known = self._computing_seconds or computing_seconds
        self._computing_seconds = known + 0.05 * (computing_seconds - known)
        if self._window_began is None:
            self._window_began = now
        self._samples.append(seconds)
        self._most_in_flight = max(self._most_in_flight, in_flight)
        is_long_enough = now - self._window_began >= self.tuning.window_seconds
        if is_long_enough and len(self._samples) >= self.tuning.window_samples:
            self._close_window(max(median(self._samples), 1e-6), now)
            self._samples.clear()
            self._most_in_flight, self._window_began = 0, now

    def _close_window(self, latency_seconds: float, now: float) -> None:
        if self._most_in_flight <= self.bounds.minimum:
            believable = self._calm_seconds * self.tuning.calm_growth
            self._calm_seconds = min(latency_seconds, believable)
            self._calm_measured_at = now
        if self._calm_measured_at is None:
            return  # some of these requests began before the measuring
        self._adapt(latency_seconds)
        if now - self._calm_measured_at >= self.tuning.calm_every_seconds:
            self._calm_measured_at = None

    def _adapt(self, latency_seconds: float) -> None:
        slowdown = self.tuning.tolerance * self._calm_seconds / latency_seconds
        gradient = max(0.5, min(1.0, slowdown))
        wanted = self._limit * gradient + self.tuning.headroom
        if wanted > self._limit and self._most_in_flight < self._limit / 2:
            return  # nobody came to use it: more room would prove nothing
        step = self.tuning.smoothing * (wanted - self._limit)
        self._limit = max(self.bounds.minimum, min(self.bounds.maximum, self._limit + step))
