"""What was counted in a window of time? Everything that shows or judges numbers asks here.

    window = windows.last(timedelta(hours=24), now)
    reading.totals("http_requests", window, by_status_class)
    reading.lines("http_requests", window, by("route"))
    reading.percentile_lines("http_request_duration_seconds", window, (0.5, 0.95, 0.99))

Each answer costs two queries, whatever the window. A grouping turns the labels of a series into
the name of its line; a series for which it says None is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

import orjson
from django.db.models import F, Max, QuerySet, Sum

from ops.metrics import spread
from ops.metrics.ladder import MINUTE_SECONDS
from ops.metrics.store import unpacked
from ops.metrics.windows import Window
from ops.models import MetricSeries, MetricSlot

Labels = Mapping[str, str]
Grouping = Callable[[Labels], str | None]


@dataclass(frozen=True)
class Point:
    """The step that starts at this second; None where nothing is known."""

    start_seconds: int
    value: float | None


@dataclass(frozen=True)
class Line:
    name: str
    points: tuple[Point, ...]

    @property
    def values(self) -> tuple[float | None, ...]:
        return tuple(point.value for point in self.points)


def everything(_labels: Labels) -> str:
    return "all"


def called(name: str) -> Grouping:
    """One line of all series, under a name that can be shown."""
    return lambda _labels: name


def by(label: str) -> Grouping:
    return lambda labels: labels.get(label, "")


def only(**wanted: str) -> Grouping:
    """One line, of the series that carry all these labels."""
    return lambda labels: "all" if wanted.items() <= labels.items() else None


def by_status_class(labels: Labels) -> str:
    """2xx, 3xx, 4xx, 429, 5xx and 503: refusals are told apart, since they are our own doing."""
    status = labels.get("status", "")
    return status if status in ("429", "503") else f"{status[:1]}xx"


# --- One look ------------------------------------------------------------------------------


@dataclass
class _Memory:
    series: dict[str, dict[int, Labels]] | None = None
    sums: dict[tuple[str, Window], dict[int, float]] = field(default_factory=dict)
    durations: dict[tuple[str, Window], list[tuple[int, int, dict[int, float]]]] = field(
        default_factory=dict
    )


_memory: ContextVar[_Memory | None] = ContextVar("metrics_memory", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Within it nothing is asked of the database twice: pages ask much of a few metrics."""
    token = _memory.set(_Memory())
    try:
        yield
    finally:
        _memory.reset(token)


# --- Counters ------------------------------------------------------------------------------


def totals(name: str, window: Window, group: Grouping = everything) -> dict[str, float]:
    """Sums over the whole window, the largest first."""
    known = _series(name)
    sums: dict[str, float] = {}
    for series, total in _sums(name, known, window).items():
        if (line := group(known[series])) is not None:
            sums[line] = sums.get(line, 0.0) + total
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def lines(name: str, window: Window, group: Grouping = everything) -> list[Line]:
    """Sums by step. A step without counts is 0."""
    groups = _groups(name, group)
    sums = {line: dict.fromkeys(window.steps, 0.0) for line in set(groups.values())}
    for series, step, total in _stepwise(groups, window).annotate(Sum("total")):
        sums[groups[series]][step] += total
    return _as_lines(sums, window)


def rates(name: str, window: Window, group: Grouping = everything) -> list[Line]:
    """Per second, by step; the running step is judged by what of it has passed."""
    return [
        Line(line.name, tuple(_paced(point, window) for point in line.points))
        for line in lines(name, window, group)
    ]


def _paced(point: Point, window: Window) -> Point:
    """Within its first minute a step is not known: counts on their way would look like a fall."""
    passed = window.passed_of(point.start_seconds)
    value = (point.value or 0.0) / passed if passed >= MINUTE_SECONDS else None
    return Point(point.start_seconds, value)


def per_second(name: str, window: Window, group: Grouping = everything) -> float:
    return sum(totals(name, window, group).values()) / window.seconds


def share(name: str, window: Window, part: Grouping) -> float | None:
    """How much of all that was counted belongs to the part (0 to 1); None when nothing was."""
    counted = totals(name, window, lambda labels: "part" if part(labels) is not None else "rest")
    whole = sum(counted.values())
    return counted.get("part", 0.0) / whole if whole else None


# --- Gauges --------------------------------------------------------------------------------


def averages(name: str, window: Window, group: Grouping = everything) -> list[Line]:
    """The mean sample by step; a step without samples is None."""
    groups = _groups(name, group)
    sums: dict[str, dict[int, tuple[float, float]]] = {line: {} for line in set(groups.values())}
    for series, step, total, count in _stepwise(groups, window).annotate(
        Sum("total"), Sum("count")
    ):
        seen_total, seen_count = sums[groups[series]].get(step, (0.0, 0.0))
        sums[groups[series]][step] = (seen_total + total, seen_count + count)
    means = {
        line: {step: total / count for step, (total, count) in steps.items() if count}
        for line, steps in sums.items()
    }
    return _as_lines(means, window)


def peaks(name: str, window: Window, group: Grouping = everything) -> list[Line]:
    groups = _groups(name, group)
    highest: dict[str, dict[int, float]] = {line: {} for line in set(groups.values())}
    for series, step, peak in _stepwise(groups, window).annotate(Max("peak")):
        line = highest[groups[series]]
        line[step] = max(peak, line.get(step, peak))
    return _as_lines(highest, window)


