"""Was this one refused a moment ago? Then it is told so again before Django begins.

A flood is mostly that: the same sender, asking the same, seconds after its refusal. What this
process remembers costs microseconds; whom it does not remember is asked about inside.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest

from ops import metrics
from ops.limits import edge
from ops.limits.identity import Origin, origin_in
from ops.limits.policies import Claim
from ops.limits.pricing import units_of
from ops.overload.arrivals import shown_key
from ops.overload.known_keys import fingerprint
from ops.problems import ProblemError

MOST_KEPT = 10_000
LONGEST_KEPT = 1000


class Knock(NamedTuple):
    """Who asks for what. The same knock meets the same limits."""

    sender: str | bytes
    method: str
    path: str
    query: str
    units: int


_refused: OrderedDict[Knock, Claim] = OrderedDict()


def remember(request: HttpRequest, claim: Claim) -> None:
    """Called where a client was refused: only its view knows which limits hold there."""
    knock = _knock(request.META, origin_in(request.META))
    if len(knock.path) + len(knock.query) > LONGEST_KEPT:
        return  # it is asked about inside, again and again
    _refused[knock] = claim
    if len(_refused) > MOST_KEPT:
        _refused.popitem(last=False)


def known_refusal(environ: Mapping[str, Any]) -> ProblemError | None:
    place = origin_in(environ)
    claim = _refused.get(_knock(environ, place)) if _refused else None
    problem = edge.known_refusal(place, claim)
    if problem is not None:
        _count(str(environ["REQUEST_METHOD"]), problem)
    return problem


def _knock(environ: Mapping[str, Any], place: Origin) -> Knock:
    key = shown_key(environ)
    return Knock(
        fingerprint(key) if key else place.address,
        str(environ["REQUEST_METHOD"]),
        str(environ.get("PATH_INFO", "")),
        str(environ.get("QUERY_STRING", "")),
        units_of(environ),
    )


def _count(method: str, problem: ProblemError) -> None:
    status = str(problem.status_code)
    metrics.count("http_requests", route="none", method=method, status=status, tier="")
