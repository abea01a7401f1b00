from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ops.models import Attempt, FailureCode, Job, Pause, Priority, WorkerHost
from ops.queue import guard, outcomes, session
from ops.queue.broker import ShiftBroker
from ops.queue.claims import Claim, claim_params, claim_statement, exchange, take
from ops.queue.crew import Crew
from ops.queue.line import make_ready
from ops.queue.outcomes import Mishap
from ops.queue.picks import picks
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


NAIVE = """
UPDATE ops_job SET state = 'running' WHERE id IN (
    SELECT id FROM ops_job WHERE state = 'waiting' AND ready AND region = ''
    ORDER BY priority, fair_tag, id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""
PLANNER = ["enable_hashjoin", "enable_mergejoin", "enable_nestloop", "enable_material"]


@pytest.fixture
def stale_statistics(transactional_db: None) -> Iterator[None]:
    """PostgreSQL was told of one job when there was one, and believes it while 21 wait."""
    if connection.vendor == "postgresql":
        tell("TRUNCATE ops_job CASCADE")  # what other tests rolled back still fills pages
        JobFactory()
        tell("ANALYZE ops_job")
    JobFactory.create_batch(20)
    yield
    if connection.vendor == "postgresql":
        tell("RESET ALL")


@pytest.fixture(params=["Django's connection", "a worker's own connection"])
def connected(request: pytest.FixtureRequest) -> Iterator[None]:
    if "own" in request.param:
        session.open_own()
    yield
    session.close_own()


def tell(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.django_db(transaction=True)
def test_one_claim_takes_one_job_where_a_plain_one_takes_more(
    stale_statistics: None, connected: None
) -> None:
    if connection.vendor == "postgresql":
        # SQLite has one plan for it: the subquery of an equality is run once.
        with transaction.atomic():
            assert len(tell(NAIVE)) > 1
            transaction.set_rollback(True)

    held = claim()
    assert Job.objects.running().count() == 1

    won, following = exchange(held)
    assert (won, following is not None) == (True, True)
    assert Job.objects.running().count() == 1
    assert Job.objects.filter(state="done").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("switched_off", [*([name] for name in PLANNER), PLANNER[:2]])
def test_no_other_plan_takes_more_than_one_job(
    stale_statistics: None, switched_off: list[str]
) -> None:
    if connection.vendor != "postgresql":
        return
    for name in switched_off:
        tell(f"SET {name} = off")

    won, following = exchange(claim())

    assert (won, following is not None) == (True, True)
    assert Job.objects.running().count() == 1


# --- The next one --------------------------------------------------------------------------


def test_a_job_is_handed_in_and_the_best_one_taken_in_one_breath(
    django_assert_num_queries,
) -> None:
    JobFactory.create_batch(2, payload={"n": 1})
    held = claim("one", 7)

    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 4):
        won, following = exchange(held)

    assert won
    assert following
    assert (following.host, following.pid, following.payload) == ("one", 7, {"n": 1})
    assert dict(Job.objects.values_list("pk", "state")) == {
        held.id: "done",
        following.id: "running",
    }


def test_who_hands_in_the_last_job_gets_none() -> None:
    JobFactory()

    assert exchange(claim()) == (True, None)
    assert Job.objects.get().state == "done"


def test_who_comes_late_with_a_result_still_gets_the_next_job() -> None:
    JobFactory(key="late")
    late = claim("one")
    outcomes.release(late)
    JobFactory(key="next")

    won, following = exchange(late)

    assert not won
    assert following
    assert dict(Job.objects.values_list("key", "state")) == {"late": "waiting", "next": "running"}


def test_the_next_one_is_found_wherever_the_first_look_found_none(settings) -> None:
    settings.OPS_REGION = "eu"
    JobFactory(region="eu")
    held = claim()
    JobFactory(region="us", available_at=timezone.now() - timedelta(hours=1))

    won, following = exchange(held, overdue_first=True)

    assert won
    assert following


def test_a_kind_that_is_paused_for_all_does_not_keep_a_region_from_its_work(settings) -> None:
    settings.OPS_REGION = "eu"
    JobFactory(kind="paused", priority=Priority.PREMIUM)
    JobFactory(key="eu", region="eu", priority=Priority.FREE)
    Pause.objects.create(kind="paused")

    assert taken_keys(1) == ["eu"]


def test_claims_that_a_worker_never_heard_of_are_given_back() -> None:
    crew = Crew.gathered()
    JobFactory(key="unheard", running=True, host=crew.name, pid=7, attempts=1)
    JobFactory(key="a colleague's", running=True, host=crew.name, pid=8, attempts=1)

    guard.give_back_unheard(crew, 7)

    found = dict(Job.objects.values_list("key", "state"))
    assert found == {"unheard": "waiting", "a colleague's": "running"}
    assert Job.objects.get(key="unheard").attempts == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_keeps_its_plan_along_the_index_when_the_line_was_short() -> None:
    if connection.vendor != "postgresql":
        return
    session.open_own()
    JobFactory()
    tell("VACUUM ANALYZE ops_job")
    for _ in range(6):
        take("one", 1)

    (plan,) = session.current().ask(
        "SELECT generic_plans > 0 AND custom_plans = 0 FROM pg_prepared_statements"
        " WHERE statement LIKE 'WITH best%%' LIMIT 1",
        [],
    )
    assert plan == (True,)
    pick = next(picks(overdue_first=False))
    sql = claim_statement(True, pick.where, pick.order)
    lines = session.current().ask(f"EXPLAIN {sql}", claim_params(pick, "one", 1))
    plan = "\n".join(str(line) for (line,) in lines)
    assert "Index Scan using job_claim_order" in plan
    assert "Sort" not in plan
    session.close_own()


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
    assert attempt.duration is not None  # SQLite counts milliseconds: none may have passed


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


def test_what_an_earlier_shift_left_running_runs_no_more() -> None:
    crew = Crew.gathered()
    JobFactory(running=True, host=crew.name, pid=7, attempts=1)

    guard.give_up_leftovers(crew, 7)

    assert Job.objects.get().state == "waiting"
    assert Attempt.objects.get().code == "worker_lost"


def test_two_boots_of_one_host_are_two_hosts() -> None:
    assert Crew("0123456789").name != Crew("9876543210").name


def test_postgresql_leaves_room_on_the_pages_of_the_job_table() -> None:
    if connection.vendor != "postgresql":
        return
    ((options,),) = tell("SELECT reloptions FROM pg_class WHERE relname = 'ops_job'")

    assert {"fillfactor=70", "autovacuum_vacuum_scale_factor=0.02"} <= set(options)


def test_a_ticket_for_a_shift_needs_no_database(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        tickets = ShiftBroker().dequeue()

    assert len(tickets) == 1
