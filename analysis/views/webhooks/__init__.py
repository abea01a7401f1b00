"""How do clients steer what they are told?"""

from analysis.views.webhooks.deliveries import (
    EndpointDeliveriesView,
    WebhookDeliveryRetryView,
    WebhookDeliveryView,
)
from analysis.views.webhooks.endpoints import (
    EndpointSecretView,
    EndpointTestView,
    RotateSecretView,
    WebhookEndpointsView,
    WebhookEndpointView,
)

__all__ = [
    "EndpointDeliveriesView",
    "EndpointSecretView",
    "EndpointTestView",
    "RotateSecretView",
    "WebhookDeliveryRetryView",
    "WebhookDeliveryView",
    "WebhookEndpointView",
    "WebhookEndpointsView",
]
