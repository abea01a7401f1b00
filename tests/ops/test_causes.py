from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ops.alerts import signals
from ops.console import causes, troubles
from ops.console.verdict import verdict
from ops.health.readiness import Level, Readiness
from ops.metrics import windows
from ops.models import (
    Alert,
    AlertRule,
    Event,
    LevelOverride,
    Tick,
    WebhookEndpoint,
    WorkerHost,
)
from ops.overload import ladder as loads
from ops.overload.standing import situation
from tests.factories import ClientFactory, JobFactory, WorkerHostFactory
from tests.ops.metrics.conftest import counted, now

__all__ = ["counted", "now"]
pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def said(at):
    return [cause.text for cause in causes.standing(at)]


@pytest.fixture
def usual_hour(counted):
    for minutes_ago in range(3, 60):
        counted("http_requests", 180, status="200", minutes_ago=minutes_ago)


@pytest.mark.parametrize(
    ("served", "shed", "named"),
    [(90, 0, False), (250, 0, False), (2000, 0, True), (90, 1800, True)],
)
def test_a_rush_is_named_within_a_minute_also_when_it_is_turned_away(
    counted, now, usual_hour, served, shed, named
):
    counted("http_requests", served, status="200")
    counted("gate_decisions", shed, outcome="shed")

    found = causes.standing(now)
    assert [trouble.text.startswith("Requests come ") for trouble in found] == [True] * named
    everything_answers = Readiness(Level.OK, (), now)
    assert verdict(everything_answers, None, (), found).level is Level.OK
    assert (signals.read("traffic_surge", now) > 5) is named


def test_a_rush_is_named_soon_and_not_lost_when_a_minute_ends(counted, now, usual_hour):
    """It comes six times as often as usual, from the middle of a minute on."""
    began = now - timedelta(minutes=1)
    counted("http_requests", 180, status="200", minutes_ago=2)
    counted("http_requests", 90, status="200", minutes_ago=1)

    named = {}
    for seconds in range(1, 121):
        at = began + timedelta(seconds=seconds)
        minutes_ago = (now.replace(second=0) - at.replace(second=0)) // timedelta(minutes=1)
        counted("http_requests", 18, status="200", minutes_ago=minutes_ago)
        if seconds % 5 == 1:
            named[seconds] = bool(said(at))

    first = min(seconds for seconds, is_named in named.items() if is_named)
    assert first <= 30
    assert all(is_named for seconds, is_named in named.items() if seconds >= first)


def test_what_is_usual_is_known_after_a_while_only(counted, now):
    counted("http_requests", 180, status="200", minutes_ago=4)
    counted("http_requests", 2000, status="200")

    assert said(now) == []


def test_a_host_that_fell_silent_is_named_until_another_stands_in_its_place():
    host = WorkerHostFactory(hostname="anvil", silent=True)
    JobFactory(running=True, host=host.name)
    (text,) = said(timezone.now())

    WorkerHostFactory(hostname="anvil")

    assert text.startswith("Worker host anvil fell silent 1 h ago with 1 job,")
    assert said(timezone.now()) == []


def test_a_machine_with_several_crews_is_named_once_with_the_jobs_of_all():
    for name in ("anvil:1", "anvil:2"):
        WorkerHostFactory(name=name, hostname="anvil", silent=True)
        JobFactory(running=True, host=name)

    (text,) = said(timezone.now())

    assert text.startswith("Worker host anvil fell silent 1 h ago with 2 jobs,")


def test_a_silent_host_is_forgotten_and_a_living_one_is_not(admin_client):
    gone, alive = WorkerHostFactory(silent=True), WorkerHostFactory()

    for host in (gone, alive):
        admin_client.post(reverse("console-steer", args=[host.pk, "forget"]))

    assert list(WorkerHost.objects.all()) == [alive]
    assert Event.objects.get().name == "workers.forget"


def test_an_endpoint_that_fails_is_named_with_its_host_until_it_is_disabled():
    now = timezone.now()
    endpoint = WebhookEndpoint.objects.create(
        client=ClientFactory(name="Newsroom"),
        url="https://hooks.example.com/secret?token=1",
        failing_since=now - timedelta(minutes=3),
    )
    texts, failing = said(now), signals.read("webhook_endpoints_failing", now)

    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(enabled=False)

    assert texts == ["The webhook endpoint hooks.example.com of Newsroom has failed for 3 min."]
    assert failing == 1
    assert said(now) == []


@pytest.mark.parametrize(("level", "gravity"), [("busy", Level.OK), ("saving", Level.DEGRADED)])
def test_a_service_that_is_only_busy_is_well(level, gravity):
    now, held = timezone.now(), loads.Level[level.upper()]
    LevelOverride.objects.create(level=held, ends_at=now + timedelta(hours=1))

    (found,) = troubles.standing(windows.last(timedelta(minutes=5), now), situation(now), [], now)

    assert found.text.startswith(f"Level {level}: ")
    assert found.level is gravity


def test_alerts_about_a_rush_that_is_named_are_not_named_again(counted, now, usual_hour):
    rule = AlertRule.objects.get(name="TrafficAbnormal")
    alert = Alert.objects.create(rule=rule, state=Alert.State.FIRING)
    window = windows.last(timedelta(minutes=5), now)

    calm = troubles.standing(window, situation(now), [alert], now)
    counted("http_requests", 2000, status="200")
    in_a_rush = troubles.standing(window, situation(now), [alert], now)

    assert [one.text.split(" ")[0] for one in (*calm, *in_a_rush)] == [
        "TrafficAbnormal:", "Requests",
    ]  # fmt: skip


# --- Signals -------------------------------------------------------------------------------


def test_a_pool_that_grew_a_moment_ago_is_not_waited_for(counted, now):
    counted("pool_requests_waiting", 3, minutes_ago=1)
    assert signals.read("pool_waiting", now) == 3

    counted("pool_requests_waiting", 0)
    assert signals.read("pool_waiting", now) == 0


@pytest.mark.parametrize(("late", "overdue"), [(60, 0), (301, 1)])
def test_a_schedule_that_nobody_started_is_overdue(late, overdue):
    now = timezone.now()
    Tick.objects.create(name="sample", next_at=now - timedelta(seconds=late))
    Tick.objects.create(name="prune metrics", next_at=now - timedelta(minutes=90))
    Tick.objects.create(name="no longer on the list", next_at=now - timedelta(days=9))

    assert signals.read("schedules_overdue", now) == overdue


@pytest.mark.parametrize(
    ("jobs", "percent"), [((90, 5, 5), 90.0), ((95, 5), 0.0), ((9, 1, 1), 0.0)]
)
def test_one_client_asks_most_only_where_several_ask_a_lot(jobs, percent):
    for number, count in enumerate(jobs):
        JobFactory.create_batch(count, client_key=f"client:{number}")

    assert signals.read("greatest_client_percent", timezone.now()) == percent
