"""How does the console look and behave to somebody with a browser?"""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from ops.models import Job, LimitPolicy
from tests.browser import THEMES, WIDTHS, Trouble, dress, let_in, sideways_overflow, sign_in
from tests.factories import ApiKeyFactory, ClientFactory, JobFactory, WorkerHostFactory

SOON_MS = 6_000  # after the next refresh

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("fresh_readiness"),
]


@pytest.fixture
def visitor(page: Page, live_server, client, admin_user) -> Page:
    """Signed in, on the overview."""
    let_in(page, live_server.url, client, admin_user)
    page.trouble = Trouble.of(page)
    page.clock.install()
    page.goto(f"{live_server.url}/admin/")
    yield page
    assert page.trouble.found == []


def test_people_come_in_by_the_form(page, live_server, admin_user):
    trouble = Trouble.of(page)

    sign_in(page, live_server.url, name="admin", password="password")

    assert page.url == f"{live_server.url}/admin/"
    assert trouble.found == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_sign_in_page_is_readable(page, live_server, db, width, theme):
    trouble = Trouble.of(page)
    dress(page, width=width, theme=theme)

    page.goto(f"{live_server.url}/admin/login/")
    page.locator("#id_username").fill("somebody")

    assert sideways_overflow(page) <= 0
    assert input_contrast(page, "#id_username") >= 4.5
    assert trouble.found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_rows_fit_every_width(visitor, live_server, width):
    key = ApiKeyFactory(client=ClientFactory(name="The Newsroom of the Evening Courier"))
    JobFactory(dead=True, error_code="timeout", error_message="It took longer than 60 s. " * 5)
    job = JobFactory(key="analysis:" + "f" * 64)
    WorkerHostFactory(hostname="analysis-worker-7f9c4d8b6-x2vqk", region="eu-central")
    dress(visitor, width=width, theme="light")

    for address in (
        reverse("admin:ops_job_changelist"),
        reverse("admin:ops_job_change", args=[job.pk]),
        reverse("admin:ops_client_change", args=[key.client_id]),
        reverse("admin:django_q_schedule_add"),
        reverse("admin:auth_user_add"),
    ):
        visitor.goto(live_server.url + address)
        assert sideways_overflow(visitor) <= 0, address


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("page_name", ["django_q_schedule_add", "auth_user_add", "ops_client_add"])
def test_inputs_can_be_seen(visitor, live_server, theme, page_name):
    dress(visitor, width=1280, theme=theme)
    visitor.goto(live_server.url + reverse(f"admin:{page_name}"))

    first = visitor.locator("main input[type=text], #content input[type=text]").first

    expect(first).to_be_visible()
    assert first.evaluate("box => parseFloat(getComputedStyle(box).borderTopWidth)") > 0


def test_the_overview_follows_the_queue_by_itself(visitor):
    expect(visitor.locator("[data-tile=waiting] .ops-tile-value")).to_have_text("0")

    JobFactory.create_batch(4)
    WorkerHostFactory()
    visitor.clock.run_for(SOON_MS)

    expect(visitor.locator("[data-tile=waiting] .ops-tile-value")).to_have_text("4")
    expect(visitor.locator("[data-tile=workers] .ops-tile-value")).to_have_text("2")


def test_the_overview_rests_while_nobody_looks(visitor):
    hide(visitor, hidden=True)

    asked = []
    visitor.on("request", lambda request: asked.append(request.url))
    visitor.clock.run_for(60_000)
    while_hidden = len(asked)
    with visitor.expect_request("**/console/overview?now"):
        hide(visitor, hidden=False)

    assert while_hidden == 0


def test_old_figures_say_that_they_are_old(visitor):
    visitor.route("**/console/overview?now", lambda route: route.abort())
    visitor.clock.run_for(SOON_MS)

    expect(visitor.locator("[data-as-of]")).to_contain_text("The server cannot be reached.")
    expect(visitor.locator(".ops-live--stale")).to_be_visible()

    visitor.unroute("**/console/overview?now")
    visitor.clock.run_for(SOON_MS)
    expect(visitor.locator("[data-as-of]")).to_contain_text("refreshed every")
    visitor.trouble.found.clear()  # the browser reports the request that was cut


def test_whoever_was_signed_out_is_told_so(visitor):
    visitor.context.clear_cookies()
    visitor.clock.run_for(SOON_MS)

    expect(visitor.locator("[data-as-of]")).to_contain_text("You are signed out")


def test_a_tile_leads_to_its_jobs(visitor):
    JobFactory(dead=True)
    visitor.reload()

    visitor.locator("[data-tile=failed]").click()

    expect(visitor.locator("#result_list")).to_contain_text(Job.State.DEAD)


def test_a_form_that_somebody_fills_in_is_left_alone(visitor, live_server):
    visitor.goto(live_server.url + reverse("console-queue"))
    visitor.get_by_text("Pause …").click()
    visitor.get_by_label("Why").fill("half a sen")
    visitor.get_by_role("heading", name="Who waits").click()  # nothing has the focus now

    JobFactory.create_batch(3)
    visitor.clock.run_for(SOON_MS)

    expect(visitor.locator("[data-line=free]")).to_contain_text("3")
    expect(visitor.get_by_label("Why")).to_have_value("half a sen")


def hide(page: Page, *, hidden: bool) -> None:
    """What a browser tells a page when its tab goes to the background."""
    page.evaluate(
        """hidden => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def input_contrast(page: Page, selector: str) -> float:
    """WCAG contrast of what is typed against what stands behind it, as the browser paints it."""
    return float(
        page.evaluate(
            """selector => {
              const canvas = document.createElement("canvas")
                .getContext("2d", { willReadFrequently: true });
              const paint = (under, over) => {
                canvas.fillStyle = under; canvas.fillRect(0, 0, 1, 1);
                canvas.fillStyle = over; canvas.fillRect(0, 0, 1, 1);
                return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
              };
              const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const box = document.querySelector(selector);
              const behind = [];
              for (let node = box; node; node = node.parentElement)
                behind.unshift(getComputedStyle(node).backgroundColor);
              let under = "rgb(255, 255, 255)";
              for (const over of behind) under = `rgb(${paint(under, over).join(",")})`;
              const text = light(paint(under, getComputedStyle(box).color));
              const paper = light(paint(under, under));
              return (Math.max(text, paper) + 0.05) / (Math.min(text, paper) + 0.05);
            }""",
            selector,
        )
    )


def test_a_quota_that_is_being_typed_tells_what_it_would_refuse(visitor, live_server):
    policy = LimitPolicy.objects.create(name="typed", route="read", quota=10, window_seconds=60)
    visitor.goto(live_server.url + reverse("admin:ops_limitpolicy_change", args=[policy.pk]))

    with visitor.expect_response(re.compile(r"/preview/\?quota=1&")) as asked:
        visitor.locator("#id_quota").fill("1")
        visitor.clock.run_for(300)

    expect(visitor.locator("[data-preview]")).to_have_text(asked.value.json()["preview"])
