from __future__ import annotations

import pytest

from tests.receivers import receiving


@pytest.fixture(autouse=True)
def this_machine_is_allowed(settings):
    settings.OPS_OUTBOUND_ALLOWED_NETWORKS = ["127.0.0.1/32"]


@pytest.fixture
def short_deadline(settings):
    """For receivers that hang; others may be slow where many tests run at once."""
    settings.OPS_WEBHOOK_DEADLINE_SECONDS = 1


@pytest.fixture
def receiver():
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def client(db):
    from tests.factories import ClientFactory

    return ClientFactory()


@pytest.fixture
def endpoint(client, receiver):
    """Makes an endpoint of the client that leads to the receiver."""
    from ops.webhooks import Wanted
    from ops.webhooks.endpoints import add

    def make(url=None, **wanted):
        return add(
            client, Wanted(url=url or receiver.url, base_url="https://api.example", **wanted)
        )

    return make


@pytest.fixture
def tell(client):
    """Publishes a fact; returns to how many addresses it goes."""
    from ops.webhooks import Fact, publish

    def publish_it(subject="an_1", type="analysis.succeeded", **plan):
        data = {"id": subject, "status": "succeeded"}
        return publish(Fact(type, subject, data, f"/api/v1/analyses/{subject}"), client.key, **plan)

    return publish_it


@pytest.fixture
def work():
    """Does the jobs that may be done now, as a worker would; `skip=True` also those for later."""
    from django.utils import timezone

    from ops.models import Job, WebhookDelivery, WebhookEndpoint
    from ops.queue.claims import take
    from ops.queue.perform import perform

    def work_off(*, skip=False):
        if skip:
            WebhookDelivery.objects.filter(state="waiting").update(next_try_at=timezone.now())
            WebhookEndpoint.objects.update(resting_until=None)
            Job.objects.waiting().update(ready=True)
        while claim := take("host", 1):
            perform(claim, may_go_on=lambda: True)
        assert not Job.objects.dead().exists()

    return work_off