def latest(name: str, now: datetime, group: Grouping = everything) -> dict[str, float]:
    """The last sample of each line, if it is no older than three minutes."""
    groups = _groups(name, group)
    fresh = MetricSeries.objects.filter(
        pk__in=groups, seen_seconds__gt=now.timestamp() - 3 * MINUTE_SECONDS
    )
    found: dict[str, float] = {}
    for row in fresh:
        found[groups[row.pk]] = max(row.last, found.get(groups[row.pk], row.last))
    return found


# --- Durations -----------------------------------------------------------------------------


def percentiles(
    name: str, window: Window, shares: Iterable[float], group: Grouping = everything
) -> dict[str, tuple[float | None, ...]]:
    """For each line the durations below which these shares of its samples lie."""
    merged: dict[str, dict[int, float]] = {}
    for line, _, counted in _spreads(name, window, group):
        spread.add(merged.setdefault(line, {}), counted.items())
    wanted = tuple(shares)
    return {
        line: tuple(spread.percentile(counted, part) for part in wanted)
        for line, counted in merged.items()
    }


def percentile_lines(
    name: str, window: Window, shares: Iterable[float], group: Grouping = everything
) -> list[Line]:
    """One line for each share, named p50, p95 and so on, over all series the grouping keeps."""
    merged: dict[int, dict[int, float]] = {}
    for _, step, counted in _spreads(name, window, group):
        spread.add(merged.setdefault(step, {}), counted.items())
    return [
        Line(
            f"p{part * 100:g}",
            tuple(
                Point(step, spread.percentile(merged.get(step, {}), part)) for step in window.steps
            ),
        )
        for part in shares
    ]


# --- How old is all this? ------------------------------------------------------------------


def silent_seconds(now: datetime) -> float | None:
    """Since any process last stored anything, to the minute; None when none ever did."""
    last = MetricSeries.objects.aggregate(last=Max("seen_seconds"))["last"]
    return max(0.0, now.timestamp() - last - MINUTE_SECONDS) if last else None


# -------------------------------------------------------------------------------------------


def _groups(name: str, group: Grouping) -> dict[int, str]:
    named = ((pk, group(labels)) for pk, labels in _series(name).items())
    return {pk: line for pk, line in named if line is not None}


def _series(name: str) -> dict[int, Labels]:
    """The labels of all series of a metric."""
    memory = _memory.get()
    if memory is None:
        return _labels(MetricSeries.objects.filter(metric=name)).get(name, {})
    if memory.series is None:
        memory.series = _labels(MetricSeries.objects.all())
    return memory.series.get(name, {})


def _labels(rows: QuerySet[MetricSeries]) -> dict[str, dict[int, Labels]]:
    found: dict[str, dict[int, Labels]] = {}
    for metric, pk, labels in rows.values_list("metric", "pk", "labels"):
        found.setdefault(metric, {})[pk] = orjson.loads(labels)
    return found


def _sums(name: str, known: Mapping[int, Labels], window: Window) -> dict[int, float]:
    """Of each series of a metric, over the whole window."""
    memory = _memory.get()
    if memory is not None and (name, window) in memory.sums:
        return memory.sums[name, window]
    rows = _slots(known, window).values_list("series").annotate(Sum("total"))
    found = dict(rows)
    if memory is not None:
        memory.sums[name, window] = found
    return found


def _slots(groups: Mapping[int, object], window: Window) -> QuerySet[MetricSlot]:
    return MetricSlot.objects.filter(
        series__in=list(groups),
        length_seconds=window.slot_seconds,
        start_seconds__gte=window.start_seconds,
        start_seconds__lt=window.end_seconds,
    )


def _stepwise(groups: Mapping[int, str], window: Window) -> QuerySet:
    """Rows of series and step, to be annotated with sums."""
    step = F("start_seconds") - F("start_seconds") % window.step_seconds
    return _slots(groups, window).annotate(step=step).values_list("series", "step")


def _spreads(
    name: str, window: Window, group: Grouping
) -> Iterator[tuple[str, int, dict[int, float]]]:
    known = _series(name)
    lines = {pk: group(labels) for pk, labels in known.items()}
    wanted = {pk: known[pk] for pk, line in lines.items() if line is not None}
    for series, step, counted in _durations(name, known if _memory.get() else wanted, window):
        if (line := lines[series]) is not None:
            yield line, step, counted


def _durations(
    name: str, known: Mapping[int, Labels], window: Window
) -> Iterable[tuple[int, int, dict[int, float]]]:
    """Series, step and what was counted. Unpacking them is what reading a month costs most."""
    memory = _memory.get()
    if memory is not None and (name, window) in memory.durations:
        return memory.durations[name, window]
    rows = _slots(known, window).values_list("series", "start_seconds", "spread")
    found = (
        (series, start - start % window.step_seconds, unpacked(text))
        for series, start, text in rows.iterator(chunk_size=2000)
    )
    if memory is None:
        return found
    memory.durations[name, window] = list(found)
    return memory.durations[name, window]


def _as_lines(values: Mapping[str, Mapping[int, float]], window: Window) -> list[Line]:
    return [
        Line(name, tuple(Point(step, values[name].get(step)) for step in window.steps))
        for name in sorted(values)
    ]
