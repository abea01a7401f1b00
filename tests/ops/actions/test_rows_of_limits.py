"""What staff shape on a calm day about limits: each edit of a row, and each action on rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ops.models import Admission, LimitOverride, LimitPolicy, Refusals, StrictMode
from tests.factories import ClientFactory
from tests.ops.actions.hands import presses
from tests.ops.actions.rows import Table

pytestmark = [pytest.mark.browser, pytest.mark.storage, pytest.mark.django_db(transaction=True)]


@presses(
    "ops.limitpolicy add", "ops.limitpolicy change", "ops.limitpolicy undo_last_edit",
    "ops.limitpolicy delete", "ops.limitpolicy delete_selected",
)  # fmt: skip
def test_limits(hands):
    table = Table(hands, LimitPolicy)

    made = table.add(name="evening", route="read", quota=50, window_seconds=60)
    table.change(made, quota=40)
    assert made.quota == 40
    table.change(made, button="Undo the last edit")
    hands.hears("Put back: quota = 50")
    assert made.quota == 50
    table.delete(made)
    table.delete_chosen(LimitPolicy.objects.create(name="morning", route="read", quota=9))

    hands.sees_in_the_events(
        "limits.added", "limits.edited", "limits.edited", "limits.removed", "limits.removed"
    )


@presses(
    "ops.limitoverride add", "ops.limitoverride change", "ops.limitoverride undo_last_edit",
    "ops.limitoverride delete", "ops.limitoverride delete_selected",
)  # fmt: skip
def test_quotas_of_single_clients(hands):
    ClientFactory(name="Newsroom")
    policy = LimitPolicy.objects.get(name="free-submit")
    table = Table(hands, LimitOverride)

    made = table.add(client="Newsroom", policy=policy.pk, quota=50, reason="a partner")
    table.change(made, quota=40)
    table.change(made, button="Undo the last edit")
    assert (made.client.name, made.quota) == ("Newsroom", 50)
    table.delete(made)
    table.delete_chosen(
        LimitOverride.objects.create(client=ClientFactory(), policy=policy, quota=1)
    )


@presses(
    "ops.admission add", "ops.admission change", "ops.admission undo_last_edit",
    "ops.admission delete", "ops.admission delete_selected",
)  # fmt: skip
def test_who_is_let_in_or_kept_out(hands):
    table = Table(hands, Admission)

    made = table.add(verdict="deny", network="192.0.2.0/24", reason="scans")
    table.change(made, reason="scans again")
    table.change(made, button="Undo the last edit")
    assert (made.network, made.reason) == ("192.0.2.0/24", "scans")
    table.delete(made)
    table.delete_chosen(Admission.objects.create(verdict="allow", network="198.51.100.7/32"))


@presses(
    "ops.strictmode add", "ops.strictmode change", "ops.strictmode undo_last_edit",
    "ops.strictmode end_now", "ops.strictmode delete", "ops.strictmode delete_selected",
)  # fmt: skip
def test_strict_periods(hands):
    now = timezone.now()
    table = Table(hands, StrictMode)

    made = table.add(
        reason="an election", anonymous="0.2", starts_at_0=f"{now:%Y-%m-%d}", starts_at_1="00:00",
        ends_at_0="2100-01-01", ends_at_1="00:00",
    )  # fmt: skip
    table.change(made, free="0.4")
    table.change(made, button="Undo the last edit")
    assert float(made.free) == 0.5
    table.run("end_now", made)
    made.refresh_from_db()
    assert made.ends_at <= timezone.now()
    table.delete(made)
    table.delete_chosen(
        StrictMode.objects.create(reason="x", starts_at=now, ends_at=now + timedelta(hours=1))
    )


@presses("ops.refusals reset", "ops.refusals unban")
def test_who_was_refused_is_forgiven(hands):
    now = timezone.now()
    banned = Refusals.objects.create(
        subject="192.0.2.7", label="192.0.2.7", policy="address", since=now, last_at=now,
        banned_until=now + timedelta(hours=1),
    )  # fmt: skip
    table = Table(hands, Refusals)

    table.run("unban", banned)
    banned.refresh_from_db()
    assert banned.banned_until is None
    table.run("reset", banned)

    assert not Refusals.objects.exists()
    hands.sees_in_the_events("limits.unbanned", "limits.reset")
