"""Which part of the arriving requests is refused, so that the rest is served in time?

A share is refused, never a random one: the requests that rank last (importance, then cohort of
the client). Premium requests are beyond its reach: they have their line, and only that. Two things
ask for a share, and the greater one holds. The line at the gate: its share jumps up when requests
stand there and comes down slowly once there is room to spare; between the two marks it holds still.
And the queue behind it, which new work must not overflow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ops.overload.border import Border
from ops.overload.importance import Importance
from ops.overload.inflow import Flow, Inflow

QUEUED = (Importance.NORMAL, Importance.LOW)
"""Whose new work must not overflow the queue."""
_FEW = 10
"""So few requests in a tick say half as much as many."""

_WAIT_TOO_LONG_SECONDS = 0.02
"""A line that stands this long at its shortest is a line that does not clear by itself."""
_WAIT_TOO_LONG_PART = 0.3
"""The same, as a part of what a request takes: where all is slow, so is the line."""
_OVERRUN = 0.02
"""Above this part of refusals in line, the line is too short for what arrives."""
_BUSY = 0.85
"""Below this use of the working slots there is room for more."""
_RECOVERY_PER_SECOND = 0.25
"""How fast the share comes down when nothing is used; slower the more is."""
_RECOVERY_BY_PART = 2.0
"""The same, at a high share, as a multiple of what is let in: a little more is tried, not
twice as much."""
_MOST = 0.99
"""Some always come through, or the end of the spike would not be noticed."""


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
    let_in: Sequence[int] = (0,) * len(Importance)
    """Requests by importance that found room here and further inside."""
    flows: Mapping[Importance, Flow] = field(default_factory=dict)
    """What a new look at the queue told of all that goes before new work of each class."""


class Shedder:
    def __init__(self) -> None:
        self.share = 0.0
        self.border = Border()
        self.inflows = {importance: Inflow() for importance in QUEUED}
        self._for_the_line = 0.0

    def admits(self, rank: int) -> bool:
        return self.border.lets_in(rank)

    def count(self, rank: int) -> None:
        self.border.count(rank)

    def tick(self, tick: Tick) -> None:
        self.border.tick(tick.seconds)
        for importance, inflow in self.inflows.items():
            inflow.tick(tick.seconds, sum(tick.let_in[Importance.HIGH : importance + 1]))
            if importance in tick.flows:
                inflow.observe(tick.flows[importance])
        self._look_at_the_line(tick)
        self.share = max(self._for_the_line, self._for_the_queue())
        self.border.move(self.share)

    def _look_at_the_line(self, tick: Tick) -> None:
        if self._is_too_much(tick):
            self._raise(self._useless(tick))
        elif self._for_the_line:
            self._come_down(tick.seconds, max(0.0, 1 - tick.used / _BUSY))

    def _for_the_queue(self) -> float:
        """What is refused, so that no more comes in than may."""
        let_in = self.border.per_second(Importance.HIGH)
        arriving = refused = 0.0
        for importance, inflow in self.inflows.items():
            came = self.border.per_second(importance)
            # Whoever ranks behind somebody refused is refused.
            may = 0.0 if refused else max(0.0, inflow.per_second - let_in)
            arriving += came
            refused += max(0.0, came - may)
            let_in += min(came, may)
        return min(_MOST, refused / arriving) if arriving else 0.0

    def _is_too_much(self, tick: Tick) -> bool:
        too_long = _WAIT_TOO_LONG_PART * tick.typical_seconds
        stands = tick.shortest_wait_seconds > max(_WAIT_TOO_LONG_SECONDS, too_long)
        # A burst now and then overruns a short line on the calmest day.
        overrun = tick.refused_in_line > _OVERRUN * (tick.served + tick.refused_in_line)
        return stands or overrun

    def _useless(self, tick: Tick) -> float:
        """What had to be refused anyway, and a little more to let the line clear."""
        let_through = tick.served + tick.refused_in_line
        useless = tick.refused_in_line / let_through if let_through else 0.0
        certainty = let_through / (let_through + _FEW)
        return max(0.02, useless * certainty)

    def _raise(self, part: float) -> None:
        """Lets in so much less of what it lets in."""
        raised = self.share + part * (1 - self.share)
        self._for_the_line = min(_MOST, raised)

    def _come_down(self, seconds: float, spare: float) -> None:
        step = _RECOVERY_PER_SECOND * seconds * spare
        by_part = _RECOVERY_BY_PART * (1 - self._for_the_line)
        self._for_the_line = max(0.0, self._for_the_line - step * max(spare * spare, by_part))
