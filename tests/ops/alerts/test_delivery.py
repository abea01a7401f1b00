import json
import sys
from datetime import timedelta
from types import ModuleType

import pytest
from django.core import mail
from django.utils import timezone
from standardwebhooks import Webhook

pytestmark = [pytest.mark.storage, pytest.mark.django_db]


def fire(look):
    look(0, waiting=50)
    return look(60, waiting=50)


def delivery():
    from ops.models import AlertDelivery

    return AlertDelivery.objects.get()


def test_without_workers_the_watch_tells_itself(look, channel, receiver):
    channel()

    fire(look)

    assert delivery().state == "delivered"
    assert len(receiver.posts) == 1


def test_workers_tell_when_there_are_some(look, channel, receiver):
    from ops.models import Job
    from ops.queue.claims import take
    from ops.queue.perform import perform
    from tests.factories import WorkerHostFactory

    WorkerHostFactory()
    channel()
    fire(look)
    assert (receiver.posts, Job.objects.get().kind) == ([], "alert")

    perform(take("host", 1), may_go_on=lambda: True)

    assert delivery().state == "delivered"
    assert len(receiver.posts) == 1


def test_the_watch_does_not_wait_for_slow_workers_for_ever(look, channel, receiver):
    from tests.factories import WorkerHostFactory

    WorkerHostFactory()
    channel()
    fire(look)

    look(130, waiting=50)

    assert len(receiver.posts) == 1


def test_a_webhook_is_signed_and_says_what_is_wrong(look, channel, receiver):
    signed = channel()

    fire(look)

    ((headers, body),) = receiver.posts
    data = Webhook(signed.secret).verify(body, headers)
    assert data["type"] == "alert.firing"
    assert data["data"]["rule"] == "Crowd"
    assert (data["data"]["value"], data["data"]["threshold"]) == (50, 10)
    assert data["data"]["runbook"] == "Add workers."


def test_a_failed_delivery_is_tried_again_with_the_same_id(look, channel, receiver):
    from ops.models import AlertDelivery

    channel()
    receiver.status = 503
    fire(look)
    assert (delivery().state, delivery().attempts, delivery().error) == (
        "waiting", 1, "PostFailedError: HTTP 503",
    )  # fmt: skip
    receiver.status = 200
    AlertDelivery.objects.update(next_try_at=timezone.now() - timedelta(hours=1))
    from ops.alerts.delivery import attempt

    attempt(delivery().pk)
    attempt(delivery().pk)

    assert (delivery().state, delivery().error) == ("delivered", "")
    first, second = (headers["webhook-id"] for headers, _ in receiver.posts)
    assert first == second


def test_a_delivery_that_always_fails_is_given_up_and_told(look, channel, receiver):
    from ops.alerts import signals
    from ops.alerts.delivery import ATTEMPTS, attempt
    from ops.models import AlertDelivery

    channel()
    receiver.status = 500
    fire(look)
    for _ in range(ATTEMPTS):
        AlertDelivery.objects.update(next_try_at=timezone.now() - timedelta(hours=1))
        attempt(delivery().pk)

    assert (delivery().state, len(receiver.posts)) == ("failed", ATTEMPTS)
    AlertDelivery.objects.update(created_at=timezone.now())
    assert signals.read("notifications_failed", timezone.now()) == 1


def test_a_delivery_under_way_is_not_begun_again(look, channel, receiver):
    from ops.alerts.delivery import attempt
    from ops.models import AlertDelivery

    channel(enabled=True)
    fire(look)
    AlertDelivery.objects.update(state="sending", next_try_at=timezone.now())

    attempt(delivery().pk)

    assert len(receiver.posts) == 1


def test_what_a_dead_process_began_is_sent_all_the_same(look, channel, receiver):
    from ops.models import AlertDelivery

    channel()
    moment = fire(look)
    AlertDelivery.objects.update(state="sending", next_try_at=moment - timedelta(minutes=3))

    look(75, waiting=50)

    assert delivery().state == "delivered"
    assert len(receiver.posts) == 2


def test_a_redirect_is_not_followed(look, channel, receiver):
    channel()
    receiver.status, receiver.location = 302, receiver.url

    fire(look)

    assert (len(receiver.posts), delivery().error) == (1, "PostFailedError: HTTP 302")


# --- Kinds of channels ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["webhook", "slack", "discord", "teams"])
@pytest.mark.parametrize("occasion", ["firing", "reminder", "resolved", "test"])
def test_each_chat_gets_its_own_json(kind, occasion, channel, receiver):
    from ops.alerts import channels
    from ops.alerts.notice import Notice

    notice = Notice(
        "id", occasion, "Crowd", "page", "Jobs <wait> & @everyone", "Add.", 1.0, 2.0, "now", "local"
    )

    channels.send(channel(kind), notice)

    ((headers, body),) = receiver.posts
    text = json.loads(body)
    assert headers["Content-Type"] == "application/json"
    members = {
        "webhook": {"type", "data"},
        "slack": {"text", "attachments"},
        "discord": {"embeds", "allowed_mentions"},
        "teams": {"type", "attachments"},
    }
    assert text.keys() == members[kind]
    assert "Crowd" in body.decode()
    assert kind != "slack" or "<wait>" not in body.decode()
    assert kind != "discord" or text["allowed_mentions"] == {"parse": []}


