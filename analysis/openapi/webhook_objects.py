"""Which objects tell of webhooks, and what do receivers get?"""

from typing import Any

from analysis.announcing import BATCH_ENDED, EVENTS
from analysis.models import Status
from analysis.openapi.parts import nullable, reference
from analysis.serializers.webhooks import EVENT_TYPES
from ops.models import WebhookDelivery, WebhookEndpoint
from ops.webhooks import DISABLED

_TIME = {"type": "string", "format": "date-time"}
_URL = {"type": "string", "format": "uri"}


def _whole(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


_ENDPOINT = {
    "id": {"type": "string", "examples": ["we_7Yc0h2FqkqV6JxGm1sQe4T"]},
    "object": {"const": "webhook_endpoint"},
    "url": _URL,
    "registered": {
        "type": "boolean",
        "description": "False for one that stands for all addresses at an origin which submissions"
        " named in `webhook`.",
    },
    "description": {"type": "string"},
    "events": {"type": "array", "items": {"enum": list(EVENT_TYPES)}, "description": "None: all."},
    "enabled": {"type": "boolean"},
    "disabled": nullable(_whole({"reason": {"enum": WebhookEndpoint.Reason.values}, "at": _TIME})),
    "failing_since": nullable(_TIME),
    "resting_until": nullable(_TIME),
    "previous_secret_until": nullable(_TIME),
    "created_at": _TIME,
    "urls": _whole({"self": _URL, "deliveries": _URL}),
}
_SECRET = {"type": "string", "description": "`whsec_` and base64.", "examples": ["whsec_MfKQ9r8G"]}
_DELIVERY = {
    "id": {"type": "string"},
    "object": {"const": "webhook_delivery"},
    "message": _whole(
        {
            "id": {"type": "string", "description": "The `webhook-id` of every attempt."},
            "type": {"type": "string"},
            "subject": {"type": "string", "description": "The id of what it tells of."},
        }
    ),
    "endpoint": {"type": "string"},
    "url": _URL,
    "status": {"enum": WebhookDelivery.State.values},
    "attempts_made": {"type": "integer"},
    "next_attempt_at": nullable(_TIME),
    "error": {"type": ["string", "null"], "description": "Of the last attempt."},
    "created_at": _TIME,
    "ended_at": nullable(_TIME),
    "urls": _whole({"self": _URL, "retry": _URL}),
}
_ATTEMPT = {
    "number": {"type": "integer"},
    "began_at": _TIME,
    "seconds": {"type": "number"},
    "status": {"type": ["integer", "null"], "description": "Of HTTP; null without an answer."},
    "error": {"type": ["string", "null"]},
    "detail": {"type": "string"},
    "answer": {"type": "string", "description": "The beginning of the body."},
}
_ATTEMPTS = {"attempts": {"type": "array", "items": reference("WebhookAttempt")}}


def _list_of(name: str, **more: Any) -> dict[str, Any]:
    items = {"type": "array", "items": reference(name)}
    return _whole({"object": {"const": "list"}, "data": items, **more})


def _message(types: list[str], data: dict[str, Any]) -> dict[str, Any]:
    return _whole({"type": {"enum": types}, "timestamp": _TIME, "data": _whole(data)})


_LABELS = {"type": "object", "additionalProperties": {"type": "string"}}
COMPONENTS = {
    "WebhookEndpoint": _whole(_ENDPOINT),
    "NewWebhookEndpoint": _whole(_ENDPOINT | {"secret": _SECRET}),
    "WebhookEndpointList": _list_of("WebhookEndpoint"),
    "WebhookSecret": _whole(
        {
            "object": {"const": "webhook_secret"},
            "endpoint": {"type": "string"},
            "secret": _SECRET,
            "previous_secret_until": nullable(_TIME),
        }
    ),
    "WebhookAttempt": _whole(_ATTEMPT),
    "WebhookDeliverySummary": _whole(_DELIVERY),
    "WebhookDelivery": _whole(_DELIVERY | _ATTEMPTS),
    "WebhookDeliveryList": _list_of(
        "WebhookDeliverySummary",
        has_more={"type": "boolean"},
        next_cursor={"type": ["string", "null"]},
    ),
    "AnalysisEnded": _message(
        list(EVENTS.values()),
        {
            "id": {"type": "string"},
            "object": {"const": "analysis"},
            "status": {"enum": [status.value for status in EVENTS]},
            "metadata": _LABELS,
            "url": _URL,
        },
    ),
    "BatchEnded": _message(
        [BATCH_ENDED],
        {
            "id": {"type": "string"},
            "object": {"const": "batch"},
            "processing_status": {"const": "ended"},
            "metadata": _LABELS,
            "url": _URL,
        },
    ),
    "EndpointDisabled": _message(
        [DISABLED],
        {
            "id": {"type": "string"},
            "object": {"const": "webhook_endpoint"},
            "url": _URL,
            "reason": {"enum": WebhookEndpoint.Reason.values},
        },
    ),
}
_HEADERS = {
    "webhook-id": "The same for every attempt: what was seen under it before is done.",
    "webhook-timestamp": "Seconds since 1970, of this attempt.",
    "webhook-signature": "`v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`; several,"
    " separated by spaces, while a secret is being replaced.",
}


def _told(summary: str, name: str) -> dict[str, Any]:
    parameters = [
        {
            "name": header,
            "in": "header",
            "required": True,
            "description": text,
            "schema": {"type": "string"},
        }
        for header, text in _HEADERS.items()
    ]
    body = {"required": True, "content": {"application/json": {"schema": reference(name)}}}
    answers = {
        "2XX": {"description": "Taken. Answer first, work later: we wait for ten seconds."},
        "410": {"description": "Never again: the endpoint is disabled."},
        "default": {
            "description": "Tried again for a day, at growing intervals; `Retry-After` is honoured."
        },
    }
    return {
        "post": {
            "summary": summary,
            "tags": ["webhooks"],
            "parameters": parameters,
            "requestBody": body,
            "responses": answers,
            "security": [],
        }
    }


_SAYINGS = {
    Status.SUCCEEDED: "A report is there",
    Status.FAILED: "An analysis has failed",
    Status.CANCELED: "An analysis was canceled",
}
WEBHOOKS = {
    **{name: _told(_SAYINGS[status], "AnalysisEnded") for status, name in EVENTS.items()},
    BATCH_ENDED: _told("Nothing of a batch is being worked on any more", "BatchEnded"),
    DISABLED: _told("Another endpoint of yours is called no more", "EndpointDisabled"),
}
