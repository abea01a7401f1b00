"""What did this process count since it last told the store? Kept by minute, within bounds."""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ops.metrics import spread
from ops.metrics.metric import Kind, Metric, UndeclaredError

MAX_SERIES_PER_METRIC = 300
MAX_WAITING_CELLS = 10_000


class SeriesKey(NamedTuple):
    """One metric with one value for each of its labels, in declared order."""

    metric: str
    values: tuple[str, ...]


@dataclass(slots=True)
class Cell:
    """What one series saw in one minute."""

    total: float = 0.0
    count: int = 0
    peak: float = 0.0
    last: float = 0.0
    spread: dict[int, float] = field(default_factory=dict)

    def take(self, value: float) -> None:
        self.total += value
        self.peak = max(self.peak, value) if self.count else value
        self.last = value
        self.count += 1

    def merge(self, other: Cell) -> None:
        self.peak = max(self.peak, other.peak) if self.count else other.peak
        self.total += other.total
        self.last = other.last
        self.count += other.count
        spread.add(self.spread, other.spread.items())


Minute = int
"""Whole minutes since 1970."""
Cells = dict[SeriesKey, Cell]


class Tally:
    """Safe for threads. Holds its lock for a dictionary look-up, never while anybody waits."""

    def __init__(self, metrics: Mapping[str, Metric], *, max_waiting: int = MAX_WAITING_CELLS):
        self._metrics = metrics
        self._max_waiting = max_waiting
        # A signal handler that counts must not wait for the code it interrupted.
        self._lock = threading.RLock()
        self._known: dict[tuple, SeriesKey] = {}
        self._series_of: dict[str, set[SeriesKey]] = {}
        self._minutes: dict[Minute, Cells] = {}
        self._dropped = 0

    def add(
        self, kind: Kind, name: str, value: float, labels: Mapping[str, str], minute: Minute
    ) -> None:
        """Raises UndeclaredError for what the register does not hold."""
        if not -math.inf < value < math.inf:
            raise ValueError(f"{name} cannot count {value}")
        raw = (kind, name, *labels.items())
        with self._lock:
            series = self._known.get(raw) or self._resolve(raw, labels)
            cells = self._minutes.get(minute)
            if cells is None:
                cells = self._minutes[minute] = {}
                self._drop_oldest()
            cell = cells.get(series)
            if cell is None:
                cell = cells[series] = Cell()
            cell.take(value)
            if kind is Kind.HISTOGRAM:
                bucket = spread.bucket_of(value)
                cell.spread[bucket] = cell.spread.get(bucket, 0) + 1

    def take(self) -> dict[Minute, Cells]:
        """All that was counted, which from now on is the caller's to keep."""
        with self._lock:
            taken, self._minutes = self._minutes, {}
            return taken

    def give_back(self, minutes: Mapping[Minute, Cells]) -> None:
        """For later, since the store did not take it."""
        with self._lock:
            for minute, cells in minutes.items():
                self._merge(self._minutes.setdefault(minute, {}), cells)
            self._drop_oldest()

    def take_dropped(self) -> int:
        """How many cells found no room since this was last asked."""
        with self._lock:
            dropped, self._dropped = self._dropped, 0
            return dropped

    def _merge(self, into: Cells, cells: Cells) -> None:
        for series, cell in cells.items():
            newer = into.get(series)
            if newer is not None:
                cell.merge(newer)
            into[series] = cell

    def _drop_oldest(self) -> None:
        waiting = sum(len(cells) for cells in self._minutes.values())
        while waiting > self._max_waiting and len(self._minutes) > 1:
            dropped = len(self._minutes.pop(min(self._minutes)))
            waiting -= dropped
            self._dropped += dropped

    def _resolve(self, raw: tuple, labels: Mapping[str, str]) -> SeriesKey:
        kind, name = raw[:2]
        metric = self._metrics.get(name)
        if metric is None or metric.kind is not kind:
            raise UndeclaredError(f"ops/metrics/register.py declares no {kind} {name}")
        series = SeriesKey(name, metric.values_of(labels))
        known = self._series_of.setdefault(name, set())
        if series not in known and len(known) >= MAX_SERIES_PER_METRIC:
            return SeriesKey(name, metric.folded())
        known.add(series)
        # Raw labels may be anybody's words: only as many are remembered as there are series.
        if len(self._known) < 2 * MAX_SERIES_PER_METRIC * len(self._metrics):
            self._known[raw] = series
        return series
