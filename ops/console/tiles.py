"""Which numbers does one want to see first?"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from ops.console.marks import NOTHING, Tone, duration
from ops.models import Job
from ops.queue import QueueSnapshot


@dataclass(frozen=True)
class Tile:
    name: str
    title: str
    value: str
    note: str
    tone: Tone
    link: str


def tiles(queue: QueueSnapshot) -> list[Tile]:
    return [_waiting(queue), _oldest(queue), _running(queue), _workers(queue), _failed(queue)]


def _waiting(queue: QueueSnapshot) -> Tile:
    return Tile(
        name="waiting",
        title="Waiting",
        value=f"{queue.waiting:,}",
        note="jobs in the queue" if queue.waiting else "nobody has to wait",
        tone=Tone.CALM,
        link=_jobs(Job.State.WAITING),
    )


def _oldest(queue: QueueSnapshot) -> Tile:
    wait = timedelta(seconds=queue.oldest_wait_seconds)
    target = settings.OPS_WAIT_TARGET
    return Tile(
        name="oldest",
        title="Oldest wait",
        value=duration(wait) if queue.waiting else NOTHING,
        note=f"should stay below {duration(target)}",
        tone=Tone.WAIT if wait > target else Tone.CALM,
        link=reverse("console-queue"),
    )


def _running(queue: QueueSnapshot) -> Tile:
    return Tile(
        name="running",
        title="Running",
        value=f"{queue.running:,}",
        note="jobs in work now",
        tone=Tone.CALM,
        link=_jobs(Job.State.RUNNING),
    )


def _workers(queue: QueueSnapshot) -> Tile:
    hosts = "1 host" if queue.hosts_alive == 1 else f"{queue.hosts_alive} hosts"
    return Tile(
        name="workers",
        title="Workers alive",
        value=f"{queue.workers_alive:,}",
        note=f"on {hosts}" if queue.hosts_alive else "start one: manage.py worker",
        tone=Tone.GOOD if queue.workers_alive else Tone.BAD,
        link=reverse("console-workers"),
    )


def _failed(queue: QueueSnapshot) -> Tile:
    return Tile(
        name="failed",
        title="Failed",
        value=f"{queue.dead:,}",
        note="gave up for good" if queue.dead else "none gave up",
        tone=Tone.BAD if queue.dead else Tone.CALM,
        link=_jobs(Job.State.DEAD),
    )


def _jobs(state: Job.State) -> str:
    return reverse("admin:ops_job_changelist", query={"state__exact": state})
