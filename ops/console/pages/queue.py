"""How deep is the queue, who waits in it, and when will it be empty?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ops import events
from ops.console import failures, steering
from ops.console.acting import Route, back_to
from ops.console.block_page import BlockPage
from ops.console.blocks import Block, Charts
from ops.console.charts import chart
from ops.console.drain import Drain, drain
from ops.console.marks import NOTHING, duration
from ops.console.numbers import number, seconds
from ops.console.periods import window_of
from ops.console.rights import move
from ops.console.shared import SharedByKey
from ops.metrics import reading
from ops.metrics.windows import Window
from ops.models import Job, Pause, Priority, Right
from ops.queue import QueueSnapshot, snapshot

SHARES = (0.5, 0.95, 0.99)
JOB_LOOKS = {"came": 5, "done": 0, "retried": 1, "released": 3, "canceled": 2, "dead": 4}


@dataclass(frozen=True)
class Line:
    """Those who wait at one priority."""

    title: str
    waiting: int
    oldest: str


@dataclass(frozen=True)
class Depth:
    template: ClassVar[str] = "admin/console/queue/_depth.html"
    now: QueueSnapshot
    lines: tuple[Line, ...]
    postponed: int
    drain: Drain
    name: str = "depth"
    permission: str = ""
    is_half: bool = False


@dataclass(frozen=True)
class HeldBack:
    pk: int
    what: str
    reason: str
    since: datetime


@dataclass(frozen=True)
class Pauses:
    template: ClassVar[str] = "admin/console/queue/_pauses.html"
    held_back: tuple[HeldBack, ...]
    kinds: tuple[str, ...]
    waiting: int
    name: str = "pauses"
    permission: str = ""
    is_half: bool = False


def _look(period: str) -> tuple[Block, ...]:
    now, queue = timezone.now(), snapshot()
    return (
        _depth(queue, now),
        _pauses(queue),
        failures.table(now),
        _charts(window_of(period, now)),
    )


def _depth(queue: QueueSnapshot, now: datetime) -> Depth:
    return Depth(
        now=queue,
        lines=tuple(_lines(now)),
        postponed=Job.objects.waiting().filter(ready=False).count(),
        drain=drain(queue.waiting, now),
    )


def _pauses(queue: QueueSnapshot) -> Pauses:
    rows = Pause.objects.order_by("kind")
    return Pauses(
        held_back=tuple(HeldBack(row.pk, str(row), row.reason, row.since) for row in rows),
        kinds=tuple(sorted(settings.OPS_JOBS)),
        waiting=queue.waiting,
    )


def _lines(now: datetime) -> list[Line]:
    grouped = Job.objects.claimable().values_list("priority")
    found = {
        priority: (waiting, oldest)
        for priority, waiting, oldest in grouped.annotate(Count("id"), Min("available_at"))
    }
    return [_line(priority, *found.get(priority, (0, None)), now=now) for priority in Priority]


def _line(priority: Priority, waiting: int, oldest: datetime | None, *, now: datetime) -> Line:
    return Line(
        title=priority.label,
        waiting=waiting,
        oldest=duration(max(now - oldest, timedelta(0))) if oldest else NOTHING,
    )


def _charts(window: Window) -> Charts:
    waiting = reading.peaks("queue_waiting", window, reading.called("waiting"))
    came = reading.rates("jobs_enqueued", window, reading.called("came"))
    ended = reading.rates("jobs", window, reading.by("state"))
    waited = reading.percentile_lines("job_wait_seconds", window, SHARES)
    took = reading.percentile_lines("job_run_seconds", window, SHARES)
    return Charts(
        "charts",
        (
            chart("Jobs that wait", waiting, window, number),
            chart("Jobs per second", [*came, *ended], window, number, JOB_LOOKS),
            chart("Time until a worker has it", waited, window, seconds),
            chart("Time of an attempt", took, window, seconds),
        ),
    )


class QueuePage(BlockPage):
    slug = "queue"
    title = "Queue"
    looks = SharedByKey(_look)
    has_periods = True


class PauseForm(forms.Form):
    kind = forms.CharField(required=False, max_length=60)
    reason = forms.CharField(max_length=200)


@move(Right.OPERATE)
def make_pause(request: HttpRequest) -> HttpResponse:
    form = PauseForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say why: others will ask.")
    elif steering.pause(actor=events.author(request.user), **form.cleaned_data):
        messages.success(request, f"Paused: {form.cleaned_data['kind'] or 'everything'}.")
    else:
        messages.info(request, "That was paused already.")
    return back_to(request, "console-queue")


@move(Right.OPERATE)
def end_pause(request: HttpRequest, pause_id: int) -> HttpResponse:
    row = Pause.objects.filter(pk=pause_id).first()
    if row and steering.resume(row, actor=events.author(request.user)):
        messages.success(request, f"Going on: {row}.")
    return back_to(request, "console-queue")


ROUTES: tuple[Route, ...] = (
    ("queue/pauses", make_pause, "pause"),
    ("queue/pauses/<int:pause_id>/end", end_pause, "resume"),
)
