"""Can everybody read what is no page of the console? In light, in the dark, aloud, on a phone."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from ops.models import Attempt, FailureCode
from tests.browser import dress, let_in, seriously_wrong, sideways_overflow
from tests.factories import ApiKeyFactory, JobFactory

PUBLIC = ("/", "/errors", "/errors/rate_limited", "/status", "/nowhere")
WIDTHS = (390, 768, 1440)
NESTED = ("nested-interactive",)
"""Swagger UI puts the link to an operation into the button that opens it."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("fresh_readiness"),
]


@pytest.fixture
def fresh_readiness():
    from ops.health import readiness

    readiness._watch.last = None


def too_wide(page):
    found = []
    for width in WIDTHS:
        dress(page, width=width, theme="light")
        if sideways_overflow(page) > 0:
            found.append(f"{page.url} is wider than {width} px")
    return found


@pytest.fixture
def judged(page, live_server):
    """What is wrong with these pages for whoever sees, hears or holds them otherwise."""

    def judge(*addresses, until="body", **options):
        found = []
        for address in addresses:
            dress(page, width=390, theme="light")
            page.goto(live_server.url + address, wait_until="load")
            expect(page.locator(until).first).to_be_visible()
            found += seriously_wrong(page, **options) + too_wide(page)
        return found

    return judge


def test_public_pages(judged):
    assert judged(*PUBLIC) == []


def test_the_documentation(judged):
    assert judged("/docs", until=".opblock", theirs=NESTED) == []


def test_the_pages_at_the_door(judged, page, live_server, client, admin_user):
    found = judged("/admin/login/")
    let_in(page, live_server.url, client, admin_user)
    found += judged(reverse("second-factor-setup"))
    device = TOTPDevice.objects.get(user=admin_user)
    page.get_by_label("Code").fill(f"{totp(device.bin_key):06d}")
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("link", name="I have kept them")).to_be_visible()
    found += seriously_wrong(page) + too_wide(page)
    let_in(page, live_server.url, client, admin_user)
    found += judged("/admin/")

    assert page.url.startswith(live_server.url + reverse("second-factor"))
    assert found == []


def test_lists_and_forms_of_rows(judged, page, live_server, client, admin_user):
    let_in(page, live_server.url, client, admin_user)
    key = ApiKeyFactory()
    job = JobFactory(dead=True, error_code="timeout", error_message="It took longer than 60 s.")
    Attempt.objects.create(
        job=job, number=1, code=FailureCode.TIMEOUT, error="Too long.", traceback="File 1",
        ended_at=job.finished_at,
    )  # fmt: skip

    found = judged(
        reverse("admin:ops_job_changelist"),
        reverse("admin:ops_job_change", args=[job.pk]),
        reverse("admin:ops_client_change", args=[key.client_id]),
        reverse("admin:ops_apikey_add"),
        reverse("admin:auth_user_change", args=[admin_user.pk]),
    )

    assert found == []


def test_the_page_for_whoever_lacks_a_right(judged, page, live_server, client, db):
    let_in(page, live_server.url, client, User.objects.create_user("nora", is_staff=True))

    assert judged(reverse("console-queue"), "/admin/") == []
