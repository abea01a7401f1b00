"""How may a client label what is its own?"""

import re
from typing import Any

from rest_framework import serializers

_MAX_LABELS = 20
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,39}")
_MAX_VALUE = 500


class LabelsField(serializers.DictField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault(
            "help_text", f"Labels of your own, kept and given back: at most {_MAX_LABELS}."
        )
        child = serializers.CharField(max_length=_MAX_VALUE, allow_blank=True)
        super().__init__(child=child, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        labels = super().to_internal_value(data)
        if len(labels) > _MAX_LABELS:
            raise serializers.ValidationError(f"At most {_MAX_LABELS} labels are kept.")
        for name in labels:
            if not _NAME.fullmatch(name):
                raise serializers.ValidationError(
                    f"'{name[:40]}' cannot name a label: it takes a letter, "
                    "then at most 39 letters, digits or any of _ . -"
                )
        return labels
