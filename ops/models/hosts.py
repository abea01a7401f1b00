"""Which worker hosts were heard from, and when?"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now


class WorkerHostQuerySet(models.QuerySet["WorkerHost"]):
    def alive(self) -> WorkerHostQuerySet:
        """Hosts heard from within the alive threshold, by the clock of the database."""
        return self.filter(beat_at__gte=Now() - settings.OPS_ALIVE_THRESHOLD)

    def workers_alive(self) -> int:
        return sum(len(pids) for pids in self.alive().values_list("worker_pids", flat=True))

    def silent(self) -> WorkerHostQuerySet:
        """Nothing was heard of them, and nobody started anew under the same host name."""
        successor = WorkerHost.objects.alive().filter(
            hostname=OuterRef("hostname"), started_at__gt=OuterRef("started_at")
        )
        silent = self.filter(beat_at__lt=Now() - settings.OPS_ALIVE_THRESHOLD)
        return silent.exclude(Exists(successor))


class WorkerHost(models.Model):
    """One running cluster of django-q2: a host and one boot of it."""

    name = models.CharField(max_length=120, unique=True)
    cluster_id = models.CharField(max_length=40, unique=True)
    hostname = models.CharField(max_length=80)
    region = models.CharField(max_length=30, blank=True)
    pid = models.PositiveIntegerField()
    worker_pids = models.JSONField(default=list)
    status = models.CharField(max_length=20, blank=True)
    # A quiet host finishes what it runs and claims nothing; a stopping one is to leave as well.
    quiet = models.BooleanField(default=False)
    stopping = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)
    # What django-q2 itself says of the cluster: a signed package, read by its own monitor.
    stat = models.TextField(blank=True)

    objects = WorkerHostQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
