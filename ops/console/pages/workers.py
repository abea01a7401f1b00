"""Are the workers alive, what do they do, and who should rest?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.safestring import SafeString

from ops import events
from ops.console import rights, steering
from ops.console.acting import Route, back_to
from ops.console.block_page import BlockPage
from ops.console.blocks import Block, Card, Charts, Figure, Figures
from ops.console.charts import chart
from ops.console.marks import NOTHING, Tone, badge, duration, moment
from ops.console.numbers import number, percent
from ops.console.pages.overload import profile_move
from ops.console.periods import window_of
from ops.console.shared import SharedByKey
from ops.metrics import reading
from ops.metrics.windows import Window
from ops.models import EmergencyProfile, Job, Right, WorkerHost
from ops.overload import stance

SHOWN = 50
MORE_HANDS = "workers"
"""The profile that calls all workers, and does nothing else."""


@dataclass(frozen=True)
class RunningJob:
    pk: int
    title: str
    running_for: str


@dataclass(frozen=True)
class HostState:
    pk: int
    hostname: str
    region: str
    workers: int
    badge: SafeString
    is_alive: bool
    is_quiet: bool
    is_stopping: bool
    beat: SafeString
    started: SafeString
    machine: str
    jobs: tuple[RunningJob, ...]

    @property
    def busy(self) -> str:
        return f"{len(self.jobs)} of {self.workers}"

    @property
    def can_rest(self) -> bool:
        return self.is_alive and not self.is_quiet

    @property
    def can_wake(self) -> bool:
        return self.is_alive and self.is_quiet and not self.is_stopping

    @property
    def can_be_forgotten(self) -> bool:
        return not self.is_alive

    @property
    def can_stop(self) -> bool:
        return self.is_alive and not self.is_stopping


@dataclass(frozen=True)
class Hosts:
    template: ClassVar[str] = "admin/console/workers/_hosts.html"
    hosts: tuple[HostState, ...]
    name: str = "hosts"
    permission: str = ""
    is_half: bool = False


def _look(period: str) -> tuple[Block, ...]:
    now = timezone.now()
    hosts = _hosts(now)
    return (_figures(hosts), Hosts(hosts), _more_hands(now), _charts(window_of(period, now)))


def _hosts(now: datetime) -> tuple[HostState, ...]:
    hosts = list(WorkerHost.objects.defer("stat").order_by("-beat_at")[:SHOWN])
    running = defaultdict(list)
    for job in Job.objects.running().filter(host__in=[host.name for host in hosts]).order_by("id"):
        running[job.host].append(_running(job, now))
    machines = _machines(now)
    return tuple(
        _state(host, tuple(running[host.name]), machines.get(host.hostname, NOTHING), now)
        for host in hosts
    )


def _machines(now: datetime) -> dict[str, str]:
    """How busy each of them is, as its processes said in the last minutes."""
    cpu = reading.latest("host_cpu_percent", now, reading.by("host"))
    memory = reading.latest("host_memory_percent", now, reading.by("host"))
    return {
        host: f"processor {cpu[host]:.0f} %, memory {memory[host]:.0f} %"
        for host in cpu.keys() & memory.keys()
    }


def _running(job: Job, now: datetime) -> RunningJob:
    since = job.started_at or now
    return RunningJob(job.pk, str(job), duration(max(now - since, timedelta(0))))


def _state(
    host: WorkerHost, jobs: tuple[RunningJob, ...], machine: str, now: datetime
) -> HostState:
    is_alive = host.beat_at >= now - settings.OPS_ALIVE_THRESHOLD
    return HostState(
        pk=host.pk,
        hostname=host.hostname,
        region=host.region,
        workers=len(host.worker_pids),
        badge=_badge(host, is_alive),
        is_alive=is_alive,
        is_quiet=host.quiet,
        is_stopping=host.stopping,
        beat=moment(host.beat_at, now=now),
        started=moment(host.started_at, now=now),
        machine=machine,
        jobs=jobs,
    )


def _badge(host: WorkerHost, is_alive: bool) -> SafeString:
    if not is_alive:
        return badge("silent", Tone.BAD)
    if host.stopping:
        return badge("stopping", Tone.WAIT)
    return badge("quiet", Tone.WAIT) if host.quiet else badge("alive", Tone.GOOD)


def _figures(hosts: tuple[HostState, ...]) -> Figures:
    alive = [host for host in hosts if host.is_alive]
    workers, busy = sum(host.workers for host in alive), sum(len(host.jobs) for host in alive)
    resting = sum(host.is_quiet for host in alive)
    silent = len(hosts) - len(alive)
    return Figures(
        "figures",
        (
            Figure(
                "alive", "Workers alive", number(workers),
                f"on {number(len(alive))} host{'' if len(alive) == 1 else 's'}",
                Tone.GOOD if workers else Tone.BAD,
            ),
            Figure(
                "busy", "Busy", percent(busy / workers if workers else None),
                f"{number(busy)} at work now",
            ),
            Figure("resting", "Quiet or leaving", number(resting), "hosts that take nothing new"),
            Figure(
                "silent", "Silent", number(silent), "hosts nobody hears of",
                Tone.BAD if silent else Tone.CALM,
            ),
        ),
    )  # fmt: skip


def _more_hands(now: datetime) -> Card:
    sentence = "A host starts WORKERS of them, and up to WORKERS_AT_MOST when all are called."
    engaged = stance.current().engaged(now)
    if engaged and engaged.profile != MORE_HANDS:  # it would end, and what it does is worth more
        called = "they are here" if engaged.all_workers else "it has to end before they are called"
        sentence = f"{sentence} The profile {engaged.profile} is engaged: {called}."
        return Card("more-hands", "More hands", sentences=(sentence,))
    moves = tuple(
        profile_move(
            profile, is_on=bool(engaged), engage="Call all workers", end="Send the others home"
        )
        for profile in EmergencyProfile.objects.filter(name=MORE_HANDS)
    )
    return Card("more-hands", "More hands", sentences=(sentence,), moves=moves)


def _charts(window: Window) -> Charts:
    alive = reading.averages("workers_alive", window, reading.called("alive"))
    busy = reading.averages("queue_running", window, reading.called("at work"))
    cpu = reading.averages("host_cpu_percent", window, reading.by("host"))
    return Charts(
        "charts",
        (
            chart("Workers", [*alive, *busy], window, number, {"alive": 0, "at work": 1}),
            chart("Processor by host", cpu, window, lambda value: f"{value:.0f} %"),
        ),
    )


class WorkersPage(BlockPage):
    slug = "workers"
    title = "Workers"
    looks = SharedByKey(_look)
    has_periods = True


def _said(host: WorkerHost, move: str) -> str:
    if move == steering.Move.FORGET:
        return f"{host.hostname} is forgotten."
    return f"{host.hostname} was told to {move}."


@rights.move(Right.OPERATE)
def steer(request: HttpRequest, host_id: int, move: str) -> HttpResponse:
    if move not in list(steering.Move):
        raise Http404
    host = get_object_or_404(WorkerHost, pk=host_id)
    reason, actor = request.POST.get("reason", "")[:200], events.author(request.user)
    if steering.steer(host, steering.Move(move), actor=actor, reason=reason):
        messages.success(request, _said(host, move))
    else:
        messages.info(request, f"{host.hostname} does that already.")
    return back_to(request, "console-workers")


ROUTES: tuple[Route, ...] = (("workers/<int:host_id>/<str:move>", steer, "steer"),)
