"""What does a request hear that is sent away at the door? Little, at once, and honestly when."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any, NamedTuple

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
_BASE_SECONDS = (1, 2, 4, 8)
"""By importance."""
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
    whole = _all_but_the_name(environ.get("PATH_INFO", ""), seconds)
    return answer.send(start_response, _PROBLEM, b'%b"%b"}' % (whole, name.encode()))


def refuse_address(
    environ: Mapping[str, Any], start_response: StartResponse, problem: ProblemError, *, name: str
) -> list[bytes]:
    """For what it asked before."""
    status = f"{problem.status_code} {HTTPStatus(problem.status_code).phrase}"
    answer = Answer(status, problem.retry_after_seconds or 1, name, problem.headers)
    path, seconds = environ.get("PATH_INFO", ""), answer.retry_after_seconds
    document = _document(path, problem.kind, str(problem.detail), seconds) | problem.members
    return answer.send(start_response, _PROBLEM, _as_json(document | {"request_id": name}))


class Answer(NamedTuple):
    status: str
    retry_after_seconds: int
    request_id: str
    headers: Mapping[str, str] = {}

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
    given = environ.get("HTTP_X_REQUEST_ID")
    if given and _REQUEST_ID.fullmatch(given):
        return str(given)
    return f"req_{random.getrandbits(96):024x}"  # a name, no secret: no system call for it


def retry_after_seconds(importance: Importance, *, share: float, dice: float) -> int:
    """Later the less important and the fuller it is; never all at the same moment."""
    seconds = _BASE_SECONDS[importance] * (1 + 2 * share)
    return max(1, round(seconds * (1 + 0.4 * dice)))


@lru_cache(maxsize=64)  # paths may be long, and those who ask choose them
def _all_but_the_name(path: str, seconds: int) -> bytes:
    """What a refusal for want of room says is the same for all who ask there, up to its last
    member: the name of the request."""
    detail = f"{_KIND.meaning} Try again in {seconds} s."
    document = _document(path, _KIND, detail, seconds) | _VIOLATED
    return _as_json(document).removesuffix(b"}") + b',"request_id":'


def _document(path: str, kind: ErrorKind, detail: str, seconds: int) -> dict[str, Any]:
    return {
        "type": kind.type_uri or f"/errors/{kind.code}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": path,
        "code": kind.code,
        "docs": f"/errors/{kind.code}",
        "retry_after": seconds,
    }


def _as_json(document: Mapping[str, Any]) -> bytes:
    return orjson.dumps(document, default=str)
