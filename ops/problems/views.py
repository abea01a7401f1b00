"""What do the error pages say: the catalogue, and Django's own errors?"""

import sys
from collections.abc import Callable
from dataclasses import asdict

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ops.problems.catalogue import CATALOGUE, ErrorKind
from ops.problems.documents import (
    DATABASE_RETRY_AFTER_SECONDS,
    ProblemError,
    problem_response,
)

API_PREFIX = "/api/"


@require_safe
@cache_control(public=True, max_age=3600)
def error_catalogue(request: HttpRequest) -> HttpResponse:
    kinds = list(CATALOGUE.values())
    if request.accepts("text/html"):
        return render(request, "ops/errors.html", {"errors": kinds})
    return JsonResponse({"data": [asdict(kind) for kind in kinds]})


@require_safe
@cache_control(public=True, max_age=3600)
def error(request: HttpRequest, code: str) -> HttpResponse:
    kind: ErrorKind | None = CATALOGUE.get(code)
    if kind is None:
        raise Http404(f"No error is called {code}.")
    if request.accepts("text/html"):
        return render(request, "ops/error.html", {"error": kind})
    return JsonResponse(asdict(kind))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, "bad_request", lambda: defaults.bad_request(request, exception))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, "forbidden", lambda: defaults.permission_denied(request, exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, "not_found", lambda: defaults.page_not_found(request, exception))


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls it while it handles the exception."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return _without_database(request)
    return _answer(request, "internal_error", lambda: defaults.server_error(request))


def _without_database(request: HttpRequest) -> HttpResponse:
    seconds = DATABASE_RETRY_AFTER_SECONDS
    if request.path.startswith(API_PREFIX):
        problem = ProblemError("dependency_unavailable", retry_after_seconds=seconds)
        return problem_response(request, problem)
    # Without the request: who asks is known to the database alone.
    page = render_to_string("503.html", {"is_console": request.path.startswith("/admin/")})
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return HttpResponse(page, status=503, headers=headers)


def _answer(request: HttpRequest, code: str, page: Callable[[], HttpResponse]) -> HttpResponse:
    if request.path.startswith(API_PREFIX):
        return problem_response(request, ProblemError(code))
    return page()
