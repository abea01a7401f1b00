"""Each button of the page about limits, as a person presses it."""

from __future__ import annotations

import pytest
from django.test import Client as Browser
from django.utils import timezone
from playwright.sync_api import expect

from ops.models import Admission, Client, Demand, LimitOverride, LimitPolicy, Refusals, StrictMode
from tests.analysis.api import Api
from tests.ops.actions.hands import presses

pytestmark = [pytest.mark.browser, pytest.mark.storage, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def newsroom() -> Api:
    """A client that has just asked for much."""
    api = Api.as_client("free")
    policy = LimitPolicy.objects.get(name="free-submit")
    client = Client.objects.get()
    heaviest = {str(policy.pk): [[f"client:{client.pk}", 40, 40, 0, 900]]}
    Demand.objects.create(at=timezone.now(), heaviest=heaviest, sample={})
    return api


def quota_of(api: Api) -> int:
    policies = api.get("/api/v1/limits").json()["policies"]
    return next(one["limit"] for one in policies if one["name"] == "free-submit")


@presses("limit-ban", "limit-unban", "limit-reset")
def test_an_address_is_banned_and_let_in_again(hands):
    now = timezone.now()
    Refusals.objects.create(
        subject="192.0.2.7", label="192.0.2.7", policy="anonymous-submit", since=now, last_at=now
    )
    stranger = Browser(REMOTE_ADDR="192.0.2.9")
    hands.go("console-limits")

    effect = hands.press(
        hands.block("limited"), "Ban an address", who="192.0.2.9", reason="scans", minutes=30
    )
    hands.hears("192.0.2.9 is banned.")
    refused = stranger.get("/docs").status_code
    hands.press_at_once(hands.row("limited", "192.0.2.9"), "Lift the ban")
    hands.hears("The ban of 192.0.2.9 is lifted.")
    hands.press(hands.row("limited", "192.0.2.7"), "Reset")

    assert "Every request of this address is refused" in effect
    assert refused == 429
    assert stranger.get("/docs").status_code == 200
    expect(hands.row("limited", "192.0.2.9").get_by_text("Lift the ban")).to_have_count(0)
    expect(hands.row("limited", "192.0.2.7")).to_have_count(0)
    hands.sees_in_the_events("limits.banned_by_staff", "limits.unbanned", "limits.reset")


@presses("quota-give", "quota-end", "exception-deny", "exception-end")
def test_a_client_gets_another_quota_and_stays_out_for_a_while(hands, newsroom):
    usual, name = quota_of(newsroom), Client.objects.get().name
    hands.go("console-limits")
    who = hands.row("consumers", name)

    effect = hands.press(
        who, "Other quota", policy="free-submit", quota=7, reason="a crawler", minutes=20
    )
    row = hands.row("exceptions", f"override-{LimitOverride.objects.get().pk}")
    expect(row).to_contain_text("in 19 min")
    assert (quota_of(newsroom), f"For {name} alone" in effect) == (7, True)
    hands.press_at_once(row, "End")
    assert quota_of(newsroom) == usual

    hands.press(who, "Keep out", reason="does not stop", minutes=20)
    row = hands.row("exceptions", f"admission-{Admission.objects.get().pk}")
    expect(row).to_contain_text("does not stop")
    assert newsroom.submit("A text.").status_code == 403
    hands.press_at_once(row, "End")
    assert newsroom.submit("A text.").status_code == 202

    expect(hands.block("exceptions")).to_contain_text("Nobody: all clients")
    hands.sees_in_the_events("limits.added", "limits.removed", "limits.added", "limits.removed")


@presses("strict-begin", "strict-end")
def test_everybody_has_less_for_a_while(hands, newsroom):
    usual = quota_of(newsroom)
    hands.go("console-limits")

    effect = hands.press(
        hands.block("strict"), "Be strict",
        anonymous=10, free=25, premium=100, reason="a rush", minutes=20,
    )  # fmt: skip
    expect(hands.block("strict")).to_contain_text("a rush: anonymous 10%, free 25%, premium 100%")
    assert "would have been refused" in effect or "Nobody asked" in effect
    assert quota_of(newsroom) == usual // 4
    hands.press_at_once(hands.block("strict"), "End it")

    expect(hands.block("strict")).to_contain_text("No strict period is running.")
    assert quota_of(newsroom) == usual
    assert StrictMode.objects.get().ends_at <= timezone.now()
    hands.sees_in_the_events("limits.added", "limits.strict_ended")
