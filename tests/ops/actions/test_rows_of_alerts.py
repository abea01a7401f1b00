"""What staff shape on a calm day about alerts: each edit of a row, and each action on rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ops.models import AlertChannel, AlertRule, Silence
from tests import receivers
from tests.ops.actions.hands import presses
from tests.ops.actions.rows import Table

pytestmark = [pytest.mark.browser, pytest.mark.storage, pytest.mark.django_db(transaction=True)]


@presses("ops.alertrule add", "ops.alertrule change")
def test_rules(hands):
    table = Table(hands, AlertRule)

    made = table.add(
        name="ManyBatches", signal="queue_growth", threshold=50, summary="Many batches came",
        runbook="See whose they are.",
    )  # fmt: skip
    table.change(made, threshold=60)

    assert made.threshold == 60
    hands.sees_in_the_events("rows.added", "rows.edited")


@presses("ops.silence add", "ops.silence delete", "ops.silence delete_selected")
def test_silences(hands):
    now = timezone.now()
    table = Table(hands, Silence)

    made = table.add(
        rule=AlertRule.objects.get(name="NoWorkers").pk, reason="moving house",
        starts_at_0=f"{now:%Y-%m-%d}", starts_at_1="00:00", ends_at_0="2100-01-01",
        ends_at_1="00:00",
    )  # fmt: skip
    assert Silence.objects.at(timezone.now()).get() == made
    table.delete(made)
    table.delete_chosen(
        Silence.objects.create(starts_at=now, ends_at=now + timedelta(hours=1), reason="x")
    )

    hands.sees_in_the_events("alert.silenced", "alert.silence_ended", "alert.silence_ended")


@presses(
    "ops.alertchannel add", "ops.alertchannel change", "ops.alertchannel send_test",
    "ops.alertchannel delete", "ops.alertchannel delete_selected",
)  # fmt: skip
def test_channels(hands, settings):
    settings.OPS_ALERT_NETWORKS = ["127.0.0.0/8"]
    table = Table(hands, AlertChannel)

    with receivers.receiving() as duty:
        made = table.add(name="duty", kind="slack", target=duty.url)
        table.change(made, minimum_severity="page")
        table.run("send_test", made)
        hands.hears("duty took the test.")
    assert (made.minimum_severity, len(duty.got)) == ("page", 1)
    hands.go("admin:ops_alertchannel_change", made.pk)
    expect(hands.page.get_by_role("link", name="Delete")).to_have_count(0)
    for delete in (table.delete, table.delete_chosen):
        delete(AlertChannel.objects.create(name="never used", kind="slack", target="https://x.y"))

    hands.sees_in_the_events("rows.added", "rows.edited", "rows.removed", "rows.removed")
