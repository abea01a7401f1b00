"""Who may work now, who stands in line for a moment, and who is asked to come back?

One gate per process. Requests that find no room stand in line by importance for as long as their
class bears it; nothing is locked while a request works or waits.
"""

from __future__ import annotations

import operator
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ops.overload.concurrency import GradientLimit
from ops.overload.importance import Importance
from ops.overload.inflow import Flow
from ops.overload.shedding import Shedder, Tick


@dataclass(frozen=True)
class Manners:
    """How each class is treated at the gate, in the order of importance."""

    patience_seconds: tuple[float, float, float, float] = (5.0, 1.0, 0.15, 0.08)
    patience_part: tuple[float, float, float, float] = (0.0, 4.0, 1.0, 0.5)
    """The same, as a part of what a request takes, whichever is longer."""
    patience_at_most_seconds: float = 5.0
    line_per_slot: tuple[float, float, float, float] = (1000.0, 8.0, 2.0, 1.0)
    """How many of a class may stand in line, as a multiple of the limit."""
    line_at_most: tuple[int, int, int, int] = (1000, 12, 8, 4)
    """And in all: who stands in line holds a thread."""
    oldest_seconds: tuple[float, float, float, float] = (float("inf"), 10.0, 3.0, 2.0)
    """Whoever waited longer in front of the door has probably given up."""
    reserve: tuple[int, int, int, int] = (4, 2, 0, 0)
    """Working slots beyond the limit: the important do not stand behind the others."""


@dataclass
class Ticket:
    """Leave to work. Handed back when the answer is made."""

    importance: Importance
    began: float
    waited_seconds: float = 0.0
    is_measured: bool = True
    """Whether its time tells how fast the service is."""
    is_wasted: bool = False
    """Whether it was refused further inside: work for nothing."""


class Shed(NamedTuple):
    """Why a request may not come in: share, line, patience or age."""

    reason: str


@dataclass
class _InLine:
    importance: Importance
    since: float
    turn: threading.Lock = field(default_factory=threading.Lock)
    ticket: Ticket | None = None

    def __post_init__(self) -> None:
        self.turn.acquire()


@dataclass(frozen=True)
class Seen:
    """What a tick saw, for the ladder and for those who watch."""

    arrivals: tuple[int, ...]
    seconds_each: tuple[float, ...]
    """What a request of each class takes, as far as is known."""
    slots: int
    seconds: float
    outcomes: Mapping[str, Sequence[int]]
    """How often admitted, waited or shed, by importance."""


