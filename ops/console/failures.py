"""Which jobs failed last, and why?"""

from django.urls import reverse

from ops.console.marks import Tone, badge
from ops.console.panels import Panel, Row
from ops.models import Job

SHOWN = 8


def panel() -> Panel:
    return Panel(
        name="failures",
        title="Newest failures",
        rows=tuple(_row(job) for job in Job.objects.dead().order_by("-finished_at")[:SHOWN]),
        empty="No job has failed for good.",
        link=reverse("admin:ops_job_changelist", query={"state__exact": Job.State.DEAD}),
        link_text="All failed jobs",
        permission="ops.view_job",
    )


def _row(job: Job) -> Row:
    return Row(
        badge=badge(job.error_code or "failed", Tone.BAD),
        title=str(job),
        link=reverse("admin:ops_job_change", args=[job.pk]),
        detail=job.error_message or "No reason was recorded.",
        when=job.finished_at or job.created_at,
    )
