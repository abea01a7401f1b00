"""Each button of the page about overload and maintenance; every profile, every level."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ops.models import Emergency, Maintenance
from ops.overload import stance
from ops.overload.ladder import LADDER, Level
from tests.analysis.api import Api
from tests.ops.actions.hands import presses

pytestmark = [pytest.mark.browser, pytest.mark.storage, pytest.mark.django_db(transaction=True)]

PROFILES = {
    "spike": ("Clients keep 50 % of their quota.", Level.BUSY),
    "read-only": ("Closed: Everything that writes.", Level.NORMAL),
    "lockdown": ("The level is lockdown at least", Level.LOCKDOWN),
}


def level_now() -> Level:
    return stance.current().level(Level.NORMAL, now=timezone.now())


@presses("emergency-engage", "emergency-end", "normal")
def test_every_profile_says_what_it_does_does_it_and_ends(hands):
    hands.go("console-overload")
    for name, (effect, level) in PROFILES.items():
        typed = {"typed": name} if name == "lockdown" else {}
        said = hands.press(
            hands.row("profiles", name), "Engage", reason=f"a drill of {name}", minutes=20, **typed
        )
        assert effect in said
        assert level_now() is level
        row = hands.row("overrides", f"emergency-{Emergency.objects.get(profile=name).pk}")
        expect(row).to_contain_text(f"a drill of {name}")
        expect(row).to_contain_text("in 19 min")
        if name != "lockdown":
            hands.press_at_once(row, "End")
    hands.press(hands.block("overrides"), "Back to normal", reason="the drill is over")

    expect(hands.block("overrides")).to_contain_text("as on a calm day")
    assert level_now() is Level.NORMAL
    assert not Emergency.objects.filter(ended_at=None).exists()
    hands.sees_in_the_events(
        *(2 * ("emergency.engaged", "emergency.ended")),
        "emergency.engaged", "emergency.ended", "emergency.normal",
    )  # fmt: skip


@presses()
def test_a_lockdown_is_not_engaged_by_a_slip_of_the_mouse(hands):
    hands.go("console-overload")
    lockdown = hands.row("profiles", "lockdown")
    lockdown.get_by_text("Engage …").click()
    lockdown.get_by_label("Why").fill("a slip")
    lockdown.get_by_label("Type").fill("yes")
    lockdown.get_by_role("button", name="Engage").click()

    assert lockdown.locator("[name=typed]").evaluate("field => field.matches(':invalid')")
    assert not Emergency.objects.exists()


@presses("level-hold", "level-release")
def test_every_level_is_held_and_released(hands):
    hands.go("console-overload")
    for level in Level:
        said = hands.press(
            hands.row("levels", level.word), f"Hold {level.word}", reason="a drill", minutes=20
        )
        assert LADDER[level].summary in said
        assert level_now() is level
        expect(hands.row("levels", level.word)).to_contain_text("held")
        expect(hands.block("figures").locator("[data-tile=level]")).to_contain_text("by hand")
        expect(hands.block("overrides")).to_contain_text(f"held at {level.word}")
    hands.press_at_once(hands.block("overrides"), "End")

    expect(hands.row("levels", "normal")).to_contain_text("now")
    assert level_now() is Level.NORMAL
    hands.sees_in_the_events(*(5 * ["overload.level_forced"]), "overload.level_released")


@presses("maintenance-close", "maintenance-open")
def test_something_is_closed_opened_announced_and_called_off(hands):
    api = Api.as_client("free")
    hands.go("console-overload")
    close = {"message": "Back soon.", "reason": "a copy", "minutes": 20}

    said = hands.press(
        hands.block("maintenance"), "Close something", scope="submit", begins_in=0, **close
    )
    row = hands.row("maintenance", f"window-{Maintenance.objects.get().pk}")
    expect(row).to_contain_text("closed now")
    assert "gets 503 with your message" in said
    assert "Back soon." in api.submit("A text.").json()["detail"]
    hands.press_at_once(row, "Open")
    assert api.submit("A text.").status_code == 202

    hands.press(
        hands.block("maintenance"), "Close something", scope="service", begins_in=60, **close
    )
    row = hands.row("maintenance", f"window-{Maintenance.objects.latest('pk').pk}")
    expect(row).to_contain_text("to come")
    assert "Maintenance-Window" in api.get("/api/v1/limits")
    hands.press_at_once(row, "Call off")

    expect(hands.block("maintenance")).to_contain_text("Everything is open.")
    assert "Maintenance-Window" not in api.get("/api/v1/limits")
    hands.sees_in_the_events(*(2 * ("maintenance.closed", "maintenance.opened")))
