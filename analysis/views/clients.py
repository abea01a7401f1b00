"""As whom does the service know the client?"""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analysis.openapi import clients as described
from ops.models import ApiKey, Client
from ops.problems import ProblemError


class MeView(APIView):
    @extend_schema(**described.ME)
    def get(self, request: Request) -> Response:
        client, key = request.user, request.auth
        if not isinstance(client, Client) or not isinstance(key, ApiKey):
            raise ProblemError("missing_key", "Without a key there is nothing to tell.")
        return Response(_told(client, key), headers={"Cache-Control": "no-store"})


def _told(client: Client, key: ApiKey) -> dict[str, Any]:
    return {
        "object": "client",
        "name": client.name,
        "tier": client.tier,
        "created_at": client.created_at,
        "key": {
            "prefix": f"cc_{key.prefix}",
            "scopes": key.scopes,
            "allowed_networks": key.allowed_networks,
            "created_at": key.created_at,
            "expires_at": key.expires_at,
        },
    }
