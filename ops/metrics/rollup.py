"""What becomes of minutes? They add up to ten minutes, hours and days; the old ones go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import Max, QuerySet

from ops.metrics.ladder import (
    DAY_SECONDS,
    HOUR_SECONDS,
    LADDER,
    MINUTE_SECONDS,
    SIX_HOURS_SECONDS,
    TEN_MINUTES_SECONDS,
)
from ops.metrics.store import cell_of, save_slots
from ops.metrics.tally import Cell
from ops.models import MetricSeries, MetricSlot

KEEP = {
    MINUTE_SECONDS: timedelta(days=2),
    # A day more than a week, so that every hour can be compared with last week's.
    TEN_MINUTES_SECONDS: timedelta(days=8),
    HOUR_SECONDS: timedelta(days=92),
    # A month of these is read in a sixth of the time that its hours take.
    SIX_HOURS_SECONDS: timedelta(days=92),
    DAY_SECONDS: timedelta(days=730),
}
LATE = timedelta(minutes=20)
"""How long after its end a minute may still grow; whoever stores an older one rolls up from it."""
_DELETED_AT_ONCE = 5_000


def roll_up(now: datetime, *, since: datetime | None = None) -> None:
    """Brings the coarser slots up to date, the running ones included. Harmless when repeated."""
    for finer, coarser in pairwise(LADDER):
        latest = MetricSlot.objects.filter(length_seconds=coarser).aggregate(
            at=Max("start_seconds")
        )["at"]
        start = min(latest or 0, int((since or now - LATE).timestamp()))
        _add_up(finer, coarser, start - start % coarser)


def prune(now: datetime) -> int:
    """Deletes what is older than its length of slot is kept; returns how many rows."""
    deleted = 0
    for length, age in KEEP.items():
        before = int((now - age).timestamp())
        old = MetricSlot.objects.filter(length_seconds=length, start_seconds__lt=before)
        deleted += sum(_delete_in_parts(old))
    forgotten = int((now - KEEP[DAY_SECONDS]).timestamp())
    MetricSeries.objects.filter(seen_seconds__lt=forgotten, slots=None).delete()
    return deleted


def _add_up(finer: int, coarser: int, start: int) -> None:
    sums: dict[tuple[int, int], Cell] = {}
    rows = MetricSlot.objects.filter(length_seconds=finer, start_seconds__gte=start)
    for row in rows.order_by("start_seconds").iterator(chunk_size=2000):
        begin = row.start_seconds - row.start_seconds % coarser
        sums.setdefault((row.series_id, begin), Cell()).merge(cell_of(row))
    save_slots(coarser, sums)


def _delete_in_parts(old: QuerySet[MetricSlot]) -> Iterator[int]:
    """A long delete would keep SQLite's only writer from everybody else."""
    while True:
        part = list(old.values_list("pk", flat=True)[:_DELETED_AT_ONCE])
        if not part:
            return
        yield MetricSlot.objects.filter(pk__in=part)._raw_delete(using=old.db)
