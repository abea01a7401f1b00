"""How does a client stand? Free of charge, so that asking never uses up what is asked about."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ops.limits.decisions import Standing
from ops.limits.headers import headers, seconds
from ops.limits.in_force import in_force
from ops.limits.policies import Asker, Policy, Route, Unit
from ops.limits.this_process import limiter
from ops.overload import service_state
from ops.throttling import asker_of


class LimitsView(APIView):
    """All limits of whoever asks: quota, used, remaining, and when more returns."""

    throttle_classes = ()

    def get(self, request: Request) -> Response:
        asker, limits = asker_of(request), in_force()
        policies = [
            (route, policy)
            for route in (Route.SUBMIT, Route.READ)
            for policy in limits.policies(asker.tier, route, asker.client)
            if policy.is_enforced
        ]
        decision = limiter().look([policy for _, policy in policies], asker)
        standings = {standing.policy.id: standing for standing in decision.standings}
        strict = limits.strict
        body = {
            "object": "limits",
            "tier": asker.tier,
            "policies": [
                _of_places(policy, asker)
                if policy.unit == Unit.PLACES
                else _of_count(route, standings[policy.id])
                for route, policy in policies
            ],
            "reduced": {"reason": strict.reason, "until": strict.ends_at} if strict else None,
            "payload_max_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
            "service": service_state.document(),
        }
        fields = {"Cache-Control": "no-store", **headers([decision])}
        return Response(body, headers=fields)


def _of_count(route: str, standing: Standing) -> dict[str, Any]:
    policy = standing.policy
    return {
        "name": policy.name,
        "route": route,
        "counts": policy.unit,
        "limit": policy.quota,
        "usual_limit": policy.usual_quota,
        "window_seconds": policy.window_seconds,
        "used": standing.used,
        "remaining": standing.remaining,
        "resets_in": seconds(standing.wait_ms),
    }


def _of_places(policy: Policy, asker: Asker) -> dict[str, Any]:
    taken = limiter().taken_places(policy, asker)
    return {
        "name": policy.name,
        "route": Route.SUBMIT,
        "counts": policy.unit,
        "limit": policy.quota,
        "usual_limit": policy.usual_quota,
        "used": taken,
        "remaining": max(0, policy.quota - taken),
    }