def test_a_letter_goes_to_every_address(look, channel, rule):
    channel("email", target="ops@example.com, night@example.com")

    fire(look)

    (letter,) = mail.outbox
    assert letter.to == ["ops@example.com", "night@example.com"]
    assert "Crowd" in letter.subject
    assert "Many jobs wait." in letter.body
    assert "Add workers." in letter.body


def test_a_channel_says_what_it_needs_when_apprise_is_missing(look, channel, monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    channel("apprise", target="json://example.com")

    fire(look)

    assert "pip install apprise" in delivery().error


def test_everything_else_goes_through_apprise(look, channel, monkeypatch):
    """Apprise is an extra: its interface, as far as we use it, stands here for it."""
    sent = []

    class Apprise:
        def add(self, target):
            return target.startswith("json://")

        def notify(self, *, title, body):
            sent.append((title, body))
            return True

    extra = ModuleType("apprise")
    extra.Apprise = Apprise
    monkeypatch.setitem(sys.modules, "apprise", extra)
    channel("apprise", target="json://example.com")

    fire(look)

    assert "Crowd" in sent[0][0]
    assert delivery().state == "delivered"


def test_a_test_says_at_once_how_it_went(channel, receiver):
    from ops.alerts import delivery as deliveries

    ours = channel("slack")
    assert deliveries.test(ours, timezone.now()).state == "delivered"
    receiver.status = 404
    failed = deliveries.test(ours, timezone.now())

    assert (failed.state, failed.error) == ("failed", "PostFailedError: HTTP 404")
    assert len(receiver.posts) == 2


def test_a_member_of_staff_sends_a_test_from_the_list(admin_client, channel, receiver):
    ours = channel("slack")

    response = admin_client.post(
        "/admin/ops/alertchannel/",
        {"action": "send_test", "_selected_action": [ours.pk]},
        follow=True,
    )

    assert "took the test" in response.content.decode()
    assert len(receiver.posts) == 1


@pytest.mark.parametrize("name", ["alertrule", "alert", "silence", "alertchannel", "alertdelivery"])
def test_the_admin_lists_alerts(admin_client, look, channel, name):
    channel()
    fire(look)

    assert admin_client.get(f"/admin/ops/{name}/").status_code == 200


# --- Where nothing may be posted -----------------------------------------------------------


def test_our_own_network_is_not_posted_to(receiver, settings):
    from ops.alerts.posting import Post, PostFailedError, post

    settings.OPS_ALERT_NETWORKS = []
    with pytest.raises(PostFailedError, match="address_not_public"):
        post(Post(receiver.url, b"{}"))

    assert receiver.posts == []


def test_receivers_that_hang_hold_up_the_watch_for_a_few_at_most(look, channel, receiver):
    for number in range(5):
        channel(name=f"channel {number}")

    fire(look)
    assert len(receiver.posts) == 3
    look(75, waiting=50)

    assert len(receiver.posts) == 5


def test_what_was_wrong_is_remembered_for_half_a_year(look, channel, rule):
    from ops.alerts.retention import prune
    from ops.models import Alert, AlertDelivery

    channel()
    moment = fire(look)
    Alert.objects.update(state="resolved", ended_at=moment)

    prune(moment + timedelta(days=29))
    assert (Alert.objects.count(), AlertDelivery.objects.count()) == (1, 1)
    prune(moment + timedelta(days=31))
    assert (Alert.objects.count(), AlertDelivery.objects.count()) == (1, 0)
    prune(moment + timedelta(days=181))
    assert Alert.objects.count() == 0


def test_a_receiver_that_fails_is_left_alone_without_losing_attempts(look, channel, receiver):
    from ops.alerts.delivery import attempt
    from ops.models import AlertDelivery
    from ops.overload.breakers import dependency
    from ops.overload.breakers.switches import Position
    from ops.overload.breakers.switching import put

    name = f"alert_channels:{channel().pk}"
    put(name, Position.OPEN, actor="user:ann")
    fire(look)
    assert (delivery().state, delivery().attempts, receiver.posts) == ("waiting", 0, [])
    assert "breaker is open" in delivery().error

    put(name, Position.AUTO, actor="user:ann")
    AlertDelivery.objects.update(next_try_at=timezone.now() - timedelta(hours=1))
    attempt(delivery().pk)

    assert (delivery().state, len(receiver.posts)) == ("delivered", 1)
    assert dependency(name).name == name
