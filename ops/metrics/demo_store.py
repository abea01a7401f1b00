"""How does a drawn month get into an installation? As real processes would have left it."""

from __future__ import annotations

from django.db import transaction

from ops.metrics.demo import Month
from ops.metrics.rollup import roll_up
from ops.metrics.store import labels_text, packed, save_slots
from ops.metrics.tally import Cell, SeriesKey
from ops.models import MetricSeries

_SLOTS_AT_ONCE = 10_000


def fill(month: Month) -> int:
    """Adds the month's slots; returns how many. Meant for a database that holds none."""
    written, sums, ids = 0, dict[SeriesKey, Cell](), dict[SeriesKey, int]()
    waiting: dict[int, dict[tuple[int, int], Cell]] = {}
    with transaction.atomic():
        for length, start in month.moments():
            for key, cell in month.cells((length, start)).items():
                ids.setdefault(key, 0)
                ids[key] = ids[key] or _series(key)
                waiting.setdefault(length, {})[ids[key], start] = cell
                sums.setdefault(key, Cell()).merge(cell)
                written += 1
            if sum(map(len, waiting.values())) > _SLOTS_AT_ONCE:
                _write(waiting)
        _write(waiting)
        _tell_series(sums, ids, seen_seconds=start)
        roll_up(month.now, since=month.now.replace(year=1971))
    return written


def _series(key: SeriesKey) -> int:
    row, _ = MetricSeries.objects.get_or_create(metric=key.metric, labels=labels_text(key))
    return int(row.pk)


def _write(waiting: dict[int, dict[tuple[int, int], Cell]]) -> None:
    for length, cells in waiting.items():
        save_slots(length, cells)
    waiting.clear()


def _tell_series(
    sums: dict[SeriesKey, Cell], ids: dict[SeriesKey, int], *, seen_seconds: int
) -> None:
    for key, cell in sums.items():
        MetricSeries.objects.filter(pk=ids[key]).update(
            total=cell.total,
            count=cell.count,
            last=cell.last,
            spread=packed(cell.spread),
            seen_seconds=seen_seconds,
        )
