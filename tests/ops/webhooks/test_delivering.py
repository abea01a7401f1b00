import json
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from standardwebhooks import Webhook

from tests.receivers import answers, hangs, receiving, resets

pytestmark = [pytest.mark.storage, pytest.mark.django_db]


def only():
    from ops.models import WebhookDelivery

    return WebhookDelivery.objects.get()


def attempts():
    from ops.models import WebhookAttempt

    return list(WebhookAttempt.objects.order_by("pk"))


def events(name):
    from ops.models import Event

    return Event.objects.filter(name=name)


# --- What a receiver gets ------------------------------------------------------------------


def test_a_message_is_little_signed_and_says_where_to_read_the_rest(endpoint, tell, work, receiver):
    ours = endpoint()
    assert tell() == 1

    work()

    (got,) = receiver.got
    body = Webhook(ours.secret).verify(got.body, got.headers)
    assert (got.method, got.path) == ("POST", "/hook")
    assert got.headers["content-type"] == "application/json"
    assert body["type"] == "analysis.succeeded"
    assert body["timestamp"].endswith("Z")
    assert body["data"] == {
        "id": "an_1",
        "status": "succeeded",
        "url": "https://api.example/api/v1/analyses/an_1",
    }
    assert got.headers["webhook-id"] == only().message.public_id
    assert only().state == "succeeded"
    (attempt,) = attempts()
    assert (attempt.number, attempt.status, attempt.error) == (1, 200, "")


def test_while_a_secret_is_replaced_both_sign(endpoint, tell, work, receiver):
    from ops.webhooks.endpoints import rotate

    ours = endpoint()
    old = ours.secret
    rotate(ours, overlap=timedelta(hours=1), now=timezone.now())
    tell()
    work()
    rotate(ours, overlap=timedelta(0), now=timezone.now())
    tell("an_2")
    work()

    both, new_only = receiver.got
    Webhook(old).verify(both.body, both.headers)
    ours.refresh_from_db()
    assert len(both.headers["webhook-signature"].split()) == 2
    assert len(new_only.headers["webhook-signature"].split()) == 1
    Webhook(ours.secret).verify(new_only.body, new_only.headers)


def test_an_endpoint_hears_only_what_it_asked_for_and_strangers_nothing(
    endpoint, tell, work, receiver
):
    from tests.factories import ClientFactory

    endpoint(event_types=("analysis.failed",))
    endpoint().__class__.objects.filter(event_types=[]).update(client=ClientFactory())

    assert tell(type="analysis.succeeded") == 0
    assert tell(type="analysis.failed") == 1


# --- Trying again --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("behave", "error", "status"),
    [
        (answers(500), "bad_status", 500),
        (answers(404), "bad_status", 404),
        (answers(302, Location="/elsewhere"), "redirect", 302),
        (answers(429), "too_many_requests", 429),
        (resets, "reset", None),
        (hangs, "timeout", None),
    ],
    ids=["500", "404", "redirect", "429", "reset", "hanging"],
)
def test_a_failure_is_recorded_and_tried_again_under_the_same_id(
    endpoint, tell, work, receiver, short_deadline, behave, error, status
):
    endpoint()
    receiver.behave = behave
    tell()
    work()

    assert (only().state, only().error, only().step) == ("waiting", error, 1)
    assert timedelta(seconds=2) < only().next_try_at - timezone.now() < timedelta(seconds=7)
    receiver.behave = answers(204)
    work(skip=True)

    assert only().state == "succeeded"
    assert [(a.number, a.status, a.error) for a in attempts()] == [(1, status, error), (2, 204, "")]
    first, second = receiver.got
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


def test_the_beginning_of_the_answer_is_kept(endpoint, tell, work, receiver):
    endpoint()
    receiver.behave = answers(500, b"the database is away\x00\xff" + b"." * 5000)
    tell()
    work()

    (attempt,) = attempts()
    assert attempt.answer.startswith("the database is away\ufffd")
    assert len(attempt.answer) <= 1000
    assert 0 < attempt.seconds < 1


