"""What happens when a spike ends, when a thousand come at once, and on the day asked for?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bench.overload.measuring import Load, Point, measure
from bench.overload.subjects import Subject

SPIKE_SECONDS = 8.0
AFTER_SECONDS = 15.0
REST_SECONDS = 30.0
STATED_USERS = 100
STATED_REQUESTS_PER_HOUR = 10_000
_LEVELS = ("normal", "busy", "saving", "shedding", "lockdown")


@dataclass(frozen=True)
class Recovery:
    highest: str
    seconds: float | None
    """From the end of the spike until the level was normal, and stayed so."""
    relapses: int

    def __str__(self) -> str:
        took = "never" if self.seconds is None else f"after {self.seconds:.1f} s"
        return f"level was {self.highest}, normal {took}, relapses {self.relapses}"


def recovery(subject: Subject, capacity: float) -> Recovery:
    """Ten times the capacity for a while, then a third of it."""
    spike = Load(subject, subject.everybody(), rate=10 * capacity, seconds=SPIKE_SECONDS)
    highest = max((level for _, level in _levels(subject, SPIKE_SECONDS)), default=0)
    calm = Load(subject, subject.everybody(), rate=capacity / 3, seconds=AFTER_SECONDS)
    began = time.monotonic()
    seen = list(_levels(subject, AFTER_SECONDS))
    spike.result(), calm.result()
    trouble = [at for at, level in seen if level]
    is_over = bool(seen) and seen[-1][1] == 0
    ended = (max(trouble, default=began) - began) if is_over else None
    relapses = sum(after > before for (_, before), (_, after) in pairwise(seen))
    return Recovery(_LEVELS[highest], ended, relapses)


def _levels(subject: Subject, seconds: float) -> Iterator[tuple[float, int]]:
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        word = subject.level()
        if word in _LEVELS:
            yield time.monotonic(), _LEVELS.index(word)
        time.sleep(0.25)


def rest(subject: Subject) -> None:
    """Returns when the scene before has passed: its own recovery is another scene's."""
    deadline = time.monotonic() + REST_SECONDS
    quiet_since = time.monotonic()
    while time.monotonic() < min(deadline, quiet_since + 2):
        if subject.level() != _LEVELS[0]:
            quiet_since = time.monotonic()
        time.sleep(0.25)


@dataclass(frozen=True)
class Crowd:
    point: Point
    memory_before_mb: int

    @property
    def dishonest(self) -> dict[str, int]:
        return {
            f"{name} {status}": times
            for name, kind in self.point.kinds.items()
            for status, times in kind.dishonest.items()
        }

    def __str__(self) -> str:
        return f"memory {self.memory_before_mb} MB before · {self.point}"


def crowd(subject: Subject, clients: int, seconds: float) -> Crowd:
    """So many at the same time, each with one request under way, all obeying Retry-After."""
    before = subject.memory_bytes() // 2**20
    return Crowd(measure(subject, seconds, clients=clients), before)


@dataclass(frozen=True)
class Stated:
    """What was asked for, and how many times that is done."""

    analyses_per_hour: float
    users_at_once: int

    @property
    def factor(self) -> float:
        return self.analyses_per_hour / STATED_REQUESTS_PER_HOUR

    def __str__(self) -> str:
        return (
            f"{self.analyses_per_hour:,.0f} new texts analysed per hour with"
            f" {self.users_at_once} users at once:"
            f" {self.factor:.1f} times the {STATED_REQUESTS_PER_HOUR:,} requests per hour asked for"
        )


def stated(subject: Subject, seconds: float) -> Stated:
    """All requests are submissions of new texts, the dearest there are."""
    kinds = [kind for kind in subject.everybody() if kind["method"] == "POST"]
    found = measure(subject, seconds, kinds=kinds, clients=STATED_USERS)
    return Stated(found.goodput * 3600, STATED_USERS)
