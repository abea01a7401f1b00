"""When is a schedule due next?"""

from __future__ import annotations

from django.db import models


class Tick(models.Model):
    """One schedule's clock for all hosts: whoever moves it on does it."""

    name = models.CharField(max_length=60, unique=True)
    next_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name
