"""Is what this request wants open at the moment?"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from ops.maintenance.features import READ_ONLY
from ops.maintenance.passes import is_let_in
from ops.maintenance.sources import windows
from ops.maintenance.windows import Window, announced, closing
from ops.problems import ProblemError, problem_response
from ops.problems.views import API_PREFIX

ANNOUNCEMENT_HEADER = "Maintenance-Window"


class MaintenanceMiddleware:
    """Stands behind the session: a member of the staff may come in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        known = windows()
        return self._while(known, request) if known else self.get_response(request)

    def _while(self, known: tuple[Window, ...], request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        method = request.method or "GET"
        closed = closing(known, method=method, path=request.path_info, now=now)
        if closed is not None and not is_let_in(request, closed):
            refusal = _closed(request, closed, now)
            # A refusal on purpose is no failure: the access log has its line.
            refusal._has_been_logged = True  # type: ignore[attr-defined]
            return refusal
        coming = announced(known, now=now)
        request.announced_maintenance = coming  # type: ignore[attr-defined]
        response = self.get_response(request)
        if coming:
            response[ANNOUNCEMENT_HEADER] = ", ".join(map(_as_header, coming))
        return response


def _closed(request: HttpRequest, window: Window, now: datetime) -> HttpResponse:
    seconds = window.retry_after_seconds(now, dice=random.random())
    if request.path_info.startswith(API_PREFIX):
        code = "read_only" if window.scope == READ_ONLY else "maintenance"
        problem = ProblemError(code, _detail(window), retry_after_seconds=seconds)
        return problem_response(request, problem)
    response = render(request, "ops/maintenance.html", {"window": window}, status=503)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def _detail(window: Window) -> str:
    until = f" Planned until {window.ends_at:%Y-%m-%d %H:%M} UTC." if window.ends_at else ""
    return f"Closed for maintenance: {window.title.lower()}. {window.message}".strip() + until


def _as_header(window: Window) -> str:
    start = f"{window.starts_at:%Y-%m-%dT%H:%M:%SZ}" if window.starts_at else ""
    end = f"{window.ends_at:%Y-%m-%dT%H:%M:%SZ}" if window.ends_at else ".."
    return f'"{start}/{end}"; scope="{window.scope}"'
