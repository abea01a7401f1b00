"""What of a body is not part of the contract?"""

from collections.abc import Iterable
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
        sentence = f"There is no member '{name[:40]}'. {hint(name, self.fields)}"
        return serializers.ErrorDetail(sentence, "unknown_field")


def hint(wrong: str, known: Iterable[str]) -> str:
    near = get_close_matches(wrong[:100], known, n=1)
    return f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(known)}."
