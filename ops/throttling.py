"""Is the client within its share? All of its policies at once, before the view begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from ops.clients import AnyClient
from ops.limits import doorstep, edge, watching
from ops.limits.identity import origin_of
from ops.limits.in_force import in_force
from ops.limits.ledger import ledger_of
from ops.limits.policies import Asker, Claim, Policies, Route, Unit
from ops.limits.pricing import units_of
from ops.limits.refusals import no_place, refusal
from ops.models import Admission
from ops.problems import ProblemError

if TYPE_CHECKING:
    # Named in the settings, this module is imported while rest_framework.views is.
    from rest_framework.views import APIView

SAFE = ("GET", "HEAD", "OPTIONS")


class PolicyThrottle(BaseThrottle):
    """A view may name its route by method: `limited_as = {"POST": Route.SUBMIT}`."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        plain, asker = request._request, asker_of(request)
        ledger = ledger_of(plain)
        limits = in_force()
        verdict = limits.verdict_of_client(asker.client)
        if verdict == Admission.Verdict.DENY:
            raise ProblemError("forbidden", "This client is locked out. Ask the staff.")
        if ledger.is_exempt or verdict == Admission.Verdict.ALLOW:
            return True
        route = _route(plain, view)
        policies = limits.policies(asker.tier, route, asker.client)
        claim = Claim(policies, asker, _cost(plain, route))
        decision = edge.spend(plain, claim)
        if not decision.allowed:
            doorstep.remember(plain, claim)
            watching.refused(asker, decision)
            raise refusal(decision, asker)
        if full := ledger.take_places(policies, asker):
            ledger.give_back_all()
            watching.refused(asker, full)
            raise no_place(full, asker)
        return True


def charge_in_all(request: Request, units: int) -> int:
    """What only the validated body tells: a dearer submission pays the difference to what its
    size has cost already. Returns what it has cost in all."""
    spent = _cost(request._request, Route.SUBMIT)
    charge_more(request, units - spent)
    return max(units, spent)


def charge_more(request: Request, units: int) -> None:
    ledger, asker = ledger_of(request._request), asker_of(request)
    if units <= 0 or ledger.is_exempt:
        return
    policies = in_force().policies(asker.tier, Route.SUBMIT, asker.client)
    dearer = Policies([policy for policy in policies if policy.unit == Unit.COST])
    decision = ledger.spend(dearer, asker, cost=units)
    if not decision.allowed:
        ledger.give_back_all()
        watching.refused(asker, decision)
        raise refusal(decision, asker)


def asker_of(request: Request) -> Asker:
    client, origin = cast(AnyClient, request.user), origin_of(request._request)
    return Asker(client.key, str(client.tier), origin.address, origin.network)


def _route(request: HttpRequest, view: APIView) -> str:
    named: dict[str, Route] = getattr(view, "limited_as", {})
    usual = Route.READ if request.method in SAFE else Route.SUBMIT
    return named.get(str(request.method), usual)


def _cost(request: HttpRequest, route: str) -> int:
    return units_of(request.META) if route == Route.SUBMIT else 1
