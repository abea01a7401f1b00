"""How long would new work wait in the queue, and is that longer than we promise?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F

from ops.models import Job, Priority, WorkerHost

_RECENT_JOBS = 50
_GUESSED_SECONDS_EACH = 1.0
_RETRY_AT_MOST_SECONDS = 300


@dataclass(frozen=True)
class QueueOutlook:
    """What one look at the queue told."""

    waiting: Mapping[int, int] = field(default_factory=dict)
    """Jobs by priority."""
    workers: int = 1
    """Who is at work; nobody may mean that they start this moment."""
    seconds_each: float = 1.0

    @property
    def per_second(self) -> float:
        """How many jobs the workers end. Of nobody, one is assumed."""
        return max(1, self.workers) / self.seconds_each

    def wait_seconds(self, priority: int) -> float:
        """Until a new job of this priority is started: all that goes before it is done."""
        ahead = sum(count for of, count in self.waiting.items() if of <= priority)
        return ahead / self.per_second


@dataclass(frozen=True)
class NoRoom:
    retry_after_seconds: int


def promises() -> dict[int, float]:
    """Seconds within which work of each priority is to be started."""
    return {Priority[name.upper()]: seconds for name, seconds in settings.OPS_WAIT_PROMISE.items()}


def promise_name(priority: int) -> str:
    """Under which problem documents and /limits speak of it."""
    return f"wait-{Priority(priority).name.lower()}"


def room(
    outlook: QueueOutlook, priority: int, *, promise_seconds: float, dice: float
) -> NoRoom | None:  # fmt: skip
    """None where there is room; else when there will be. `dice` is between 0 and 1."""
    wait = outlook.wait_seconds(priority)
    if wait < promise_seconds:
        return None
    until_room = (wait - promise_seconds + 1) * (1 + 0.2 * dice)
    return NoRoom(max(1, min(math.ceil(until_room), _RETRY_AT_MOST_SECONDS)))


def fullness(outlook: QueueOutlook, priority: int) -> float:
    """The wait as a part of what is promised."""
    return outlook.wait_seconds(priority) / promises()[priority]


def look() -> QueueOutlook:
    counts = Job.objects.waiting().order_by().values_list("priority").annotate(Count("pk"))
    waiting = {int(priority): int(count) for priority, count in counts}
    workers = WorkerHost.objects.workers_alive()
    return QueueOutlook(waiting, workers=workers, seconds_each=_usual_seconds())


def _usual_seconds() -> float:
    took = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    done = Job.objects.filter(state=Job.State.DONE, started_at__isnull=False)
    recent = done.order_by("-finished_at").annotate(took=took)[:_RECENT_JOBS]
    average: timedelta | None = recent.aggregate(average=Avg("took"))["average"]
    return max(average.total_seconds(), 0.001) if average else _GUESSED_SECONDS_EACH