def test_retry_after_is_honoured_for_all_that_goes_there(endpoint, tell, work, receiver):
    from ops.models import WebhookDelivery

    endpoint()
    receiver.behave = answers(429, Retry_After="600")
    tell()
    work()
    tell("an_2")
    work()

    assert len(receiver.got) == 1
    waits = only_first().next_try_at - timezone.now()
    assert timedelta(seconds=590) < waits <= timedelta(seconds=600)
    receiver.behave = answers(200)
    work(skip=True)
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {"succeeded"}


def only_first():
    from ops.models import WebhookDelivery

    return WebhookDelivery.objects.order_by("pk").first()


def test_after_a_day_it_is_given_up_and_can_be_sent_again(endpoint, tell, work, receiver):
    from ops.webhooks.publishing import again
    from ops.webhooks.retries import DELAYS_SECONDS

    endpoint()
    receiver.behave = answers(500)
    tell()
    for _ in range(len(DELAYS_SECONDS) + 3):
        # A breaker that refuses is no attempt: forget what it learned.
        forget_breakers()
        work(skip=True)
    assert (only().state, only().attempts_made) == ("failed", len(DELAYS_SECONDS) + 1)
    assert len(receiver.got) == len(DELAYS_SECONDS) + 1

    forget_breakers()
    receiver.behave = answers(200)
    again(only())
    work()

    assert only().state == "succeeded"
    assert len({got.headers["webhook-id"] for got in receiver.got}) == 1


def forget_breakers():
    from django.conf import settings

    from ops.overload.breakers import dependencies

    dependencies.dependency.cache_clear()
    if settings.REDIS_URL:
        import redis

        with redis.Redis.from_url(settings.REDIS_URL) as client:
            for key in client.scan_iter("{breaker:webhooks*"):
                client.delete(key)


# --- Endpoints that are gone, fail, or hang -------------------------------------------------


def test_410_disables_the_endpoint_and_tells_the_others(endpoint, tell, work, receiver):
    with receiving() as other:
        gone, watching = endpoint(), endpoint(other.url)
        receiver.behave = answers(410)
        tell()
        work()
        tell("an_2")
        work()

        gone.refresh_from_db()
        assert (gone.enabled, gone.disabled_reason) == (False, "gone")
        assert len(receiver.got) == 1
        types = [json.loads(got.body)["type"] for got in other.got]
        assert sorted(types) == [
            "analysis.succeeded", "analysis.succeeded", "webhook_endpoint.disabled",
        ]  # fmt: skip
        assert watching.wants("webhook_endpoint.disabled")
        assert events("webhooks.endpoint_disabled").get().details["endpoint"] == gone.public_id


def test_what_was_published_while_its_endpoint_was_disabled_is_given_up(
    endpoint, tell, work, receiver
):
    from ops.webhooks.publishing import again
    from ops.webhooks.upkeep import resume

    ours = endpoint()
    tell()
    type(ours).objects.update(enabled=False)
    work()
    assert (receiver.got, only().state) == ([], "waiting")

    resume(timezone.now())
    assert (only().state, only().error) == ("failed", "endpoint_disabled")
    again(only())
    work()

    assert (len(receiver.got), only().state) == (1, "succeeded")


def test_days_of_failure_disable_the_endpoint_and_give_up_what_waits(
    endpoint, tell, work, receiver
):
    from ops.models import WebhookDelivery
    from ops.webhooks.endpoints import enable

    ours = endpoint()
    receiver.behave = answers(503)
    tell()
    work()
    type(ours).objects.update(failing_since=timezone.now() - timedelta(days=5))
    tell("an_2")
    work()

    ours.refresh_from_db()
    assert (ours.enabled, ours.disabled_reason) == (False, "failing")
    assert set(WebhookDelivery.objects.values_list("state", "error")) == {
        ("failed", "endpoint_disabled")
    }
    assert enable(ours, actor="staff")
    ours.refresh_from_db()
    assert (ours.enabled, ours.failing_since) == (True, None)


