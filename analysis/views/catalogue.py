"""What does the service offer?"""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analysis import catalogue
from analysis.openapi import catalogue as described

_PUBLIC = {"Cache-Control": "public, max-age=60"}


class AnalyzersView(APIView):
    @extend_schema(**described.ANALYZERS)
    def get(self, request: Request) -> Response:
        return _list(catalogue.analyzers())


class ProfilesView(APIView):
    @extend_schema(**described.PROFILES)
    def get(self, request: Request) -> Response:
        return _list(catalogue.profiles())


def _list(data: list[dict[str, Any]]) -> Response:
    return Response({"object": "list", "data": data}, headers=_PUBLIC)
