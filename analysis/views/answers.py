"""How is an analysis answered, and how long may the answer take?"""

from typing import Any

import orjson
from rest_framework.request import Request
from rest_framework.response import Response

from analysis import reports
from analysis.models import Analysis
from analysis.representation import MEMBERS, as_object, retry_after_seconds
from analysis.sparse import Selection, selection
from analysis.waiting import MAX_WAIT_SECONDS, preferred_wait_seconds, wait_for
from ops.overload.watch import watch
from ops.problems import ProblemError

_CACHED_SECONDS = 300


def preferred_wait(request: Request) -> int:
    return preferred_wait_seconds(request.headers.get("Prefer", ""))


def applied_preference(request: Request, waited_seconds: int, *, accepted: bool) -> str:
    """Which wish of the header `Prefer` was heard (RFC 7240)."""
    if waited_seconds:
        return f"wait={waited_seconds}"
    asked = "respond-async" in request.headers.get("Prefer", "").lower()
    return "respond-async" if asked and accepted else ""


def wait_parameter(request: Request) -> int:
    wish = request.query_params.get("wait")
    if wish is None:
        return preferred_wait(request)
    if not (wish.isascii() and wish.isdecimal()):
        raise ProblemError(
            "bad_parameter", f"'wait' takes whole seconds from 0 to {MAX_WAIT_SECONDS}."
        )
    return min(int(wish[:6]), MAX_WAIT_SECONDS)


def wanted_fields(request: Request) -> Selection:
    return selection(request.query_params.get("fields", ""), MEMBERS)


def settled(analysis: Analysis, wait_seconds: int) -> tuple[Analysis, int]:
    """The analysis after the wait, and how long a wait was granted."""
    if analysis.is_settled or not wait_seconds:
        return analysis, 0
    waited = wait_for(analysis, wait_seconds)
    return (waited, wait_seconds) if waited else (analysis, 0)


def analysis_answer(analysis: Analysis, request: Request, *, accepted: bool) -> Response:
    response = Response(_shown(analysis, request), status=202 if accepted else 200)
    if analysis.is_settled:
        seconds = round(_CACHED_SECONDS * watch.effects.cache_factor)
        response["Cache-Control"] = f"private, max-age={seconds}"
    else:
        response["Cache-Control"] = "private, no-cache"
        response["Retry-After"] = str(retry_after_seconds(analysis))
    response["Vary"] = "Authorization, X-API-Key"
    return response


def _shown(analysis: Analysis, request: Request) -> dict[str, Any]:
    fields = wanted_fields(request)
    needs_report = analysis.is_done and fields.wants("results")
    body = reports.body_of(analysis.content_id) if needs_report else None
    whole = as_object(analysis, request, body)
    if fields.members.get("results", Selection()).members and body is not None:
        whole["results"] = orjson.loads(body)
    return fields.of(whole)