def test_one_success_ends_the_days_of_failure(endpoint, tell, work, receiver):
    ours = endpoint()
    receiver.behave = answers(500)
    tell()
    work()
    ours.refresh_from_db()
    assert ours.failing_since is not None
    receiver.behave = answers(200)
    work(skip=True)

    ours.refresh_from_db()
    assert ours.failing_since is None


def test_what_hangs_holds_up_neither_the_others_nor_the_worker(
    endpoint, tell, work, receiver, short_deadline
):
    from ops.models import WebhookDelivery

    receiver.behave = hangs
    with receiving() as quick:
        endpoint()
        endpoint(quick.url)
        for number in range(12):
            tell(f"an_{number}")
        work()

        assert len(quick.got) == 12
        assert quick.got[-1].at - receiver.got[0].at < 1.0  # before the first of them gives up
        # Two at a time of a second each, until its breaker has seen four: one more is under way.
        assert len(receiver.got) <= 5
        waiting = WebhookDelivery.objects.filter(state="waiting")
        assert waiting.count() == 12


def test_what_comes_while_somebody_hangs_is_delivered_meanwhile(
    endpoint, tell, work, receiver, short_deadline, client
):
    """The first call, which hangs, makes a second one due: nobody waits for the first."""
    receiver.behave = hangs
    with receiving() as quick:
        endpoint(event_types=("analysis.failed",))
        endpoint(quick.url, event_types=("analysis.succeeded",))
        tell("an_2")
        later = only()
        later.__class__.objects.update(next_try_at=timezone.now() + timedelta(seconds=0.3))
        tell("an_1", type="analysis.failed")
        began = time.monotonic()
        work()

        assert receiver.got[0].at < quick.got[0].at < receiver.got[0].at + 1
        assert time.monotonic() - began >= 1


def test_a_client_whose_endpoints_all_hang_leaves_places_to_others(
    endpoint, tell, work, receiver, short_deadline
):
    from ops.webhooks import Fact, Wanted, add, publish
    from tests.factories import ClientFactory

    receiver.behave = hangs
    other = ClientFactory()
    with receiving() as quick:
        add(other, Wanted(quick.url, ""))
        for _ in range(12):
            endpoint()
        tell()
        publish(Fact("analysis.succeeded", "an_2", {}), other.key)
        work()

        assert quick.got[0].at - receiver.got[0].at < 1
        assert len([got for got in receiver.got if got.at < quick.got[0].at + 0.1]) <= 8


def test_several_slots_share_the_endpoints(endpoint, tell, work, receiver, settings):
    settings.OPS_WEBHOOK_SLOTS = 3
    for _ in range(4):
        endpoint()
    tell()

    work()

    assert len(receiver.got) == 4


def test_an_open_breaker_costs_no_attempt(endpoint, tell, work, receiver):
    from ops.overload.breakers.switches import Position
    from ops.overload.breakers.switching import put

    endpoint()
    put("webhooks", Position.OPEN, actor="staff")
    tell()
    work()

    assert (only().state, only().attempts_made, attempts()) == ("waiting", 0, [])
    assert receiver.got == []
    put("webhooks", Position.AUTO, actor="staff")
    work(skip=True)
    assert only().state == "succeeded"


def test_an_address_that_became_ours_is_not_called(endpoint, tell, work, receiver, settings):
    endpoint()
    tell()
    settings.OPS_OUTBOUND_ALLOWED_NETWORKS = []
    work()

    assert receiver.got == []
    assert (only().state, only().error) == ("waiting", "address_not_public")


# --- Held back, lost, forgotten ------------------------------------------------------------


