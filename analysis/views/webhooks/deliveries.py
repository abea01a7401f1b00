"""How does a client see what was sent, and have it sent again?"""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analysis.listing import page_of_deliveries
from analysis.openapi import webhooks as described
from analysis.views.answers import list_answer
from analysis.views.askers import known_client
from analysis.views.webhooks.endpoints import own_endpoint
from analysis.views.webhooks.objects import attempt_object, delivery_object
from ops import webhooks
from ops.models import Scope, WebhookDelivery
from ops.problems import ProblemError


class EndpointDeliveriesView(APIView):
    scopes = {"GET": Scope.READ}

    @extend_schema(**described.DELIVERIES)
    def get(self, request: Request, public_id: str) -> Response:
        of_endpoint = WebhookDelivery.objects.filter(endpoint=own_endpoint(request, public_id))
        page = page_of_deliveries(
            of_endpoint.select_related("message", "endpoint"), request.query_params
        )
        data = [delivery_object(row, request) for row in page.rows]
        return list_answer(data, page.next_cursor, request)


class WebhookDeliveryView(APIView):
    scopes = {"GET": Scope.READ}

    @extend_schema(**described.DELIVERY)
    def get(self, request: Request, public_id: str) -> Response:
        return _answer(_own(request, public_id), request)


class WebhookDeliveryRetryView(APIView):
    scopes = {"POST": Scope.WRITE}

    @extend_schema(**described.RETRY)
    def post(self, request: Request, public_id: str) -> Response:
        return _answer(webhooks.again(_own(request, public_id)), request, status=202)


def _own(request: Request, public_id: str) -> WebhookDelivery:
    own = WebhookDelivery.objects.filter(endpoint__client=known_client(request))
    found = own.select_related("message", "endpoint__client").filter(public_id=public_id)
    if (delivery := found.first()) is None:
        raise ProblemError("not_found", f"No delivery {public_id[:60]} belongs to this client.")
    return delivery


def _answer(delivery: WebhookDelivery, request: Request, *, status: int = 200) -> Response:
    attempts = [attempt_object(attempt) for attempt in delivery.attempts.all()]
    shown = delivery_object(delivery, request) | {"attempts": attempts}
    return Response(shown, status=status, headers={"Cache-Control": "no-cache"})
