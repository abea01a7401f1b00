"""What is an API key? Its form, its making, and how a shown one is recognised."""

import hashlib
import hmac
import re
import secrets
import string
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.serializers import deserialize, serialize

from ops.models import ApiKey, Client, Scope, key_memory

_ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
_FORM = re.compile(r"cc_([0-9A-Za-z]{8})_([0-9A-Za-z]{32})([0-9A-Za-z]{6})")


@dataclass(frozen=True)
class MintedKey:
    """The only moment at which a key's secret exists outside its owner's hands."""

    key: ApiKey
    secret: str


def mint(
    client: Client,
    *,
    expires_at: datetime | None = None,
    scopes: Sequence[str] = Scope.values,
    allowed_networks: Sequence[str] = (),
) -> MintedKey:
    prefix, random_part = _random_text(8), _random_text(32)
    secret = f"cc_{prefix}_{random_part}{_checksum(prefix + random_part)}"
    key = ApiKey.objects.create(
        client=client,
        prefix=prefix,
        digest=_digest(secret),
        expires_at=expires_at,
        scopes=list(scopes),
        allowed_networks=list(allowed_networks),
    )
    return MintedKey(key=key, secret=secret)


def prefix_of(text: str) -> str | None:
    """The prefix of a well-formed key; None for a typo, which costs no query."""
    form = _FORM.fullmatch(text)
    if form is None:
        return None
    prefix, random_part, checksum = form.groups()
    return prefix if checksum == _checksum(prefix + random_part) else None


def find(prefix: str) -> ApiKey | None:
    """The key with its client, from memory for some seconds."""
    if key := cast("ApiKey | None", key_memory.held(prefix)):
        return key
    if key := _found(prefix):
        key_memory.hold(prefix, key)
    return key


def _found(prefix: str) -> ApiKey | None:
    if kept := key_memory.recall(prefix):
        return _unpacked(kept)
    key = ApiKey.objects.select_related("client").filter(prefix=prefix).first()
    if key:
        key_memory.remember(prefix, serialize("json", [key.client, key]))
    return key


def opens(key: ApiKey, text: str) -> bool:
    return hmac.compare_digest(key.digest, _digest(text))


def _unpacked(kept: str) -> ApiKey:
    client, key = (found.object for found in deserialize("json", kept))
    key = cast(ApiKey, key)
    key.client = cast(Client, client)
    return key


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _random_text(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _checksum(text: str) -> str:
    """CRC-32 in six base-62 digits: finds typing errors, guards nothing."""
    number, digits = zlib.crc32(text.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = _ALPHABET[digit] + digits
    return digits
