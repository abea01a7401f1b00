"""What may clients say about their webhook endpoints?"""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from analysis.announcing import BATCH_ENDED, EVENTS
from analysis.serializers.strict import NamedChoiceField, StrictSerializer
from ops.webhooks import DISABLED

EVENT_TYPES = (*EVENTS.values(), BATCH_ENDED, DISABLED)


class WebhookEndpointSubmissionSerializer(StrictSerializer):
    url = serializers.CharField(
        max_length=2048, help_text="Where we post to: a public address, https in production."
    )
    description = serializers.CharField(max_length=200, allow_blank=True, default="")
    events = serializers.ListField(
        child=NamedChoiceField(choices=EVENT_TYPES),
        default=list,
        max_length=len(EVENT_TYPES),
        help_text="What it is told; everything when empty.",
    )


class WebhookEndpointChangeSerializer(StrictSerializer):
    url = serializers.CharField(max_length=2048, required=False)
    description = serializers.CharField(max_length=200, allow_blank=True, required=False)
    events = serializers.ListField(
        child=NamedChoiceField(choices=EVENT_TYPES),
        required=False,
        max_length=len(EVENT_TYPES),
    )
    enabled = serializers.BooleanField(
        required=False, help_text="`true` also forgets how long it failed."
    )


def _overlap() -> int:
    return int(settings.OPS_WEBHOOK_OVERLAP.total_seconds())


class SecretRotationSerializer(StrictSerializer):
    overlap_seconds = serializers.IntegerField(
        min_value=0,
        max_value=7 * 86_400,
        default=_overlap,
        help_text="How long the old secret goes on signing beside the new one.",
    )

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(data or {})
