"""How do clients submit content, and read what was found in it?"""

from urllib.parse import urlencode

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analysis.erasure import erase
from analysis.listing import page_of
from analysis.openapi import analyses as described
from analysis.representation import as_summary, location
from analysis.serializers import SubmissionSerializer
from analysis.submission import Outcome, submit
from analysis.views.answers import analysis_answer, preferred_wait, settled, wait_parameter
from analysis.views.askers import client_of, own_analyses, visible_analysis
from ops.models import Scope


class AnalysesView(APIView):
    scopes = {"GET": Scope.READ, "POST": Scope.WRITE}

    @extend_schema(**described.SUBMIT)
    def post(self, request: Request) -> Response:
        serializer = SubmissionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        submission = submit(serializer.wish(), client_of(request))
        analysis, waited = settled(submission.analysis, preferred_wait(request))
        response = analysis_answer(analysis, request, accepted=not analysis.is_settled)
        response["X-Cache"] = submission.outcome.value  # PEP 3333 wants plain strings
        if waited:
            response["Preference-Applied"] = f"wait={waited}"
        if submission.outcome is not Outcome.HIT:
            response["Location"] = response["Operation-Location"] = location(analysis, request)
        return response

    @extend_schema(**described.LIST)
    def get(self, request: Request) -> Response:
        page = page_of(own_analyses(request), request.query_params)
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

    @extend_schema(**described.READ)
    def get(self, request: Request, public_id: str) -> Response:
        found, waited = settled(visible_analysis(request, public_id), wait_parameter(request))
        response = analysis_answer(found, request, accepted=False)
        if waited:
            response["Preference-Applied"] = f"wait={waited}"
        return response

    @extend_schema(**described.ERASE)
    def delete(self, request: Request, public_id: str) -> Response:
        erase(visible_analysis(request, public_id))
        return Response(status=204)
