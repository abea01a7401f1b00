"""How patient is the queue with jobs of a kind?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Rules:
    attempts: int
    backoff_base_seconds: float
    backoff_cap_seconds: float
    soft_timeout_seconds: float
    """Then the job is interrupted inside; 0 leaves that to the job."""
    hard_timeout_seconds: float
    """Then its worker is killed from outside."""


def rules_of(kind: str) -> Rules:
    rules: dict[str, dict[str, Any]] = settings.OPS_JOB_RULES
    return Rules(**{**rules["default"], **rules.get(kind, {})})
