"""How many requests, how slow, how long on their way? Counted by route, never by path."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from ops import metrics

NO_ROUTE = "none"
_LONGEST_WAIT_SECONDS = 60.0


class RequestMetricsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.static_url: str = settings.STATIC_URL

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(self.static_url):
            return self.get_response(request)
        waited = waited_seconds(request.META.get("HTTP_X_REQUEST_START", ""), now=time.time())
        started = time.perf_counter()
        response = self.get_response(request)
        _tell(request, response, time.perf_counter() - started)
        if waited is not None:
            metrics.observe("http_request_queue_seconds", waited)
        return response


def waited_seconds(header: str, *, now: float) -> float | None:
    """Since the proxy took the request: nginx writes seconds, others milli- or microseconds."""
    try:
        since = float(header.strip().removeprefix("t="))
    except ValueError:
        return None
    scale = 1e6 if since > 1e14 else 1e3 if since > 1e11 else 1
    waited = now - since / scale
    # Clocks of two machines differ by a little; by more the header says nothing.
    return max(0.0, waited) if -1.0 < waited < _LONGEST_WAIT_SECONDS else None


def _tell(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    match = request.resolver_match
    route = f"/{match.route}" if match else NO_ROUTE
    metrics.count(
        "http_requests",
        route=route,
        method=request.method or "",
        status=str(response.status_code),
        tier=_tier(request),
    )
    metrics.observe("http_request_duration_seconds", seconds, route=route)


def _tier(request: HttpRequest) -> str:
    """Whoever was already recognised. Asking Django would open the session: a query a request."""
    facts = request.__dict__
    if staff := facts.get("_cached_user"):
        return "staff" if staff.is_staff else ""
    return str(getattr(facts.get("user"), "tier", ""))
