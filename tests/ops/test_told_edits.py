"""Edits of rows in the admin are events like any other decision."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ops.models import AlertRule, Event, Silence, StrictMode
from tests.factories import ApiKeyFactory

pytestmark = pytest.mark.django_db


def told():
    return [(one.name, one.actor, one.details) for one in Event.objects.order_by("id")]


def form_of(page):
    return dict(page.context["adminform"].form.initial)


def test_an_edited_rule_is_told_with_its_author_and_its_fields(admin_client):
    rule = AlertRule.objects.get(name="QueueWaitHigh")
    address = reverse("admin:ops_alertrule_change", args=[rule.pk])

    admin_client.post(address, form_of(admin_client.get(address)) | {"threshold": 90})

    facts = {"kind": "alert rule", "title": "QueueWaitHigh", "fields": ["Threshold"]}
    assert told() == [("rows.edited", "user:admin", facts)]


def test_saving_without_a_change_is_no_event(admin_client):
    rule = AlertRule.objects.get(name="QueueWaitHigh")
    address = reverse("admin:ops_alertrule_change", args=[rule.pk])

    admin_client.post(address, form_of(admin_client.get(address)))

    assert told() == []


def test_a_silence_made_as_a_row_can_be_undone_like_any_other(admin_client):
    form = {
        "rule": "",
        "reason": "moving house",
        "starts_at_0": "2026-01-01",
        "starts_at_1": "12:00",
        "ends_at_0": "2100-01-01",
        "ends_at_1": "12:00",
    }
    admin_client.post(reverse("admin:ops_silence_add"), form)

    (event,) = Event.objects.all()
    made = Silence.objects.get()
    assert (event.name, event.actor, event.reason) == (
        "alert.silenced", "user:admin", "moving house"
    )  # fmt: skip
    assert event.undo == {"end_silence": made.pk}

    admin_client.post(reverse("admin:ops_silence_delete", args=[made.pk]), {"post": "yes"})
    assert Event.objects.filter(name="alert.silence_ended", actor="user:admin").exists()


def test_another_scope_of_a_key_is_told_and_its_revoking_is_no_edit(admin_client):
    key = ApiKeyFactory()
    address = reverse("admin:ops_apikey_change", args=[key.pk])
    form = {
        "scopes": ["analyses:read"],
        "allowed_networks": "",
        "expires_at_0": "",
        "expires_at_1": "",
    }

    admin_client.post(address, form)
    admin_client.post(address, form | {"ops_apikey_revoke_this": "1"})

    assert [name for name, _, _ in told()] == ["apikey.edited", "apikey.revoked"]
    assert Event.objects.get(name="apikey.edited").details["fields"] == ["scopes"]


def test_the_same_number_with_fewer_digits_is_no_edit(admin_client):
    day = timezone.now().replace(microsecond=0)
    strict = StrictMode.objects.create(reason="x", starts_at=day, ends_at=day + timedelta(hours=1))
    address = reverse("admin:ops_strictmode_change", args=[strict.pk])
    form = {"reason": "x", "anonymous": "0.2", "free": "0.5", "premium": "1", "staff": "1"}
    for name, moment in (("starts_at", strict.starts_at), ("ends_at", strict.ends_at)):
        form |= {f"{name}_0": f"{moment:%Y-%m-%d}", f"{name}_1": f"{moment:%H:%M:%S}"}

    answer = admin_client.post(address, form)

    assert answer.status_code == 302
    assert told() == []
