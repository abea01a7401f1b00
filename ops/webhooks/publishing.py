"""How does a fact get on its way? As rows and jobs of the caller's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ops import queue
from ops.models import Client, Priority, Tier, WebhookDelivery, WebhookEndpoint, WebhookMessage
from ops.webhooks.retries import NO_RETRIES

JOB = "webhook"
_AHEAD = {Tier.PREMIUM, Tier.STAFF}


@dataclass(frozen=True)
class Fact:
    """What is told: `type` and `subject` name it, `data` describes it, `path` leads to it."""

    type: str
    subject: str
    data: dict[str, Any]
    path: str = ""


@dataclass(frozen=True)
class Address:
    """One that a submission named for itself, kept under its origin's endpoint."""

    endpoint: WebhookEndpoint
    url: str


@dataclass(frozen=True)
class Plan:
    """To whom, beside the client's registered endpoints?"""

    addresses: tuple[Address, ...] = ()
    except_endpoints: frozenset[int] = field(default_factory=frozenset)


def publish(fact: Fact, client_key: str, plan: Plan | None = None) -> int:
    """To how many addresses it goes. Anonymous clients have none."""
    plan = plan or Plan()
    client = _client_id(client_key)
    if client is None:
        return 0
    found = WebhookEndpoint.objects.filter(client_id=client, enabled=True, registered=True)
    wanting = [row for row in found.select_related("client") if row.wants(fact.type)]
    registered = [Address(row, row.url) for row in wanting if row.pk not in plan.except_endpoints]
    taken = {address.url for address in registered}
    named = [one for one in plan.addresses if one.url not in taken and one.endpoint.enabled]
    if registered or named:
        _send_later(fact, client, [*registered, *named])
    return len(registered) + len(named)


def followed(client_keys: Iterable[str]) -> set[str]:
    """Those of them that have an endpoint which would be called."""
    clients = {client: key for key in client_keys if (client := _client_id(key)) is not None}
    if not clients:
        return set()
    enabled = WebhookEndpoint.objects.filter(client__in=clients, enabled=True, registered=True)
    return {clients[client] for client in enabled.values_list("client_id", flat=True).distinct()}


def test(endpoint: WebhookEndpoint) -> WebhookDelivery:
    """One attempt only, also of an endpoint that is disabled: to see it work comes first."""
    data = {"id": endpoint.public_id, "object": "webhook_endpoint", "url": endpoint.url}
    fact = Fact("webhook.test", endpoint.public_id, data)
    (delivery,) = _send_later(
        fact, endpoint.client_id, [Address(endpoint, endpoint.url)], step=NO_RETRIES
    )
    return delivery


def again(delivery: WebhookDelivery) -> WebhookDelivery:
    """From the start of the plan, under the same id; one that waits goes now. To an endpoint that
    is disabled it goes once."""
    with transaction.atomic():
        WebhookDelivery.objects.filter(pk=delivery.pk).update(
            state=WebhookDelivery.State.WAITING,
            step=0 if delivery.endpoint.enabled else NO_RETRIES,
            next_try_at=timezone.now(),
            ended_at=None,
        )
        delivery.refresh_from_db()
        ring(delivery, delivery.next_try_at, delay_seconds=0)
    return delivery


def ring(
    delivery: WebhookDelivery, moment: datetime, *, delay_seconds: float, key: str = ""
) -> None:
    """The job that makes this attempt, or finds it made together with others."""
    client: Client = delivery.endpoint.client
    queue.place(
        queue.Order(
            JOB,
            key=key or f"webhook:{delivery.pk}:{moment.timestamp():.3f}",
            payload={"delivery": delivery.pk},
            priority=Priority.PREMIUM if client.tier in _AHEAD else Priority.FREE,
            client_key=client.key,
            delay_seconds=delay_seconds,
        )
    )


def _send_later(
    fact: Fact, client: int, addresses: Iterable[Address], *, step: int = 0
) -> list[WebhookDelivery]:
    with transaction.atomic():
        message = WebhookMessage.objects.create(
            client_id=client,
            type=fact.type,
            subject=fact.subject,
            data=fact.data,
            path=fact.path,
        )
        deliveries = [
            WebhookDelivery.objects.create(
                message=message, endpoint=address.endpoint, url=address.url, step=step
            )
            for address in addresses
        ]
        for delivery in deliveries:
            ring(delivery, delivery.next_try_at, delay_seconds=0)
    return deliveries


def _client_id(client_key: str) -> int | None:
    kind, _, name = client_key.partition(":")
    return int(name) if kind == "client" and name.isdecimal() else None
