"""Where do counts go? Into the minute rows of the database, added to what others counted."""

from __future__ import annotations

import orjson
from django.db import transaction

from ops.metrics import spread
from ops.metrics.ladder import MINUTE_SECONDS
from ops.metrics.register import BY_NAME
from ops.metrics.tally import Cell, Cells, Minute, SeriesKey
from ops.models import MetricSeries, MetricSlot

_SLOT_KEY = ["series", "length_seconds", "start_seconds"]
_SLOT_FIGURES = ["total", "count", "peak", "last", "spread"]
_SERIES_FIGURES = ["total", "count", "last", "spread", "seen_seconds"]


def save(minute: Minute, cells: Cells) -> None:
    """All of it or nothing. Raises what the database raises."""
    named = {(key.metric, labels_text(key)): cell for key, cell in cells.items()}
    _make_missing(named)
    start = minute * MINUTE_SECONDS
    with transaction.atomic():
        rows = _locked(named)
        slots = MetricSlot.objects.filter(
            series__in=rows.values(), length_seconds=MINUTE_SECONDS, start_seconds=start
        )
        kept = {slot.series_id: cell_of(slot) for slot in slots}
        for name, row in rows.items():
            _add(row, named[name], start)
            kept.setdefault(row.pk, Cell()).merge(named[name])
        save_slots(MINUTE_SECONDS, {(series, start): cell for series, cell in kept.items()})
        MetricSeries.objects.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=_SERIES_FIGURES,
        )


def save_slots(length_seconds: int, cells: dict[tuple[int, int], Cell]) -> None:
    """Writes these figures over whatever the slots held; keys are series and start."""
    MetricSlot.objects.bulk_create(
        [
            MetricSlot(
                series_id=series,
                length_seconds=length_seconds,
                start_seconds=start,
                total=cell.total,
                count=cell.count,
                peak=cell.peak,
                last=cell.last,
                spread=packed(cell.spread),
            )
            for (series, start), cell in sorted(cells.items(), key=lambda item: item[0])
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=_SLOT_KEY,
        update_fields=_SLOT_FIGURES,
    )


def labels_text(key: SeriesKey) -> str:
    names = BY_NAME[key.metric].labels
    labels = dict(zip(names, key.values, strict=True))
    return orjson.dumps(labels, option=orjson.OPT_SORT_KEYS).decode()[:1000]


def cell_of(row: MetricSlot) -> Cell:
    return Cell(row.total, row.count, row.peak, row.last, unpacked(row.spread))


def packed(counted: spread.Spread) -> str:
    flat = [part for index in sorted(counted) for part in (index, counted[index])]
    return orjson.dumps(flat).decode() if flat else ""


def unpacked(text: str) -> dict[int, float]:
    if not text:
        return {}
    flat = orjson.loads(text)
    return dict(zip(flat[::2], flat[1::2], strict=True))


Named = dict[tuple[str, str], Cell]


def _make_missing(named: Named) -> None:
    """Outside the transaction and in one order, so that no two processes wait for each other."""
    metrics = {metric for metric, _ in named}
    known = MetricSeries.objects.filter(metric__in=metrics).values_list("metric", "labels")
    missing = sorted(named.keys() - set(known))
    MetricSeries.objects.bulk_create(
        [MetricSeries(metric=metric, labels=labels) for metric, labels in missing],
        ignore_conflicts=True,
    )


def _locked(named: Named) -> dict[tuple[str, str], MetricSeries]:
    """The rows of these series, held until the transaction ends, taken in one order by all."""
    wanted = MetricSeries.objects.filter(
        metric__in={metric for metric, _ in named}, labels__in={labels for _, labels in named}
    )
    rows = wanted.select_for_update().order_by("pk")
    found = {(row.metric, row.labels): row for row in rows}
    if named.keys() - found.keys():
        raise LookupError("A series was pruned in this moment; the next try makes it again")
    return {name: row for name, row in found.items() if name in named}


def _add(row: MetricSeries, cell: Cell, start: int) -> None:
    row.total += cell.total
    row.count += cell.count
    row.seen_seconds = max(row.seen_seconds, start)
    if row.seen_seconds == start:
        row.last = cell.last
    if cell.spread:
        counted = unpacked(row.spread)
        spread.add(counted, cell.spread.items())
        row.spread = packed(counted)
