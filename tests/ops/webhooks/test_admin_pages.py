import pytest
from django.urls import reverse

from tests.receivers import answers

pytestmark = pytest.mark.django_db


def act(admin_client, model, action, rows):
    return admin_client.post(
        reverse(f"admin:ops_{model}_changelist"),
        {"action": action, "_selected_action": [row.pk for row in rows]},
        follow=True,
    )


def test_staff_see_what_was_answered_and_send_it_again(
    admin_client, endpoint, tell, work, receiver
):
    from ops.models import Event, WebhookDelivery

    endpoint()
    receiver.behave = answers(500, b"no disk")
    tell()
    work()
    delivery = WebhookDelivery.objects.get()
    page = reverse("admin:ops_webhookdelivery_change", args=[delivery.pk])
    assert "no disk" in admin_client.get(page).content.decode()

    receiver.behave = answers(200)
    answer = act(admin_client, "webhookdelivery", "send_again", [delivery])
    work()

    assert "1 on their way again" in answer.content.decode()
    delivery.refresh_from_db()
    assert delivery.state == "succeeded"
    assert Event.objects.get(name="webhooks.sent_again").actor == "user:admin"


def test_staff_disable_and_enable_endpoints_but_never_see_secrets(admin_client, endpoint):
    ours = endpoint()
    page = reverse("admin:ops_webhookendpoint_change", args=[ours.pk])

    assert "1 disabled" in act(admin_client, "webhookendpoint", "disable", [ours]).content.decode()
    ours.refresh_from_db()
    assert (ours.enabled, ours.disabled_reason) == (False, "staff")
    assert "1 enabled" in act(admin_client, "webhookendpoint", "enable", [ours]).content.decode()
    assert ours.secret not in admin_client.get(page).content.decode()


def test_who_may_only_look_can_send_nothing_again(client, endpoint, tell, django_user_model):
    from django.contrib.auth.models import Permission
    from django.test import Client as Browser

    from ops.models import WebhookDelivery

    endpoint()
    tell()
    person = django_user_model.objects.create_user("onlooker", is_staff=True)
    rights = ["view_webhookdelivery", "view_console"]
    person.user_permissions.set(Permission.objects.filter(codename__in=rights))
    browser = Browser()
    browser.force_login(person)
    WebhookDelivery.objects.update(state="failed")

    act(browser, "webhookdelivery", "send_again", [WebhookDelivery.objects.get()])

    assert WebhookDelivery.objects.get().state == "failed"
