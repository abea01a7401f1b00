"""What becomes of jobs whose last attempt failed?"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from ops.models import Job
from ops.models.jobs import JobQuerySet
from ops.queue import wake


def redrive(jobs: JobQuerySet) -> int:
    """Dead jobs of the selection wait again, with all their attempts before them.

    One whose key is under way anew stays dead: its work is being done already.
    """
    redriven = sum(_redrive(pk) for pk in list(jobs.dead().values_list("pk", flat=True)))
    wake.ring_on_commit()
    return redriven


def discard(jobs: JobQuerySet) -> int:
    """Dead jobs of the selection are given up; retention removes them."""
    return jobs.dead().update(state=Job.State.CANCELED)


def _redrive(pk: int) -> int:
    try:
        with transaction.atomic():
            return Job.objects.dead().filter(pk=pk).update(**_BEGINS_ANEW)
    except IntegrityError:
        return 0


_BEGINS_ANEW = {
    "state": Job.State.WAITING,
    "ready": True,
    "available_at": Now(),
    "attempts": 0,
    "finished_at": None,
    "cancel_requested_at": None,
    "error_code": "",
    "error_message": "",
}
