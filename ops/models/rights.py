"""What may somebody do in the console, beside editing rows? Rights that belong to no row."""

from __future__ import annotations

from django.db import models

from ops.models.config import ConfigVersion


class Right(models.TextChoices):
    """As Django asks for them: `user.has_perm(Right.OPERATE)`."""

    VIEW = "ops.view_console", "May look at the console"
    OPERATE = "ops.operate", "May steer queue, workers, limits, cache and breakers"
    EMERGENCY = "ops.emergency", "May engage and end emergencies"

    @property
    def codename(self) -> str:
        return self.value.partition(".")[2]


class Console(ConfigVersion):
    """No table of its own: what Django's permissions need to hang on."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "console"
        default_permissions = ()
        permissions = [(right.codename, right.label) for right in Right]
