"""Each decision that can be taken back is taken back, where it is listed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ops import events
from ops.alerts import handling
from ops.console import steering, undoing
from ops.limits import staff
from ops.maintenance import switch
from ops.maintenance.windows import Window
from ops.models import (
    AlertRule,
    BreakerSwitch,
    Emergency,
    EmergencyProfile,
    Event,
    LevelOverride,
    LimitPolicy,
    Maintenance,
    Pause,
    Silence,
)
from ops.overload import emergency
from ops.overload.breakers.switches import Position
from ops.overload.breakers.switching import put
from ops.overload.ladder import Level
from tests.factories import WorkerHostFactory
from tests.ops.actions.hands import presses

pytestmark = [pytest.mark.browser, pytest.mark.storage, pytest.mark.django_db(transaction=True)]

ADA = "user:ada"
MINUTES = timedelta(minutes=20)


def decide_everything() -> None:
    """Ada did, an hour ago as it were."""
    now = timezone.now()
    emergency.engage(EmergencyProfile.objects.get(name="spike"), actor=ADA, reason="x")
    emergency.force_level(Level.BUSY, actor=ADA, reason="x", lasts=MINUTES)
    switch.close(Window("batches"), actor=ADA)
    put("webhooks", Position.OPEN, actor=ADA, reason="x", lasts=MINUTES)
    steering.pause("", actor=ADA, reason="x")
    rule = AlertRule.objects.get(name="NoWorkers")
    handling.silence(rule, until=now + MINUTES, by=ADA, reason="x", now=now)
    handling.watch(rule, enabled=False, by=ADA)
    staff.ban("192.0.2.9", seconds=900, reason="x", actor=ADA)
    policy = LimitPolicy.objects.get(name="free-submit")
    before, policy.quota = staff.values_of(policy), 7
    policy.save()
    staff.record_edit(policy, before, actor=ADA)
    steering.steer(WorkerHostFactory(), steering.Move.QUIET, actor=ADA, reason="x")
    events.flush()


def what_stands() -> dict[str, bool]:
    now = timezone.now()
    policy = LimitPolicy.objects.get(name="free-submit")
    return {
        "emergency.engaged": Emergency.objects.filter(ended_at=None).exists(),
        "overload.level_forced": LevelOverride.objects.filter(ended_at=None).exists(),
        "maintenance.closed": Maintenance.objects.filter(ended_at=None).exists(),
        "breaker.switched": BreakerSwitch.objects.exists(),
        "queue.paused": Pause.objects.exists(),
        "alert.silenced": Silence.objects.at(now).exists(),
        "alert.rule_unwatched": not AlertRule.objects.get(name="NoWorkers").enabled,
        "limits.banned_by_staff": not Event.objects.filter(name="limits.unbanned").exists(),
        "limits.edited": policy.quota == 7,
        "workers.quiet": Event.objects.filter(name="workers.quiet").count() > 0
        and not Event.objects.filter(name="workers.wake").exists(),
    }


@presses(*(f"event-undo {name}" for name in undoing._WAYS))
def test_each_decision_is_undone_from_its_event(hands):
    decide_everything()
    decided = list(Event.objects.exclude(undo=None).order_by("id"))
    assert set(what_stands().values()) == {True}
    hands.go("console-events")

    for event in decided:
        hands.press_at_once(hands.row("events", f"event-{event.pk}"), "Undo")
        hands.hears(f"Undone: {event.name}.")

    events.flush()
    assert {event.name for event in decided} == set(what_stands())
    assert set(what_stands().values()) == {False}


@presses("event-undo queue.paused")
def test_what_has_ended_meanwhile_is_not_undone_twice(hands):
    steering.pause("", actor=ADA, reason="x")
    events.flush()
    hands.go("console-events")
    Pause.objects.all().delete()

    hands.press_at_once(hands.block("events"), "Undo")

    hands.hears("There is nothing left to undo")
    expect(hands.block("events")).to_contain_text("queue.paused")
