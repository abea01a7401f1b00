from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from ops import queue
from ops.models import Job, Priority, WorkerHost
from ops.queue import Order
from tests.factories import JobFactory
from tests.ops.queue.crowd import at_once

pytestmark = [pytest.mark.storage, pytest.mark.django_db]


def submit(key: str = "text-1", priority: Priority = Priority.FREE, client: str = "ann") -> Job:
    return queue.enqueue(
        "analysis", key=key, payload={"n": 1}, priority=priority, client_key=client
    )


def test_a_submitted_job_waits_as_it_was_asked_for() -> None:
    job = submit()

    stored = Job.objects.get()
    assert stored.pk == job.pk
    assert (stored.kind, stored.key, stored.payload) == ("analysis", "text-1", {"n": 1})
    assert (stored.state, stored.ready, stored.priority) == ("waiting", True, Priority.FREE)
    assert abs((stored.created_at - job.created_at).total_seconds()) < 5


def test_submitting_takes_one_statement(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        submit()


def test_an_unfinished_job_of_the_same_key_is_joined() -> None:
    assert submit().pk == submit().pk
    assert Job.objects.count() == 1


def test_a_running_job_is_joined() -> None:
    running = JobFactory(key="text-1", running=True)

    assert submit().pk == running.pk


@pytest.mark.parametrize("ended", [{"done": True}, {"dead": True}])
def test_a_job_that_has_ended_is_not_joined(ended: dict) -> None:
    JobFactory(key="text-1", **ended)

    assert submit().state == Job.State.WAITING
    assert Job.objects.count() == 2


def test_a_premium_duplicate_raises_the_waiting_job() -> None:
    submit(priority=Priority.FREE)

    joined = submit(priority=Priority.PREMIUM)

    assert joined.priority == Priority.PREMIUM
    assert Job.objects.get().priority == Priority.PREMIUM


def test_a_lesser_duplicate_does_not_lower_it() -> None:
    submit(priority=Priority.PREMIUM)

    assert submit(priority=Priority.BATCH).priority == Priority.PREMIUM


def test_what_is_rolled_back_was_never_submitted() -> None:
    with transaction.atomic():
        submit()
        transaction.set_rollback(True)

    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_hundred_equal_submissions_at_once_make_one_job() -> None:
    rounds = [at_once(20, lambda _: submit("same").pk) for _ in range(5)]

    assert len({pk for pks in rounds for pk in pks}) == 1
    assert Job.objects.count() == 1


def test_a_delayed_job_waits_for_its_time() -> None:
    job = queue.place(Order("analysis", "later", delay_seconds=60))

    stored = Job.objects.get(pk=job.pk)
    assert not stored.ready
    assert 55 < (stored.available_at - stored.created_at).total_seconds() <= 60.1


def test_clients_take_turns_within_a_priority() -> None:
    for number in range(3):
        submit(f"whale-{number}", client="whale")
    submit("bob-0", client="bob")

    order = Job.objects.order_by("priority", "fair_tag", "id").values_list("key", flat=True)
    assert list(order) == ["whale-0", "bob-0", "whale-1", "whale-2"]


def test_a_newcomer_is_not_put_ahead_of_whose_turn_it_is() -> None:
    JobFactory(client_key="whale", fair_tag=100)

    assert submit(client="bob").fair_tag == 100


def test_withdrawing_a_waiting_job_cancels_it_at_once() -> None:
    job = submit()

    assert queue.withdraw(job)
    assert Job.objects.get().state == Job.State.CANCELED


@pytest.mark.parametrize("state", ["running", "done", "dead"])
def test_only_a_waiting_job_can_be_withdrawn(state: str) -> None:
    job = JobFactory(**{state: True})

    assert not queue.withdraw(job)
    assert Job.objects.get().state == state


def test_the_position_counts_who_goes_first() -> None:
    slow = submit("slow", Priority.BATCH)
    free = submit("free")
    submit("premium", Priority.PREMIUM)

    assert [queue.position(job) for job in (free, slow)] == [2, 3]
    assert queue.position(JobFactory(running=True)) is None


def test_nobody_working_means_no_estimate() -> None:
    assert queue.eta_seconds(submit()) is None


def test_the_estimate_counts_workers_and_how_long_jobs_take() -> None:
    _host(pids=[1, 2])
    now = timezone.now()
    done = JobFactory(done=True, started_at=now - timedelta(seconds=10), finished_at=now)
    jobs = [submit(str(number)) for number in range(4)]

    assert queue.eta_seconds(done) is None
    assert [queue.eta_seconds(job) for job in jobs] == [10, 10, 20, 20]


def test_the_snapshot_counts_jobs_and_workers() -> None:
    _host(pids=[1, 2])
    submit()
    JobFactory(running=True)
    JobFactory(dead=True)

    seen = queue.snapshot()

    assert (seen.waiting, seen.running, seen.dead) == (1, 1, 1)
    assert (seen.hosts_alive, seen.workers_alive) == (1, 2)
    assert 0 <= seen.oldest_wait_seconds < 5


def test_an_empty_queue_has_a_snapshot() -> None:
    assert queue.snapshot() == queue.QueueSnapshot(0, 0, 0, 0.0, 0, 0)


def test_only_a_dead_job_has_a_failure() -> None:
    dead = JobFactory(dead=True, error_code="permanent", error_message="No words in it.")

    assert dead.failure == queue.Failure("permanent", "No words in it.")
    assert JobFactory(running=True).failure is None


def _host(pids: list[int]) -> WorkerHost:
    now = timezone.now()
    return WorkerHost.objects.create(
        name="host:1",
        cluster_id="1",
        hostname="host",
        pid=1,
        worker_pids=pids,
        started_at=now,
        beat_at=now,
    )
