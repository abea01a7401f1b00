"""What may clients send?"""

from analysis.serializers.batches import BatchSubmissionSerializer
from analysis.serializers.strict import StrictSerializer
from analysis.serializers.submissions import MetaSerializer, SubmissionSerializer
from analysis.serializers.webhooks import (
    SecretRotationSerializer,
    WebhookEndpointChangeSerializer,
    WebhookEndpointSubmissionSerializer,
)

__all__ = [
    "BatchSubmissionSerializer",
    "MetaSerializer",
    "SecretRotationSerializer",
    "StrictSerializer",
    "SubmissionSerializer",
    "WebhookEndpointChangeSerializer",
    "WebhookEndpointSubmissionSerializer",
]
