"""What breaks? Jobs that failed for good, grouped by reason, each group with its move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db.models import Count, Max, Min
from django.urls import reverse

from ops import events, queue
from ops.console.acting import Asked, AskedForm, CannotBeDoneError, Route, deed
from ops.console.blocks import Table, TableRow
from ops.console.links import link
from ops.console.marks import NOTHING, Tone, badge, moment
from ops.console.moves import OPTIONAL_REASON, Move, to
from ops.console.numbers import number, several
from ops.models import Job, Right
from ops.models.jobs import JobQuerySet

SHOWN = 6


@dataclass(frozen=True)
class Group:
    """Jobs that failed for the same reason."""

    kind: str
    code: str
    times: int
    first_at: datetime | None
    last_at: datetime | None
    sample: int


def table(now: datetime) -> Table:
    groups = _groups()
    samples = Job.objects.in_bulk([group.sample for group in groups])
    return Table(
        name="failures",
        title="What breaks",
        columns=("Reason", "Times#", "First", "Last", "For example~"),
        rows=[_row(group, samples.get(group.sample), now) for group in groups],
        empty="No job has failed for good.",
        link=reverse("admin:ops_job_changelist", query={"state__exact": Job.State.DEAD}),
        link_text="All failed jobs",
        permission="ops.view_job",
    )


def _groups() -> list[Group]:
    dead = Job.objects.dead().order_by().values_list("kind", "error_code")
    counted = dead.annotate(Count("id"), Min("finished_at"), Max("finished_at"), Max("id"))
    groups = [Group(*row) for row in counted]
    return sorted(groups, key=lambda group: -group.sample)[:SHOWN]


def _row(group: Group, sample: Job | None, now: datetime) -> TableRow:
    cells = (
        badge(f"{group.kind}: {group.code or 'failed'}", Tone.BAD),
        number(group.times),
        moment(group.first_at, now=now),
        moment(group.last_at, now=now),
        _sample(sample),
    )
    hidden = (("kind", group.kind), ("code", group.code))
    again = Move(
        "Try again",
        to("failures-retry"),
        Right.OPERATE,
        f"{several(group.times, 'job')} wait again, with all their attempts before them.",
        hidden=hidden,
    )
    give_up = Move(
        "Give up",
        to("failures-discard"),
        Right.OPERATE,
        several(group.times, "job no longer counts as failed.", "jobs no longer count as failed."),
        (OPTIONAL_REASON,),
        hidden=hidden,
        is_danger=True,
    )
    return TableRow(cells, (again, give_up), key=group.code)


def _sample(job: Job | None) -> object:
    if job is None:
        return NOTHING
    text = job.error_message[:90] or str(job)
    return link(reverse("admin:ops_job_change", args=[job.pk]), text)


class GroupForm(AskedForm):
    kind = forms.CharField(max_length=60)
    code = forms.CharField(max_length=20, required=False)


@deed("console-queue", Right.OPERATE, GroupForm)
def retry_group(asked: Asked) -> str:
    jobs = _done(queue.redrive, asked, "queue.retried", "None of them could be tried again.")
    return f"{several(jobs, 'job')} wait again."


@deed("console-queue", Right.OPERATE, GroupForm)
def discard_group(asked: Asked) -> str:
    none = "None of them counts as failed any more."
    jobs = _done(queue.discard, asked, "queue.discarded", none)
    return several(jobs, "job was given up.", "jobs were given up.")


def _done(do: Callable[[JobQuerySet], int], asked: Asked, event: str, none: str) -> int:
    kind, code = asked.data["kind"], asked.data["code"]
    jobs = do(Job.objects.dead().filter(kind=kind, error_code=code))
    if not jobs:
        raise CannotBeDoneError(none)
    events.record(event, actor=asked.actor, reason=asked.reason, jobs=jobs, code=code)
    return jobs


ROUTES: tuple[Route, ...] = (
    ("queue/failures/retry", retry_group, "failures-retry"),
    ("queue/failures/discard", discard_group, "failures-discard"),
)
