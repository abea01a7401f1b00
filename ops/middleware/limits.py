"""Is this address calm, and what has the request spent? Refuses before anything is opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from ops.limits import edge
from ops.limits.headers import headers
from ops.limits.ledger import Ledger, ledger_of
from ops.limits.refusals import span
from ops.problems import ProblemError, problem_response
from ops.problems.views import API_PREFIX

_SOON = b"in a moment"


class LimitsMiddleware:
    """Before sessions and authentication: a flood of bad keys must not reach the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if edge.is_exempt(request.path):
            return self.get_response(request)
        if (problem := edge.check(request)) is not None:
            return _answer(request, problem)
        ledger, status = ledger_of(request), 500
        try:
            response = self.get_response(request)
            status = response.status_code
        finally:
            ledger.settle(status)
        if (problem := edge.catch_up(request)) is not None:
            return _answer(request, problem)
        if status == 401 and request.path.startswith(API_PREFIX):
            edge.failed_key(request)
        _tell(response, ledger)
        return response


def _tell(response: HttpResponseBase, ledger: Ledger) -> None:
    for name, value in headers(ledger.decisions).items():
        response.headers.setdefault(name, value)


def _answer(request: HttpRequest, problem: ProblemError) -> HttpResponse:
    if request.path.startswith(API_PREFIX):
        return problem_response(request, problem)
    wait = problem.retry_after_seconds
    page = _page(problem.status_code)
    if wait is not None:
        page = page.replace(_SOON, f"in {span(wait)}".encode())
    fields = {"Cache-Control": "no-store", **problem.headers}
    if wait is not None:
        fields["Retry-After"] = str(wait)
    return HttpResponse(page, status=problem.status_code, headers=fields)


@cache
def _page(status_code: int) -> bytes:
    """Drawn once a process: a refusal that draws a page costs as much as an answer."""
    return render_to_string(f"{status_code}.html").encode()
