from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from ops.models import Job, Pause, WorkerHost
from tests.factories import JobFactory

pytestmark = pytest.mark.django_db


def say(*words: str) -> tuple[int, object]:
    """The exit code and the JSON of a command."""
    out = StringIO()
    try:
        call_command(*words, "--json", stdout=out, stderr=StringIO())
    except CommandError as error:
        return error.returncode, None
    except SystemExit as end:
        return int(end.code or 0), json.loads(out.getvalue() or "null")
    return 0, json.loads(out.getvalue())


@pytest.fixture
def host() -> WorkerHost:
    now = timezone.now()
    return WorkerHost.objects.create(
        name="one:1", cluster_id="1", hostname="one", pid=1, worker_pids=[5, 6],
        started_at=now, beat_at=now,
    )  # fmt: skip


def test_the_status_is_fine_while_somebody_works(host: WorkerHost) -> None:
    JobFactory()

    code, told = say("queue", "status")

    assert (code, told["waiting"], told["workers_alive"], told["paused"]) == (0, 1, 2, [])


def test_the_status_is_down_while_nobody_works() -> None:
    assert say("queue", "status")[0] == 2


@pytest.mark.parametrize("trouble", [{"dead": True}, {"available_at": "long ago"}])
def test_the_status_is_degraded_by_dead_and_late_jobs(host: WorkerHost, trouble: dict) -> None:
    if "available_at" in trouble:
        trouble = {"available_at": timezone.now() - timedelta(minutes=5)}
    JobFactory(**trouble)

    assert say("queue", "status")[0] == 1


@pytest.mark.parametrize("kind", ["", "analysis"])
def test_pausing_and_resuming(host: WorkerHost, kind: str) -> None:
    words = ["--kind", kind] if kind else []

    assert say("queue", "pause", *words, "--reason", "moving house")[0] == 0
    assert Pause.objects.get().kind == kind
    assert say("queue", "status")[0] == 1

    say("queue", "resume", *words)

    assert not Pause.objects.exists()


def test_draining_an_idle_queue_pauses_it() -> None:
    assert say("queue", "drain") == (0, {"running": 0})
    assert Pause.objects.exists()


def test_draining_gives_up_after_its_timeout() -> None:
    JobFactory(running=True)

    assert say("queue", "drain", "--timeout", "0.1") == (1, {"running": 1})


@pytest.mark.parametrize("action", ["retry", "discard"])
def test_dead_jobs_are_left_alone_without_a_yes(action: str) -> None:
    JobFactory(dead=True)

    assert say("queue", action)[0] == 64
    assert Job.objects.dead().count() == 1


@pytest.mark.parametrize(("action", "state"), [("retry", "waiting"), ("discard", "canceled")])
@pytest.mark.parametrize(
    "words", [["--kind", "analysis"], ["--code", "timeout"], ["--client", "ann"]]
)
def test_dead_jobs_are_chosen_by_filters(action: str, state: str, words: list[str]) -> None:
    wanted = JobFactory(dead=True, error_code="timeout", client_key="ann")
    JobFactory(dead=True, kind="other", error_code="error", client_key="bob")

    assert say("queue", action, *words, "--yes") == (0, {"jobs": 1})

    assert Job.objects.get(state=state).pk == wanted.pk


@pytest.mark.parametrize(("action", "state"), [("retry", "waiting"), ("discard", "canceled")])
def test_without_filters_all_dead_jobs_are_meant_and_no_others(action: str, state: str) -> None:
    JobFactory.create_batch(3, dead=True)
    JobFactory(done=True)

    assert say("queue", action, "--yes") == (0, {"jobs": 3})

    assert Job.objects.filter(state=state).count() == 3


def test_one_dead_job_can_be_named() -> None:
    dead = JobFactory.create_batch(3, dead=True)

    assert say("queue", "retry", str(dead[1].pk), "--yes") == (0, {"jobs": 1})


def test_jobs_with_an_ended_lease_are_given_up() -> None:
    JobFactory(running=True, lease_until=timezone.now() - timedelta(seconds=5))
    JobFactory(running=True)

    assert say("queue", "requeue-stale") == (0, {"jobs": 1})


def test_hosts_are_listed_with_what_they_run(host: WorkerHost) -> None:
    running = JobFactory(running=True, host="one:1", pid=5)

    code, (told,) = say("workers", "list")

    assert (code, told["state"], told["workers"]) == (0, "working", 2)
    assert told["running"] == [{"id": running.pk, "kind": "analysis", "pid": 5}]


def test_a_silent_host_is_no_worker(host: WorkerHost) -> None:
    WorkerHost.objects.update(beat_at=timezone.now() - timedelta(minutes=1))

    code, (told,) = say("workers", "list")

    assert (code, told["state"]) == (2, "silent")


def test_a_host_is_quieted_and_woken_by_either_name(host: WorkerHost) -> None:
    assert say("workers", "quiet", "one") == (0, {"hosts": 1})
    assert WorkerHost.objects.get().quiet

    assert say("workers", "wake", "one:1") == (0, {"hosts": 1})
    assert not WorkerHost.objects.get().quiet


def test_stopping_a_host_asks_for_a_yes(host: WorkerHost) -> None:
    assert say("workers", "stop", "one")[0] == 64
    assert say("workers", "stop", "one", "--yes") == (0, {"hosts": 1})
    assert WorkerHost.objects.get().stopping


@pytest.mark.parametrize(
    "words", [["queue", "explode"], ["workers", "quiet", "nobody"], ["queue", "retry", "x"]]
)
def test_nonsense_is_a_usage_error(words: list[str]) -> None:
    assert say(*words)[0] == 64
