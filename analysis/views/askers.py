"""Who asks, and what may they see?"""

from typing import cast

from rest_framework.request import Request

from analysis.models import Analysis, AnalysisQuerySet
from ops.clients import AnyClient
from ops.models import Tier
from ops.problems import ProblemError


def client_of(request: Request) -> AnyClient:
    # Our only authentication answers with clients, never with users of the admin.
    return cast(AnyClient, request.user)


def own_analyses(request: Request) -> AnalysisQuerySet:
    client = client_of(request)
    if client.tier == Tier.ANONYMOUS:
        raise ProblemError("missing_key", "Only clients with an API key have a list.")
    return Analysis.objects.of(client.key)


def visible_analysis(request: Request, public_id: str) -> Analysis:
    analyses = Analysis.objects.visible_to(client_of(request).key).in_view()
    if (analysis := analyses.filter(public_id=public_id).first()) is None:
        raise ProblemError("not_found", f"No analysis {public_id} belongs to this client.")
    return analysis
