"""What goes over the wire? Little: what happened to what, and where to read the rest."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson
from django.conf import settings

from ops.models import WebhookDelivery, WebhookEndpoint, WebhookMessage
from ops.webhooks import signatures
from ops.webhooks.sending import Shipment


def body(message: WebhookMessage, endpoint: WebhookEndpoint) -> bytes:
    """The same bytes for every attempt."""
    data = dict(message.data)
    if message.path:
        data["url"] = (settings.PUBLIC_URL or endpoint.base_url) + message.path
    at = message.created_at.astimezone(UTC).isoformat(timespec="milliseconds")
    timestamp = at.replace("+00:00", "Z")
    return orjson.dumps(
        {"type": message.type, "timestamp": timestamp, "data": data}, option=orjson.OPT_SORT_KEYS
    )


def shipment(delivery: WebhookDelivery, *, now: datetime) -> Shipment:
    message, endpoint = delivery.message, delivery.endpoint
    text = body(message, endpoint)
    signed = signatures.headers(
        message.public_id, text, endpoint.secrets_at(now), at_seconds=int(now.timestamp())
    )
    return Shipment(
        delivery=delivery.pk,
        endpoint=endpoint.public_id,
        url=delivery.url,
        body=text,
        headers={
            "Content-Type": "application/json",
            "User-Agent": "ContentCreate-Webhooks/1",
            **signed,
        },
    )
