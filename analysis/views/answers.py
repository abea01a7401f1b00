"""How is an analysis answered, and how long may the answer take?"""

from typing import Any
from urllib.parse import urlencode

import orjson
from rest_framework.request import Request
from rest_framework.response import Response

from analysis import corpus, finished, reports
from analysis.models import Analysis
from analysis.remote import RemoteView, answers_for
from analysis.representation import (
    MEMBERS,
    Beside,
    as_object,
    as_summary,
    retry_after_seconds,
    urls_of,
)
from analysis.sparse import Selection, selection
from analysis.views.askers import client_of
from analysis.waiting import MAX_WAIT_SECONDS, preferred_wait_seconds, wait_for
from ops.overload.watch import watch
from ops.problems import ProblemError

_CACHED_SECONDS = 300
_REMOTE_SECONDS = 3
_VARY = "Authorization, X-API-Key"


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


def remembered_answer(public_id: str, request: Request) -> Response | None:
    """Of a finished analysis, from memory; None where the database has to be asked."""
    known = finished.recall(public_id)
    if known is None or not known.is_visible_to(client_of(request).key):
        return None
    fields = wanted_fields(request)
    body = beside = None
    if fields.wants("results"):
        body = reports.remembered(known.content_id, at_hand=known.body)
        if body is None:
            return None
    if fields.wants("corpus") and corpus.has_corpus(known.client_key):
        beside = corpus.believed(known.client_key, known.beside)
        if beside is None:
            return None
    summary = known.summary | {"urls": urls_of(public_id, request)}
    whole = as_object(summary, body, Beside(beside))
    response = Response(fields.of(_opened(whole, fields)))
    response["Cache-Control"] = _for_a_while()
    response["Vary"] = _VARY
    return response


def analysis_answer(analysis: Analysis, request: Request, *, accepted: bool) -> Response:
    remote = answers_for(analysis)
    response = Response(_shown(analysis, request, remote), status=202 if accepted else 200)
    if analysis.is_done and remote.is_pending:
        response["Cache-Control"] = "private, no-cache"
        response["Retry-After"] = str(_REMOTE_SECONDS)
    elif analysis.is_settled:
        response["Cache-Control"] = _for_a_while()
    else:
        response["Cache-Control"] = "private, no-cache"
        response["Retry-After"] = str(retry_after_seconds(analysis))
    response["Vary"] = _VARY
    return response


def _for_a_while() -> str:
    return f"private, max-age={round(_CACHED_SECONDS * watch.effects.cache_factor)}"


def list_answer(data: list[dict[str, Any]], next_cursor: str | None, request: Request) -> Response:
    """One page: no total, since counting all would cost more than showing some."""
    body = {
        "object": "list",
        "data": data,
        "has_more": next_cursor is not None,
        "next_cursor": next_cursor,
    }
    response = Response(body, headers={"Cache-Control": "no-cache"})
    if next_cursor:
        wanted = request.query_params.dict() | {"cursor": next_cursor}
        url = request.build_absolute_uri(f"{request.path}?{urlencode(wanted)}")
        response["Link"] = f'<{url}>; rel="next"'
    return response


def _shown(analysis: Analysis, request: Request, remote: RemoteView) -> dict[str, Any]:
    fields = wanted_fields(request)
    body = beside = None
    if analysis.is_done and fields.wants("results"):
        body = reports.body_of(analysis.content_id)
    if analysis.is_done and fields.wants("corpus"):
        beside = corpus.corpus_of(analysis)
    summary = as_summary(analysis, request)
    if analysis.is_done and not analysis.remote:
        finished.remember(analysis, summary, body)
    whole = as_object(summary, body, Beside(beside, remote.answers))
    return fields.of(_opened(whole, fields))


def _opened(whole: dict[str, Any], fields: Selection) -> dict[str, Any]:
    """What stays JSON text when it is wanted whole is read when parts of it are."""
    for name, part in fields.members.items():
        if part.members and isinstance(whole[name], orjson.Fragment):
            whole[name] = orjson.loads(orjson.dumps(whole[name]))
    return whole
