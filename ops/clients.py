"""Who is asking, when nobody shows a key?"""

import hashlib
from dataclasses import dataclass

from django.conf import settings

from ops.models import Client, Tier


@dataclass(frozen=True)
class AnonymousClient:
    """Somebody at an address. Rows name the address only as a keyed hash."""

    address: str

    tier = Tier.ANONYMOUS
    is_authenticated = False
    is_active = True

    @property
    def key(self) -> str:
        secret = settings.SECRET_KEY.encode()[:64]
        digest = hashlib.blake2b(self.address.encode(), key=secret, digest_size=16)
        return f"address:{digest.hexdigest()}"


AnyClient = Client | AnonymousClient
