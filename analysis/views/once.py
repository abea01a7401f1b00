"""How does a repeated request get the answer of the first one (`Idempotency-Key`)?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any

import orjson
from django.db import DatabaseError, transaction
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from analysis import idempotency, reports
from analysis.idempotency import Answer, Named
from analysis.models import Analysis
from analysis.models.idempotency import IdempotencyRecord
from analysis.views.askers import client_of
from ops.problems import ProblemError

_KEY = re.compile(r'"([ !#-\[\]-~]{1,255})"|([!#-~]{1,255})')
_KEPT_HEADERS = ("Location", "Operation-Location", "Retry-After", "X-Cache", "Preference-Applied")


def once(
    request: Request,
    answer: Callable[[], tuple[Response, Analysis | None]],
    *,
    in_one_transaction: bool = False,
) -> Response:
    """The answer, or for a key that was seen before, the answer of that time."""
    named = _named(request)
    if named is None:
        return answer()[0]
    record = idempotency.claim(named, now=timezone.now())
    if record.status is not None:
        return _replayed(record)
    try:
        with transaction.atomic() if in_one_transaction else nullcontext():
            response, analysis = answer()
            idempotency.keep(record, _as_answer(response, analysis))
    except BaseException:
        with suppress(DatabaseError):  # the claim ends by itself
            idempotency.give_up(record)
        raise
    return response


def _named(request: Request) -> Named | None:
    given = request.headers.get("Idempotency-Key")
    if given is None:
        return None
    match = _KEY.fullmatch(given.strip())
    if match is None:
        raise ProblemError(
            "bad_request", "'Idempotency-Key' takes 1 to 255 visible characters, quoted or not."
        )
    asked = [request.query_params.dict(), request.data]
    body = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)
    return Named(
        client_key=client_of(request).key,
        path=request.path,
        key=match.group(1) or match.group(2),
        fingerprint=hashlib.sha256(body).hexdigest(),
    )


def _as_answer(response: Response, analysis: Analysis | None) -> Answer:
    data: dict[str, Any] = response.data
    has_report = isinstance(data.get("results"), orjson.Fragment)
    kept = data | {"results": None} if has_report else data
    return Answer(
        status=response.status_code,
        headers={name: response[name] for name in _KEPT_HEADERS if name in response},
        body=orjson.dumps(kept, option=orjson.OPT_UTC_Z).decode(),
        has_report=has_report,
        analysis=analysis,
    )


def _replayed(record: IdempotencyRecord) -> Response:
    data = orjson.loads(record.body)
    if record.has_report and record.analysis:
        report = reports.body_of(record.analysis.content_id)
        data["results"] = orjson.Fragment(report) if report else None
    fields = {"Cache-Control": "private, no-cache", "Vary": "Authorization, X-API-Key"}
    headers = record.headers | fields | {"Idempotent-Replayed": "true"}
    return Response(data, status=record.status, headers=headers)
