"""As whom does the service know the client, and what has it used?"""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analysis import usage
from analysis.hints import bad_parameter, check_parameters
from analysis.openapi import clients as described
from analysis.usage import GROUPS, Question
from analysis.views.askers import known_client
from ops.models import ApiKey, Client, Scope
from ops.problems import ProblemError

_USUAL_DAYS = 30
_MOST_DAYS = 400
_PARAMETERS = ("from", "to", "group_by")


class MeView(APIView):
    @extend_schema(**described.ME)
    def get(self, request: Request) -> Response:
        client, key = known_client(request), request.auth
        if not isinstance(key, ApiKey):
            raise ProblemError("missing_key")
        return Response(_told(client, key), headers={"Cache-Control": "no-store"})


class UsageView(APIView):
    scopes = {"GET": Scope.READ}

    @extend_schema(**described.USAGE)
    def get(self, request: Request) -> Response:
        client, question = known_client(request), _question(request)
        usage.flush()
        body = usage.usage_of(client.key, question)
        return Response(body, headers={"Cache-Control": "private, no-cache"})


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


def _question(request: Request) -> Question:
    check_parameters(request.query_params, _PARAMETERS)
    last = _day(request, "to", timezone.now().date())
    first = _day(request, "from", last - timedelta(days=_USUAL_DAYS - 1))
    if not 0 <= (last - first).days < _MOST_DAYS:
        raise bad_parameter("from", f"It lies before 'to', by less than {_MOST_DAYS} days.")
    groups = tuple(filter(None, request.query_params.get("group_by", "day").split(",")))
    if not set(groups) <= set(GROUPS) or len(set(groups)) < len(groups):
        raise bad_parameter("group_by", f"It takes any of {', '.join(GROUPS)}, with commas.")
    return Question(first, last, groups)


def _day(request: Request, name: str, usual: date) -> date:
    text = request.query_params.get(name)
    if text is None:
        return usual
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or day.year < 2000:
        raise bad_parameter(name, "It takes a day such as 2026-01-31.")
    return day
