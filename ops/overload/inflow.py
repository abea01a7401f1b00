"""How many requests may be let in, so that the queue behind them neither overflows nor runs empty?

As many as make as much new work as is done, and a little more or less for as long as the queue is
shorter or longer than it should be. What a request makes of work is learnt: most texts may be
known. A queue that is looked at twice a second is known late, so what is let in is worked out from
what came of what was let in before, and not changed step by step until the queue looks right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_MARK = 0.5
"""The part of its promised wait that new work should find before it: enough for the workers, and
room for what comes at once."""
_FILLED_WITHIN_SECONDS = 3.0
_SHORTENED_WITHIN_SECONDS = 1.0
"""Sooner: beyond the promise, work is refused after most of it was done."""
_MEMORY_PER_LOOK = 0.7
_STALE_SECONDS = 5.0


@dataclass(frozen=True)
class Flow:
    """What one look at the queue tells after another."""

    seconds: float
    """Between the two."""
    came: float
    """New jobs."""
    done: float
    waiting: float
    fits: float
    """How many may wait for the promise to be kept."""
    usual_per_second: float
    """How many jobs the workers can do, judging by what each takes."""
    was_busy: bool = True
    """Whether jobs were waiting at both looks: then what is done is what can be done."""


class Inflow:
    def __init__(self) -> None:
        self.per_second = math.inf
        """Requests that may be let in; endless where nothing is known."""
        self._can_be_done = 0.0
        self._let_in = 0.0
        self._came = 0.0
        self._let_in_since = 0
        self._seconds_since = 0.0

    def tick(self, seconds: float, let_in: int) -> None:
        """`let_in`: requests that found room here and further inside."""
        self._let_in_since += let_in
        self._seconds_since += seconds
        if self._seconds_since > _STALE_SECONDS:
            self.per_second = math.inf

    def observe(self, flow: Flow) -> None:
        self._learn_what_can_be_done(flow)
        if self._let_in_since:
            self._let_in = _MEMORY_PER_LOOK * self._let_in + self._let_in_since
            self._came = _MEMORY_PER_LOOK * self._came + flow.came
        self._let_in_since, self._seconds_since = 0, 0.0
        if self._came:
            self.per_second = self._wanted(flow) * self._let_in / self._came

    def _learn_what_can_be_done(self, flow: Flow) -> None:
        if not flow.was_busy or not self._can_be_done:
            self._can_be_done = flow.usual_per_second
        else:
            step = (1 - _MEMORY_PER_LOOK) * (flow.done / flow.seconds - self._can_be_done)
            self._can_be_done += step

    def _wanted(self, flow: Flow) -> float:
        """New jobs per second."""
        missing = _MARK * flow.fits - flow.waiting
        within = _FILLED_WITHIN_SECONDS if missing > 0 else _SHORTENED_WITHIN_SECONDS
        return max(0.0, self._can_be_done + missing / within)
