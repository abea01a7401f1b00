"""How long would new work wait in the queue, and is that longer than we promise?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Max
from django.utils import timezone

from ops.models import Job, Priority, WorkerHost
from ops.models.jobs import JobQuerySet
from ops.overload.inflow import Flow

_RECENT_JOBS = 200
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
    came: Mapping[int, int] = field(default_factory=dict)
    """New jobs by priority since the look before; those that are tried again are none."""
    done: Mapping[int, int] = field(default_factory=dict)
    """Jobs by priority that were done since then."""
    last_job: int = 0
    at: datetime = field(default_factory=timezone.now)

    @property
    def per_second(self) -> float:
        """How many jobs the workers end. Of nobody, one is assumed."""
        return max(1, self.workers) / self.seconds_each

    def wait_seconds(self, priority: int) -> float:
        """Until a new job of this priority is started: all that goes before it is done."""
        return self.ahead(priority) / self.per_second

    def ahead(self, priority: int) -> int:
        return _up_to(priority, self.waiting)


def _up_to(priority: int, counts: Mapping[int, int]) -> int:
    return sum(count for of, count in counts.items() if of <= priority)


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


def flow(before: QueueOutlook, now: QueueOutlook, priority: int) -> Flow:
    """What became between two looks of all that goes before new work of this priority."""
    ahead = now.ahead(priority)
    return Flow(
        seconds=max((now.at - before.at).total_seconds(), 1e-3),
        came=_up_to(priority, now.came),
        done=_up_to(priority, now.done),
        waiting=ahead,
        fits=promises()[priority] * now.per_second,
        usual_per_second=now.per_second,
        was_busy=bool(ahead and before.ahead(priority)),
    )


def look(before: QueueOutlook | None = None) -> QueueOutlook:
    """`before`: the look since which jobs are counted that came and that were done."""
    at = timezone.now()
    newest = Job.objects.aggregate(last=Max("pk"))["last"] or 0
    since, last_job = (before.at, before.last_job) if before else (at, newest)
    new = Job.objects.filter(pk__gt=last_job, pk__lte=newest)
    ended = Job.objects.filter(state=Job.State.DONE, finished_at__gt=since, finished_at__lte=at)
    return QueueOutlook(
        _by_priority(Job.objects.waiting()),
        workers=WorkerHost.objects.workers_alive(),
        seconds_each=_usual_seconds(),
        came=_by_priority(new),
        done=_by_priority(ended),
        last_job=newest,
        at=at,
    )


def _by_priority(jobs: JobQuerySet) -> dict[int, int]:
    counts = jobs.order_by().values_list("priority").annotate(Count("pk"))
    return {int(priority): int(count) for priority, count in counts}


def _usual_seconds() -> float:
    took = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    done = Job.objects.filter(state=Job.State.DONE, started_at__isnull=False)
    recent = done.order_by("-finished_at").annotate(took=took)[:_RECENT_JOBS]
    average: timedelta | None = recent.aggregate(average=Avg("took"))["average"]
    return max(average.total_seconds(), 0.001) if average else _GUESSED_SECONDS_EACH
