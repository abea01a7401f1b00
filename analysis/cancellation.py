"""How does a client say that it does not want the report any more?"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from analysis.announcing import tell
from analysis.models import Analysis, AnalysisQuerySet
from ops import queue
from ops.models import Job


def cancel(wishes: AnalysisQuerySet) -> int:
    """How many were still wanted. A job ends with the last wish for it, and no sooner."""
    with transaction.atomic():
        unsettled = wishes.unsettled()
        jobs = set(unsettled.values_list("job_id", flat=True))
        locked = _locked(jobs)
        canceled = unsettled.update(canceled_at=timezone.now())
        wanted = set(Analysis.objects.unsettled().of_jobs(jobs).values_list("job_id", flat=True))
        for job in locked:
            if job.pk not in wanted:
                queue.cancel(job)
        tell(wishes)
    return canceled


def _locked(jobs: Iterable[int]) -> list[Job]:
    """Who submits the same text meanwhile waits here, and finds the job ended or kept."""
    return list(Job.objects.filter(pk__in=jobs).select_for_update(no_key=True).order_by("pk"))
