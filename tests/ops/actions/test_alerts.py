"""Each button about alerts, and who is told of them."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ops.alerts.evaluation import evaluate
from ops.models import Alert, AlertChannel, AlertDelivery, AlertRule, Silence
from tests import receivers
from tests.ops.actions.hands import presses

pytestmark = [pytest.mark.browser, pytest.mark.storage, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def firing() -> Alert:
    rule = AlertRule.objects.get(name="WorkerStale")
    return Alert.objects.create(rule=rule, state=Alert.State.FIRING, value=1)


@presses("alert-take", "rule-silence", "silence-end", "silence-all")
def test_an_alert_is_taken_and_people_are_left_in_peace(hands, firing):
    hands.go("console-alerts")
    row = hands.row("alerts", "WorkerStale")

    hands.press_at_once(row, "I have it")
    expect(row).to_contain_text("user:admin")
    firing.refresh_from_db()
    assert firing.acknowledged_by == "user:admin"

    effect = hands.press(row, "Silence", reason="it is being moved", minutes=20)
    expect(row).to_contain_text("silenced")
    expect(hands.block("silences")).to_contain_text("it is being moved")
    assert "Nobody is told of this rule" in effect
    hands.press_at_once(hands.block("silences"), "End")
    expect(hands.block("silences")).to_contain_text("Nothing is silenced")

    effect = hands.press(
        hands.block("silences"), "Silence every rule", reason="a drill", minutes=20
    )
    expect(hands.block("silences")).to_contain_text("every rule")
    assert "Nobody is told of anything" in effect
    assert Silence.objects.at(timezone.now()).get().rule is None
    hands.sees_in_the_events(
        "alert.acknowledged", "alert.silenced", "alert.silence_ended", "alert.silenced"
    )


@presses("rule-switch off", "rule-switch on")
def test_a_rule_is_watched_no_more_and_again(hands, firing):
    hands.go("console-alerts")
    row = hands.row("rules", "WorkerStale")

    hands.press_at_once(row, "Stop watching")
    expect(row).to_contain_text("not watched")
    evaluate(timezone.now())
    firing.refresh_from_db()
    assert firing.state == Alert.State.RESOLVED
    hands.press_at_once(row, "Watch again")

    expect(row).to_contain_text("well")
    assert AlertRule.objects.get(name="WorkerStale").enabled
    hands.sees_in_the_events("alert.rule_unwatched", "alert.rule_watched")


@presses("channel-test")
def test_a_channel_is_tried_and_says_how_it_went(hands, settings):
    settings.OPS_ALERT_NETWORKS = ["127.0.0.0/8"]
    with receivers.receiving() as duty:
        AlertChannel.objects.create(name="duty", kind="slack", target=duty.url)
        hands.go("console-alerts")
        hands.press_at_once(hands.row("channels", "duty"), "Send a test")
        hands.hears("duty works: the test arrived.")
    hands.press_at_once(hands.row("channels", "duty"), "Send a test")

    hands.hears("duty does not work:")
    expect(hands.block("deliveries")).to_contain_text("delivered")
    expect(hands.block("deliveries")).to_contain_text("failed")
    assert AlertDelivery.objects.count() == 2
    assert len(duty.got) == 1
