"""What is finished, and who is served, while so much is offered?"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.overload.subjects import ROOT, Subject

CLIENTS = 1
"""The processor of the load."""
WARM_UP_SECONDS = 3.0
FIRST_RATE = 10.0
SERVED = ("200", "202")


@dataclass(frozen=True)
class Kind:
    """How one sort of request fared."""

    statuses: dict[str, int]
    p50_ms: float
    p99_ms: float

    @property
    def sent(self) -> int:
        return sum(self.statuses.values())

    @property
    def served(self) -> float:
        return sum(self.statuses.get(status, 0) for status in SERVED) / (self.sent or 1)

    @property
    def dishonest(self) -> dict[str, int]:
        """All that is neither an answer nor an honest refusal."""
        honest = (*SERVED, "429", "503")
        return {s: n for s, n in self.statuses.items() if not s.startswith(honest)}

    def __str__(self) -> str:
        odd = {s: n for s, n in self.statuses.items() if s not in SERVED}
        return f"{self.served:.1%} p99 {self.p99_ms:.0f} ms" + (f" {odd}" if odd else "")


@dataclass(frozen=True)
class Point:
    offered: float
    goodput: float
    """Reports finished per second."""
    kinds: dict[str, Kind]
    memory_mb: int

    def __str__(self) -> str:
        kinds = " · ".join(f"{name} {kind}" for name, kind in self.kinds.items())
        return (
            f"offered {self.offered:6.0f}/s goodput {self.goodput:6.1f}/s {self.memory_mb} MB"
            f" · {kinds}"
        )


def typical(points: Sequence[Point]) -> Point:
    """Of several rounds: the medians of what was measured, the sums of what was counted."""
    names = points[0].kinds
    return Point(
        points[0].offered,
        median(point.goodput for point in points),
        {name: _typical([point.kinds[name] for point in points]) for name in names},
        max(point.memory_mb for point in points),
    )


def _typical(kinds: Sequence[Kind]) -> Kind:
    statuses: Counter[str] = sum((Counter(kind.statuses) for kind in kinds), Counter())
    p50, p99 = (median(getattr(kind, name) for kind in kinds) for name in ("p50_ms", "p99_ms"))
    return Kind(dict(statuses), p50, p99)


class Load:
    """A load that runs beside whoever watches."""

    def __init__(self, subject: Subject, kinds: list[dict], **plan: Any) -> None:
        self._popen = subprocess.Popen(
            [sys.executable, "-m", "bench.load"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        whole = {"port": subject.port, "kinds": kinds, "processor": CLIENTS, **plan}
        self._popen.stdin.write(json.dumps(whole))
        self._popen.stdin.close()

    def result(self) -> dict[str, Kind]:
        found = json.loads(self._popen.stdout.read())
        self._popen.wait()
        return {name: Kind(**facts) for name, facts in found.items()}


def measure(
    subject: Subject, seconds: float, *, kinds: list[dict] | None = None, **plan: float
) -> Point:
    """Goodput while the load lasts, after a warm-up under the same load."""
    load = Load(subject, kinds or subject.everybody(), seconds=WARM_UP_SECONDS + seconds, **plan)
    time.sleep(WARM_UP_SECONDS)
    before, began = subject.finished(), time.perf_counter()
    time.sleep(seconds)
    done, took = subject.finished() - before, time.perf_counter() - began
    memory = subject.memory_bytes()
    return Point(plan.get("rate", 0.0), done / took, load.result(), memory // 2**20)


def capacity(subject: Subject, seconds: float) -> float:
    """The greatest goodput, found by doubling what is offered; one lucky moment is none."""
    best, best_rate, rate = 0.0, FIRST_RATE, FIRST_RATE
    for _ in range(7):
        found = _tried(subject, seconds, rate)
        if found > best:
            best_rate = rate
        best, before = max(best, found), best
        if found < before * 1.1:
            break
        rate *= 2
    return median([best, *(_tried(subject, seconds, best_rate) for _ in range(2))])


def _tried(subject: Subject, seconds: float, rate: float) -> float:
    found = measure(subject, seconds, rate=rate)
    print(f"{subject.name:8} {'search':>9} {found}", flush=True)
    return found.goodput
