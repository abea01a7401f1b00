"""Who is told that an analysis has ended? Whoever follows its client's webhooks, once.

What is due stands in the row itself: an analysis is untold until its end is on its way. Telling
joins the transaction in which a report is kept; whatever ends otherwise (a dead job, a canceled
one, a race) is found by a look every few seconds, so no way to end can be forgotten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from analysis.models import Analysis, AnalysisQuerySet, Batch, Follower, Status
from ops import webhooks
from ops.clients import AnyClient
from ops.models import Client, Job
from ops.problems import ProblemError, Violation
from ops.webhooks import Address, Fact, Plan

EVENTS = {
    Status.SUCCEEDED: "analysis.succeeded",
    Status.FAILED: "analysis.failed",
    Status.CANCELED: "analysis.canceled",
}
BATCH_ENDED = "batch.ended"
_TOLD_AT_ONCE = 200


@dataclass(frozen=True)
class Webhook:
    """What a submission names: an address, and under which address we are known there."""

    url: str = ""
    base_url: str = ""


NOBODY = Webhook()


def check(webhook: Webhook, client: AnyClient) -> None:
    """What can be refused before anything is done."""
    if not webhook.url:
        return
    if not isinstance(client, Client):
        raise ProblemError("missing_key", "Only clients with an API key are told by webhook.")
    check_address(webhook.url, "/webhook", by_name=False)


def check_address(url: str, pointer: str, *, by_name: bool) -> None:
    try:
        webhooks.check_url(url, by_name=by_name)
    except webhooks.RefusedError as error:
        violation = Violation(pointer, error.code, str(error))
        raise ProblemError("unsafe_url", str(error), violations=(violation,)) from error


def follow(analysis: Analysis, webhook: Webhook, client: AnyClient) -> None:
    """Joins the submission's transaction. What has ended already is told at once."""
    if webhook.url and isinstance(client, Client):
        try:
            endpoint = webhooks.of_origin(client, webhook.url, webhook.base_url)
        except webhooks.TooManyEndpointsError as error:
            raise ProblemError("too_many_endpoints") from error
        Follower.objects.get_or_create(
            analysis=analysis, url=webhook.url, defaults={"endpoint": endpoint}
        )
        Analysis.objects.filter(pk=analysis.pk).update(untold=True)
        analysis.untold = True
    if analysis.untold and analysis.is_settled:
        tell(Analysis.objects.filter(pk=analysis.pk))


def tell_of_report(content_key: str) -> None:
    """Joins the transaction in which the report is kept: all who wished for it have it now."""
    wishes = Analysis.objects.filter(content=content_key).untold()
    if _is_heard(wishes):
        tell(wishes)
    else:
        wishes.update(untold=False)


def _is_heard(wishes: AnalysisQuerySet) -> bool:
    """Mostly nobody listens, and then nothing need be loaded. Whoever follows after this look
    finds the report, and tells."""
    named = Exists(Follower.objects.filter(analysis=OuterRef("pk")))
    rows = wishes.select_for_update(no_key=True).values_list("client_key", named)
    keys, is_named = set[str](), False
    for key, has_followers in rows:
        keys.add(key)
        is_named = is_named or has_followers
    return is_named or bool(webhooks.followed(keys))


def tell(analyses: AnalysisQuerySet) -> int:
    """How many of them had ended and nobody had been told."""
    with transaction.atomic():
        ended = analyses.untold().in_view().select_for_update(of=("self",), no_key=True)
        rows = [row for row in ended.order_by("pk")[:_TOLD_AT_ONCE] if row.is_settled]
        if not rows:
            return 0
        Analysis.objects.filter(pk__in=[row.pk for row in rows]).update(untold=False)
        _publish([row for row in rows if row.status in EVENTS])
    return len(rows)


def sweep(now: datetime) -> None:
    """What ended without a word."""
    ended = Q(job__state__in=[Job.State.DONE, Job.State.DEAD, Job.State.CANCELED])
    settled = ended | Q(job=None) | Q(canceled_at__isnull=False) | Q(content__report__isnull=False)
    while True:
        due = Analysis.objects.untold().filter(settled).values_list("pk", flat=True)
        found = list(due[:_TOLD_AT_ONCE])
        if not found or not tell(Analysis.objects.filter(pk__in=found)):
            return


def sweep_batches(now: datetime) -> None:
    """A batch ends with the last of its analyses, however that ends."""
    for batch in Batch.objects.filter(untold=True).order_by("pk")[:_TOLD_AT_ONCE]:
        if not Analysis.objects.filter(batch=batch).unsettled().exists():
            _tell_batch(batch)


def _tell_batch(batch: Batch) -> None:
    data = {
        "id": batch.public_id,
        "object": "batch",
        "processing_status": "ended",
        "metadata": batch.metadata,
    }
    path = reverse("analysis:batch", args=[batch.public_id])
    with transaction.atomic():
        if Batch.objects.filter(pk=batch.pk, untold=True).update(untold=False):
            webhooks.publish(Fact(BATCH_ENDED, batch.public_id, data, path), batch.client_key)


def _publish(rows: list[Analysis]) -> None:
    addresses = _addresses(rows)
    followed = webhooks.followed({row.client_key for row in rows})
    for row in rows:
        if row.client_key in followed or row.pk in addresses:
            webhooks.publish(_fact(row), row.client_key, Plan(tuple(addresses[row.pk])))


def _addresses(rows: Iterable[Analysis]) -> dict[int, list[Address]]:
    named = Follower.objects.filter(analysis__in=rows)
    found: dict[int, list[Address]] = defaultdict(list)
    for follower in named.select_related("endpoint__client"):
        found[follower.analysis_id].append(Address(follower.endpoint, follower.url))
    if found:
        named.delete()
    return found


def _fact(analysis: Analysis) -> Fact:
    return Fact(
        type=EVENTS[analysis.status],
        subject=analysis.public_id,
        data={
            "id": analysis.public_id,
            "object": "analysis",
            "status": analysis.status,
            "metadata": analysis.metadata,
        },
        path=reverse("analysis:analysis", args=[analysis.public_id]),
    )
