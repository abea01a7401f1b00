"""What becomes of a job when its handler says why it did not do it?"""

from __future__ import annotations

import pytest

from ops.models import Attempt, FailureCode, Job
from ops.queue.claims import take
from ops.queue.perform import perform
from tests.factories import JobFactory

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def done_by_a_worker(kind: str, settings, **payload) -> Job:
    settings.OPS_JOBS = {kind: f"tests.ops.queue.jobs.{kind}"}
    settings.OPS_JOB_RULES = {**settings.OPS_JOB_RULES, kind: {"attempts": 1}}
    job = JobFactory(kind=kind, payload=payload)
    perform(take("host", 1), may_go_on=lambda: True)
    job.refresh_from_db()
    return job


def test_a_job_that_waits_for_others_is_back_in_line_as_if_it_had_not_begun(settings) -> None:
    job = done_by_a_worker("wait_for_others", settings)

    assert (job.state, job.attempts, job.ready) == (Job.State.WAITING, 0, False)
    assert not Attempt.objects.exists()


def test_the_reason_of_a_last_retry_is_told_to_the_client(settings) -> None:
    job = done_by_a_worker("ask_for_patience", settings, seconds=3)

    assert job.state == Job.State.DEAD
    assert job.failure is not None
    assert job.failure.code == FailureCode.ERROR
    assert job.failure.message == "Try again in 3 s"
