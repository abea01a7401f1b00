from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ops.models import Attempt, FailureCode, Job, Pause, Priority, WorkerHost
from ops.queue import outcomes
from ops.queue.claims import Claim, take
from ops.queue.line import make_ready
from ops.queue.outcomes import Mishap
from tests.factories import JobFactory
from tests.ops.queue.crowd import at_once

pytestmark = [pytest.mark.storage, pytest.mark.django_db]

MISHAP = Mishap(FailureCode.ERROR, "ValueError: boom", "Something went wrong on our side.", "…")


def claim(host: str = "one", pid: int = 1) -> Claim:
    taken = take(host, pid)
    assert taken
    return taken


def taken_keys(number: int) -> list[str]:
    return [Job.objects.get(pk=claim().id).key for _ in range(number)]


# --- What is claimed -----------------------------------------------------------------------


def test_a_claim_is_a_lease() -> None:
    JobFactory(payload={"name": "x"})

    held = claim("one", 7)

    job = Job.objects.get()
    assert (job.state, job.host, job.pid, job.attempts, job.token) == ("running", "one", 7, 1, 1)
    assert held.payload == {"name": "x"}
    assert held.started_at == job.started_at
    assert not held.expired
    live = Job.objects.filter(lease_until__gt=Now() + timedelta(seconds=14))
    assert live.filter(lease_until__lt=Now() + timedelta(seconds=16)).exists()


def test_an_empty_queue_gives_nothing() -> None:
    assert take("one", 1) is None


def test_priority_goes_before_turn_and_turn_before_age() -> None:
    for key, priority, tag in [
        ("batch", Priority.BATCH, 0),
        ("free late turn", Priority.FREE, 2),
        ("free old", Priority.FREE, 1),
        ("free new", Priority.FREE, 1),
        ("premium", Priority.PREMIUM, 9),
    ]:
        JobFactory(key=key, priority=priority, fair_tag=tag)

    assert taken_keys(5) == ["premium", "free old", "free new", "free late turn", "batch"]


@pytest.mark.parametrize(
    "closed", [{"ready": False}, {"running": True}, {"done": True}, {"region": "mars"}]
)
def test_only_what_is_ready_here_is_claimed(closed: dict) -> None:
    JobFactory(**closed)

    assert take("one", 1) is None


@pytest.mark.parametrize(("paused", "left"), [("analysis", "other"), ("other", "analysis")])
def test_a_paused_kind_is_not_claimed(paused: str, left: str) -> None:
    for kind in ("analysis", "other"):
        JobFactory(kind=kind)
    Pause.objects.create(kind=paused)

    assert claim().kind == left
    assert take("one", 1) is None


def test_a_paused_queue_gives_nothing_until_it_is_resumed() -> None:
    JobFactory()
    pause = Pause.objects.create(kind="")
    assert take("one", 1) is None

    pause.delete()

    assert claim()


def test_a_quiet_host_claims_nothing() -> None:
    JobFactory()
    now = timezone.now()
    WorkerHost.objects.create(
        name="one", cluster_id="1", hostname="one", pid=1, started_at=now, beat_at=now, quiet=True
    )

    assert take("one", 1) is None
    assert take("two", 1)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_workers_at_once_never_claim_a_job_twice() -> None:
    JobFactory.create_batch(60)

    claims = [held for _ in range(5) for held in at_once(20, lambda pid: take("one", pid)) if held]

    assert len(claims) == 60
    assert len({held.id for held in claims}) == 60
    assert {held.token for held in claims} == {1}


