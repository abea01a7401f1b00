"""Is this address calm? Asked of every request, before anybody is recognised."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse_lazy
from django_ratelimit.core import get_usage

from ops.limits import penalties, watching
from ops.limits.counter_cache import ENDLESS, Question, announce, answered
from ops.limits.decisions import Decision
from ops.limits.identity import origin_of
from ops.limits.in_force import in_force
from ops.limits.ledger import ledger_of
from ops.limits.policies import Asker, Route
from ops.limits.refusals import refusal
from ops.models import Admission, Tier
from ops.problems import ProblemError

# django-ratelimit writes the rate into its keys and begins a new count with each period. A rate
# and a period that never change leave the counting to our store and the limit to staff.
RATE = (ENDLESS, 10**11)
LOGIN_PATH = reverse_lazy("admin:login")


def check(request: HttpRequest) -> ProblemError | None:
    """The refusal, or nothing; lets those through who are exempt."""
    limits, origin = in_force(), origin_of(request)
    verdict = limits.verdict(origin)
    if verdict == Admission.Verdict.DENY:
        return ProblemError("forbidden", "This address is locked out. Ask the staff.")
    if verdict == Admission.Verdict.ALLOW:
        ledger_of(request).is_exempt = True
        return None
    asker = _asker(request)
    policies = limits.at_the_edge(has_network=bool(asker.network), signs_in=_signs_in(request))
    if not policies:
        return None
    announce(Question(policies, asker, penalties.ban_key(asker.address)))
    usage = get_usage(request, group="edge", key=_key, rate=lambda *_: RATE, increment=True)
    decision = answered()
    watching.decided(asker, decision)
    if usage is None or usage["count"] <= ENDLESS:
        return None
    _refused(asker, decision)
    return refusal(decision, asker)


def failed_key(request: HttpRequest) -> None:
    """Called after an answer 401: who guesses keys is soon not answered at all."""
    asker = _asker(request)
    policies = in_force().policies(Tier.ANONYMOUS, Route.FAILED_KEY)
    if not policies or ledger_of(request).is_exempt:
        return
    decision = ledger_of(request).spend(policies, asker)
    if not decision.allowed:
        _refused(asker, decision)


def _refused(asker: Asker, decision: Decision) -> None:
    watching.refused(asker, decision)
    for standing in decision.refusing:
        penalties.refused(asker, standing.policy)


def _signs_in(request: HttpRequest) -> bool:
    return request.method == "POST" and request.path == str(LOGIN_PATH)


def _asker(request: HttpRequest) -> Asker:
    origin = origin_of(request)
    return Asker(origin.address, Tier.ANONYMOUS, origin.address, origin.network)


def _key(_: str, request: HttpRequest) -> str:
    return origin_of(request).address


def is_exempt(path: str) -> bool:
    """Static files cost less than counting them."""
    return path.startswith(settings.STATIC_URL)
