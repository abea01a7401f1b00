"""What of a body is not part of the contract?"""

from difflib import get_close_matches
from typing import Any

from rest_framework import serializers


class StrictSerializer(serializers.Serializer):
    """Refuses members it does not know: a typing error must not be silently without effect."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            raise serializers.ValidationError(
                {name: [self._hint(name)] for name in sorted(unknown)}
            )
        return super().to_internal_value(data)

    def _hint(self, name: str) -> serializers.ErrorDetail:
        near = get_close_matches(name, self.fields, n=1)
        known = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(self.fields)}."
        return serializers.ErrorDetail(f"There is no member '{name}'. {known}", "unknown_field")
