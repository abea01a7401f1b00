"""Which breakers stand where staff put them?"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from ops.models.config import StaffEdited


class BreakerSwitch(StaffEdited):
    """A breaker without a row decides by itself."""

    breaker = models.CharField(max_length=60, unique=True)
    position = models.CharField(max_length=10, choices=[("open", "open"), ("closed", "closed")])
    reason = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=120, blank=True)
    since = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "breaker switches"

    def __str__(self) -> str:
        return f"{self.breaker} {self.position}"
