"""Emergencies, levels and breakers by hand: through commands, console, and the door."""

import contextlib
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from ops.models import BreakerSwitch, Emergency, EmergencyProfile, Event, GateReport, LevelOverride
from ops.overload import emergency, stance
from ops.overload.breakers import switches
from ops.overload.breakers.switches import Position
from ops.overload.ladder import Level
from tests.analysis.api import Api

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def engage(name: str, **facts):
    profile = EmergencyProfile.objects.get(name=name)
    return emergency.engage(profile, actor="user:ann", reason="A spike", **facts)


def command(*words: str):
    out = StringIO()
    with contextlib.suppress(SystemExit):  # the state is told by the code as well
        call_command(*words, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def level_now(automatic: Level = Level.NORMAL) -> Level:
    return stance.current().level(automatic, now=timezone.now())


def test_a_spike_raises_the_level_tightens_limits_and_calls_all_workers():
    engage("spike")

    assert level_now() is Level.BUSY
    assert level_now(Level.SHEDDING) is Level.SHEDDING
    assert stance.limits_factor() == 0.5
    assert stance.wants_all_workers()


def test_read_only_closes_what_writes_and_ends_with_its_emergency():
    engage("read-only")
    assert Api().submit("A text.").json()["code"] == "read_only"

    emergency.end(actor="user:ann")

    assert Api().submit("A text.").status_code == 202


def test_it_ends_by_itself_after_an_hour():
    row = engage("lockdown")

    in_an_hour = timezone.now() + timedelta(minutes=60)
    assert abs((row.ends_at - in_an_hour).total_seconds()) < 5
    assert stance.current().level(Level.NORMAL, now=row.ends_at) is Level.NORMAL
    assert stance.limits_factor(row.ends_at) == 1.0


def test_it_is_one_event_with_all_its_parts_and_the_way_back():
    row = engage("read-only")

    event = Event.objects.get()
    assert (event.name, event.actor, event.reason) == ("emergency.engaged", "user:ann", "A spike")
    assert event.details["effects"] == ["Closed: Everything that writes."]
    assert event.undo == {"end_emergency": row.pk}


def test_a_new_emergency_takes_the_place_of_the_last_one():
    engage("read-only")
    engage("spike")

    assert Emergency.objects.filter(ended_at=None).get().profile == "spike"
    assert Api().submit("A text.").status_code == 202


def test_one_whose_time_is_over_is_in_nobodys_way():
    Emergency.objects.create(profile="spike", reason="x", ends_at=timezone.now())

    assert engage("lockdown") is not None


def test_without_a_reason_nothing_is_engaged():
    with pytest.raises(ValueError, match="needs a reason"):
        emergency.engage(EmergencyProfile.objects.get(name="spike"), actor="x", reason=" ")


def test_normal_ends_everything_set_by_hand():
    engage("lockdown")
    emergency.force_level(Level.SHEDDING, actor="user:ann", reason="x", lasts=timedelta(minutes=5))

    engage("normal")

    assert level_now() is Level.NORMAL
    assert stance.current() == stance.Stance()


def test_a_level_by_hand_holds_below_the_automatic_one_too():
    emergency.force_level(Level.BUSY, actor="user:ann", reason="x", lasts=timedelta(minutes=5))

    assert level_now(Level.LOCKDOWN) is Level.BUSY


def test_commands_engage_show_and_end():
    preview = command("emergency", "engage", "spike", "--dry-run")
    assert "Clients keep 50 % of their quota." in preview["effects"]
    assert command("emergency", "status")["engaged"] is None

    assert command("emergency", "engage", "spike", "--reason", "TV")["engaged"] == "spike"
    assert command("emergency", "end")["engaged"] is None


@pytest.mark.parametrize(
    "words",
    [
        ("emergency", "engage", "spike"),
        ("emergency", "engage", "unknown", "--reason", "x"),
        ("overload", "level", "busy"),
        ("breakers", "open", "unknown"),
    ],
)
def test_what_cannot_be_meant_ends_with_64(words):
    with pytest.raises(CommandError) as refused:
        call_command(*words, stdout=StringIO(), stderr=StringIO())

    assert refused.value.returncode == 64


def test_the_level_is_set_and_given_back_by_command():
    GateReport.objects.create(
        process="web:1",
        level=Level.NORMAL,
        share_shed=0,
        limit=4,
        in_flight=1,
        demand=0.2,
        beat_at=timezone.now(),
    )

    assert command("overload", "level", "saving", "--reason", "x", "--for", "5m")["level"] == (
        "saving"
    )
    found = command("overload", "level", "auto")
    assert found["level"] == "normal"
    assert found["processes"][0]["process"] == "web:1"
    assert LevelOverride.objects.filter(ended_at=None).count() == 0


def test_breakers_are_held_and_let_go_by_command():
    held = command("breakers", "open", "webhooks", "--reason", "x", "--for", "5m")
    assert switches.position_of("webhooks") is Position.OPEN
    assert {row["breaker"] for row in held if row["state"] == "open"} == {"webhooks"}

    rows = command("breakers", "auto", "webhooks")
    assert switches.position_of("webhooks") is Position.AUTO
    assert not BreakerSwitch.objects.exists()
    assert {row["breaker"] for row in rows} >= {"webhooks", "url_fetch", "report_cache"}


def test_a_breaker_whose_time_is_over_is_not_listed_as_held():
    BreakerSwitch.objects.create(breaker="webhooks", position="open", ends_at=timezone.now())

    rows = {row["breaker"]: row for row in command("breakers", "list")}

    assert (rows["webhooks"]["state"], rows["webhooks"]["position"]) == ("closed", "auto")


def test_staff_engage_and_end_in_the_console(admin_client):
    page = admin_client.get("/admin/ops/emergency/add/").content.decode()
    assert "Clients keep 50 % of their quota." in page
    lockdown = EmergencyProfile.objects.get(name="lockdown")

    form = {"chosen": lockdown.pk, "reason": "Flood", "minutes": "5"}
    assert admin_client.post("/admin/ops/emergency/add/", form).status_code == 302
    row = Emergency.objects.get()
    assert (row.profile, row.actor, level_now()) == ("lockdown", "user:admin", Level.LOCKDOWN)
    assert row.ends_at < timezone.now() + timedelta(minutes=6)

    without_reason = {"chosen": lockdown.pk, "reason": "", "minutes": "5"}
    assert admin_client.post("/admin/ops/emergency/add/", without_reason).status_code == 200

    chosen = {"action": "end_now", "_selected_action": [row.pk]}
    admin_client.post("/admin/ops/emergency/", chosen)
    assert level_now() is Level.NORMAL


@pytest.mark.parametrize("name", ["spike", "read-only", "lockdown", "normal"])
def test_every_profile_shows_what_it_would_do(name):
    found = emergency.preview(EmergencyProfile.objects.get(name=name))

    assert all(found.effects)
    assert found.lasts == timedelta(minutes=60)
