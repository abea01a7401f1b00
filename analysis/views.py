"""How do clients submit content, and read what was found in it?"""

from typing import cast
from urllib.parse import urlencode

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analysis import openapi, reports
from analysis.erasure import erase
from analysis.listing import page_of
from analysis.models import Analysis, AnalysisQuerySet
from analysis.representation import as_object, as_summary, location, retry_after_seconds
from analysis.serializers import SubmissionSerializer
from analysis.submission import Outcome, submit
from analysis.waiting import MAX_WAIT_SECONDS, preferred_wait_seconds, wait_for
from ops.clients import AnyClient
from ops.models import Scope, Tier
from ops.overload.watch import watch
from ops.problems import ProblemError

_CACHED_SECONDS = 300


class AnalysesView(APIView):
    scopes = {"GET": Scope.READ, "POST": Scope.WRITE}

    @extend_schema(**openapi.SUBMIT)
    def post(self, request: Request) -> Response:
        serializer = SubmissionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        submission = submit(serializer.wish(), _client(request))
        analysis, waited = _settled(submission.analysis, _preferred_wait(request))
        response = _answer(analysis, request, accepted=not analysis.is_settled)
        response["X-Cache"] = submission.outcome.value  # PEP 3333 wants plain strings
        if waited:
            response["Preference-Applied"] = f"wait={waited}"
        if submission.outcome is not Outcome.HIT:
            response["Location"] = response["Operation-Location"] = location(analysis, request)
        return response

    @extend_schema(**openapi.LIST)
    def get(self, request: Request) -> Response:
        page = page_of(_own(request), request.query_params)
        response = Response(
            {
                "object": "list",
                "data": [as_summary(analysis, request) for analysis in page.analyses],
                "has_more": page.next_cursor is not None,
                "next_cursor": page.next_cursor,
            },
            headers={"Cache-Control": "no-cache"},
        )
        if page.next_cursor:
            wanted = request.query_params.dict() | {"cursor": page.next_cursor}
            url = request.build_absolute_uri(f"{request.path}?{urlencode(wanted)}")
            response["Link"] = f'<{url}>; rel="next"'
        return response


class AnalysisView(APIView):
    scopes = {"GET": Scope.READ, "DELETE": Scope.WRITE}

    @extend_schema(**openapi.READ)
    def get(self, request: Request, public_id: str) -> Response:
        found, waited = _settled(_visible(request, public_id), _wait_parameter(request))
        response = _answer(found, request, accepted=False)
        if waited:
            response["Preference-Applied"] = f"wait={waited}"
        return response

    @extend_schema(**openapi.ERASE)
    def delete(self, request: Request, public_id: str) -> Response:
        erase(_visible(request, public_id))
        return Response(status=204)


class UnknownEndpointView(APIView):
    """Every other address under the API: a problem document, also while debugging."""

    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        hint = "Addresses have no slash at the end." if request.path.endswith("/") else "See /docs."
        raise ProblemError("not_found", f"There is no endpoint {request.path}. {hint}")


def _client(request: Request) -> AnyClient:
    # Our only authentication answers with clients, never with users of the admin.
    return cast(AnyClient, request.user)


def _own(request: Request) -> AnalysisQuerySet:
    client = _client(request)
    if client.tier == Tier.ANONYMOUS:
        raise ProblemError("missing_key", "Only clients with an API key have a list.")
    return Analysis.objects.of(client.key)


def _visible(request: Request, public_id: str) -> Analysis:
    analyses = Analysis.objects.visible_to(_client(request).key).in_view()
    if (analysis := analyses.filter(public_id=public_id).first()) is None:
        raise ProblemError("not_found", f"No analysis {public_id} belongs to this client.")
    return analysis


def _preferred_wait(request: Request) -> int:
    return preferred_wait_seconds(request.headers.get("Prefer", ""))


def _wait_parameter(request: Request) -> int:
    wish = request.query_params.get("wait")
    if wish is None:
        return _preferred_wait(request)
    if not wish.isdecimal():
        raise ProblemError(
            "bad_parameter", f"'wait' takes whole seconds from 0 to {MAX_WAIT_SECONDS}."
        )
    return min(int(wish), MAX_WAIT_SECONDS)


def _settled(analysis: Analysis, wait_seconds: int) -> tuple[Analysis, int]:
    """The analysis after the wait, and how long a wait was granted."""
    if analysis.is_settled or not wait_seconds:
        return analysis, 0
    waited = wait_for(analysis, wait_seconds)
    return (waited, wait_seconds) if waited else (analysis, 0)


def _answer(analysis: Analysis, request: Request, *, accepted: bool) -> Response:
    body = reports.body_of(analysis.content_id) if analysis.is_done else None
    response = Response(as_object(analysis, request, body), status=202 if accepted else 200)
    if analysis.is_settled:
        seconds = round(_CACHED_SECONDS * watch.effects.cache_factor)
        response["Cache-Control"] = f"private, max-age={seconds}"
    else:
        response["Cache-Control"] = "private, no-cache"
        response["Retry-After"] = str(retry_after_seconds(analysis))
    response["Vary"] = "Authorization, X-API-Key"
    return response
