"""What is done every so often, when was it done last, and when is it due?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.safestring import SafeString
from django_q.models import Schedule, Success

from ops import events
from ops.console.acting import Asked, CannotBeDoneError, Route, deed
from ops.console.block_page import BlockPage
from ops.console.blocks import Block, Figure, Figures, Table, TableRow
from ops.console.marks import Tone, badge, duration, moment
from ops.console.moves import Move, to
from ops.console.numbers import number
from ops.console.shared import SharedByKey
from ops.models import Job, Right, Tick

_LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Clock:
    """One thing that is done again and again, whoever does it."""

    sort: str
    name: str
    does: str
    every: str
    last_at: datetime | None
    next_at: datetime | None

    def is_late(self, now: datetime) -> bool:
        return self.next_at is not None and now - self.next_at > _LATE


def _look(_key: str) -> tuple[Block, ...]:
    now = timezone.now()
    clocks = [*_of_ours(now), *_of_django_q()]
    return (_figures(clocks, now), _table(clocks, now))


def _of_ours(now: datetime) -> list[Clock]:
    """Jobs that workers do, and errands that one process of all does itself."""
    next_at = dict(Tick.objects.values_list("name", "next_at"))
    done = Job.objects.filter(kind__in=settings.OPS_SCHEDULES, state=Job.State.DONE)
    last_at = dict(done.order_by().values_list("kind").annotate(Max("finished_at")))
    return [
        Clock(
            "job" if one.is_job else "errand",
            name,
            one.function,
            duration(one.every),
            last_at.get(name) if one.is_job else _before(next_at.get(name), one.every, now),
            next_at.get(name),
        )
        for name, one in settings.OPS_SCHEDULES.items()
    ]


def _before(next_at: datetime | None, every: timedelta, now: datetime) -> datetime | None:
    """Whoever does an errand moves its clock on; one that is due says nothing of the last time."""
    return next_at - every if next_at and next_at > now else None


def _of_django_q() -> list[Clock]:
    rows = list(Schedule.objects.order_by("next_run")[:50])
    ended = Success.objects.filter(id__in=[row.task for row in rows if row.task])
    last_at = dict(ended.values_list("id", "stopped"))
    return [
        Clock(
            "schedule",
            row.name or str(row.pk),
            row.func,
            _every(row),
            last_at.get(row.task),
            row.next_run,
        )
        for row in rows
    ]


def _every(row: Any) -> str:
    said = row.get_schedule_type_display()
    return f"{said} ({row.repeats} left)" if row.repeats > 0 else said


def _figures(clocks: list[Clock], now: datetime) -> Figures:
    late = sum(clock.is_late(now) for clock in clocks)
    soonest = min((clock.next_at for clock in clocks if clock.next_at), default=None)
    return Figures(
        "figures",
        (
            Figure("schedules", "Schedules", number(len(clocks)), "jobs, errands and tasks"),
            Figure(
                "late",
                "Late",
                number(late),
                "by more than 5 minutes",
                Tone.BAD if late else Tone.GOOD,
            ),
            Figure("next", "Next", moment(soonest, now=now), "is due"),
        ),
    )


def _table(clocks: list[Clock], now: datetime) -> Table:
    return Table(
        name="schedules",
        title="What is done every so often",
        hint="Workers do jobs and tasks; errands are done by one of all processes.",
        columns=("Name", "", "Does~", "Every", "Last", "Next"),
        rows=[_row(clock, now) for clock in clocks],
        empty="Nothing is scheduled.",
    )


def _row(clock: Clock, now: datetime) -> TableRow:
    cells = (
        clock.name,
        badge(clock.sort, Tone.CALM),
        clock.does,
        clock.every,
        moment(clock.last_at, now=now),
        _due(clock, now),
    )
    run = Move("Run now", to("schedule-run", clock.sort, clock.name), Right.OPERATE)
    return TableRow(cells, (run,) if clock.next_at else (), key=clock.name)


def _due(clock: Clock, now: datetime) -> SafeString:
    if clock.is_late(now):
        return badge(f"late since {duration(now - (clock.next_at or now))}", Tone.BAD)
    if clock.next_at and clock.next_at <= now:
        return badge("due", Tone.BUSY)
    return moment(clock.next_at, now=now)


@deed("console-schedules", Right.OPERATE)
def run_now(asked: Asked, sort: str, name: str) -> str:
    """Its clock is put back: whoever does it anyway does it within seconds, and only once."""
    if not _put_back(sort, name):
        raise CannotBeDoneError("Nobody knows such a schedule.")
    events.record("schedule.run", actor=asked.actor, reason=asked.reason, schedule=name, sort=sort)
    return f"{name} is due now: it runs within seconds, if somebody is alive to do it."


def _put_back(sort: str, name: str) -> int:
    now = timezone.now()
    if sort == "schedule":
        return Schedule.objects.filter(name=name).update(next_run=now)
    return Tick.objects.filter(name=name).update(next_at=now)


class SchedulesPage(BlockPage):
    slug = "schedules"
    title = "Schedules"
    looks = SharedByKey(_look)


ROUTES: tuple[Route, ...] = (("schedules/<str:sort>/<str:name>/run", run_now, "schedule-run"),)
