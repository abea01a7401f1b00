"""How is a notice posted to an address that staff typed in? Never into our own network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

from ops.outbound import Call, Excess, OutboundError, Rules, send

TIMEOUT_SECONDS = 5.0
_EVERY_PORT = frozenset(range(1, 65536))


class PostFailedError(Exception):
    """Nobody took it."""


@dataclass(frozen=True)
class Post:
    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def post(notice: Post) -> None:
    """Raises PostFailedError unless the other side answers with 2xx."""
    headers = {"Content-Type": "application/json", **notice.headers}
    rules = Rules(
        deadline_seconds=TIMEOUT_SECONDS,
        max_bytes=1000,
        excess=Excess.CUT,
        ports=_EVERY_PORT,  # a chat of one's own listens anywhere
        allowed_networks=tuple(settings.OPS_ALERT_NETWORKS),
    )
    try:
        answer = send(Call("POST", notice.url, notice.body, headers), rules)
    except OutboundError as error:
        raise PostFailedError(f"{error.code}: {error}"[:200]) from error
    if not answer.is_success:
        raise PostFailedError(f"HTTP {answer.status}")
