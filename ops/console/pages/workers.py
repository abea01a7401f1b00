"""Are the workers alive, what do they do, and who should rest?"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.safestring import SafeString

from ops.console import rights, steering
from ops.console.acting import back_to
from ops.console.live import LivePage, since_of
from ops.console.marks import NOTHING, Tone, badge, duration, moment
from ops.console.shared import Shared
from ops.metrics import reading
from ops.models import Job, Right, WorkerHost

SHOWN = 50


@dataclass(frozen=True)
class RunningJob:
    job: Job
    running_for: str


@dataclass(frozen=True)
class HostState:
    host: WorkerHost
    badge: SafeString
    is_alive: bool
    beat: SafeString
    started: SafeString
    machine: str
    jobs: tuple[RunningJob, ...]

    @property
    def busy(self) -> str:
        return f"{len(self.jobs)} of {len(self.host.worker_pids)}"

    @property
    def can_rest(self) -> bool:
        return self.is_alive and not self.host.quiet

    @property
    def can_wake(self) -> bool:
        return self.is_alive and self.host.quiet and not self.host.stopping

    @property
    def can_be_forgotten(self) -> bool:
        return not self.is_alive

    @property
    def can_stop(self) -> bool:
        return self.is_alive and not self.host.stopping


def _look() -> tuple[HostState, ...]:
    now = timezone.now()
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
    return RunningJob(job, duration(max(now - since, timedelta(0))))


def _state(
    host: WorkerHost, jobs: tuple[RunningJob, ...], machine: str, now: datetime
) -> HostState:
    is_alive = host.beat_at >= now - settings.OPS_ALIVE_THRESHOLD
    return HostState(
        host=host,
        badge=_badge(host, is_alive),
        is_alive=is_alive,
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


hosts = Shared(_look)


class WorkersPage(LivePage):
    slug = "workers"
    title = "Workers"
    pieces = ("hosts",)

    def facts(self, request: HttpRequest) -> tuple[dict[str, Any], datetime]:
        look = hosts.look(since_of(request))
        return {"hosts": look.facts}, look.as_of


def _said(host: WorkerHost, move: str) -> str:
    if move == steering.Move.FORGET:
        return f"{host.hostname} is forgotten."
    return f"{host.hostname} was told to {move}."


@rights.move(Right.OPERATE)
def steer(request: HttpRequest, host_id: int, move: str) -> HttpResponse:
    if move not in list(steering.Move):
        raise Http404
    host = get_object_or_404(WorkerHost, pk=host_id)
    reason, actor = request.POST.get("reason", "")[:200], steering.author(request.user)
    if steering.steer(host, steering.Move(move), actor=actor, reason=reason):
        messages.success(request, _said(host, move))
    else:
        messages.info(request, f"{host.hostname} does that already.")
    return back_to(request, "console-workers")
