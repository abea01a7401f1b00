"""How is an error told to a client? As a problem document (RFC 9457)."""

import re
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from rest_framework.exceptions import APIException

from ops.problems.catalogue import CATALOGUE, ErrorKind

DATABASE_RETRY_AFTER_SECONDS = 5

_PLACE_IN_LIST = re.compile(r"/(\d{1,6})(?=/|$)")


@dataclass(frozen=True)
class Violation:
    """One member of the body that does not fit: JSON pointer (RFC 6901), code, sentence."""

    pointer: str
    code: str
    message: str


class ProblemError(APIException):
    """Raised at the place that knows; becomes a problem document at the door."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        violations: tuple[Violation, ...] = (),
        retry_after_seconds: int | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.kind: ErrorKind = CATALOGUE[code]
        self.status_code = self.kind.status
        self.violations = violations
        self.retry_after_seconds = retry_after_seconds
        self.headers = headers or {}
        self.members: dict[str, Any] = {}
        super().__init__(detail=detail or f"{self.kind.meaning} {self.kind.remedy}", code=code)


def problem_response(request: HttpRequest, error: ProblemError) -> HttpResponse:
    response = HttpResponse(
        orjson.dumps(problem_document(request, error)),
        status=error.status_code,
        content_type="application/problem+json",
        headers={"Cache-Control": "no-store", **error.headers},
    )
    if error.retry_after_seconds is not None:
        response["Retry-After"] = str(error.retry_after_seconds)
    return response


def problem_document(request: HttpRequest, error: ProblemError) -> dict[str, Any]:
    kind = error.kind
    page = absolute_url(request, reverse("ops:error", args=[kind.code]))
    document: dict[str, Any] = {
        "type": kind.type_uri or page,
        "title": kind.title,
        "status": kind.status,
        "detail": str(error.detail),
        "instance": request.path,
        "code": kind.code,
        "request_id": getattr(request, "request_id", None),
        "docs": page,
    }
    if error.violations:
        document["errors"] = [_told(violation) for violation in error.violations]
    if error.retry_after_seconds is not None:
        document["retry_after"] = error.retry_after_seconds
    return document | error.members


def _told(violation: Violation) -> dict[str, Any]:
    """`index` is the place in the list that the pointer leads through: the item of a batch."""
    place = _PLACE_IN_LIST.search(violation.pointer)
    index = {"index": int(place.group(1))} if place else {}
    return {
        "pointer": violation.pointer,
        **index,
        "code": violation.code,
        "message": violation.message,
    }


def absolute_url(request: HttpRequest, path: str) -> str:
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return path
