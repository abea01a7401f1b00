"""How does a repeated request get the answer of the first one (`Idempotency-Key`)?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import orjson
from django.db import DatabaseError
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from analysis import idempotency, reports
from analysis.corpus import corpus_of
from analysis.idempotency import Answer, Named
from analysis.models import Analysis
from analysis.models.idempotency import IdempotencyRecord
from analysis.views.askers import client_of
from ops.problems import ProblemError

_KEY = re.compile(r'"([ !#-\[\]-~]{1,255})"|([!#-~]{1,255})')
_KEPT_HEADERS = ("Location", "Operation-Location", "Retry-After", "X-Cache", "Preference-Applied")

Work = Callable[[], tuple[Response, Analysis | None]]


def once(
    request: Request,
    answer: Work,
    *,
    run: Callable[[Callable[[], Response]], Response] = lambda work: work(),
) -> Response:
    """The answer, or for a key that was seen before, the answer of that time.

    `run` may put the work and the note of its outcome into one transaction.
    """
    named = _named(request)
    if named is None:
        return run(lambda: answer()[0])
    record = idempotency.claim(named, now=timezone.now())
    if record.status is not None:
        return _replayed(record)
    try:
        return run(lambda: _noted(record, answer))
    except BaseException:
        with suppress(DatabaseError):  # the claim ends by itself
            idempotency.give_up(record)
        raise


def _noted(record: IdempotencyRecord, answer: Work) -> Response:
    response, analysis = answer()
    idempotency.keep(record, _as_answer(response, analysis))
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
    parts = {name for name, value in data.items() if isinstance(value, orjson.Fragment)}
    kept = data | dict.fromkeys(parts)
    return Answer(
        status=response.status_code,
        headers={name: response[name] for name in _KEPT_HEADERS if name in response},
        body=orjson.dumps(kept, option=orjson.OPT_UTC_Z).decode(),
        has_report="results" in parts,
        analysis=analysis,
    )


def _replayed(record: IdempotencyRecord) -> Response:
    data = orjson.loads(record.body)
    if record.has_report and record.analysis:
        parts = {
            "results": reports.body_of(record.analysis.content_id),
            "corpus": corpus_of(record.analysis),
        }
        data |= {n: orjson.Fragment(text) for n, text in parts.items() if text and n in data}
    fields = {"Cache-Control": "private, no-cache", "Vary": "Authorization, X-API-Key"}
    headers = record.headers | fields | {"Idempotent-Replayed": "true"}
    return Response(data, status=record.status, headers=headers)
