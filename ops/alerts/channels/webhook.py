"""How does a receiver know that a notice is ours? By a signature (Standard Webhooks)."""

import secrets
from base64 import b64encode
from datetime import UTC, datetime

import orjson
from standardwebhooks import Webhook

from ops.alerts import posting
from ops.alerts.notice import Notice
from ops.models import AlertChannel


def new_secret() -> str:
    return "whsec_" + b64encode(secrets.token_bytes(32)).decode()


def send(channel: AlertChannel, notice: Notice) -> None:
    if not channel.secret:
        raise ValueError("The channel has no secret to sign with.")
    body = orjson.dumps(notice.as_json())
    at = datetime.now(UTC)  # the library mangles other time zones
    headers = {
        "webhook-id": notice.id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(channel.secret).sign(notice.id, at, body.decode()),
    }
    posting.post(posting.Post(channel.target, body, headers))
