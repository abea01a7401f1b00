"""What may a batch contain?"""

from collections import Counter
from typing import Any

from rest_framework import serializers

from analysis.batches import MAX_ITEMS, Item
from analysis.serializers.labels import LabelsField
from analysis.serializers.strict import StrictSerializer
from analysis.serializers.submissions import ContentSerializer, wish_of


class BatchItemSerializer(ContentSerializer):
    """A submission with a name of your own, by which its result is found again."""

    custom_id = serializers.RegexField(
        r"^[A-Za-z0-9_.:-]{1,64}$",
        help_text="Unique in the batch: 1 to 64 letters, digits or any of _ . : -",
        error_messages={"invalid": "It takes 1 to 64 letters, digits or any of _ . : -"},
    )


class BatchSubmissionSerializer(StrictSerializer):
    """Many contents at once: all of them are valid, or none is taken."""

    items = BatchItemSerializer(many=True, help_text=f"At most {MAX_ITEMS:,} submissions.")
    metadata = LabelsField()

    def validate_items(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if not items:
            raise serializers.ValidationError("A batch needs at least one item.")
        counts = Counter(item["custom_id"] for item in items)
        repeated = [name for name, count in counts.items() if count > 1]
        if repeated:
            names = ", ".join(repeated[:5])
            raise serializers.ValidationError(f"Each custom_id may come once; repeated: {names}.")
        return items

    def wishes(self) -> list[Item]:
        return [Item(item["custom_id"], wish_of(item)) for item in self.validated_data["items"]]
