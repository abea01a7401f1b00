import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from ops.models import Event
from ops.second_factor import devices
from tests.browser import Trouble, dress, sideways_overflow
from tests.commands import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_readiness")]

QUEUE = "/admin/console/queue/"


@pytest.fixture
def ada(admin_user):
    return admin_user


@pytest.fixture
def authenticator(ada):
    """Ada's, set up in the past."""
    return TOTPDevice.objects.create(user=ada, name="Authenticator")


@pytest.fixture
def signed_in(client, ada):
    """By the password alone."""
    client.force_login(ada)
    return client


def code_of(device):
    return f"{totp(device.bin_key):06d}"


def wrong_code_of(device):
    return f"{(totp(device.bin_key) + 1) % 1_000_000:06d}"


def show(client, code, **words):
    return client.post(reverse("second-factor"), {"code": code, **words})


def names_of_events():
    return list(Event.objects.order_by("id").values_list("name", flat=True))


def test_without_a_second_factor_the_password_is_enough(signed_in):
    assert signed_in.get(QUEUE).status_code == 200


@pytest.mark.parametrize("address", ["/admin/", QUEUE, "/admin/ops/job/", "/admin/auth/user/"])
def test_whoever_has_one_is_asked_for_it_before_any_page(signed_in, authenticator, address):
    answer = signed_in.get(address)

    assert answer.status_code == 302
    assert answer["Location"] == reverse("second-factor", query={"next": address})


def test_a_move_without_the_second_factor_changes_nothing(signed_in, authenticator):
    from ops.models import Pause

    assert signed_in.post(reverse("console-pause"), {"reason": "storm"}).status_code == 302
    assert not Pause.objects.exists()


def test_its_code_opens_and_leads_where_one_wanted_to_go(signed_in, authenticator):
    before = signed_in.session.session_key
    answer = show(signed_in, code_of(authenticator), next=QUEUE)

    assert answer["Location"] == QUEUE
    assert signed_in.get(QUEUE).status_code == 200
    assert signed_in.session.session_key != before


def test_it_leads_to_no_other_host(signed_in, authenticator):
    answer = show(signed_in, code_of(authenticator), next="https://evil.example/")

    assert answer["Location"] == reverse("admin:index")


def test_a_code_opens_once(signed_in, client, ada, authenticator):
    code = code_of(authenticator)
    show(signed_in, code)
    client.logout()
    client.force_login(ada)

    show(client, code)

    assert client.get(QUEUE).status_code == 302


def test_each_wrong_code_doubles_the_wait_and_meanwhile_none_opens(signed_in, authenticator):
    for failures, seconds in ((1, 1), (2, 2), (3, 4)):
        answer = show(signed_in, wrong_code_of(authenticator))
        authenticator.refresh_from_db()
        assert authenticator.throttling_failure_count == failures
        assert f"in {seconds} second" in answer.text
        assert "looked at" in show(signed_in, code_of(authenticator)).text
        authenticator.throttling_failure_timestamp -= timedelta(seconds=seconds)
        authenticator.save()

    assert signed_in.get(QUEUE).status_code == 302
    assert show(signed_in, code_of(authenticator)).status_code == 302
    assert names_of_events() == ["second_factor.refused"] * 3


def test_a_spare_code_opens_once(signed_in, client, ada, authenticator):
    first, *_ = devices.new_spare_codes(ada)
    show(signed_in, f" {first.upper()} ")
    opened = signed_in.get(QUEUE).status_code
    client.logout()
    client.force_login(ada)

    show(client, first)

    assert opened == 200
    assert client.get(QUEUE).status_code == 302
    assert Event.objects.get(name="second_factor.spare_used").details == {"left": 9}


def test_where_it_is_required_everybody_is_led_to_set_one_up(signed_in, settings):
    settings.OPS_SECOND_FACTOR_REQUIRED = True

    answer = signed_in.get(QUEUE)

    assert answer["Location"] == reverse("second-factor-setup", query={"next": QUEUE})
    assert signed_in.get(answer["Location"]).status_code == 200


