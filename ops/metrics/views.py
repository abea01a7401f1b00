"""Who may read the metrics? Whoever shows the token, or asks from an address on the list."""

from __future__ import annotations

import hmac
from ipaddress import ip_network

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ops.limits.identity import is_in, witnessed_address
from ops.metrics.exposition import CONTENT_TYPE, exposition
from ops.problems import ProblemError, problem_response


@require_safe
def prometheus(request: HttpRequest) -> HttpResponse:
    """Off, and therefore not found, until the settings name a token or an address."""
    if not settings.OPS_METRICS_TOKEN and not settings.OPS_METRICS_ALLOWED:
        raise Http404
    if not (_shows_token(request) or _comes_from_allowed_address(request)):
        error = ProblemError("missing_key", "Show the metrics token as 'Authorization: Bearer …'.")
        error.headers["WWW-Authenticate"] = 'Bearer realm="metrics"'
        return problem_response(request, error)
    text = exposition(timezone.now())
    return HttpResponse(text, content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


def _shows_token(request: HttpRequest) -> bool:
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    token = settings.OPS_METRICS_TOKEN
    return (
        bool(token)
        and scheme.lower() == "bearer"
        and hmac.compare_digest(shown.strip().encode(), token.encode())
    )


def _comes_from_allowed_address(request: HttpRequest) -> bool:
    return is_in(
        witnessed_address(request),
        [ip_network(allowed) for allowed in settings.OPS_METRICS_ALLOWED],
    )
