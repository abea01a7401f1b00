"""What do people see while something is closed, before, and after?"""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ops.maintenance import switch
from ops.maintenance.windows import Window
from tests.browser import THEMES, WIDTHS, Trouble, dress, sideways_overflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def close(scope: str = "service", **facts) -> None:
    switch.close(Window(scope, **facts), actor="user:ann")


def heading(page: Page) -> str:
    return page.locator("h1").first.inner_text()


def test_the_page_is_readable_everywhere_and_leads_back(page, live_server):
    ends_at = timezone.now() + timedelta(minutes=30)
    close(
        message="We move to a larger machine, and everything that you sent is safe.",
        ends_at=ends_at,
    )
    trouble = Trouble.of(page)

    for width in WIDTHS:
        for theme in THEMES:
            dress(page, width=width, theme=theme)
            assert page.goto(f"{live_server.url}/docs").status == 503
            assert heading(page) == "Closed for maintenance"
            expect(page.get_by_text("We move to a larger machine")).to_be_visible()
            expect(page.locator("time")).to_contain_text(f"{ends_at:%H:%M} UTC")
            assert sideways_overflow(page) <= 0

    from ops.models import Maintenance

    switch.open_again(Maintenance.objects.all(), actor="user:ann")
    page.get_by_role("link", name="Try again").click()
    assert page.url == f"{live_server.url}/docs"
    assert "503" not in page.title()
    refusals = (f"503: {live_server.url}/docs", "console error: Failed to load resource")
    assert [line for line in trouble.found if not line.startswith(refusals)] == []


def test_people_read_what_is_announced_then_what_is_closed_and_it_opens_by_itself(
    page, live_server
):
    now = timezone.now()
    starts_at, ends_at = now + timedelta(seconds=2), now + timedelta(seconds=3.5)
    close(message="A short one.", starts_at=starts_at, ends_at=ends_at, announced_from=now)

    page.goto(live_server.url)
    expect(page.get_by_text("Maintenance ahead")).to_be_visible()
    seen = [heading(page)]
    while timezone.now() < ends_at + timedelta(seconds=0.5):
        page.reload()
        if heading(page) != seen[-1]:
            seen.append(heading(page))
        time.sleep(0.1)  # between reloads: a person's finger

    assert seen[1:] == ["Closed for maintenance", seen[0]]
    expect(page.get_by_text("Maintenance ahead")).to_have_count(0)


@pytest.mark.parametrize(
    ("scope", "closed", "left_open"),
    [("playground", "/", "/docs"), ("documentation", "/docs", "/"), ("read_only", None, "/")],
)
def test_a_closed_part_has_the_page_and_the_others_are_there(
    page, live_server, scope, closed, left_open
):
    close(scope)

    assert page.goto(f"{live_server.url}{left_open}").status == 200
    if closed:
        assert page.goto(f"{live_server.url}{closed}").status == 503
        assert heading(page) == "Closed for maintenance"


def test_whoever_submits_while_it_is_read_only_is_told_why(page, live_server):
    close("read_only", message="The archive is being copied.")
    page.goto(live_server.url)

    page.locator("textarea").first.fill("A text for a service that only reads.")
    page.get_by_role("button", name="Analyse").click()

    expect(page.get_by_text("The archive is being copied.")).to_be_visible()
