"""What waits, what was done, what was told and analysed: each edit of a row and each action."""

from __future__ import annotations

import pytest
from django.utils import timezone
from django_q.models import Failure, OrmQ, Schedule, Success
from django_q.signing import SignedPackage

from analysis.models import Analysis, Content
from ops.models import Client, Job, Pause, WebhookDelivery, WebhookEndpoint
from ops.webhooks import endpoints, publishing
from tests.factories import AnalysisFactory, JobFactory
from tests.ops.actions.hands import presses
from tests.ops.actions.rows import Table

pytestmark = [pytest.mark.browser, pytest.mark.storage, pytest.mark.django_db(transaction=True)]


@presses("ops.job retry", "ops.job discard", "ops.job cancel")
def test_jobs(hands):
    failed, hopeless = JobFactory.create_batch(2, dead=True)
    unwanted = JobFactory()
    table = Table(hands, Job)

    for action, row, word in (
        ("retry", failed, "1 retried."),
        ("discard", hopeless, "1 discarded."),
        ("cancel", unwanted, "1 canceled."),
    ):
        table.run(action, row)
        hands.hears(word)

    states = Job.objects.in_bulk([failed.pk, hopeless.pk, unwanted.pk])
    assert states[failed.pk].state == Job.State.WAITING
    assert states[unwanted.pk].state == Job.State.CANCELED
    assert hopeless not in Job.objects.dead()
    hands.sees_in_the_events("queue.retried", "queue.discarded", "queue.canceled")


@presses("ops.pause add", "ops.pause delete", "ops.pause delete_selected")
def test_pauses(hands):
    table = Table(hands, Pause)

    made = table.add(kind="analysis", reason="new engine")
    hands.go("admin:ops_pause_delete", made.pk)
    hands.send(hands.page.get_by_role("button", name="Yes, I’m sure"))
    assert not Pause.objects.exists()
    table.delete_chosen(Pause.objects.create(kind=""))

    hands.sees_in_the_events("queue.paused", "queue.resumed", "queue.resumed")


@presses(
    "django_q.schedule add", "django_q.schedule change", "django_q.schedule delete",
    "django_q.schedule delete_selected",
)  # fmt: skip
def test_schedules(hands):
    table = Table(hands, Schedule)

    made = table.add(name="nightly", func="math.floor", schedule_type="D")
    table.change(made, repeats=3)
    assert made.repeats == 3
    table.delete(made)
    table.delete_chosen(Schedule.objects.create(name="weekly", func="math.floor"))

    hands.sees_in_the_events("rows.added", "rows.edited", "rows.removed", "rows.removed")


@presses(
    "django_q.success resubmit_task", "django_q.success delete",
    "django_q.success delete_selected", "django_q.failure resubmit_task",
    "django_q.failure delete", "django_q.failure delete_selected", "django_q.ormq delete",
    "django_q.ormq delete_selected",
)  # fmt: skip
def test_what_django_q2_has_written(hands):
    now = timezone.now()
    for model, success in ((Success, True), (Failure, False)):
        done, old, older = (
            model.objects.create(
                id=f"{model.__name__}{number}", name=f"task {number}", func="math.floor",
                args=(1.5,), started=now, stopped=now, success=success,
            )
            for number in range(3)
        )  # fmt: skip
        table = Table(hands, model)
        table.run("resubmit_task", done)
        table.delete(old)
        table.delete_chosen(older)
    task = {"id": "x", "name": "x", "func": "math.floor", "args": (), "kwargs": {}}
    for delete in (Table(hands, OrmQ).delete, Table(hands, OrmQ).delete_chosen):
        delete(OrmQ.objects.create(key="default", payload=SignedPackage.dumps(task), lock=now))

    assert Job.objects.waiting().count() == 2
    hands.sees_in_the_events(*(6 * ["rows.removed"]))


@presses(
    "ops.webhookendpoint disable", "ops.webhookendpoint enable", "ops.webhookdelivery send_again"
)
def test_webhooks(hands):
    client = Client.objects.create(name="Newsroom")
    wanted = endpoints.Wanted(url="https://cms.example/told", base_url="https://api.example")
    endpoint = endpoints.add(client, wanted)
    publishing.test(endpoint)
    delivery = WebhookDelivery.objects.get()
    delivery.state = WebhookDelivery.State.FAILED
    delivery.save()
    table = Table(hands, WebhookEndpoint)

    table.run("disable", endpoint)
    hands.hears("1 disabled.")
    table.run("enable", endpoint)
    hands.hears("1 enabled.")
    Table(hands, WebhookDelivery).run("send_again", delivery)

    hands.hears("1 on their way again.")
    delivery.refresh_from_db()
    assert delivery.state == WebhookDelivery.State.WAITING
    assert WebhookEndpoint.objects.get().enabled


@presses("analysis.analysis delete")
def test_an_analysis_is_erased_with_its_text(hands):
    analysis = AnalysisFactory()

    Table(hands, Analysis).delete(analysis)

    assert not Content.objects.exists()
    hands.sees_in_the_events("rows.removed")
