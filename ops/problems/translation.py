"""Which problem is this exception?"""

import math
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from rest_framework import exceptions
from rest_framework.views import set_rollback

from ops.problems.catalogue import CATALOGUE
from ops.problems.documents import (
    DATABASE_RETRY_AFTER_SECONDS,
    ProblemError,
    Violation,
    problem_response,
)


def exception_handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """DRF's hook. None leaves the exception to Django, which logs it and calls handler500."""
    problem = translate(error)
    if problem is None:
        return None
    set_rollback()
    if problem.status_code == 401:
        problem.headers["WWW-Authenticate"] = 'Bearer realm="ContentCreate"'
    return problem_response(context["request"]._request, problem)


def translate(error: Exception) -> ProblemError | None:
    for kinds, translation in _TRANSLATIONS:
        if isinstance(error, kinds):
            return translation(error)
    return None


_OWN_CODES = {"unknown_field", "unknown_analyzer", "text_empty", "unsafe_url"}


def _violations(detail: Any, pointer: str = "") -> tuple[Violation, ...]:
    if isinstance(detail, dict):
        nested = (_violations(v, _member(pointer, str(k))) for k, v in detail.items())
    elif isinstance(detail, list):
        nested = (_violations(v, pointer) for v in detail)
    else:
        return (Violation(pointer, getattr(detail, "code", "invalid"), str(detail)),)
    return tuple(violation for group in nested for violation in group)


def _member(pointer: str, name: str) -> str:
    if name == "non_field_errors":
        return pointer
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"


def _validation(error: Any) -> ProblemError:
    violations = _violations(error.detail)
    codes = {violation.code for violation in violations}
    # One kind of mistake is named as such; several are a failed validation.
    code = codes.pop() if len(codes) == 1 and codes <= _OWN_CODES else "validation_failed"
    first = violations[0]
    detail = f"{first.pointer or 'The body'}: {first.message}"
    if len(violations) > 1:
        detail += f" ({len(violations) - 1} more in errors)"
    return ProblemError(code, detail, violations=violations)


def _with_remedy(code: str, error: Any) -> ProblemError:
    return ProblemError(code, f"{error.detail} {CATALOGUE[code].remedy}")


_TRANSLATIONS: tuple[tuple[Any, Any], ...] = (
    (ProblemError, lambda error: error),
    (exceptions.ValidationError, _validation),
    (exceptions.ParseError, lambda error: ProblemError("invalid_json", str(error.detail))),
    (exceptions.UnsupportedMediaType, lambda error: _with_remedy("unsupported_media_type", error)),
    (exceptions.MethodNotAllowed, lambda error: _with_remedy("method_not_allowed", error)),
    (exceptions.NotAcceptable, lambda _: ProblemError("not_acceptable")),
    (
        (exceptions.NotAuthenticated, exceptions.AuthenticationFailed),
        lambda _: ProblemError("missing_key"),
    ),
    (
        exceptions.Throttled,
        lambda error: ProblemError("rate_limited", retry_after_seconds=math.ceil(error.wait or 1)),
    ),
    ((exceptions.PermissionDenied, PermissionDenied), lambda _: ProblemError("forbidden")),
    ((exceptions.NotFound, Http404), lambda _: ProblemError("not_found")),
    (RequestDataTooBig, lambda _: ProblemError("payload_too_large")),
    (SuspiciousOperation, lambda _: ProblemError("bad_request")),
    (
        (OperationalError, InterfaceError),
        lambda _: ProblemError(
            "dependency_unavailable", retry_after_seconds=DATABASE_RETRY_AFTER_SECONDS
        ),
    ),
)
