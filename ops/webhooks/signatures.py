"""How does a receiver know that a message is ours, whole and fresh? Standard Webhooks, version 1.

Signed is `id.timestamp.body` with HMAC-SHA256; the header lists a signature for each secret that
is valid at the moment, so that a receiver may change to the new one at any time in between.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64Error
from collections.abc import Iterable

PREFIX = "whsec_"


def new_secret() -> str:
    return PREFIX + b64encode(secrets.token_bytes(32)).decode()


def headers(
    message_id: str, body: bytes, secrets: Iterable[str], *, at_seconds: int
) -> dict[str, str]:
    signed = f"{message_id}.{at_seconds}.".encode() + body
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(at_seconds),
        "webhook-signature": " ".join(f"v1,{_signature(secret, signed)}" for secret in secrets),
    }


def _signature(secret: str, signed: bytes) -> str:
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except NotBase64Error as error:
        raise ValueError("The secret is not 'whsec_' and base64.") from error
    return b64encode(hmac.digest(key, signed, "sha256")).decode()
