"""What does a client see of its endpoints and of what was sent to them?"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from ops.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from ops.problems import absolute_url


def endpoint_object(endpoint: WebhookEndpoint, request: HttpRequest) -> dict[str, Any]:
    """All but the secret."""
    why = {"reason": endpoint.disabled_reason, "at": endpoint.disabled_at}
    return {
        "id": endpoint.public_id,
        "object": "webhook_endpoint",
        "url": endpoint.url,
        "registered": endpoint.registered,
        "description": endpoint.description,
        "events": endpoint.event_types,
        "enabled": endpoint.enabled,
        "disabled": None if endpoint.enabled else why,
        "failing_since": endpoint.failing_since,
        "resting_until": endpoint.resting_until,
        "previous_secret_until": endpoint.previous_secret_until,
        "created_at": endpoint.created_at,
        "urls": {
            "self": _url("webhook-endpoint", endpoint.public_id, request),
            "deliveries": _url("webhook-endpoint-deliveries", endpoint.public_id, request),
        },
    }


def delivery_object(delivery: WebhookDelivery, request: HttpRequest) -> dict[str, Any]:
    message = delivery.message
    waits = delivery.state == WebhookDelivery.State.WAITING
    return {
        "id": delivery.public_id,
        "object": "webhook_delivery",
        "message": {"id": message.public_id, "type": message.type, "subject": message.subject},
        "endpoint": delivery.endpoint.public_id,
        "url": delivery.url,
        "status": delivery.state,
        "attempts_made": delivery.attempts_made,
        "next_attempt_at": delivery.next_try_at if waits else None,
        "error": delivery.error or None,
        "created_at": delivery.created_at,
        "ended_at": delivery.ended_at,
        "urls": {
            "self": _url("webhook-delivery", delivery.public_id, request),
            "retry": _url("webhook-delivery-retry", delivery.public_id, request),
        },
    }


def attempt_object(attempt: WebhookAttempt) -> dict[str, Any]:
    return {
        "number": attempt.number,
        "began_at": attempt.began_at,
        "seconds": round(attempt.seconds, 3),
        "status": attempt.status,
        "error": attempt.error or None,
        "detail": attempt.detail,
        "answer": attempt.answer,
    }


def _url(name: str, public_id: str, request: HttpRequest) -> str:
    return absolute_url(request, reverse(f"analysis:{name}", args=[public_id]))
