"""Is this address calm? Asked of every request, before anybody is recognised."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse_lazy
from django_ratelimit.core import get_usage

from ops.limits import penalties, watching
from ops.limits.counter_cache import ENDLESS, Question, announce, answered
from ops.limits.decisions import Decision
from ops.limits.identity import Origin, origin_of
from ops.limits.in_force import in_force
from ops.limits.ledger import ledger_of
from ops.limits.policies import Asker, Claim, Policy, Route
from ops.limits.refusals import refusal
from ops.limits.this_process import limiter
from ops.models import Admission, Tier
from ops.overload import known_keys
from ops.overload.arrivals import shown_key
from ops.problems import ProblemError
from ops.problems.views import API_PREFIX

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
    claim = _claim(origin, signs_in=_signs_in(request))
    if not claim.policies:
        return None
    if not _may_be_postponed(request):
        return _check(request, claim)
    ledger_of(request).postponed = claim
    return _known_refusal(claim)


def known_refusal(origin: Origin, client: Claim | None) -> ProblemError | None:
    """What this process remembers of an address that no list names, and of the client there."""
    if in_force().verdict(origin):
        return None
    address = _claim(origin)
    refused = _known_refusal(address)
    return refused or (_known_refusal_of_client(client, address) if client else None)


def _known_refusal_of_client(client: Claim, address: Claim) -> ProblemError | None:
    counted = client._replace(policies=client.policies.counted)
    known = limiter().known_refusal(counted)
    if known is None:
        return None
    watching.refused(client.asker, known)
    _note_stubborn(address, address.policies)  # it has not stopped asking
    return refusal(known, client.asker)


def _known_refusal(claim: Claim) -> ProblemError | None:
    known = limiter().known_refusal(claim, ban_key=penalties.ban_key(claim.asker.address))
    return _refused(claim, known) if known else None


def _claim(origin: Origin, *, signs_in: bool = False) -> Claim:
    policies = in_force().at_the_edge(has_network=bool(origin.network), signs_in=signs_in)
    return Claim(policies, _asker(origin))


def catch_up(request: HttpRequest) -> ProblemError | None:
    """After the answer: what was postponed for a decision that was never made."""
    claim = ledger_of(request).postponed
    return _check(request, claim) if claim else None


def spend(request: HttpRequest, client: Claim) -> Decision:
    """The client's share, and in the same step what was postponed for its address. One step is
    one question to the store; refused for the client, the address owes its own still."""
    ledger = ledger_of(request)
    if ledger.postponed is None:
        return ledger.spend(client.policies, client.asker, cost=client.cost)
    address = ledger.postponed
    decision = _ask(request, address, client._replace(policies=client.policies.counted))
    first, second = decision.split(address.policies)
    if decision.allowed or first.refusing or not decision.standings:
        ledger.postponed = None
        watching.decided(address.asker, first)
        if not decision.allowed:
            raise _refused(address, first)
    return ledger.note(second, client.asker)


def _check(request: HttpRequest, claim: Claim) -> ProblemError | None:
    decision = _ask(request, claim)
    watching.decided(claim.asker, decision)
    return None if decision.allowed else _refused(claim, decision)


def _ask(request: HttpRequest, address: Claim, client: Claim | None = None) -> Decision:
    announce(Question(address, penalties.ban_key(address.asker.address), client))
    get_usage(request, group="edge", key=_key, rate=_rate, increment=True)
    return answered()


def _may_be_postponed(request: HttpRequest) -> bool:
    """Where recognising the client asks nobody anything: it shows no key, or one known here."""
    if not request.path.startswith(API_PREFIX):
        return False
    shown = shown_key(request.META)
    return not shown or known_keys.tier_of(shown) != Tier.ANONYMOUS


def failed_key(request: HttpRequest) -> None:
    """Called after an answer 401: who guesses keys is soon not answered at all."""
    asker = _asker(origin_of(request))
    policies = in_force().policies(Tier.ANONYMOUS, Route.FAILED_KEY)
    if not policies or ledger_of(request).is_exempt:
        return
    decision = ledger_of(request).spend(policies, asker)
    if not decision.allowed:
        _refused(Claim(policies, asker), decision)


def _refused(claim: Claim, decision: Decision) -> ProblemError:
    watching.refused(claim.asker, decision)
    _note_stubborn(claim, [standing.policy for standing in decision.refusing])
    return refusal(decision, claim.asker)


def _note_stubborn(claim: Claim, policies: Iterable[Policy]) -> None:
    for policy in policies:
        penalties.refused(claim.asker, policy)


def _signs_in(request: HttpRequest) -> bool:
    return request.method == "POST" and request.path == str(LOGIN_PATH)


def _asker(origin: Origin) -> Asker:
    return Asker(origin.address, Tier.ANONYMOUS, origin.address, origin.network)


def _rate(*_: object) -> tuple[int, int]:
    return RATE


def _key(_: str, request: HttpRequest) -> str:
    return origin_of(request).address


def is_exempt(path: str) -> bool:
    """Static files cost less than counting them."""
    return path.startswith(settings.STATIC_URL)
