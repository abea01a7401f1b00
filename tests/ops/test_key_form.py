"""The admin's form for API keys: what may they do, and from where?"""

import pytest
from django.urls import reverse

from ops.models import ApiKey, Scope
from tests.factories import ClientFactory

pytestmark = pytest.mark.django_db


def fill_in(admin_client, **fields):
    client = ClientFactory()
    decided = {"client": client.pk, "scopes": Scope.values, "allowed_networks": ""} | fields
    return admin_client.post(reverse("admin:ops_apikey_add"), decided)


def test_staff_choose_scopes_and_networks(admin_client):
    answer = fill_in(
        admin_client,
        scopes=["analyses:read"],
        allowed_networks="203.0.113.0/24\n2001:db8::1",
    )

    key = ApiKey.objects.get()
    assert answer.status_code == 200
    assert f"cc_{key.prefix}_" in answer.content.decode()
    assert key.scopes == ["analyses:read"]
    assert key.allowed_networks == ["203.0.113.0/24", "2001:db8::1/128"]


def test_a_network_that_is_none_is_named(admin_client):
    answer = fill_in(admin_client, allowed_networks="somewhere")

    assert "No network" in answer.content.decode()
    assert not ApiKey.objects.exists()


def test_the_decision_is_shown_again_and_changed(admin_client):
    fill_in(admin_client, allowed_networks="203.0.113.0/24")
    key = ApiKey.objects.get()
    page = reverse("admin:ops_apikey_change", args=[key.pk])

    shown = admin_client.get(page).content.decode()
    admin_client.post(page, {"scopes": ["analyses:write"], "allowed_networks": ""})

    key.refresh_from_db()
    assert "203.0.113.0/24" in shown
    assert key.scopes == ["analyses:write"]
    assert key.allowed_networks == []
