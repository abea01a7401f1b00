"""How does a client make, change and prove its endpoints?"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analysis.announcing import check_address
from analysis.openapi import webhooks as described
from analysis.serializers import (
    SecretRotationSerializer,
    WebhookEndpointChangeSerializer,
    WebhookEndpointSubmissionSerializer,
)
from analysis.submission import atomically
from analysis.views.askers import known_client
from analysis.views.once import once
from analysis.views.webhooks.objects import delivery_object, endpoint_object
from ops import webhooks
from ops.limits.policies import Route
from ops.models import Client, Scope, WebhookEndpoint
from ops.problems import ProblemError, Violation
from ops.webhooks import TooManyEndpointsError, Wanted

NO_STORE = {"Cache-Control": "no-store"}


class WebhookEndpointsView(APIView):
    scopes = {"GET": Scope.READ, "POST": Scope.WRITE}
    limited_as = {"POST": Route.READ}

    @extend_schema(**described.LIST)
    def get(self, request: Request) -> Response:
        rows = WebhookEndpoint.objects.filter(client=known_client(request)).order_by("-pk")
        data = [endpoint_object(row, request) for row in rows]
        return Response({"object": "list", "data": data}, headers={"Cache-Control": "no-cache"})

    @extend_schema(**described.CREATE)
    def post(self, request: Request) -> Response:
        client = known_client(request)
        wanted = _validated(WebhookEndpointSubmissionSerializer(data=request.data))
        check_address(wanted["url"], "/url", by_name=True)
        answer = once(request, lambda: (_made(request, client, wanted), None), run=atomically)
        endpoint = own_endpoint(request, answer.data["id"])
        # Never part of the answer that is kept for a repetition.
        answer.data["secret"] = endpoint.secret
        answer["Cache-Control"] = NO_STORE["Cache-Control"]
        return answer


class WebhookEndpointView(APIView):
    scopes = {"GET": Scope.READ, "PATCH": Scope.WRITE, "DELETE": Scope.WRITE}
    limited_as = {"PATCH": Route.READ, "DELETE": Route.READ}

    @extend_schema(**described.READ)
    def get(self, request: Request, public_id: str) -> Response:
        return _answer(own_endpoint(request, public_id), request)

    @extend_schema(**described.CHANGE)
    def patch(self, request: Request, public_id: str) -> Response:
        endpoint = own_endpoint(request, public_id)
        wanted = _validated(WebhookEndpointChangeSerializer(data=request.data))
        _check_change(endpoint, wanted)
        with transaction.atomic():
            _change(endpoint, wanted)
        endpoint.refresh_from_db()
        return _answer(endpoint, request)

    @extend_schema(**described.DELETE)
    def delete(self, request: Request, public_id: str) -> Response:
        own_endpoint(request, public_id).delete()
        return Response(status=204)


class EndpointSecretView(APIView):
    # Who may only read analyses must not be able to sign in our name.
    scopes = {"GET": Scope.WRITE}

    @extend_schema(**described.SECRET)
    def get(self, request: Request, public_id: str) -> Response:
        return _secret(own_endpoint(request, public_id))


class RotateSecretView(APIView):
    scopes = {"POST": Scope.WRITE}
    limited_as = {"POST": Route.READ}

    @extend_schema(**described.ROTATE)
    def post(self, request: Request, public_id: str) -> Response:
        endpoint = own_endpoint(request, public_id)
        wanted = _validated(SecretRotationSerializer(data=request.data))
        overlap = timedelta(seconds=wanted["overlap_seconds"])
        webhooks.rotate(endpoint, overlap=overlap, now=timezone.now())
        return _secret(endpoint)


class EndpointTestView(APIView):
    scopes = {"POST": Scope.WRITE}

    @extend_schema(**described.TEST)
    def post(self, request: Request, public_id: str) -> Response:
        endpoint = own_endpoint(request, public_id)
        if not endpoint.registered:
            raise _not_registered("")
        shown = delivery_object(webhooks.test(endpoint), request)
        return Response(shown, status=202, headers={"Location": shown["urls"]["self"]})


def _made(request: Request, client: Client, wanted: dict[str, Any]) -> Response:
    base_url = request.build_absolute_uri("/").rstrip("/")
    plan = Wanted(wanted["url"], base_url, wanted["description"], tuple(wanted["events"]))
    try:
        endpoint = webhooks.add(client, plan)
    except TooManyEndpointsError as error:
        raise ProblemError("too_many_endpoints") from error
    shown = endpoint_object(endpoint, request)
    return Response(shown, status=201, headers={"Location": shown["urls"]["self"]})


def own_endpoint(request: Request, public_id: str) -> WebhookEndpoint:
    own = WebhookEndpoint.objects.filter(client=known_client(request)).select_related("client")
    if (endpoint := own.filter(public_id=public_id).first()) is None:
        raise ProblemError("not_found", f"No endpoint {public_id[:60]} belongs to this client.")
    return endpoint


def _validated(serializer: Any) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    validated: dict[str, Any] = serializer.validated_data
    return validated


def _check_change(endpoint: WebhookEndpoint, wanted: dict[str, Any]) -> None:
    if not endpoint.registered and (fixed := {"url", "events"} & set(wanted)):
        raise _not_registered(f"/{min(fixed)}")
    if "url" in wanted:
        check_address(wanted["url"], "/url", by_name=True)


def _change(endpoint: WebhookEndpoint, wanted: dict[str, Any]) -> None:
    columns = {"url": "url", "description": "description", "events": "event_types"}
    changes = {column: wanted[name] for name, column in columns.items() if name in wanted}
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(**changes) if changes else None
    actor = endpoint.client.key
    if wanted.get("enabled") is True:
        webhooks.enable(endpoint, actor=actor)
    elif wanted.get("enabled") is False:
        reason = WebhookEndpoint.Reason.CLIENT
        webhooks.disable(endpoint, reason, actor=actor, now=timezone.now())


def _not_registered(pointer: str) -> ProblemError:
    message = "This endpoint stands for the addresses that submissions name: they say what it is."
    return ProblemError(
        "validation_failed", message, violations=(Violation(pointer, "not_registered", message),)
    )


def _answer(endpoint: WebhookEndpoint, request: Request) -> Response:
    return Response(endpoint_object(endpoint, request), headers={"Cache-Control": "no-cache"})


def _secret(endpoint: WebhookEndpoint) -> Response:
    body = {
        "object": "webhook_secret",
        "endpoint": endpoint.public_id,
        "secret": endpoint.secret,
        "previous_secret_until": endpoint.previous_secret_until,
    }
    return Response(body, headers=NO_STORE)
