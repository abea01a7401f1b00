"""What is closed, what holds in an emergency, what customers are told: as rows."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ops.models import Emergency, EmergencyProfile, Incident, Maintenance, PartStatement
from ops.overload import stance
from tests.analysis.api import Api
from tests.ops.actions.hands import presses
from tests.ops.actions.rows import Table

pytestmark = [pytest.mark.browser, pytest.mark.storage, pytest.mark.django_db(transaction=True)]


@presses("ops.maintenance add", "ops.maintenance open_again")
def test_maintenance(hands):
    api = Api.as_client("free")
    table = Table(hands, Maintenance)

    made = table.add(scope="submit", message="Back soon.", reason="a copy")
    assert "Back soon." in api.submit("A text.").json()["detail"]
    table.run("open_again", made)

    hands.hears("1 opened.")
    assert api.submit("A text.").status_code == 202
    hands.sees_in_the_events("maintenance.closed", "maintenance.opened")


@presses("ops.emergency add", "ops.emergency end_now")
def test_emergencies(hands):
    table = Table(hands, Emergency)
    lockdown = EmergencyProfile.objects.get(name="lockdown")

    hands.go("admin:ops_emergency_add")
    expect(hands.page.locator("#emergency_form")).to_contain_text(
        "Clients keep 50 % of their quota."
    )
    made = table.add(chosen=lockdown.pk, reason="a flood", minutes=20)
    assert stance.current().emergency.profile == "lockdown"
    table.run("end_now", made)

    hands.hears("1 ended.")
    assert stance.current() == stance.Stance()
    hands.sees_in_the_events("emergency.engaged", "emergency.ended")


@presses(
    "ops.emergencyprofile add", "ops.emergencyprofile change", "ops.emergencyprofile delete",
    "ops.emergencyprofile delete_selected",
)  # fmt: skip
def test_profiles(hands):
    table = Table(hands, EmergencyProfile)

    made = table.add(name="election", title="Election night", limits_percent=30)
    table.change(made, limits_percent=40)
    hands.go("console-overload")
    expect(hands.row("profiles", "election")).to_contain_text("Clients keep 40 %")
    table.delete(made)
    table.delete_chosen(EmergencyProfile.objects.create(name="old", title="Old"))

    hands.sees_in_the_events("rows.added", "rows.edited", "rows.removed", "rows.removed")


@presses("ops.incident add", "ops.incident change")
def test_incidents(hands):
    table = Table(hands, Incident)

    made = table.add(title="Slow answers", impact="minor", body="We look into it.")
    hands.page.goto(f"{hands.address}/status")
    expect(hands.page.get_by_text("We look into it.")).to_be_visible()
    table.change(made, state="resolved", body="It is over.")

    assert made.resolved_at is not None
    hands.sees_in_the_events("incident.opened", "incident.resolved")


@presses("ops.partstatement add", "ops.partstatement end_now")
def test_what_is_said_of_a_part_by_hand(hands):
    table = Table(hands, PartStatement)

    made = table.add(part="webhooks", condition="2", message="They come late.")
    hands.page.goto(f"{hands.address}/status")
    expect(hands.page.get_by_text("They come late.")).to_be_visible()
    table.run("end_now", made)

    made.refresh_from_db()
    assert made.ended_at <= timezone.now()
