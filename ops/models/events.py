"""What happened, who did it, and why? Facts that are written once and never changed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone


class Event(models.Model):
    """One fact. Whoever wants to correct it records another one."""

    name = models.CharField(max_length=80)
    actor = models.CharField(max_length=120, blank=True)
    """Empty: the service itself."""
    reason = models.CharField(max_length=300, blank=True)
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    undo = models.JSONField(null=True, blank=True)
    """What would put things back as they were; null when nothing would."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["name", "-created_at"], name="event_by_name"),
            models.Index(fields=["-created_at"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("An event is a fact: it is recorded once and never changed.")
        super().save(*args, **kwargs)