PLANNER = ["enable_hashjoin", "enable_mergejoin", "enable_nestloop", "enable_material"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("switched_off", [[], *([name] for name in PLANNER), PLANNER[:2]])
def test_a_plan_from_old_statistics_claims_one_job(switched_off: list[str]) -> None:
    if connection.vendor != "postgresql":
        # SQLite has one plan for it: the subquery of an equality is run once.
        return
    JobFactory()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ops_job")
        for name in switched_off:
            cursor.execute(f"SET {name} = off")
    JobFactory.create_batch(60)
    try:
        claim()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ALL")

    assert Job.objects.running().count() == 1


@pytest.mark.parametrize("overdue_first", [False, True])
def test_sqlite_finds_the_best_job_without_reading_the_others(overdue_first: bool) -> None:
    if connection.vendor != "sqlite":
        return
    JobFactory(ready=False, available_at=timezone.now() - timedelta(minutes=1))
    with CaptureQueriesContext(connection) as asked:
        make_ready()
        take("one", 1, overdue_first=overdue_first)
        take("one", 1, overdue_first=overdue_first)

    statements = [query["sql"] for query in asked if query["sql"].startswith(("UPD", "WITH"))]
    assert len(statements) >= 2
    for sql in statements:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"), [])
            plan = [str(row[3]) for row in cursor.fetchall()]
        assert not [step for step in plan if "SCAN ops_job" in step or "TEMP B-TREE" in step]


@pytest.mark.parametrize("overdue_first", [False, True])
def test_the_best_job_is_chosen_once_and_apart_from_being_claimed(overdue_first: bool) -> None:
    """Chosen in the claim's own WHERE, a bad plan would choose anew for every row it looks at."""
    if connection.vendor != "postgresql":
        return
    with CaptureQueriesContext(connection) as asked:
        take("one", 1, overdue_first=overdue_first)

    claims = [query["sql"] for query in asked if "UPDATE ops_job" in query["sql"]]
    assert claims
    for sql in claims:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {sql}")
            plan = [line for (line,) in cursor.fetchall()]
        assert "  CTE best" in plan
        assert not any("SubPlan" in line and "ops_job" in line for line in plan)


# --- How it ends ---------------------------------------------------------------------------


def test_a_finished_job_is_done() -> None:
    JobFactory()

    assert outcomes.finish(claim())

    job = Job.objects.get()
    assert (job.state, job.lease_until) == ("done", None)
    assert job.started_at <= job.finished_at


@pytest.mark.parametrize(
    "late",
    [
        outcomes.finish,
        outcomes.release,
        outcomes.cancel,
        lambda held: outcomes.fail(held, MISHAP),
    ],
)
def test_a_late_outcome_of_an_old_claim_is_dropped(late) -> None:
    JobFactory()
    old = claim("one")
    outcomes.release(old)
    make_ready()
    new = claim("two")

    assert not late(old)

    assert Job.objects.get().state == "running"
    assert Attempt.objects.count() == 0
    assert outcomes.finish(new)
    assert not late(old)
    assert Job.objects.get().state == "done"


def test_a_failed_job_waits_and_keeps_what_went_wrong() -> None:
    JobFactory()
    held = claim("one", 7)

    assert outcomes.fail(held, MISHAP)

    job = Job.objects.get()
    assert (job.state, job.ready, job.attempts) == ("waiting", False, 1)
    attempt = Attempt.objects.get(job=job)
    assert (attempt.number, attempt.code, attempt.error) == (1, "error", "ValueError: boom")
    assert (attempt.host, attempt.pid, attempt.traceback) == ("one", 7, "…")
    assert attempt.duration


def test_patience_asked_for_is_given() -> None:
    JobFactory()

    outcomes.fail(claim(), Mishap(FailureCode.ERROR, "429", "…", not_before_seconds=3600))

    assert Job.objects.filter(available_at__gt=Now() + timedelta(minutes=59)).exists()
    assert make_ready() == 0


def test_the_last_attempt_leaves_a_dead_job() -> None:
    JobFactory(attempts=4)

    outcomes.fail(claim(), MISHAP)

    job = Job.objects.get()
    assert (job.state, job.attempts) == ("dead", 5)
    assert job.failure
    assert job.failure.code == "error"


def test_a_permanent_failure_is_the_last_one() -> None:
    JobFactory()

    outcomes.fail(claim(), Mishap(FailureCode.PERMANENT, "no", "There is no text."))

    assert Job.objects.get().failure.message == "There is no text."


def test_a_released_job_has_lost_no_attempt() -> None:
    JobFactory()

    outcomes.release(claim())

    assert (make_ready(), claim().attempts) == (1, 1)


def test_a_job_that_comes_back_stands_where_the_line_is_now() -> None:
    JobFactory(key="back", ready=False, fair_tag=1)
    JobFactory(key="next", fair_tag=50)

    make_ready()

    assert Job.objects.get(key="back").fair_tag == 50


def test_a_host_whose_clock_is_an_hour_off_gives_the_usual_lease(monkeypatch) -> None:
    JobFactory.create_batch(2)
    if connection.vendor != "postgresql":
        # One machine, one clock: SQLite's is the host's own.
        return
    wrong = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: wrong)

    claim("wrong")

    lease = Job.objects.running().filter(lease_until__lt=Now() + timedelta(seconds=16))
    assert lease.exists()
    assert not Job.objects.running().filter(lease_until__lt=Now()).exists()
