"""What becomes of jobs of all kinds? In one real cluster for all tests of this file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_q.models import Failure, Schedule, Success
from django_q.scheduler import scheduler
from django_q.status import Stat
from django_q.tasks import async_task

from ops import queue
from ops.models import Attempt, Job, WorkerHost
from ops.queue.broker import ShiftBroker
from tests.factories import JobFactory
from tests.ops.queue.clusters import (
    Cluster,
    all_ended,
    cut_all_other_connections,
    ended,
    eventually,
    note_many,
    runs,
    submit,
)

pytestmark = pytest.mark.storage


def test_a_job_is_done_and_its_host_is_seen(cluster: Cluster) -> None:
    done = ended(submit("note", name="hello"))

    assert (done.state, done.attempts, runs()) == ("done", 1, ["hello"])
    host = eventually(WorkerHost.objects.first)
    assert host.pid == cluster.popen.pid
    assert len(host.worker_pids) == 2
    assert queue.snapshot().workers_alive == 2
    assert [stat.workers for stat in Stat.get_all()] == [host.worker_pids]


def test_a_failing_job_is_tried_again_and_then_dead(cluster: Cluster) -> None:
    job = ended(submit("raise_error", words="boom"))

    assert (job.state, job.attempts) == ("dead", 3)
    assert job.failure == queue.Failure("error", "Something went wrong on our side.")
    tries = list(Attempt.objects.filter(job=job))
    assert [attempt.number for attempt in tries] == [1, 2, 3]
    assert {attempt.error for attempt in tries} == {"ValueError: boom"}
    assert all("raise_error" in attempt.traceback and attempt.duration for attempt in tries)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("raise_permanent", "There are no words in it."),
        ("gone", "Nothing here does jobs of the kind 'gone' any more."),
        ("never_known", "Nothing here does jobs of the kind 'never_known'."),
        ("note", "This job was made for another version of the service."),
    ],
)
def test_what_cannot_succeed_is_not_tried_again(cluster: Cluster, kind: str, message: str) -> None:
    job = ended(submit(kind))

    assert (job.state, job.attempts) == ("dead", 1)
    assert job.failure == queue.Failure("permanent", message)


def test_a_job_that_kills_its_worker_is_dead_after_its_attempts(cluster: Cluster) -> None:
    poison = submit("kill_the_worker")
    names = note_many(20)

    assert ended(poison).failure == queue.Failure("worker_lost", "Its worker stopped working.")
    eventually(all_ended)
    assert runs() == names


def test_a_job_that_ignores_its_timeout_is_cut_off_from_outside(cluster: Cluster) -> None:
    stuck = submit("sleep_through_everything", seconds=600)
    names = note_many(20)

    assert ended(stuck).failure == queue.Failure("timeout", "It took longer than 1.5 seconds.")
    eventually(all_ended)
    assert runs() == names


def test_an_ordinary_task_runs_and_its_result_is_kept(cluster: Cluster) -> None:
    name = async_task("math.hypot", 3, 4)

    success = eventually(lambda: Success.objects.filter(id=name).first())
    assert success.result == 5.0


def test_an_ordinary_task_that_fails_is_kept_as_a_failure(cluster: Cluster) -> None:
    name = async_task("tests.ops.queue.jobs.raise_error", "boom")

    assert "boom" in eventually(lambda: Failure.objects.filter(id=name).first()).result
    eventually(all_ended)
    assert Job.objects.get().failure == queue.Failure(
        "permanent", Failure.objects.get().result.splitlines()[0]
    )


def test_a_result_that_cannot_be_saved_is_a_dead_job(cluster: Cluster) -> None:
    async_task("tests.ops.queue.jobs.return_what_cannot_be_saved")

    eventually(all_ended)
    job = Job.objects.get()
    assert job.failure == queue.Failure("permanent", "The task's result cannot be saved.")


def test_a_schedule_of_django_q2_runs(cluster: Cluster) -> None:
    Schedule.objects.create(
        func="tests.ops.queue.jobs.note",
        args="'scheduled'",
        schedule_type=Schedule.ONCE,
        next_run=timezone.now() - timedelta(seconds=1),
    )

    scheduler(broker=ShiftBroker())  # what the sentinel calls every half minute

    eventually(lambda: runs() == ["scheduled"])


def test_a_running_job_can_be_canceled(cluster: Cluster) -> None:
    job = submit("note_slowly", "slow", name="slow", seconds=60)
    eventually(Job.objects.running().exists)

    assert queue.cancel(job)

    eventually(all_ended, within_seconds=3)
    assert (Job.objects.get().state, runs()) == ("canceled", [])


def test_a_running_job_that_does_not_listen_is_canceled_by_force(cluster: Cluster) -> None:
    job = submit("deaf", "deaf", seconds=60)
    pid = eventually(lambda: Job.objects.running().values_list("pid", flat=True).first())

    assert queue.cancel(job)

    eventually(all_ended)
    assert Job.objects.get().state == "canceled"
    eventually(lambda: len(cluster.worker_pids) == 2 and pid not in cluster.worker_pids)


def test_a_job_whose_bell_nobody_heard_is_found_all_the_same(cluster: Cluster) -> None:
    JobFactory(kind="note", payload={"name": "silent"})

    eventually(all_ended, within_seconds=5)
    assert runs() == ["silent"]


def test_a_claim_whose_answer_was_lost_is_given_back_at_once(cluster: Cluster) -> None:
    # Of a worker that has done something: one that begins takes what runs under its pid for the
    # leftover of another.
    first = ended(submit("note", "first", name="first"))
    lost = {"host": first.host, "pid": first.pid, "attempts": 1}
    JobFactory(kind="note", payload={"name": "lost"}, running=True, **lost)
    if connection.vendor != "postgresql":
        Job.objects.running().delete()
        return  # SQLite answers within the process.

    cut_all_other_connections()

    eventually(lambda: not Job.objects.running().exists(), within_seconds=20)
    eventually(all_ended)
    assert runs() == ["first", "lost"]
    assert set(Job.objects.values_list("state", "attempts")) == {("done", 1)}
