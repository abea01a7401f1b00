"""Who asks, and what may they see?"""

from typing import cast

from rest_framework.request import Request

from analysis.models import Analysis, AnalysisQuerySet, Batch, BatchQuerySet, Tombstone
from ops.clients import AnyClient
from ops.models import Client
from ops.problems import ProblemError


def client_of(request: Request) -> AnyClient:
    # Our only authentication answers with clients, never with users of the admin.
    return cast(AnyClient, request.user)


def known_client(request: Request) -> Client:
    """Only a client with a key has lists, batches and a name."""
    client = client_of(request)
    if isinstance(client, Client):
        return client
    raise ProblemError("missing_key", "Only clients with an API key can ask for this.")


def own_analyses(request: Request) -> AnalysisQuerySet:
    return Analysis.objects.of(known_client(request).key)


def own_batches(request: Request) -> BatchQuerySet:
    return Batch.objects.of(known_client(request).key)


def own_batch(request: Request, public_id: str) -> Batch:
    if (batch := own_batches(request).filter(public_id=public_id).first()) is None:
        raise _missing("batch", public_id, request)
    return batch


def visible_analysis(request: Request, public_id: str) -> Analysis:
    analyses = Analysis.objects.visible_to(client_of(request).key).in_view()
    if (analysis := analyses.filter(public_id=public_id).first()) is None:
        raise _missing("analysis", public_id, request)
    return analysis


def _missing(what: str, public_id: str, request: Request) -> ProblemError:
    buried = Tombstone.objects.visible_to(client_of(request).key).filter(pk=public_id[:60])
    if buried.exists():
        return ProblemError("gone")
    return ProblemError("not_found", f"No {what} {public_id[:60]} belongs to this client.")
