"""What do people mean by 30m? Lengths of time as they are typed."""

from __future__ import annotations

import re
from datetime import timedelta

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_LENGTH = re.compile(r"(?:\d+[smhd])+")
_PART = re.compile(r"(\d+)([smhd])")


def parse_duration(text: str) -> timedelta:
    """`45s`, `30m`, `1h30m`, `2d`. Raises ValueError for anything else."""
    if not _LENGTH.fullmatch(text.strip()):
        raise ValueError(f"'{text}' is no length of time; write it like 45s, 30m, 1h30m or 2d.")
    parts = _PART.findall(text)
    return timedelta(seconds=sum(int(number) * _SECONDS[unit] for number, unit in parts))