def test_maintenance_holds_deliveries_back_and_loses_none(endpoint, tell, work, receiver):
    from ops.models import Job, Maintenance
    from ops.webhooks.upkeep import resume

    endpoint()
    window = Maintenance.objects.create(scope="webhooks", starts_at=timezone.now())
    tell()
    work()
    resume(timezone.now() + timedelta(minutes=1))
    assert (receiver.got, only().state) == ([], "waiting")
    assert not Job.objects.waiting().exists()

    window.delete()
    resume(timezone.now() + timedelta(minutes=1))
    work()

    assert (len(receiver.got), only().state) == (1, "succeeded")


def test_a_delivery_whose_job_was_lost_is_taken_up_again(endpoint, tell, work, receiver):
    from ops.models import Job
    from ops.webhooks.upkeep import resume

    endpoint()
    tell()
    Job.objects.all().delete()
    resume(timezone.now())
    assert not Job.objects.exists()  # it may still be on its way

    resume(timezone.now() + timedelta(seconds=11))
    resume(timezone.now() + timedelta(seconds=26))
    assert Job.objects.count() == 1  # nobody works: one job is enough for when somebody does
    work()

    assert only().state == "succeeded"


def test_an_attempt_whose_worker_died_is_made_again_under_the_same_id(
    endpoint, tell, work, receiver
):
    from ops.webhooks.due import claim

    endpoint()
    tell()
    assert claim(only(), now=timezone.now())
    work()
    assert receiver.got == []
    assert not claim(delivery_before_its_claim(), now=timezone.now())

    work(skip=True)
    tell("an_2")
    work()

    assert len(receiver.got) == 2


def delivery_before_its_claim():
    delivery = only()
    delivery.next_try_at = delivery.created_at
    return delivery


def test_whoever_finds_the_slot_taken_is_served_by_its_holder(endpoint, tell, work, receiver):
    from ops.webhooks import slots

    ours = endpoint()
    tell()
    slot = slots.number_of(ours.pk)
    assert slots.take(slot, 1_000_000)
    assert not slots.take(slot, 1_000_001)
    slots.give_back(slot, 1_000_001)  # not its holder
    work()
    assert receiver.got == []

    slots.give_back(slot, 1_000_000)
    tell("an_2")
    work()

    assert len(receiver.got) == 2


def test_the_job_of_a_dead_worker_takes_its_slot_over(endpoint, tell, work, receiver):
    from ops.webhooks import slots

    ours = endpoint()
    tell()
    assert slots.take(slots.number_of(ours.pk), only().pk)

    work()

    assert len(receiver.got) == 1


def test_what_is_rolled_back_is_never_told(endpoint, tell):
    from django.db import transaction

    from ops.models import Job, WebhookDelivery, WebhookMessage

    endpoint()
    with transaction.atomic():
        assert tell() == 1
        transaction.set_rollback(True)

    assert not WebhookMessage.objects.exists()
    assert not WebhookDelivery.objects.exists()
    assert not Job.objects.exists()


def test_old_messages_are_forgotten_with_all_that_came_of_them(endpoint, tell, work):
    from ops.models import WebhookAttempt, WebhookMessage
    from ops.webhooks.upkeep import prune

    endpoint()
    tell()
    work()
    tell("an_2")

    prune(timezone.now() + timedelta(days=29))
    assert WebhookMessage.objects.count() == 2
    prune(timezone.now() + timedelta(days=31))

    assert WebhookMessage.objects.get().subject == "an_2"  # it still waits
    assert not WebhookAttempt.objects.exists()


def test_an_endpoint_that_is_deleted_while_it_is_called_troubles_nobody(
    endpoint, tell, work, receiver
):
    from ops.models import WebhookAttempt
    from ops.webhooks.recording import record
    from ops.webhooks.sending import Outcome

    ours = endpoint()
    tell()
    delivery = only()
    ours.delete()

    record(delivery, Outcome(timezone.now(), status=200))

    assert not WebhookAttempt.objects.exists()
    work()
