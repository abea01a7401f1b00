"""What is the bottleneck, and how much more fits? The fullest part decides both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from ops.console import troubles
from ops.console.blocks import Gauge, Gauges
from ops.console.marks import NOTHING, duration
from ops.console.moves import Move, to
from ops.console.numbers import number, percent
from ops.metrics import reading, traffic, windows
from ops.metrics.windows import Window
from ops.overload.standing import Situation
from ops.queue import QueueSnapshot

_RECENTLY = timedelta(minutes=2)
_SLOPE_OVER = timedelta(minutes=15)
_FEW_PER_SECOND = 1.0
"""With less than this, what a process does beside its requests decides."""
_FULL = 0.7
"""Below this nothing is a bottleneck."""


@dataclass(frozen=True)
class Capacity:
    """What was asked, how full that made the web processes: all of the same two minutes."""

    gauges: tuple[Gauge, ...]
    per_second: float
    served_per_second: float
    is_full: bool
    """Some are turned away."""
    growth_per_minute: float
    """Of requests per second."""

    @property
    def fullest(self) -> Gauge | None:
        known = [gauge for gauge in self.gauges if gauge.share is not None]
        return max(known, key=lambda gauge: gauge.share or 0.0, default=None)

    @property
    def sustainable_per_second(self) -> float | None:
        """What could come if all of it were like what comes now; unknown on a calm day."""
        web = next((gauge for gauge in self.gauges if gauge.name == "web"), None)
        if web is None or not web.share or web.share < 0.05 or self.per_second < _FEW_PER_SECOND:
            return None
        return self.per_second / web.share

    @property
    def headroom(self) -> str:
        if self.is_full:
            served = number(self.served_per_second)
            return f"Full: {served} requests per second are served, the others are turned away."
        most = self.sustainable_per_second
        if most is None:
            return "Too little traffic to say how much would fit."
        left = max(0.0, most - self.per_second)
        said = f"About {number(left)} more requests per second fit ({number(most)} in all)"
        if self.growth_per_minute <= 0:
            return f"{said}; traffic does not grow."
        minutes = timedelta(minutes=left / self.growth_per_minute)
        if minutes > timedelta(days=1):
            return f"{said}; it hardly grows."
        return f"{said}; as it grows now they come in {duration(minutes)}."


def capacity(situation: Situation, queue: QueueSnapshot, now: datetime) -> Capacity:
    recently = windows.last(_RECENTLY, now)
    return Capacity(
        gauges=(_of_web(recently), *_of_work(queue), *_of_machines(now)),
        per_second=traffic.offered(recently) / recently.seconds,
        served_per_second=traffic.served(recently) / recently.seconds,
        is_full=troubles.is_shedding(situation),
        growth_per_minute=_slope(reading.rates("http_requests", windows.last(_SLOPE_OVER, now))),
    )


def block(found: Capacity, moves: tuple[Move, ...], *, is_half: bool = True) -> Gauges:
    fullest = found.fullest
    if fullest is None or (fullest.share or 0.0) < _FULL:
        bottleneck = "Nothing is a bottleneck."
    else:
        bottleneck = f"The bottleneck: {fullest.title.lower()} ({fullest.said})."
    return Gauges(
        name="capacity",
        title="Bottleneck and headroom",
        sentence=f"{bottleneck} {found.headroom}",
        gauges=found.gauges,
        moves=moves,
        is_half=is_half,
    )


def _of_web(window: Window) -> Gauge:
    """Not by the demand that the level follows: that one speaks of the queue as well."""
    in_flight, slots = (_mean(name, window) for name in ("gate_in_flight", "gate_limit"))
    share = in_flight / slots if slots and in_flight is not None else None
    said = NOTHING if share is None else f"{percent(share)} in use"
    return Gauge("web", "Web processes", share, said, to("overload"))


def _mean(name: str, window: Window) -> float | None:
    known = [v for line in reading.averages(name, window) for v in line.values if v is not None]
    return sum(known) / len(known) if known else None


def _of_work(queue: QueueSnapshot) -> list[Gauge]:
    workers = queue.workers_alive
    busy = min(1.0, queue.running / workers) if workers else None
    waited = queue.oldest_wait_seconds / settings.OPS_WAIT_TARGET.total_seconds()
    oldest = duration(timedelta(seconds=queue.oldest_wait_seconds)) if queue.waiting else "nobody"
    return [
        Gauge("workers", "Workers", busy, f"{queue.running} of {workers} busy", to("workers")),
        Gauge("queue", "Waiting time", waited, f"{oldest} waits", to("queue")),
    ]


def _of_machines(now: datetime) -> list[Gauge]:
    size = reading.latest("pool_size", now).get("all")
    free = reading.latest("pool_available", now).get("all")
    pool = (size - free) / size if size and free is not None else None
    cpu = reading.latest("host_cpu_percent", now).get("all")
    memory = reading.latest("host_memory_percent", now).get("all")
    in_use = f"{number(max(0.0, (size or 0) - (free or 0)))} of {number(size)}"
    return [
        Gauge(
            "pool",
            "Database connections",
            pool,
            NOTHING if pool is None else in_use,
            to("database"),
        ),
        Gauge("cpu", "Processor", _part(cpu), percent(_part(cpu)), to("workers")),
        Gauge("memory", "Memory", _part(memory), percent(_part(memory)), to("workers")),
    ]


def _part(percentage: float | None) -> float | None:
    return None if percentage is None else percentage / 100


def _slope(lines: list[reading.Line]) -> float:
    """By the means of the first and the last third: one peak is no growth."""
    steps = zip(*(line.values for line in lines), strict=True)
    values = [sum(v or 0.0 for v in step) for step in steps if None not in step]
    third = len(values) // 3
    if not third:
        return 0.0
    before, after = sum(values[:third]) / third, sum(values[-third:]) / third
    return (after - before) / (len(values) - third)
