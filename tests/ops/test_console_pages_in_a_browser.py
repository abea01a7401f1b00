"""Do the console's pages work for everybody: in the dark, on a phone, by keyboard, read aloud?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from ops import events
from ops.models import Alert, AlertRule, EmergencyProfile, Refusals
from tests.browser import Trouble, dress, let_in, seriously_wrong, sideways_overflow
from tests.factories import ClientFactory, JobFactory, WorkerHostFactory

PAGES = (
    "admin:index", "console-traffic", "console-limits", "console-overload", "console-cache",
    "console-database", "console-breakers", "console-alerts", "console-schedules",
    "console-events", "console-settings", "console-queue", "console-workers",
)  # fmt: skip
OPEN_ALL = "() => document.querySelectorAll('.ops-moves > details').forEach(one => one.open = true)"
"""What each button asks before it does anything."""
STORES = ("console-cache", "console-database")
"""What differs where there is neither a database server nor Redis."""
TABLES_THAT_HIDE_SOMETHING = """() => [...document.querySelectorAll(".ops-table--cards")]
  .map(table => table.parentElement).filter(place => place.scrollWidth > place.clientWidth)
  .map(place => place.getAttribute("aria-labelledby"))"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("fresh_readiness"),
]


@pytest.fixture
def visitor(page: Page, live_server, client, admin_user) -> Page:
    let_in(page, live_server.url, client, admin_user)
    page.trouble = Trouble.of(page)
    page.clock.install()
    yield page
    assert page.trouble.found == []


@pytest.fixture
def a_busy_day():
    """Something in every table, with names that are as long as names get."""
    now = timezone.now()
    rule = AlertRule.objects.first()
    Alert.objects.create(rule=rule, state=Alert.State.FIRING, value=7.0)
    EmergencyProfile.objects.update_or_create(
        name="spike", defaults={"title": "Spike", "level_at_least": 1, "limits_percent": 50}
    )
    Refusals.objects.create(
        subject="a", label="2001:db8:85a3::8a2e:370:7334", policy="anonymous-submit", since=now,
        last_at=now, count=12_000, banned_until=now + timedelta(minutes=4),
    )  # fmt: skip
    ClientFactory(name="The Newsroom of the Evening Courier")
    JobFactory(dead=True, error_code="timeout", error_message="It took longer than 60 s. " * 5)
    WorkerHostFactory(hostname="analysis-worker-7f9c4d8b6-x2vqk", region="eu-central")
    events.record("queue.paused", actor="user:ada", reason="storm", undo={"resume": 1}, kind="all")
    events.flush()


@pytest.mark.storage
@pytest.mark.timeout(
    300
)  # thirteen pages, each judged twice, beside whatever else the machine does
def test_every_page_is_open_to_everybody(visitor, live_server, a_busy_day, settings):
    violations = []
    for name in PAGES if settings.DATABASE_URL else STORES:
        dress(visitor, width=1440, theme="light")
        visitor.goto(live_server.url + reverse(name), wait_until="domcontentloaded")
        expect(visitor.locator("[data-piece]").first).to_be_visible()
        violations += seriously_wrong(visitor, within=".ops-live")
        visitor.evaluate(OPEN_ALL)
        for width in (390, 768):
            dress(visitor, width=width, theme="dark")
            assert sideways_overflow(visitor) <= 0, (name, width)
            assert visitor.evaluate(TABLES_THAT_HIDE_SOMETHING) == [], (name, width)

    assert violations == []


def test_keys_lead_through_the_console(visitor, live_server):
    visitor.goto(live_server.url + reverse("admin:index"))
    visitor.keyboard.press("?")
    expect(visitor.get_by_role("heading", name="Keys of the console")).to_be_visible()
    visitor.keyboard.press("Escape")

    visitor.keyboard.press("g")
    visitor.keyboard.press("c")
    visitor.wait_for_url("**/console/cache/")
    visitor.keyboard.press("6")
    visitor.wait_for_url("**/console/cache/?period=30d")

    visitor.keyboard.press("p")
    expect(visitor.locator("[data-as-of]")).to_contain_text("Held still")
    asked = []
    visitor.on("request", lambda request: asked.append(request.url))
    visitor.clock.run_for(60_000)
    assert asked == []
