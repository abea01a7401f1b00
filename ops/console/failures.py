"""Which jobs failed last, and why?"""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from ops.console.marks import Tone, badge, moment
from ops.console.panels import Panel, Row
from ops.models import Job

SHOWN = 8


def panel() -> Panel:
    now = timezone.now()
    newest = Job.objects.dead().order_by("-finished_at")[:SHOWN]
    return Panel(
        name="failures",
        title="Newest failures",
        rows=tuple(_row(job, now) for job in newest),
        empty="No job has failed for good.",
        link=reverse("admin:ops_job_changelist", query={"state__exact": Job.State.DEAD}),
        link_text="All failed jobs",
        permission="ops.view_job",
    )


def _row(job: Job, now: datetime) -> Row:
    return Row(
        badge=badge(job.error_code or "failed", Tone.BAD),
        title=str(job),
        link=reverse("admin:ops_job_change", args=[job.pk]),
        detail=job.error_message or "No reason was recorded.",
        when=moment(job.finished_at, now=now),
    )
