"""Who may ask: clients, their tier, and the keys they show."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class Tier(models.TextChoices):
    ANONYMOUS = "anonymous"
    FREE = "free"
    PREMIUM = "premium"
    STAFF = "staff"


class Client(models.Model):
    """One consumer of the API. It may hold several keys, so that a key can be replaced calmly."""

    name = models.CharField(max_length=100, unique=True)
    tier = models.CharField(max_length=20, choices=Tier, default=Tier.FREE)
    created_at = models.DateTimeField(auto_now_add=True)

    # What Django and DRF ask of whoever stands in request.user.
    is_authenticated = True
    is_active = True

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """How rows and queues name this client."""
        return f"client:{self.pk}"


class ApiKey(models.Model):
    """Shown once, kept only as SHA-256: a random secret needs no slow hash."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="keys")
    prefix = models.CharField(max_length=8, unique=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "API key"

    def __str__(self) -> str:
        return f"cc_{self.prefix}_…"

    def revoke(self, now: datetime) -> bool:
        """Whether this call revoked it; a key stays revoked from the first time on."""
        live = ApiKey.objects.filter(pk=self.pk, revoked_at=None)
        return live.update(revoked_at=now) == 1
