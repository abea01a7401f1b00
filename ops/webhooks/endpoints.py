"""Which addresses does a client have, and how do they change?"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from ops import events
from ops.models import Client, WebhookDelivery, WebhookEndpoint
from ops.outbound import DeadlineError, UnreachableError, read, vet, vet_spelling
from ops.webhooks.publishing import Fact, Plan, publish
from ops.webhooks.sending import outbound_rules
from ops.webhooks.signatures import new_secret

DISABLED = "webhook_endpoint.disabled"


class TooManyEndpointsError(Exception):
    """A client has as many as it may have."""


@dataclass(frozen=True)
class Wanted:
    url: str
    base_url: str
    description: str = ""
    event_types: tuple[str, ...] = ()


def add(client: Client, wanted: Wanted) -> WebhookEndpoint:
    registered = WebhookEndpoint.objects.filter(client=client, registered=True)
    if registered.count() >= settings.OPS_WEBHOOK_ENDPOINTS_AT_MOST:
        raise TooManyEndpointsError
    return WebhookEndpoint.objects.create(
        client=client,
        url=wanted.url,
        base_url=wanted.base_url,
        description=wanted.description,
        event_types=list(wanted.event_types),
        secret=new_secret(),
    )


def of_origin(client: Client, url: str, base_url: str) -> WebhookEndpoint:
    """What a submission's address belongs to; made when its origin is seen for the first time."""
    target = read(url)
    origin = f"{target.scheme}://{target.authority}"
    found = WebhookEndpoint.objects.filter(client=client, url=origin, registered=False).first()
    if found is not None:
        return found
    named = WebhookEndpoint.objects.filter(client=client, registered=False)
    if named.count() >= settings.OPS_WEBHOOK_ENDPOINTS_AT_MOST:
        raise TooManyEndpointsError
    row, _ = WebhookEndpoint.objects.get_or_create(
        client=client,
        url=origin,
        registered=False,
        defaults={"base_url": base_url, "secret": new_secret()},
    )
    return row


def check_url(url: str, *, by_name: bool) -> None:
    """Raises RefusedError. By name too: with a look-up, which takes its time; a name that nobody
    knows yet is not refused."""
    rules = outbound_rules()
    if not by_name:
        vet_spelling(url, rules)
        return
    with suppress(UnreachableError, DeadlineError):
        vet(url, rules)


def rotate(endpoint: WebhookEndpoint, *, overlap: timedelta, now: datetime) -> None:
    """The old secret goes on signing beside the new one for a while."""
    endpoint.previous_secret = endpoint.secret
    endpoint.previous_secret_until = now + overlap
    endpoint.secret = new_secret()
    endpoint.save(update_fields=["secret", "previous_secret", "previous_secret_until"])


def enable(endpoint: WebhookEndpoint, *, actor: str) -> bool:
    """Whether this call did it. Its failures are forgotten: it gets all its days again."""
    fresh = {"enabled": True, "disabled_reason": "", "disabled_at": None, "failing_since": None}
    won = WebhookEndpoint.objects.filter(pk=endpoint.pk, enabled=False).update(**fresh) == 1
    if won:
        _record("webhooks.endpoint_enabled", endpoint, actor=actor)
    return won


def disable(
    endpoint: WebhookEndpoint, reason: WebhookEndpoint.Reason, *, actor: str = "", now: datetime
) -> bool:
    """Whether this call did it. What still waits for it is given up, and can be sent again."""
    with transaction.atomic():
        values = {"enabled": False, "disabled_reason": reason, "disabled_at": now}
        if not WebhookEndpoint.objects.filter(pk=endpoint.pk, enabled=True).update(**values):
            return False
        waiting = WebhookDelivery.objects.filter(
            endpoint=endpoint, state=WebhookDelivery.State.WAITING
        )
        given_up = waiting.update(
            state=WebhookDelivery.State.FAILED, error="endpoint_disabled", ended_at=now
        )
        _record("webhooks.endpoint_disabled", endpoint, actor=actor, why=reason, given_up=given_up)
        _tell_the_others(endpoint, reason)
    return True


def _tell_the_others(endpoint: WebhookEndpoint, reason: WebhookEndpoint.Reason) -> None:
    data = {
        "id": endpoint.public_id,
        "object": "webhook_endpoint",
        "url": endpoint.url,
        "reason": reason,
    }
    plan = Plan(except_endpoints=frozenset({endpoint.pk}))
    publish(Fact(DISABLED, endpoint.public_id, data), endpoint.client.key, plan)


def _record(name: str, endpoint: WebhookEndpoint, *, actor: str, **details: Any) -> None:
    details |= {"endpoint": endpoint.public_id, "client": endpoint.client.key, "url": endpoint.url}
    events.record(name, actor=actor, **details)
