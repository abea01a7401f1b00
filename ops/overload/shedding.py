"""Which part of the arriving requests is refused, so that the rest is served in time?

A share is refused, never a random one: the requests that rank last (importance, then cohort of
the client). Premium requests are beyond its reach: they have their line, and only that. The share
jumps up when requests stand in line. Otherwise what is let in grows or shrinks by a part of itself:
towards what keeps the queue half full, as PIE (RFC 8033) does it, by how full it is and by how fast
that changes; and never faster than the web processes have room.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from ops.overload.importance import COHORTS, RANKS, Importance

NOBODY = RANKS
"""The first rank that is refused: none."""
_SHEDDABLE_FROM = int(Importance.NORMAL) * COHORTS
_FEW = 10
"""So few requests in a tick say half as much as many."""


@dataclass(frozen=True)
class Marks:
    wait_too_long_seconds: float = 0.02
    """A line that stands this long at its shortest is a line that does not clear by itself."""
    wait_too_long_part: float = 0.3
    """The same, as a part of what a request takes: where all is slow, so is the line."""
    overrun: float = 0.02
    """Above this part of refusals in line, the line is too short for what arrives."""
    busy: float = 0.85
    """Below this use of the working slots there is room for more."""
    wasted: float = 0.05
    """Above this part of the work for nothing, workers are the ones who cannot follow."""
    queue: float = 0.5
    """The part of its promised wait that new work should find before it: enough for the workers,
    and room for what comes at once."""
    queue_per_second: float = 0.25
    """Which part of the difference between how it grows and how it should is made up for. More
    would be too much: what a change does is seen a second later."""
    queue_steering: float = 0.5
    """How fast a queue of twice its mark should shrink, or one of half its mark grow (times ln 2),
    as a part of what is done."""
    recovery_per_second: float = 0.8
    """How fast what is let in grows when nothing is used, by what part; slower the more is."""
    most: float = 0.99
    """Some always come through, or the end of the spike would not be noticed."""
    memory: float = 0.7
    """What a tick keeps of the ticks before it when it counts who arrives."""


@dataclass(frozen=True)
class Tick:
    """What was seen since the tick before."""

    seconds: float
    served: int
    """Requests that got a working slot, critical ones aside."""
    refused_in_line: int = 0
    """Those that the share let through, but for which there was no room."""
    shortest_wait_seconds: float = 0.0
    used: float = 0.0
    """Part of the working slots' time that was used."""
    typical_seconds: float = 0.0
    """What a sheddable request takes."""
    wasted: float = 0.0
    """Part of the time used that went into requests which were refused further inside."""
    queue: float = 0.0
    """What new work of clients with a key would wait, as a part of what they are promised."""
    queue_grows: float = 0.0
    """By how much more comes into the queue than is done, as a part of what is done."""


@dataclass
class Shedder:
    marks: Marks = field(default_factory=Marks)

    def __post_init__(self) -> None:
        self.share = 0.0
        self.first_refused_rank = NOBODY
        self._arrivals = [0.0] * RANKS
        self._sheddable = 0.0
        """How many came of those who may be refused, the last ticks more than those before."""
        self._came = 0.0
        """The same, of the last ticks alone."""

    def admits(self, rank: int) -> bool:
        """Counts the arrival. Not exact between threads, and need not be."""
        self._arrivals[rank] += 1
        return rank < self.first_refused_rank

    def tick(self, tick: Tick) -> None:
        self._let_in_as_many()
        if self._is_too_much(tick):
            self._let_in(1 - self._useless(tick))
        elif self.share or tick.queue > self.marks.queue:
            self._let_in(math.exp(min(self._by_queue(tick), self._by_spare(tick))))
        self.first_refused_rank = self._rank_for(self.share)
        self._arrivals = [count * self.marks.memory for count in self._arrivals]

    def _let_in_as_many(self) -> None:
        """As before, however many come: what fits does not change with what is asked."""
        remembered = self._sheddable
        self._sheddable = sum(self._arrivals[_SHEDDABLE_FROM:])
        came = self._sheddable - self.marks.memory * remembered
        # A leap is believed at once, all else is half chance.
        leaps = came > 2 * self._came
        before, self._came = self._came, came if leaps else 0.5 * (self._came + came)
        if self.share and self._came:
            self._let_in(before / self._came)

    def _is_too_much(self, tick: Tick) -> bool:
        too_long = self.marks.wait_too_long_part * tick.typical_seconds
        stands = tick.shortest_wait_seconds > max(self.marks.wait_too_long_seconds, too_long)
        # A burst now and then overruns a short line on the calmest day.
        overrun = tick.refused_in_line > self.marks.overrun * (tick.served + tick.refused_in_line)
        return stands or overrun or tick.wasted > self.marks.wasted

    def _useless(self, tick: Tick) -> float:
        """What had to be refused anyway, and a little more to let the line clear."""
        let_through = tick.served + tick.refused_in_line
        useless = tick.wasted + (tick.refused_in_line / let_through if let_through else 0.0)
        certainty = let_through / (let_through + _FEW)
        return min(1.0, max(0.02, useless * certainty))

    def _let_in(self, times: float) -> None:
        """So many times as much as until now."""
        self.share = min(self.marks.most, max(0.0, 1 - times * (1 - self.share)))

    def _by_queue(self, tick: Tick) -> float:
        """At its mark it should neither grow nor shrink."""
        fullness = max(tick.queue / self.marks.queue, 0.001)
        wanted = max(-1.0, -self.marks.queue_steering * math.log(fullness))
        return self.marks.queue_per_second * tick.seconds * (wanted - tick.queue_grows)

    def _by_spare(self, tick: Tick) -> float:
        spare = max(0.0, 1 - tick.used / self.marks.busy)
        return self.marks.recovery_per_second * tick.seconds * spare

    def _rank_for(self, share: float) -> int:
        """The rank from which on refusing amounts to that share of what arrives."""
        if share <= 0:
            return NOBODY
        left = share * self._sheddable
        for rank in range(RANKS - 1, _SHEDDABLE_FROM - 1, -1):
            left -= self._arrivals[rank]
            if left < 0:
                return rank + 1
        return _SHEDDABLE_FROM
