"""Who may come in: clients and their keys, people, their groups and their second factor."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from ops import keys
from ops.models import ApiKey, Client
from tests.analysis.api import Api
from tests.factories import ClientFactory
from tests.ops.actions.hands import presses
from tests.ops.actions.rows import Table

pytestmark = [pytest.mark.browser, pytest.mark.storage, pytest.mark.django_db(transaction=True)]


@presses(
    "ops.client add", "ops.client change", "ops.client delete", "ops.client delete_selected",
)  # fmt: skip
def test_clients(hands):
    table = Table(hands, Client)

    made = table.add(name="Newsroom", tier="free")
    table.change(made, tier="premium")
    assert made.tier == "premium"
    table.delete(made)
    table.delete_chosen(ClientFactory())

    hands.sees_in_the_events("rows.added", "rows.edited", "rows.removed", "rows.removed")


@presses("ops.apikey add", "ops.apikey change", "ops.apikey revoke", "ops.apikey revoke_this")
def test_keys(hands):
    client = ClientFactory(name="Newsroom")
    table = Table(hands, ApiKey)

    made = table.add(client="Newsroom")
    secret = hands.page.locator("#minted-secret").inner_text()
    assert Api(secret).get("/api/v1/me").status_code == 200
    table.change(made, allowed_networks="203.0.113.0/24")
    assert secret not in hands.page.content()
    assert Api(secret).get("/api/v1/me").status_code == 403
    table.change(made, button="Revoke this key")
    assert Api(secret).get("/api/v1/me").status_code == 401
    other = keys.mint(client)
    table.run("revoke", other.key)
    assert Api(other.secret).get("/api/v1/me").status_code == 401

    hands.sees_in_the_events("apikey.made", "apikey.edited", "apikey.revoked", "apikey.revoked")


@presses(
    "auth.user add", "auth.user change", "auth.user password", "auth.user take_second_factor",
    "auth.user delete", "auth.user delete_selected",
)  # fmt: skip
def test_people(hands):
    table = Table(hands, User)

    ada = table.add(username="ada", password1="a longish secret", password2="a longish secret")
    table.change(ada, email="ada@example.org", is_staff=True)
    hands.go("admin:auth_user_password_change", ada.pk)
    for name in ("password1", "password2"):
        hands.page.locator(f"#id_{name}").fill("another longish secret")
    hands.send(hands.page.get_by_role("button", name="Change password"))
    ada.refresh_from_db()
    assert (ada.email, ada.check_password("another longish secret")) == ("ada@example.org", True)
    TOTPDevice.objects.create(user=ada, name="Authenticator")
    table.run("take_second_factor", ada)
    hands.hears("1 taken away.")
    table.delete(ada)
    table.delete_chosen(User.objects.create_user("eve"))


@presses("auth.group add", "auth.group change", "auth.group delete", "auth.group delete_selected")
def test_groups(hands):
    table = Table(hands, Group)

    made = table.add(name="Night shift")
    table.change(made, name="Late shift")
    assert made.name == "Late shift"
    table.delete(made)
    table.delete_chosen(Group.objects.create(name="Nobody"))


@presses(
    "password_change", "second-factor-setup", "second-factor-codes", "second-factor", "logout",
    "login",
)  # fmt: skip
def test_signing_in_with_a_second_factor(hands, admin_user):
    page = hands.page
    hands.go("admin:password_change")
    page.locator("#id_old_password").fill("password")
    for name in ("new_password1", "new_password2"):
        page.locator(f"#id_{name}").fill("another longish secret")
    hands.send(page.get_by_role("button", name="Change password"))

    hands.go("second-factor-setup")
    device = TOTPDevice.objects.get(user=admin_user)
    page.locator("#id_code").fill(f"{totp(device.bin_key):06d}")
    hands.send(page.get_by_role("button", name="Set it up"))
    expect(page.locator(".ops-codes li")).to_have_count(10)
    hands.go("second-factor-setup")
    hands.send(page.get_by_role("button", name="Make new spare codes"))
    spare = page.locator(".ops-codes li").first.inner_text()

    hands.go("admin:index")
    page.get_by_text("admin@example.com").click()
    hands.send(page.get_by_role("button", name="Log out"))
    page.goto(f"{hands.address}/admin/login/")
    page.locator("input[name=username]").fill("admin")
    page.locator("input[name=password]").fill("another longish secret")
    hands.send(page.get_by_role("button", name="Log in"))
    page.locator("#id_code").fill(spare)
    hands.send(page.get_by_role("button", name="Come in"))

    expect(hands.block("verdict")).to_be_visible()
