"""What does a request cost, as far as its size alone tells?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BYTES_PER_UNIT = 20_000
"""A submission costs one unit, and one more for each of so many bytes."""


def units_of(environ: Mapping[str, Any]) -> int:
    length = environ.get("CONTENT_LENGTH") or "0"
    return 1 + (int(length) // BYTES_PER_UNIT if length.isdecimal() else 0)
