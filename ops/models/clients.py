"""Who may ask: clients, their tier, and the keys they show."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from ops.models import key_memory


class Tier(models.TextChoices):
    ANONYMOUS = "anonymous"
    FREE = "free"
    PREMIUM = "premium"
    STAFF = "staff"


class Scope(models.TextChoices):
    """What a key may do."""

    READ = "analyses:read", "read analyses"
    WRITE = "analyses:write", "submit and erase content"


def all_scopes() -> list[str]:
    return list(Scope.values)


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

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        prefixes = list(self.keys.values_list("prefix", flat=True))
        transaction.on_commit(lambda: key_memory.withdraw(prefixes))

    @property
    def key(self) -> str:
        """How rows and queues name this client."""
        return f"client:{self.pk}"


class ApiKey(models.Model):
    """Shown once, kept only as SHA-256: a random secret needs no slow hash."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="keys")
    prefix = models.CharField(max_length=8, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=all_scopes)
    allowed_networks = models.JSONField(default=list, blank=True)  # CIDR; none means any
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "API key"

    def __str__(self) -> str:
        return f"cc_{self.prefix}_…"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self._withdraw_from_memory()

    def clean(self) -> None:
        for network in self.allowed_networks:
            try:
                ip_network(network)
            except ValueError as error:
                raise ValidationError({"allowed_networks": f"No network: {error}."}) from error

    def may_be_used_from(self, address: str) -> bool:
        if not self.allowed_networks:
            return True
        try:
            place = ip_address(address)
        except ValueError:
            return False
        return any(place in ip_network(network) for network in self.allowed_networks)

    def revoke(self, now: datetime) -> bool:
        """Whether this call revoked it; a key stays revoked from the first time on."""
        live = ApiKey.objects.filter(pk=self.pk, revoked_at=None)
        won = live.update(revoked_at=now) == 1
        self._withdraw_from_memory()
        return won

    def _withdraw_from_memory(self) -> None:
        transaction.on_commit(lambda: key_memory.withdraw([self.prefix]))
