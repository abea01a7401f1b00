"""What does somebody see who may look, or steer, but not close the doors?"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from playwright.sync_api import Page, expect

from ops.models import Emergency, Event, Pause
from tests.browser import Trouble, let_in
from tests.ops.actions import one_of_each, registered
from tests.ops.actions.hands import Hands

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def come_in(page: Page, live_server, client, as_installed, fresh_readiness):
    """As a member of a group; whatever is refused is no trouble here, but said on the page."""

    def enter(group: str) -> Hands:
        person = User.objects.create_user("ada", is_staff=True)
        person.groups.add(Group.objects.get(name=group))
        let_in(page, live_server.url, client, person)
        page.clock.install()
        return Hands(page, live_server.url)

    return enter


def buttons(hands: Hands) -> set[str]:
    """Of the page's own blocks, without those that only fold or hold still."""
    found = hands.page.locator(".ops-live form[method=post] button")
    return {button.text_content().strip() for button in found.all()}


def test_readers_see_every_page_no_button_and_what_they_would_need(come_in, page):
    one_of_each.fill()
    trouble = Trouble.of(page)
    hands = come_in("Console readers")

    for name in {"admin:index", *registered.console_pages()} - {"console-overview"}:
        hands.go(name)
        expect(page.locator("[data-withheld]")).to_contain_text("may steer queue, workers, limits")
        expect(page.locator("[data-withheld]")).to_contain_text("may engage and end emergencies")
        assert buttons(hands) == set(), name
    assert trouble.found == []


def test_operators_steer_but_find_no_button_that_closes_doors(come_in, page):
    hands = come_in("Console operators")

    hands.go("console-overload")
    expect(page.locator("[data-withheld]")).to_contain_text("may engage and end emergencies")
    assert buttons(hands) == set()
    hands.go("console-queue")
    hands.press(hands.block("pauses"), "Pause", kind="", reason="new disks")

    assert Pause.objects.get().reason == "new disks"
    hands.sees_in_the_events("queue.paused", actor="user:ada")


def test_a_right_that_was_taken_meanwhile_is_named_when_the_button_is_pressed(come_in, page):
    hands = come_in("Console emergency")
    hands.go("console-overload")
    assert "Engage" in buttons(hands)
    User.objects.get().groups.set([Group.objects.get(name="Console operators")])

    hands.press(hands.row("profiles", "spike"), "Engage", reason="a rush", minutes=20)

    expect(page.get_by_role("heading", name="This is not open to you").last).to_be_visible()
    expect(page.get_by_text("may engage and end emergencies.")).to_be_visible()
    expect(page.get_by_text("ops.emergency")).to_be_visible()
    assert not Emergency.objects.exists()
    assert not Event.objects.filter(name="emergency.engaged").exists()


def test_rows_open_to_readers_can_be_seen_and_not_changed(come_in, page):
    one_of_each.fill()
    hands = come_in("Console readers")

    hands.go("admin:ops_maintenance_changelist")
    expect(page.locator("#result_list tbody tr").first).to_be_visible()
    expect(page.locator("select[name=action]")).to_have_count(0)
    expect(page.get_by_role("link", name="Add maintenance")).to_have_count(0)
    answer = page.goto(hands.address + reverse("admin:ops_alertchannel_changelist"))
    assert answer.status == 403
