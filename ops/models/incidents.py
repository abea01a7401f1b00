"""What went wrong that customers are told of, and what do staff say about single parts?"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ops.status_page.parts import PART_NAMES, Condition, Impact


def check_parts(value: Any) -> None:
    unknown = [key for key in value if key not in PART_NAMES] if isinstance(value, list) else value
    if not isinstance(value, list) or unknown:
        raise ValidationError(f"A list of {', '.join(PART_NAMES)}, without {unknown}.")


class IncidentQuerySet(models.QuerySet["Incident"]):
    def open(self) -> IncidentQuerySet:
        return self.filter(resolved_at=None)


class Incident(models.Model):
    """What is told of it stands in its updates; the newest one's state is the incident's own."""

    class State(models.TextChoices):
        INVESTIGATING = "investigating", "investigating"
        IDENTIFIED = "identified", "identified"
        MONITORING = "monitoring", "monitoring"
        RESOLVED = "resolved", "resolved"

    title = models.CharField(max_length=200)
    impact = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in Impact], default=Impact.MINOR
    )
    state = models.CharField(max_length=15, choices=State, default=State.INVESTIGATING)
    parts = models.JSONField(
        default=list,
        blank=True,
        validators=[check_parts],
        help_text='Which parts it concerns: ["api", "analyses"]. They are shown as impaired.',
    )
    began_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True, editable=False)
    actor = models.CharField(max_length=120, blank=True, editable=False)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "-id"]

    def __str__(self) -> str:
        return self.title


class IncidentUpdate(models.Model):
    """What customers were told at one moment."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="updates")
    state = models.CharField(max_length=15, choices=Incident.State)
    body = models.TextField(max_length=2000)
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=120, blank=True, editable=False)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.state}: {self.body[:60]}"


class PartStatementQuerySet(models.QuerySet["PartStatement"]):
    def in_force(self) -> PartStatementQuerySet:
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()), ended_at=None)


class PartStatement(models.Model):
    """What staff say about a part, whatever the figures say. The newest one holds."""

    part = models.CharField(max_length=30, choices=list(PART_NAMES.items()))
    condition = models.PositiveSmallIntegerField(
        choices=[(condition.value, condition.title) for condition in Condition]
    )
    message = models.CharField(max_length=200, blank=True, help_text="Shown to customers.")
    starts_at = models.DateTimeField(default=timezone.now, editable=False)
    ends_at = models.DateTimeField(
        null=True, blank=True, help_text="Then the figures speak again. Empty: until it is ended."
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    actor = models.CharField(max_length=120, blank=True, editable=False)

    objects = PartStatementQuerySet.as_manager()

    class Meta:
        verbose_name = "part by hand"
        verbose_name_plural = "parts by hand"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {Condition(self.condition).title.lower()}"
