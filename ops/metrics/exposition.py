"""What does Prometheus read? Everything that was ever counted, in its text format (0.0.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import orjson

from ops.metrics import spread
from ops.metrics.ladder import MINUTE_SECONDS
from ops.metrics.metric import Kind, Metric
from ops.metrics.register import METRICS
from ops.metrics.store import unpacked
from ops.models import MetricSeries

PREFIX = "contentcreate_"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

# Every fourth bound of ours, from a millisecond to a minute: 57 bounds, 21 % apart.
_BOUNDS = range(-142, 85, 4)
_STALE_AFTER_SECONDS = 3 * MINUTE_SECONDS

Rows = dict[str, list[MetricSeries]]
"""By metric."""


def exposed_name(metric: Metric) -> str:
    return f"{PREFIX}{metric.name}{'_total' if metric.kind is Kind.COUNTER else ''}"


def exposition(now: datetime) -> str:
    rows: Rows = {}
    for row in MetricSeries.objects.order_by("metric", "labels"):
        rows.setdefault(row.metric, []).append(row)
    rows |= _silence(rows, now)
    return "".join(
        line + "\n"
        for metric in METRICS
        for line in _family(metric, rows.get(metric.name, []), now)
    )


def _silence(
    rows: Mapping[str, list[MetricSeries]], now: datetime
) -> dict[str, list[MetricSeries]]:
    """How old all this is: counters that nobody moves any more look like a calm day."""
    seen = [row.seen_seconds for each in rows.values() for row in each]
    if not seen:
        return {}
    silent = max(0.0, now.timestamp() - max(seen) - MINUTE_SECONDS)
    name = "metrics_silent_seconds"
    row = MetricSeries(metric=name, labels="{}", last=silent, seen_seconds=int(now.timestamp()))
    return {name: [row]}


def _family(metric: Metric, rows: list[MetricSeries], now: datetime) -> Iterator[str]:
    if metric.kind is Kind.GAUGE:
        # What was last seen an hour ago is not how full it is.
        oldest = now.timestamp() - _STALE_AFTER_SECONDS
        rows = [row for row in rows if row.seen_seconds > oldest]
    if not rows:
        return
    name = exposed_name(metric)
    yield f"# HELP {name} {metric.help}"
    yield f"# TYPE {name} {metric.kind.value}"
    for row in rows:
        labels: dict[str, str] = orjson.loads(row.labels)
        if metric.kind is Kind.HISTOGRAM:
            yield from _histogram(name, labels, row)
        else:
            value = row.last if metric.kind is Kind.GAUGE else row.total
            yield f"{name}{_braced(labels)} {_number(value)}"


def _histogram(name: str, labels: Mapping[str, str], row: MetricSeries) -> Iterator[str]:
    counted = unpacked(row.spread)
    indexes, seen = iter(sorted(counted)), 0.0
    index = next(indexes, None)
    for bound in _BOUNDS:
        while index is not None and index <= bound:
            seen += counted[index]
            index = next(indexes, None)
        upper = f"{spread.upper_bound(bound):.6g}"
        yield f"{name}_bucket{_braced({**labels, 'le': upper})} {_number(seen)}"
    yield f"{name}_bucket{_braced({**labels, 'le': '+Inf'})} {row.count}"
    yield f"{name}_sum{_braced(labels)} {_number(row.total)}"
    yield f"{name}_count{_braced(labels)} {row.count}"


def _braced(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
