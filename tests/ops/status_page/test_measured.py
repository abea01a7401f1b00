from datetime import timedelta

import pytest
from django.utils import timezone

from ops.metrics.rollup import roll_up
from ops.models import Incident, Maintenance, PartStatement
from ops.status_page import measured, snapshot, telling
from ops.status_page.parts import PARTS, Condition, Impact

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

API = {"route": "/api/v1/analyses"}
HALF_AN_HOUR = timedelta(minutes=30)


def conditions():
    return {part.key: part.condition.word for part in look().parts}


def look():
    return snapshot.look(timezone.now())


def test_all_is_well_when_nothing_is_wrong(counted):
    counted("http_requests", 100, status="200", **API)
    counted("workers_alive", 2)

    assert set(conditions()) == {part.key for part in PARTS}
    assert set(conditions().values()) == {"operational"}


@pytest.mark.parametrize(
    ("metric", "amount", "labels", "part", "word"),
    [
        ("http_requests", 5, {"status": "503", **API}, "api", "degraded_performance"),
        ("http_requests", 30, {"status": "500", **API}, "api", "partial_outage"),
        ("http_requests", 300, {"status": "500", **API}, "api", "major_outage"),
        ("http_request_duration_seconds", 4, API, "api", "degraded_performance"),
        ("http_requests", 50, {"status": "500", "route": "/docs"}, "site", "major_outage"),
        ("http_requests", 50, {"status": "500", "route": "/admin/"}, "console", "major_outage"),
        ("workers_alive", 0, {}, "analyses", "major_outage"),
        ("queue_oldest_wait_seconds", 90, {}, "analyses", "degraded_performance"),
        ("queue_oldest_wait_seconds", 900, {}, "analyses", "partial_outage"),
        ("webhook_deliveries", 9, {"outcome": "failed"}, "webhooks", "degraded_performance"),
    ],
)
def test_the_figures_show_what_is_wrong_and_where(counted, metric, amount, labels, part, word):
    counted("http_requests", 100, status="200", **API)
    counted(metric, amount, **labels)

    found = conditions()

    assert found.pop(part) == word
    assert set(found.values()) == {"operational"}


def test_each_of_the_last_ninety_days_has_a_bar(counted):
    three_days = 3 * 24 * 60
    counted("http_requests", 90, status="200", minutes_ago=three_days, **API)
    counted("http_requests", 10, status="500", minutes_ago=three_days, **API)
    counted("http_requests", 50, status="200", **API)
    roll_up(timezone.now(), since=timezone.now() - timedelta(days=4))

    bars = measured.days_of(timezone.now())["api"]

    assert len(bars) == 90
    assert (bars[-1].date, bars[-1].good_share) == (timezone.now().date(), 1.0)
    assert bars[-4].good_share == pytest.approx(0.9)
    assert bars[-4].condition is Condition.DEGRADED_PERFORMANCE
    assert bars[-2].good_share is None


def test_what_staff_say_of_a_part_stands_above_the_figures(counted):
    counted("http_requests", 100, status="500", **API)
    said = PartStatement.objects.create(
        part="api", condition=Condition.OPERATIONAL, ends_at=timezone.now() + HALF_AN_HOUR
    )
    overruled = conditions()["api"]

    telling.end_statements(PartStatement.objects.filter(pk=said.pk), actor="x")

    assert overruled == "operational"
    assert conditions()["api"] == "major_outage"


def test_what_staff_said_ends_by_itself():
    PartStatement.objects.create(
        part="api", condition=Condition.MAJOR_OUTAGE, ends_at=timezone.now() - HALF_AN_HOUR
    )

    assert conditions()["api"] == "operational"


def test_an_incident_impairs_the_parts_it_names_until_it_is_resolved():
    incident = telling.open_incident(
        "Slow disks", "We look.", impact=Impact.MAJOR, parts=["analyses"], actor="x"
    )
    meanwhile = conditions()

    telling.update(incident, Incident.State.RESOLVED, "New disks.", actor="x")

    assert meanwhile["analyses"] == "partial_outage"
    assert meanwhile["api"] == "operational"
    assert conditions()["analyses"] == "operational"
    today = {part.key: part.days[-1].condition for part in look().parts}
    assert today["analyses"] is Condition.PARTIAL_OUTAGE
    assert today["api"] is None


@pytest.mark.parametrize(
    ("scope", "closed"),
    [
        ("service", {"api", "analyses", "webhooks", "site"}),
        ("submit", {"analyses"}),
        ("webhooks", {"webhooks"}),
    ],
)
def test_maintenance_is_no_outage(scope, closed):
    from ops import config

    Maintenance.objects.create(scope=scope, message="New disks.")
    config._keeper.catch_up()

    found = conditions()

    assert {key for key, word in found.items() if word == "under_maintenance"} == closed
