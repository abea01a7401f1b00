"""What must a queue survive? Real clusters, real kills, a real database that goes away."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from ops import queue
from ops.models import Job, Priority, WorkerHost
from ops.queue import Order
from tests.ops.queue.clusters import (
    Cluster,
    Clusters,
    all_ended,
    cut_all_other_connections,
    eventually,
    moments,
    runs,
)
from tests.ops.queue.own_postgresql import own_postgresql

pytestmark = [pytest.mark.storage, pytest.mark.django_db(transaction=True)]


def submit_many(number: int, seconds: float) -> list[str]:
    names = [f"job-{index:03d}" for index in range(number)]
    for name in names:
        queue.enqueue(
            "note_slowly",
            key=name,
            payload={"name": name, "seconds": seconds},
            priority=Priority.FREE,
        )
    return names


def assert_all_done(names: list[str]) -> None:
    """A killed attempt may have done its work before it died; its outcome counts once."""
    states = dict(Job.objects.values_list("key", "state"))
    assert states == dict.fromkeys(names, "done")
    assert set(runs()) == set(names)


def test_a_worker_killed_every_second_costs_no_job(clusters: Clusters) -> None:
    worker = clusters.start_ready(command="worker", WORKERS="3")
    names = submit_many(300, seconds=0.05)
    kills = 0
    calm = threading.Event()

    while not all_ended() and kills < 60:
        calm.wait(1)
        kills += _kill_one_worker(worker)

    eventually(all_ended)
    assert kills >= 5
    assert_all_done(names)
    assert len(runs()) <= len(names) + kills


def _kill_one_worker(worker: Cluster) -> int:
    pids = worker.worker_pids
    try:
        os.kill(random.choice(pids), signal.SIGKILL)
    except (ProcessLookupError, IndexError):
        return 0
    return 1


def test_one_of_two_hosts_dies_and_the_other_does_it_all(clusters: Clusters) -> None:
    dying = clusters.start_ready("dying", "worker")
    clusters.start_ready("living", "worker")
    names = submit_many(60, seconds=0.1)
    eventually(lambda: Job.objects.running().filter(host__startswith="dying").count() == 2)
    host = dying.host

    os.killpg(host.pid, signal.SIGKILL)
    dying.kill()

    eventually(all_ended)
    assert_all_done(names)
    assert Job.objects.filter(attempts=2).count() <= 2


def test_a_database_that_went_away_is_waited_for(clusters: Clusters) -> None:
    if connection.vendor != "postgresql":
        return  # SQLite is a file: it does not go away.
    clusters.start_ready(command="worker")
    names = submit_many(200, seconds=0.02)
    eventually(lambda: Job.objects.filter(state="done").count() > 20)

    for _ in range(3):
        cut_all_other_connections()

    eventually(all_ended)
    assert_all_done(names)


def test_redis_is_not_needed(clusters: Clusters) -> None:
    clusters.start_ready(command="worker", REDIS_URL="redis://127.0.0.1:1/0")
    names = submit_many(10, seconds=0.01)

    eventually(all_ended)
    assert_all_done(names)


def test_hosts_whose_clocks_are_an_hour_off_steal_nothing(clusters: Clusters) -> None:
    for hostname, ahead in (("early", 3600), ("late", -3600)):
        clusters.start_ready(
            hostname,
            PYTHONPATH=str(Path(__file__).with_name("wrong_clock")),
            CLOCK_IS_AHEAD_SECONDS=str(ahead),
            LEASE_SECONDS="2",
        )
    names = submit_many(4, seconds=3)
    later = queue.place(Order("note", "later", {"name": "later"}, delay_seconds=60))

    eventually(lambda: Job.objects.filter(state="done").count() == 4)

    assert runs() == names
    assert set(Job.objects.filter(key__in=names).values_list("attempts", "token")) == {(1, 1)}
    assert hosts_hours_ahead() == {"early": 1, "late": -1}
    assert Job.objects.get(pk=later.pk).state == "waiting"
    assert WorkerHost.objects.alive().count() == 2


def hosts_hours_ahead() -> dict[str, int]:
    """By the notes of the jobs that ran there: their clocks were wrong indeed."""
    pids = {
        pid: host.split(":")[0]
        for pid, host in Job.objects.filter(state="done").values_list("pid", "host")
    }
    return {pids[pid]: round((at - time.time()) / 3600) for at, pid in moments()}


def test_postgresql_may_be_restarted_and_redis_killed(clusters: Clusters, tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        return  # SQLite is a file: it does not go away.
    from tests.ops.limits.own_redis import OwnRedis

    redis = OwnRedis(tmp_path)
    with own_postgresql() as (server, programs):
        here = f"{settings.DATABASE_URL.rsplit('/', 1)[0]}/{connection.settings_dict['NAME']}"
        server.copy_tables(programs, here)
        worker = clusters.start(
            command="worker",
            DATABASE_URL=server.url,
            QUEUE_TESTS_DATABASE="postgres",
            REDIS_URL=redis.url,
        )
        server.ask(TWO_HUNDRED_JOBS)
        eventually(lambda: server.ask(HOW_MANY.format(state="done")) > 20)
        eventually(lambda: server.ask(HOW_MANY.format(state="running")) == 2)

        redis.stop()
        server.stop()
        # So long that the cluster gives up, and its supervisor starts another one.
        eventually(lambda: "cluster gives up" in worker.output())
        server.start()

        eventually(lambda: server.ask(HOW_MANY.format(state="done")) == 200)
        assert server.ask("SELECT COUNT(DISTINCT split_part(name, ' ', 2)) FROM auth_group") == 200
        worker.kill()


HOW_MANY = "SELECT COUNT(*) FROM ops_job WHERE state = '{state}'"
TWO_HUNDRED_JOBS = """
INSERT INTO ops_job (kind, key, payload, client_key, priority, region, pinned, fair_tag, state,
    ready, available_at, attempts, token, host, progress_done, progress_total, progress_step,
    error_code, error_message, created_at)
SELECT 'note_slowly', 'job-' || n, json_build_object('name', 'job-' || n, 'seconds', 0.03), '', 20,
    '', false, n, 'waiting', true, now(), 0, 0, '', 0, 0, '', '', '', now()
FROM generate_series(1, 200) n
"""