def test_it_is_set_up_by_a_code_that_it_shows(signed_in, ada):
    page = signed_in.get(reverse("second-factor-setup"))
    device = TOTPDevice.objects.get(user=ada)
    refused = signed_in.post(reverse("second-factor-setup"), {"code": wrong_code_of(device)})
    was_open_meanwhile = signed_in.get(QUEUE).status_code
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    answer = signed_in.post(reverse("second-factor-setup"), {"code": code_of(device)})

    assert "<svg" in page.text
    assert "not the code" in refused.text
    assert was_open_meanwhile == 200
    assert len(set(re.findall(r"<code>(\w{8})</code>", answer.text))) == 10
    assert "no-store" in answer["Cache-Control"]
    assert devices.has_one(ada)
    assert signed_in.get(QUEUE).status_code == 200
    assert names_of_events() == ["second_factor.set_up", "second_factor.spare_made"]


def test_a_password_alone_puts_no_other_in_its_place(signed_in, ada, authenticator):
    page = signed_in.get(reverse("second-factor-setup"))
    new_codes = signed_in.post(reverse("second-factor-codes"))

    assert page["Location"].startswith(reverse("second-factor"))
    assert new_codes["Location"].startswith(reverse("second-factor"))
    assert TOTPDevice.objects.get(user=ada) == authenticator
    assert not StaticDevice.objects.exists()


def test_a_new_one_takes_the_place_of_the_old(signed_in, ada, authenticator):
    show(signed_in, code_of(authenticator))
    signed_in.get(reverse("second-factor-setup"))
    new = TOTPDevice.objects.get(user=ada, confirmed=False)

    signed_in.post(reverse("second-factor-setup"), {"code": code_of(new)})

    assert TOTPDevice.objects.get(user=ada) == new


def test_somebody_elses_device_opens_nothing(signed_in, authenticator):
    other = TOTPDevice.objects.create(user=User.objects.create_user("eve", is_staff=True))
    session = signed_in.session
    session["otp_device_id"] = other.persistent_id
    session.save()

    assert signed_in.get(QUEUE).status_code == 302


def test_an_administrator_who_is_locked_out_is_let_in_by_the_command(signed_in, ada, authenticator):
    devices.new_spare_codes(ada)
    before = json.loads(run("second_factor", "list", "--json")[0])["people"]

    _, code = run("second_factor", "reset", "admin", "--reason", "lost the phone")

    assert before == [{"username": "admin", "has_second_factor": True, "spare_codes_left": 10}]
    assert code == 0
    assert signed_in.get(QUEUE).status_code == 200
    event = Event.objects.get(name="second_factor.taken_away")
    assert (event.reason, event.details) == ("lost the phone", {"person": "admin"})
    assert run("second_factor", "reset", "nobody")[1] == 64


def test_an_administrator_takes_away_what_a_colleague_lost(client, ada, authenticator):
    TOTPDevice.objects.create(user=User.objects.create_user("bob", is_staff=True))
    client.force_login(ada)
    show(client, code_of(authenticator))
    bob = User.objects.get(username="bob")

    client.post(
        reverse("admin:auth_user_changelist"),
        {"action": "take_second_factor", "_selected_action": [bob.pk]},
    )

    assert not devices.has_one(bob)
    assert devices.has_one(ada)
    assert Event.objects.get(name="second_factor.taken_away").actor == "user:admin"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_people_set_it_up_and_come_in_with_it(page, live_server, admin_user, settings):
    settings.OPS_SECOND_FACTOR_REQUIRED = True
    trouble = Trouble.of(page)
    dress(page, width=390, theme="dark")
    page.goto(f"{live_server.url}/admin/login/")
    page.locator("input[name=username]").fill("admin")
    page.locator("input[name=password]").fill("password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("img", name="QR code").wait_for()
    assert sideways_overflow(page) <= 0
    device = TOTPDevice.objects.get()
    page.get_by_label("Code").fill(code_of(device))
    page.get_by_role("button", name="Set it up").click()
    spare = page.locator(".ops-codes code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    page.locator("[data-live]").wait_for()

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/admin/console/queue/")
    page.locator("input[name=username]").fill("admin")
    page.locator("input[name=password]").fill("password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Code").fill(spare)
    page.get_by_role("button", name="Come in").click()

    page.locator("[data-live]").wait_for()
    assert page.url.endswith("/admin/console/queue/")
    assert trouble.found == []
