"""How do clients submit content, and read what was found in it?"""

import time
from dataclasses import replace

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analysis.cancellation import cancel
from analysis.comparison import comparison_of
from analysis.erasure import erase
from analysis.foresight import Foresight, look_ahead
from analysis.listing import page_of_analyses
from analysis.models import Analysis
from analysis.openapi import analyses as described
from analysis.prices import units_of
from analysis.representation import as_summary, location
from analysis.serializers import SubmissionSerializer
from analysis.submission import Outcome, Wish, submit
from analysis.usage import Use, asked_for
from analysis.views.answers import (
    analysis_answer,
    applied_preference,
    list_answer,
    preferred_wait,
    remembered_answer,
    settled,
    wait_parameter,
    wanted_fields,
)
from analysis.views.askers import client_of, own_analyses, visible_analysis
from analysis.views.counted import CountedView, counts_as
from analysis.views.once import once
from ops.limits.policies import Route
from ops.models import Scope
from ops.problems import ProblemError
from ops.throttling import charge_in_all


class AnalysesView(CountedView):
    scopes = {"GET": Scope.READ, "POST": Scope.WRITE}

    @property
    def limited_as(self) -> dict[str, Route]:
        return {"POST": Route.READ} if _is_dry_run(self.request) else {}

    @extend_schema(**described.SUBMIT)
    def post(self, request: Request) -> Response:
        serializer = SubmissionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        wish = serializer.wish()
        if _is_dry_run(request):
            return _foreseen(look_ahead(wish, client_of(request)))
        return once(request, lambda: _submitted(request, wish))

    @extend_schema(**described.LIST)
    def get(self, request: Request) -> Response:
        fields = wanted_fields(request)
        page = page_of_analyses(own_analyses(request), request.query_params)
        data = [fields.of(as_summary(analysis, request)) for analysis in page.rows]
        return list_answer(data, page.next_cursor, request)


def _submitted(request: Request, wish: Wish) -> tuple[Response, Analysis]:
    began = time.perf_counter()
    wanted_fields(request)  # what is wrong with them is said before anything is done
    units = charge_in_all(request, units_of(wish.request))
    submission = submit(_known_as(wish, request), client_of(request))
    known = int(submission.outcome is Outcome.HIT)
    counts_as(request, {asked_for(wish.request): Use(analyses=1, cached=known, units=units)})
    accepted = time.perf_counter()
    analysis, waited = settled(submission.analysis, preferred_wait(request))
    response = analysis_answer(analysis, request, accepted=not analysis.is_settled)
    response["X-Cache"] = submission.outcome.value  # PEP 3333 wants plain strings
    if applied := applied_preference(request, waited, accepted=response.status_code == 202):
        response["Preference-Applied"] = applied
    if submission.outcome is not Outcome.HIT:
        response["Location"] = response["Operation-Location"] = location(
            analysis.public_id, request
        )
    spent, wait = accepted - began, time.perf_counter() - accepted
    response["Server-Timing"] = f"submit;dur={spent * 1e3:.1f}, report;dur={wait * 1e3:.1f}"
    return response, analysis


def _known_as(wish: Wish, request: Request) -> Wish:
    """What is told later leads back to where the client found us."""
    base_url = request.build_absolute_uri("/").rstrip("/")
    return replace(wish, webhook=replace(wish.webhook, base_url=base_url))


def _foreseen(foresight: Foresight) -> Response:
    return Response(
        {
            "object": "validation",
            "valid": True,
            "outcome": foresight.outcome,
            "would_queue": foresight.outcome is not Outcome.HIT,
            "cost_units": foresight.cost_units,
            "eta_seconds": foresight.eta_seconds,
        },
        headers={"Cache-Control": "no-store"},
    )


def _is_dry_run(request: Request) -> bool:
    wish = request.query_params.get("validate_only", "false").lower()
    if wish not in {"true", "1", "false", "0"}:
        raise ProblemError("bad_parameter", "'validate_only' takes true or false.")
    return wish in {"true", "1"}


class AnalysisView(APIView):
    scopes = {"GET": Scope.READ, "DELETE": Scope.WRITE}

    @extend_schema(**described.READ)
    def get(self, request: Request, public_id: str) -> Response:
        wait_seconds = wait_parameter(request)
        if known := remembered_answer(public_id, request):
            return known
        found, waited = settled(visible_analysis(request, public_id), wait_seconds)
        response = analysis_answer(found, request, accepted=False)
        if applied := applied_preference(request, waited, accepted=False):
            response["Preference-Applied"] = applied
        return response

    @extend_schema(**described.ERASE)
    def delete(self, request: Request, public_id: str) -> Response:
        erase(visible_analysis(request, public_id))
        return Response(status=204)


class AnalysisContentView(APIView):
    scopes = {"GET": Scope.READ}

    @extend_schema(**described.CONTENT)
    def get(self, request: Request, public_id: str) -> Response:
        content = visible_analysis(request, public_id).content
        body = {"object": "content", "format": content.format, "content": content.source}
        headers = {"Cache-Control": "private, no-cache", "Vary": "Authorization, X-API-Key"}
        return Response(body, headers=headers)


class AnalysisCancelView(APIView):
    scopes = {"POST": Scope.WRITE}
    limited_as = {"POST": Route.READ}

    @extend_schema(**described.CANCEL)
    def post(self, request: Request, public_id: str) -> Response:
        analysis = visible_analysis(request, public_id)
        cancel(Analysis.objects.filter(pk=analysis.pk))
        return analysis_answer(visible_analysis(request, public_id), request, accepted=False)


class ComparisonView(APIView):
    scopes = {"GET": Scope.READ}

    @extend_schema(**described.COMPARE)
    def get(self, request: Request, public_id: str) -> Response:
        other = request.query_params.get("before")
        if not other:
            raise ProblemError("bad_parameter", "'before' takes the id of the earlier analysis.")
        before, after = visible_analysis(request, other), visible_analysis(request, public_id)
        return Response(
            comparison_of(before, after), headers={"Cache-Control": "private, max-age=300"}
        )
