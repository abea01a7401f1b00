"""What is done every so often, and who starts it?

`settings.OPS_SCHEDULES` is the whole list. Every process looks; the one that moves the clock of a
schedule on, by the database's time, does it. So two hosts that look at once never both do.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.module_loading import import_string

from ops.models import Job, Priority, Tick
from ops.queue.moments import from_now
from ops.queue.submit import Order, place
from ops.timetable import Schedule

logger = logging.getLogger(__name__)

# Who looks every few seconds and comes a moment early need not wait for another round.
_EARLY = timedelta(milliseconds=500)


def start_due_jobs() -> list[Job]:
    """The jobs of all schedules that were due and that nobody else started."""
    return [job for name in _due(are_jobs=True) if (job := _start(name))]


def run_due() -> None:
    """Does at once what is due and nobody else has taken. One that fails stops no other."""
    for name in _due(are_jobs=False):
        try:
            if _move_on(name):
                import_string(_schedules()[name].function)(timezone.now())
        except Exception:
            logger.exception("a schedule failed", extra={"schedule": name})


def _schedules() -> dict[str, Schedule]:
    return settings.OPS_SCHEDULES


def _due(*, are_jobs: bool) -> list[str]:
    names = {name for name, schedule in _schedules().items() if schedule.is_job == are_jobs}
    clocks = Tick.objects.filter(name__in=names)
    known = set(clocks.values_list("name", flat=True))
    for name in names - known:
        Tick.objects.get_or_create(name=name, defaults={"next_at": Now()})
    return list(clocks.filter(next_at__lte=Now() + _EARLY).values_list("name", flat=True))


def _start(name: str) -> Job | None:
    with transaction.atomic():
        if not _move_on(name):
            return None
        # What is missed while everything is down is done once, not once per missed time.
        return place(Order(kind=name, key=f"schedule:{name}", priority=Priority.PREMIUM))


def _move_on(name: str) -> bool:
    """Whether this process did it, and nobody else."""
    due = Tick.objects.filter(name=name, next_at__lte=Now() + _EARLY)
    return due.update(next_at=from_now(_schedules()[name].every.total_seconds())) == 1
