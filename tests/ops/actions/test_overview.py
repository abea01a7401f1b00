"""The day of a spike on one screen: each question with the button that answers it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ops.models import (
    Alert,
    AlertRule,
    Demand,
    Incident,
    Job,
    LimitOverride,
    LimitPolicy,
    Maintenance,
)
from ops.overload import stance
from tests.factories import ClientFactory, JobFactory, WorkerHostFactory
from tests.ops.actions.hands import presses

pytestmark = [pytest.mark.browser, pytest.mark.storage, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def a_rush(counted, as_installed) -> None:
    """Somebody asks much, jobs wait and fail, an alert fires, some are refused."""
    newsroom = ClientFactory(name="Newsroom")
    policy = LimitPolicy.objects.get(name="free-submit")
    heaviest = {str(policy.pk): [[f"client:{newsroom.pk}", 900, 900, 40, 1000]]}
    Demand.objects.create(at=timezone.now(), heaviest=heaviest, sample={})
    counted("http_requests", 900, route="/api/v1/analyses", status="202")
    counted("refusals", 40, code="rate_limited", tier="free")
    counted("engine_seconds", 9.0, analyzer="keywords")
    JobFactory(available_at=timezone.now() - timedelta(minutes=5))
    JobFactory.create_batch(2, dead=True, error_code="timeout")
    WorkerHostFactory()
    rule = AlertRule.objects.get(name="TrafficSurge")
    Alert.objects.create(rule=rule, state=Alert.State.FIRING, value=9.0)


WHY = {"reason": "the evening news", "minutes": 20}
HELP = (
    # How big is the spike?
    ("first-aid", "Write a note", {"reason": "It is on television"}, "events", "on television"),
    # Are users hurting?
    ("first-aid", "Engage spike", WHY, "verdict", "Level busy"),
    # Which endpoint or analyzer is slow?
    ("slow", "Leave out deep work", WHY, "verdict", "Level saving"),
    # What is the bottleneck, how much fits?
    ("capacity", "Be strict", WHY | {"free": 40}, "overrides", "free 40%"),
    # Who causes it, what is refused?
    ("consumers", "Other quota", WHY | {"quota": 5}, "overrides", "free-submit 5"),
    ("consumers", "Keep out", WHY, "overrides", "deny"),
    # What breaks?
    ("failures", "Try again", {}, "failures", "No job has failed for good."),
    # What fires, who has it?
    ("alerts", "Silence", WHY, "alerts", "silenced"),
    # What do customers see?
    ("customers", "Tell of an incident", {"title": "Slow answers"}, "customers", "Slow answers"),
    ("first-aid", "Close something", WHY | {"scope": "batches"}, "overrides", "Batches"),
    # What did we change?
    ("overrides", "Back to normal", {}, "tiles", "normal"),
)
ANSWERS = {
    "verdict": "The oldest job has waited 5 min.",
    "tiles": "nothing known of last week",
    "refusals": "A client asked for more than its share",
    "slow": "keywords, 100.0 % of the time",
    "consumers": "Newsroom",
    "capacity": "Bottleneck and headroom",
    "alerts": "engage the spike profile before the queue is long",
    "failures": "analysis: timeout",
    "customers": "No incident is told of.",
}


@presses(
    "note", "emergency-engage", "level-hold", "strict-begin", "quota-give", "exception-deny",
    "failures-retry", "alert-take", "rule-silence", "incident-open", "maintenance-close", "normal",
)  # fmt: skip
def test_whatever_is_asked_in_a_rush_is_answered_and_helped_on_one_screen(hands, a_rush):
    hands.go("admin:index")
    for block, answer in ANSWERS.items():
        expect(hands.block(block)).to_contain_text(answer)

    hands.press_at_once(hands.block("alerts"), "I have it")
    expect(hands.block("alerts")).to_contain_text("user:admin")
    for block, text, answers, shown_in, shown in HELP:
        hands.press(hands.block(block), text, **answers)
        expect(hands.block(shown_in)).to_contain_text(shown)
        assert hands.page.url.partition("?")[0] == f"{hands.address}/admin/"

    assert stance.current() == stance.Stance()
    assert not Job.objects.dead().exists()
    assert Incident.objects.get().title == "Slow answers"
    assert Maintenance.objects.get().scope == "batches"
    assert LimitOverride.objects.get().quota == 5
