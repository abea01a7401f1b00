"""Which kinds of jobs are not to be started for now?"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

EVERYTHING = ""


class Pause(models.Model):
    """While the row stands no job of its kind is claimed; an empty kind pauses the whole queue."""

    kind = models.CharField(max_length=60, unique=True, blank=True)
    since = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.kind or "everything"
