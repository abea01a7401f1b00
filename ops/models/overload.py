"""What did staff decide about overload, and how full is each process?"""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ops.maintenance.features import SCOPES
from ops.models.config import StaffEdited
from ops.overload.ladder import Level

LEVELS = [(level.value, level.word) for level in Level]


class LevelOverride(StaffEdited):
    """While it stands, the level is this one, whatever the load."""

    level = models.SmallIntegerField(choices=LEVELS)
    reason = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"level {self.get_level_display()}"


class EmergencyProfile(StaffEdited):
    """What an emergency means here. Staff shape it on a calm day."""

    name = models.SlugField(max_length=30, unique=True)
    title = models.CharField(max_length=100)
    level_at_least = models.SmallIntegerField(choices=LEVELS, default=Level.NORMAL)
    limits_percent = models.PositiveSmallIntegerField(
        "limits, percent",
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="Which part of their quota clients keep.",
    )
    closes = models.CharField(max_length=30, choices=SCOPES, blank=True)
    all_workers = models.BooleanField(default=False, help_text="As many workers as there may be.")
    minutes = models.PositiveIntegerField(default=60, help_text="After this it ends by itself.")

    def __str__(self) -> str:
        return self.title


class Emergency(StaffEdited):
    """One time in which a profile was engaged, with the effects it had then."""

    profile = models.CharField(max_length=30)
    level_at_least = models.SmallIntegerField(choices=LEVELS, default=Level.NORMAL)
    limits_percent = models.PositiveSmallIntegerField(default=100)
    all_workers = models.BooleanField(default=False)
    maintenance = models.ForeignKey(
        "ops.Maintenance", on_delete=models.SET_NULL, null=True, blank=True
    )
    reason = models.CharField(max_length=300)
    actor = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name_plural = "emergencies"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(ended_at=None), name="one_emergency_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.profile


class GateReport(models.Model):
    """How full one web process is, as it said itself a few seconds ago."""

    process = models.CharField(max_length=120, unique=True)
    level = models.SmallIntegerField(choices=LEVELS)
    share_shed = models.FloatField()
    limit = models.PositiveSmallIntegerField()
    in_flight = models.PositiveSmallIntegerField()
    demand = models.FloatField()
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.process
