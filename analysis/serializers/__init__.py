"""What may clients send?"""

from analysis.serializers.batches import BatchSerializer
from analysis.serializers.strict import StrictSerializer
from analysis.serializers.submissions import MetaSerializer, SubmissionSerializer
from analysis.serializers.webhooks import (
    SecretRotationSerializer,
    WebhookEndpointChangeSerializer,
    WebhookEndpointSerializer,
)

__all__ = [
    "BatchSerializer",
    "MetaSerializer",
    "SecretRotationSerializer",
    "StrictSerializer",
    "SubmissionSerializer",
    "WebhookEndpointChangeSerializer",
    "WebhookEndpointSerializer",
]
