"""Who asked for what, and how did it go? One line for each request."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

logger = logging.getLogger("contentcreate.access")


class AccessLogMiddleware:
    """Names the route, never the path: the path of an anonymous analysis is its password."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.static_url: str = settings.STATIC_URL

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        if not request.path.startswith(self.static_url):
            _write(request, response, seconds=time.perf_counter() - started)
        return response


def _write(request: HttpRequest, response: HttpResponseBase, *, seconds: float) -> None:
    logger.info(
        "request",
        extra={
            "method": request.method,
            "route": _route(request),
            "status": response.status_code,
            "duration_ms": round(seconds * 1000, 1),
            "client": _client_key(request),
        },
    )


def _route(request: HttpRequest) -> str | None:
    match = request.resolver_match
    return f"/{match.route}" if match else None


def _client_key(request: HttpRequest) -> str | None:
    """Whoever was already recognised. Asking Django would open the session: a query a request."""
    if key := getattr(request, "client_key", None):
        return str(key)
    facts = request.__dict__
    if staff := facts.get("_cached_user"):
        return f"user:{staff.pk}" if staff.pk else None
    return facts["user"].key if hasattr(type(facts.get("user")), "key") else None
