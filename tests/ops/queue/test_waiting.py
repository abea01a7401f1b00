from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from ops import queue
from ops.models import Attempt, Job, Priority, Tick, WorkerHost
from ops.queue import Order, line, outcomes, retention, schedules, steps
from ops.queue.claims import Claim, take
from ops.queue.interrupts import Interrupted
from ops.timetable import Schedule
from tests.factories import JobFactory
from tests.ops.queue import jobs
from tests.ops.queue.crowd import at_once

pytestmark = [pytest.mark.storage, pytest.mark.django_db]


def ago(**length: float) -> object:
    return timezone.now() - timedelta(**length)


def key_of(claim: Claim | None) -> str | None:
    return Job.objects.get(pk=claim.id).key if claim else None


# --- Age, regions, deadlines ---------------------------------------------------------------


def test_one_claim_in_four_goes_to_what_has_waited_too_long() -> None:
    JobFactory(key="old batch", priority=Priority.BATCH, available_at=ago(minutes=11))
    JobFactory(key="older batch", priority=Priority.BATCH, available_at=ago(minutes=12))
    JobFactory(key="premium", priority=Priority.PREMIUM)

    assert key_of(take("one", 1, overdue_first=True)) == "older batch"
    assert key_of(take("one", 1)) == "premium"


def test_without_anything_overdue_that_claim_is_like_the_others() -> None:
    JobFactory(key="batch", priority=Priority.BATCH, available_at=ago(minutes=9))
    JobFactory(key="premium", priority=Priority.PREMIUM)

    assert key_of(take("one", 1, overdue_first=True)) == "premium"


def test_a_worker_serves_its_own_region_and_everybodys_by_priority(settings) -> None:
    settings.OPS_REGION = "eu"
    JobFactory(key="eu", region="eu", priority=Priority.FREE)
    JobFactory(key="everybody's", priority=Priority.PREMIUM)
    JobFactory(key="us", region="us", priority=Priority.PREMIUM)

    assert [key_of(take("one", 1)) for _ in range(3)] == ["everybody's", "eu", None]


def test_what_waited_long_elsewhere_spills_over_unless_it_is_pinned(settings) -> None:
    settings.OPS_REGION = "eu"
    JobFactory(key="pinned", region="us", pinned=True, available_at=ago(hours=1))
    JobFactory(key="may leave", region="us", available_at=ago(minutes=1))
    JobFactory(key="just came", region="us")

    assert [key_of(take("one", 1)) for _ in range(2)] == ["may leave", None]


def test_a_job_nobody_waits_for_any_more_is_dropped() -> None:
    expired = queue.place(Order("analysis", "expired", expires_in_seconds=-1))
    live = queue.place(Order("analysis", "live", expires_in_seconds=60))

    assert line.drop_expired() == 1

    expired.refresh_from_db()
    live.refresh_from_db()
    assert (expired.state, live.state) == ("canceled", "waiting")


def test_a_claim_tells_that_its_job_has_expired() -> None:
    queue.place(Order("analysis", "expired", expires_in_seconds=-1))

    claim = take("one", 1)

    assert claim
    assert claim.expired


# --- Progress ------------------------------------------------------------------------------


@pytest.fixture
def running_here():
    JobFactory()
    claim = take("one", 1)
    assert claim
    steps.starts(claim)
    yield claim
    steps.ends()


def test_progress_is_seen_while_the_job_runs(running_here: Claim) -> None:
    queue.progress(1, 3, "reading")

    job = Job.objects.get()
    assert (job.progress_done, job.progress_total, job.progress_step) == (1, 3, "reading")


