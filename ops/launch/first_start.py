"""Who may enter a new installation? One administrator, a free and a premium client."""

import secrets
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction

from ops import keys
from ops.models import Client, Tier


@dataclass(frozen=True)
class Secrets:
    """Readable this one time: the database keeps their hashes only."""

    username: str
    password: str
    free_key: str
    premium_key: str


@transaction.atomic
def let_in() -> Secrets | None:
    """None when somebody was let in before."""
    users = get_user_model()._default_manager
    if users.exists():
        return None
    password = secrets.token_urlsafe(12)
    users.create_superuser(username="admin", password=password)
    return Secrets(
        username="admin",
        password=password,
        free_key=_key("First free client", Tier.FREE),
        premium_key=_key("First premium client", Tier.PREMIUM),
    )


def _key(name: str, tier: Tier) -> str:
    client, _ = Client.objects.get_or_create(name=name, defaults={"tier": tier})
    return keys.mint(client).secret
