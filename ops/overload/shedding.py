"""Which part of the arriving requests is refused, so that the rest is served in time?

A share is refused, never a random one: the requests that rank last (importance, then cohort of
the client). Premium requests are beyond its reach: they have their line, and only that. The share
jumps up when requests stand in line and comes down slowly once there is room to spare; between
the two marks it holds still.
"""

from __future__ import annotations

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
    """The part of its promised wait that new work may find before it: beyond, the share rises, so
    that nothing is taken in at the door for which there is no room in the queue."""
    queue_gain: float = 0.3
    queue_calm: float = 0.8
    """Below this part of that mark the share may come down."""
    recovery_per_second: float = 0.25
    """How fast the share comes down when nothing is used; slower the more is."""
    recovery_by_part: float = 2.0
    """The same, at a high share, as a multiple of what is let in: a little more is tried, not
    twice as much."""
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


@dataclass
class Shedder:
    marks: Marks = field(default_factory=Marks)

    def __post_init__(self) -> None:
        self.share = 0.0
        self.first_refused_rank = NOBODY
        self._queue_before = 0.0
        self._arrivals = [0.0] * RANKS

    def admits(self, rank: int) -> bool:
        return rank < self.first_refused_rank

    def count(self, rank: int) -> None:
        """One has arrived. Not exact between threads, and need not be."""
        self._arrivals[rank] += 1

    def tick(self, tick: Tick) -> None:
        if self._is_too_much(tick):
            self._raise(self._useless(tick))
        elif tick.queue > self.marks.queue:
            # While it clears, the share holds still.
            if tick.queue >= self._queue_before:
                self._raise(self.marks.queue_gain * (tick.queue / self.marks.queue - 1))
        elif self.share and (spare := self._spare(tick)) > 0:
            self._come_down(tick.seconds, spare)
        self._queue_before = tick.queue
        self.first_refused_rank = self._rank_for(self.share)
        self._arrivals = [count * self.marks.memory for count in self._arrivals]

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
        return max(0.02, useless * certainty)

    def _raise(self, part: float) -> None:
        """Lets in so much less of what it lets in."""
        self.share = min(self.marks.most, self.share + min(1.0, part) * (1 - self.share))

    def _spare(self, tick: Tick) -> float:
        """What is free, here and in the queue: 1 is all of it."""
        queue = tick.queue / (self.marks.queue * self.marks.queue_calm)
        return max(0.0, 1 - tick.used / self.marks.busy) * max(0.0, 1 - queue)

    def _come_down(self, seconds: float, spare: float) -> None:
        step = self.marks.recovery_per_second * seconds * spare
        by_part = self.marks.recovery_by_part * (1 - self.share)
        self.share = max(0.0, self.share - step * max(spare * spare, by_part))

    def _rank_for(self, share: float) -> int:
        """The rank from which on refusing amounts to that share of what arrives."""
        if share <= 0:
            return NOBODY
        sheddable = sum(self._arrivals[_SHEDDABLE_FROM:])
        left = share * sheddable
        for rank in range(RANKS - 1, _SHEDDABLE_FROM - 1, -1):
            left -= self._arrivals[rank]
            if left < 0:
                return rank + 1
        return _SHEDDABLE_FROM
