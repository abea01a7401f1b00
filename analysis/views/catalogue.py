"""What does the service offer?"""

from dataclasses import asdict
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analysis import catalogue
from analysis.openapi import catalogue as described
from ops.problems import CATALOGUE, ErrorKind, ProblemError, absolute_url

_PUBLIC = {"Cache-Control": "public, max-age=60"}


class AnalyzersView(APIView):
    @extend_schema(**described.ANALYZERS)
    def get(self, request: Request) -> Response:
        return _list(catalogue.analyzers())


class ProfilesView(APIView):
    @extend_schema(**described.PROFILES)
    def get(self, request: Request) -> Response:
        return _list(catalogue.profiles())


class ErrorsView(APIView):
    @extend_schema(**described.ERRORS)
    def get(self, request: Request) -> Response:
        return _list([_error(kind, request) for kind in CATALOGUE.values()])


class ErrorView(APIView):
    @extend_schema(**described.ERROR)
    def get(self, request: Request, code: str) -> Response:
        if (kind := CATALOGUE.get(code)) is None:
            raise ProblemError("not_found", f"No error is called {code[:60]}.")
        return Response(_error(kind, request), headers=_PUBLIC)


def _error(kind: ErrorKind, request: Request) -> dict[str, Any]:
    page = absolute_url(request, reverse("ops:error", args=[kind.code]))
    told = {name: text for name, text in asdict(kind).items() if name != "type_uri"}
    return {"object": "error", **told, "type": kind.type_uri or page, "docs": page}


def _list(data: list[dict[str, Any]]) -> Response:
    return Response({"object": "list", "data": data}, headers=_PUBLIC)
