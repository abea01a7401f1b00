"""What do people see while something is closed, before, and after?"""

from __future__ import annotations

import itertools
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Response, expect

from ops.maintenance import switch
from ops.maintenance.features import READ_ONLY, SCOPES, SERVICE, title_of
from ops.maintenance.windows import Window
from ops.models import Maintenance
from ops.status_page.current import showing
from tests.browser import THEMES, WIDTHS, Trouble, dress, let_in, sideways_overflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MESSAGE = "The archive is being copied."
VISITS = itertools.count()


@pytest.fixture(autouse=True)
def no_file_is_left():
    yield
    switch.open_this_machine()


def close(scope: str = SERVICE, **facts) -> Maintenance:
    return switch.close(Window(scope, **facts), actor="user:ann")


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


MEETS = {
    SERVICE: ("/", "/docs"),
    READ_ONLY: ("submits",),
    "submit": ("submits",),
    "playground": ("/",),
    "documentation": ("/docs",),
    "batches": (),
    "url_fetch": (),
    "webhooks": (),
}
"""Where people meet what is closed; the last three are for programs."""


def visit(page: Page, address: str) -> Response | None:
    """As somebody who was never here: browsers keep pages for a while."""
    return page.goto(f"{address}?{next(VISITS)}")


def meets(page: Page, address: str, place: str) -> None:
    """The message, wherever it has to be read."""
    if place == "submits":
        visit(page, address)
        page.locator("textarea").first.fill("A text for a service that takes none.")
        page.get_by_role("button", name="Analyse").click()
        expect(page.get_by_role("alert")).to_contain_text(MESSAGE)
    else:
        assert visit(page, f"{address}{place}").status == 503
        assert heading(page) == "Closed for maintenance"
        expect(page.get_by_text(MESSAGE)).to_be_visible()


@pytest.mark.storage
def test_people_meet_each_closed_part_and_only_that_and_the_status_page_names_it(page, live_server):
    assert set(MEETS) == set(dict(SCOPES))
    for scope, places in MEETS.items():
        row = close(scope, message=MESSAGE, ends_at=timezone.now() + timedelta(hours=1))
        for place in places:
            meets(page, live_server.url, place)
        for place in {"/", "/docs"} - set(MEETS[SERVICE] if scope == SERVICE else places):
            assert visit(page, f"{live_server.url}{place}").status == 200, (scope, place)
        showing.forget()  # it is ten seconds fresh
        visit(page, f"{live_server.url}/status")
        works = page.locator("article", has_text=f"Maintenance under way: {title_of(scope)}")
        expect(works).to_contain_text(MESSAGE)
        switch.open_again(Maintenance.objects.filter(pk=row.pk), actor="user:ann")


@pytest.mark.storage
def test_people_read_of_each_window_before_it_begins(page, live_server):
    now = timezone.now()
    for scope in MEETS:
        row = close(
            scope, message=MESSAGE, starts_at=now + timedelta(hours=1),
            ends_at=now + timedelta(hours=2), announced_from=now,
        )  # fmt: skip
        assert visit(page, f"{live_server.url}/docs").status == 200
        banner = page.locator(".announcement")
        expect(banner).to_contain_text(f"Maintenance ahead: {title_of(scope)}")
        expect(banner).to_contain_text(MESSAGE)
        switch.open_again(Maintenance.objects.filter(pk=row.pk), actor="user:ann")


def test_staff_and_named_addresses_see_what_the_others_do_not(
    page, browser, live_server, client, admin_user
):
    row = close(message=MESSAGE)
    let_in(page, live_server.url, client, admin_user)
    with browser.new_context() as another:
        stranger = another.new_page()
        for place in ("/", "/docs"):
            assert visit(page, f"{live_server.url}{place}").status == 200
            assert visit(stranger, f"{live_server.url}{place}").status == 503

        Maintenance.objects.filter(pk=row.pk).delete()
        close(message=MESSAGE, addresses=("127.0.0.0/8",))
        assert visit(stranger, f"{live_server.url}/docs").status == 200


def test_a_file_and_the_environment_close_for_people_too(page, live_server, settings):
    switch.close_this_machine(Window(message=MESSAGE))
    meets(page, live_server.url, "/docs")
    switch.open_this_machine()
    assert visit(page, f"{live_server.url}/docs").status == 200

    settings.OPS_MAINTENANCE = True
    assert visit(page, f"{live_server.url}/docs").status == 503
    expect(page.get_by_text("Nothing that you submitted is lost.")).to_be_visible()
