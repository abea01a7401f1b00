from __future__ import annotations

import os
import signal
from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import Failure, Schedule, Success
from django_q.scheduler import scheduler
from django_q.status import Stat
from django_q.tasks import async_task

from ops import queue
from ops.models import Attempt, Job, Priority, WorkerHost
from ops.queue.broker import ShiftBroker
from tests.ops.queue.clusters import Cluster, Clusters, eventually, runs

pytestmark = [pytest.mark.storage, pytest.mark.django_db(transaction=True)]


def submit(kind: str, key: str = "job", **payload: object) -> Job:
    return queue.enqueue(kind, key=key, payload=payload, priority=Priority.FREE)


def note_many(number: int) -> list[str]:
    names = [f"job-{index:03d}" for index in range(number)]
    for name in names:
        submit("note", name, name=name)
    return names


def all_ended() -> bool:
    return not Job.objects.unfinished().exists()


def ended(job: Job) -> Job:
    eventually(lambda: not Job.objects.unfinished().filter(pk=job.pk).exists())
    return Job.objects.get(pk=job.pk)


def test_a_job_is_done_and_its_host_is_seen(clusters: Clusters) -> None:
    cluster = clusters.start_ready()

    done = ended(submit("note", name="hello"))

    assert (done.state, done.attempts, runs()) == ("done", 1, ["hello"])
    host = WorkerHost.objects.get()
    assert host.pid == cluster.popen.pid
    assert len(host.worker_pids) == 2
    assert queue.snapshot().workers_alive == 2
    assert [stat.workers for stat in Stat.get_all()] == [host.worker_pids]


def test_jobs_submitted_before_a_cluster_starts_are_done(clusters: Clusters) -> None:
    names = note_many(20)

    clusters.start()

    eventually(all_ended)
    assert runs() == names


def test_two_clusters_never_do_a_job_twice(clusters: Clusters) -> None:
    for hostname in ("one", "two"):
        clusters.start_ready(hostname)

    names = note_many(300)

    eventually(all_ended)
    assert runs() == names
    assert set(Job.objects.values_list("attempts", "token")) == {(1, 1)}
    assert len(set(Job.objects.values_list("host"))) == 2


def test_a_failing_job_is_tried_again_and_then_dead(clusters: Clusters) -> None:
    clusters.start_ready()

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
def test_what_cannot_succeed_is_not_tried_again(
    clusters: Clusters, kind: str, message: str
) -> None:
    clusters.start_ready()

    job = ended(submit(kind))

    assert (job.state, job.attempts) == ("dead", 1)
    assert job.failure == queue.Failure("permanent", message)


def test_a_job_that_kills_its_worker_is_dead_after_its_attempts(clusters: Clusters) -> None:
    clusters.start_ready()
    poison = submit("kill_the_worker")
    names = note_many(20)

    assert ended(poison).failure == queue.Failure("worker_lost", "Its worker stopped working.")
    eventually(all_ended)
    assert runs() == names


def test_a_job_that_ignores_its_timeout_is_cut_off_from_outside(clusters: Clusters) -> None:
    clusters.start_ready()
    stuck = submit("sleep_through_everything", seconds=600)
    names = note_many(20)

    assert ended(stuck).failure == queue.Failure("timeout", "It took longer than 1.5 seconds.")
    eventually(all_ended)
    assert runs() == names


def test_a_killed_busy_worker_loses_nothing(clusters: Clusters) -> None:
    cluster = clusters.start_ready()
    submit("note_slowly", "slow", name="slow", seconds=1.5)
    victim = eventually(lambda: Job.objects.running().values_list("pid", flat=True).first())

    os.kill(victim, signal.SIGKILL)

    eventually(all_ended)
    job = Job.objects.get()
    assert (job.state, job.attempts, runs()) == ("done", 2, ["slow"])
    assert Attempt.objects.get().code == "worker_lost"
    assert len(eventually(lambda: _renewed(cluster, victim))) == 2


@pytest.mark.parametrize("which", [0, 1])
def test_a_killed_idle_worker_wedges_nothing(clusters: Clusters, which: int) -> None:
    cluster = clusters.start_ready()
    victim = cluster.worker_pids[which]

    os.kill(victim, signal.SIGKILL)
    names = note_many(10)

    eventually(all_ended)
    assert runs() == names
    assert len(eventually(lambda: _renewed(cluster, victim))) == 2


def test_a_killed_host_loses_nothing(clusters: Clusters) -> None:
    dying = clusters.start_ready("dying")
    for index in range(6):
        submit("note_slowly", f"job-{index}", name=f"job-{index}", seconds=0.7)
    eventually(lambda: Job.objects.running().count() == 2)

    dying.kill()
    clusters.start("heir")

    eventually(all_ended)
    assert set(runs()) == {f"job-{index}" for index in range(6)}
    assert Job.objects.filter(state="done").count() == 6


def test_workers_die_with_their_sentinel(clusters: Clusters) -> None:
    cluster = clusters.start_ready()

    os.kill(cluster.sentinel_pid, signal.SIGKILL)

    eventually(lambda: not cluster.processes(), what="nobody is left")


def test_a_terminated_cluster_finishes_what_runs_and_claims_nothing(clusters: Clusters) -> None:
    cluster = clusters.start_ready()
    for index in range(30):
        submit("note_slowly", f"job-{index}", name=f"job-{index}", seconds=0.3)
    eventually(lambda: Job.objects.running().count() == 2)

    seconds = cluster.stop()

    assert seconds < 10
    assert not Job.objects.running().exists()
    assert Job.objects.waiting().count() >= 25
    assert Job.objects.filter(state="done").count() == len(runs())
    assert not cluster.processes()
    assert not WorkerHost.objects.exists()


def test_an_ordinary_task_runs_and_its_result_is_kept(clusters: Clusters) -> None:
    clusters.start_ready()

    name = async_task("math.hypot", 3, 4)

    success = eventually(lambda: Success.objects.filter(id=name).first())
    assert success.result == 5.0


def test_an_ordinary_task_that_fails_is_kept_as_a_failure(clusters: Clusters) -> None:
    clusters.start_ready()

    name = async_task("tests.ops.queue.jobs.raise_error", "boom")

    assert "boom" in eventually(lambda: Failure.objects.filter(id=name).first()).result
    eventually(all_ended)
    assert Job.objects.get().failure == queue.Failure(
        "permanent", Failure.objects.get().result.splitlines()[0]
    )


def test_a_result_that_cannot_be_saved_is_a_dead_job(clusters: Clusters) -> None:
    clusters.start_ready()

    async_task("tests.ops.queue.jobs.return_what_cannot_be_saved")

    eventually(all_ended)
    job = Job.objects.get()
    assert job.failure == queue.Failure("permanent", "The task's result cannot be saved.")


def test_a_schedule_of_django_q2_runs(clusters: Clusters) -> None:
    clusters.start_ready()
    Schedule.objects.create(
        func="tests.ops.queue.jobs.note",
        args="'scheduled'",
        schedule_type=Schedule.ONCE,
        next_run=timezone.now() - timedelta(seconds=1),
    )

    scheduler(broker=ShiftBroker())  # what the sentinel calls every half minute

    eventually(lambda: runs() == ["scheduled"])


def _renewed(cluster: Cluster, victim: int) -> list[int]:
    pids = cluster.worker_pids
    return pids if victim not in pids and len(pids) == 2 else []
