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
from ops.problems.documents import ProblemError, problem_response

API_PREFIX = "/api/"
_RETRY_AFTER_SECONDS = 10


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
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return _answer(request, "dependency_unavailable", _without_database)
    return _answer(request, "internal_error", lambda: defaults.server_error(request))


def _without_database() -> HttpResponse:
    """For whoever looks after the service, mostly: the pages that stand on it are the console's."""
    headers = {"Retry-After": str(_RETRY_AFTER_SECONDS)}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def _answer(request: HttpRequest, code: str, page: Callable[[], HttpResponse]) -> HttpResponse:
    if request.path.startswith(API_PREFIX):
        return problem_response(request, ProblemError(code))
    return page()
