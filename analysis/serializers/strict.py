"""What of a body is not part of the contract?"""

from typing import Any, NoReturn

from rest_framework import serializers

from analysis.hints import hint


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


class NamedChoiceField(serializers.ChoiceField):
    """A wrong choice is told the nearest."""

    def fail(self, key: str, **told: Any) -> NoReturn:
        if key != "invalid_choice":
            super().fail(key, **told)
        wrong = str(told["input"])
        sentence = f"{wrong[:40]!r} is not a choice. {hint(wrong, map(str, self.choices))}"
        raise serializers.ValidationError(sentence, code=key)
