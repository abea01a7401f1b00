"""How deep is the queue, who waits in it, and when will it be empty?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ops.console import failures, steering
from ops.console.acting import back_to
from ops.console.blocks import Table
from ops.console.drain import Drain, drain
from ops.console.live import LivePage, since_of
from ops.console.marks import NOTHING, duration
from ops.console.rights import move
from ops.console.shared import Shared
from ops.models import Job, Pause, Priority, Right
from ops.queue import QueueSnapshot, snapshot


@dataclass(frozen=True)
class Line:
    """Those who wait at one priority."""

    title: str
    waiting: int
    oldest: str


@dataclass(frozen=True)
class QueueState:
    now: QueueSnapshot
    lines: tuple[Line, ...]
    postponed: int
    drain: Drain
    pauses: tuple[Pause, ...]
    failures: Table


def _look() -> QueueState:
    now, queue = timezone.now(), snapshot()
    return QueueState(
        now=queue,
        lines=tuple(_lines(now)),
        postponed=Job.objects.waiting().filter(ready=False).count(),
        drain=drain(queue.waiting, now),
        pauses=tuple(Pause.objects.order_by("kind")),
        failures=failures.table(now),
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


state = Shared(_look)


class QueuePage(LivePage):
    slug = "queue"
    title = "Queue"
    pieces = ("depth", "pauses", "failures")

    def facts(self, request: HttpRequest) -> tuple[dict[str, Any], datetime]:
        look = state.look(since_of(request))
        return {"queue": look.facts, "kinds": sorted(settings.OPS_JOBS)}, look.as_of


class PauseForm(forms.Form):
    kind = forms.CharField(required=False, max_length=60)
    reason = forms.CharField(max_length=200)


@move(Right.OPERATE)
def make_pause(request: HttpRequest) -> HttpResponse:
    form = PauseForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say why: others will ask.")
    elif steering.pause(actor=steering.author(request.user), **form.cleaned_data):
        messages.success(request, f"Paused: {form.cleaned_data['kind'] or 'everything'}.")
    else:
        messages.info(request, "That was paused already.")
    return back_to(request, "console-queue")


@move(Right.OPERATE)
def end_pause(request: HttpRequest, pause_id: int) -> HttpResponse:
    row = Pause.objects.filter(pk=pause_id).first()
    if row and steering.resume(row, actor=steering.author(request.user)):
        messages.success(request, f"Going on: {row}.")
    return back_to(request, "console-queue")