def test_progress_is_told_once_a_second(running_here: Claim, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        for done in range(50):
            queue.progress(done, 100, "reading")


def test_a_job_that_was_taken_away_is_interrupted_at_its_next_progress(
    running_here: Claim,
) -> None:
    outcomes.release(running_here)

    with pytest.raises(Interrupted):
        queue.progress(1, 3)


def test_progress_outside_of_a_job_is_nothing() -> None:
    queue.progress(1, 3)


# --- Dead letters --------------------------------------------------------------------------


def test_a_dead_job_can_be_driven_again() -> None:
    dead = JobFactory(dead=True, error_code="error", error_message="…")

    assert queue.redrive(Job.objects.filter(pk=dead.pk)) == 1

    dead.refresh_from_db()
    assert (dead.state, dead.attempts, dead.failure) == ("waiting", 0, None)
    assert take("one", 1)


def test_a_dead_job_whose_work_is_under_way_anew_stays_dead() -> None:
    JobFactory(key="same", dead=True)
    JobFactory(key="same")

    assert queue.redrive(Job.objects.all()) == 0


def test_only_dead_jobs_are_driven_again_or_discarded() -> None:
    JobFactory(done=True)
    JobFactory(running=True)
    JobFactory(dead=True)

    assert queue.discard(Job.objects.all()) == 1
    assert queue.redrive(Job.objects.all()) == 0
    assert set(Job.objects.values_list("state", flat=True)) == {"done", "running", "canceled"}


# --- Retention -----------------------------------------------------------------------------


def test_old_ended_jobs_are_forgotten_and_the_dead_later() -> None:
    JobFactory(key="done long ago", done=True, finished_at=ago(days=2))
    JobFactory(key="done today", done=True, finished_at=ago(hours=2))
    JobFactory(key="dead lately", dead=True, finished_at=ago(days=2))
    forgotten = JobFactory(key="dead long ago", dead=True, finished_at=ago(days=31))
    Attempt.objects.create(job=forgotten, number=1, code="error", ended_at=ago(days=31))
    JobFactory(key="waits for ever", created_at=ago(days=100))

    retention.prune()

    left = set(Job.objects.values_list("key", flat=True))
    assert left == {"done today", "dead lately", "waits for ever"}
    assert not Attempt.objects.exists()


def test_hosts_unheard_of_for_an_hour_are_forgotten() -> None:
    for name, beat_at in [("gone", ago(hours=2)), ("silent", ago(minutes=2))]:
        WorkerHost.objects.create(
            name=name, cluster_id=name, hostname=name, pid=1, started_at=beat_at, beat_at=beat_at
        )

    retention.prune()

    assert WorkerHost.objects.get().name == "silent"


# --- Schedules -----------------------------------------------------------------------------


@pytest.fixture
def hourly(settings) -> str:
    settings.OPS_SCHEDULES = {
        "hourly": Schedule("tests.ops.queue.jobs.note", timedelta(hours=1), is_job=True)
    }
    return "hourly"


def test_a_schedule_starts_its_job_when_it_is_due(hourly: str) -> None:
    assert [job.kind for job in schedules.start_due_jobs()] == [hourly]
    assert schedules.start_due_jobs() == []

    Job.objects.update(state="done")
    Tick.objects.update(next_at=ago(minutes=1))

    assert [job.kind for job in schedules.start_due_jobs()] == [hourly]


@pytest.mark.django_db(transaction=True)
def test_of_two_hosts_that_tick_at_once_one_starts_the_job(hourly: str) -> None:
    Tick.objects.create(name=hourly, next_at=ago(seconds=1))

    started = at_once(8, lambda _: len(schedules.start_due_jobs()))

    assert sum(started) == 1
    assert Job.objects.count() == 1


def test_a_schedule_that_was_removed_starts_nothing(settings) -> None:
    Tick.objects.create(name="removed", next_at=ago(seconds=1))

    settings.OPS_SCHEDULES = {}

    assert schedules.start_due_jobs() == []


@pytest.fixture
def noted(settings) -> list[object]:
    settings.OPS_SCHEDULES = {
        "broken": Schedule("there.is.no.such", timedelta(hours=1)),
        "note": Schedule("tests.ops.queue.jobs.note_at", timedelta(hours=1)),
    }
    jobs.NOTED.clear()
    return jobs.NOTED


def test_what_is_short_is_done_at_once_and_one_that_fails_stops_no_other(noted: list) -> None:
    schedules.run_due()
    schedules.run_due()

    assert len(noted) == 1
    assert not Job.objects.exists()
    assert not Tick.objects.filter(next_at__lte=Now()).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_that_look_at_once_one_does_it(noted: list) -> None:
    Tick.objects.create(name="note", next_at=ago(seconds=1))

    at_once(8, lambda _: schedules.run_due())

    assert len(noted) == 1
