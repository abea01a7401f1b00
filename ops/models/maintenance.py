"""What is closed, from when to when, and why?"""

from __future__ import annotations

import ipaddress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ops.maintenance.features import SCOPES, title_of
from ops.models.config import StaffEdited


def check_networks(value: Any) -> None:
    try:
        for one in value if isinstance(value, list) else [value]:
            ipaddress.ip_network(one, strict=False)
    except ValueError as error:
        raise ValidationError(f"A list of addresses or networks: {error}") from error


class Maintenance(StaffEdited):
    """One window. It is never deleted: who closed what, when and why stays on record."""

    scope = models.CharField("what", max_length=30, choices=SCOPES)
    message = models.CharField(max_length=300, blank=True, help_text="Shown to clients as it is.")
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(
        "planned end", null=True, blank=True, help_text="It opens by itself. Empty: by hand only."
    )
    announced_from = models.DateTimeField(
        null=True, blank=True, help_text="From when a header and a banner tell of it."
    )
    addresses = models.JSONField(
        default=list,
        blank=True,
        validators=[check_networks],
        help_text='Let in nevertheless: a list of networks, ["192.0.2.0/24"].',
    )
    actor = models.CharField(max_length=120, blank=True, editable=False)
    reason = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.CharField(max_length=120, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "maintenance"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="maintenance_ends_after_it_starts",
                violation_error_message="It must end after it starts.",
            ),
        ]

    def __str__(self) -> str:
        return title_of(self.scope)
