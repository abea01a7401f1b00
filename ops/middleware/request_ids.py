"""Which request was that? Every answer and every log line of it carries one id."""

import re
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from ops.request_id import current

HEADER = "X-Request-Id"
_ACCEPTED = re.compile(r"[A-Za-z0-9_-]{1,64}")
# W3C Trace Context: version, trace, span, flags; a trace of zeros is none.
_TRACE = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?")


class RequestIdMiddleware:
    """Outermost, so that refusals and failures of everything inside have an id too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        name = _given(request) or _new()
        request.request_id = name  # type: ignore[attr-defined]
        # Never reset: what happens while the answer is closed belongs to the request too.
        current.set(name)
        response = self.get_response(request)
        response[HEADER] = name
        return response


def request_id(request: HttpRequest) -> str:
    """The id of a request that came through the middleware, else nothing."""
    return getattr(request, "request_id", "")


def _given(request: HttpRequest) -> str:
    """The client's own id, else that of the trace which the request belongs to."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    if _ACCEPTED.fullmatch(given):
        return given
    trace = _TRACE.fullmatch(request.META.get("HTTP_TRACEPARENT", ""))
    return trace.group(1) if trace else ""


def _new() -> str:
    return "req_" + secrets.token_hex(12)
