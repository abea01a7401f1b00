"""Which analyses were asked for together?"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from analysis.models.names import unguessable


def new_batch_id() -> str:
    return unguessable("ba_")


class BatchQuerySet(models.QuerySet["Batch"]):
    def of(self, client_key: str) -> BatchQuerySet:
        return self.filter(client_key=client_key)


class Batch(models.Model):
    """Many wishes of one client, made in one request. How it stands is counted, never stored."""

    public_id = models.CharField(max_length=25, unique=True, default=new_batch_id)
    client_key = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    metadata = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    canceled_at = models.DateTimeField(null=True, blank=True)
    untold = models.BooleanField(default=True, db_default=True)  # as of analyses

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "batches"
        indexes = [
            models.Index(fields=["client_key", "-id"], name="batch_by_client"),
            models.Index(fields=["id"], condition=Q(untold=True), name="batch_untold"),
        ]

    def __str__(self) -> str:
        return self.public_id
