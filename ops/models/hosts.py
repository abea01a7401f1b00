"""Which worker hosts were heard from, and when?"""

from __future__ import annotations

from datetime import datetime

from django.db import models


class WorkerHostQuerySet(models.QuerySet["WorkerHost"]):
    def heard_since(self, moment: datetime) -> WorkerHostQuerySet:
        return self.filter(beat_at__gte=moment)


class WorkerHost(models.Model):
    """One running cluster of django-q2: a host and one boot of it."""

    name = models.CharField(max_length=120, unique=True)
    hostname = models.CharField(max_length=80)
    pid = models.PositiveIntegerField()
    worker_pids = models.JSONField(default=list)
    status = models.CharField(max_length=20, blank=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)
    stat = models.BinaryField(default=bytes)

    objects = WorkerHostQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
