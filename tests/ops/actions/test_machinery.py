"""Each button about caches, breakers and what is done every so often."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone
from playwright.sync_api import expect

from ops.models import LevelOverride, Tick
from ops.overload.breakers import switches
from ops.overload.breakers.switches import Position
from tests.ops.actions.hands import presses

pytestmark = [pytest.mark.browser, pytest.mark.storage, pytest.mark.django_db(transaction=True)]


@presses("level-hold", "cache-purge")
def test_answers_are_kept_longer_and_the_cache_of_reports_is_emptied(hands):
    caches["reports"].set("a", "kept")
    hands.go("console-cache")

    hands.press(hands.block("moves"), "Let answers be kept longer", reason="a rush", minutes=20)
    assert LevelOverride.objects.get().level == 1
    said = hands.press(
        hands.block("moves"), "Empty the cache of reports", reason="a bad report", typed="reports"
    )

    hands.hears("The cache of reports is empty")
    assert "Nothing is lost" in said
    assert caches["reports"].get("a") is None
    hands.sees_in_the_events("overload.level_forced", "cache.purged")


@presses("breaker-hold open", "breaker-hold closed", "breaker-auto")
def test_a_breaker_is_held_open_held_closed_and_decides_again(hands):
    hands.go("console-breakers")
    row = hands.row("breakers", "webhooks")

    said = hands.press(row, "Hold open", reason="their host hangs", minutes=20)
    expect(row).to_contain_text("held open")
    expect(hands.block("figures")).to_contain_text(re.compile(r"Open\s*1"))
    assert "Nothing is called" in said
    assert switches.position_of("webhooks") is Position.OPEN
    said = hands.press(row, "Hold closed", reason="it is well", minutes=20)
    expect(row).to_contain_text("held closed")
    assert "Everything is called" in said
    assert switches.position_of("webhooks") is Position.CLOSED
    hands.press_at_once(row, "Auto")

    expect(row).to_contain_text("auto")
    assert switches.position_of("webhooks") is Position.AUTO
    hands.sees_in_the_events(*(3 * ["breaker.switched"]))


@presses("schedule-run")
def test_what_is_scheduled_runs_now(hands):
    tick = Tick.objects.create(name="prune jobs", next_at=timezone.now() + timedelta(hours=1))
    hands.go("console-schedules")

    hands.press_at_once(hands.row("schedules", "prune jobs"), "Run now")

    hands.hears("prune jobs is due now")
    expect(hands.row("schedules", "prune jobs")).to_contain_text("due")
    tick.refresh_from_db()
    assert tick.next_at <= timezone.now()
    hands.sees_in_the_events("schedule.run")