class Gate:
    def __init__(
        self,
        limit: GradientLimit,
        *,
        clock: Callable[[], float],
        manners: Manners | None = None,
    ) -> None:
        self.limit = limit
        self.shedder = Shedder()
        self.manners = manners or Manners()
        self.in_flight = 0
        self._clock = clock
        self._lock = threading.Lock()
        self._line: tuple[deque[_InLine], ...] = tuple(deque() for _ in Importance)
        self._seconds_each = [0.0] * len(Importance)
        self._busy_since = clock()
        self._ticked_at = clock()
        self._clear()

    def _clear(self) -> None:
        self._arrivals = [0] * len(Importance)
        self._outcomes = {
            outcome: [0] * len(Importance) for outcome in ("admitted", "waited", "shed")
        }
        self._refused_in_line = 0
        self._shortest_wait: float | None = None
        self._busy_seconds = 0.0
        self._refused_inside = [0] * len(Importance)

    # --- Coming in

    def sheds(self, importance: Importance, rank: int) -> Shed | None:
        """Whether it belongs to the share that is refused. Asked first: nothing costs less."""
        if self.shedder.admits(rank):
            return None
        with self._lock:
            self.shedder.count(rank)
            return self._turn_away(importance, "share")

    def turn_away(self, importance: Importance, reason: str) -> Shed:
        """Refused for a reason that is not the gate's; it counts as demand nevertheless."""
        with self._lock:
            return self._turn_away(importance, reason)

    def _turn_away(self, importance: Importance, reason: str) -> Shed:
        self._arrivals[importance] += 1
        return self._shed(importance, reason)

    def enter(
        self, importance: Importance, rank: int, *, age_seconds: float = 0.0
    ) -> Ticket | Shed:
        """For whoever is not shed."""
        now = self._clock()
        with self._lock:
            self._arrivals[importance] += 1
            self.shedder.count(rank)
            if age_seconds > self.manners.oldest_seconds[importance]:
                self._refused_in_line += 1
                return self._shed(importance, "age")
            if self.in_flight < self._room(importance):
                return self._let_in(importance, waited_seconds=0.0, now=now)
            if not self._may_stand_in_line(importance):
                self._refused_in_line += 1
                return self._shed(importance, "line")
            place = _InLine(importance, since=now)
            self._line[importance].append(place)
        place.turn.acquire(timeout=self._patience_seconds(importance))
        return place.ticket or self._lost_patience(place)

    def _patience_seconds(self, importance: Importance) -> float:
        part = self.manners.patience_part[importance] * self._seconds_each[importance]
        longer = max(self.manners.patience_seconds[importance], part)
        return min(longer, self.manners.patience_at_most_seconds)

    def _shed(self, importance: Importance, reason: str) -> Shed:
        self._outcomes["shed"][importance] += 1
        return Shed(reason)

    @property
    def slots(self) -> int:
        """When more come than fit, more at once would only make the important ones slower."""
        return self.limit.keeps_busy if self.shedder.share else self.limit.limit

    def _room(self, importance: Importance) -> int:
        return self.slots + self.manners.reserve[importance]

    def _may_stand_in_line(self, importance: Importance) -> bool:
        places = self.manners.line_per_slot[importance] * self.slots
        return len(self._line[importance]) < min(places, self.manners.line_at_most[importance])

    def _lost_patience(self, place: _InLine) -> Ticket | Shed:
        with self._lock:
            if place.ticket:
                return place.ticket  # its turn came in the same moment
            self._line[place.importance].remove(place)
            now = self._clock()
            if place.importance is Importance.CRITICAL:
                return self._let_in(place.importance, waited_seconds=now - place.since, now=now)
            self._refused_in_line += 1
            return self._shed(place.importance, "patience")

    def _let_in(self, importance: Importance, *, waited_seconds: float, now: float) -> Ticket:
        self._count_busy(now)
        self.in_flight += 1
        self._outcomes["waited" if waited_seconds else "admitted"][importance] += 1
        if importance is not Importance.CRITICAL:
            shortest = self._shortest_wait
            self._shortest_wait = (
                waited_seconds if shortest is None else min(shortest, waited_seconds)
            )
        return Ticket(importance, began=now, waited_seconds=waited_seconds)

    # --- Going out

    def leave(self, ticket: Ticket, *, computing_seconds: float = 0.0) -> None:
        now = self._clock()
        seconds = now - ticket.began
        with self._lock:
            if ticket.is_measured:
                self._observe(ticket.importance, seconds, computing_seconds, now)
            if ticket.is_wasted:
                self._refused_inside[ticket.importance] += 1
            self._make_room(now)

    def _observe(
        self, importance: Importance, seconds: float, computing_seconds: float, now: float
    ) -> None:
        self._learn(importance, seconds)
        if importance is not Importance.CRITICAL:  # short reads among them would look like calm
            self.limit.observe(
                seconds, in_flight=self.in_flight, now=now, computing_seconds=computing_seconds
            )

    def step_aside(self, ticket: Ticket) -> None:
        """It waits for something else: others may work meanwhile."""
        with self._lock:
            ticket.is_measured = False
            self._make_room(self._clock())

    def step_back(self) -> None:
        """It goes on at once: what is left of it is short."""
        with self._lock:
            self._count_busy(self._clock())
            self.in_flight += 1

    def _make_room(self, now: float) -> None:
        self._count_busy(now)
        self.in_flight -= 1
        for importance in Importance:
            line = self._line[importance]
            while line and self.in_flight < self._room(importance):
                place = line.popleft()
                waited = now - place.since
                place.ticket = self._let_in(importance, waited_seconds=waited, now=now)
                place.turn.release()

    def _learn(self, importance: Importance, seconds: float) -> None:
        known = self._seconds_each[importance]
        self._seconds_each[importance] = known + 0.05 * (seconds - known) if known else seconds

    def _count_busy(self, now: float) -> None:
        self._busy_seconds += self.in_flight * (now - self._busy_since)
        self._busy_since = now

    # --- From time to time

    def tick(self, flows: Mapping[Importance, Flow] | None = None) -> Seen:
        """`flows`: what a new look at the queue told."""
        now = self._clock()
        with self._lock:
            self._count_busy(now)
            seconds = max(now - self._ticked_at, 1e-6)
            slots = self.slots
            came_in = [*map(operator.add, self._outcomes["admitted"], self._outcomes["waited"])]
            self.shedder.tick(
                Tick(
                    seconds=seconds,
                    served=sum(came_in[Importance.HIGH :]),
                    refused_in_line=self._refused_in_line,
                    shortest_wait_seconds=self._shortest_wait or 0.0,
                    used=min(1.0, self._busy_seconds / (slots * seconds)),
                    typical_seconds=self._seconds_each[Importance.NORMAL],
                    let_in=[*map(operator.sub, came_in, self._refused_inside)],
                    flows=flows or {},
                )
            )
            seen = Seen(
                tuple(self._arrivals), tuple(self._seconds_each), slots, seconds, self._outcomes
            )
            self._ticked_at = now
            self._clear()
        return seen
