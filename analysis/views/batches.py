"""How do clients submit many contents at once, and fetch what came of them?"""

from collections import defaultdict
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analysis.batch_results import MEDIA_TYPE, gzipped, lines
from analysis.batch_standing import (
    Standing,
    as_object,
    as_summary,
    location,
    retry_after_seconds,
    standing_of,
    standings_of,
)
from analysis.batches import MAX_ITEMS, Item, submit_batch
from analysis.cancellation import cancel
from analysis.listing import page_of_batches
from analysis.models import Analysis, Batch, Status
from analysis.openapi import batches as described
from analysis.prices import units_of
from analysis.serializers import BatchSubmissionSerializer
from analysis.submission import atomically
from analysis.usage import Asked, Use, asked_for
from analysis.views.answers import list_answer
from analysis.views.askers import known_client, own_batch, own_batches
from analysis.views.counted import CountedView, counts_as
from analysis.views.once import once
from ops.http_json import JSONRenderer
from ops.limits.policies import Route
from ops.models import Scope
from ops.problems import ProblemError
from ops.throttling import charge_in_all


class BatchesView(CountedView):
    scopes = {"GET": Scope.READ, "POST": Scope.WRITE}

    @extend_schema(**described.SUBMIT)
    def post(self, request: Request) -> Response:
        known_client(request)
        _check_number(request.data)
        serializer = BatchSubmissionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return once(request, lambda: _submitted(request, serializer), run=atomically)

    @extend_schema(**described.LIST)
    def get(self, request: Request) -> Response:
        page = page_of_batches(own_batches(request), request.query_params)
        data = [as_summary(standing, request) for standing in standings_of(page.rows)]
        return list_answer(data, page.next_cursor, request)


class BatchView(APIView):
    scopes = {"GET": Scope.READ}

    @extend_schema(**described.READ)
    def get(self, request: Request, public_id: str) -> Response:
        return _answer(standing_of(own_batch(request, public_id)), request)


class BatchCancelView(APIView):
    scopes = {"POST": Scope.WRITE}
    limited_as = {"POST": Route.READ}

    @extend_schema(**described.CANCEL)
    def post(self, request: Request, public_id: str) -> Response:
        batch = own_batch(request, public_id)
        if cancel(Analysis.objects.filter(batch=batch)):
            Batch.objects.filter(pk=batch.pk).update(canceled_at=timezone.now())
        return _answer(standing_of(own_batch(request, public_id)), request)


class NdjsonRenderer(JSONRenderer):
    """Lets a client ask for the lines by name; the view writes them itself."""

    media_type = MEDIA_TYPE
    format = "ndjson"


class BatchResultsView(APIView):
    scopes = {"GET": Scope.READ}
    renderer_classes = [NdjsonRenderer, JSONRenderer]

    @extend_schema(**described.RESULTS)
    def get(self, request: Request, public_id: str) -> StreamingHttpResponse:
        batch = own_batch(request, public_id)
        standing = standing_of(batch)
        if not standing.has_ended:
            raise _not_ended(standing, request)
        packs = "gzip" in request.headers.get("Accept-Encoding", "").lower()
        found = lines(batch, request)
        response = StreamingHttpResponse(
            gzipped(found) if packs else found,
            content_type=MEDIA_TYPE,
            headers={"Cache-Control": "private, no-cache"},
        )
        if packs:
            response["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ["Accept-Encoding", "Authorization", "X-API-Key"])
        return response


def _check_number(body: Any) -> None:
    """Before each of too many is validated."""
    items = body.get("items") if isinstance(body, dict) else None
    if isinstance(items, list) and len(items) > MAX_ITEMS:
        raise ProblemError(
            "payload_too_large",
            f"A batch takes at most {MAX_ITEMS:,} items; this one has {len(items):,}. Split it.",
        )


def _submitted(request: Request, serializer: BatchSubmissionSerializer) -> tuple[Response, None]:
    items = serializer.wishes()
    units = charge_in_all(request, sum(units_of(item.wish.request) for item in items))
    metadata = serializer.validated_data["metadata"]
    batch = submit_batch(items, metadata, known_client(request))
    standing = standing_of(batch)
    counts_as(request, _uses(items, batch, units))
    response = _answer(standing, request, status=202)
    response["Location"] = response["Operation-Location"] = location(batch, request)
    return response, None


def _uses(items: list[Item], batch: Batch, units: int) -> dict[Asked, Use]:
    """One call for all of them; what it cost beyond its items goes with it."""
    known = set(
        Analysis.objects.filter(batch=batch)
        .with_status(Status.SUCCEEDED)
        .values_list("custom_id", flat=True)
    )
    uses: dict[Asked, Use] = defaultdict(lambda: Use(calls=0))
    for item in items:
        price = units_of(item.wish.request)
        cached = int(item.custom_id in known)
        uses[asked_for(item.wish.request)] += Use(0, analyses=1, cached=cached, units=price)
    rest = units - sum(use.units for use in uses.values())
    uses[asked_for(items[0].wish.request)] += Use(units=rest)
    return uses


def _answer(standing: Standing, request: Request, status: int = 200) -> Response:
    body = as_object(standing, request)
    response = Response(body, status=status, headers={"Cache-Control": "private, no-cache"})
    response["Vary"] = "Authorization, X-API-Key"
    if not standing.has_ended:
        response["Retry-After"] = str(retry_after_seconds(body["eta"]))
    return response


def _not_ended(standing: Standing, request: Request) -> ProblemError:
    seconds = retry_after_seconds(as_object(standing, request)["eta"])
    return ProblemError(
        "batch_not_ended",
        f"{standing.processing:,} of {standing.batch.size:,} items are still being worked on.",
        retry_after_seconds=seconds,
    )
