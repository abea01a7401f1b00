"""How does a receiver know that a notice is ours? By a signature (Standard Webhooks)."""

import time

import orjson

from ops.alerts import posting
from ops.alerts.notice import Notice
from ops.models import AlertChannel
from ops.webhooks import signatures


def send(channel: AlertChannel, notice: Notice) -> None:
    if not channel.secret:
        raise ValueError("The channel has no secret to sign with.")
    body = orjson.dumps(notice.as_json())
    signed = signatures.headers(notice.id, body, [channel.secret], at_seconds=int(time.time()))
    posting.post(posting.Post(channel.target, body, signed))
