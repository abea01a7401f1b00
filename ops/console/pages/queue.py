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

from ops.console import steering
from ops.console.acting import back_to
from ops.console.blocks import Charts
from ops.console.charts import chart
from ops.console.live import LivePage, since_of
from ops.console.marks import NOTHING, duration
from ops.console.numbers import number, seconds
from ops.console.periods import PERIODS, chosen, window_of
from ops.console.rights import move
from ops.console.shared import Shared, SharedByKey
from ops.metrics import reading
from ops.models import Job, Pause, Priority, Right
from ops.queue import QueueSnapshot, snapshot

PACE_OVER = timedelta(minutes=5)
SHARES = (0.5, 0.95, 0.99)
JOB_LOOKS = {"came": 5, "done": 0, "retried": 1, "released": 3, "canceled": 2, "dead": 4}


@dataclass(frozen=True)
class Line:
    """Those who wait at one priority."""

    title: str
    waiting: int
    oldest: str


@dataclass(frozen=True)
class HeldBack:
    pk: int
    what: str
    reason: str
    since: datetime


@dataclass(frozen=True)
class QueueState:
    now: QueueSnapshot
    lines: tuple[Line, ...]
    postponed: int
    per_minute: float
    pauses: tuple[HeldBack, ...]

    @property
    def outlook(self) -> str:
        """When the queue is empty, if nobody comes and workers keep their pace."""
        if not self.now.waiting:
            return "Nobody waits."
        if self.pauses and not self.per_minute:
            return "Nothing moves: the queue is paused."
        if not self.per_minute:
            return f"Nothing was finished in the last {duration(PACE_OVER)}."
        left = timedelta(minutes=self.now.waiting / self.per_minute)
        return f"At this pace the queue is empty in {duration(left)}."


def _look() -> QueueState:
    now = timezone.now()
    done = Job.objects.filter(state=Job.State.DONE, finished_at__gte=now - PACE_OVER).count()
    return QueueState(
        now=snapshot(),
        lines=tuple(_lines(now)),
        postponed=Job.objects.waiting().filter(ready=False).count(),
        per_minute=done / (PACE_OVER / timedelta(minutes=1)),
        pauses=tuple(
            HeldBack(row.pk, str(row), row.reason, row.since)
            for row in Pause.objects.order_by("kind")
        ),
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


def _charts(period: str) -> Charts:
    window = window_of(period, timezone.now())
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


state = Shared(_look)
charts = SharedByKey(_charts)


class QueuePage(LivePage):
    slug = "queue"
    title = "Queue"
    pieces = ("depth", "pauses", "charts")

    def facts(self, request: HttpRequest) -> tuple[dict[str, Any], datetime]:
        period, look = chosen(request.GET.get("period", "")), state.look(since_of(request))
        facts = {
            "queue": look.facts,
            "kinds": sorted(settings.OPS_JOBS),
            "charts": charts.look(period).facts,
            "period": period,
            "periods": list(PERIODS),
        }
        return facts, look.as_of


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
