"""What was here once?"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class TombstoneQuerySet(models.QuerySet["Tombstone"]):
    def visible_to(self, client_key: str) -> TombstoneQuerySet:
        return self.filter(Q(client_key=client_key) | Q(client_key__startswith="address:"))


class Tombstone(models.Model):
    """The name of an analysis or batch whose time is over; nothing of its content."""

    public_id = models.CharField(max_length=25, primary_key=True)
    client_key = models.CharField(max_length=80)
    expired_at = models.DateTimeField()

    objects = TombstoneQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["expired_at"], name="tombstone_by_age")]

    def __str__(self) -> str:
        return self.public_id
