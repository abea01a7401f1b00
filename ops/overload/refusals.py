"""What does a request hear that is sent away at the door? Little, at once, and honestly when."""

from __future__ import annotations

import random
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from ops.overload.arrivals import Arrival
from ops.overload.importance import Importance
from ops.overload.ladder import SERVICE_LEVEL
from ops.problems.catalogue import CATALOGUE

StartResponse = Callable[..., Any]

_KIND = CATALOGUE["load_shed"]
_STATUS = "503 Service Unavailable"
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BASE_SECONDS = {
    Importance.CRITICAL: 1,
    Importance.HIGH: 2,
    Importance.NORMAL: 4,
    Importance.LOW: 8,
}
_PAGE = b"""<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Very busy - ContentCreate</title>
<link rel="stylesheet" href="/static/site/css/base.css">
<main class="page"><div class="message"><p class="message-code">503</p><h1>Very busy right now</h1>
<p class="lead">More is asked of the service than it can do. Please try again in a moment.</p>
</div></main></html>"""


def refuse(
    environ: Mapping[str, Any],
    start_response: StartResponse,
    arrival: Arrival,
    *,
    share: float,
    name: str,
) -> list[bytes]:
    seconds = retry_after_seconds(arrival.importance, share=share, dice=random.random())
    body = _problem(environ, seconds, name) if arrival.is_api else _PAGE
    kind = "application/problem+json" if arrival.is_api else "text/html; charset=utf-8"
    start_response(
        _STATUS,
        [
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Retry-After", str(seconds)),
            ("Cache-Control", "no-store"),
            ("X-Request-Id", name),
        ],
    )
    return [body]


def request_id(environ: Mapping[str, Any]) -> str:
    given = str(environ.get("HTTP_X_REQUEST_ID", ""))
    return given if _REQUEST_ID.fullmatch(given) else f"req_{secrets.token_hex(12)}"


def retry_after_seconds(importance: Importance, *, share: float, dice: float) -> int:
    """Later the less important and the fuller it is; never all at the same moment."""
    seconds = _BASE_SECONDS[importance] * (1 + 2 * share)
    return max(1, round(seconds * (1 + 0.4 * dice)))


def _problem(environ: Mapping[str, Any], seconds: int, name: str) -> bytes:
    return orjson.dumps(
        {
            "type": _KIND.type_uri or f"/errors/{_KIND.code}",
            "title": _KIND.title,
            "status": _KIND.status,
            "detail": f"{_KIND.meaning} Try again in {seconds} s.",
            "instance": environ.get("PATH_INFO", ""),
            "code": _KIND.code,
            "request_id": name,
            "docs": f"/errors/{_KIND.code}",
            "retry_after": seconds,
            "violated-policies": [SERVICE_LEVEL],
        },
        default=str,
    )
