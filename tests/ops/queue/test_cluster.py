"""What does a cluster do when it starts, stops, loses its parts, or has a neighbour?"""

from __future__ import annotations

import os
import signal

import psutil
import pytest

from ops.models import Attempt, Job, WorkerHost
from tests.ops.queue.clusters import (
    Cluster,
    Clusters,
    all_ended,
    eventually,
    note_many,
    runs,
    submit,
)

pytestmark = [pytest.mark.storage, pytest.mark.django_db(transaction=True)]


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


def test_workers_stand_back_for_what_answers_requests(clusters: Clusters) -> None:
    cluster = clusters.start_ready(command="worker", WORKER_NICE="7")

    steps = {psutil.Process(pid).nice() for pid in cluster.worker_pids}

    assert steps == {psutil.Process().nice() + 7}


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


def _renewed(cluster: Cluster, victim: int) -> list[int]:
    pids = cluster.worker_pids
    return pids if victim not in pids and len(pids) == 2 else []


def test_workers_behind_a_pooler_look_for_themselves(clusters: Clusters) -> None:
    clusters.start_ready(QUEUE_BELL="ops.queue.wake.poll.PollBell")

    names = note_many(10)

    eventually(all_ended)
    assert runs() == names
