from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from io import StringIO

import psutil
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from ops import queue
from ops.models import Emergency, Job, WorkerHost
from tests.ops.queue.clusters import Cluster, Clusters, all_ended, eventually, runs, submit

pytestmark = [pytest.mark.storage, pytest.mark.django_db(transaction=True)]


def submit_slow(number: int, seconds: float) -> list[str]:
    names = [f"slow-{index:02d}" for index in range(number)]
    for name in names:
        submit("note_slowly", name, name=name, seconds=seconds)
    return names


def running(number: int) -> bool:
    return Job.objects.running().count() == number


def main_pid(cluster: Cluster) -> int:
    return eventually(lambda: cluster.host).pid


def family(cluster: Cluster) -> list[psutil.Process]:
    supervisor = psutil.Process(cluster.popen.pid)
    return [supervisor, *supervisor.children(recursive=True)]


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [
        process
        for process in processes
        if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    ]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_the_whole_group_drains_the_worker(
    clusters: Clusters, number: signal.Signals
) -> None:
    worker = clusters.start_ready(command="worker")
    submit_slow(10, seconds=0.5)
    eventually(lambda: running(2))
    processes = family(worker)

    os.killpg(worker.popen.pid, number)

    assert worker.popen.wait(10) == 0
    assert alive(processes) == []
    assert Job.objects.running().count() == 0
    assert Job.objects.filter(state="done").count() == len(runs()) >= 2
    assert Job.objects.waiting().exists()


def test_what_is_not_finished_in_time_is_given_back(clusters: Clusters) -> None:
    worker = clusters.start_ready(command="worker", GRACE_SECONDS="3")
    names = submit_slow(2, seconds=20)
    eventually(lambda: running(2))
    processes = family(worker)

    assert worker.stop() < 12

    assert alive(processes) == []
    assert list(Job.objects.values_list("key", "state", "attempts").order_by("key")) == [
        (name, "waiting", 0) for name in names
    ]


def test_a_cluster_that_will_not_end_is_ended(clusters: Clusters) -> None:
    worker = clusters.start_ready(command="worker", GRACE_SECONDS="3")
    processes = family(worker)
    os.kill(worker.sentinel_pid, signal.SIGSTOP)

    assert worker.stop() < 12

    assert alive(processes) == []


@pytest.mark.parametrize("victim", ["main", "sentinel"])
def test_a_killed_cluster_is_started_again(clusters: Clusters, victim: str) -> None:
    worker = clusters.start_ready(command="worker")
    names = submit_slow(8, seconds=0.3)
    eventually(lambda: running(2))
    old = family(worker)[1:]

    os.kill(main_pid(worker) if victim == "main" else worker.sentinel_pid, signal.SIGKILL)

    eventually(all_ended)
    assert sorted(set(runs())) == names
    assert Job.objects.filter(state="done").count() == len(names)
    assert alive(old) == []


def test_an_operator_stops_a_host_from_afar(clusters: Clusters) -> None:
    worker = clusters.start_ready(command="worker")
    submit_slow(6, seconds=0.5)
    eventually(lambda: running(2))
    processes = family(worker)

    with pytest.raises(CommandError, match="say --yes"):
        call_command("workers", "stop", "one")
    call_command("workers", "stop", "one", "--yes", "--json", stdout=StringIO())

    assert worker.popen.wait(10) == 0
    assert alive(processes) == []
    assert not Job.objects.running().exists()
    assert Job.objects.filter(state="done").count() == len(runs()) >= 2
    assert not WorkerHost.objects.exists()


def test_a_cluster_drains_when_its_supervisor_is_killed(clusters: Clusters) -> None:
    worker = clusters.start_ready(command="worker")
    submit_slow(2, seconds=0.5)
    eventually(lambda: running(2))
    processes = family(worker)

    worker.popen.kill()

    eventually(lambda: alive(processes[1:]) == [])
    assert Job.objects.filter(state="done").count() == 2


def test_a_stuck_worker_is_replaced(clusters: Clusters) -> None:
    worker = clusters.start_ready(command="worker")
    stuck = worker.worker_pids[0]

    os.kill(stuck, signal.SIGSTOP)

    eventually(lambda: len(worker.worker_pids) == 2 and stuck not in worker.worker_pids)
    assert WorkerHost.objects.count() == 1


def test_a_wedged_cluster_is_started_again_within_half_a_minute(clusters: Clusters) -> None:
    worker = clusters.start_ready(command="worker")
    for pid in worker.worker_pids:
        os.kill(pid, signal.SIGSTOP)
    stopped = time.monotonic()

    submit("note", "after", name="after")

    eventually(all_ended)
    assert runs() == ["after"]
    assert time.monotonic() - stopped < 30


def test_a_waiting_job_is_canceled_at_once_and_an_ended_one_not_at_all() -> None:
    job = submit("note", "waits", name="waits")

    assert queue.cancel(job)
    assert Job.objects.get().state == "canceled"
    assert not queue.cancel(job)


def test_an_emergency_calls_the_reserve_and_its_end_sends_it_home(clusters: Clusters) -> None:
    worker = clusters.start_ready(command="worker", WORKERS="1", WORKERS_AT_MOST="3")
    ends_at = timezone.now() + timedelta(hours=1)
    row = Emergency.objects.create(profile="spike", all_workers=True, reason="TV", ends_at=ends_at)
    eventually(lambda: WorkerHost.objects.workers_alive() == 3, what="three workers")
    everybody = family(worker)

    Emergency.objects.filter(pk=row.pk).update(ended_at=timezone.now())

    eventually(lambda: WorkerHost.objects.workers_alive() == 1, what="one worker")
    worker.stop()
    assert not alive(everybody)
