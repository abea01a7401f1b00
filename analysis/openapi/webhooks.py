"""How are the endpoints for webhooks described?"""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from analysis.openapi.parts import IDEMPOTENCY_KEY, LIMIT, answer, answers, query
from analysis.serializers import (
    SecretRotationSerializer,
    WebhookEndpointChangeSerializer,
    WebhookEndpointSubmissionSerializer,
)
from ops.models import WebhookDelivery

_ID = OpenApiParameter(
    "public_id", str, OpenApiParameter.PATH, description="The `id` of the endpoint."
)
_DELIVERY_ID = OpenApiParameter(
    "public_id", str, OpenApiParameter.PATH, description="The `id` of the delivery."
)
_USUAL = (401, 403, 404, 429, 503)


def _described(name: str, summary: str, **more: Any) -> dict[str, Any]:
    return {"operation_id": name, "summary": summary, "tags": ["webhooks"], **more}


LIST = _described(
    "list_webhook_endpoints",
    "List your webhook endpoints",
    responses=answers({200: answer("WebhookEndpointList", "All of them.")}, 401, 403, 429, 503),
)
CREATE = _described(
    "create_webhook_endpoint",
    "Have a URL told what happens",
    description="The answer holds the secret that signs what we send (Standard Webhooks).",
    request=WebhookEndpointSubmissionSerializer,
    parameters=[IDEMPOTENCY_KEY],
    responses=answers(
        {201: answer("NewWebhookEndpoint", "Made.")}, 400, 401, 403, 409, 415, 422, 429, 503
    ),
)
READ = _described(
    "read_webhook_endpoint",
    "Read how an endpoint does",
    parameters=[_ID],
    responses=answers({200: answer("WebhookEndpoint", "As it stands.")}, *_USUAL),
)
CHANGE = _described(
    "change_webhook_endpoint",
    "Change, disable or enable an endpoint",
    parameters=[_ID],
    request=WebhookEndpointChangeSerializer,
    responses=answers(
        {200: answer("WebhookEndpoint", "As it stands now.")}, 400, *_USUAL, 415, 422
    ),
)
DELETE = _described(
    "delete_webhook_endpoint",
    "Delete an endpoint with its deliveries",
    parameters=[_ID],
    responses=answers({204: OpenApiResponse(description="Deleted.")}, *_USUAL),
)
SECRET = _described(
    "read_webhook_secret",
    "Read the secret of an endpoint",
    parameters=[_ID],
    responses=answers({200: answer("WebhookSecret", "The current secret.")}, *_USUAL),
)
ROTATE = _described(
    "rotate_webhook_secret",
    "Replace the secret of an endpoint",
    description="Both secrets sign for a while, so that no message is lost in between.",
    parameters=[_ID],
    request=SecretRotationSerializer,
    responses=answers({200: answer("WebhookSecret", "The new secret.")}, 400, *_USUAL, 415, 422),
)
TEST = _described(
    "test_webhook_endpoint",
    "Send a test message",
    description="One attempt, also while the endpoint is disabled. Read the delivery to see it.",
    parameters=[_ID],
    request=None,
    responses=answers({202: answer("WebhookDeliverySummary", "On its way.")}, *_USUAL, 422),
)
DELIVERIES = _described(
    "list_webhook_deliveries",
    "List what was sent to an endpoint, newest first",
    parameters=[
        _ID,
        LIMIT,
        query("cursor", "`next_cursor` of the page before."),
        query("status", "Only those with this status.", enum=WebhookDelivery.State.values),
        query("subject", "Only what tells of this id."),
    ],
    responses=answers({200: answer("WebhookDeliveryList", "One page.")}, 400, *_USUAL),
)
DELIVERY = _described(
    "read_webhook_delivery",
    "Read a delivery and its attempts",
    parameters=[_DELIVERY_ID],
    responses=answers({200: answer("WebhookDelivery", "As it stands.")}, *_USUAL),
)
RETRY = _described(
    "retry_webhook_delivery",
    "Send a message again",
    description="Under the same `webhook-id`, whether it was taken before or not.",
    parameters=[_DELIVERY_ID],
    request=None,
    responses=answers({202: answer("WebhookDelivery", "On its way again.")}, *_USUAL),
)
