"""The level of the whole service, as any process sees it, and what clients hear of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ops.models import Emergency, GateReport, LevelOverride
from ops.overload import standing
from ops.overload.ladder import LADDER, Level

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def report(process: str, level: Level, *, seconds_ago: float = 0) -> None:
    GateReport.objects.create(
        process=process,
        level=level,
        share_shed=0.5,
        limit=4,
        in_flight=3,
        demand=1.2,
        beat_at=timezone.now() - timedelta(seconds=seconds_ago),
    )
    standing.look()


@pytest.fixture(autouse=True)
def nobody_remembers(db):
    yield
    GateReport.objects.all().delete()
    standing.look()


def force(level: Level, *, minutes: float = 60) -> None:
    ends_at = timezone.now() + timedelta(minutes=minutes)
    LevelOverride.objects.create(level=level, ends_at=ends_at)


@pytest.mark.parametrize(
    ("level", "originality", "waits"),
    [
        (Level.NORMAL, True, True),
        (Level.BUSY, True, False),
        (Level.SAVING, False, False),
        (Level.LOCKDOWN, False, False),
    ],
)
def test_the_fullest_process_decides_what_is_left_out_everywhere(level, originality, waits):
    report("web:1", Level.NORMAL)
    report("web:2", level)

    assert standing.level() is level
    assert (standing.allows("originality"), standing.allows("waits")) == (originality, waits)


def test_a_process_that_is_gone_decides_nothing():
    report("web:1", Level.LOCKDOWN, seconds_ago=11)

    assert standing.level() is Level.NORMAL


def test_staff_decide_against_all_processes_until_their_time_is_over():
    report("web:1", Level.SHEDDING)
    force(Level.BUSY)
    assert standing.level() is Level.BUSY

    LevelOverride.objects.all().delete()
    force(Level.BUSY, minutes=-1)
    assert standing.level() is Level.SHEDDING


def test_asking_often_asks_the_database_once(django_assert_num_queries):
    standing.level()

    with django_assert_num_queries(0):
        assert {standing.level() for _ in range(100)} == {Level.NORMAL}


def test_the_situation_is_all_there_is_to_show():
    report("web:1", Level.BUSY)
    force(Level.SAVING)

    found = standing.situation()

    assert (found.level, found.automatic) == (Level.SAVING, Level.BUSY)
    assert found.forced is not None
    assert found.effects is LADDER[Level.SAVING]
    (process,) = found.processes
    assert (process.name, process.demand, process.slots) == ("web:1", 1.2, 4)


def test_clients_read_the_level_and_its_effects_where_they_read_their_limits(client):
    calm_answer = client.get("/api/v1/limits").json()
    calm = calm_answer["service"]
    ends_at = timezone.now() + timedelta(hours=1)
    Emergency.objects.create(
        profile="lockdown", level_at_least=Level.LOCKDOWN, reason="Flood", ends_at=ends_at
    )

    answer = client.get("/api/v1/limits")

    assert (calm["level"], calm["effects"]["waits"], calm["emergency"]) == ("normal", True, None)
    assert (calm_answer["max_wait"], answer.json()["max_wait"]) == (25, 0)
    service = answer.json()["service"]
    assert (service["level"], service["emergency"]["profile"]) == ("lockdown", "lockdown")
    assert service["effects"] == {
        "summary": "Only premium clients, staff and reads of own results are served.",
        "waits": False,
        "cache_factor": 10.0,
        "profiles": ["quick", "standard"],
        "originality": False,
        "refused": ["normal", "low"],
        "refuses_reads": True,
    }
    assert "Flood" not in answer.content.decode(), "reasons are for staff"
