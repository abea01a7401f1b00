"""What does a request hear that is sent away at the door? Little, at once, and honestly when."""

from __future__ import annotations

import random
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import orjson

from ops.overload.arrivals import Arrival
from ops.overload.importance import Importance
from ops.overload.ladder import SERVICE_LEVEL
from ops.problems import ProblemError
from ops.problems.catalogue import CATALOGUE, ErrorKind

StartResponse = Callable[..., Any]

_KIND = CATALOGUE["load_shed"]
_STATUS = "503 Service Unavailable"
_PROBLEM = "application/problem+json"
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_VIOLATED = {"violated-policies": [SERVICE_LEVEL]}
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
    """For want of room."""
    seconds = retry_after_seconds(arrival.importance, share=share, dice=random.random())
    answer = Answer(_STATUS, seconds, name)
    if not arrival.is_api:
        return answer.send(start_response, "text/html; charset=utf-8", _PAGE)
    detail = f"{_KIND.meaning} Try again in {seconds} s."
    document = _document(environ, _KIND, detail, answer) | _VIOLATED
    return answer.send(start_response, _PROBLEM, _as_json(document))


def refuse_address(
    environ: Mapping[str, Any], start_response: StartResponse, problem: ProblemError, *, name: str
) -> list[bytes]:
    """For what it asked before."""
    status = f"{problem.status_code} {HTTPStatus(problem.status_code).phrase}"
    answer = Answer(status, problem.retry_after_seconds or 1, name, problem.headers)
    document = _document(environ, problem.kind, str(problem.detail), answer) | problem.members
    return answer.send(start_response, _PROBLEM, _as_json(document))


@dataclass(frozen=True)
class Answer:
    status: str
    retry_after_seconds: int
    request_id: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def send(self, start_response: StartResponse, kind: str, body: bytes) -> list[bytes]:
        start_response(
            self.status,
            [
                ("Content-Type", kind),
                ("Content-Length", str(len(body))),
                ("Retry-After", str(self.retry_after_seconds)),
                ("Cache-Control", "no-store"),
                ("X-Request-Id", self.request_id),
                *self.headers.items(),
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


def _document(
    environ: Mapping[str, Any], kind: ErrorKind, detail: str, answer: Answer
) -> dict[str, Any]:
    return {
        "type": kind.type_uri or f"/errors/{kind.code}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": environ.get("PATH_INFO", ""),
        "code": kind.code,
        "request_id": answer.request_id,
        "docs": f"/errors/{kind.code}",
        "retry_after": answer.retry_after_seconds,
    }


def _as_json(document: Mapping[str, Any]) -> bytes:
    return orjson.dumps(document, default=str)
