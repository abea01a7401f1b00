"""What is done every so often, and who starts it?

`settings.OPS_SCHEDULES` is the whole list. Every host looks; the one that moves the clock on puts
the job into the queue in the same transaction, so that two hosts never both do.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from ops.models import Job, Priority, Tick
from ops.queue.moments import from_now
from ops.queue.submit import Order, place


def tick() -> list[Job]:
    """The jobs of all schedules that were due and that nobody else started."""
    known = dict(Tick.objects.values_list("name", "pk"))
    for name in settings.OPS_SCHEDULES.keys() - known.keys():
        Tick.objects.get_or_create(name=name, defaults={"next_at": Now()})
    due = Tick.objects.filter(next_at__lte=Now(), name__in=settings.OPS_SCHEDULES)
    return [job for name in due.values_list("name", flat=True) if (job := _start(name))]


def _start(name: str) -> Job | None:
    _, every = settings.OPS_SCHEDULES[name]
    with transaction.atomic():
        clock = Tick.objects.filter(name=name, next_at__lte=Now())
        if not clock.update(next_at=from_now(every.total_seconds())):
            return None
        # What is missed while everything is down is done once, not once per missed time.
        return place(Order(kind=name, key=f"schedule:{name}", priority=Priority.PREMIUM))
