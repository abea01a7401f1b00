"""How is a job taken back?"""

from __future__ import annotations

from django.db.models.functions import Now

from ops.models import Job


def withdraw(job: Job) -> bool:
    """Cancel a waiting job at once; False when it already runs or has ended."""
    waiting = Job.objects.waiting().filter(pk=job.pk)
    return waiting.update(state=Job.State.CANCELED, finished_at=Now()) == 1


def cancel(job: Job) -> bool:
    """Cancel a waiting job at once, a running one soon; False when it has ended."""
    running = Job.objects.running().filter(pk=job.pk)
    return withdraw(job) or running.update(cancel_requested_at=Now()) == 1
